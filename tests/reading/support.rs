//! Small reports to order, and a sink that keeps everything.

use std::io::{self, Read};
use std::ops::Range;

use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};
use dmarcscope::ledger::Notes;
use dmarcscope::report::{Dkim, Ending, Evaluated, Reason, Record, Report, Sink, Spf, read_reports};

/// `report_metadata` without anything odd.
pub const METADATA: &str = "<report_metadata><org_name>receiver.example</org_name><email>dmarc@receiver.example</email>\
    <report_id>r-1</report_id><date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>";
/// `policy_published` without anything odd.
pub const POLICY: &str = "<policy_published><domain>example.com</domain><adkim>r</adkim><aspf>r</aspf><p>none</p>\
    <sp>none</sp><pct>100</pct></policy_published>";
/// A `row` without anything odd.
pub const ROW: &str = "<row><source_ip>192.0.2.1</source_ip><count>2</count><policy_evaluated><disposition>none</disposition>\
    <dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>";
/// `identifiers` without anything odd.
pub const IDENTIFIERS: &str = "<identifiers><header_from>example.com</header_from></identifiers>";
/// `auth_results` without anything odd.
pub const RESULTS: &str = "<auth_results><dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>\
    <spf><domain>bounce.example.net</domain><scope>mfrom</scope><result>pass</result></spf></auth_results>";

/// A record of these parts.
pub fn record_of(parts: &[&str]) -> String {
    format!("<record>{}</record>", parts.concat())
}

/// A record without anything odd.
pub fn record() -> String {
    record_of(&[ROW, IDENTIFIERS, RESULTS])
}

/// A report of these parts.
pub fn report_of(parts: &[&str]) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback>{}</feedback>\n", parts.concat())
}

/// A report with this record.
pub fn with_record(record: &str) -> String {
    report_of(&[METADATA, POLICY, record])
}

/// A report whose one record has this row.
pub fn with_row(row: &str) -> String {
    with_record(&record_of(&[row, IDENTIFIERS, RESULTS]))
}

/// Everything that was read.
#[derive(Default)]
pub struct Everything {
    pub reports: Vec<Report>,
    pub notes: Vec<Notes>,
    pub ranges: Vec<Range<u64>>,
    pub records: Vec<Record<'static>>,
    pub ending: Ending,
}

impl Everything {
    /// The notes of all reports, as `code×times`, in their order.
    pub fn codes(&self) -> Vec<String> {
        let notes = self.notes.iter().flat_map(Notes::iter);
        notes
            .map(|(note, times)| if times == 1 { note.code().into() } else { format!("{}×{times}", note.code()) })
            .collect()
    }

    /// Messages over all records.
    pub fn messages(&self) -> u64 {
        self.records.iter().map(|record| record.count).sum()
    }
}

impl Sink for Everything {
    fn record(&mut self, _: &Report, record: &Record<'_>) {
        self.records.push(owned(record));
    }

    fn end(&mut self, report: &Report, notes: &Notes, range: Range<u64>) {
        self.reports.push(report.clone());
        self.notes.push(notes.clone());
        self.ranges.push(range);
    }
}

/// Reads bytes.
pub fn read(bytes: impl AsRef<[u8]>) -> Everything {
    read_within(&mut bytes.as_ref(), &Limits::DEFAULT)
}

/// Reads from a source within limits.
pub fn read_within(source: &mut dyn Read, limits: &Limits) -> Everything {
    let mut all = Everything::default();
    let ending = read_reports(source, &Context { limits, charsets: &HostCharsets }, &mut all);
    assert_eq!(ending.reports, all.reports.len() as u64);
    all.ending = ending;
    all
}

/// Reads a report whose reading needs no note at all.
pub fn read_clean(bytes: impl AsRef<[u8]>) -> Everything {
    let all = read(bytes);
    assert_eq!(all.codes(), [""; 0]);
    assert_eq!(all.reports.len(), 1);
    all
}

/// Asserts that a text reads with exactly these notes, and gives what it reads as.
#[track_caller]
pub fn read_noted(bytes: impl AsRef<[u8]>, codes: &[&str]) -> Everything {
    let all = read(bytes);
    assert_eq!(all.codes(), codes);
    all
}

/// A source that gives one byte at a time and is interrupted before each.
pub struct Dripping<'a> {
    pub bytes: &'a [u8],
    pub interrupted: bool,
}

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupted = !self.interrupted;
        if self.interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let (Some(place), Some((first, rest))) = (buffer.first_mut(), self.bytes.split_first()) else { return Ok(0) };
        *place = *first;
        self.bytes = rest;
        Ok(1)
    }
}

fn owned(record: &Record<'_>) -> Record<'static> {
    let text = |text: &Option<std::borrow::Cow<'_, str>>| text.as_ref().map(|text| text.to_string().into());
    Record {
        source: record.source,
        source_text: text(&record.source_text),
        count: record.count,
        evaluated: record.evaluated.as_ref().map(|evaluated| Evaluated { ..evaluated.clone() }),
        reasons: record
            .reasons
            .iter()
            .map(|reason| Reason {
                kind: reason.kind.clone(),
                comment: text(&reason.comment),
                lang: text(&reason.lang),
            })
            .collect(),
        header_from: text(&record.header_from),
        envelope_from: text(&record.envelope_from),
        envelope_to: text(&record.envelope_to),
        dkim: record
            .dkim
            .iter()
            .map(|result| Dkim {
                domain: text(&result.domain),
                selector: text(&result.selector),
                result: result.result.clone(),
                human_result: text(&result.human_result),
                lang: text(&result.lang),
            })
            .collect(),
        spf: record
            .spf
            .iter()
            .map(|result| Spf {
                domain: text(&result.domain),
                scope: result.scope.clone(),
                result: result.result.clone(),
                human_result: text(&result.human_result),
                lang: text(&result.lang),
            })
            .collect(),
        extensions: text(&record.extensions),
    }
}
