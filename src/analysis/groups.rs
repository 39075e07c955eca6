use std::ops::Range;

use super::compile::{Compiled, DATELESS};
use super::keys::Keys;
use super::order::Sorter;
use super::pattern::Needle;
use super::query::{Column, Dimension, Group, Groups, Order};
use super::run::STEP;
use super::within::Inside;
use super::zone::{Day, rank_of};
use crate::dataset::{Block, Dataset};
use crate::report::Figures;
use crate::sort::Item;

/// Gathers figures for each value of a dimension.
#[derive(Debug)]
pub struct ByKey {
    by: Dimension,
    order: Order,
    skip: usize,
    /// For each key the place of its group, `u32::MAX` until there is one.
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
    pub fn of(by: Dimension, order: Order, skip: u32, take: u32, find: &str, inside: Inside) -> Self {
        Self {
            by,
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
    pub fn rows(&mut self, rows: &[u32], block: &Block, compiled: &Compiled, keys: &mut [Keys], dataset: &Dataset) {
        let Some(keys) = Keys::find_mut(keys, self.by) else { return };
        keys.learn(rows, block, dataset);
        self.make_room(keys);
        let singles = keys.singles();
        for row in rows {
            let row = *row as usize;
            let (Some(count), Some(outcome), Some(report)) =
                (block.rows.count.get(row), block.outcome.get(row), block.report_of.get(row))
            else {
                continue;
            };
            let day = compiled.day(*report);
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

    fn make_room(&mut self, keys: &Keys) {
        if self.places.len() < keys.len() {
            self.places.resize(keys.len(), u32::MAX);
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
        let Some(keys) = Keys::find(keys, self.by).filter(|_| self.by == Dimension::Report && !asks_of_rows) else {
            return;
        };
        self.make_room(keys);
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
        let Self { by, order, groups, needle, sorted, found, sorter, .. } = self;
        let Some(keys) = Keys::find(keys, *by) else { return false };
        let key = |place: u32| groups.get(place as usize).map_or(0, |slot| slot.key);
        let compare = |a: &Item, b: &Item| {
            a.0.cmp(&b.0).then_with(|| match (order.by, order.ascending) {
                (Column::Key, false) => keys.compare(key(b.1), key(a.1), dataset),
                _ => keys.compare(key(a.1), key(b.1), dataset),
            })
        };
        if *sorted < groups.len() {
            let mut buffer = String::new();
            let slots = (0..).zip(groups.iter()).skip(*sorted).take(STEP);
            let slots = slots.filter(|(_, slot)| keys.contains(slot.key, needle, &mut buffer, dataset));
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

    /// The groups that are asked for, in order.
    fn window(&self) -> impl Iterator<Item = &Slot> {
        let sorted = self.sorter.sorted().iter().skip(self.skip);
        sorted.filter_map(|(_, place)| self.groups.get(*place as usize))
    }

    /// Looks inside the groups that are asked for.
    pub const fn inside(&mut self) -> &mut Inside {
        &mut self.inside
    }

    /// The groups asked for.
    #[must_use]
    pub fn finish(mut self, keys: &[Keys], dataset: &Dataset) -> Groups {
        let mut within = self.inside.finish().into_iter();
        let keys = Keys::find(keys, self.by);
        let rows = self.window().filter_map(|slot| {
            let day = |day: Day| (slot.first <= slot.last).then_some(day);
            Some(Group {
                key: keys?.whole(slot.key, dataset),
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
