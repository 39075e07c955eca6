//! What fuzzing and its questions found, each as small as it gets.

use std::ops::Range;
use std::time::{Duration, Instant};

use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};
use dmarcscope::ledger::{Note, Notes};
use dmarcscope::report::{Record, Report, Sink, read_reports};

/// Keeps each report with its notes.
#[derive(Default)]
struct Reports(Vec<(Report, Notes)>);

impl Sink for Reports {
    fn record(&mut self, _: &Report, _: &Record<'_>) {}

    fn end(&mut self, report: &Report, notes: &Notes, _: Range<u64>) {
        self.0.push((report.clone(), notes.clone()));
    }
}

fn read(file: &str) -> Vec<(Report, Notes)> {
    let mut reports = Reports::default();
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    read_reports(&mut file.as_bytes(), &context, &mut reports);
    reports.0
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
        reads_soon(&format!("<feedback><record>{}</record></feedback>", start.repeat(120_000)));
    }
}

/// Each instruction swallowed the rest of the window; reading then went on right behind its first byte.
#[test]
fn instructions_that_swallow_the_report() {
    let instructions = "<record/><?".repeat(40_000);
    reads_soon(&format!("<feedback>{instructions}</feedback>"));
    reads_soon(&format!("<feedback>{instructions}?></feedback>"));
}

/// Each record's comment ran to the end of the report, where it showed that the record's end is in it.
#[test]
fn records_that_swallow_the_report() {
    for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>")] {
        let records = format!("<record>{start}</record>").repeat(20_000);
        reads_soon(&format!("<feedback>{records}{end}<record></record></feedback>"));
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
