//! The rows that are selected.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};
use std::rc::Rc;

use yew::AttrValue;

use super::Line;

/// Rows that can be selected at once.
pub const MOST: usize = 10_000;

/// Selected rows. They stay selected when they go out of sight or the order changes.
#[derive(Debug, Default)]
pub struct Chosen {
    /// By id, with the place that each had when it was selected: in which order of the rows, and where in that.
    lines: BTreeMap<AttrValue, (u32, u32, Rc<Line>)>,
    /// Another number for each order of the rows.
    order: u32,
    /// Where a range begins.
    anchor: Option<u32>,
    /// The range that was selected last: another one from the same anchor takes its place.
    range: Option<RangeInclusive<u32>>,
}

impl Chosen {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Whether a row is selected.
    pub fn has(&self, line: &Line) -> bool {
        self.lines.contains_key(&line.id)
    }

    /// Selects a row, or no longer; ranges begin there.
    pub fn toggle(&mut self, row: u32, line: &Rc<Line>) {
        if self.lines.remove(&line.id).is_none() {
            self.add(row, line);
        }
        (self.anchor, self.range) = (Some(row), None);
    }

    /// Selects a row; false where there are too many already.
    pub fn add(&mut self, row: u32, line: &Rc<Line>) -> bool {
        let is_room = self.lines.len() < MOST || self.has(line);
        if is_room {
            self.lines.insert(line.id.clone(), (self.order, row, Rc::clone(line)));
        }
        is_room
    }

    /// Takes in what a row says by now.
    pub fn renew(&mut self, line: &Rc<Line>) {
        if let Some((.., old)) = self.lines.get_mut(&line.id) {
            *old = Rc::clone(line);
        }
    }

    /// Begins a range to a row, from the anchor or else from another row. Gives the rows to select; those of the last range that
    /// are not among them no longer are.
    pub fn extend(&mut self, from: u32, to: u32) -> Range<u32> {
        let anchor = *self.anchor.get_or_insert(from);
        let range = anchor.min(to)..=anchor.max(to);
        if let Some(old) = self.range.replace(range.clone()) {
            self.lines.retain(|_, (order, row, _)| *order != self.order || !old.contains(row) || range.contains(row));
        }
        *range.start()..range.end().saturating_add(1)
    }

    /// Forgets where rows stood: they are in another order, or other ones.
    pub fn forget_places(&mut self) {
        (self.order, self.anchor, self.range) = (self.order.wrapping_add(1), None, None);
    }

    /// The places of selected rows, as rows stand now.
    pub fn places(&self) -> BTreeSet<u32> {
        self.lines.values().filter(|(order, ..)| *order == self.order).map(|(_, row, _)| *row).collect()
    }

    /// Selects nothing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The rows, in the order in which they stood.
    pub fn lines(&self) -> Vec<&Line> {
        let mut lines: Vec<_> = self.lines.values().collect();
        lines.sort_by_key(|(order, row, _)| (*order, *row));
        lines.into_iter().map(|(.., line)| &**line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: u32) -> Rc<Line> {
        Rc::new(Line { id: row.to_string().into(), ..Line::default() })
    }

    fn chosen(chosen: &Chosen) -> Vec<String> {
        chosen.lines().into_iter().map(|line| line.id.to_string()).collect()
    }

    #[test]
    fn a_range_grows_and_shrinks_from_where_it_began() {
        let mut all = Chosen::default();
        all.toggle(20, &line(20));
        all.toggle(9, &line(9));
        for to in [11, 10, 8] {
            for row in all.extend(9, to) {
                all.add(row, &line(row));
            }
        }
        assert_eq!(chosen(&all), ["8", "9", "20"]);
        all.toggle(9, &line(9));
        assert_eq!(chosen(&all), ["8", "20"]);
        all.clear();
        assert!(all.is_empty());
        assert_eq!(all.extend(3, 5), 3..6);
    }

    #[test]
    fn there_is_an_end_to_what_is_selected() {
        let mut all = Chosen::default();
        let most = u32::try_from(MOST).unwrap();
        assert!((0..most).all(|row| all.add(row, &line(row))));
        assert!(!all.add(most, &line(most)) && all.add(0, &line(0)));
        assert_eq!(all.len(), MOST);
    }
}
