use std::fmt;
use std::io;

use super::charset::Charsets;
use super::{Limits, Locator};
use crate::ledger::{Kind, Note, Notes};
use crate::report::{Record, Report};

/// What reading needs to know beside the bytes.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Where reading stops.
    pub limits: &'a Limits,
    /// Who decodes legacy charsets.
    pub charsets: &'a dyn Charsets,
}

/// Takes what a file holds, piece by piece, in the file's order.
///
/// Each item of a file ends in one call of [`report`](Receiver::report) or [`other`](Receiver::other), so nothing is
/// dropped in silence; the records of an aggregate report come before its end.
pub trait Receiver {
    /// A record of the aggregate report in hand; `report` is what is known of it so far.
    fn record(&mut self, report: &Report, record: &Record<'_>);

    /// The aggregate report in hand is over.
    fn report(&mut self, report: &Report, notes: &Notes, locator: &Locator);

    /// An item that gave no aggregate report: one of another kind, or refused with the notes that say why.
    fn other(&mut self, kind: Option<Kind>, notes: &Notes, locator: &Locator);

    /// So many bytes of the file itself (not unpacked) have been read. Called at least once for each MiB unpacked.
    fn progress(&mut self, bytes: u64);
}

/// Why unpacking stopped before the end, carried through `std::io` as the inner error of an [`io::Error`].
///
/// A reader that meets it keeps what it has and adds the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop(pub Note);

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code())
    }
}

impl std::error::Error for Stop {}

impl From<Stop> for io::Error {
    fn from(stop: Stop) -> Self {
        Self::other(stop)
    }
}

impl Stop {
    /// The note that an error stands for: its own, or *unreadable* with the system's words.
    #[must_use]
    pub fn note_of(error: &io::Error) -> Note {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(Self(note)) => note.clone(),
            None => Note::Unreadable(error.to_string().into()),
        }
    }
}
