//! Where an archive's directory lies: told by a record at the archive's very end.

use std::io::{self, SeekFrom};

use super::{CENTRAL, END, END64, END64_LOCATOR, number, read_at};
use crate::find::find_all_back;
use crate::intake::block::Archive;

/// Bytes of the end record without its comment.
const END_SIZE: u64 = 22;
const END64_SIZE: u64 = 56;
const LOCATOR_SIZE: u64 = 20;
/// The longest comment that may follow the end record.
const COMMENT: u64 = 0xFFFF;

/// A directory as its end record tells it, after a first check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Directory {
    /// Where its first entry lies.
    pub(super) start: u64,
    /// Where it is over: the end record.
    pub(super) end: u64,
    /// Bytes before the archive, which the offsets inside it do not count.
    pub(super) shift: u64,
    /// Entries it claims to have. A claim: nothing is allocated by it.
    pub(super) entries: u64,
    /// Whether bytes follow the archive.
    pub(super) junk_after: bool,
}

/// Whether a zip archive ends this file.
pub(in crate::intake) fn is_archive(source: &mut dyn Archive) -> bool {
    matches!(find(source), Ok(Some(directory)) if directory.entries > 0)
}

/// Finds the directory; `None` where there is none, as in a download that was cut off.
pub(super) fn find(source: &mut dyn Archive) -> io::Result<Option<Directory>> {
    let length = source.seek(SeekFrom::End(0))?;
    let size = length.min(END_SIZE + COMMENT);
    let from = length - size;
    let mut tail = vec![0; usize::try_from(size).unwrap_or(0)];
    if !read_at(source, from, &mut tail)? {
        return Ok(None);
    }
    // The last one that fits: a comment may contain the mark as well.
    for at in find_all_back(&tail, &END) {
        let Some(record) = tail.get(at..).filter(|record| record.len() as u64 >= END_SIZE) else { continue };
        if let Some(directory) = check(source, from.saturating_add(at as u64), record, length)? {
            return Ok(Some(directory));
        }
    }
    Ok(None)
}

/// Whether an end record at `at` leads to a directory.
fn check(source: &mut dyn Archive, at: u64, record: &[u8], length: u64) -> io::Result<Option<Directory>> {
    let (mut entries, mut size, mut offset) =
        (number::<2>(record, 10), number::<4>(record, 12), number::<4>(record, 16));
    let over = at.saturating_add(END_SIZE).saturating_add(number::<2>(record, 20));
    let mut end = at;
    if let Some((at64, record)) = end64(source, at)? {
        end = at64;
        entries = number::<8>(&record, 32);
        size = number::<8>(&record, 40);
        offset = number::<8>(&record, 48);
    }
    let junk_after = over < length;
    if entries == 0 && size == 0 {
        return Ok(Some(Directory { start: end, end, shift: 0, entries, junk_after }));
    }
    // It should end where the end record begins; where it lies by its own word differs if something was put before it.
    let mut candidates = [end.checked_sub(size), Some(offset)].into_iter().flatten();
    let start = loop {
        let Some(start) = candidates.next() else { return Ok(None) };
        let mut mark = [0; 4];
        if start < end && read_at(source, start, &mut mark)? && mark == CENTRAL {
            break start;
        }
    };
    Ok(Some(Directory { start, end, shift: start.saturating_sub(offset), entries, junk_after }))
}

/// The zip64 end record of the archive whose end record is at `at`, if it has one.
fn end64(source: &mut dyn Archive, at: u64) -> io::Result<Option<(u64, [u8; END64_SIZE as usize])>> {
    let Some(locator_at) = at.checked_sub(LOCATOR_SIZE) else { return Ok(None) };
    let mut locator = [0; LOCATOR_SIZE as usize];
    if !read_at(source, locator_at, &mut locator)? || !locator.starts_with(&END64_LOCATOR) {
        return Ok(None);
    }
    let mut record = [0; END64_SIZE as usize];
    let stated = number::<8>(&locator, 8);
    for at in [Some(stated), locator_at.checked_sub(END64_SIZE)].into_iter().flatten() {
        if at < locator_at && read_at(source, at, &mut record)? && record.starts_with(&END64) {
            return Ok(Some((at, record)));
        }
    }
    Ok(None)
}
