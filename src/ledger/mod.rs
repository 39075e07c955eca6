//! What became of every input: its status, the notes that say why, and where a report came from.

mod note;
mod status;

pub use note::{Found, LimitKind, Note, Notes};
pub use status::{Kind, Status};
