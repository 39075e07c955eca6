//! The trend by day: one stacked bar for each day, drawn with plotters on our own canvas.

use std::ops::Range;

use plotters::coord::cartesian::{Cartesian2d, MeshLine};
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{EmptyElement, PathElement, Rectangle, Text};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axis::{Across, Counts, Days, Slots};
use super::backend::{Canvas, Unsupported, units};
use super::ink::Ink;
use super::metrics::{FONT_SIZE, text_width};
use super::scene::Scene;

/// Room above the plot: half a label of the topmost tick.
const ABOVE: u32 = 8;
/// Room below the plot: ticks, the mark of long reports, a line of dates.
const BELOW: u32 = 28;
/// Room left of the counts, for the ring around the chart that has the focus.
const LEFT: f64 = 4.0;
/// Room right of the plot, so that the last date may stand under the last day.
const RIGHT: u32 = 12;
/// Between the counts and the plot.
const COUNT_GAP: f64 = 8.0;
/// Lengths below the base line: tick, mark of long reports (from, to), dates.
const TICK: f64 = 4.0;
const LONG: (f64, f64) = (1.0, 8.0);
const DATE: f64 = 11.0;
/// Parts of a bar lower than this get no seam, as it would cover them.
const SEAM_ROOM: f64 = 3.0;

/// One day of the trend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Number of the day since 1970-01-01; of the first one, where the bar is of several.
    pub start: i64,
    /// Number of its last day.
    pub end: i64,
    /// The date as the person reads it, short: it stands under the axis.
    pub label: String,
    /// One count for each series, in their order; missing ones count as zero.
    pub values: Vec<u64>,
    /// No report covers this day. Not the same as a report that counts nothing.
    pub gap: bool,
    /// How many reporters that usually report sent none for this day.
    pub missing: u32,
    /// A report that covers several days counts here.
    pub long: bool,
}

impl Day {
    /// Whether something is not known of the day: what is missing is not nought.
    pub fn is_incomplete(&self) -> bool {
        self.gap || self.missing > 0
    }

    /// Count of a series.
    pub fn value(&self, series: usize) -> u64 {
        self.values.get(series).copied().unwrap_or(0)
    }

    /// All counts together, at most `u64::MAX`.
    pub fn total(&self) -> u64 {
        self.values.iter().fold(0, |sum, value| sum.saturating_add(*value))
    }
}

/// Marks over the colour of a series, so that it is known without the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    /// No marks.
    Plain,
    /// Lines that rise.
    Slanted,
    /// Lines that fall.
    Falling,
    /// Lines both ways.
    Crossed,
    /// Level lines.
    Level,
    /// Upright lines.
    Upright,
    /// Dots.
    Dotted,
}

/// One part of every bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Name of the series as the person reads it.
    pub label: String,
    /// Class that sets its colour (`outcome-pass`, …); different for each series of a chart.
    pub class: &'static str,
    /// Marks over its colour.
    pub pattern: Pattern,
    /// Where its entry in the legend leads.
    pub href: String,
}

/// What to draw. The first series stands at the bottom. Days follow one another without holes: a day without a report
/// is there, with [`Day::gap`].
pub struct Trend<'a> {
    /// The days, oldest first.
    pub days: &'a [Day],
    /// The series, bottom first.
    pub series: &'a [Series],
    /// Width of the drawing in user units.
    pub width: u32,
    /// Height of the drawing in user units.
    pub height: u32,
    /// Writes a count on the axis, briefly.
    pub compact: &'a dyn Fn(u64) -> String,
}

/// The trend, drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrendScene {
    /// The shapes.
    pub scene: Scene,
    /// Where each day stands, for pointers and for the frame around the active day.
    pub slots: Slots,
    /// Upper and lower edge of the plot.
    pub plot: (u32, u32),
}

type Plot<'a> = DrawingArea<Canvas<'a>, Cartesian2d<Days, Counts>>;
type Drawn = Result<(), DrawingAreaErrorKind<Unsupported>>;

