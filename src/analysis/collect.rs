use super::compile::{Compiled, DATELESS};
use super::query::{Answer, Ask, Column, DayRow, Dimension, Group, Groups, Key, Order, Series, Totals};
use super::zone::Day;
use crate::dataset::{ABSENT, Dataset, Source};
use crate::report::Figures;
use crate::report::verdict::Outcome;

/// A period longer than this many seconds is more than a day that a reporter cut a little late.
pub const LONG_PERIOD: i64 = 26 * 3_600;

/// Gathers the answer to one [`Ask`] from the selected rows.
#[derive(Debug)]
pub enum Collector {
    /// For [`Ask::Totals`].
    Totals(Figures, Seen),
    /// For [`Ask::Series`].
    Series(Calendar),
    /// For [`Ask::Groups`]: by the key's number.
    Groups(Vec<Slot>, Dimension, Order, usize, usize),
}

/// Which reports and sources were among the rows.
#[derive(Debug, Default)]
pub struct Seen {
    reports: Vec<bool>,
    sources: Vec<bool>,
}

/// Messages by day, for every day that some report falls on.
#[derive(Debug)]
pub struct Calendar {
    /// The days, in order; [`DATELESS`] is the first where there is any.
    days: Vec<Day>,
    /// Messages of each day, and whether the day is to be shown.
    messages: Vec<([u64; Outcome::COUNT], bool)>,
    /// The place of each report's day.
    places: Vec<u32>,
}

impl Calendar {
    fn of(compiled: &Compiled) -> Self {
        let mut days = compiled.days.clone();
        days.sort_unstable();
        days.dedup();
        let place = |day: &Day| days.binary_search(day).ok().and_then(|place| u32::try_from(place).ok());
        let places = compiled.days.iter().map(|day| place(day).unwrap_or(u32::MAX)).collect();
        Self { messages: vec![([0; Outcome::COUNT], false); days.len()], days, places }
    }

    /// The messages of a report's day, which is shown from now on.
    fn day(&mut self, report: u32) -> Option<&mut [u64; Outcome::COUNT]> {
        let place = *self.places.get(report as usize)?;
        let (messages, is_shown) = self.messages.get_mut(place as usize)?;
        *is_shown = true;
        Some(messages)
    }
}

/// A group in the making.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    figures: Figures,
    first: Day,
    last: Day,
}

const EMPTY: Slot =
    Slot { figures: Figures { records: 0, passed: 0, failed: 0, unknown: 0 }, first: Day::MAX, last: Day::MIN };

impl Collector {
    /// Prepares for a question over the dataset as it is now.
    #[must_use]
    pub fn of(ask: &Ask, compiled: &Compiled, dataset: &Dataset) -> Self {
        match *ask {
            Ask::Totals => Self::Totals(
                Figures::default(),
                Seen {
                    reports: vec![false; dataset.reports.len()],
                    sources: vec![false; dataset.tables.sources.len()],
                },
            ),
            Ask::Series => Self::Series(Calendar::of(compiled)),
            Ask::Groups { by, order, skip, take } => {
                let keys = match by {
                    Dimension::Source => dataset.tables.sources.len(),
                    // Texts share one dictionary; the place after the last stands for an absent one.
                    _ => dataset.tables.strings.len() + 1,
                };
                Self::Groups(vec![EMPTY; keys], by, order, skip as usize, take as usize)
            }
        }
    }

    /// Takes in selected rows.
    pub fn take(&mut self, rows: &[u32], compiled: &Compiled, dataset: &Dataset) {
        for row in rows {
            let row = *row as usize;
            let (Some(count), Some(outcome), Some(report)) =
                (dataset.rows.count.get(row), dataset.outcome.get(row), dataset.report_of.get(row))
            else {
                continue;
            };
            match self {
                Self::Totals(figures, seen) => {
                    figures.add(*count, *outcome);
                    mark(&mut seen.reports, *report);
                    if let Some(source) = dataset.rows.source.get(row) {
                        mark(&mut seen.sources, *source);
                    }
                }
                Self::Series(calendar) => {
                    let day = calendar.day(*report);
                    if let Some(slot) = day.and_then(|messages| messages.get_mut(*outcome as usize)) {
                        *slot += count;
                    }
                }
                Self::Groups(slots, by, ..) => {
                    let key = key_of(*by, dataset, row, *report);
                    let last = slots.len().saturating_sub(1);
                    if let Some(slot) = slots.get_mut((key as usize).min(last)) {
                        slot.figures.add(*count, *outcome);
                        let day = compiled.day(*report);
                        if day != DATELESS {
                            slot.first = slot.first.min(day);
                            slot.last = slot.last.max(day);
                        }
                    }
                }
            }
        }
    }

