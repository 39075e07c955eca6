//! Reads every file of the corpus and compares with what an independent reader counted (`EXPECTED.tsv`).
//!
//! The corpus is not part of the project. Where it is not there, the test says so and passes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits, Locator, Receiver, read_file};
use dmarcscope::ledger::{Kind, Note, Notes, Status};
use dmarcscope::report::keyword::{Disposition, Keyword};
use dmarcscope::report::verdict::{Verdict, verdict};
use dmarcscope::report::{Ending, Record, Report, Sink, read_reports};

/// Figures of a file, as `EXPECTED.tsv` has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Figures {
    reports: u64,
    records: u64,
    messages: u64,
    passed: u64,
    /// None, pass, quarantine, reject, any other word or no word.
    dispositions: [u64; 5],
    dkim: u64,
    spf: u64,
    reasons: u64,
}

impl Figures {
    fn count(&mut self, record: &Record<'_>) {
        self.records += 1;
        self.messages += record.count;
        if verdict(record.evaluated.as_ref()) == Verdict::Pass {
            self.passed += record.count;
        }
        let place = match record.evaluated.as_ref().map(|evaluated| &evaluated.disposition) {
            Some(Keyword::Known(Disposition::None)) => 0,
            Some(Keyword::Known(Disposition::Pass)) => 1,
            Some(Keyword::Known(Disposition::Quarantine)) => 2,
            Some(Keyword::Known(Disposition::Reject)) => 3,
            _ => 4,
        };
        self.dispositions[place] += record.count;
        self.dkim += record.dkim.len() as u64;
        self.spf += record.spf.len() as u64;
        self.reasons += record.reasons.len() as u64;
    }
}

#[derive(Default)]
struct Counting {
    figures: Figures,
    notes: Notes,
    /// Reporter, id, domain, begin, end of each report.
    keys: Vec<[String; 5]>,
}

impl Sink for Counting {
    fn record(&mut self, _: &Report, record: &Record<'_>) {
        self.figures.count(record);
    }

    fn end(&mut self, report: &Report, notes: &Notes, _: std::ops::Range<u64>) {
        self.figures.reports += 1;
        self.notes.extend(notes);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let date = |date: Option<i64>| date.map(|date| date.to_string()).unwrap_or_default();
        self.keys.push([
            text(&report.org_name),
            text(&report.report_id),
            text(&report.policy.domain),
            date(report.begin),
            date(report.end),
        ]);
    }
}

fn read(path: &Path) -> (Counting, Ending) {
    let mut counting = Counting::default();
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    let mut file = fs::File::open(path).unwrap();
    let ending = read_reports(&mut file, &context, &mut counting);
    assert_eq!(ending.reports, counting.figures.reports, "{}", path.display());
    (counting, ending)
}

struct Expected {
    well_formed: bool,
    figures: Figures,
    keys: Vec<[String; 5]>,
}

fn expected(corpus: &Path) -> BTreeMap<String, Expected> {
    let table = fs::read_to_string(corpus.join("EXPECTED.tsv")).unwrap();
    let mut files: BTreeMap<String, Expected> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let number = |column: usize| columns[column].parse::<u64>().unwrap_or_default();
        let file = files.entry(columns[0].to_owned()).or_insert_with(|| Expected {
            well_formed: true,
            figures: Figures::default(),
            keys: Vec::new(),
        });
        file.well_formed &= columns[1] == "y";
        let figures = &mut file.figures;
        figures.reports += 1;
        figures.records += number(8);
        figures.messages += number(9);
        figures.passed += number(10);
        for (place, messages) in figures.dispositions.iter_mut().enumerate() {
            *messages += number(12 + place);
        }
        figures.dkim += number(17);
        figures.spf += number(18);
        figures.reasons += number(19);
        file.keys.push([2, 3, 4, 6, 7].map(|column| columns[column].to_owned()));
    }
    files
}

fn corpus() -> Option<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if corpus.join("EXPECTED.tsv").is_file() {
        return Some(corpus);
    }
    println!("skipped: there is no corpus beside the project");
    None
}

/// Files where this reader and the independent one differ, and why this one is right.
const DISAGREEMENTS: [(&str, &str); 6] = [
    // The independent reader found no policy: it lost the element behind an unclosed `report_metadata`.
    ("stuartmaxwell+dmarc-report/tests/reports/dmarc-invalid-1.xml", "domain example.com"),
    // The record says nothing but `<auth_results/>`-like blanks: without a `source_ip` it is left out, with a note.
    ("stuartmaxwell+dmarc-report/tests/reports/dmarc-invalid-2.xml", "records 0"),
    // Dates that are words are no dates here.
    ("stuartmaxwell+dmarc-report/tests/reports/dmarc-invalid-3.xml", "no period"),
    // Dates with a fraction are whole seconds here.
    (
        "trusteddomainproject+OpenDMARC/libopendmarc/tests/testfiles/163.com!example.com!1337270400!1337356799.20120518163.xml",
        "1337270400",
    ),
    (
        "trusteddomainproject+OpenDMARC/libopendmarc/tests/testfiles/good.com!example.com!1337270400!1337356799.xml",
        "1337270400",
    ),
    (
        "trusteddomainproject+OpenDMARC/libopendmarc/tests/testfiles/yeah.net!example.com!1337270400!1337356799.20120518.xml",
        "1337270400",
    ),
];

