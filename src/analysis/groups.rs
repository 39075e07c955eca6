use std::cmp::Ordering;
use std::ops::Range;

use super::compile::{Compiled, DATELESS};
use super::order::Sorter;
use super::query::{Column, Dimension, Group, Groups, Key, Order, ReportKey};
use super::run::STEP;
use super::zone::{Day, rank_of};
use crate::dataset::{ABSENT, Block, Dataset, Source};
use crate::report::Figures;
use crate::sort::Item;

/// Gathers figures for each value of a dimension.
#[derive(Debug)]
pub struct ByKey {
    by: Dimension,
    order: Order,
    skip: usize,
    /// For each key the place of its group, `u32::MAX` until there is one. The last key stands for an absent text.
    places: Vec<u32>,
    groups: Vec<Slot>,
    /// How many groups were given to `sorter`.
    sorted: usize,
    sorter: Sorter,
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
    /// No groups yet.
    #[must_use]
    pub fn of(by: Dimension, order: Order, skip: u32, take: u32, dataset: &Dataset) -> Self {
        let keys = match by {
            Dimension::Source => dataset.tables.sources.len(),
            Dimension::Report => dataset.reports.len(),
            // Texts share one dictionary.
            _ => dataset.tables.strings.len(),
        };
        Self {
            by,
            order,
            skip: skip as usize,
            places: vec![u32::MAX; keys.saturating_add(1)],
            groups: Vec::new(),
            sorted: 0,
            sorter: Sorter::of((skip as usize).saturating_add(take as usize)),
        }
    }

    /// Takes in selected rows of a block.
    pub fn rows(&mut self, rows: &[u32], block: &Block, compiled: &Compiled, dataset: &Dataset) {
        let absent = u32::try_from(self.places.len().saturating_sub(1)).unwrap_or(ABSENT);
        for row in rows {
            let row = *row as usize;
            let (Some(count), Some(outcome), Some(report)) =
                (block.rows.count.get(row), block.outcome.get(row), block.report_of.get(row))
            else {
                continue;
            };
            let key = self.key(row, *report, block, dataset).unwrap_or(ABSENT).min(absent);
            if let Some(slot) = self.see(compiled.day(*report), key) {
                slot.figures.add(*count, *outcome);
            }
        }
    }

    #[inline]
    fn key(&self, row: usize, report: u32, block: &Block, dataset: &Dataset) -> Option<u32> {
        Some(match self.by {
            Dimension::Source => *block.rows.source.get(row)?,
            Dimension::Report => report,
            Dimension::HeaderFrom => dataset.tables.identifiers.get(*block.rows.identifiers.get(row)?)?.header_from,
            Dimension::Reporter => dataset.reports.get(report as usize)?.meta.org_name,
            Dimension::Domain => dataset.policies.get(dataset.reports.get(report as usize)?.policy)?.domain,
        })
    }

    /// Takes in reports without any record, which are groups of their own where groups are reports.
    pub fn reports(&mut self, reports: Range<usize>, asks_of_rows: bool, compiled: &Compiled, dataset: &Dataset) {
        if self.by != Dimension::Report || asks_of_rows {
            return;
        }
        for (id, report) in reports
            .clone()
            .zip(dataset.reports.iter_from(reports.start))
            .filter_map(|(id, report)| Some((u32::try_from(id).ok()?, report)))
        {
            if report.figures.records == 0 && report.item.is_some() && compiled.takes_report(id) {
                self.see(compiled.day(id), id);
            }
        }
    }

    /// The group of a key, which is new or not, seen on a day.
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

    /// Brings more of the groups into order; true while there is more to do.
    pub fn order(&mut self, dataset: &Dataset) -> bool {
        let Self { by, order, places, groups, sorted, sorter, .. } = self;
        let names = Names { by: *by, keys: places.len(), groups, dataset };
        let compare = |a: &Item, b: &Item| {
            a.0.cmp(&b.0).then_with(|| match (order.by, order.ascending) {
                (Column::Key, false) => names.compare(b.1, a.1),
                _ => names.compare(a.1, b.1),
            })
        };
        if *sorted < groups.len() {
            let slots = (0..).zip(groups.iter()).skip(*sorted).take(STEP);
            sorter.add(&mut slots.map(|(place, slot)| (rank(slot, *order), place)), &compare);
            *sorted = sorted.saturating_add(STEP);
            return true;
        }
        sorter.merge(STEP, &compare)
    }

