//! The groups of two sets of records side by side.

use std::ops::Range;

use super::compile::Compiled;
use super::grouping::Grouping;
use super::groups::ByKey;
use super::keys::Keys;
use super::look::Look;
use super::order::Sorter;
use super::pattern::Needle;
use super::query::{Column, Compared, Dimension, Order, Sides};
use super::run::STEP;
use super::within::Inside;
use crate::dataset::Dataset;
use crate::report::Figures;
use crate::sort::Item;

/// Gathers the figures of each value of a dimension on two sides.
#[derive(Debug)]
pub struct BySide {
    order: Order,
    skip: usize,
    own: ByKey,
    other: ByKey,
    /// The key of every group of either side, once all are there.
    keys: Vec<u32>,
    needle: Needle,
    /// How many groups were looked at for the needle and given to `sorter`, and how many of them contain it.
    sorted: usize,
    found: u64,
    sorter: Sorter,
}

impl BySide {
    /// No groups yet.
    #[must_use]
    pub fn of(by: Dimension, order: Order, skip: u32, take: u32, find: &str) -> Self {
        let side = || ByKey::of(Grouping::of(by, None), Order::default(), 0, 0, "", Inside::of(&[], 0));
        Self {
            order,
            skip: skip as usize,
            own: side(),
            other: side(),
            keys: Vec::new(),
            needle: Needle::of(find),
            sorted: 0,
            found: 0,
            sorter: Sorter::of((skip as usize).saturating_add(take as usize)),
        }
    }

    const fn side(&mut self, is_own: bool) -> &mut ByKey {
        if is_own { &mut self.own } else { &mut self.other }
    }

    /// Takes in selected rows of a block, of a side.
    pub fn rows(
        &mut self,
        is_own: bool,
        rows: &[u32],
        block: &Look<'_>,
        compiled: &Compiled,
        keys: &mut [Keys],
        dataset: &Dataset,
    ) {
        self.side(is_own).rows(rows, block, compiled, keys, dataset);
    }

    /// Takes in reports, of a side.
    pub fn reports(
        &mut self,
        is_own: bool,
        reports: Range<usize>,
        asks_of_rows: bool,
        compiled: &Compiled,
        keys: &[Keys],
        dataset: &Dataset,
    ) {
        self.side(is_own).reports(reports, asks_of_rows, compiled, keys, dataset);
    }

    /// Finds groups and brings them into order; true while there is more to do.
    pub fn order(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        if self.keys.is_empty() {
            let added = self.other.keys().filter(|key| self.own.figures(*key).is_none());
            self.keys = self.own.keys().chain(added).collect();
        }
        let Self { order, own, other, keys: all, needle, sorted, found, sorter, .. } = self;
        let Some(names) = own.names(keys, dataset) else { return false };
        let key = |place: u32| all.get(place as usize).copied().unwrap_or(0);
        let compare = |a: &Item, b: &Item| {
            a.0.cmp(&b.0).then_with(|| match (order.by, order.ascending) {
                (Column::Key, false) => names.compare(key(b.1), key(a.1)),
                _ => names.compare(key(a.1), key(b.1)),
            })
        };
        if *sorted < all.len() {
            let mut buffer = String::new();
            let found_ones = (0..).zip(all.iter()).skip(*sorted).take(STEP);
            let found_ones = found_ones.filter(|(_, key)| names.contains(**key, needle, &mut buffer));
            let rank =
                |key: u32| rank(&own.figures(key).unwrap_or_default(), &other.figures(key).unwrap_or_default(), *order);
            let items: Vec<Item> = found_ones.map(|(place, key)| (rank(*key), place)).collect();
            *found += items.len() as u64;
            sorter.add(&mut items.into_iter(), &compare);
            *sorted = sorted.saturating_add(STEP);
            return true;
        }
        sorter.merge(STEP, &compare)
    }

    /// The groups asked for.
    #[must_use]
    pub fn finish(self, keys: &[Keys], dataset: &Dataset) -> Compared {
        let names = self.own.names(keys, dataset);
        let rows = self.sorter.sorted().iter().skip(self.skip).filter_map(|(_, place)| {
            let key = *self.keys.get(*place as usize)?;
            let figures = |side: &ByKey| side.figures(key).unwrap_or_default();
            Some(Sides { key: names?.whole(key), own: figures(&self.own), other: figures(&self.other) })
        });
        let rows = rows.collect();
        Compared { all: self.keys.len() as u64, total: self.found, rows }
    }
}

/// A number that orders groups by how much the sides differ; equal where their keys decide.
fn rank(own: &Figures, other: &Figures, order: Order) -> u64 {
    let column = |figures: &Figures| match order.by {
        Column::Key | Column::First | Column::Last => 0,
        Column::Messages => figures.messages(),
        Column::Passed => figures.passed,
        Column::Failed => figures.failed,
        Column::Unknown => figures.unknown,
    };
    let difference = column(own).abs_diff(column(other));
    if order.ascending { difference } else { !difference }
}
