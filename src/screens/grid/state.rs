use std::ops::Range;
use std::rc::Rc;

use dmarcscope::analysis::Order;

use super::chosen::Chosen;
use super::rows::{CHUNK, Rows, whole};
use super::window::{Place, Scale};
use super::{Lines, Span};

/// What the status line says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    #[default]
    Nothing,
    /// Rows of a range are on their way.
    Selecting,
    /// More rows were to be selected than can be.
    Limit,
    /// So many rows were copied.
    Copied(usize),
    /// The browser does not let the page copy.
    NotCopied,
}

/// A question that is not answered yet.
#[derive(Clone, Debug)]
struct Asked {
    number: u32,
    rows: Range<u32>,
    /// Whether the rows that are there are old.
    is_anew: bool,
    /// Whether the first rows are to be shown.
    is_first: bool,
}

/// What a table shows and what it asks for.
#[derive(Debug)]
pub struct State {
    pub scale: Scale,
    pub place: Place,
    /// The rows that are drawn.
    pub drawn: Range<u32>,
    pub rows: Rows,
    /// How many rows there are with what is searched for, and in all; none before the first answer.
    pub total: Option<u64>,
    pub all: Option<u64>,
    pub order: Order,
    pub find: String,
    /// The row that keys have come to.
    pub current: Option<u32>,
    pub chosen: Chosen,
    pub said: Said,
    asked: Option<Asked>,
    last_number: u32,
    /// There is more in the store than was asked for last.
    is_stale: bool,
    /// The rows of a range that are still to be asked for, and the number of the question that is on its way.
    pub(super) range: Option<(u32, Range<u32>)>,
}

impl State {
    /// Nothing known yet.
    pub fn new(order: Order, find: String) -> Self {
        Self {
            // Until they are measured.
            scale: Scale { total: 0, row: 32.0, view: 640.0 },
            place: Place::default(),
            drawn: 0..0,
            rows: Rows::default(),
            total: None,
            all: None,
            order,
            find,
            current: None,
            chosen: Chosen::default(),
            said: Said::Nothing,
            asked: None,
            last_number: 0,
            is_stale: false,
            range: None,
        }
    }

    /// As it was left: its rows are asked for, and shown where they were.
    pub fn restore(&mut self, place: Place, scale: Scale, current: Option<u32>) {
        (self.place, self.scale, self.current) = (place, scale, current);
        self.drawn = scale.drawn(place);
    }

    /// Goes to a place; whether other rows are drawn then.
    pub fn go(&mut self, place: Place) -> bool {
        let moved = (place.real - place.top - self.place.real + self.place.top).abs() > 0.5;
        self.place = place;
        let is_other = moved || self.scale.is_past(&self.drawn, place);
        if is_other {
            self.drawn = self.scale.drawn(place);
        }
        is_other
    }

    /// Takes in the sizes; whether other rows are drawn then.
    pub fn measured(&mut self, row: f64, view: f64) -> bool {
        let scale = Scale { row, view, ..self.scale };
        if row < 1.0 || view < 1.0 || scale == self.scale {
            return false;
        }
        // The first row stays the first one.
        let first = self.place.real / self.scale.row;
        self.scale = scale;
        self.place = scale.at(first * row);
        self.drawn = scale.drawn(self.place);
        true
    }

    /// The question for rows that are drawn and not there, if there are any and no other question is on its way: while somebody
    /// scrolls on only the newest rows are asked for.
    pub fn missing(&mut self) -> Option<(u32, Span)> {
        if self.asked.is_some() {
            return None;
        }
        let rows = if self.total.is_none() { Some(whole(&self.drawn)) } else { self.rows.missing(&self.drawn) };
        self.ask(rows?, false, false)
    }

    /// The question for all that is drawn because there is more in the store.
    pub fn grown(&mut self) -> Option<(u32, Span)> {
        self.is_stale = true;
        self.forget_all();
        self.chosen.forget_places();
        if self.asked.is_some() { None } else { self.ask(whole(&self.drawn), true, false) }
    }

    /// The question for rows in another order or of other things: the answer to any other is not waited for.
    pub fn anew(&mut self, is_first: bool) -> Option<(u32, Span)> {
        self.chosen.forget_places();
        (self.range, self.said) = (None, Said::Nothing);
        let rows = if is_first { 0..CHUNK } else { whole(&self.drawn) };
        self.ask(rows, true, is_first)
    }

    /// Forgets how many rows there are without the search, which only an answer without it tells.
    pub fn forget_all(&mut self) {
        if !self.find.is_empty() {
            self.all = None;
        }
    }

    fn ask(&mut self, rows: Range<u32>, is_anew: bool, is_first: bool) -> Option<(u32, Span)> {
        self.is_stale = false;
        let number = self.new_number();
        let span = self.span(&rows);
        self.asked = Some(Asked { number, rows, is_anew, is_first });
        Some((number, span))
    }

    pub(super) fn new_number(&mut self) -> u32 {
        self.last_number = self.last_number.wrapping_add(1);
        self.last_number
    }

    pub(super) fn span(&self, rows: &Range<u32>) -> Span {
        let take = rows.end.saturating_sub(rows.start);
        Span { skip: rows.start, take, order: self.order, find: self.find.clone() }
    }

    /// Takes in an answer; whether it is one to the question that stands. The next question may follow.
    pub fn answer(&mut self, number: u32, answer: Lines) -> (bool, Option<(u32, Span)>) {
        let Some(asked) = self.asked.take_if(|asked| asked.number == number) else { return (false, None) };
        if asked.is_anew {
            self.rows.clear();
        }
        self.count(&answer);
        if asked.is_first {
            (self.place, self.current) = (Place::default(), None);
        }
        // There may be fewer than there were.
        let last = self.scale.at(f64::MAX);
        if last.real < self.place.real {
            self.place = last;
        }
        self.current = self.current.map(|row| row.min(self.scale.total.saturating_sub(1)));
        self.drawn = self.scale.drawn(self.place);
        let lines: Vec<_> = answer.lines.into_iter().map(Rc::new).collect();
        lines.iter().for_each(|line| self.chosen.renew(line));
        self.rows.put(&asked.rows, &lines);
        (true, if self.is_stale { self.grown() } else { self.missing() })
    }

    fn count(&mut self, answer: &Lines) {
        self.total = Some(answer.total);
        self.scale.total = u32::try_from(answer.total).unwrap_or(u32::MAX);
        if answer.all.is_some() || self.find.is_empty() {
            self.all = answer.all.or(self.total);
        }
    }

    /// Goes to a row by keys.
    pub fn come_to(&mut self, row: u32) {
        self.current = Some(row);
        self.go(self.scale.revealed(self.place, row));
    }
}
