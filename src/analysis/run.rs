use super::collect::Collector;
use super::compile::Compiled;
use super::query::{Answer, Query};
use crate::dataset::{BLOCK, Dataset};

/// Reports, rows or groups looked at in a step of a [`Run`].
pub const STEP: usize = BLOCK;

/// A query being answered, step by step, so that whoever runs it can do other things between.
///
/// It answers for the dataset as it was at the start: what comes later is not looked at. Where what was there at the start has
/// changed, which is rare, it starts anew.
#[derive(Debug)]
pub struct Run {
    query: Query,
    /// [`Dataset::rewrites`] at the start.
    rewrites: u64,
    stage: Stage,
    compiled: Compiled,
    collectors: Vec<Collector>,
    /// How many rows there were at the start.
    rows: usize,
    selected: Vec<u32>,
}

/// What a [`Run`] does next.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// Work out the clause of this number.
    Clause(usize),
    /// Work out the next reports.
    Compile,
    /// Look at the block of rows of this number.
    Rows(usize),
    /// Look at the reports from this one on.
    Reports(usize),
    /// Bring the groups of this question into order.
    Order(usize),
    Done,
}

impl Run {
    /// Begins to answer.
    #[must_use]
    pub fn of(query: &Query, dataset: &Dataset) -> Self {
        Self {
            query: query.clone(),
            rewrites: dataset.rewrites(),
            stage: Stage::Clause(0),
            compiled: Compiled::of(dataset),
            collectors: query.asks.iter().map(|ask| Collector::of(ask, dataset)).collect(),
            rows: dataset.records.len(),
            selected: Vec::with_capacity(BLOCK),
        }
    }

    /// Goes on by a step, which takes some milliseconds at the most; true while there are more.
    pub fn step(&mut self, dataset: &Dataset) -> bool {
        if self.rewrites != dataset.rewrites() {
            *self = Self::of(&self.query, dataset);
        }
        self.stage = match self.stage {
            Stage::Clause(number) => match self.query.filter.clauses.get(number) {
                Some(clause) => {
                    self.compiled.clause(clause, dataset);
                    Stage::Clause(number.saturating_add(1))
                }
                None => Stage::Compile,
            },
            Stage::Compile if self.compiled.reports(STEP, &self.query.zone, dataset) => Stage::Compile,
            Stage::Compile => Stage::Rows(0),
            Stage::Rows(number) => {
                let before = number.saturating_mul(BLOCK);
                if before < self.rows {
                    self.look_at(number, self.rows.saturating_sub(before), dataset);
                    Stage::Rows(number.saturating_add(1))
                } else {
                    Stage::Reports(0)
                }
            }
            Stage::Reports(from) => {
                let upto = self.compiled.reports_len().min(from.saturating_add(STEP));
                let asks_of_rows = self.query.filter.asks_of_rows();
                for collector in &mut self.collectors {
                    collector.reports(from..upto, asks_of_rows, &self.compiled, dataset);
                }
                if upto < self.compiled.reports_len() { Stage::Reports(upto) } else { Stage::Order(0) }
            }
            Stage::Order(number) => match self.collectors.get_mut(number) {
                Some(collector) => Stage::Order(number.saturating_add(usize::from(!collector.order(dataset)))),
                None => Stage::Done,
            },
            Stage::Done => Stage::Done,
        };
        !matches!(self.stage, Stage::Done)
    }

    fn look_at(&mut self, number: usize, count: usize, dataset: &Dataset) {
        let Some(block) = dataset.records.block(number) else { return };
        self.compiled.select(block, count, &mut self.selected);
        for collector in &mut self.collectors {
            collector.rows(&self.selected, block, &self.compiled, dataset);
        }
    }

    /// The answers, in the order of the questions. What is left to do is done first.
    #[must_use]
    pub fn finish(mut self, dataset: &Dataset) -> Vec<Answer> {
        while self.step(dataset) {}
        self.collectors.into_iter().map(|collector| collector.finish(&self.compiled, dataset)).collect()
    }
}

/// Answers a query at once.
#[must_use]
pub fn answer(query: &Query, dataset: &Dataset) -> Vec<Answer> {
    Run::of(query, dataset).finish(dataset)
}
