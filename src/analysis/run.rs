use super::collect::Collector;
use super::compile::Compiled;
use super::filter::Filter;
use super::kept::Kept;
use super::keys::Keys;
use super::look::Look;
use super::query::{Answer, Ask, Dimension, Query};
use crate::dataset::{BLOCK, Dataset};
use crate::report::verdict::Outcome;

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
    /// [`Dataset::changes`] at the start.
    changes: u64,
    stage: Stage,
    /// Of every dimension that is asked about.
    keys: Vec<Keys>,
    /// The sets of records that are looked at: the query's own, then those that it is compared with.
    sets: Vec<(Filter, Compiled)>,
    collectors: Vec<Collector>,
    /// How many rows there were at the start.
    rows: usize,
    selected: Vec<u32>,
    /// Room for the outcomes of a block by our verdicts.
    outcomes: Vec<Outcome>,
}

/// What a [`Run`] does next.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// Work out the keys of this number.
    Keys(usize),
    /// Of the set of records of the first number work out the clause of the second.
    Clause(usize, usize),
    /// Work out its next reports.
    Compile(usize),
    /// Look at the block of rows of this number.
    Rows(usize),
    /// Look at the reports from this one on.
    Reports(usize),
    /// Bring the groups of this question into order.
    Order(usize),
    /// Begin to look inside groups, and at what is known of sources.
    Inside,
    /// Look at the block of rows of this number again.
    Again(usize),
    /// Gather what was found in the groups of this question.
    Gather(usize),
    Done,
}

impl Run {
    /// Begins to answer.
    #[must_use]
    pub fn of(query: &Query, dataset: &Dataset) -> Self {
        let mut others = Vec::new();
        let collectors = query.asks.iter().map(|ask| Collector::of(ask, &query.filter, &mut others, dataset)).collect();
        let filters = std::iter::once(query.filter.clone()).chain(others);
        let sets: Vec<_> = filters.map(|filter| (filter, Compiled::of(dataset))).collect();
        Self {
            query: query.clone(),
            rewrites: dataset.rewrites(),
            changes: dataset.changes(),
            stage: Stage::Keys(0),
            keys: dimensions(query, &sets, dataset).into_iter().map(|by| Keys::of(by, &query.zone, dataset)).collect(),
            sets,
            collectors,
            rows: dataset.records.len(),
            selected: Vec::with_capacity(BLOCK),
            outcomes: Vec::new(),
        }
    }