#[test]
fn counts_as_the_independent_reader_does() {
    let Some(corpus) = corpus() else { return };
    let (mut files, mut records, mut messages, mut wrong) = (0_u32, 0, 0, Vec::new());
    for (name, expected) in expected(&corpus).iter().filter(|(name, _)| name.ends_with(".xml")) {
        let (counted, _) = read(&corpus.join(name));
        files += 1;
        records += counted.figures.records;
        messages += counted.figures.messages;
        let agrees = counted.figures == expected.figures && counted.keys == expected.keys;
        let excepted = DISAGREEMENTS.iter().find(|(file, _)| file == name);
        if agrees == excepted.is_some() {
            wrong.push(format!(
                "{name} (well-formed: {}, excepted: {excepted:?})\n  read     {:?} {:?}\n  expected {:?} {:?}\n  {:?}",
                expected.well_formed, counted.figures, counted.keys, expected.figures, expected.keys, counted.notes
            ));
        }
    }
    println!("{files} files, {records} records, {messages} messages");
    assert!(wrong.is_empty(), "{} of {files}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Well-formed files of which something is left out.
const LACKING: [&str; 1] = ["stuartmaxwell+dmarc-report/tests/reports/dmarc-invalid-2.xml"];

#[test]
fn well_formed_files_need_no_mend_of_markup() {
    let Some(corpus) = corpus() else { return };
    // "11" stands between two elements of it.
    let stray = "domainaware+parsedmarc/samples/aggregate/example.net!example.com!1529366400!1529452799.xml";
    for (name, _) in expected(&corpus).iter().filter(|(name, expected)| name.ends_with(".xml") && expected.well_formed)
    {
        let (counted, _) = read(&corpus.join(name));
        let markup = counted.notes.iter().find(|(note, _)| {
            matches!(note, Note::StrayMarkup | Note::UnclosedElement(_) | Note::BrokenBytes | Note::JunkAfter)
                || note.status() == Status::Partial
        });
        assert_eq!(markup.is_some(), LACKING.contains(&&**name) || name == stray, "{name}: {markup:?}");
    }
}

/// What a whole file gives: figures of its aggregate reports, and what became of its other items.
#[derive(Default)]
struct Whole {
    figures: Figures,
    others: Vec<(Option<Kind>, Notes)>,
}

impl Receiver for Whole {
    fn record(&mut self, _: &Report, record: &Record<'_>) {
        self.figures.count(record);
    }

    fn report(&mut self, _: &Report, _: &Notes, _: &Locator) {
        self.figures.reports += 1;
    }

    fn other(&mut self, kind: Option<Kind>, notes: &Notes, _: &Locator) {
        self.others.push((kind, notes.clone()));
    }

    fn progress(&mut self, _: u64) {}
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut below: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    below.sort();
    for path in below {
        if path.is_dir() { files_below(&path, files) } else { files.push(path) }
    }
}

/// Files with reports that the independent reader does not have, and why they are reports.
const MORE: [&str; 1] = [
    // An `<xs:schema>` that is never closed; the report stands behind it.
    "domainaware+parsedmarc/samples/aggregate/ikea.com!example.de!1538690400!1538776800.xml",
];

/// Archives with a file of the disagreements in them.
const PACKED: [&str; 1] = ["stuartmaxwell+dmarc-report/tests/reports/multiple-invalid.zip"];

#[test]
fn every_file_is_read_or_refused_by_name() {
    let Some(corpus) = corpus() else { return };
    let expected = expected(&corpus);
    let (mut files, mut wrong, mut kinds) = (Vec::new(), Vec::new(), BTreeMap::<&str, u32>::new());
    files_below(&corpus, &mut files);
    for path in &files {
        let name = path.strip_prefix(&corpus).unwrap().to_str().unwrap();
        let mut whole = Whole::default();
        let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
        read_file(&mut fs::File::open(path).unwrap(), name, &context, &mut whole);
        let excepted = PACKED.contains(&name) || DISAGREEMENTS.iter().any(|(file, _)| name.starts_with(file));
        match expected.get(name) {
            Some(expected) => {
                *kinds.entry("aggregate").or_default() += 1;
                if (whole.figures != expected.figures || !whole.others.is_empty()) && !excepted {
                    wrong.push(format!(
                        "{name}\n  read     {:?} {:?}\n  expected {:?}",
                        whole.figures, whole.others, expected.figures
                    ));
                }
            }
            None if whole.figures.reports > 0 => {
                if !MORE.contains(&name) {
                    wrong.push(format!("{name}: {:?}", whole.figures));
                }
            }
            None => {
                for (kind, notes) in &whole.others {
                    let is_named = notes.iter().any(|(note, _)| matches!(note, Note::NotAReport(_) | Note::Empty));
                    *kinds.entry(kind.map_or("refused", Kind::word)).or_default() += 1;
                    if kind.is_none() && !is_named {
                        wrong.push(format!("{name}: {notes:?}"));
                    }
                }
                assert!(!whole.others.is_empty(), "{name}");
            }
        }
    }
    println!("{} files: {kinds:?}", files.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), files.len(), wrong.join("\n"));
}