    /// The answer. `asks_of_rows` tells whether reports without any record must stay out.
    #[must_use]
    pub fn finish(self, compiled: &Compiled, dataset: &Dataset, asks_of_rows: bool) -> Answer {
        match self {
            Self::Totals(figures, mut seen) => {
                if !asks_of_rows {
                    add_empty_reports(&mut seen.reports, compiled, dataset);
                }
                Answer::Totals(totals(figures, &seen, compiled, dataset))
            }
            Self::Series(mut calendar) => {
                if !asks_of_rows {
                    taken_reports(compiled, dataset).for_each(|(id, _)| {
                        calendar.day(id);
                    });
                }
                Answer::Series(series(&calendar, &long_days(compiled, dataset)))
            }
            Self::Groups(slots, by, order, skip, take) => {
                Answer::Groups(groups(&slots, by, order, skip, take, dataset))
            }
        }
    }
}

fn mark(seen: &mut [bool], id: u32) {
    if let Some(slot) = seen.get_mut(id as usize) {
        *slot = true;
    }
}

fn key_of(by: Dimension, dataset: &Dataset, row: usize, report: u32) -> u32 {
    let of_report = |id: fn(&Dataset, &crate::dataset::ReportRow) -> Option<u32>| {
        dataset.reports.get(report as usize).and_then(|report| id(dataset, report))
    };
    let key = match by {
        Dimension::Source => dataset.rows.source.get(row).copied(),
        Dimension::HeaderFrom => dataset
            .rows
            .identifiers
            .get(row)
            .and_then(|id| dataset.tables.identifiers.get(*id))
            .map(|identifiers| identifiers.header_from),
        Dimension::Reporter => of_report(|_, report| Some(report.meta.org_name)),
        Dimension::Domain => {
            of_report(|dataset, report| dataset.policies.get(report.policy).map(|policy| policy.domain))
        }
    };
    key.unwrap_or(ABSENT)
}

fn taken_reports<'a>(
    compiled: &'a Compiled,
    dataset: &'a Dataset,
) -> impl Iterator<Item = (u32, &'a crate::dataset::ReportRow)> {
    (0..).zip(&dataset.reports).filter(|(id, _)| compiled.takes_report(*id))
}

fn add_empty_reports(seen: &mut [bool], compiled: &Compiled, dataset: &Dataset) {
    for (id, report) in taken_reports(compiled, dataset) {
        if report.figures.records == 0 && report.item.is_some() {
            mark(seen, id);
        }
    }
}

fn series(calendar: &Calendar, long: &[Day]) -> Series {
    let mut series = Series::default();
    for (day, (messages, is_shown)) in calendar.days.iter().zip(&calendar.messages) {
        if *day == DATELESS {
            series.dateless = *messages;
        } else if *is_shown {
            series.days.push(DayRow { day: *day, messages: *messages, long: long.binary_search(day).is_ok() });
        }
    }
    series
}

