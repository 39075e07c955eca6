//! Tape archives (POSIX.1-2017 pax, GNU, and the older ones), entry by entry in one pass.

use std::io::{self, Read};

use super::locator::display;
use super::open::{Input, open};
use super::shared::Shared;
use super::{Locator, Step, Stop};
use crate::ledger::{Found, LimitKind, Note, Status};

/// Everything comes in blocks of so many bytes.
const BLOCK: usize = 512;
/// Bytes of a long name or of an extended header that are looked at.
const EXTENDED: u64 = 64 << 10;

/// Whether a block is an entry's header, by its checksum.
pub(super) fn is_header(head: &[u8]) -> bool {
    let Some(block) = head.first_chunk::<BLOCK>() else { return false };
    let stated = block.get(148..156).and_then(number);
    // The sum takes its own field for blanks.
    let sum = |at: usize, byte: u8| u64::from(if (148..156).contains(&at) { b' ' } else { byte });
    stated.is_some_and(|stated| stated > 0 && stated == block.iter().enumerate().map(|(at, byte)| sum(at, *byte)).sum())
}

/// Reads every file of an archive.
pub(super) fn read(shared: &Shared<'_>, source: &mut dyn Read, locator: &mut Locator) {
    let mut notes = shared.take_tail();
    let mut tar = Tar::new(source);
    let (mut entries, mut items) = (0_u64, 0_u64);
    loop {
        let entry = match tar.next() {
            Ok(Some(entry)) => entry,
            Ok(None) => break,
            Err(error) => {
                shared.watch(&error);
                notes.add(Stop::note_of(&error));
                break;
            }
        };
        entries += 1;
        let most = shared.context.limits.entries;
        if entries > most {
            notes.add(Note::Limit { limit: LimitKind::Entries, value: most });
            break;
        }
        if entry.is_passed_over() {
            continue;
        }
        items += 1;
        locator.steps.push(Step::Tar { start: entry.start, name: display(&entry.name) });
        if entry.is_sparse {
            shared.refuse(Note::NotAReport(Found::Archive("sparse".into())), locator);
        } else {
            open(shared, Input::Inner(&mut Data(&mut tar)), locator);
        }
        locator.steps.pop();
        // What came up after the item had been closed belongs to bytes that nobody wanted.
        drop(shared.take_tail());
        if let Some(note) = shared.failure() {
            notes.add(note);
            break;
        }
    }
    if items == 0 && notes.status() < Status::Partial {
        notes.add(Note::NotAReport(Found::EmptyArchive));
    }
    if !notes.is_empty() {
        shared.other(None, &notes, locator);
    }
}

/// An archive in the middle of being read.
pub(super) struct Tar<'a> {
    source: &'a mut dyn Read,
    /// Where the next byte is.
    offset: u64,
    /// Bytes of the entry in hand that were not read yet, and the blanks behind it.
    left: u64,
    padding: u64,
}

/// What the headers say of an entry.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Where its first header begins.
    start: u64,
    /// Its name as written.
    pub(super) name: Vec<u8>,
    kind: u8,
    is_sparse: bool,
}

impl Entry {
    /// Whether it is no file that anyone put there: a folder, a link, or what macOS adds.
    fn is_passed_over(&self) -> bool {
        let base = self.name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        matches!(self.kind, b'1'..=b'6' | b'V') || base.is_empty() || base.starts_with(b"._") || base == b".DS_Store"
    }
}

impl<'a> Tar<'a> {
    /// Begins at a header.
    pub(super) fn new(source: &'a mut dyn Read) -> Self {
        Self { source, offset: 0, left: 0, padding: 0 }
    }

    /// Goes to the next entry; `None` at the archive's end.
    pub(super) fn next(&mut self) -> io::Result<Option<Entry>> {
        self.skip()?;
        let mut entry = Entry { start: self.offset, ..Entry::default() };
        let (mut name, mut size) = (None, None);
        loop {
            let mut block = [0; BLOCK];
            let filled = self.fill(&mut block)?;
            if filled == 0 || block == [0; BLOCK] {
                return Ok(None);
            }
            if filled < BLOCK || !is_header(&block) {
                return Err(Stop(Note::ArchiveBroken).into());
            }
            let kind = block.get(156).copied().unwrap_or_default();
            let stated = block.get(124..136).and_then(number).unwrap_or_default();
            self.begin(size.take_if(|_| !matches!(kind, b'x' | b'g' | b'L' | b'K')).unwrap_or(stated));
            match kind {
                b'x' => {
                    let records = self.extended()?;
                    for (key, value) in Records(&records) {
                        match key {
                            b"path" | b"GNU.sparse.name" => name = Some(value.to_vec()),
                            b"size" => size = digits(value, 10),
                            _ => entry.is_sparse |= key.starts_with(b"GNU.sparse."),
                        }
                    }
                }
                b'L' => {
                    let mut long = self.extended()?;
                    long.truncate(long.iter().position(|byte| *byte == 0).unwrap_or(long.len()));
                    name = Some(long);
                }
                b'g' | b'K' => self.skip()?,
                _ => {
                    entry.kind = kind;
                    entry.is_sparse |= kind == b'S';
                    entry.name = name.unwrap_or_else(|| plain_name(&block));
                    return Ok(Some(entry));
                }
            }
        }
    }

