use std::ops::Range;

use super::compile::{Compiled, DATELESS};
use super::look::Look;
use super::query::{DayRow, Series};
use super::zone::{Day, of_rank, rank_of};
use crate::dataset::{Dataset, Dictionary, TextId};
use crate::report::verdict::Outcome;
use crate::sort::{Item, sort};

/// A period longer than this many seconds is more than a day that a reporter cut a little late.
pub const LONG_PERIOD: i64 = 26 * 3_600;

/// A reporter is usual on a day if it reported on at least [`USUAL`] of the days just before it, or of those just after it:
/// so many days are looked at.
pub const AROUND: Day = 7;

/// See [`AROUND`].
pub const USUAL: usize = 5;

/// Gathers messages by day.
#[derive(Debug, Default)]
pub struct ByDay {
    /// For each of the days of [`Compiled::days`].
    days: Vec<Slot>,
    /// Who reported on which day.
    seen: Dictionary<(TextId, Day)>,
    last_seen: Option<(TextId, Day)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    messages: [u64; Outcome::COUNT],
    reports: u32,
    long: bool,
}

impl ByDay {
    /// Takes in selected rows of a block.
    pub fn rows(&mut self, rows: &[u32], block: &Look<'_>, compiled: &Compiled) {
        self.days.resize(compiled.days().len(), Slot::default());
        let report_of = |row: &u32| block.report_of.get(*row as usize);
        // Neighbours are of one report as a rule.
        for rows in rows.chunk_by(|a, b| report_of(a) == report_of(b)) {
            let report = rows.first().and_then(report_of);
            let Some(slot) = report.and_then(|report| self.days.get_mut(compiled.day_place(*report))) else { continue };
            for row in rows {
                let row = *row as usize;
                if let (Some(count), Some(outcome)) = (block.rows.count.get(row), block.outcome.get(row))
                    && let Some(messages) = slot.messages.get_mut(*outcome as usize)
                {
                    *messages += count;
                }
            }
        }
    }

    /// Takes in reports.
    pub fn reports(&mut self, reports: Range<usize>, compiled: &Compiled, dataset: &Dataset) {
        self.days.resize(compiled.days().len(), Slot::default());
        let all = reports
            .clone()
            .zip(dataset.reports.iter_from(reports.start))
            .filter_map(|(id, report)| Some((u32::try_from(id).ok()?, report)));
        for (id, report) in all.filter(|(id, _)| compiled.takes_report(*id)) {
            let Some(slot) = self.days.get_mut(compiled.day_place(id)) else { continue };
            slot.reports = slot.reports.saturating_add(1);
            slot.long |= match (report.meta.begin, report.meta.end) {
                (Some(begin), Some(end)) => end.saturating_sub(begin) > LONG_PERIOD,
                _ => false,
            };
            let day = compiled.day(id);
            let seen = (report.meta.org_name, day);
            // Neighbours are often alike.
            if day != DATELESS && self.last_seen != Some(seen) {
                self.last_seen = Some(seen);
                self.seen.intern(seen);
            }
        }
    }

    /// The days in order.
    #[must_use]
    pub fn finish(self, compiled: &Compiled) -> Series {
        let mut series = Series::default();
        let mut places: Vec<Item> =
            (0..).zip(compiled.days()).map(|(place, day)| (rank_of(*day).into(), place)).collect();
        sort(&mut places, &Item::cmp);
        let mut gaps = gaps(self.seen.items()).into_iter().peekable();
        let mut gap = |until: Option<Day>| {
            let day = gaps.next_if(|day| until.is_none_or(|until| *day <= until))?;
            let mut missing = 1_u32;
            while gaps.next_if_eq(&day).is_some() {
                missing = missing.saturating_add(1);
            }
            Some(DayRow { day, missing, ..DayRow::default() })
        };
        for (_, place) in places {
            let (Some(day), Some(slot)) = (compiled.days().get(place as usize), self.days.get(place as usize)) else {
                continue;
            };
            if *day == DATELESS {
                series.dateless = slot.messages;
            } else if slot.reports > 0 {
                let mut row =
                    DayRow { day: *day, messages: slot.messages, reports: slot.reports, long: slot.long, missing: 0 };
                while let Some(missing) = gap(Some(*day)) {
                    if missing.day == *day { row.missing = missing.missing } else { series.days.push(missing) }
                }
                series.days.push(row);
            }
        }
        series.days.extend(std::iter::from_fn(|| gap(None)));
        series
    }
}