impl Trend<'_> {
    /// Draws the trend.
    pub fn draw(&self) -> TrendScene {
        let (width, height) = (self.width.max(160), self.height.max(100));
        let counts = Counts::reaching(self.days.iter().map(Day::total).max().unwrap_or(0));
        let widest = counts.ticks().map(|tick| text_width(&self.count(tick), FONT_SIZE)).fold(0.0, f64::max);
        // However long the counts, most of the width belongs to the plot.
        let left = ((LEFT + widest + COUNT_GAP).ceil() as u32).min(width / 2);
        let slots = Slots { count: self.days.len(), left, width: width - left - RIGHT };
        let plot = (ABOVE, height - BELOW);

        let classes: Vec<_> = self.series.iter().map(|series| series.class).collect();
        let mut nodes = Vec::new();
        let root = Canvas::new((width, height), &classes, &mut nodes).into_drawing_area();
        let area = root.margin(pixels(ABOVE), pixels(BELOW), pixels(left), pixels(RIGHT));
        let (x, y) = area.get_pixel_range();
        let labelled = slots.labelled(self.days.iter().map(|day| day.label.as_str()), width);
        let axes = Cartesian2d::new(Days { slots, labelled }, counts, (x, y.end..y.start));
        // The canvas refuses nothing that is drawn here. Were plotters itself to fail, what is drawn so far stays; the
        // figures are complete in the table behind the chart.
        let drawn = self.paint(&area.apply_coord_spec(axes));
        debug_assert!(drawn.is_ok(), "{drawn:?}");
        drop((root, area));
        TrendScene { scene: Scene::new(width, height, nodes), slots, plot }
    }

    /// Bottom first: bands, lines, bars, then what is written around them.
    fn paint(&self, plot: &Plot<'_>) -> Drawn {
        self.gaps(plot)?;
        self.grid(plot)?;
        self.bars(plot)?;
        self.base(plot)?;
        self.labels(plot)
    }

    fn grid(&self, plot: &Plot<'_>) -> Drawn {
        let thin = Ink::Grid.into();
        let across = |canvas: &mut Canvas<'_>, line: MeshLine<'_, Days, Counts>| match line {
            MeshLine::XMesh(..) => Ok(()),
            MeshLine::YMesh(..) => line.draw(canvas, &thin),
        };
        plot.draw_mesh(across, usize::MAX, usize::MAX)
    }

    fn gaps(&self, plot: &Plot<'_>) -> Drawn {
        let axes = plot.as_coord_spec();
        let (slots, top) = (axes.x_spec().slots, axes.y_spec().top());
        for run in runs(self.days, Day::is_incomplete) {
            let (left, right) = slots.run(run);
            plot.draw(&Rectangle::new([(Across::At(left), top), (Across::At(right), 0)], Ink::Gap.filled()))?;
        }
        Ok(())
    }

    fn bars(&self, plot: &Plot<'_>) -> Drawn {
        let slots = plot.as_coord_spec().x_spec().slots;
        let shown = self.shown(&slots);
        let mut feet = vec![0u64; shown.len()];
        let mut seams = Vec::new();
        // Series by series, so that the shapes of a class are neighbours and become one group.
        for index in 0..self.series.len() {
            let ink = Ink::Series(u16::try_from(index).unwrap_or(u16::MAX)).filled();
            for (day, foot) in shown.iter().zip(&mut feet) {
                let head = foot.saturating_add(self.days[*day].value(index));
                if head > *foot {
                    let (left, right) = slots.bar(*day);
                    let corners = [(left, head), (right, *foot)].map(|(x, count)| (Across::At(x), u128::from(count)));
                    plot.draw(&Rectangle::new(corners, ink))?;
                    seams.push((left, right, *foot, head));
                }
                *foot = head;
            }
        }
        for (left, right, foot, head) in seams {
            let level = |x: f64| (Across::At(x), u128::from(foot));
            let room = plot.map_coordinate(&level(left)).1 - plot.map_coordinate(&(Across::At(left), head.into())).1;
            if foot > 0 && room >= units(SEAM_ROOM) {
                plot.draw(&PathElement::new(vec![level(left), level(right)], Ink::Seam))?;
            }
        }
        Ok(())
    }

    /// The days that get a bar: all of them, or the highest of those that share a column. A mean would hide the one
    /// bad day in a year that people look for; the other days are in the readout and in the table.
    fn shown(&self, slots: &Slots) -> Vec<usize> {
        let mut shown: Vec<usize> = Vec::with_capacity(self.days.len());
        for (index, day) in self.days.iter().enumerate() {
            match shown.last_mut() {
                Some(last) if slots.pitch() < 1.0 && slots.column(*last) == slots.column(index) => {
                    if day.total() > self.days[*last].total() {
                        *last = index;
                    }
                }
                _ => shown.push(index),
            }
        }
        shown
    }

    /// The base line, its ticks, and the marks of long reports.
    fn base(&self, plot: &Plot<'_>) -> Drawn {
        let axis = plot.as_coord_spec().x_spec().clone();
        for run in runs(self.days, |day| day.long) {
            let (left, right) = axis.slots.run(run);
            let mark = Rectangle::new([(0, units(LONG.0)), (units(right - left), units(LONG.1))], Ink::Long.filled());
            plot.draw(&(EmptyElement::at((Across::At(left), 0)) + mark))?;
        }
        let ends = plot.get_x_range();
        plot.draw(&PathElement::new(vec![(ends.start, 0), (ends.end, 0)], Ink::Axis))?;
        for day in axis.labelled {
            let tick = PathElement::new(vec![(0, 0), (0, units(TICK))], Ink::Axis);
            plot.draw(&(EmptyElement::at((Across::Day(day), 0)) + tick))?;
        }
        Ok(())
    }

    fn labels(&self, plot: &Plot<'_>) -> Drawn {
        let axes = plot.as_coord_spec();
        let dates = Ink::Label.text().pos(Pos::new(HPos::Center, VPos::Top));
        for day in axes.x_spec().labelled.iter().copied() {
            let date = Text::new(self.days[day].label.clone(), (0, units(DATE)), dates.clone());
            plot.draw(&(EmptyElement::at((Across::Day(day), 0)) + date))?;
        }
        let counts = Ink::Label.text().pos(Pos::new(HPos::Right, VPos::Center));
        for tick in axes.y_spec().ticks() {
            let count = Text::new(self.count(tick), (-units(COUNT_GAP), 0), counts.clone());
            plot.draw(&(EmptyElement::at((plot.get_x_range().start, tick)) + count))?;
        }
        Ok(())
    }

    /// A tick in words; nothing for the one tick that may lie above all counts there are.
    fn count(&self, tick: u128) -> String {
        u64::try_from(tick).map(self.compact).unwrap_or_default()
    }
}

fn pixels(length: u32) -> i32 {
    units(f64::from(length))
}

/// Runs of neighbouring days that `holds` of.
fn runs(days: &[Day], holds: impl Fn(&Day) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (index, _) in days.iter().enumerate().filter(|(_, day)| holds(day)) {
        match runs.last_mut() {
            Some(run) if run.end == index => run.end = index + 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

#[cfg(test)]
#[path = "trend_tests.rs"]
mod tests;
