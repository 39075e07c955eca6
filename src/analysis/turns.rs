//! What passed and fails now: groups whose messages turned from one to the other, and since when.

use super::compile::{Compiled, DATELESS};
use super::keys::Keys;
use super::look::Look;
use super::query::{Dimension, Turn};
use super::zone::{Day, rank_of};
use crate::dataset::{Dataset, Dictionary};
use crate::report::Figures;
use crate::report::verdict::Verdict;
use crate::sort::{Item, sort};

/// Fewer messages than this, before or since, are chance.
const LEAST: u64 = 20;
/// So many of a hundred pass before, and fail since.
const MOST: u64 = 80;

/// Gathers messages by day of groups of which enough pass and enough fail.
#[derive(Debug)]
pub struct ByTurn {
    by: Dimension,
    take: usize,
    /// By the number of the key.
    figures: Vec<Figures>,
    /// Keys and days, and the messages of each that pass and that fail.
    days: Dictionary<(u32, Day)>,
    messages: Vec<[u64; 2]>,
}

impl ByTurn {
    /// For the groups of a dimension of which each record has one, those that fail most first.
    #[must_use]
    pub fn of(by: Dimension, take: u32) -> Self {
        Self { by, take: take as usize, figures: Vec::new(), days: Dictionary::default(), messages: Vec::new() }
    }

    /// Takes in selected rows of a block.
    pub fn rows(&mut self, rows: &[u32], block: &Look<'_>, keys: &[Keys]) {
        let Some(keys) = Keys::find(keys, self.by) else { return };
        self.figures.resize(keys.len().max(self.figures.len()), Figures::default());
        for row in rows.iter().map(|row| *row as usize) {
            let (Some(count), Some(outcome)) = (block.rows.count.get(row), block.outcome.get(row)) else { continue };
            let key = keys.of_row(row, block).first().copied().unwrap_or_default();
            self.figures.get_mut(key as usize).into_iter().for_each(|figures| figures.add(*count, *outcome));
        }
    }

    /// Makes ready for the second pass; false if nothing can have turned.
    pub fn begin(&self) -> bool {
        self.figures.iter().any(may_have_turned)
    }

    /// Takes in the same rows again.
    pub fn again(&mut self, rows: &[u32], block: &Look<'_>, compiled: &Compiled, keys: &[Keys]) {
        let Some(keys) = Keys::find(keys, self.by) else { return };
        for row in rows.iter().map(|row| *row as usize) {
            let key = keys.of_row(row, block).first().copied().unwrap_or_default();
            let (Some(count), Some(outcome), Some(report)) =
                (block.rows.count.get(row), block.outcome.get(row), block.report_of.get(row))
            else {
                continue;
            };
            let day = compiled.day(*report);
            if day == DATELESS || !self.figures.get(key as usize).is_some_and(may_have_turned) {
                continue;
            }
            let place = match outcome.verdict() {
                Verdict::Pass => 0,
                Verdict::Fail => 1,
                Verdict::Unknown => continue,
            };
            let own = self.days.intern((key, day)) as usize;
            if own >= self.messages.len() {
                self.messages.push([0; 2]);
            }
            let slot = self.messages.get_mut(own).and_then(|messages| messages.get_mut(place));
            slot.into_iter().for_each(|slot| *slot = slot.saturating_add(*count));
        }
    }

    /// Those that turned.
    #[must_use]
    pub fn finish(self, keys: &[Keys], dataset: &Dataset) -> Vec<Turn> {
        let Some(keys) = Keys::find(keys, self.by) else { return Vec::new() };
        let in_order = |(key, day): &(u32, Day)| u64::from(*key) << 32 | u64::from(rank_of(*day));
        let mut places: Vec<Item> = self.days.items().iter().map(in_order).zip(0..).collect();
        sort(&mut places, &Item::cmp);
        let own = |(_, place): &Item| {
            let (key, day) = self.days.get(*place)?;
            Some((*key, *day, *self.messages.get(*place as usize)?))
        };
        let days: Vec<OfDay> = places.iter().filter_map(own).collect();
        let turned: Vec<(u32, Split)> =
            days.chunk_by(|a, b| a.0 == b.0).filter_map(|days| Some((days.first()?.0, turn(days)?))).collect();
        let mut order: Vec<Item> = turned.iter().map(|(_, split)| !split.since[1]).zip(0..).collect();
        sort(&mut order, &Item::cmp);
        let told = |(_, place): &Item| {
            let (key, Split { day, before, since }) = turned.get(*place as usize)?;
            Some(Turn { key: keys.whole(*key, dataset), day: *day, before: *before, since: *since })
        };
        order.iter().take(self.take).filter_map(told).collect()
    }
}

/// The number of a key, a day, and the messages of both that pass and that fail.
type OfDay = (u32, Day, [u64; 2]);

/// A group's messages that pass and that fail, before a day and since.
struct Split {
    day: Day,
    before: [u64; 2],
    since: [u64; 2],
}

const fn may_have_turned(figures: &Figures) -> bool {
    figures.passed >= LEAST && figures.failed >= LEAST
}

/// The day from which on it fails, if there is one: of all days the one that sets what passes and what fails best apart.
fn turn(days: &[OfDay]) -> Option<Split> {
    let add = |[a, b]: [u64; 2], [c, d]: &[u64; 2]| [a.saturating_add(*c), b.saturating_add(*d)];
    let all = days.iter().fold([0; 2], |sum, (.., messages)| add(sum, messages));
    let (mut before, mut best) = ([0; 2], None::<(u64, Split)>);
    for (_, day, messages) in days {
        let since = [all[0].saturating_sub(before[0]), all[1].saturating_sub(before[1])];
        let apart = before[0].saturating_add(since[1]);
        if best.as_ref().is_none_or(|(known, _)| apart > *known) {
            best = Some((apart, Split { day: *day, before, since }));
        }
        before = add(before, messages);
    }
    let is_mostly = |part: u64, [a, b]: [u64; 2]| {
        part >= LEAST && part.saturating_mul(100) >= a.saturating_add(b).saturating_mul(MOST)
    };
    best.map(|(_, split)| split)
        .filter(|split| is_mostly(split.before[0], split.before) && is_mostly(split.since[1], split.since))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(days: &[[u64; 2]]) -> Option<(Day, [u64; 2], [u64; 2])> {
        let days: Vec<OfDay> = (10..).zip(days).map(|(day, messages)| (1, day, *messages)).collect();
        turn(&days).map(|split| (split.day, split.before, split.since))
    }

    #[test]
    fn the_day_sets_what_passes_apart_from_what_fails() {
        assert_eq!(turned(&[[30, 0], [40, 2], [1, 50], [0, 60]]), Some((12, [70, 2], [1, 110])));
        // A bad day is none, nor is failing all along, nor too little.
        assert_eq!(turned(&[[30, 0], [0, 25], [40, 0]]), None);
        assert_eq!(turned(&[[30, 30], [30, 30], [0, 60]]), None);
        assert_eq!(turned(&[[19, 0], [0, 60]]), None);
        assert_eq!(turned(&[[60, 0], [0, 19]]), None);
        assert_eq!(turned(&[[0, 60], [60, 0]]), None);
        assert_eq!(turned(&[]), None);
    }
}