/// On which days a usual reporter's report is missing, one entry for each reporter and day, in order.
fn gaps(seen: &[(TextId, Day)]) -> Vec<Day> {
    let mut seen: Vec<Item> = seen.iter().map(|(who, day)| (u64::from(*who), rank_of(*day))).collect();
    sort(&mut seen, &Item::cmp);
    let days = || seen.iter().map(|(_, rank)| of_rank(*rank));
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
    let mut gaps: Vec<Item> = Vec::new();
    for own in seen.chunk_by(|a, b| a.0 == b.0) {
        let count = |days: Range<Day>| {
            let before = |end: Day| own.partition_point(|(_, rank)| of_rank(*rank) < end);
            before(days.end).saturating_sub(before(days.start))
        };
        let is_usual = |day: &Day| {
            count(day.saturating_sub(AROUND)..*day) >= USUAL
                || count(day.saturating_add(1)..day.saturating_add(AROUND + 1)) >= USUAL
        };
        let mut look_at = |days: Range<Day>| gaps.extend(days.filter(is_usual).map(|day| (rank_of(day).into(), 0)));
        // Only days close to one with a report can be gaps: those before the first, and those between one and the next.
        let mut before: Option<Day> = None;
        for day in own.iter().map(|(_, rank)| of_rank(*rank)) {
            let start = before.map_or(first, |before| before.saturating_add(1));
            let middle = before.map_or(start, |before| before.saturating_add(AROUND).min(day));
            look_at(start..middle);
            look_at(day.saturating_sub(AROUND).max(middle)..day);
            before = Some(day);
        }
        if let Some(before) = before {
            let end = before.saturating_add(AROUND).min(last.saturating_add(1));
            look_at(before.saturating_add(1)..end);
        }
    }
    sort(&mut gaps, &Item::cmp);
    gaps.iter().filter_map(|(rank, _)| u32::try_from(*rank).ok()).map(of_rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From one day to before the other, for each reporter.
    fn days(reported: &[(TextId, &[(Day, Day)])]) -> Vec<Day> {
        let all = reported
            .iter()
            .flat_map(|(who, days)| days.iter().flat_map(|(from, end)| *from..*end).map(|day| (*who, day)));
        gaps(&all.collect::<Vec<_>>())
    }

    #[test]
    fn a_day_without_a_usual_reporters_report_is_a_gap() {
        assert_eq!(days(&[]), []);
        assert_eq!(days(&[(0, &[(0, 30)])]), []);
        assert_eq!(days(&[(0, &[(0, 10), (11, 30)])]), [10]);
        // Every other day is no habit; nor are four days in a row.
        assert_eq!(days(&[(0, &[(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11)]), (1, &[(0, 30)])]), []);
        assert_eq!(days(&[(0, &[(10, 14)]), (1, &[(0, 30)])]), []);
        // One that stops is missed while it was usual just before; one that begins, while it is just after.
        assert_eq!(days(&[(0, &[(0, 10)]), (1, &[(0, 30)])]), [10, 11, 12]);
        assert_eq!(days(&[(0, &[(20, 30)]), (1, &[(0, 30)])]), [17, 18, 19]);
        // Two at once; and nothing before the first day or after the last of all.
        assert_eq!(days(&[(0, &[(0, 9), (10, 20)]), (1, &[(0, 9), (10, 20)])]), [9, 9]);
        // A long break is missed at both ends.
        assert_eq!(days(&[(0, &[(0, 10), (30, 40)])]), [10, 11, 12, 27, 28, 29]);
        // Days at the ends of what numbers hold.
        assert_eq!(days(&[(0, &[(Day::MIN + 1, Day::MIN + 10), (Day::MAX - 9, Day::MAX)])]).len(), 6);
    }
}
