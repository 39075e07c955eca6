//! What leaves the page: nothing is lost on the way out, and nothing leaves that was not asked for.

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use dmarcscope::export::{Format, Redaction, Writer, csv};
use dmarcscope::report::Record;
use serde_json::Value;

use support::{Made, Page, row};

/// What the forms make of the records of a filter. Small pages, so that reports go on from one to the next.
fn written(page: &mut Page, filter: &str, format: Format, redaction: Redaction) -> Vec<u8> {
    let (mut writer, mut out) = (Writer::new(format, redaction), Vec::new());
    for rows in page.whole(filter, 2) {
        writer.page(&rows);
        out.extend(writer.take());
    }
    writer.finish();
    out.extend(writer.take());
    out
}

fn text(page: &mut Page, filter: &str, format: Format) -> String {
    String::from_utf8(written(page, filter, format, Redaction::default())).unwrap()
}

/// The texts of a zip's members, one after the other.
fn unpacked(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for place in 0..archive.len() {
        let mut member = archive.by_index(place).unwrap();
        all += &format!("{}\n", member.name().unwrap());
        std::io::Read::read_to_string(&mut member, &mut all).unwrap();
    }
    all
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn set() -> Page {
    let odd = |text: &str| Made { org: Some(text.to_owned()), ..Made::new(text, [row("192.0.2.9", 1)]) }.xml();
    let mut page = Page::of([
        Made::new("1", [row("192.0.2.1", 3), row("192.0.2.2", 4).failing(), row("2001:db8::7", 5)]).xml(),
        Made::new("2", []).xml(),
        Made::new("3", [row("198.51.100.2", 6).failing().from("other.example")]).domain(Some("other.example")).xml(),
        odd("=HYPERLINK(\"http://a.example\"), \u{e4}"),
    ]);
    page.drop([fixture("every-field-of-rfc-7489.xml")]);
    page.drop([fixture("every-field-of-rfc-9990.xml")]);
    page
}

fn records(page: &Page) -> Vec<String> {
    let dataset = page.dataset();
    let record = |row| {
        let record: Record<'_> = dataset.record(row).unwrap();
        format!("{:#?}", Record { extensions: None, ..record })
    };
    (0..dataset.records.len()).map(record).collect()
}

#[test]
fn reports_written_anew_say_the_same_when_they_are_read_again() {
    let mut page = set();
    let zip = written(&mut page, "", Format::Reports, Redaction::default());
    let mut again = Page::of([zip]);
    assert_eq!(again.totals(""), page.totals(""));
    // Reports without any record come last.
    let reports = |page: &Page| -> BTreeSet<String> {
        let report =
            |id| page.dataset().report(id).map(|report| dmarcscope::report::Report { extensions: None, ..report });
        (0..).map_while(report).map(|report| format!("{report:#?}")).collect()
    };
    assert_eq!(reports(&again), reports(&page));
    assert_eq!(records(&again), records(&page));
}

#[test]
fn every_form_has_every_record_once() {
    let mut page = set();
    let (figures, filter) = (page.figures(), "");
    let lines = text(&mut page, filter, Format::Ndjson);
    let rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let sum = |rows: &[&Value]| rows.iter().map(|row| row["count"].as_u64().unwrap()).sum::<u64>();
    assert_eq!((rows.len() as u64, sum(&rows.iter().collect::<Vec<_>>())), (figures.records, figures.messages()));
    let reports: Value = serde_json::from_str(&text(&mut page, filter, Format::Parsedmarc)).unwrap();
    let reports = reports.as_array().unwrap();
    assert_eq!(reports.len() as u64, page.totals("").reports);
    let records: Vec<&Value> = reports.iter().flat_map(|report| report["records"].as_array().unwrap()).collect();
    assert_eq!((records.len() as u64, sum(&records)), (figures.records, figures.messages()));
    let csv = text(&mut page, filter, Format::Csv);
    let lines: Vec<Vec<String>> = fields(&csv);
    assert_eq!(lines[0], csv::COLUMNS);
    assert!(lines.iter().all(|line| line.len() == csv::COLUMNS.len()));
    let place = csv::COLUMNS.iter().position(|name| *name == "count").unwrap();
    let sum: u64 = lines[1..].iter().map(|line| line[place].parse::<u64>().unwrap()).sum();
    assert_eq!((lines.len() as u64 - 1, sum), (figures.records, figures.messages()));
    assert!(lines.iter().any(|line| line[1] == "'=HYPERLINK(\"http://a.example\"), \u{e4}"), "no formula is run");
}

/// A plain reader of RFC 4180.
fn fields(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut field, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = text.trim_start_matches('\u{FEFF}').chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if is_quoted && signs.peek() == Some(&'"') => {
                signs.next();
                field.push('"');
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => line.push(std::mem::take(&mut field)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                line.push(std::mem::take(&mut field));
                lines.push(std::mem::take(&mut line));
            }
            sign => field.push(sign),
        }
    }
    lines
}

