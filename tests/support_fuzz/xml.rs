//! The report reader: whatever the bytes are, what it says holds together and does not hang on how the bytes came in.

use std::io::{self, Read};
use std::ops::Range;

use dmarcscope::intake::Limits;
use dmarcscope::ledger::{Note, Notes};
use dmarcscope::report::{Ending, Record, Report, Sink, read_reports};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{LOW, context};

/// No reporter gets more messages in a period.
const MOST_MESSAGES: u64 = 1_000_000_000_000;

/// Everything that was read, in words: equal words, equal readings.
#[derive(Debug, Default, PartialEq, Eq)]
struct Everything {
    reports: Vec<(Report, Notes, Range<u64>)>,
    records: Vec<String>,
    /// How many of the records belong to reports that are over.
    over: usize,
    ending: Ending,
}

impl Sink for Everything {
    fn record(&mut self, _: &Report, record: &Record<'_>) {
        assert!(record.count <= MOST_MESSAGES);
        self.records.push(format!("{record:?}"));
    }

    fn end(&mut self, report: &Report, notes: &Notes, range: Range<u64>) {
        if let (Some(begin), Some(end)) = (report.begin, report.end) {
            assert!(begin <= end, "a period ends after it begins");
        }
        self.over = self.records.len();
        self.reports.push((report.clone(), notes.clone(), range));
    }
}

/// Gives a few bytes at a time.
struct Dripping<'a>(&'a [u8], usize);

impl Read for Dripping<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(out.len());
        self.0.take(count as u64).read(out).inspect(|read| self.0 = self.0.get(*read..).unwrap_or_default())
    }
}

fn read(source: &mut dyn Read, length: usize, limits: &Limits) -> Everything {
    let mut all = Everything::default();
    let ending = read_reports(source, &context(limits), &mut all);
    assert_eq!(ending.reports, all.reports.len() as u64);
    assert_eq!(all.over, all.records.len(), "every record's report ends");
    assert!(ending.reports > 0 || ending.found.is_some() || !ending.notes.is_empty(), "what is no report says why");
    let is_transcoded = |notes: &Notes| notes.iter().any(|(note, _)| matches!(note, Note::Transcoded(_)));
    let mut last = 0;
    for (_, notes, range) in &all.reports {
        assert!(range.start <= range.end && range.end <= length as u64, "{range:?} of {length}");
        if !is_transcoded(notes) {
            assert!(last <= range.start, "reports lie one behind the other: {:?}", all.reports);
            last = range.end;
        }
    }
    all.ending = ending;
    all
}

/// Whether a limit stopped something.
fn is_limited(all: &Everything) -> bool {
    let mut notes = all.reports.iter().map(|(_, notes, _)| notes).chain([&all.ending.notes]);
    notes.any(|notes| notes.iter().any(|(note, _)| matches!(note, Note::Limit { .. })))
}

/// Whether the markup is well-formed, up to where the bytes end. Where it is not, what lies between constructs is looked at
/// less closely from some point on, and of what is broken more or less is saved: where that point lies depends on the window.
fn is_sound(data: &[u8]) -> bool {
    // The parser does not count it.
    let data = data.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(data);
    let mut parser = Reader::from_reader(data);
    loop {
        let at = parser.buffer_position() as usize;
        let event = parser.read_event();
        let rest = &data[at..];
        match event {
            Ok(Event::Eof) => return true,
            Ok(Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Comment(_)) => {}
            // Another begins inside of it: its own end is missing.
            Ok(_) if rest[1..parser.buffer_position() as usize - at].contains(&b'<') => return false,
            Ok(_) => {}
            // The last of it may be cut short.
            Err(_) => return !rest.iter().skip(1).any(|byte| *byte == b'<'),
        }
    }
}

/// Reads the bytes at once, in drops, and through a small window.
pub fn xml(data: &[u8]) {
    let whole = read(&mut &*data, data.len(), &Limits { element_size: 1 << 20, ..LOW });
    let small = read(&mut &*data, data.len(), &LOW);
    if data.len().is_multiple_of(4) {
        let drops = read(&mut Dripping(data, 1 + data.len() % 7), data.len(), &LOW);
        assert_eq!(small, drops, "the reading does not hang on how the bytes come in");
    }
    let legacy = whole.reports.iter().chain(&small.reports).any(|(_, notes, _)| {
        // Where a report was converted it is said to reach as far as was read, which is more with a larger window.
        notes.iter().any(|(note, _)| matches!(note, Note::Transcoded(_)))
    });
    // What holds of every reading was asserted as it was read.
    if !legacy && !is_limited(&small) && !is_limited(&whole) && is_sound(data) {
        assert_eq!(whole.reports, small.reports, "the reading does not hang on the window");
        assert_eq!(whole.records, small.records, "the figures do not hang on the window");
    }
}
