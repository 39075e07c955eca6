//! What became of every input: its status, the notes that say why, and where a report came from.

mod book;
mod note;
mod status;

pub use book::{FileEntry, Item, ItemId, Ledger};
pub use note::{Found, LimitKind, Note, Notes};
pub use status::{Kind, Status};