    /// Whether it has to look at what all rows tell, which takes long: others may go first.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.collectors.iter().any(Collector::wants_to_know)
    }

    /// Takes what is kept from queries before, if nothing was worked out yet and nothing has come since the start.
    pub fn begin(&mut self, kept: &mut Kept, dataset: &Dataset) {
        let is_begun = !matches!(self.stage, Stage::Keys(0)) || self.keys.iter().any(Keys::is_begun);
        if is_begun || [self.rewrites, self.changes] != [dataset.rewrites(), dataset.changes()] {
            return;
        }
        let zone = &self.query.zone;
        let wanting = self.collectors.iter_mut().find(|collector| collector.wants_to_know());
        if let Some(collector) = wanting
            && let Some(known) = kept.known(&(self.changes, zone.clone(), self.query.filter.is_ours()), dataset)
        {
            collector.know(known);
        }
        for keys in &mut self.keys {
            if let Some(known) = kept.keys(keys.by, zone, dataset) {
                *keys = known;
            }
        }
        if let Some((filter, compiled)) = self.sets.first_mut()
            && let Some(known) = kept.filter(filter, zone, dataset)
        {
            *compiled = known;
        }
    }

    /// Goes on by a step, which takes some milliseconds at the most; true while there are more.
    pub fn step(&mut self, dataset: &Dataset) -> bool {
        if self.rewrites != dataset.rewrites() {
            *self = Self::of(&self.query, dataset);
        }
        self.stage = match self.stage {
            Stage::Keys(number) => match self.keys.get_mut(number) {
                Some(keys) => Stage::Keys(number.saturating_add(usize::from(!keys.prepare(dataset)))),
                None => Stage::Clause(0, 0),
            },
            Stage::Clause(set, number) => match self.sets.get_mut(set) {
                Some((_, compiled)) if compiled.is_done() => Stage::Clause(set.saturating_add(1), 0),
                Some((filter, compiled)) => match filter.clauses.get(number) {
                    Some(clause) => {
                        let has_more = compiled.clause(clause, &mut self.keys, dataset);
                        Stage::Clause(set, number.saturating_add(usize::from(!has_more)))
                    }
                    None => Stage::Compile(set),
                },
                None => Stage::Rows(0),
            },
            Stage::Compile(set) => {
                let has_more =
                    self.sets.get_mut(set).is_some_and(|(_, own)| own.reports(STEP, &self.query.zone, dataset));
                if has_more { Stage::Compile(set) } else { Stage::Clause(set.saturating_add(1), 0) }
            }
            Stage::Rows(number) => {
                if self.select(number, dataset) {
                    Stage::Rows(number.saturating_add(1))
                } else {
                    Stage::Reports(0)
                }
            }
            Stage::Reports(from) => {
                // As many for every set: all there were at the start.
                let len = self.sets.first().map_or(0, |(_, compiled)| compiled.reports_len());
                let upto = len.min(from.saturating_add(STEP));
                for (set, (filter, compiled)) in self.sets.iter().enumerate() {
                    for collector in self.collectors.iter_mut().filter(|collector| collector.looks_at(set)) {
                        collector.reports(set, from..upto, filter.asks_of_rows(), compiled, &self.keys, dataset);
                    }
                }
                if upto < len { Stage::Reports(upto) } else { Stage::Order(0) }
            }
            Stage::Order(number) => match self.collectors.get_mut(number) {
                Some(collector) => {
                    Stage::Order(number.saturating_add(usize::from(!collector.order(&self.keys, dataset))))
                }
                None => Stage::Inside,
            },
            Stage::Inside => {
                // Each has to make room for its groups, so that none is left out.
                let mut any = false;
                for collector in &mut self.collectors {
                    any |= collector.begin_again(&self.keys, dataset);
                }
                if any { Stage::Again(0) } else { Stage::Done }
            }
            Stage::Again(number) => {
                if self.select(number, dataset) {
                    Stage::Again(number.saturating_add(1))
                } else {
                    Stage::Gather(0)
                }
            }
            Stage::Gather(number) => match self.collectors.get_mut(number) {
                Some(collector) => {
                    let has_more = collector.gather(&self.keys, dataset);
                    Stage::Gather(number.saturating_add(usize::from(!has_more)))
                }
                None => Stage::Done,
            },
            Stage::Done => Stage::Done,
        };
        !matches!(self.stage, Stage::Done)
    }

    /// Looks at the selected rows of a block; false if there is no such one.
    fn select(&mut self, number: usize, dataset: &Dataset) -> bool {
        let left = self.rows.saturating_sub(number.saturating_mul(BLOCK));
        let Some(block) = dataset.records.block(number).filter(|_| left > 0) else { return false };
        let is_again = matches!(self.stage, Stage::Again(_));
        let start = number.saturating_mul(BLOCK);
        // What is inside groups is asked of the query's own records only.
        for (set, (_, compiled)) in self.sets.iter().enumerate().filter(|(set, _)| *set == 0 || !is_again) {
            if !self.collectors.iter().any(|collector| collector.looks_at(set)) {
                continue;
            }
            let look = if compiled.is_ours() { Look::ours(block, &mut self.outcomes) } else { Look::of(block) };
            compiled.select(&look, left, &mut self.selected);
            for collector in self.collectors.iter_mut().filter(|collector| collector.looks_at(set)) {
                if is_again {
                    collector.again(&self.selected, &look, start, compiled, &mut self.keys, dataset);
                } else {
                    collector.rows(set, &self.selected, &look, compiled, &mut self.keys, dataset);
                }
            }
        }
        true
    }

    /// The answers, in the order of the questions. What is left to do is done first.
    #[must_use]
    pub fn finish(self, dataset: &Dataset) -> Vec<Answer> {
        self.finish_and_keep(&mut Kept::default(), dataset)
    }

    /// The same; what the next query may need again is kept.
    #[must_use]
    pub fn finish_and_keep(mut self, kept: &mut Kept, dataset: &Dataset) -> Vec<Answer> {
        while self.step(dataset) {}
        let Some((filter, compiled)) = self.sets.into_iter().next() else { return Vec::new() };
        let (collectors, keys) = (self.collectors.into_iter(), self.keys);
        let mut known = None;
        let answers = collectors.map(|collector| collector.finish(&compiled, &keys, dataset, &mut known)).collect();
        if let Some(known) = known {
            kept.keep_known(self.rewrites, (self.changes, self.query.zone.clone(), filter.is_ours()), known);
        }
        kept.keep([self.rewrites, self.changes], keys, (filter, self.query.zone, compiled));
        answers
    }
}

/// Every dimension that a query asks about, once.
fn dimensions(query: &Query, sets: &[(Filter, Compiled)], dataset: &Dataset) -> Vec<Dimension> {
    let mut all: Vec<Dimension> = Vec::new();
    let mut add = |by: Dimension| {
        if !all.contains(&by) {
            all.push(by);
        }
    };
    let clauses = sets.iter().flat_map(|(filter, _)| &filter.clauses);
    clauses.filter_map(|clause| clause.term.dimension()).for_each(&mut add);
    for ask in &query.asks {
        match ask {
            Ask::Groups { by, within, .. } => std::iter::once(by).chain(within).copied().for_each(&mut add),
            Ask::Pairs { by, within, .. } => by.iter().chain(within).copied().for_each(&mut add),
            Ask::Causes { .. } | Ask::Findings { .. } => {
                add(Dimension::Source);
                // Whose mail it is, where a person says so.
                if matches!(ask, Ask::Causes { by: Dimension::Sender, .. }) || !dataset.marks().is_empty() {
                    add(Dimension::Sender);
                }
            }
            Ask::Compare { by, .. } | Ask::Turns { by, .. } => add(*by),
            Ask::Policies { .. } => [Dimension::Domain, Dimension::Published].into_iter().for_each(&mut add),
            Ask::Totals | Ask::Series | Ask::Rows => {}
        }
    }
    all
}

/// Answers a query at once.
#[must_use]
pub fn answer(query: &Query, dataset: &Dataset) -> Vec<Answer> {
    Run::of(query, dataset).finish(dataset)
}
