//! One entry of an archive: what its header says, and its bytes.

use std::io::{self, Read};

use flate2::Crc;

use super::{CENTRAL, CENTRAL_SIZE, LOCAL, LOCAL_SIZE, directory, number, read_at};
use crate::intake::Stop;
use crate::intake::block::Archive;
use crate::intake::locator::display;
use crate::intake::shared::Shared;
use crate::ledger::{LimitKind, Note};

/// Sizes and offsets that stand in the zip64 field instead.
const SEE_ZIP64: u64 = 0xFFFF_FFFF;
const ZIP64_FIELD: u64 = 1;

/// What a header says of an entry. Claims, all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::intake) struct Entry {
    /// Where this header lies in the archive.
    pub(super) header: u64,
    /// Bytes of this header with all that belongs to it.
    pub(super) header_size: u64,
    /// The name as written.
    pub(super) name: Vec<u8>,
    pub(super) flags: u64,
    pub(super) method: u64,
    /// `None` where it follows the data.
    pub(super) crc: Option<u32>,
    /// Compressed bytes; `None` where the number follows the data.
    pub(super) packed: Option<u64>,
    pub(super) unpacked: u64,
    /// Where the entry's local header lies, bytes before the archive included.
    pub(super) local: u64,
}

impl Entry {
    /// Whether the entry's data cannot be read without a password.
    pub(in crate::intake) const fn is_encrypted(&self) -> bool {
        self.flags & 0x2041 != 0
    }

    /// The name for display and comparison: control characters replaced, cut to 255 characters.
    pub(in crate::intake) fn display_name(&self) -> Box<str> {
        display(&self.name)
    }

    /// Whether the entry is no file that anyone put there: a folder, or what macOS adds.
    pub(super) fn is_passed_over(&self) -> bool {
        let name = self.name.as_slice();
        let base = name.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or_default();
        base.is_empty() && self.unpacked == 0 || base == b".DS_Store" || name.starts_with(b"__MACOSX/")
    }

    /// Reads the entry of the directory at `at` into `self`; `false` where there is none.
    pub(super) fn read_central(&mut self, source: &mut dyn Archive, at: u64, shift: u64) -> io::Result<bool> {
        let mut header = [0; CENTRAL_SIZE];
        if !read_at(source, at, &mut header)? || !header.starts_with(&CENTRAL) {
            return Ok(false);
        }
        let (name, extra, comment) = (number::<2>(&header, 28), number::<2>(&header, 30), number::<2>(&header, 32));
        self.header = at;
        self.header_size = CENTRAL_SIZE as u64 + name + extra + comment;
        self.flags = number::<2>(&header, 8);
        self.method = number::<2>(&header, 10);
        self.crc = Some(number::<4>(&header, 16) as u32);
        let mut packed = number::<4>(&header, 20);
        self.unpacked = number::<4>(&header, 24);
        let mut local = number::<4>(&header, 42);
        self.read_name(source, name)?;
        if [packed, self.unpacked, local].contains(&SEE_ZIP64) {
            zip64(source, extra, [&mut self.unpacked, &mut packed, &mut local])?;
        }
        // An empty deflate stream has two bytes: nothing at all means that the number was never written.
        let unknown = packed == 0 && self.method == 8 && (self.unpacked > 0 || self.crc != Some(0));
        self.packed = (!unknown).then_some(packed);
        self.local = local.saturating_add(shift);
        Ok(true)
    }

    /// Reads the local header at `at` into `self`; `false` where there is none.
    pub(super) fn read_local(&mut self, source: &mut dyn Archive, at: u64) -> io::Result<bool> {
        let mut header = [0; LOCAL_SIZE];
        if !read_at(source, at, &mut header)? || !header.starts_with(&LOCAL) {
            return Ok(false);
        }
        let (name, extra) = (number::<2>(&header, 26), number::<2>(&header, 28));
        (self.header, self.local) = (at, at);
        self.header_size = LOCAL_SIZE as u64 + name + extra;
        self.flags = number::<2>(&header, 6);
        self.method = number::<2>(&header, 8);
        let mut packed = number::<4>(&header, 18);
        self.unpacked = number::<4>(&header, 22);
        self.read_name(source, name)?;
        if [packed, self.unpacked].contains(&SEE_ZIP64) {
            zip64(source, extra, [&mut self.unpacked, &mut packed, &mut 0])?;
        }
        let later = self.flags & 8 != 0 && packed == 0;
        self.crc = (!later).then(|| number::<4>(&header, 14) as u32);
        self.packed = (!later).then_some(packed);
        Ok(true)
    }

    fn read_name(&mut self, source: &mut dyn Archive, length: u64) -> io::Result<()> {
        self.name.clear();
        source.take(length).read_to_end(&mut self.name)?;
        Ok(())
    }

