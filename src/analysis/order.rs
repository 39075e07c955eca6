//! Bringing things into order bit by bit, no further than is asked for.

use crate::sort::{Compare, Item, sort};

/// Finds the first of many things in order, in steps that are all short.
///
/// Each step sorts a run of things, leaving out those that come after more than are wanted; then the runs are merged.
#[derive(Debug)]
pub struct Sorter {
    /// How many are wanted.
    wanted: usize,
    /// Sorted runs, the first thing last.
    runs: Vec<Vec<Item>>,
    /// A thing that as many as wanted are known to come before, or to be: what comes after it is left out.
    bound: Option<Item>,
    /// Numbers of the runs that are not used up, that with the first thing last; `None` until merging begins.
    heads: Option<Vec<usize>>,
    sorted: Vec<Item>,
}

impl Sorter {
    /// For the first `wanted` things.
    #[must_use]
    pub const fn of(wanted: usize) -> Self {
        Self { wanted, runs: Vec::new(), bound: None, heads: None, sorted: Vec::new() }
    }

    /// Takes in some things.
    pub fn add(&mut self, items: &mut dyn Iterator<Item = Item>, compare: Compare<'_>) {
        let mut run: Vec<Item> = match &self.bound {
            Some(bound) => items.filter(|item| compare(item, bound).is_lt()).collect(),
            None => items.collect(),
        };
        sort(&mut run, compare);
        run.truncate(self.wanted);
        if run.len() == self.wanted
            && let Some(last) = run.last()
        {
            // Within the bound, so it is a closer one.
            self.bound = Some(*last);
        }
        if !run.is_empty() {
            run.reverse();
            self.runs.push(run);
        }
    }

    /// Merges up to `count` more of the things; true while more are wanted and there.
    pub fn merge(&mut self, count: usize, compare: Compare<'_>) -> bool {
        if self.heads.is_none() {
            self.heads = Some(Vec::new());
            (0..self.runs.len()).for_each(|run| self.put_head(run, compare));
        }
        let upto = self.wanted.min(self.sorted.len().saturating_add(count));
        while self.sorted.len() < upto {
            let Some(run) = self.heads.as_mut().and_then(Vec::pop) else { return false };
            self.sorted.extend(self.runs.get_mut(run).and_then(Vec::pop));
            self.put_head(run, compare);
        }
        self.sorted.len() < self.wanted
    }

    /// Puts a run where its first thing belongs among the heads.
    fn put_head(&mut self, run: usize, compare: Compare<'_>) {
        let first = |run: usize| self.runs.get(run).and_then(|run| run.last());
        if let (Some(heads), Some(own)) = (&mut self.heads, first(run)) {
            let place = heads.partition_point(|other| first(*other).is_some_and(|other| compare(other, own).is_gt()));
            heads.insert(place, run);
        }
    }

    /// The things in order, as far as merged.
    #[must_use]
    pub fn sorted(&self) -> &[Item] {
        &self.sorted
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_are_those_of_a_whole_sort(
            keys in prop::collection::vec(0..20_u64, 0..200), wanted in 0..220_usize, run in 1..70_usize, step in 1..50_usize,
        ) {
            let items: Vec<Item> = keys.into_iter().zip(0..).collect();
            // Ties the other way round, to see that `compare` alone decides.
            let compare = |a: &Item, b: &Item| a.0.cmp(&b.0).then(b.1.cmp(&a.1));
            let mut sorter = Sorter::of(wanted);
            items.chunks(run).for_each(|run| sorter.add(&mut run.iter().copied(), &compare));
            while sorter.merge(step, &compare) {}
            let mut expected = items;
            expected.sort_unstable_by(compare);
            expected.truncate(wanted);
            prop_assert_eq!(sorter.sorted(), expected);
        }
    }
}
