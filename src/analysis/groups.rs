use std::ops::Range;

use super::compile::{Compiled, DATELESS};
use super::grouping::{Grouping, Names};
use super::keys::Keys;
use super::look::Look;
use super::order::Sorter;
use super::pattern::Needle;
use super::query::{Column, Dimension, Group, Groups, Order};
use super::run::STEP;
use super::via::Via;
use super::within::Inside;
use super::zone::{Day, rank_of};
use crate::dataset::Dataset;
use crate::report::Figures;
use crate::sort::Item;

/// Gathers figures for each value of a dimension, or for each pair of values of two.
#[derive(Debug)]
pub struct ByKey {
    grouping: Grouping,
    order: Order,
    skip: usize,
    /// For each number of the grouping the place of its group, `u32::MAX` until there is one.
    places: Vec<u32>,
    groups: Vec<Slot>,
    needle: Needle,
    /// How many groups were looked at for the needle and given to `sorter`, and how many of them contain it.
    sorted: usize,
    found: u64,
    sorter: Sorter,
    inside: Inside,
}

/// A group in the making.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u32,
    first: Day,
    last: Day,
    figures: Figures,
}

impl ByKey {
    /// No groups yet. What is asked for within groups is told by `inside`.
    #[must_use]
    pub fn of(grouping: Grouping, order: Order, skip: u32, take: u32, find: &str, inside: Inside) -> Self {
        Self {
            grouping,
            order,
            skip: skip as usize,
            places: Vec::new(),
            groups: Vec::new(),
            needle: Needle::of(find),
            sorted: 0,
            found: 0,
            sorter: Sorter::of((skip as usize).saturating_add(take as usize)),
            inside,
        }
    }

    /// Takes in selected rows of a block.
    pub fn rows(&mut self, rows: &[u32], block: &Look<'_>, compiled: &Compiled, keys: &mut [Keys], dataset: &Dataset) {
        self.grouping.learn(rows, block, keys, dataset);
        if self.grouping.is_of_pairs() {
            return self.pairs(rows, block, compiled, keys);
        }
        let Some(keys) = Keys::find(keys, self.grouping.by) else { return };
        self.make_room(keys.len());
        let report_of = |row: &u32| block.report_of.get(*row as usize);
        // Neighbours are of one report as a rule.
        for rows in rows.chunk_by(|a, b| report_of(a) == report_of(b)) {
            let Some(report) = rows.first().and_then(report_of) else { continue };
            let day = compiled.day(*report);
            if keys.via == Via::Report {
                self.report(rows, block, day, keys.of_entry(*report));
            } else {
                self.of_one_day(rows, block, day, keys);
            }
        }
    }

    /// Takes in rows of a report, all of which have the same keys.
    fn report(&mut self, rows: &[u32], block: &Look<'_>, day: Day, keys: &[u32]) {
        let mut figures = Figures::default();
        for row in rows {
            if let (Some(count), Some(outcome)) =
                (block.rows.count.get(*row as usize), block.outcome.get(*row as usize))
            {
                figures.add(*count, *outcome);
            }
        }
        for key in keys {
            if let Some(slot) = self.see(day, *key) {
                slot.figures.merge(&figures);
            }
        }
    }

    /// Takes in rows of reports of a day.
    fn of_one_day(&mut self, rows: &[u32], block: &Look<'_>, day: Day, keys: &Keys) {
        let singles = keys.singles();
        for row in rows {
            let row = *row as usize;
            let (Some(count), Some(outcome)) = (block.rows.count.get(row), block.outcome.get(row)) else { continue };
            let count = |key: u32| {
                if let Some(slot) = self.see(day, key) {
                    slot.figures.add(*count, *outcome);
                }
            };
            // Told apart here, as most dimensions have one key a row and the way through a list takes longer.
            match (singles, keys.via.entry(row, block)) {
                (Some(singles), Some(entry)) => singles.get(entry as usize).copied().into_iter().for_each(count),
                (None, Some(entry)) => keys.of_entry(entry).iter().copied().for_each(count),
                (_, None) => {}
            }
        }
    }

    /// The same where groups are pairs.
    fn pairs(&mut self, rows: &[u32], block: &Look<'_>, compiled: &Compiled, keys: &[Keys]) {
        let mut found = Vec::with_capacity(rows.len());
        self.grouping.pairs(rows, block, keys, &mut |row, number| found.push((row, number)));
        self.make_room(self.grouping.len(keys));
        for (row, number) in found {
            if let (Some(count), Some(outcome), Some(report)) =
                (block.rows.count.get(row), block.outcome.get(row), block.report_of.get(row))
                && let Some(slot) = self.see(compiled.day(*report), number)
            {
                slot.figures.add(*count, *outcome);
            }
        }
    }

    fn make_room(&mut self, numbers: usize) {
        if self.places.len() < numbers {
            self.places.resize(numbers, u32::MAX);
        }
    }

    /// Takes in reports without any record, which are groups of their own where groups are reports.
    pub fn reports(
        &mut self,
        reports: Range<usize>,
        asks_of_rows: bool,
        compiled: &Compiled,
        keys: &[Keys],
        dataset: &Dataset,
    ) {
        let is_asked = self.grouping.by == Dimension::Report && !self.grouping.is_of_pairs() && !asks_of_rows;
        let Some(keys) = Keys::find(keys, self.grouping.by).filter(|_| is_asked) else { return };
        self.make_room(keys.len());
        for (id, report) in reports
            .clone()
            .zip(dataset.reports.iter_from(reports.start))
            .filter_map(|(id, report)| Some((u32::try_from(id).ok()?, report)))
        {
            if report.figures.records == 0 && report.item.is_some() && compiled.takes_report(id) {
                for key in keys.of_entry(id) {
                    self.see(compiled.day(id), *key);
                }
            }
        }
    }

