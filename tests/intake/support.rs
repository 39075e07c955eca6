//! A receiver that writes down what it gets, and reports to give to it.

use std::io::{Cursor, Write};

use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits, Locator, Receiver, Source, SourceError, Step, read_file, read_source};
use dmarcscope::ledger::{Kind, Note, Notes};
use dmarcscope::report::{Record, Report};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};

/// One item, as the receiver got it.
#[derive(Clone, Debug)]
pub struct Item {
    /// Whether it came as a report.
    pub is_report: bool,
    /// Records before its end.
    pub records: u64,
    pub kind: Option<Kind>,
    pub notes: Vec<Note>,
    pub locator: Locator,
}

impl Item {
    pub fn codes(&self) -> Vec<&'static str> {
        self.notes.iter().map(Note::code).collect()
    }

    pub fn has(&self, code: &str) -> bool {
        self.codes().contains(&code)
    }

    /// The way to it, gzip steps written as `gz`.
    pub fn way(&self) -> Vec<&str> {
        let step = |step| match step {
            &Step::Gzip => "gz",
            Step::Zip { name, .. } => name,
            Step::Tar { name, .. } => name,
            Step::Stream { .. } => "stream",
            Step::Mail { subject, .. } => subject,
        };
        self.locator.steps.iter().map(step).collect()
    }
}

#[derive(Default)]
pub struct Recorder {
    pub items: Vec<Item>,
    pub progress: Vec<u64>,
    records: u64,
}

impl Recorder {
    fn item(&mut self, is_report: bool, kind: Option<Kind>, notes: &Notes, locator: &Locator) {
        let records = std::mem::take(&mut self.records);
        let notes = notes.iter().map(|(note, _)| note.clone()).collect();
        self.items.push(Item { is_report, records, kind, notes, locator: locator.clone() });
    }
}

impl Receiver for Recorder {
    fn record(&mut self, _: &Report, _: &Record<'_>) {
        self.records += 1;
    }
    fn report(&mut self, _: &Report, notes: &Notes, locator: &Locator) {
        self.item(true, Some(Kind::Aggregate), notes, locator);
    }
    fn other(&mut self, kind: Option<Kind>, notes: &Notes, locator: &Locator) {
        self.item(false, kind, notes, locator);
    }
    fn progress(&mut self, bytes: u64) {
        self.progress.push(bytes);
    }
}

pub fn read_all(file: &[u8], limits: &Limits) -> Recorder {
    let mut recorder = Recorder::default();
    let context = Context { limits, charsets: &HostCharsets };
    read_file(&mut Cursor::new(file), "no name tells anything.pdf", &context, &mut recorder);
    assert_eq!(recorder.progress.last(), Some(&(file.len() as u64)), "progress ends at the file's end");
    assert!(recorder.progress.is_sorted());
    recorder
}

/// Every item of a file; each report's source must come back byte for byte.
pub fn read(file: &[u8]) -> Vec<Item> {
    let items = read_all(file, &Limits::DEFAULT).items;
    for item in items.iter().filter(|item| item.is_report) {
        let source = source(file, &item.locator, u64::MAX).unwrap();
        assert!(!source.cut);
        assert!(source.bytes.starts_with(b"<") && find(&source.bytes, "feedback"), "{item:?}");
    }
    items
}

pub fn source(file: &[u8], locator: &Locator, most: u64) -> Result<Source, SourceError> {
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    read_source(&mut Cursor::new(file), locator, &context, most)
}

fn find(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A report with so many records and an id to tell it by.
pub fn report(id: &str, records: usize) -> Vec<u8> {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<feedback>\n  <version>1.0</version>\n  <report_metadata>\n    \
         <org_name>reporter.example</org_name>\n    <email>dmarc@reporter.example</email>\n    \
         <report_id>{id}</report_id>\n    <date_range><begin>1700000000</begin><end>1700086399</end></date_range>\n  \
         </report_metadata>\n  <policy_published><domain>example.org</domain><adkim>r</adkim><aspf>r</aspf><p>none</p>\
         <sp>none</sp><pct>100</pct></policy_published>\n"
    );
    for index in 0..records {
        xml += &format!(
            "  <record>\n    <row><source_ip>192.0.2.{}</source_ip><count>{}</count><policy_evaluated>\
             <disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>\n    \
             <identifiers><header_from>example.org</header_from></identifiers>\n    <auth_results><dkim>\
             <domain>example.org</domain><selector>s{}</selector><result>pass</result></dkim><spf>\
             <domain>mail.example.org</domain><scope>mfrom</scope><result>softfail</result></spf></auth_results>\n  \
             </record>\n",
            index % 250 + 1,
            index * 7919 % 1013 + 1,
            index * 31 % 17,
        );
    }
    xml += "</feedback>\n";
    xml.into_bytes()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The one item there should be.
pub fn only(items: &[Item]) -> &Item {
    assert_eq!(items.len(), 1, "{items:#?}");
    &items[0]
}
