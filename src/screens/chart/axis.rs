//! Where things stand on the two axes: slots of days across, round counts upwards.

use std::ops::Range;

use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged};

use super::backend::units;
use super::metrics::{FONT_SIZE, text_width};

/// Widest bar: a single day shall not become a wall.
const WIDEST_BAR: f64 = 64.0;

/// Least room between two labels.
const LABEL_GAP: f64 = 12.0;

/// Days side by side on a width, in whole user units so that bars are sharp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    /// Number of days.
    pub count: usize,
    /// Left edge of the first day.
    pub left: u32,
    /// Width of all days together.
    pub width: u32,
}

impl Slots {
    /// Width of a day.
    pub fn pitch(&self) -> f64 {
        f64::from(self.width) / self.count.max(1) as f64
    }

    /// Left edge of a day, or the right edge of the last for `day == count`.
    fn edge(&self, day: usize) -> f64 {
        f64::from(self.left) + self.pitch() * day as f64
    }

    /// Middle of a day.
    pub fn middle(&self, day: usize) -> f64 {
        self.edge(day) + self.pitch() / 2.0
    }

    /// Left and right edge of a day's bar. Bars leave a gap as soon as there is room for bar and gap; where days are
    /// narrower than a user unit, days share a bar (see [`Slots::column`]).
    pub fn bar(&self, day: usize) -> (f64, f64) {
        let pitch = self.pitch();
        if pitch >= 3.0 {
            // One width for all: widths that differ by a pixel look like data.
            let width = (pitch * 0.8).floor().min(pitch.floor() - 1.0).clamp(1.0, WIDEST_BAR);
            let left = (self.middle(day) - width / 2.0).round();
            (left, left + width)
        } else if pitch >= 1.0 {
            (self.edge(day).round(), self.edge(day + 1).round())
        } else {
            let left = self.column(day);
            (left, left + 1.0)
        }
    }

    /// The user unit that a narrow day falls in.
    pub fn column(&self, day: usize) -> f64 {
        // The product of a share and a count may end a hair below the whole number meant.
        (self.edge(day) + 1e-9).floor()
    }

    /// Left and right edge of a run of days, at least one user unit apart.
    pub fn run(&self, days: Range<usize>) -> (f64, f64) {
        let (left, right) = (self.edge(days.start), self.edge(days.end));
        if self.pitch() >= 1.0 { (left.round(), right.round()) } else { (left.floor(), right.ceil()) }
    }

    /// The day at a horizontal place.
    pub fn at(&self, x: f64) -> Option<usize> {
        let day = ((x - f64::from(self.left)) / self.pitch()).floor();
        (self.count > 0 && day >= 0.0 && day < self.count as f64).then_some(day as usize)
    }

    /// The day that is closest to a horizontal place.
    pub fn nearest(&self, x: f64) -> Option<usize> {
        let day = ((x - f64::from(self.left)) / self.pitch()).floor().max(0.0);
        Some((day as usize).min(self.count.checked_sub(1)?))
    }

    /// The days that get a label: evenly spaced, as many as fit, none beyond the edges of the drawing.
    pub fn labelled<'a>(&self, labels: impl Iterator<Item = &'a str>, drawing: u32) -> Vec<usize> {
        let widths: Vec<f64> = labels.take(self.count).map(|label| text_width(label, FONT_SIZE)).collect();
        let widest = widths.iter().copied().fold(0.0, f64::max);
        let step = ((widest + LABEL_GAP) / self.pitch()).ceil().max(1.0) as usize;
        let fits = |&(day, width): &(usize, f64)| {
            let middle = self.middle(day);
            width > 0.0 && middle - width / 2.0 >= 0.0 && middle + width / 2.0 <= f64::from(drawing)
        };
        widths.into_iter().enumerate().step_by(step).filter(fits).map(|(day, _)| day).collect()
    }
}

/// A place across the plot.
#[derive(Clone, Copy, Debug)]
pub enum Across {
    /// A place in user units from the left of the drawing.
    At(f64),
    /// The middle of a day.
    Day(usize),
}

/// The horizontal axis for plotters.
#[derive(Clone)]
pub struct Days {
    /// Where the days are.
    pub slots: Slots,
    /// The days with a label.
    pub labelled: Vec<usize>,
}

impl Ranged for Days {
    type FormatOption = NoDefaultFormatting;
    type ValueType = Across;

