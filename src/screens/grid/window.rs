//! Which rows of a long table are drawn and where: arithmetic alone.
//!
//! A row's *real* place is counted in pixels from the first row. What the box scrolls is the *top*. They are the same unless the
//! rows together are taller than browsers draw: then the box is as tall as they do draw, a jump goes to the place in proportion,
//! and a small step moves the rows by as much as the box.

use std::ops::Range;

/// The tallest box in pixels: past about 17 million browsers misplace what is in it.
pub const TALLEST: f64 = 15_000_000.0;
/// Rows drawn above and below those that are seen.
const OVERSCAN: u32 = 10;
/// So many of them are left when others are drawn.
const MARGIN: u32 = 3;

/// The sizes of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// How many rows there are.
    pub total: u32,
    /// The height of a row.
    pub row: f64,
    /// The height that rows are seen through.
    pub view: f64,
}

/// Where a table is scrolled to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// As the box says.
    pub top: f64,
    /// Among the rows.
    pub real: f64,
}

impl Scale {
    fn content(&self) -> f64 {
        f64::from(self.total) * self.row
    }

    /// The height of all rows and spacers together.
    pub fn shown(&self) -> f64 {
        self.content().min(TALLEST)
    }

    fn last_top(&self) -> f64 {
        (self.shown() - self.view).max(0.0)
    }

    fn last_real(&self) -> f64 {
        (self.content() - self.view).max(0.0)
    }

    /// The place, in proportion, for what the box says.
    fn jumped(&self, top: f64) -> Place {
        let share = if self.last_top() > 0.0 { (top / self.last_top()).clamp(0.0, 1.0) } else { 0.0 };
        Place { top, real: share * self.last_real() }
    }

    /// The place that shows a real one, as far as there is one.
    pub fn at(&self, real: f64) -> Place {
        let real = real.clamp(0.0, self.last_real());
        if self.content() <= TALLEST {
            return Place { top: real, real };
        }
        Place { top: real / self.last_real() * self.last_top(), real }
    }

    /// The place after the box was scrolled. Its top is another than the box's where the box must be set to it.
    pub fn scrolled(&self, from: Place, top: f64) -> Place {
        if self.content() <= TALLEST {
            return Place { top, real: top.clamp(0.0, self.last_real()) };
        }
        let step = top - from.top;
        if step.abs() > self.view {
            return self.jumped(top);
        }
        let real = from.real + step;
        let is_end = |at: f64, last: f64| at < self.row || at > last - self.row;
        // At an end of one and not of the other nobody could scroll on.
        if is_end(top, self.last_top()) || is_end(real, self.last_real()) { self.at(real) } else { Place { top, real } }
    }

    /// The place from which a row is seen whole, as near as possible.
    pub fn revealed(&self, from: Place, row: u32) -> Place {
        let start = f64::from(row) * self.row;
        let last = (start + self.row - self.view).max(0.0);
        let real = from.real.clamp(last.min(start), start);
        let near = Place { top: from.top + real - from.real, real };
        let is_near =
            (real - from.real).abs() <= self.view && near.top >= self.row && near.top <= self.last_top() - self.row;
        if is_near { near } else { self.at(real) }
    }

    /// The rows that are seen, wholly or in part.
    pub fn seen(&self, place: Place) -> Range<u32> {
        let first = whole((place.real / self.row).floor()).min(self.total);
        first..whole(((place.real + self.view) / self.row).ceil()).clamp(first, self.total)
    }

    /// The rows to draw.
    pub fn drawn(&self, place: Place) -> Range<u32> {
        let (seen, offset) = (self.seen(place), place.real - place.top);
        // What would stand before the box's beginning or after its end is not drawn.
        let first = seen.start.saturating_sub(OVERSCAN).max(whole((offset / self.row).floor()));
        let last = seen.end.saturating_add(OVERSCAN).min(whole(((self.shown() + offset) / self.row).ceil()));
        first.min(seen.start)..last.clamp(seen.end, self.total)
    }

    /// Whether other rows must be drawn than are.
    pub fn is_past(&self, drawn: &Range<u32>, place: Place) -> bool {
        let seen = self.seen(place);
        let is_before = drawn.start > 0 && seen.start < drawn.start.saturating_add(MARGIN);
        let is_after = drawn.end < self.total && seen.end.saturating_add(MARGIN) > drawn.end;
        (is_before || is_after) && self.drawn(place) != *drawn
    }

    /// The heights of the spacers above and below the rows that are drawn.
    pub fn spacers(&self, place: Place, drawn: &Range<u32>) -> (f64, f64) {
        let above = (f64::from(drawn.start) * self.row - (place.real - place.top)).max(0.0);
        let rows = f64::from(drawn.end.saturating_sub(drawn.start)) * self.row;
        (above, (self.shown() - above - rows).max(0.0))
    }

