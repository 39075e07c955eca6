//! Compound files (MS-CFB): a file system in a file, of which streams are all that is read. Nothing in it is believed: every
//! chain ends after as many steps as the file has sectors.

use std::io::{self, Read, SeekFrom};

use crate::intake::Stop;
use crate::intake::block::Archive;
use crate::intake::shared::Shared;
use crate::ledger::Note;

/// Bytes of a header, and where its list of table sectors begins.
const HEADER: usize = 512;
const TABLES: usize = 76;
/// Bytes of a directory entry.
const ENTRY: u64 = 128;
/// Bytes of a sector of the short streams.
const MINI: u64 = 64;
/// Sector numbers from here on mean something else: the end of a chain, a free sector.
const SPECIAL: u32 = 0xFFFF_FFFA;

/// A compound file.
pub(in crate::intake) struct Compound<'a, 's, 'i> {
    shared: &'a Shared<'s>,
    source: &'i mut dyn Archive,
    outermost: bool,
    /// Bytes of a sector: 512 or 4,096.
    size: u64,
    /// Sectors in the file, the most that a chain can have.
    sectors: u64,
    /// The sectors of the allocation table.
    table: Vec<u32>,
    /// Those of the directory, of the short streams' table, and of the short streams.
    directory: Vec<u32>,
    mini_table: Vec<u32>,
    mini: Vec<u32>,
    /// Streams shorter than this are among the short ones.
    cutoff: u64,
    /// Bytes of streams that may still be read: together they cannot be longer than the file.
    left: u64,
}

/// A stream, by its entry in the directory. Claims, all of it.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Stream {
    /// Its name.
    pub(in crate::intake) name: String,
    start: u32,
    size: u64,
}

impl<'a, 's, 'i> Compound<'a, 's, 'i> {
    /// Reads the header and finds the tables.
    pub(in crate::intake) fn open(
        shared: &'a Shared<'s>,
        source: &'i mut dyn Archive,
        outermost: bool,
    ) -> io::Result<Self> {
        let length = source.seek(SeekFrom::End(0))?;
        let mut header = [0; HEADER];
        read_at(source, 0, &mut header)?;
        let size = match number::<2>(&header, 30) {
            9 => 512,
            12 => 4_096,
            _ => return Err(broken()),
        };
        let sectors = length / size;
        let (table, directory, mini_table, mini) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let cutoff = number::<4>(&header, 56);
        let mut file =
            Self { shared, source, outermost, size, sectors, table, directory, mini_table, mini, cutoff, left: length };
        file.find_table(&header)?;
        file.directory = file.chain(sector(&header, 48))?;
        file.mini_table = file.chain(sector(&header, 60))?;
        let mut root = [0; ENTRY as usize];
        file.entry(0, &mut root)?;
        file.mini = file.chain(sector(&root, 116))?;
        Ok(file)
    }

