use std::cmp::Ordering;

use super::key::Key;
use super::keys::Keys;
use super::look::Look;
use super::pairs::Pairs;
use super::pattern::Needle;
use super::query::Dimension;
use crate::dataset::Dataset;

/// What rows are grouped by: the keys of a dimension, or pairs of the keys of two. A group is known by a number: its key's, or
/// its pair's.
#[derive(Debug)]
pub struct Grouping {
    pub(super) by: Dimension,
    and: Option<Dimension>,
    pairs: Pairs,
}

impl Grouping {
    /// By one dimension or two.
    #[must_use]
    pub fn of(by: Dimension, and: Option<Dimension>) -> Self {
        Self { by, and, pairs: Pairs::default() }
    }

    /// Whether it is by two dimensions.
    #[must_use]
    pub const fn is_of_pairs(&self) -> bool {
        self.and.is_some()
    }

    /// How many numbers there are by now.
    #[must_use]
    pub fn len(&self, keys: &[Keys]) -> usize {
        if self.is_of_pairs() { self.pairs.len() } else { Keys::find(keys, self.by).map_or(0, Keys::len) }
    }

    /// Works out what these rows need.
    pub fn learn(&self, rows: &[u32], block: &Look<'_>, keys: &mut [Keys], dataset: &Dataset) {
        for by in [Some(self.by), self.and].into_iter().flatten() {
            if let Some(keys) = Keys::find_mut(keys, by) {
                keys.learn(rows, block, dataset);
            }
        }
    }

    fn both<'a>(&self, keys: &'a [Keys]) -> Option<(&'a Keys, &'a Keys)> {
        Some((Keys::find(keys, self.by)?, Keys::find(keys, self.and?)?))
    }

    /// Calls with each of these rows and the number of each of its pairs, which may be new ones.
    pub fn pairs(&mut self, rows: &[u32], block: &Look<'_>, keys: &[Keys], call: &mut dyn FnMut(usize, u32)) {
        let Some((first, second)) = self.both(keys) else { return };
        for row in rows {
            let row = *row as usize;
            for a in first.of_row(row, block) {
                for b in second.of_row(row, block) {
                    call(row, self.pairs.number(*a, *b));
                }
            }
        }
    }

    /// Calls with each of these rows and the number of each of its groups; all rows were seen before.
    pub fn known(&mut self, rows: &[u32], block: &Look<'_>, keys: &[Keys], call: &mut dyn FnMut(usize, u32)) {
        if self.is_of_pairs() {
            self.pairs(rows, block, keys, call);
        } else if let Some(keys) = Keys::find(keys, self.by) {
            for row in rows {
                keys.of_row(*row as usize, block).iter().for_each(|key| call(*row as usize, *key));
            }
        }
    }

    /// What its groups are called. None while the keys are not there, which they always are.
    #[must_use]
    pub fn names<'a>(&'a self, keys: &'a [Keys], dataset: &'a Dataset) -> Option<Names<'a>> {
        let second = match self.and {
            Some(and) => Some((Keys::find(keys, and)?, &self.pairs)),
            None => None,
        };
        Some(Names { first: Keys::find(keys, self.by)?, second, dataset })
    }
}

/// What groups are called, how that is ordered, and what is found by it.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    first: &'a Keys,
    second: Option<(&'a Keys, &'a Pairs)>,
    dataset: &'a Dataset,
}

impl Names<'_> {
    /// Compared in place, as keys are.
    #[must_use]
    pub fn compare(&self, a: u32, b: u32) -> Ordering {
        let Some((second, pairs)) = self.second else { return self.first.compare(a, b, self.dataset) };
        match (pairs.get(a), pairs.get(b)) {
            (Some(a), Some(b)) => {
                self.first.compare(a.0, b.0, self.dataset).then_with(|| second.compare(a.1, b.1, self.dataset))
            }
            _ => Ordering::Equal,
        }
    }

    /// A group's key, whole.
    #[must_use]
    pub fn whole(&self, number: u32) -> Key {
        let Some((second, pairs)) = self.second else { return self.first.whole(number, self.dataset) };
        pairs.get(number).map_or(Key::Absent, |(a, b)| {
            Key::Pair(Box::new((self.first.whole(a, self.dataset), second.whole(b, self.dataset))))
        })
    }

    /// Whether a group's key contains what is looked for; of a pair one of the two has to. `buffer` is for addresses to be
    /// written into.
    #[must_use]
    pub fn contains(&self, number: u32, needle: &Needle, buffer: &mut String) -> bool {
        let Some((second, pairs)) = self.second else {
            return self.first.contains(number, needle, buffer, self.dataset);
        };
        pairs.get(number).is_some_and(|(a, b)| {
            self.first.contains(a, needle, buffer, self.dataset) || second.contains(b, needle, buffer, self.dataset)
        })
    }
}