    fn begin(&mut self, size: u64) {
        self.left = size;
        self.padding = size.wrapping_neg() % BLOCK as u64;
    }

    /// The beginning of a header that is as long as it likes.
    fn extended(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let data: &mut dyn Read = &mut Data(self);
        data.take(EXTENDED).read_to_end(&mut bytes)?;
        self.skip()?;
        Ok(bytes)
    }

    /// Passes over what is left of the entry in hand.
    fn skip(&mut self) -> io::Result<()> {
        let (left, count) = (self.left, self.left.saturating_add(self.padding));
        let skipped = io::copy(&mut Read::take(&mut *self.source, count), &mut io::sink())?;
        self.offset = self.offset.saturating_add(skipped);
        (self.left, self.padding) = (0, 0);
        // Some writers leave out the blanks behind the last entry.
        if skipped < left { Err(Stop(Note::ArchiveBroken).into()) } else { Ok(()) }
    }

    /// Reads until the block is full or the source over.
    fn fill(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(room) = block.get_mut(filled..).filter(|room| !room.is_empty()) {
            match self.source.read(room) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.offset = self.offset.saturating_add(filled as u64);
        Ok(filled)
    }
}

/// The bytes of the entry in hand.
pub(super) struct Data<'t, 'a>(pub(super) &'t mut Tar<'a>);

impl Read for Data<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let tar = &mut *self.0;
        let most = usize::try_from(tar.left).unwrap_or(usize::MAX).min(out.len());
        let count = tar.source.read(out.get_mut(..most).unwrap_or_default())?;
        tar.left = tar.left.saturating_sub(count as u64);
        tar.offset = tar.offset.saturating_add(count as u64);
        if count == 0 && most > 0 {
            // Told here; what follows is the archive's end.
            (tar.left, tar.padding) = (0, 0);
            return Err(Stop(Note::ArchiveBroken).into());
        }
        Ok(count)
    }
}

/// The name in a header itself: POSIX cuts a long one in two.
fn plain_name(block: &[u8; BLOCK]) -> Vec<u8> {
    let text = |start: usize, length: usize| {
        let field = block.get(start..start + length).unwrap_or_default();
        field.split(|byte| *byte == 0).next().unwrap_or_default()
    };
    let (name, prefix) = (text(0, 100), text(345, 155));
    // GNU puts other things where POSIX has the prefix.
    if prefix.is_empty() || block.get(257..263) != Some(b"ustar\0") {
        name.to_vec()
    } else {
        [prefix, b"/", name].concat()
    }
}

/// A number in octal digits, or in binary where its first bit is set (GNU).
fn number(field: &[u8]) -> Option<u64> {
    match field {
        [first, rest @ ..] if *first & 0x80 != 0 => {
            let first = u64::from(*first & 0x7F);
            Some(rest.iter().fold(first, |number, byte| number << 8 | u64::from(*byte)))
        }
        _ => digits(field.split(|byte| *byte == 0).next()?.trim_ascii(), 8),
    }
}

/// A whole number in digits of this base.
fn digits(text: &[u8], base: u32) -> Option<u64> {
    let add = |number: u64, byte: &u8| {
        let digit = char::from(*byte).to_digit(base)?;
        number.checked_mul(u64::from(base))?.checked_add(u64::from(digit))
    };
    if text.is_empty() { None } else { text.iter().try_fold(0, add) }
}

/// The records of an extended header: `length key=value\n`.
struct Records<'r>(&'r [u8]);

impl<'r> Iterator for Records<'r> {
    type Item = (&'r [u8], &'r [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let blank = self.0.iter().position(|byte| *byte == b' ')?;
        let length = usize::try_from(digits(self.0.get(..blank)?, 10)?).ok()?;
        let record = self.0.get(blank + 1..length)?;
        self.0 = self.0.get(length..)?;
        let equals = record.iter().position(|byte| *byte == b'=')?;
        let value = record.get(equals + 1..)?;
        Some((record.get(..equals)?, value.strip_suffix(b"\n").unwrap_or(value)))
    }
}