    /// Rows that a page key moves by.
    pub fn page(&self) -> u32 {
        whole((self.view / self.row).floor()).saturating_sub(1).max(1)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of rows; what is no such becomes the nearest"
)]
fn whole(number: f64) -> u32 {
    number as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Scale = Scale { total: 100_000, row: 32.0, view: 640.0 };
    const LARGE: Scale = Scale { total: 1_000_000, row: 32.0, view: 640.0 };

    /// What is seen lies among what is drawn, at the right pixel, and the box stays as tall as it is.
    fn check(scale: Scale, place: Place) {
        let (seen, drawn) = (scale.seen(place), scale.drawn(place));
        assert!(
            drawn.start <= seen.start && seen.end <= drawn.end && drawn.end <= scale.total,
            "{place:?} {seen:?} {drawn:?}"
        );
        assert!(drawn.len() <= 42, "{place:?} {drawn:?}");
        let (above, below) = scale.spacers(place, &drawn);
        let rows = f64::from(drawn.end - drawn.start) * scale.row;
        assert!((above + rows + below - scale.shown()).abs() < 2.0 * scale.row, "{place:?}: {above} {rows} {below}");
        let pixel = above + f64::from(seen.start - drawn.start) * scale.row - place.top;
        let wanted = f64::from(seen.start) * scale.row - place.real;
        assert!((pixel - wanted).abs() < scale.row, "{place:?}: {pixel} for {wanted}");
    }

    #[test]
    fn a_table_that_fits_scrolls_as_the_box_does() {
        let place = SMALL.scrolled(Place::default(), 3_216.0);
        assert_eq!((SMALL.seen(place), SMALL.drawn(place)), (100..121, 90..131));
        assert_eq!(SMALL.spacers(place, &(90..131)), (2_880.0, 3_200_000.0 - 131.0 * 32.0));
        for top in [0.0, 1.0, 639.0, 1_000_000.0, 3_199_360.0] {
            check(SMALL, SMALL.scrolled(Place::default(), top));
        }
        assert_eq!(SMALL.seen(SMALL.at(f64::MAX)).end, 100_000);
        // Past an end, as some browsers say while they bounce.
        assert_eq!(SMALL.scrolled(Place::default(), -40.0).real.to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn other_rows_are_drawn_only_when_few_are_left() {
        let drawn = SMALL.drawn(SMALL.at(3_200.0));
        assert!(!SMALL.is_past(&drawn, SMALL.at(3_200.0)) && !SMALL.is_past(&drawn, SMALL.at(3_300.0)));
        assert!(SMALL.is_past(&drawn, SMALL.at(3_500.0)) && SMALL.is_past(&drawn, SMALL.at(2_900.0)));
        let few = Scale { total: 5, ..SMALL };
        assert!(!few.is_past(&few.drawn(Place::default()), Place::default()));
        assert_eq!(Scale { total: 0, ..SMALL }.drawn(Place::default()), 0..0);
    }

    #[test]
    fn more_rows_than_browsers_draw_are_reached_from_end_to_end() {
        assert_eq!(LARGE.shown().to_bits(), TALLEST.to_bits());
        // By the bar.
        for share in 0..=1_000 {
            check(LARGE, LARGE.scrolled(Place { top: -1e9, real: 0.0 }, LARGE.last_top() * f64::from(share) / 1_000.0));
        }
        assert_eq!(LARGE.seen(LARGE.scrolled(Place::default(), LARGE.last_top())).end, 1_000_000);
        // By the wheel, both ways from the middle: no row is passed over and the end is reached.
        for step in [-120.0, 120.0] {
            let mut place = LARGE.at(60_000.0);
            if step > 0.0 {
                place = LARGE.at(LARGE.last_real() - 60_000.0);
            }
            for _ in 0..1_000 {
                let top = (place.top + step).clamp(0.0, LARGE.last_top());
                let next = LARGE.scrolled(place, top);
                assert!((next.real - place.real).abs() <= 120.01, "{place:?} {next:?}");
                check(LARGE, next);
                place = next;
            }
            let seen = LARGE.seen(place);
            assert!(seen.start == 0 || seen.end == 1_000_000, "{seen:?}");
        }
    }

    #[test]
    fn a_row_is_revealed_by_the_shortest_way() {
        let from = SMALL.at(3_200.0);
        assert_eq!(SMALL.revealed(from, 105), from);
        assert_eq!(SMALL.seen(SMALL.revealed(from, 120)), 101..121);
        assert_eq!(SMALL.seen(SMALL.revealed(from, 99)).start, 99);
        for row in [0, 1, 500_000, 999_998, 999_999] {
            let place = LARGE.revealed(LARGE.at(7_000_000.0), row);
            assert!(LARGE.seen(place).contains(&row));
            check(LARGE, place);
        }
        assert_eq!(SMALL.page(), 19);
    }
}
