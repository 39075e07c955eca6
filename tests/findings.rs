//! What fuzzing and its questions found, each as small as it gets.

#[allow(dead_code, reason = "the targets that found them")]
mod support_fuzz;

use std::io::Write;
use std::ops::Range;
use std::time::{Duration, Instant};

use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};
use dmarcscope::ledger::{Note, Notes};
use dmarcscope::report::{Record, Report, Sink, read_reports};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Keeps each report with its notes.
#[derive(Default)]
struct Reports(Vec<(Report, Notes)>, Vec<Range<u64>>);

impl Sink for Reports {
    fn record(&mut self, _: &Report, _: &Record<'_>) {}

    fn end(&mut self, report: &Report, notes: &Notes, range: Range<u64>) {
        self.1.push(range);
        self.0.push((report.clone(), notes.clone()));
    }
}

/// Counts records.
struct Counted(u32);

impl Sink for Counted {
    fn record(&mut self, _: &Report, _: &Record<'_>) {
        self.0 += 1;
    }

    fn end(&mut self, _: &Report, _: &Notes, _: Range<u64>) {}
}

fn records(file: &str) -> u32 {
    let mut counted = Counted(0);
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    read_reports(&mut file.as_bytes(), &context, &mut counted);
    counted.0
}

fn read(file: &str) -> Vec<(Report, Notes)> {
    read_with_ranges(file).0
}

fn read_with_ranges(file: &str) -> Reports {
    let mut reports = Reports::default();
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    read_reports(&mut file.as_bytes(), &context, &mut reports);
    reports
}

/// More than enough for half a megabyte in a debug build. Each of these took the square of its length, up to minutes.
const SOON: Duration = Duration::from_secs(5);

#[track_caller]
fn reads_soon(file: &str) {
    let started = Instant::now();
    assert_eq!(read(file).len(), 1);
    let taken = started.elapsed();
    assert!(taken < SOON, "{taken:?} for {} kB", file.len() / 1024);
}

/// Each beginning was looked through to the end of the record for an end that is not there.
#[test]
fn comments_and_cdata_without_an_end() {
    for start in ["<!--", "<![CDATA["] {
        reads_soon(&format!("<feedback><report_metadata/><record>{}</record></feedback>", start.repeat(120_000)));
    }
}

/// Each instruction swallowed the rest of the window; reading then went on right behind its first byte.
#[test]
fn instructions_that_swallow_the_report() {
    let instructions = "<record/><?".repeat(40_000);
    reads_soon(&format!("<feedback><report_metadata/>{instructions}</feedback>"));
    reads_soon(&format!("<feedback><report_metadata/>{instructions}?></feedback>"));
}

/// Each record's comment ran to the end of the report, where it showed that the record's end is in it.
#[test]
fn records_that_swallow_the_report() {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>")] {
        let records = format!("<record>{start}</record>").repeat(20_000);
        reads_soon(&format!("<feedback><report_metadata/>{records}{end}<record></record></feedback>"));
    }
}

/// The root's namespaces were copied for each record that needed mending, and looked through for each element with a prefix.
#[test]
fn namespaces_by_the_thousand() {
    let declarations: String = (0..20_000).map(|number| format!(" xmlns:p{number}='urn:x'")).collect();
    reads_soon(&format!(
        "<feedback{declarations}><report_metadata/>{}</feedback>",
        "<record><row></record>".repeat(20_000)
    ));
    reads_soon(&format!("<feedback{declarations}><report_metadata/>{}</feedback>", "<q:record/>".repeat(20_000)));
}

/// A mark that says UTF-8 was held less than a declaration that says otherwise.
#[test]
fn the_byte_order_mark_outweighs_the_declaration() {
    let reports = read(
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"windows-1252\"?><feedback><report_metadata><org_name>Grüße</org_name>\
         </report_metadata></feedback>",
    );
    let [(report, notes)] = reports.as_slice() else { panic!("{reports:?}") };
    assert_eq!(report.org_name.as_deref(), Some("Grüße"));
    assert!(!notes.iter().any(|(note, _)| matches!(note, Note::Transcoded(_) | Note::JunkBefore)), "{notes:?}");
}

/// Where reading had become careful, an end tag that is the file's last byte was taken for the beginning of something cut off.
#[test]
fn a_report_that_ends_with_its_last_byte_is_whole() {
    let row = "<row><source_ip>192.0.2.1</source_ip><count>1</count></row>";
    let reports = read(&format!("<feedback><record a=\"><b a=\"><record>{row}</record></feedback>"));
    let [(_, notes)] = reports.as_slice() else { panic!("{reports:?}") };
    assert!(!notes.iter().any(|(note, _)| matches!(note, Note::CutOff { .. })), "{notes:?}");
}

