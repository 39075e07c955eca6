//! Entry by entry through an archive.

use std::io::{self, Read, SeekFrom};

use super::directory::{self, Directory};
use super::entry::{Entry, Method, Stored};
use super::ranges::Ranges;
use super::{END, END64, local, read_at};
use crate::intake::block::Archive;
use crate::intake::inflate::{Inflate, Wrapping};
use crate::intake::open::{Input, open};
use crate::intake::shared::Shared;
use crate::intake::{Locator, Step, Stop};
use crate::ledger::{Found, LimitKind, Note, Notes};

/// Entries looked at to tell an office document from an archive of reports.
const LOOK: u64 = 1_000;

/// Reads every entry of the archive; `outermost` if it is the file itself.
pub(in crate::intake) fn read(shared: &Shared<'_>, source: &mut dyn Archive, locator: &mut Locator, outermost: bool) {
    let mut walk = Walk {
        shared,
        source,
        locator,
        outermost,
        length: 0,
        ranges: Ranges::default(),
        entries: 0,
        items: 0,
        notes: shared.take_tail(),
    };
    let result = walk.run();
    if let Err(error) = result {
        walk.notes.add(Stop::note_of(&error));
    }
    let Walk { items, mut notes, locator, .. } = walk;
    notes.extend(&shared.take_tail());
    if items == 0 && notes.status() < crate::ledger::Status::Refused {
        notes.add(Note::NotAReport(Found::EmptyArchive));
    }
    if !notes.is_empty() {
        shared.other(None, &notes, locator);
    }
}

/// A walk through one archive.
pub(super) struct Walk<'w, 's> {
    pub(super) shared: &'w Shared<'s>,
    pub(super) source: &'w mut dyn Archive,
    locator: &'w mut Locator,
    outermost: bool,
    /// Bytes of the archive.
    pub(super) length: u64,
    /// What has been read as entries so far.
    pub(super) ranges: Ranges,
    /// Headers seen.
    entries: u64,
    /// Entries that count as items.
    items: u64,
    /// Notes on the archive as a whole.
    pub(super) notes: Notes,
}

impl Walk<'_, '_> {
    fn run(&mut self) -> io::Result<()> {
        self.length = self.source.seek(SeekFrom::End(0))?;
        let Some(directory) = directory::find(self.source)? else {
            self.notes.add(Note::ArchiveBroken);
            return local::walk(self);
        };
        if directory.junk_after {
            self.notes.add(Note::JunkAfter);
        }
        if let Some(name) = office(self.source, directory)? {
            self.items += 1;
            self.shared.refuse(Note::NotAReport(Found::Other(name.into())), self.locator);
            return Ok(());
        }
        if self.directory(directory)? {
            return Ok(());
        }
        self.notes.add(Note::ArchiveBroken);
        local::walk(self)
    }

    /// Reads the entries that the directory lists; `false` where it breaks off.
    fn directory(&mut self, directory: Directory) -> io::Result<bool> {
        let mut entry = Entry::default();
        let (mut at, mut seen) = (directory.start, 0_u64);
        while at < directory.end && entry.read_central(self.source, at, directory.shift)? {
            at = at.saturating_add(entry.header_size);
            seen += 1;
            if !self.may_go_on()? {
                return Ok(true);
            }
            self.entry(&entry, false);
        }
        let mut mark = [0; 4];
        let ended = read_at(self.source, at, &mut mark)? && (mark == END || mark == END64 || mark == *b"PK\x05\x05");
        // Writers without zip64 count modulo 65,536; any other number is wrong, but all entries were seen.
        if ended && directory.entries != seen && directory.entries != seen & 0xFFFF {
            self.notes.add(Note::ArchiveBroken);
        }
        Ok(ended)
    }

    /// Counts an entry; `false` (or an error) where the walk has to end.
    pub(super) fn may_go_on(&mut self) -> io::Result<bool> {
        if let Some(note) = self.shared.failure() {
            return Err(Stop(note).into());
        }
        let limit = self.shared.context.limits.entries;
        if self.entries >= limit {
            self.notes.add(Note::Limit { limit: LimitKind::Entries, value: limit });
            return Ok(false);
        }
        self.entries += 1;
        Ok(true)
    }

