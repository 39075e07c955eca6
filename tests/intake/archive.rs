//! Writes zip archives byte by byte: ordinary ones and those that no tool would write.

use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// An entry, with all that a header can say.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: Vec<u8>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    pub crc: u32,
    pub packed: u64,
    pub unpacked: u64,
    /// Whether sizes stand behind the data instead of in the local header.
    pub descriptor: bool,
    pub zip64: bool,
    /// Where the directory says that the local header is, instead of where it is.
    pub offset: Option<u64>,
}

pub fn stored(name: &str, data: &[u8]) -> Entry {
    let mut crc = Crc::new();
    crc.update(data);
    let size = data.len() as u64;
    Entry {
        name: name.into(),
        data: data.into(),
        method: 0,
        flags: 0,
        crc: crc.sum(),
        packed: size,
        unpacked: size,
        descriptor: false,
        zip64: false,
        offset: None,
    }
}

pub fn deflated(name: &str, data: &[u8]) -> Entry {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    let packed = encoder.finish().unwrap();
    Entry { method: 8, packed: packed.len() as u64, data: packed, ..stored(name, data) }
}

#[derive(Default)]
pub struct Zip {
    pub bytes: Vec<u8>,
    pub directory: Vec<u8>,
    pub entries: u64,
    pub comment: Vec<u8>,
    pub zip64: bool,
}

impl Zip {
    pub fn of(entries: &[Entry]) -> Vec<u8> {
        let mut zip = Self::default();
        for entry in entries {
            zip.add(entry);
        }
        zip.finish()
    }

    pub fn add(&mut self, entry: &Entry) {
        let at = entry.offset.unwrap_or(self.bytes.len() as u64);
        if entry.offset.is_none() {
            self.local(entry);
        }
        self.central(entry, at);
    }

    pub fn local(&mut self, entry: &Entry) {
        let flags = entry.flags | if entry.descriptor { 8 } else { 0 };
        let shown = |value: u64| if entry.descriptor { 0 } else { narrow(value, entry.zip64) };
        let out = &mut self.bytes;
        out.extend(b"PK\x03\x04");
        for value in [20, flags, entry.method, 0, 0] {
            out.extend(value.to_le_bytes());
        }
        out.extend(if entry.descriptor { 0 } else { entry.crc }.to_le_bytes());
        out.extend(shown(entry.packed).to_le_bytes());
        out.extend(shown(entry.unpacked).to_le_bytes());
        out.extend((entry.name.len() as u16).to_le_bytes());
        let extra = if entry.zip64 { extra(&[entry.unpacked, entry.packed]) } else { Vec::new() };
        out.extend((extra.len() as u16).to_le_bytes());
        out.extend(&entry.name);
        out.extend(extra);
        out.extend(&entry.data);
        if entry.descriptor {
            out.extend(b"PK\x07\x08");
            out.extend(entry.crc.to_le_bytes());
            out.extend((entry.packed as u32).to_le_bytes());
            out.extend((entry.unpacked as u32).to_le_bytes());
        }
    }

    fn central(&mut self, entry: &Entry, at: u64) {
        let flags = entry.flags | if entry.descriptor { 8 } else { 0 };
        let out = &mut self.directory;
        out.extend(b"PK\x01\x02");
        for value in [20, 20, flags, entry.method, 0, 0] {
            out.extend(value.to_le_bytes());
        }
        out.extend(entry.crc.to_le_bytes());
        out.extend(narrow(entry.packed, entry.zip64).to_le_bytes());
        out.extend(narrow(entry.unpacked, entry.zip64).to_le_bytes());
        let extra = if entry.zip64 { extra(&[entry.unpacked, entry.packed, at]) } else { Vec::new() };
        for value in [entry.name.len() as u16, extra.len() as u16, 0, 0, 0, 0, 0] {
            out.extend(value.to_le_bytes());
        }
        out.extend(narrow(at, entry.zip64).to_le_bytes());
        out.extend(&entry.name);
        out.extend(extra);
        self.entries += 1;
    }

    pub fn finish(self) -> Vec<u8> {
        let Self { mut bytes, directory, entries, comment, zip64 } = self;
        let (start, size) = (bytes.len() as u64, directory.len() as u64);
        bytes.extend(directory);
        if zip64 {
            let at = bytes.len() as u64;
            bytes.extend(b"PK\x06\x06");
            bytes.extend(44_u64.to_le_bytes());
            bytes.extend([45, 0, 45, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            for value in [entries, entries, size, start] {
                bytes.extend(value.to_le_bytes());
            }
            bytes.extend(b"PK\x06\x07\0\0\0\0");
            bytes.extend(at.to_le_bytes());
            bytes.extend(1_u32.to_le_bytes());
        }
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        let count = if zip64 { 0xFFFF } else { entries as u16 };
        bytes.extend(count.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend(narrow(size, zip64).to_le_bytes());
        bytes.extend(narrow(start, zip64).to_le_bytes());
        bytes.extend((comment.len() as u16).to_le_bytes());
        bytes.extend(comment);
        bytes
    }
}

fn narrow(value: u64, zip64: bool) -> u32 {
    if zip64 { u32::MAX } else { value as u32 }
}

fn extra(values: &[u64]) -> Vec<u8> {
    let mut extra = vec![1, 0];
    extra.extend((values.len() as u16 * 8).to_le_bytes());
    extra.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    extra
}