/// An end tag that closes something else was passed over or not, depending on where the window began.
#[test]
fn the_root_ends_whatever_else_is_open() {
    let report = "<report_metadata><org_name>r</org_name></report_metadata></feedback>";
    let reports = read(&format!("<feedbakc>{report}"));
    let [(_, notes)] = reports.as_slice() else { panic!("{reports:?}") };
    assert!(!notes.iter().any(|(note, _)| matches!(note, Note::StrayMarkup)), "{notes:?}");
}

/// Where reading had become careful, a report that another one cuts off seemed to end before its records.
#[test]
fn a_report_that_is_cut_off_reaches_to_the_next() {
    let record = "<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>";
    let cut = format!("<feedback><report_metadata/><record a=\"><b a=\">{record}");
    let reports = read_with_ranges(&format!("{cut}<feedback>{record}</feedback>"));
    assert_eq!(reports.1.first(), Some(&(0..cut.len() as u64)));
}

/// The note on a record beyond the limit went with the report that has no other.
#[test]
fn a_report_whose_only_record_is_too_large_says_so() {
    let record =
        format!("<record><row><source_ip>{}</source_ip></row></record>", " ".repeat(Limits::DEFAULT.element_size));
    let reports = read(&format!("<feedback>{record}</feedback>"));
    let [(_, notes)] = reports.as_slice() else { panic!("{reports:?}") };
    assert!(notes.iter().any(|(note, _)| matches!(note, Note::Limit { .. })), "{notes:?}");
}

/// An end tag that is not closed itself swallowed the start of the record behind it, and with it the record.
#[test]
fn an_end_tag_without_an_end_swallows_no_record() {
    let rest = "<row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>";
    let report = format!("<feedback><record>{rest}</e\n<record>{rest}</feedback>");
    assert_eq!(records(&report), 2);
}

/// Where reading had become careful, it was over with a root that cannot be read.
#[test]
fn a_root_that_cannot_be_read_ends_nothing() {
    let record = "<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>";
    let report = format!("<feedback><record a=\"><b a=\">{record}<feedback</count>{record}</feedback>");
    assert_eq!(records(&report), 2);
}

/// Where reading had become careful, names that are spelt otherwise were not found.
#[test]
fn misspelt_records_are_found_behind_broken_markup() {
    let record = "<Record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></Record>";
    assert_eq!(records(&format!("<feedback><Record a=\"><b a=\">{record}{record}</feedback>")), 2);
}

/// Where an empty root ends was counted from where reading had gone on.
#[test]
fn an_empty_root_ends_where_it_ends() {
    let before = format!("<record>{}</record>", " ".repeat(Limits::DEFAULT.element_size));
    let reports = read_with_ranges(&format!("{before}<feedback/>"));
    let (start, end) = (before.len() as u64, before.len() as u64 + 11);
    assert_eq!(reports.1, std::slice::from_ref(&(start..end)));
}

/// A reference between constructs that the window cut in two was taken for broken, and what followed it was passed over.
#[test]
fn a_reference_on_the_edge_of_the_window() {
    let limits = Limits { element_size: 1024, ..Limits::DEFAULT };
    for blanks in 1000..1024 {
        let file = format!("<feedback>{}a&lt;b<version>1.0</version><record/></feedback>", " ".repeat(blanks));
        let mut reports = Reports::default();
        read_reports(&mut file.as_bytes(), &Context { limits: &limits, charsets: &HostCharsets }, &mut reports);
        let [(report, _)] = reports.0.as_slice() else { panic!("{reports:?}", reports = reports.0) };
        assert_eq!(report.version.as_deref(), Some("1.0"), "{blanks}");
    }
}

/// What a broken stream had given before its end was lost to a reader that asked for little at a time, as one does who looks for
/// a report's source again.
#[test]
fn what_comes_before_a_break_comes_whatever_is_asked_for_at_a_time() {
    let gzip = |bytes: &[u8], level| {
        let mut encoder = GzEncoder::new(Vec::new(), level);
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let rest = "<row><source_ip>192.0.2.1</source_ip><count>1</count></row>";
    let report = format!(
        "junk <feedback><report_metadata>\u{1}</report_metadata>{}",
        format!("<record>{rest}</record>").repeat(3)
    );
    for level in [Compression::none(), Compression::default()] {
        let inner = gzip(report.as_bytes(), level);
        for length in 20..inner.len() {
            let mut middle = gzip(inner.get(..length).unwrap(), level);
            middle.truncate(middle.len() - 9);
            support_fuzz::containers::gzip(&gzip(&middle, level));
        }
    }
}
