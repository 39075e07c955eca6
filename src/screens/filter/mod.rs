//! The filter: what it asks as chips in plain words, a dialog to change one, the whole of it typed, and the way back.
//!
//! All of it lives in the address; nothing here keeps a filter but the way back does, for undo and redo.

mod bar;
mod complete;
mod days;
mod dialog;
mod error;
mod fields;
mod history;
mod keys;
mod panel;
mod said;
mod subject;
mod suggest;
mod typed;
mod values;
mod words;

pub use bar::FilterBar;
pub use said::clause;
