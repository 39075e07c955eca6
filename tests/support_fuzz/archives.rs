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