    fn map(&self, value: &Across, limit: (i32, i32)) -> i32 {
        let x = match value {
            Across::At(x) => *x,
            Across::Day(day) => self.slots.middle(*day),
        };
        units(x).clamp(limit.0, limit.1)
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<Across> {
        self.labelled.iter().copied().map(Across::Day).collect()
    }

    fn range(&self) -> Range<Across> {
        let left = f64::from(self.slots.left);
        Across::At(left)..Across::At(left + f64::from(self.slots.width))
    }
}

/// The vertical axis for plotters: counts from zero to a round number. 128 bits, as the round number above the
/// largest `u64` is larger than that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Distance between two ticks.
    step: u128,
    /// Number of steps from zero to the top.
    steps: u128,
}

impl Counts {
    /// An axis with three to five ticks that reaches `max`. Never less than a step of one: half a message is no tick.
    pub fn reaching(max: u64) -> Self {
        let max = u128::from(max);
        let step = (0..)
            .flat_map(|power| [1, 2, 5].map(|digit| digit * 10u128.pow(power)))
            .find(|step| max.div_ceil(*step) <= 4)
            .unwrap_or(1);
        Self { step, steps: max.div_ceil(step).max(2) }
    }

    /// The largest count on the axis.
    pub fn top(&self) -> u128 {
        self.step * self.steps
    }

    /// The round counts, from zero up.
    pub fn ticks(&self) -> impl Iterator<Item = u128> {
        let step = self.step;
        (0..=self.steps).map(move |n| n * step)
    }
}

impl Ranged for Counts {
    type FormatOption = NoDefaultFormatting;
    type ValueType = u128;

    fn map(&self, value: &u128, limit: (i32, i32)) -> i32 {
        let (bottom, top) = limit;
        let share = *value as f64 / self.top() as f64;
        bottom - (share * f64::from(bottom - top)).round() as i32
    }

    fn key_points<Hint: KeyPointHint>(&self, _: Hint) -> Vec<u128> {
        self.ticks().collect()
    }

    fn range(&self) -> Range<u128> {
        0..self.top()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_to_five_round_ticks_for_any_maximum() {
        let largest = (0..64).map(|bit| u64::MAX >> bit);
        for max in (0..2000).chain(largest) {
            let counts = Counts::reaching(max);
            let ticks: Vec<_> = counts.ticks().collect();
            assert!((3..=5).contains(&ticks.len()), "{max}: {ticks:?}");
            assert_eq!(ticks[0], 0);
            assert!(counts.top() >= u128::from(max));
            let lead = counts.step.to_string();
            assert!(["1", "2", "5"].contains(&lead.trim_end_matches('0')), "{max}: {lead}");
            assert!(max < 3 || counts.top() <= u128::from(max) * 2, "{max}: half of the plot is used");
        }
    }

    #[test]
    fn a_place_leads_to_its_day() {
        let slots = Slots { count: 30, left: 40, width: 600 };
        for day in 0..30 {
            assert_eq!(slots.at(slots.middle(day)), Some(day));
        }
        assert_eq!(slots.at(39.9), None);
        assert_eq!(slots.at(640.0), None);
        assert_eq!([0.0, 39.9, 55.0, 640.0, 1e9].map(|x| slots.nearest(x)), [0, 0, 0, 29, 29].map(Some));
        assert_eq!(Slots::default().nearest(5.0), None);
        assert_eq!(Slots::default().at(0.0), None);
    }

    #[test]
    fn bars_never_overlap_and_leave_a_gap_when_there_is_room() {
        for count in [1, 2, 7, 31, 90, 365, 1500] {
            for width in [200, 237, 650, 1111, 2900] {
                let slots = Slots { count, left: 50, width };
                for day in 1..count {
                    let ((_, before), (left, right)) = (slots.bar(day - 1), slots.bar(day));
                    assert!(right > left);
                    if slots.pitch() >= 3.0 {
                        assert!(left - before >= 1.0, "{count} days on {width}");
                    } else if slots.pitch() >= 1.0 {
                        assert_eq!(left, before, "no seam, no overlap");
                    }
                }
                let ((left, _), (_, right)) = (slots.bar(0), slots.bar(count - 1));
                assert!(left >= 50.0 && right <= f64::from(50 + width), "{count} days on {width}");
            }
        }
    }
}