#[test]
fn nothing_leaves_that_was_filtered_out() {
    let filter = "ip:192.0.2.2 from:example.org";
    for format in [Format::Csv, Format::Ndjson, Format::Parsedmarc, Format::Reports] {
        let mut page = set();
        let bytes = written(&mut page, filter, format, Redaction::default());
        let told = match format {
            Format::Reports => unpacked(bytes),
            _ => String::from_utf8(bytes).unwrap(),
        };
        assert!(told.contains("192.0.2.2") && told.contains("reporter.example"), "{format:?}");
        for excluded in ["192.0.2.1", "2001:db8", "198.51.100.2", "other.example", "HYPERLINK", "192.0.2.9"] {
            assert!(!told.contains(excluded), "{format:?} tells of {excluded}");
        }
    }
}

#[test]
fn what_is_to_be_hidden_is_in_no_form() {
    let redaction = Redaction { addresses: true, local_parts: true, file_names: true };
    let report = "<feedback><report_metadata><org_name>reporter.example</org_name><email>jane@reporter.example</email>\
        <extra_contact_info>Ask bob@reporter.example or 203.0.113.77</extra_contact_info><report_id>r</report_id>\
        <date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>\
        <policy_published><domain>example.org</domain><p>none</p></policy_published>\
        <record><row><source_ip>203.0.113.99 (host.secret.example)</source_ip><count>2</count><policy_evaluated><disposition>none</disposition>\
        <dkim>fail</dkim><spf>fail</spf><reason><type>other</type><comment>client 2001:db8:1:2:3::4</comment></reason></policy_evaluated></row>\
        <identifiers><header_from>example.org</header_from><envelope_from>eve@example.org</envelope_from></identifiers>\
        <auth_results><spf><domain>example.org</domain><result>fail</result><human_result>by mallory@example.org</human_result></spf></auth_results>\
        </record></feedback>";
    for format in [Format::Csv, Format::Ndjson, Format::Parsedmarc, Format::Reports] {
        let mut page = Page::of([report.as_bytes().to_vec()]);
        let bytes = written(&mut page, "", format, redaction);
        let told = match format {
            Format::Reports => unpacked(bytes),
            _ => String::from_utf8(bytes).unwrap(),
        };
        assert!(told.contains("203.0.113.0"), "{format:?}: {told}");
        for hidden in ["jane", "bob@", ".77", ".99", "secret", "2:3::4", "eve@", "mallory"] {
            assert!(!told.contains(hidden), "{format:?} tells of {hidden}: {told}");
        }
    }
}

#[test]
fn nothing_at_all_is_a_good_file_too() {
    let mut page = set();
    let none = "domain:nobody.example";
    assert_eq!(text(&mut page, none, Format::Ndjson), "");
    assert_eq!(text(&mut page, none, Format::Parsedmarc), "[]\n");
    assert_eq!(fields(&text(&mut page, none, Format::Csv)).len(), 1);
    assert_eq!(unpacked(written(&mut page, none, Format::Reports, Redaction::default())), "");
}
