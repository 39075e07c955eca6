//! The bars of a trend: its days put together, with what is not known.

use dmarcscope::analysis::grammar::{date, day, last_of_month};
use dmarcscope::analysis::{DayRow, Series};
use dmarcscope::report::verdict::Fate;

use super::super::address::Unit;
use super::super::chart::Day as Bar;
use super::super::ui::Ui;

/// How many bars a chart has at the most, before weeks or months take the place of days.
pub const MOST_BARS: usize = 370;
/// More bars in a row without any report than these are drawn as one: a reporter's broken clock would leave no room for others.
const LONG_HOLE: usize = 92;

/// How days are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// How long a bar is.
    pub unit: Unit,
    /// The first day of a week: 1 is Monday, 7 is Sunday (ISO 8601).
    pub week: u8,
}

impl Cut {
    /// The unit that is asked for, or the shortest that keeps the number of bars readable.
    pub fn of(series: &Series, unit: Option<Unit>, week: u8) -> Self {
        let fits = |unit: &Unit| Self { unit: *unit, week }.bars(series, &[], |_| String::new()).len() <= MOST_BARS;
        let unit = unit.or_else(|| Unit::ALL.into_iter().find(fits)).unwrap_or(Unit::Month);
        Self { unit, week }
    }

    /// The first day of the bar that a day falls into.
    fn start(self, at: i32) -> i32 {
        match self.unit {
            Unit::Day => at,
            // 1970-01-01 was a Thursday.
            Unit::Week => at.saturating_sub((i64::from(at) + 4 - i64::from(self.week)).rem_euclid(7) as i32),
            Unit::Month => date(at).and_then(|date| date.replace_day(1).ok()).map_or(at, day),
        }
    }

    /// The first day of the bar after.
    fn next(self, start: i32) -> i32 {
        match self.unit {
            Unit::Day => start.saturating_add(1),
            Unit::Week => start.saturating_add(7),
            Unit::Month => {
                date(start).and_then(last_of_month).map_or(start.saturating_add(30), |last| day(last).saturating_add(1))
            }
        }
    }

    /// A bar's name under the axis.
    pub fn label(self, words: &Ui, start: i32) -> String {
        match self.unit {
            Unit::Day => words.locale().day_short(start),
            Unit::Week => words.locale().day(start),
            Unit::Month => words.locale().month(start),
        }
    }

    /// The bars, without holes between the first and the last.
    pub fn bars(self, series: &Series, fates: &[Fate], label: impl Fn(i32) -> String) -> Vec<Bar> {
        let mut bars: Vec<Bar> = Vec::new();
        for row in &series.days {
            let start = self.start(row.day);
            match bars.last_mut().filter(|bar| bar.start == i64::from(start)) {
                Some(bar) => self.add(bar, row, fates),
                None => {
                    self.fill(&mut bars, start, fates.len(), &label);
                    let end = i64::from(self.next(start)) - 1;
                    let values = vec![0; fates.len()];
                    let mut bar =
                        Bar { start: start.into(), end, label: label(start), values, gap: true, ..Bar::default() };
                    self.add(&mut bar, row, fates);
                    bars.push(bar);
                }
            }
        }
        bars
    }

    /// Counts a day in a bar.
    fn add(self, bar: &mut Bar, row: &DayRow, fates: &[Fate]) {
        let sums = Fate::sums(&row.messages);
        let values = fates.iter().map(|fate| sums.get(*fate as usize).copied().unwrap_or(0));
        bar.values.iter_mut().zip(values).for_each(|(sum, value)| *sum = sum.saturating_add(value));
        bar.long |= row.long;
        bar.gap &= row.reports == 0;
        // In a week or a month some reporter is nearly always missing on some day: that would tell nothing.
        if self.unit == Unit::Day {
            bar.missing = row.missing;
        }
    }

    /// Adds what lies between the last bar and one that starts at a day.
    fn fill(self, bars: &mut Vec<Bar>, start: i32, fates: usize, label: &impl Fn(i32) -> String) {
        let Some(first) = bars.last().and_then(|bar| i32::try_from(bar.end).ok()?.checked_add(1)) else { return };
        let hole = |from: i32, before: i32, label: String| {
            let (start, end) = (from.into(), i64::from(before) - 1);
            Bar { start, end, label, values: vec![0; fates], gap: true, ..Bar::default() }
        };
        let mut at = first;
        let mut holes = Vec::new();
        while at < start && holes.len() <= LONG_HOLE {
            let next = self.next(at);
            holes.push(hole(at, next, label(at)));
            at = next;
        }
        match holes.len() {
            ..=LONG_HOLE => bars.append(&mut holes),
            _ => bars.push(hole(first, start, "…".to_owned())),
        }
    }
}
