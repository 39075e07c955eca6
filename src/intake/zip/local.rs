//! An archive without a (whole) directory: from local header to local header.

use std::io;

use super::entry::Entry;
use super::walk::Walk;
use super::{CENTRAL, DESCRIPTOR, LOCAL, read_at};
use crate::find::find_all;
use crate::intake::block::Archive;

/// Bytes looked through at once for the next mark, first and at the most.
const FIRST_WINDOW: usize = 64;
const WINDOW: usize = 64 << 10;

/// Reads the entries that have not been read yet, by their own headers.
pub(super) fn walk(walk: &mut Walk<'_, '_>) -> io::Result<()> {
    let mut window = Vec::new();
    let mut entry = Entry::default();
    let mut at = 0;
    while let Some(header) = next_header(walk.source, at, walk.length, &mut window)? {
        if let Some(end) = walk.ranges.end_of(header) {
            at = end;
            continue;
        }
        if !entry.read_local(walk.source, header)? || !walk.may_go_on()? {
            break;
        }
        let start = header.saturating_add(entry.header_size);
        if entry.packed.is_none() && entry.method == 0 {
            // Only the mark of what follows tells where it ends. A report has no such bytes in it.
            let next = next_mark(walk.source, start, walk.length, &[DESCRIPTOR, LOCAL, CENTRAL], &mut window)?;
            entry.packed = next.map_or(walk.length, |(at, _)| at).checked_sub(start);
        }
        let read = walk.entry(&entry, true);
        // The size in the header can be trusted where it leads to somewhere inside the archive.
        let stated = entry.packed().and_then(|packed| start.checked_add(packed)).filter(|end| *end <= walk.length);
        at = stated.or(read).unwrap_or(start).max(start);
    }
    Ok(())
}

/// Where the next local header begins; `None` at the end or where a directory begins.
fn next_header(source: &mut dyn Archive, from: u64, length: u64, window: &mut Vec<u8>) -> io::Result<Option<u64>> {
    let mark = next_mark(source, from, length, &[LOCAL, CENTRAL], window)?;
    Ok(mark.filter(|(_, mark)| *mark == LOCAL).map(|(at, _)| at))
}

/// Finds the next of some marks.
fn next_mark(
    source: &mut dyn Archive,
    from: u64,
    length: u64,
    marks: &[[u8; 4]],
    window: &mut Vec<u8>,
) -> io::Result<Option<(u64, [u8; 4])>> {
    // Most marks stand right here, so the look grows from a small one.
    let (mut at, mut look) = (from, FIRST_WINDOW);
    while length.saturating_sub(at) >= 4 {
        let size = usize::try_from(length.saturating_sub(at)).unwrap_or(look).min(look);
        window.resize(size, 0);
        if !read_at(source, at, window)? {
            return Ok(None);
        }
        for found in find_all(window, b"PK") {
            let here = window.get(found..).and_then(<[u8]>::first_chunk);
            if let Some(mark) = here.filter(|mark| marks.contains(mark)) {
                return Ok(Some((at.saturating_add(found as u64), *mark)));
            }
        }
        // A mark may lie across the edge.
        look = look.saturating_mul(4).min(WINDOW);
        at = at.saturating_add((size as u64).saturating_sub(3).max(1));
    }
    Ok(None)
}
