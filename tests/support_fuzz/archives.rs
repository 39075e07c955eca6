//! Small containers, made byte by byte: for seeds, and for findings.

use std::io::Write;

use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use flate2::{Compression, Crc};

/// A gzip member.
pub fn gzip(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A zlib stream.
pub fn zlib(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// How an entry of a zip archive is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    Stored,
    Deflated,
    /// Deflated, with its sizes behind its data.
    Streamed,
}

/// A zip archive of these entries.
pub fn zip(entries: &[(&str, &[u8], How)]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, data, how) in entries {
        let packed = if *how == How::Stored { data.to_vec() } else { deflated(data) };
        let mut crc = Crc::new();
        crc.update(data);
        let flags: u16 = if *how == How::Streamed { 8 } else { 0 };
        let method: u16 = if *how == How::Stored { 0 } else { 8 };
        let sizes: Vec<u8> =
            [crc.sum(), packed.len() as u32, data.len() as u32].iter().flat_map(|value| value.to_le_bytes()).collect();
        let at = file.len() as u32;
        let name_length = (name.len() as u16).to_le_bytes();
        let head: Vec<u8> = [20, flags, method, 0, 0].iter().flat_map(|value: &u16| value.to_le_bytes()).collect();
        file.extend([b"PK\x03\x04", head.as_slice()].concat());
        file.extend(if *how == How::Streamed { vec![0; 12] } else { sizes.clone() });
        file.extend([&name_length[..], &[0, 0], name.as_bytes(), &packed].concat());
        if *how == How::Streamed {
            file.extend([b"PK\x07\x08", sizes.as_slice()].concat());
        }
        directory.extend([b"PK\x01\x02\x14\0", head.as_slice(), &sizes, &name_length, &[0; 12]].concat());
        directory.extend([&at.to_le_bytes()[..], name.as_bytes()].concat());
    }
    let (start, size, count) = (file.len() as u32, directory.len() as u32, (entries.len() as u16).to_le_bytes());
    file.extend(directory);
    file.extend(
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &size.to_le_bytes(), &start.to_le_bytes(), &[0, 0]].concat(),
    );
    file
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A tape archive of these entries: name, kind, bytes.
pub fn tar(entries: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut file = Vec::new();
    for (name, kind, data) in entries {
        let mut block = vec![0; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..136].copy_from_slice(format!("{:011o}\0", data.len()).as_bytes());
        block[148..156].copy_from_slice(b"        ");
        block[156] = *kind;
        block[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        file.extend(block);
        file.extend(*data);
        file.resize(file.len().next_multiple_of(512), 0);
    }
    file
}

/// A compound file with one stream, of no more than 60 sectors; short ones may lie in the stream of short streams.
pub fn compound(name: &str, data: &[u8], is_short: bool) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    let put = |block: &mut [u8], at: usize, value: u32| block[at..at + 4].copy_from_slice(&value.to_le_bytes());
    let mut header = vec![0xFF; 512];
    header[..76].fill(0);
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[30..34].copy_from_slice(&[9, 0, 6, 0]);
    // The table is sector 0, the directory 1, the short streams' table 2; the stream begins at 3.
    let fields =
        [(48, 1), (56, if is_short { 4096 } else { 0 }), (60, if is_short { 2 } else { END }), (68, END), (76, 0)];
    fields.into_iter().for_each(|(at, value)| put(&mut header, at, value));
    let chain = |first: usize, count: usize| {
        let mut table = vec![0xFF; 512];
        for place in first..first + count {
            put(&mut table, place * 4, if place + 1 < first + count { place as u32 + 1 } else { END });
        }
        table
    };
    let sectors = data.len().div_ceil(512);
    let mut table = chain(3, sectors);
    (0..3).for_each(|place| put(&mut table, place * 4, END));
    let entry = |name: &str, kind: u8, start: u32, size: usize| {
        let mut entry = vec![0; 128];
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..name.len()].copy_from_slice(&name);
        entry[64] = name.len() as u8 + 2;
        entry[66] = kind;
        put(&mut entry, 116, start);
        put(&mut entry, 120, size as u32);
        entry
    };
    let root = entry("Root Entry", 5, if is_short { 3 } else { END }, if is_short { data.len() } else { 0 });
    let stream = entry(name, 2, if is_short { 0 } else { 3 }, data.len());
    let short = chain(0, data.len().div_ceil(64).min(128));
    let mut file = [header, table, root, stream, vec![0; 256], short, data.to_vec()].concat();
    file.resize(file.len().next_multiple_of(512), 0);
    file
}
