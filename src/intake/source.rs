//! A report's source, read again through its locator.

use std::io::{self, BufRead, BufReader, Cursor, Read, SeekFrom};

use serde::{Deserialize, Serialize};

use super::block::{Archive, Block};
use super::format::Format;
use super::inflate::{Inflate, Wrapping};
use super::locator::display;
use super::mail::{Mail, Part};
use super::ole::Compound;
use super::open::read_whole;
use super::shared::Shared;
use super::tar::{Data, Tar};
use super::zip::{self, Method, Stored};
use super::{Context, Locator, ReadSeek, Receiver, Step, Stop};
use crate::ledger::{Kind, Note, Notes};
use crate::report::{Record, Report};

/// Bytes read at once where compressed data lies inside compressed data.
const INNER_BUFFER: usize = 64 << 10;

/// A report as it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The bytes, unpacked but otherwise as they are: no charset has been converted.
    pub bytes: Vec<u8>,
    /// Whether there are more than were asked for.
    pub cut: bool,
}

/// Why a report's source cannot be read again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SourceError {
    /// The file is not the one that was read: the way to the report leads nowhere, or it ends too early.
    #[error("the file has changed since it was read")]
    Changed,
    /// The file cannot be read, or a limit stopped the reading.
    #[error("the file cannot be read: {}", .0.code())]
    Io(Note),
}

/// Reads the source of a report again, at most `most` bytes of it.
///
/// # Errors
/// [`SourceError::Changed`] if the locator does not fit the file, [`SourceError::Io`] if the file cannot be read.
pub fn read_source(
    file: &mut dyn ReadSeek,
    locator: &Locator,
    context: &Context<'_>,
    most: u64,
) -> Result<Source, SourceError> {
    Again::of(file)?.read(locator, context, most)
}

/// A file several reports of which are read again: what was read of it for one serves the next.
pub struct Again<'a>(Block<'a>);

impl<'a> Again<'a> {
    /// Begins with a file.
    ///
    /// # Errors
    /// [`SourceError::Io`] if the file cannot be read.
    pub fn of(file: &'a mut dyn ReadSeek) -> Result<Self, SourceError> {
        Block::new(file).map(Self).map_err(|error| failed(&error))
    }

    /// Reads the source of a report, at most `most` bytes of it.
    ///
    /// # Errors
    /// As [`read_source`].
    pub fn read(&mut self, locator: &Locator, context: &Context<'_>, most: u64) -> Result<Source, SourceError> {
        let mut nobody = Nobody;
        let shared = Shared::new(*context, &mut nobody, self.0.length());
        descend(&shared, &mut self.0, &locator.steps, locator, most, true)
    }
}

fn failed(error: &io::Error) -> SourceError {
    match Stop::note_of(error) {
        Note::UnpackBroken { .. } | Note::ArchiveBroken => SourceError::Changed,
        note => SourceError::Io(note),
    }
}

/// Opens the next step from bytes that can seek.
fn descend(
    shared: &Shared<'_>,
    source: &mut dyn Archive,
    steps: &[Step],
    locator: &Locator,
    most: u64,
    outermost: bool,
) -> Result<Source, SourceError> {
    match steps {
        [Step::Zip { directory_offset, name }, rest @ ..] => {
            let entry = zip::find_entry(source, *directory_offset).map_err(|error| failed(&error))?;
            let entry = entry.filter(|entry| entry.display_name() == *name).ok_or(SourceError::Changed)?;
            let method = entry.method().map_err(|_| SourceError::Changed)?;
            let start = entry.data_start(source).map_err(|error| failed(&error))?.ok_or(SourceError::Changed)?;
            source.seek(SeekFrom::Start(start)).map_err(|error| failed(&error))?;
            let mut input = Read::take(source, entry.packed().unwrap_or(u64::MAX));
            match method {
                Method::Stored => {
                    let mut data = Stored::new(shared, &mut input, None, outermost, 0);
                    further(shared, &mut data, rest, locator, most)
                }
                Method::Deflate => {
                    let mut data = Inflate::new(shared, &mut input, Wrapping::Bare(None), outermost);
                    further(shared, &mut data, rest, locator, most)
                }
            }
        }
        [Step::Stream { entry }, rest @ ..] => {
            let mut file = Compound::open(shared, source, outermost).map_err(|error| failed(&error))?;
            let stream = file.stream(*entry).map_err(|error| failed(&error))?.ok_or(SourceError::Changed)?;
            further(shared, &mut file.read(&stream), rest, locator, most)
        }
        [Step::Tar { start, .. }, ..] => {
            source.seek(SeekFrom::Start(*start)).map_err(|error| failed(&error))?;
            let mut source = source;
            member(shared, &mut source, steps, locator, most)
        }
        [Step::Mail { start, .. }, ..] => {
            source.seek(SeekFrom::Start(*start)).map_err(|error| failed(&error))?;
            let mut source = source;
            message(shared, &mut source, steps, locator, most)
        }
        [Step::Gzip, ..] | [] => {
            source.seek(SeekFrom::Start(0)).map_err(|error| failed(&error))?;
            let mut source = source;
            stream(shared, &mut source, steps, locator, most, outermost)
        }
    }
}