    /// Reads one entry and returns where its data ends; `None` where that is not known. `drain` reads all of the data even
    /// where it is no report, for the sake of that end.
    pub(super) fn entry(&mut self, entry: &Entry, drain: bool) -> Option<u64> {
        if self.outermost {
            self.shared.add_packed(entry.header_size);
        }
        if entry.is_passed_over() {
            return None;
        }
        self.items += 1;
        self.locator.steps.push(Step::Zip { directory_offset: entry.header, name: entry.display_name() });
        let result = self.data(entry, drain);
        let end = result.unwrap_or_else(|error| {
            self.shared.watch(&error);
            self.shared.refuse(Stop::note_of(&error), self.locator);
            None
        });
        self.locator.steps.pop();
        end
    }

    fn data(&mut self, entry: &Entry, drain: bool) -> io::Result<Option<u64>> {
        let method = match entry.method() {
            Ok(method) => method,
            Err(note) => {
                self.pass_over(entry.packed().unwrap_or(0));
                self.shared.refuse(note, self.locator);
                return Ok(None);
            }
        };
        // Bytes that were an entry already: the archive is made to unpack the same data many times.
        let start = match self.ranges.end_of(entry.local) {
            Some(_) => None,
            None => entry.data_start(self.source)?,
        };
        let Some(start) = start.filter(|start| *start <= self.length) else {
            self.shared.refuse(Note::ArchiveBroken, self.locator);
            return Ok(None);
        };
        let room = self.ranges.next_start(entry.local).unwrap_or(self.length).saturating_sub(start);
        if method == Method::Stored && entry.packed().is_none() {
            self.shared.refuse(Note::ArchiveBroken, self.locator);
            return Ok(None);
        }
        let claimed = entry.packed().unwrap_or(room);
        let size = claimed.min(room);
        self.source.seek(SeekFrom::Start(start))?;
        let source: &mut dyn Archive = &mut *self.source;
        let mut input = Read::take(source, size);
        match method {
            Method::Stored => {
                let mut data = Stored::new(self.shared, &mut input, entry.crc(), self.outermost, claimed);
                open(self.shared, Input::Inner(&mut data), self.locator);
            }
            Method::Deflate => {
                let mut data = Inflate::new(self.shared, &mut input, Wrapping::Bare(entry.crc()), self.outermost);
                open(self.shared, Input::Inner(&mut data), self.locator);
                if drain {
                    // Whatever stops it has been noted, or belongs to an item that was no report.
                    let _ = io::copy(&mut data, &mut io::sink());
                }
            }
        }
        let left = input.limit();
        let end = start.saturating_add(size - left);
        self.ranges.add(entry.local, end);
        self.pass_over(left);
        // What came up after the item had been closed belongs to bytes that nobody wanted.
        drop(self.shared.take_tail());
        Ok(Some(end))
    }

    fn pass_over(&self, bytes: u64) {
        if self.outermost {
            self.shared.add_skipped(bytes);
        }
    }
}

/// Which document this is: office documents and programs are zip archives too.
fn office(source: &mut dyn Archive, directory: Directory) -> io::Result<Option<&'static str>> {
    let mut entry = Entry::default();
    let (mut at, mut typed, mut name) = (directory.start, false, None);
    for index in 0..LOOK {
        if at >= directory.end || !entry.read_central(source, at, directory.shift)? {
            break;
        }
        at = at.saturating_add(entry.header_size);
        match entry.name.as_slice() {
            b"[Content_Types].xml" => typed = true,
            b"mimetype" if index == 0 => return Ok(Some("opendocument")),
            b"META-INF/MANIFEST.MF" if index < 2 => return Ok(Some("jar")),
            other if other.starts_with(b"word/") => name = Some("docx"),
            other if other.starts_with(b"xl/") => name = Some("xlsx"),
            other if other.starts_with(b"ppt/") => name = Some("pptx"),
            _ => {}
        }
    }
    Ok(typed.then_some(name.unwrap_or("office")))
}
