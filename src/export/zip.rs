//! A zip archive, written from front to back: members are deflated one after the other, the directory comes last. Where it has
//! more members or bytes than a plain archive can tell of, it is a zip64 archive.

use std::collections::HashSet;

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Writes an archive.
#[derive(Debug, Default)]
pub struct Archive {
    /// Bytes written so far.
    at: u64,
    members: u64,
    directory: Vec<u8>,
    names: HashSet<String>,
}

/// Version needed to read: deflate; with zip64.
const VERSION: u16 = 45;
/// The name is UTF-8.
const UTF_8: u16 = 1 << 11;
/// 1980-01-01, the first day there is: members carry no time.
const DATE: u16 = 1 << 5 | 1;

impl Archive {
    /// Writes a member; a name that is taken already gets a number.
    pub fn add(&mut self, name: &str, bytes: &[u8], out: &mut Vec<u8>) {
        let name = self.free_name(name);
        let (mut crc, packed) = (Crc::new(), deflated(bytes));
        crc.update(bytes);
        let (method, data): (u16, &[u8]) = match &packed {
            Some(packed) => (8, packed),
            None => (0, bytes),
        };
        let mut head = Vec::new();
        for part in [VERSION, UTF_8, method, 0, DATE] {
            head.extend_from_slice(&part.to_le_bytes());
        }
        // A member is a report, which the limits of reading keep far below 4 GiB.
        for part in [crc.sum(), length(data), length(bytes)] {
            head.extend_from_slice(&part.to_le_bytes());
        }
        head.extend_from_slice(&u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());

        let directory = &mut self.directory;
        directory.extend_from_slice(b"PK\x01\x02");
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&head);
        // Where the member begins is told in full behind the name: extra field, comment, disk, attributes, place.
        directory.extend_from_slice(&12_u16.to_le_bytes());
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&u32::MAX.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
        directory.extend_from_slice(&[1, 0, 8, 0]);
        directory.extend_from_slice(&self.at.to_le_bytes());

        let before = out.len();
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&head);
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(data);
        self.at = self.at.saturating_add(out.len().saturating_sub(before) as u64);
        self.members = self.members.saturating_add(1);
    }

    /// Writes the directory.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        let (start, size) = (self.at, self.directory.len() as u64);
        out.append(&mut self.directory);
        out.extend_from_slice(b"PK\x06\x06");
        out.extend_from_slice(&44_u64.to_le_bytes());
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&[0; 8]);
        for number in [self.members, self.members, size, start] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        out.extend_from_slice(b"PK\x06\x07");
        out.extend_from_slice(&0_u32.to_le_bytes());
        out.extend_from_slice(&start.saturating_add(size).to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
        out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        let members = u16::try_from(self.members).unwrap_or(u16::MAX).to_le_bytes();
        out.extend_from_slice(&members);
        out.extend_from_slice(&members);
        for number in [size, start] {
            out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
        }
        out.extend_from_slice(&[0; 2]);
    }

    fn free_name(&mut self, name: &str) -> String {
        let name = if name.is_empty() { "report" } else { name };
        let (stem, ending) = name.rsplit_once('.').map_or((name, ""), |(stem, ending)| (stem, ending));
        let mut free = name.to_owned();
        for number in 2_u64.. {
            if self.names.insert(free.clone()) {
                break;
            }
            let dot = if ending.is_empty() { "" } else { "." };
            free = format!("{stem}-{number}{dot}{ending}");
        }
        free
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}

/// The bytes deflated; none where that does not work out, which no bytes are known for.
fn deflated(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut compress = Compress::new(Compression::fast(), false);
    let mut out = Vec::with_capacity(bytes.len() / 4 + 256);
    loop {
        let taken = usize::try_from(compress.total_in()).ok()?;
        let status = compress.compress_vec(bytes.get(taken..)?, &mut out, FlushCompress::Finish).ok()?;
        if status == Status::StreamEnd {
            return Some(out);
        }
        out.reserve(out.len().max(1 << 10));
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn another_program_reads_what_is_written() {
        let (mut archive, mut out) = (Archive::default(), Vec::new());
        let long = "<record/>".repeat(100_000);
        let members = [("a.xml", ""), ("ü/b.xml", "b"), ("a.xml", long.as_str()), ("", "nameless"), ("a.xml", "third")];
        for (name, text) in members {
            archive.add(name, text.as_bytes(), &mut out);
        }
        archive.finish(&mut out);
        let mut read = zip::ZipArchive::new(Cursor::new(out)).unwrap();
        let names = ["a.xml", "ü/b.xml", "a-2.xml", "report", "a-3.xml"];
        assert_eq!(read.len(), names.len());
        for (place, (name, (_, text))) in names.into_iter().zip(members).enumerate() {
            let mut member = read.by_index(place).unwrap();
            let mut found = String::new();
            member.read_to_string(&mut found).unwrap();
            assert_eq!((&*member.name().unwrap(), found.as_str()), (name, text));
        }
    }

    #[test]
    fn more_members_than_a_plain_archive_has() {
        let (mut archive, mut out) = (Archive::default(), Vec::new());
        for number in 0..70_000 {
            archive.add(&format!("{number}.xml"), b"", &mut out);
        }
        archive.finish(&mut out);
        let mut read = zip::ZipArchive::new(Cursor::new(out)).unwrap();
        assert_eq!(read.len(), 70_000);
        assert_eq!(read.by_index(69_999).unwrap().name().unwrap(), "69999.xml");
    }
}
