//! Zip archives over anything that can seek: the directory is streamed, never held.

mod directory;
mod entry;
mod local;
mod ranges;
mod walk;

pub(super) use directory::is_archive;
pub(super) use entry::{Method, Stored, find_entry};
pub(super) use walk::read;

use std::io;

/// Bytes of a local header without its name and extra field.
const LOCAL_SIZE: usize = 30;
/// Bytes of an entry in the directory without its name, extra field and comment.
const CENTRAL_SIZE: usize = 46;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
const END: [u8; 4] = *b"PK\x05\x06";
const END64: [u8; 4] = *b"PK\x06\x06";
const END64_LOCATOR: [u8; 4] = *b"PK\x06\x07";

/// The little-endian number at `at`; 0 where the bytes end before it.
fn number<const N: usize>(bytes: &[u8], at: usize) -> u64 {
    let bytes = bytes.get(at..).unwrap_or_default().first_chunk::<N>();
    bytes.map_or(0, |bytes| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// Reads exactly `into` from `at` on; `false` where the archive ends before.
fn read_at(source: &mut dyn super::block::Archive, at: u64, into: &mut [u8]) -> io::Result<bool> {
    source.seek(io::SeekFrom::Start(at))?;
    match source.read_exact(into) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}
