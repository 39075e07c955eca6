use super::collect::Collector;
use super::compile::Compiled;
use super::query::{Answer, Query};
use crate::dataset::Dataset;

/// Rows looked at before a [`Run`] looks up.
const CHUNK: usize = 16 * 1024;

/// A query being answered, step by step, so that whoever runs it can do other things between.
///
/// It answers for the dataset as it was at the start: rows that come later are not looked at. Where what was there at the
/// start has changed, which is rare, it starts anew.
#[derive(Debug)]
pub struct Run {
    query: Query,
    /// [`Dataset::rewrites`] at the start.
    rewrites: u64,
    compiled: Compiled,
    collectors: Vec<Collector>,
    asks_of_rows: bool,
    next: usize,
    end: usize,
    selected: Vec<u32>,
}

impl Run {
    /// Begins to answer.
    #[must_use]
    pub fn of(query: &Query, dataset: &Dataset) -> Self {
        let compiled = Compiled::of(&query.filter, &query.zone, dataset);
        Self {
            query: query.clone(),
            rewrites: dataset.rewrites(),
            collectors: query.asks.iter().map(|ask| Collector::of(ask, &compiled, dataset)).collect(),
            compiled,
            asks_of_rows: query.filter.asks_of_rows(),
            next: 0,
            end: dataset.rows.len(),
            selected: Vec::with_capacity(CHUNK),
        }
    }

    /// Looks at the next rows; true while there are more.
    pub fn step(&mut self, dataset: &Dataset) -> bool {
        if self.rewrites != dataset.rewrites() {
            *self = Self::of(&self.query, dataset);
        }
        let upto = self.end.min(self.next.saturating_add(CHUNK));
        self.compiled.select(dataset, self.next..upto, &mut self.selected);
        for collector in &mut self.collectors {
            collector.take(&self.selected, &self.compiled, dataset);
        }
        self.next = upto;
        self.next < self.end
    }

    /// The answers, in the order of the questions. The rest of the rows is looked at first.
    #[must_use]
    pub fn finish(mut self, dataset: &Dataset) -> Vec<Answer> {
        while self.step(dataset) {}
        let Self { compiled, collectors, asks_of_rows, .. } = self;
        collectors.into_iter().map(|collector| collector.finish(&compiled, dataset, asks_of_rows)).collect()
    }
}

/// Answers a query at once.
#[must_use]
pub fn answer(query: &Query, dataset: &Dataset) -> Vec<Answer> {
    Run::of(query, dataset).finish(dataset)
}