    /// The group of a key, which is new or not, seen on a day.
    #[inline]
    fn see(&mut self, day: Day, key: u32) -> Option<&mut Slot> {
        let place = self.places.get_mut(key as usize)?;
        if *place == u32::MAX {
            // There are no more groups than keys, whose numbers have 32 bits.
            *place = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
            self.groups.push(Slot { key, first: Day::MAX, last: Day::MIN, figures: Figures::default() });
        }
        let slot = self.groups.get_mut(*place as usize)?;
        if day != DATELESS {
            slot.first = slot.first.min(day);
            slot.last = slot.last.max(day);
        }
        Some(slot)
    }

    /// Finds groups and brings them into order; true while there is more to do.
    pub fn order(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        let Self { grouping, order, groups, needle, sorted, found, sorter, .. } = self;
        let Some(names) = grouping.names(keys, dataset) else { return false };
        let key = |place: u32| groups.get(place as usize).map_or(0, |slot| slot.key);
        let compare = |a: &Item, b: &Item| {
            a.0.cmp(&b.0).then_with(|| match (order.by, order.ascending) {
                (Column::Key, false) => names.compare(key(b.1), key(a.1)),
                _ => names.compare(key(a.1), key(b.1)),
            })
        };
        if *sorted < groups.len() {
            let mut buffer = String::new();
            let slots = (0..).zip(groups.iter()).skip(*sorted).take(STEP);
            let slots = slots.filter(|(_, slot)| names.contains(slot.key, needle, &mut buffer));
            let items: Vec<Item> = slots.map(|(place, slot)| (rank(slot, *order), place)).collect();
            *found += items.len() as u64;
            sorter.add(&mut items.into_iter(), &compare);
            *sorted = sorted.saturating_add(STEP);
            return true;
        }
        let has_more = sorter.merge(STEP, &compare);
        if !has_more {
            self.inside.begin(self.window().map(|slot| slot.key).collect());
        }
        has_more
    }

    /// What the groups are called.
    #[must_use]
    pub fn names<'a>(&'a self, keys: &'a [Keys], dataset: &'a Dataset) -> Option<Names<'a>> {
        self.grouping.names(keys, dataset)
    }

    /// The numbers of the groups.
    pub fn keys(&self) -> impl Iterator<Item = u32> {
        self.groups.iter().map(|slot| slot.key)
    }

    /// The figures of a group, if there is one of this number.
    #[must_use]
    pub fn figures(&self, number: u32) -> Option<Figures> {
        let place = *self.places.get(number as usize)?;
        self.groups.get(place as usize).map(|slot| slot.figures)
    }

    /// The groups that are asked for, in order.
    fn window(&self) -> impl Iterator<Item = &Slot> {
        let sorted = self.sorter.sorted().iter().skip(self.skip);
        sorted.filter_map(|(_, place)| self.groups.get(*place as usize))
    }

    /// Makes ready to look inside the groups that are asked for; false if there is nothing to look into.
    pub fn make_ready(&mut self, keys: &[Keys]) -> bool {
        self.inside.make_room(self.grouping.len(keys))
    }

    /// Looks at selected rows of a block again.
    pub fn again(&mut self, rows: &[u32], block: &Look<'_>, keys: &mut [Keys], dataset: &Dataset) {
        self.inside.rows(&mut self.grouping, rows, block, keys, dataset);
    }

    /// Gathers some more of what was found inside; true while there is more.
    pub fn gather(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        self.inside.gather(keys, dataset)
    }

    /// The groups asked for.
    #[must_use]
    pub fn finish(mut self, keys: &[Keys], dataset: &Dataset) -> Groups {
        let mut within = self.inside.finish().into_iter();
        let names = self.grouping.names(keys, dataset);
        let rows = self.window().filter_map(|slot| {
            let day = |day: Day| (slot.first <= slot.last).then_some(day);
            Some(Group {
                key: names?.whole(slot.key),
                figures: slot.figures,
                first: day(slot.first),
                last: day(slot.last),
                within: within.next().unwrap_or_default(),
            })
        });
        let rows = rows.collect();
        Groups { all: self.groups.len() as u64, total: self.found, rows }
    }
}

/// A number that orders groups as asked; equal where their keys decide.
fn rank(slot: &Slot, order: Order) -> u64 {
    let day = |day: Day| u64::from(rank_of(day));
    let number = match order.by {
        Column::Key => return 0,
        // Groups without any day come last, whichever way days are ordered.
        Column::First | Column::Last if slot.first > slot.last => return u64::MAX,
        Column::Messages => slot.figures.messages(),
        Column::Passed => slot.figures.passed,
        Column::Failed => slot.figures.failed,
        Column::Unknown => slot.figures.unknown,
        Column::First => day(slot.first),
        Column::Last => day(slot.last),
    };
    if order.ascending {
        number
    } else if matches!(order.by, Column::First | Column::Last) {
        u64::from(u32::MAX) - number
    } else {
        !number
    }
}