    /// Where the entry's data begins, by its local header; `None` where that is not there.
    pub(in crate::intake) fn data_start(&self, source: &mut dyn Archive) -> io::Result<Option<u64>> {
        let mut header = [0; LOCAL_SIZE];
        if !read_at(source, self.local, &mut header)? || !header.starts_with(&LOCAL) {
            return Ok(None);
        }
        let (name, extra) = (number::<2>(&header, 26), number::<2>(&header, 28));
        Ok(self.local.checked_add(LOCAL_SIZE as u64 + name + extra))
    }
}

/// The sizes and offset that did not fit, from the extra field of `length` bytes at the source's position.
fn zip64(source: &mut dyn Archive, length: u64, values: [&mut u64; 3]) -> io::Result<()> {
    let mut extra = Vec::new();
    source.take(length).read_to_end(&mut extra)?;
    let mut rest = extra.as_slice();
    while rest.len() >= 4 {
        let (id, size) = (number::<2>(rest, 0), number::<2>(rest, 2) as usize);
        let field = rest.get(4..).unwrap_or_default();
        let mut field = field.get(..size).unwrap_or(field);
        if id == ZIP64_FIELD {
            for value in values {
                if *value == SEE_ZIP64 && field.len() >= 8 {
                    *value = number::<8>(field, 0);
                    field = field.get(8..).unwrap_or_default();
                }
            }
            return Ok(());
        }
        rest = rest.get(4 + size..).unwrap_or_default();
    }
    Ok(())
}

/// Finds an entry again by its header's offset, for reading a report's source.
pub(in crate::intake) fn find_entry(source: &mut dyn Archive, header: u64) -> io::Result<Option<Entry>> {
    let mut entry = Entry::default();
    let shift = directory::find(source)?.map_or(0, |directory| directory.shift);
    // In an archive without a directory the header is the local one.
    let found = entry.read_central(source, header, shift)? || entry.read_local(source, header)?;
    Ok(found.then_some(entry))
}

impl Entry {
    /// The compression method that can be read, or the note that says why not.
    pub(in crate::intake) fn method(&self) -> Result<Method, Note> {
        match self.method {
            _ if self.is_encrypted() => Err(Note::Encrypted),
            0 => Ok(Method::Stored),
            8 => Ok(Method::Deflate),
            other => Err(Note::Compression(u16::try_from(other).unwrap_or(u16::MAX))),
        }
    }

    /// Compressed bytes as claimed, if at all.
    pub(in crate::intake) const fn packed(&self) -> Option<u64> {
        self.packed
    }

    /// The checksum as claimed, if at all.
    pub(in crate::intake) const fn crc(&self) -> Option<u32> {
        self.crc
    }
}

/// How an entry's bytes are compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Method {
    /// Not at all.
    Stored,
    /// Deflate (RFC 1951).
    Deflate,
}

/// An entry stored as it is. Checks the checksum and counts like [`Inflate`](crate::intake::inflate::Inflate).
pub(in crate::intake) struct Stored<'a, 's> {
    shared: &'a Shared<'s>,
    input: &'a mut dyn Read,
    expected: Option<u32>,
    outermost: bool,
    crc: Crc,
    total: u64,
    over: bool,
    /// Bytes that the entry claims to have.
    claimed: u64,
    stop: Option<Note>,
}

impl<'a, 's> Stored<'a, 's> {
    /// Reads `input`, which is cut to the entry of `claimed` bytes.
    pub(in crate::intake) fn new(
        shared: &'a Shared<'s>,
        input: &'a mut dyn Read,
        expected: Option<u32>,
        outermost: bool,
        claimed: u64,
    ) -> Self {
        Self { shared, input, expected, outermost, crc: Crc::new(), total: 0, over: false, claimed, stop: None }
    }
}

impl Read for Stored<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if let Some(note) = &self.stop {
            return Err(Stop(note.clone()).into());
        }
        if out.is_empty() || self.over {
            return Ok(0);
        }
        let count = self.input.read(out)?;
        if count == 0 {
            self.over = true;
            if self.total < self.claimed {
                self.stop = Some(Note::UnpackBroken { at: self.total });
                return self.read(out);
            }
            if self.expected.is_some_and(|expected| expected != self.crc.sum()) {
                self.shared.add_tail(Note::UnpackBroken { at: self.total });
            }
            return Ok(0);
        }
        self.crc.update(out.get(..count).unwrap_or_default());
        self.total = self.total.saturating_add(count as u64);
        if self.outermost {
            self.shared.add_packed(count as u64);
        }
        let limit = self.shared.context.limits.unpacked_size;
        if self.total > limit {
            self.stop = Some(Note::Limit { limit: LimitKind::UnpackedSize, value: limit });
        }
        if let Some(note) = self.shared.add_unpacked(count as u64) {
            self.stop = Some(note);
        }
        Ok(count)
    }
}
