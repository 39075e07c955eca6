//! A table of any length. Only the rows that are seen are drawn and, in chunks, asked for; rows can be gone through by keys,
//! searched, ordered, selected and copied.
//!
//! ```text
//!   Grid      what happens; with `page` and `keys` it talks with the browser: scrolling, focus, keys
//!    ├ State    what is shown and what to ask for, without the browser
//!    │  ├ window   which rows, and where
//!    │  ├ Rows     the chunks that came
//!    │  └ Chosen   the rows that are selected, by `select`
//!    ├ draw     the elements
//!    ├ drawer   a row, whole, beside the table
//!    ├ copy     to the clipboard
//!    ├ save     into a file
//!    └ kept     how a table was left
//! ```

mod chosen;
mod component;
mod copy;
mod draw;
mod drawer;
mod kept;
mod keys;
mod page;
mod rows;
mod save;
mod select;
mod state;
#[cfg(test)]
mod tests;
mod window;

use std::cell::LazyCell;
use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Column as By, Order};

use super::ui::Ui;
pub use component::Grid;

/// Properties of [`Grid`].
#[derive(Clone, Properties, PartialEq)]
pub struct Props {
    /// The words.
    pub words: Ui,
    /// The first part of the keys of its words (`-summary`, `-found`), of its elements' ids, and what it is remembered by.
    pub name: &'static str,
    /// The id of the element that names it.
    pub labelled_by: AttrValue,
    /// Its columns; the first one names a row.
    pub columns: &'static [Column],
    /// The order at first.
    #[prop_or_default]
    pub order: Order,
    /// What the rows are of: when it changes nothing is selected any more and the first rows are shown.
    pub of: AttrValue,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// Asks for rows. When it changes all rows are asked for anew; the old ones stand until then.
    pub load: Callback<(Span, Callback<Lines>)>,
    /// Opens a row as a page, by its id.
    #[prop_or_default]
    pub on_open: Option<Callback<AttrValue>>,
    /// What the drawer shows of a row, by its id. With it a row is opened there first.
    #[prop_or_default]
    pub detail: Option<Callback<AttrValue, Html>>,
    /// Whether rows can be searched.
    #[prop_or_default]
    pub has_search: bool,
    /// What else can be done with the selected rows, by their ids; its word's key ends in `-act`.
    #[prop_or_default]
    pub on_act: Option<Callback<Vec<AttrValue>>>,
}

/// The rows asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// How many rows to pass over.
    pub skip: u32,
    /// How many to give at most.
    pub take: u32,
    /// In which order.
    pub order: Order,
    /// Only rows with this text; all where it is empty.
    pub find: String,
}

/// The answer to a [`Span`].
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// How many rows there are with the text that is searched for.
    pub total: u64,
    /// How many there are in all. Where that is not known, what was counted before the search is shown.
    pub all: Option<u64>,
    /// The rows.
    pub lines: Vec<Line>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What the row is known by, whatever the order.
    pub id: AttrValue,
    /// Its cells, in the order of the columns.
    pub cells: Cells,
    /// Classes of the row.
    pub class: Classes,
}

/// The cells of a row, made when they are first looked at: of an answer's rows only few are ever seen.
#[derive(Clone)]
pub struct Cells(Rc<LazyCell<Vec<Cell>, Make>>);

type Make = Box<dyn FnOnce() -> Vec<Cell>>;

impl Cells {
    /// Cells that `make` makes.
    pub fn later(make: impl FnOnce() -> Vec<Cell> + 'static) -> Self {
        Self(Rc::new(LazyCell::new(Box::new(make))))
    }
}

impl Default for Cells {
    fn default() -> Self {
        Self::later(Vec::new)
    }
}

impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cells")
    }
}

impl std::ops::Deref for Cells {
    type Target = [Cell];

    fn deref(&self) -> &[Cell] {
        &self.0
    }
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What is shown, in one line. Nothing in it is a stop of the Tab key: rows are opened by Enter.
    pub html: Html,
    /// What is copied, and shown whole where there is no room.
    pub text: AttrValue,
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<AttrValue>) -> Self {
        let text = text.into();
        Self { html: Html::from(&*text), text }
    }

    /// A number: written the locale's way, copied as digits.
    pub fn number(words: &Ui, number: u64) -> Self {
        Self { html: Html::from(words.locale().number(number)), text: number.to_string().into() }
    }

    /// Something else, with its text.
    pub fn new(html: Html, text: impl Into<AttrValue>) -> Self {
        Self { html, text: text.into() }
    }
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// The key of its head's words.
    pub key: &'static str,
    /// What orders by it.
    pub sort: Option<By>,
    /// Whether the least comes first when the order changes to this column.
    pub ascending_first: bool,
    /// Whether it holds numbers.
    pub is_number: bool,
    /// Whether it can be hidden.
    pub optional: bool,
    /// Whether it is shown at first.
    pub shown: bool,
    /// How wide it is.
    pub width: Width,
    /// What the glossary calls it; empty where its head needs no words.
    pub term: &'static str,
}

impl Column {
    /// A column of texts that is always shown.
    pub const fn text(key: &'static str, width: Width) -> Self {
        Self {
            key,
            sort: None,
            ascending_first: false,
            is_number: false,
            optional: false,
            shown: true,
            width,
            term: "",
        }
    }

    /// A column of numbers that can be hidden.
    pub const fn number(key: &'static str) -> Self {
        Self { is_number: true, optional: true, ..Self::text(key, Width::Narrow) }
    }

    /// With an order.
    pub const fn by(self, by: By) -> Self {
        Self { sort: Some(by), ascending_first: matches!(by, By::Key), ..self }
    }

    /// With a head that the glossary explains.
    pub const fn meaning(self, term: &'static str) -> Self {
        Self { term, ..self }
    }

    /// With a head longer than its numbers.
    pub const fn wide(self) -> Self {
        Self { width: Width::Normal, ..self }
    }

    /// One that can be hidden.
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// One that is hidden at first.
    pub const fn hidden(self) -> Self {
        Self { optional: true, shown: false, ..self }
    }
}

/// The width of a column; what the table is wider is shared out among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// A number.
    Narrow,
    /// A word or a day.
    Normal,
    /// A name.
    Wide,
    /// A sentence.
    Widest,
}
