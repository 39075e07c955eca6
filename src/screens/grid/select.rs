//! Rows are selected one by one, or a range of them of which not all are there.

use std::ops::Range;
use std::rc::Rc;

use super::chosen::MOST;
use super::state::{Said, State};
use super::{Line, Lines, Span};

/// Rows of a range that are asked for at once.
const STEP: u32 = 2_500;

impl State {
    /// Selects a row, or no longer.
    pub fn toggle(&mut self, row: u32) {
        self.said = Said::Nothing;
        self.range = None;
        if let Some(line) = self.rows.get(row) {
            self.chosen.toggle(row, line);
        }
    }

    /// Selects all rows from the anchor, or another row, to this one. Those that are not there are asked for.
    pub fn extend(&mut self, from: u32, to: u32) -> Option<(u32, Span)> {
        let rows = self.chosen.extend(from, to);
        let most = u32::try_from(MOST).unwrap_or(u32::MAX);
        let is_limit = rows.len() > MOST;
        // Those nearest to where the range begins.
        let rows = match is_limit {
            true if rows.start == to => rows.end.saturating_sub(most)..rows.end,
            true => rows.start..rows.start.saturating_add(most),
            false => rows,
        };
        self.said = if is_limit { Said::Limit } else { Said::Nothing };
        let (mut missing, there) = (rows.end..rows.start, self.chosen.places());
        for row in rows.filter(|row| !there.contains(row)) {
            match self.rows.get(row) {
                Some(line) => self.is_added(row, &line.clone()),
                None => {
                    missing = missing.start.min(row)..row.saturating_add(1);
                    true
                }
            };
        }
        self.range = None;
        self.next_of(missing)
    }

    /// Selects all rows, as many as can be; none where all are.
    pub fn choose_all(&mut self) -> Option<(u32, Span)> {
        let is_all = self.is_all_chosen();
        self.chosen.clear();
        (self.said, self.range) = (Said::Nothing, None);
        if is_all { None } else { self.extend(0, self.scale.total.checked_sub(1)?) }
    }

    /// Whether all rows are selected, or as many as can be.
    pub fn is_all_chosen(&self) -> bool {
        let total = self.scale.total as usize;
        total > 0 && self.chosen.len() >= total.min(MOST)
    }

    fn is_added(&mut self, row: u32, line: &Rc<Line>) -> bool {
        let is_added = self.chosen.add(row, line);
        if !is_added {
            self.said = Said::Limit;
        }
        is_added
    }

    /// Takes in rows of a range; the next question may follow.
    pub fn extended(&mut self, number: u32, answer: Lines) -> Option<(u32, Span)> {
        let (_, rows) = self.range.take_if(|(asked, _)| *asked == number)?;
        let lines: Vec<_> = answer.lines.into_iter().map(Rc::new).collect();
        let is_room = rows.clone().take(STEP as usize).zip(&lines).all(|(row, line)| self.is_added(row, line));
        if self.said == Said::Selecting {
            self.said = Said::Nothing;
        }
        if is_room { self.next_of(rows.start.saturating_add(STEP)..rows.end) } else { None }
    }

    fn next_of(&mut self, rows: Range<u32>) -> Option<(u32, Span)> {
        if rows.is_empty() {
            return None;
        }
        if self.said == Said::Nothing {
            self.said = Said::Selecting;
        }
        let number = self.new_number();
        let span = self.span(&(rows.start..rows.end.min(rows.start.saturating_add(STEP))));
        self.range = Some((number, rows));
        Some((number, span))
    }
}
