//! What is inside the groups that are given: a second pass over the rows, once it is known which groups those are.

use std::cmp::Ordering;

use super::grouping::Grouping;
use super::keys::Keys;
use super::look::Look;
use super::pairs::Pairs;
use super::query::{Dimension, MOST, Within};
use super::run::STEP;
use crate::dataset::Dataset;
use crate::report::Figures;

/// Gathers the values of other dimensions within groups.
#[derive(Debug)]
pub struct Inside {
    within: Vec<Dimension>,
    most: usize,
    /// The groups, by their numbers in the grouping, in order.
    window: Vec<u32>,
    /// For each number of the grouping the place of its group, or `u32::MAX`.
    places: Vec<u32>,
    /// For each dimension what is found.
    tables: Vec<Table>,
    /// The table that is being gathered, and how many of its values are.
    gathering: (usize, usize),
    done: Vec<Vec<Within>>,
}

/// The values of a dimension within groups.
#[derive(Debug, Default)]
struct Table {
    /// Groups by their places, and keys.
    values: Pairs,
    figures: Vec<Figures>,
    /// For each group how many values it has, and the places of the biggest in order.
    found: Vec<(u64, Vec<u32>)>,
}

impl Inside {
    /// For groups the `most` biggest values of dimensions.
    #[must_use]
    pub fn of(within: &[Dimension], most: u32) -> Self {
        Self {
            within: within.to_vec(),
            most: most.min(MOST) as usize,
            window: Vec::new(),
            places: Vec::new(),
            tables: Vec::new(),
            gathering: (0, 0),
            done: Vec::new(),
        }
    }

    /// The groups are these, by their numbers.
    pub fn begin(&mut self, window: Vec<u32>) {
        if !self.within.is_empty() {
            self.window = window;
        }
    }

    /// Makes ready for the rows, whose groups have numbers below this one; false if there is nothing to look into.
    pub fn make_room(&mut self, numbers: usize) -> bool {
        if self.window.is_empty() {
            return false;
        }
        self.places = vec![u32::MAX; numbers];
        for (place, number) in (0..).zip(&self.window) {
            if let Some(slot) = self.places.get_mut(*number as usize) {
                *slot = place;
            }
        }
        self.tables.resize_with(self.within.len(), Table::default);
        self.done.resize_with(self.window.len(), Vec::new);
        true
    }

    /// Takes in selected rows of a block.
    pub fn rows(&mut self, of: &mut Grouping, rows: &[u32], block: &Look<'_>, keys: &mut [Keys], dataset: &Dataset) {
        if self.window.is_empty() {
            return;
        }
        // Rows, and the groups that each is in.
        let (mut inside, mut groups) = (Vec::new(), Vec::new());
        of.known(rows, block, keys, &mut |row, number| {
            if let Some(place) = self.places.get(number as usize).filter(|place| **place != u32::MAX) {
                inside.push(u32::try_from(row).unwrap_or(u32::MAX));
                groups.push(*place);
            }
        });
        for (table, within) in self.tables.iter_mut().zip(&self.within) {
            let Some(keys) = Keys::find_mut(keys, *within) else { continue };
            keys.learn(&inside, block, dataset);
            // Neighbours are often alike.
            let mut last = ((u32::MAX, u32::MAX), 0);
            for (row, group) in inside.iter().zip(&groups) {
                let row = *row as usize;
                let (Some(count), Some(outcome)) = (block.rows.count.get(row), block.outcome.get(row)) else {
                    continue;
                };
                for key in keys.of_row(row, block) {
                    if last.0 != (*group, *key) {
                        last = ((*group, *key), table.values.number(*group, *key) as usize);
                    }
                    let place = last.1;
                    if place >= table.figures.len() {
                        table.figures.push(Figures::default());
                    }
                    if let Some(figures) = table.figures.get_mut(place) {
                        figures.add(*count, *outcome);
                    }
                }
            }
        }
    }

    /// Gathers some more of what was found; true while there is more.
    pub fn gather(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        let (number, from) = self.gathering;
        let (Some(table), Some(by)) = (self.tables.get_mut(number), self.within.get(number)) else { return false };
        let Some(keys) = Keys::find(keys, *by) else { return false };
        table.found.resize_with(self.window.len(), Default::default);
        if from < table.figures.len() {
            self.gathering.1 = from.saturating_add(STEP);
            table.find(from, self.most, &|a, b| keys.compare(a, b, dataset));
            return true;
        }
        for (done, (total, top)) in self.done.iter_mut().zip(std::mem::take(&mut table.found)) {
            let values = top.into_iter().filter_map(|place| table.value(place));
            let top = values.map(|(key, figures)| (keys.whole(key, dataset), figures)).collect();
            done.push(Within { total, top });
        }
        *table = Table::default();
        self.gathering = (number.saturating_add(1), 0);
        true
    }

    /// What was found in each group.
    pub fn finish(&mut self) -> Vec<Vec<Within>> {
        std::mem::take(&mut self.done)
    }
}

impl Table {
    /// A value's key and figures.
    fn value(&self, place: u32) -> Option<(u32, Figures)> {
        Some((self.values.get(place)?.1, *self.figures.get(place as usize)?))
    }

    /// Looks for the biggest among a step's values from this place on.
    fn find(&mut self, from: usize, most: usize, compare: &dyn Fn(u32, u32) -> Ordering) {
        let start = u32::try_from(from).unwrap_or(u32::MAX);
        for (place, (group, key)) in (start..).zip(self.values.iter_from(from).take(STEP)) {
            let mut found = self.found.get_mut(group as usize).map(std::mem::take).unwrap_or_default();
            found.0 += 1;
            let messages = self.value(place).map_or(0, |(_, figures)| figures.messages());
            let comes_before = |other: &u32| {
                self.value(*other).is_some_and(|(other, figures)| {
                    let own = figures.messages();
                    own > messages || own == messages && compare(other, key).is_lt()
                })
            };
            let at = found.1.partition_point(comes_before);
            if at < most {
                found.1.insert(at, place);
                found.1.truncate(most);
            }
            if let Some(slot) = self.found.get_mut(group as usize) {
                *slot = found;
            }
        }
    }
}
