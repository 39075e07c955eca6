//! One item: its format is told, and this file says what is done with each.

use std::io::{self, BufReader, Cursor, Read, SeekFrom};

use super::block::Archive;
use super::format::Format;
use super::inflate::{Inflate, Wrapping};
use super::shared::{HEAD, Shared};
use super::{Locator, Step, Stop, item, mail, ole, tar, zip};
use crate::ledger::{Found, Kind, LimitKind, Note};

/// Bytes read at once where compressed data lies inside compressed data.
const INNER_BUFFER: usize = 64 << 10;

/// Bytes of a plain file read at once at the most.
const PIECE: usize = 1 << 20;

/// Where an item's bytes come from.
pub(super) enum Input<'a> {
    /// The file itself.
    File(&'a mut dyn Archive),
    /// What a container holds.
    Inner(&'a mut dyn Read),
}

/// Reads an item, whatever it is.
pub(super) fn open(shared: &Shared<'_>, input: Input<'_>, locator: &mut Locator) {
    let mut buffer = shared.head();
    item(shared, input, &mut buffer, locator);
    shared.return_head(buffer);
}

fn item(shared: &Shared<'_>, mut input: Input<'_>, buffer: &mut [u8], locator: &mut Locator) {
    let (length, end) = match &mut input {
        Input::File(file) => fill(file, buffer),
        Input::Inner(inner) => fill(inner, buffer),
    };
    let head = buffer.get(..length).unwrap_or_default();
    let mut format = Format::of(head);
    // A self-extracting archive is a program or script with an archive behind it.
    if let (Input::File(file), Format::Program | Format::Known(Found::Binary | Found::Text)) = (&mut input, &format)
        && zip::is_archive(*file)
    {
        format = Format::Zip;
    }
    if let (Format::Empty | Format::Known(_), End::Error(error)) = (&format, &end) {
        shared.watch(error);
        return shared.refuse(Stop::note_of(error), locator);
    }
    match format {
        Format::Empty => shared.refuse(Note::Empty, locator),
        Format::Xml(guess) => item::reports(shared, &mut Headed::new(shared, head, end, input), locator, guess),
        Format::Gzip => unpack(shared, Headed::new(shared, head, end, input), Wrapping::Gzip, locator),
        Format::Zlib => unpack(shared, Headed::new(shared, head, end, input), Wrapping::Zlib, locator),
        Format::Zip => match input {
            Input::File(file) => zip::read(shared, file, locator, true),
            Input::Inner(_) => hold(shared, Headed::new(shared, head, end, input), locator, zip::read),
        },
        Format::Ole => match input {
            Input::File(file) if may_go_deeper(shared, locator) => ole::read(shared, file, locator, true),
            Input::File(_) => {}
            Input::Inner(_) => hold(shared, Headed::new(shared, head, end, input), locator, ole::read),
        },
        Format::Program => shared.refuse(Note::NotAReport(Found::Other("program".into())), locator),
        Format::Known(found) => shared.refuse(Note::NotAReport(found), locator),
        Format::Tls => shared.recognised(Kind::Tls, locator),
        Format::Failure => shared.recognised(Kind::Failure, locator),
        Format::Tar => {
            if may_go_deeper(shared, locator) {
                tar::read(shared, &mut Headed::new(shared, head, end, input), locator);
            }
        }
        Format::Mail => read_mail(shared, Headed::new(shared, head, end, input), locator, false),
        Format::Mbox => read_mail(shared, Headed::new(shared, head, end, input), locator, true),
    }
}

/// Whether one more container may be opened; refuses the item if not.
fn may_go_deeper(shared: &Shared<'_>, locator: &mut Locator) -> bool {
    let depth = shared.context.limits.depth;
    if locator.steps.len() < depth {
        return true;
    }
    shared.refuse(Note::Limit { limit: LimitKind::Depth, value: depth as u64 }, locator);
    false
}

/// Opens a compressed stream.
fn unpack(shared: &Shared<'_>, source: Headed<'_, '_, '_>, wrapping: Wrapping, locator: &mut Locator) {
    if !may_go_deeper(shared, locator) {
        return;
    }
    locator.steps.push(Step::Gzip);
    match source {
        Headed { input: Input::File(file), .. } => match file.seek(SeekFrom::Start(0)) {
            Ok(_) => {
                let mut input = file;
                open(shared, Input::Inner(&mut Inflate::new(shared, &mut input, wrapping, true)), locator);
            }
            Err(error) => shared.refuse(Stop::note_of(&error), locator),
        },
        inner => {
            let mut input = BufReader::with_capacity(INNER_BUFFER, inner);
            open(shared, Input::Inner(&mut Inflate::new(shared, &mut input, wrapping, false)), locator);
        }
    }
    locator.steps.pop();
}

/// Reads a message, or a mailbox of them.
fn read_mail(shared: &Shared<'_>, mut source: Headed<'_, '_, '_>, locator: &mut Locator, is_mailbox: bool) {
    if may_go_deeper(shared, locator) {
        mail::read(shared, &mut source, locator, is_mailbox);
    }
}

/// Reads an archive; `outermost` if it is the file itself.
type ReadArchive = fn(shared: &Shared<'_>, source: &mut dyn Archive, locator: &mut Locator, outermost: bool);

/// Opens an archive that lies inside a container: with a directory at its end, or all over it, it needs to be in memory.
fn hold(shared: &Shared<'_>, mut source: Headed<'_, '_, '_>, locator: &mut Locator, read: ReadArchive) {
    if !may_go_deeper(shared, locator) {
        return;
    }
    match read_whole(shared, &mut source) {
        Ok((bytes, None)) => read(shared, &mut Cursor::new(bytes.as_slice()), locator, false),
        Ok((bytes, Some(note))) => {
            // What there is of it can still be read, entry by entry.
            shared.add_tail(note);
            read(shared, &mut Cursor::new(bytes.as_slice()), locator, false);
        }
        Err(note) => shared.refuse(note, locator),
    }
}

/// All bytes of a source within the limit for nested archives, and why it stopped early, if it did.
pub(super) fn read_whole(shared: &Shared<'_>, source: &mut dyn Read) -> Result<(Vec<u8>, Option<Note>), Note> {
    let limit = shared.context.limits.nested_archive;
    let mut bytes = Vec::new();
    let result = source.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes);
    if bytes.len() > limit {
        return Err(Note::Limit { limit: LimitKind::NestedArchive, value: limit as u64 });
    }
    match result {
        Ok(_) => Ok((bytes, None)),
        Err(error) if error.kind() == io::ErrorKind::OutOfMemory => {
            Err(Note::Limit { limit: LimitKind::Memory, value: bytes.len() as u64 })
        }
        Err(error) => Ok((bytes, Some(Stop::note_of(&error)))),
    }
}

/// What comes after an item's first bytes.
enum End {
    More,
    Over,
    Error(io::Error),
}

/// Reads until the buffer is full or the source is over.
fn fill(source: &mut dyn Read, buffer: &mut [u8]) -> (usize, End) {
    let mut length = 0;
    while let Some(room) = buffer.get_mut(length..).filter(|room| !room.is_empty()) {
        match source.read(room) {
            Ok(0) => return (length, End::Over),
            Ok(count) => length += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (length, End::Error(error)),
        }
    }
    (length.min(HEAD), End::More)
}

/// An item's first bytes, then the rest of it.
struct Headed<'a, 'i, 's> {
    shared: &'a Shared<'s>,
    head: &'a [u8],
    end: End,
    input: Input<'i>,
}

impl<'a, 'i, 's> Headed<'a, 'i, 's> {
    const fn new(shared: &'a Shared<'s>, head: &'a [u8], end: End, input: Input<'i>) -> Self {
        Self { shared, head, end, input }
    }
}

impl Read for Headed<'_, '_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // In pieces, so that progress is told between them.
        let piece = out.len().min(PIECE);
        let out = out.get_mut(..piece).unwrap_or_default();
        let count = if self.head.is_empty() {
            match std::mem::replace(&mut self.end, End::Over) {
                End::Over => 0,
                End::Error(error) => return Err(error),
                End::More => {
                    self.end = End::More;
                    match &mut self.input {
                        Input::File(file) => file.read(out)?,
                        Input::Inner(inner) => inner.read(out)?,
                    }
                }
            }
        } else {
            self.head.read(out)?
        };
        if matches!(self.input, Input::File(_)) {
            self.shared.add_packed(count as u64);
        }
        Ok(count)
    }
}