    /// The groups asked for.
    #[must_use]
    pub fn finish(self, dataset: &Dataset) -> Groups {
        let names = Names { by: self.by, keys: self.places.len(), groups: &self.groups, dataset };
        let sorted = self.sorter.into_sorted();
        let slots = sorted.iter().skip(self.skip).filter_map(|(_, place)| self.groups.get(*place as usize));
        let rows = slots.map(|slot| {
            let day = |day: Day| (slot.first <= slot.last).then_some(day);
            Group { key: names.whole(slot.key), figures: slot.figures, first: day(slot.first), last: day(slot.last) }
        });
        Groups { total: self.groups.len() as u64, rows: rows.collect() }
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

type ReportParts<'a> = (Option<&'a str>, Option<&'a str>, Option<i64>, Option<i64>, Option<&'a str>, u32);

/// What groups are called, and how that is ordered.
struct Names<'a> {
    by: Dimension,
    keys: usize,
    groups: &'a [Slot],
    dataset: &'a Dataset,
}

impl<'a> Names<'a> {
    /// The text of a key; none for the last one, even where a new text has that number by now.
    fn text(&self, key: u32) -> Option<&'a str> {
        if (key as usize).saturating_add(1) < self.keys { self.dataset.tables.strings.get(key) } else { None }
    }

    fn source(&self, key: u32) -> Option<Source> {
        if (key as usize).saturating_add(1) < self.keys { self.dataset.tables.sources.get(key).copied() } else { None }
    }

    /// Compared in place: many groups tie, and a key of its own for each look would cost more than the whole pass.
    fn compare(&self, a: u32, b: u32) -> Ordering {
        let key = |place: u32| self.groups.get(place as usize).map_or(ABSENT, |slot| slot.key);
        let (a, b) = (key(a), key(b));
        match self.by {
            Dimension::Source => {}
            Dimension::Report => return self.report(a).cmp(&self.report(b)),
            _ => return absent_last(self.text(a)).cmp(&absent_last(self.text(b))),
        }
        let parts = |key: u32| match self.source(key) {
            Some(Source::Address(address)) => (Some(address), absent_last(Some(""))),
            Some(Source::Unreadable(id)) => (None, absent_last(self.dataset.tables.strings.get(id))),
            None => (None, absent_last(None)),
        };
        let ((a, a_text), (b, b_text)) = (parts(a), parts(b));
        (a.is_none(), a, a_text).cmp(&(b.is_none(), b, b_text))
    }

    /// As [`ReportKey`] has it, without a copy of the texts.
    fn report(&self, key: u32) -> Option<ReportParts<'a>> {
        let report = self.dataset.reports.get(key as usize)?;
        let text = |id: u32| self.dataset.tables.strings.get(id);
        let domain = self.dataset.policies.get(report.policy).and_then(|policy| text(policy.domain));
        let meta = &report.meta;
        Some((text(meta.org_name), domain, meta.begin, meta.end, text(meta.report_id), key))
    }

    fn whole(&self, key: u32) -> Key {
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        let text = |id: u32| owned(self.dataset.tables.strings.get(id));
        let whole = match self.by {
            Dimension::Source => self.source(key).map(|source| Key::of_source(source, text)),
            Dimension::Report => self.report(key).map(|(reporter, domain, begin, end, report_id, report)| {
                let (reporter, domain, report_id) = (owned(reporter), owned(domain), owned(report_id));
                Key::Report(Box::new(ReportKey { reporter, domain, begin, end, report_id, report }))
            }),
            _ => self.text(key).map(|text| Key::Text(text.to_owned())),
        };
        whole.unwrap_or(Key::Absent)
    }
}

/// Orders texts by letter, an absent one after all others.
fn absent_last(text: Option<&str>) -> (bool, &str) {
    (text.is_none(), text.unwrap_or_default())
}
