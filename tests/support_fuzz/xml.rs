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

/// A report as far as it must be the same through any window: but for how many pieces what stands between constructs is in.
fn told((report, notes, range): &(Report, Notes, Range<u64>)) -> (&Report, Vec<(Note, u64)>, &Range<u64>) {
    let is_between = |note: &Note| matches!(note, Note::StrayMarkup | Note::JunkAfter);
    let counted = notes.iter().map(|(note, times)| (note.clone(), if is_between(note) { 1 } else { times }));
    (report, counted.collect(), range)
}

/// What may stand in a report, each smaller than the smallest window.
const PIECES: [&str; 16] = [
    "<record><row><source_ip>192.0.2.1</source_ip><count>2</count><policy_evaluated><disposition>none</disposition><dkim>pass\
     </dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers>\
     <auth_results><spf><domain>example.com</domain><result>pass</result></spf></auth_results></record>",
    "\n  <record>\r\n    <row>\n      <source_ip> 2001:db8::1 </source_ip>\n\t<count>3</count >\n    </row>\n  </record>",
    "<record><row><source_ip>192.0.2.2</source_ip><count>1</count><policy_evaluated><reason><type>other</type><comment>a &amp; b\
     <!-- <b> --></comment></reason></policy_evaluated></row><x:y xmlns:x='urn:x'><row/></x:y></record>",
    "<f:record xmlns:f='urn:f'><f:row>no record of ours</f:row></f:record>",
    "<Record><row><source_ip>192.0.2.3</source_ip></row></Record>",
    "<report_metadata><org_name>r.example</org_name><email>d@r.example</email><report_id>1</report_id><date_range><begin>\
     1700000000</begin><end>1700086399</end></date_range></report_metadata>",
    "<policy_published><domain>example.com</domain><p>none</p><z>\u{E9}</z></policy_published>",
    "<version>1.0</version>",
    "<extension><a b=\"c\">d</a><e/></extension>",
    "<!-- a comment with a <record> and a </feedback> in it, and > -->",
    "<?an instruction?>",
    "<![CDATA[<record></feedback>]]>",
    "text, &lt;text&gt;",
    "\n                                                                                                                     ",
    "</feedback>\n<feedback>",
    "<record/>",
];

/// A well-formed report of pieces, one for each byte, as long as the last byte does not cut it.
fn built(data: &[u8]) -> Vec<u8> {
    let roots = [
        ("<feedback>", "</feedback>"),
        ("<?xml version=\"1.0\"?>\n<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">\n", "</feedback>\n"),
        ("<list><feedback>", "</feedback><feedback/></list>"),
        ("\u{FEFF}<feedback><version/>", "\n</feedback>\n<!-- over -->\n"),
    ];
    let (first, last) = (data.first().copied().unwrap_or(0), data.last().copied().unwrap_or(0));
    let (start, end) = roots[usize::from(first) % roots.len()];
    let pieces = data.iter().skip(1).take(24).map(|byte| PIECES[usize::from(*byte) % PIECES.len()]);
    let mut text: Vec<u8> = [start].into_iter().chain(pieces).chain([end]).flat_map(str::bytes).collect();
    text.truncate(text.len() - text.len().min(usize::from(last.saturating_sub(128)) * 8));
    text
}

/// Reads the bytes, and a report built by them.
pub fn xml(data: &[u8]) {
    through_windows(data);
    through_windows(&built(data));
}

/// Reads the bytes at once, in drops, and through a small window.
fn through_windows(data: &[u8]) {
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
        let all = |read: &Everything| read.reports.iter().map(told).map(|told| format!("{told:?}")).collect::<Vec<_>>();
        assert_eq!(all(&whole), all(&small), "the reading does not hang on the window");
        assert_eq!(whole.records, small.records, "the figures do not hang on the window");
    }
}