    /// The sectors of the allocation table: some are named in the header, the others in a chain of sectors of their own.
    fn find_table(&mut self, header: &[u8]) -> io::Result<()> {
        let listed = |bytes: &[u8]| -> Vec<u32> {
            bytes.chunks_exact(4).map(|bytes| sector(bytes, 0)).take_while(|sector| *sector < SPECIAL).collect()
        };
        self.table = listed(header.get(TABLES..).unwrap_or_default());
        let mut next = sector(header, 68);
        let mut bytes = vec![0; usize::try_from(self.size).unwrap_or_default()];
        while next < SPECIAL && (self.table.len() as u64) < self.sectors {
            self.read_sector(next, 0, &mut bytes)?;
            let (list, link) = bytes.split_at(bytes.len().saturating_sub(4));
            self.table.extend(listed(list));
            let before = std::mem::replace(&mut next, sector(link, 0));
            if next == before || listed(list).is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// How many entries the directory has, streams or not.
    pub(in crate::intake) fn entries(&self) -> u32 {
        let entries = (self.directory.len() as u64).saturating_mul(self.size / ENTRY);
        u32::try_from(entries.min(self.shared.context.limits.entries)).unwrap_or(u32::MAX)
    }

    /// The stream of an entry, if it has one.
    pub(in crate::intake) fn stream(&mut self, entry: u32) -> io::Result<Option<Stream>> {
        let mut bytes = [0; ENTRY as usize];
        self.entry(entry, &mut bytes)?;
        if bytes.get(66) != Some(&2) {
            return Ok(None);
        }
        let length = usize::try_from(number::<2>(&bytes, 64)).unwrap_or_default().saturating_sub(2).min(62);
        let units = bytes.get(..length).unwrap_or_default().chunks_exact(2);
        let units = units.filter_map(|unit| Some(u16::from_le_bytes(*unit.first_chunk()?)));
        let name = char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect();
        // Only large sectors come with large sizes; the upper half is not always cleared.
        let size = if self.size == 512 { number::<4>(&bytes, 120) } else { number::<8>(&bytes, 120) };
        Ok(Some(Stream { name, start: sector(&bytes, 116), size }))
    }

    fn entry(&mut self, entry: u32, into: &mut [u8]) -> io::Result<()> {
        let at = u64::from(entry).saturating_mul(ENTRY);
        let place = usize::try_from(at / self.size).unwrap_or(usize::MAX);
        let sector = self.directory.get(place).copied().ok_or_else(broken)?;
        self.read_sector(sector, at % self.size, into)
    }

    /// Every sector of a chain.
    fn chain(&mut self, start: u32) -> io::Result<Vec<u32>> {
        let (mut chain, mut next) = (Vec::new(), start);
        let most = self.sectors.min(self.shared.context.limits.entries);
        while next < SPECIAL {
            if chain.len() as u64 >= most {
                return Err(broken());
            }
            chain.push(next);
            next = self.next(next, false)?;
        }
        Ok(chain)
    }

    /// What follows a sector of the file, or of the short streams.
    fn next(&mut self, sector_number: u32, is_mini: bool) -> io::Result<u32> {
        let at = u64::from(sector_number).saturating_mul(4);
        let place = usize::try_from(at / self.size).unwrap_or(usize::MAX);
        let table = if is_mini { &self.mini_table } else { &self.table };
        let table = table.get(place).copied().ok_or_else(broken)?;
        let mut bytes = [0; 4];
        self.read_sector(table, at % self.size, &mut bytes)?;
        Ok(sector(&bytes, 0))
    }

    fn read_sector(&mut self, sector: u32, at: u64, into: &mut [u8]) -> io::Result<()> {
        let at = u64::from(sector).saturating_add(1).saturating_mul(self.size).saturating_add(at);
        read_at(self.source, at, into)
    }

    /// The bytes of a stream.
    pub(in crate::intake) fn read<'c>(&'c mut self, stream: &Stream) -> Chain<'c, 'a, 's, 'i> {
        let is_mini = stream.size < self.cutoff;
        Chain { file: self, is_mini, sector: stream.start, at: 0, left: stream.size, steps: 0 }
    }
}

/// The bytes of a stream, sector by sector.
pub(in crate::intake) struct Chain<'c, 'a, 's, 'i> {
    file: &'c mut Compound<'a, 's, 'i>,
    is_mini: bool,
    sector: u32,
    /// Bytes read of the sector.
    at: u64,
    left: u64,
    steps: u64,
}

impl Read for Chain<'_, '_, '_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() || self.left == 0 {
            return Ok(0);
        }
        let file = &mut *self.file;
        let size = if self.is_mini { MINI } else { file.size };
        if self.at == size {
            self.sector = file.next(self.sector, self.is_mini)?;
            self.at = 0;
            self.steps += 1;
        }
        if file.left == 0 || self.sector >= SPECIAL || self.steps > file.sectors.saturating_mul(file.size / size) {
            return Err(broken());
        }
        let most = usize::try_from((size - self.at).min(self.left)).unwrap_or_default().min(out.len());
        let out = out.get_mut(..most).unwrap_or_default();
        if self.is_mini {
            let at = u64::from(self.sector).saturating_mul(MINI).saturating_add(self.at);
            let place = usize::try_from(at / file.size).unwrap_or(usize::MAX);
            let sector = file.mini.get(place).copied().ok_or_else(broken)?;
            file.read_sector(sector, at % file.size, out)?;
        } else {
            file.read_sector(self.sector, self.at, out)?;
        }
        if file.outermost {
            file.shared.add_packed(most as u64);
        }
        self.at += most as u64;
        self.left -= most as u64;
        file.left = file.left.saturating_sub(most as u64);
        Ok(most)
    }
}

fn read_at(source: &mut dyn Archive, at: u64, into: &mut [u8]) -> io::Result<()> {
    source.seek(SeekFrom::Start(at))?;
    source.read_exact(into).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => broken(),
        _ => error,
    })
}

/// The little-endian number at `at`; 0 where the bytes end before it.
fn number<const N: usize>(bytes: &[u8], at: usize) -> u64 {
    let bytes = bytes.get(at..).unwrap_or_default().first_chunk::<N>();
    bytes.map_or(0, |bytes| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// The sector number at `at`.
fn sector(bytes: &[u8], at: usize) -> u32 {
    u32::try_from(number::<4>(bytes, at)).unwrap_or(u32::MAX)
}

fn broken() -> io::Error {
    Stop(Note::ArchiveBroken).into()
}