fn long_days(compiled: &Compiled, dataset: &Dataset) -> Vec<Day> {
    let is_long = |report: &crate::dataset::ReportRow| match (report.meta.begin, report.meta.end) {
        (Some(begin), Some(end)) => end.saturating_sub(begin) > LONG_PERIOD,
        _ => false,
    };
    let mut days: Vec<Day> = taken_reports(compiled, dataset)
        .filter(|(_, report)| is_long(report))
        .map(|(id, _)| compiled.day(id))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn totals(figures: Figures, seen: &Seen, compiled: &Compiled, dataset: &Dataset) -> Totals {
    let mut totals = Totals { figures, ..Totals::default() };
    let mut reporters = vec![false; dataset.tables.strings.len()];
    let mut domains = reporters.clone();
    let (mut nameless, mut domainless) = (0, 0);
    for (id, report) in (0..).zip(&dataset.reports) {
        if !seen.reports.get(id as usize).copied().unwrap_or(false) {
            continue;
        }
        totals.reports += 1;
        match reporters.get_mut(report.meta.org_name as usize) {
            Some(slot) => *slot = true,
            None => nameless = 1,
        }
        let domain = dataset.policies.get(report.policy).map_or(ABSENT, |policy| policy.domain);
        match domains.get_mut(domain as usize) {
            Some(slot) => *slot = true,
            None => domainless = 1,
        }
        let day = compiled.day(id);
        if day != DATELESS {
            totals.first = Some(totals.first.map_or(day, |first| first.min(day)));
            totals.last = Some(totals.last.map_or(day, |last| last.max(day)));
        }
    }
    // Reports that do not name their reporter (or domain) are one more group, as in the tables.
    totals.reporters = count(&reporters) + nameless;
    totals.domains = count(&domains) + domainless;
    let addresses = dataset.tables.sources.items().iter().zip(&seen.sources);
    totals.sources = addresses.filter(|(source, seen)| **seen && matches!(source, Source::Address(_))).count() as u64;
    totals
}

/// Orders texts by letter, an absent one after all others.
fn absent_last(text: Option<&str>) -> (bool, &str) {
    (text.is_none(), text.unwrap_or_default())
}

fn count(seen: &[bool]) -> u64 {
    seen.iter().filter(|seen| **seen).count() as u64
}

fn groups(slots: &[Slot], by: Dimension, order: Order, skip: usize, take: usize, dataset: &Dataset) -> Groups {
    let text = |id: u32| dataset.tables.strings.get(id);
    // The last place is the absent text's, even where a new text has that number by now.
    let grouped = |place: u32| if place as usize + 1 < slots.len() { text(place) } else { None };
    let key = |place: u32| -> Key {
        match by {
            Dimension::Source => dataset
                .tables
                .sources
                .get(place)
                .map_or(Key::Absent, |source| Key::of_source(*source, |id| text(id).map(ToOwned::to_owned))),
            _ => grouped(place).map_or(Key::Absent, |text| Key::Text(text.to_owned())),
        }
    };
    let mut found: Vec<(u32, Slot)> =
        (0..).zip(slots).filter(|(_, slot)| slot.figures.records > 0).map(|(place, slot)| (place, *slot)).collect();
    let total = found.len() as u64;
    let number = |slot: &Slot| -> i128 {
        match order.by {
            Column::Key => 0,
            Column::Messages => i128::from(slot.figures.messages()),
            Column::Passed => i128::from(slot.figures.passed),
            Column::Failed => i128::from(slot.figures.failed),
            Column::Unknown => i128::from(slot.figures.unknown),
            Column::First => i128::from(slot.first),
            Column::Last => i128::from(slot.last),
        }
    };
    // Compared in place: many groups tie, and a key of its own for each look would cost more than the whole pass.
    let by_key = |a: u32, b: u32| {
        let source = |place: u32| match dataset.tables.sources.get(place) {
            Some(Source::Address(address)) => (Some(*address), absent_last(Some(""))),
            Some(Source::Unreadable(id)) => (None, absent_last(text(*id))),
            None => (None, absent_last(None)),
        };
        match by {
            Dimension::Source => {
                let ((a, a_text), (b, b_text)) = (source(a), source(b));
                (a.is_none(), a, a_text).cmp(&(b.is_none(), b, b_text))
            }
            _ => absent_last(grouped(a)).cmp(&absent_last(grouped(b))),
        }
    };
    // Groups without any day come last, whichever way days are ordered.
    let is_dateless = |slot: &Slot| matches!(order.by, Column::First | Column::Last) && slot.first > slot.last;
    let compare = |a: &(u32, Slot), b: &(u32, Slot)| {
        let by_number = number(&a.1).cmp(&number(&b.1));
        let by_number = if order.ascending { by_number } else { by_number.reverse() };
        let by_number = is_dateless(&a.1).cmp(&is_dateless(&b.1)).then(by_number);
        match (order.by, order.ascending) {
            (Column::Key, true) => by_key(a.0, b.0),
            (Column::Key, false) => by_key(b.0, a.0),
            _ => by_number.then_with(|| by_key(a.0, b.0)),
        }
    };
    // Only what is shown has to be in order: the rest is parted off first.
    let end = skip.saturating_add(take).min(found.len());
    if end < found.len() && end > 0 {
        found.select_nth_unstable_by(end - 1, compare);
        found.truncate(end);
    }
    found.sort_unstable_by(compare);
    let day = |day: Day, slot: &Slot| (slot.first <= slot.last).then_some(day);
    let rows = found.iter().skip(skip).take(take).map(|(place, slot)| Group {
        key: key(*place),
        figures: slot.figures,
        first: day(slot.first, slot),
        last: day(slot.last, slot),
    });
    Groups { total, rows: rows.collect() }
}