/// Opens the next step from bytes that only flow.
fn further(
    shared: &Shared<'_>,
    source: &mut dyn Read,
    steps: &[Step],
    locator: &Locator,
    most: u64,
) -> Result<Source, SourceError> {
    match steps {
        [Step::Zip { .. } | Step::Stream { .. }, ..] => {
            let (bytes, _) = read_whole(shared, source).map_err(SourceError::Io)?;
            descend(shared, &mut Cursor::new(bytes.as_slice()), steps, locator, most, false)
        }
        [Step::Tar { start, .. }, ..] => {
            skip(source, *start)?;
            member(shared, source, steps, locator, most)
        }
        [Step::Mail { start, .. }, ..] => {
            skip(source, *start)?;
            message(shared, source, steps, locator, most)
        }
        [Step::Gzip, ..] => {
            let mut source = BufReader::with_capacity(INNER_BUFFER, source);
            stream(shared, &mut source, steps, locator, most, false)
        }
        [] => take(source, locator, most),
    }
}

/// Opens the tape archive's entry that begins here.
fn member(
    shared: &Shared<'_>,
    source: &mut dyn Read,
    steps: &[Step],
    locator: &Locator,
    most: u64,
) -> Result<Source, SourceError> {
    let [Step::Tar { name, .. }, rest @ ..] = steps else { return take(source, locator, most) };
    let mut tar = Tar::new(source);
    let entry = tar.next().map_err(|error| failed(&error))?;
    entry.filter(|entry| display(&entry.name) == *name).ok_or(SourceError::Changed)?;
    further(shared, &mut Data(&mut tar), rest, locator, most)
}

/// Opens a part of the message that begins here.
fn message(
    shared: &Shared<'_>,
    source: &mut dyn Read,
    steps: &[Step],
    locator: &Locator,
    most: u64,
) -> Result<Source, SourceError> {
    let [Step::Mail { number, part, subject, .. }, rest @ ..] = steps else { return take(source, locator, most) };
    let mut mail = Mail::new(shared, source, *number > 0);
    mail.next_message();
    while let Some(encoding) = mail.next_part() {
        if mail.parts() == *part && mail.subject() == &**subject {
            return further(shared, &mut Part::new(&mut mail, encoding), rest, locator, most);
        }
    }
    Err(SourceError::Changed)
}

fn stream(
    shared: &Shared<'_>,
    mut source: &mut dyn BufRead,
    steps: &[Step],
    locator: &Locator,
    most: u64,
    outermost: bool,
) -> Result<Source, SourceError> {
    let Some((_, rest)) = steps.split_first() else { return take(&mut source, locator, most) };
    let wrapping = match Format::of(source.fill_buf().map_err(|error| failed(&error))?) {
        Format::Gzip => Wrapping::Gzip,
        Format::Zlib => Wrapping::Zlib,
        _ => return Err(SourceError::Changed),
    };
    further(shared, &mut Inflate::new(shared, source, wrapping, outermost), rest, locator, most)
}

/// The bytes of the report itself.
fn take(source: &mut dyn Read, locator: &Locator, most: u64) -> Result<Source, SourceError> {
    skip(source, locator.start)?;
    let length = locator.end.checked_sub(locator.start).ok_or(SourceError::Changed)?;
    let wanted = length.min(most);
    let mut bytes = Vec::new();
    source.take(wanted).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if (bytes.len() as u64) < wanted {
        return Err(SourceError::Changed);
    }
    Ok(Source { bytes, cut: wanted < length })
}

/// Passes over what comes before.
fn skip(source: &mut dyn Read, count: u64) -> Result<(), SourceError> {
    let skipped = io::copy(&mut Read::take(source, count), &mut io::sink()).map_err(|error| failed(&error))?;
    if skipped < count { Err(SourceError::Changed) } else { Ok(()) }
}

/// Takes nothing.
struct Nobody;

impl Receiver for Nobody {
    fn record(&mut self, _: &Report, _: &Record<'_>) {}
    fn report(&mut self, _: &Report, _: &Notes, _: &Locator) {}
    fn other(&mut self, _: Option<Kind>, _: &Notes, _: &Locator) {}
    fn progress(&mut self, _: u64) {}
}
