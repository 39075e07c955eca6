//! From files to reports: containers are told by content and opened within limits.
//!
//! A file's bytes pass, from the outside in, `block` (large reads), `format` (what is it), `open` (what to do with it),
//! `inflate`, `zip`, `tar`, `mail` and `ole` (containers, each item of which goes
//! through `open` again), and `item`, which hands reports to the
//! [`Receiver`]. `shared` holds what they all count; `source` takes the same way again for a single report.

mod block;
pub mod charset;
mod format;
mod gzip;
mod inflate;
mod item;
mod limits;
mod listing;
mod locator;
mod mail;
mod ole;
mod open;
mod receiver;
mod shared;
mod source;
mod tar;
mod zip;

pub use limits::{Limits, Raise};
pub use listing::{ListFault, Listed, read_list};
pub use locator::{Locator, Step};
pub use receiver::{Context, Receiver, Stop};
pub use source::{Again, Source, SourceError, read_source};

/// A file's number, given by whoever hands the files over and knows which one it is.
pub type FileId = u32;

/// A file: bytes in order, from any place.
pub trait ReadSeek: std::io::Read + std::io::Seek {}

impl<T: std::io::Read + std::io::Seek> ReadSeek for T {}

/// Reads one file whole: opens containers by content, never by `name`, and gives every item to the receiver.
///
/// Each item ends in one [`Receiver::report`] or [`Receiver::other`]. An archive that is damaged or holds nothing gets an
/// `other` of its own, whose locator ends at the archive.
pub fn read_file(file: &mut dyn ReadSeek, name: &str, context: &Context<'_>, receiver: &mut dyn Receiver) {
    // Formats are told by content alone; messages that name the file are the receiver's.
    let _ = name;
    let mut locator = Locator::default();
    match block::Block::new(file) {
        Ok(mut block) => {
            let shared = shared::Shared::new(*context, receiver, block.length());
            open::open(&shared, open::Input::File(&mut block), &mut locator);
            shared.finish();
        }
        Err(error) => {
            let mut notes = crate::ledger::Notes::default();
            notes.add(Stop::note_of(&error));
            receiver.other(None, &notes, &locator);
        }
    }
}
