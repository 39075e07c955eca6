//! Format detection and containers: whatever the bytes are, every item ends, and a report's source is found again.

use std::io::Cursor;

use dmarcscope::intake::{Limits, Locator, Receiver, Step, read_file, read_source};
use dmarcscope::ledger::{Kind, Notes};
use dmarcscope::report::{Record, Report};

use super::archives::{self, How};
use super::{LOW, context};

/// What a file's items came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Records, where it is a report.
    pub report: Option<u64>,
    pub kind: Option<Kind>,
    pub notes: Notes,
    pub locator: Locator,
}

/// Writes down what it gets, and holds the order of calls against what `Receiver` promises.
#[derive(Default)]
struct Recorder {
    items: Vec<Item>,
    records: u64,
    progress: u64,
}

impl Receiver for Recorder {
    fn record(&mut self, _: &Report, _: &Record<'_>) {
        self.records += 1;
    }

    fn report(&mut self, _: &Report, notes: &Notes, locator: &Locator) {
        assert!(locator.start <= locator.end, "{locator:?}");
        let (report, notes, locator) = (Some(std::mem::take(&mut self.records)), notes.clone(), locator.clone());
        self.items.push(Item { report, kind: Some(Kind::Aggregate), notes, locator });
    }

    fn other(&mut self, kind: Option<Kind>, notes: &Notes, locator: &Locator) {
        assert_eq!(self.records, 0, "records belong to a report");
        assert!(!notes.is_empty(), "what is no report says why");
        self.items.push(Item { report: None, kind, notes: notes.clone(), locator: locator.clone() });
    }

    fn progress(&mut self, bytes: u64) {
        assert!(self.progress <= bytes, "progress goes on");
        self.progress = bytes;
    }
}

/// Reads a file within limits: every byte of it is told of, and at least one item comes of it.
pub fn read(file: &[u8], limits: &Limits) -> Vec<Item> {
    let mut recorder = Recorder::default();
    read_file(&mut Cursor::new(file), "any name", &context(limits), &mut recorder);
    assert_eq!(recorder.progress, file.len() as u64, "progress ends at the file's end");
    assert_eq!(recorder.records, 0, "every record's report ends");
    assert!(!recorder.items.is_empty(), "nothing is dropped in silence");
    recorder.items
}

/// Reads a file, and each of its reports' sources again.
pub fn read_twice(file: &[u8], limits: &Limits) -> Vec<Item> {
    let items = read(file, limits);
    for item in items.iter().filter(|item| item.report.is_some()) {
        find_again(file, &item.locator, limits);
    }
    // Whatever the file is, a locator of another file is met with an error or with bytes.
    for item in items.iter().take(2) {
        let other = Locator { steps: [item.locator.steps.clone(), vec![Step::Gzip]].concat(), start: 1, end: 9 };
        let _ = read_source(&mut Cursor::new(file), &other, &context(limits), 100);
    }
    items
}

/// A report's source is there again, byte for byte as many as it had.
pub fn find_again(file: &[u8], locator: &Locator, limits: &Limits) {
    match read_source(&mut Cursor::new(file), locator, &context(limits), u64::MAX) {
        Ok(source) => assert_eq!((source.bytes.len() as u64, source.cut), (locator.end - locator.start, false)),
        Err(error) => panic!("{error:?} at {locator:?}"),
    }
}

/// Format detection: the same bytes are the same thing, in a file and in an archive.
pub fn sniff(data: &[u8]) {
    // Enough to tell what it is; nothing is opened but the archive around it.
    let limits = Limits { depth: 0, ..LOW };
    let bare = read(data, &limits);
    let boxed = read(&archives::zip(&[("x", data, How::Stored)]), &limits);
    // An archive, before or behind other bytes, is opened in a file and stays closed in an archive.
    if !data.starts_with(b"PK") && !data.windows(4).any(|mark| mark == b"PK\x05\x06") {
        let told = |items: &[Item]| -> Vec<_> {
            items.iter().map(|item| (item.report, item.kind, item.notes.clone())).collect()
        };
        assert_eq!(told(&bare), told(&boxed));
    }
}

/// gzip and zlib streams: what does not begin as one is given a beginning.
pub fn gzip(data: &[u8]) {
    let begins = data.starts_with(&[0x1F, 0x8B, 8]) || matches!(data, [0x78, 0x01 | 0x9C | 0xDA, ..]);
    let prefix: &[u8] = match data.first() {
        _ if begins => b"",
        Some(0..=31) => &[0x78, 0x9C],
        _ => &[0x1F, 0x8B, 8],
    };
    read_twice(&[prefix, data].concat(), &LOW);
}

/// Zip archives, those inside others included.
pub fn zip(data: &[u8]) {
    let prefix: &[u8] = if data.starts_with(b"PK") || data.starts_with(b"MZ") { b"" } else { b"PK\x03\x04" };
    read_twice(&[prefix, data].concat(), &LOW);
}

/// Messages and mailboxes: what does not begin as one is given a beginning.
pub fn mail(data: &[u8]) {
    let begins = data.starts_with(b"From") || data.starts_with(b"Received");
    let prefix: &[u8] = match data.first() {
        _ if begins => b"",
        Some(b'=') => b"From a Mon Jan  1 00:00:00 2024\nTo: b\n",
        _ => b"From: a\nTo: b\n",
    };
    read_twice(&[prefix, data].concat(), &LOW);
}

/// Tape archives: every header's checksum is made to fit, or nothing would be read.
pub fn tar(data: &[u8]) {
    let mut file = data.to_vec();
    for block in file.chunks_exact_mut(512).filter(|block| block[257..].starts_with(b"ustar")) {
        block[148..156].fill(b' ');
        let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
        block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    read_twice(&file, &LOW);
}

/// Compound files.
pub fn msg(data: &[u8]) {
    let magic = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    let rest = data.get(magic.len()..).unwrap_or_default();
    read_twice(&[magic, rest].concat(), &LOW);
}
