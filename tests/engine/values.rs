//! What a record's values are, how they match, and how they are spelt: without any of the engine's code.

use std::borrow::Cow;
use std::collections::BTreeMap;

use dmarcscope::analysis::{Check, Dimension, Field, Key, Pattern, Signature};
use dmarcscope::domains::SuffixList;
use dmarcscope::report::keyword::Keyword;
use dmarcscope::report::ours::{self, Ours};
use dmarcscope::report::verdict::{Outcome, Verdict};
use dmarcscope::report::{Dkim, Evaluated, PolicyPublished, Record, Spf};

use super::recount::{file, outcome, source, verdict};
use crate::support::page::{SUFFIXES, fact};
use crate::support::{Made, Row};

/// Matches letter by letter, with `None` for any run.
fn like(pattern: &[Option<char>], text: &[char]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((None, rest)), _) => like(rest, text) || text.split_first().is_some_and(|(_, text)| like(pattern, text)),
        (Some((Some(a), pattern)), Some((b, text))) => a == b && like(pattern, text),
        _ => false,
    }
}

pub fn takes(pattern: &Pattern, text: Option<&str>) -> bool {
    let (Some(pieces), Some(text)) = (pattern.pieces(), text) else {
        return pattern.pieces().is_none() == text.is_none();
    };
    let mut letters = Vec::new();
    for (place, piece) in pieces.iter().enumerate() {
        letters.extend((place > 0).then_some(None));
        letters.extend(piece.to_lowercase().chars().map(Some));
    }
    like(&letters, &text.to_lowercase().chars().collect::<Vec<_>>())
}

/// `all` are domain, selector or scope, and result of each; parts ask for result, domain, and selector or scope.
pub fn takes_parts(parts: Option<&[Pattern; 3]>, all: &[[Option<String>; 3]]) -> bool {
    let Some([result, domain, third]) = parts else { return all.is_empty() };
    let is_any =
        |pattern: &Pattern| pattern.pieces().is_some_and(|pieces| pieces.len() > 1 && pieces.concat().is_empty());
    let takes = |pattern: &Pattern, part: &Option<String>| is_any(pattern) || takes(pattern, part.as_deref());
    all.iter().any(|[d, t, r]| takes(result, r) && takes(domain, d) && takes(third, t))
}

/// The texts that a row states in a field; `None` where an address stands.
pub fn texts(field: Field, report: &Made, row: &Row) -> Option<Vec<String>> {
    let word = |place: usize| row.evaluated.and_then(|words| words[place]).map(ToOwned::to_owned).into_iter().collect();
    let part = |all: &[[Option<String>; 3]], place: usize| -> Vec<String> {
        all.iter().filter_map(|parts| parts[place].clone()).collect()
    };
    Some(match field {
        Field::From => row.from.iter().map(lower).collect(),
        Field::EnvelopeFrom => row.envelope_from.iter().map(lower).collect(),
        Field::EnvelopeTo => row.envelope_to.iter().map(lower).collect(),
        Field::Source => vec![source(row).err()?],
        Field::Disposition => word(0),
        Field::Dkim => word(1),
        Field::Spf => word(2),
        Field::Reason if row.evaluated.is_none() => Vec::new(),
        Field::Reason => {
            let first = row.reason.map(ToOwned::to_owned);
            first.into_iter().chain(row.more_reasons.iter().flatten().cloned()).collect()
        }
        Field::DkimDomain => part(&row.dkim, 0).iter().map(lower).collect(),
        Field::Selector => part(&row.dkim, 1),
        Field::DkimResult => part(&row.dkim, 2),
        Field::SpfDomain => part(&row.spf, 0).iter().map(lower).collect(),
        Field::SpfScope => part(&row.spf, 1),
        Field::SpfResult => part(&row.spf, 2),
        Field::Ours => vec![ours(report, row).verdict().word().into()],
        Field::Differs => vec![ours(report, row).difference().word().into()],
        field if field.dimension().fact().is_some() => {
            let known = field.dimension().fact().zip(source(row).ok());
            known.and_then(|(own, address)| fact(address, own)).map(Into::into).into_iter().collect()
        }
        Field::Sender => unreachable!("told by all reports together: tests of its own hold it"),
        _ => unreachable!("asked of reports"),
    })
}

/// Our verdict on the row by itself, which tests of its own hold against a recount by hand.
fn ours(report: &Made, row: &Row) -> Ours {
    let cow = |text: &Option<String>| text.clone().map(Cow::Owned);
    let word = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let dkim = |[domain, _, result]: &[Option<String>; 3]| Dkim {
        domain: cow(domain),
        result: Keyword::read(&word(result.as_deref())),
        ..Dkim::default()
    };
    let spf = |[domain, scope, result]: &[Option<String>; 3]| Spf {
        domain: cow(domain),
        scope: Keyword::read(&word(scope.as_deref())),
        result: Keyword::read(&word(result.as_deref())),
        ..Spf::default()
    };
    let record = Record {
        header_from: cow(&row.from),
        envelope_from: cow(&row.envelope_from),
        evaluated: row.evaluated.map(|[_, dkim, spf]| Evaluated {
            dkim: Keyword::read(&word(dkim)),
            spf: Keyword::read(&word(spf)),
            ..Evaluated::default()
        }),
        dkim: row.dkim.iter().map(dkim).collect(),
        spf: row.spf.iter().map(spf).collect(),
        ..Record::default()
    };
    let policy = PolicyPublished { domain: report.domain.clone(), ..PolicyPublished::default() };
    ours::ours(&policy, &record, &SuffixList::read(SUFFIXES).unwrap())
}

/// Everything that a row and its report say, as it stands.
pub fn everything(report: &Made, row: &Row) -> Vec<String> {
    let mut all: Vec<String> = Field::all()
        .filter(|field| {
            !field.dimension().is_of_reports() && !matches!(field, Field::Ours | Field::Differs | Field::Sender)
        })
        .filter(|field| field.dimension().fact().is_none())
        .filter_map(|field| texts(field, report, row))
        .flatten()
        .collect();
    let address = row.source.parse::<std::net::IpAddr>();
    all.push(row.source.clone());
    all.extend(address.map(|address| address.to_canonical().to_string()));
    all.extend(
        [
            report.org.clone(),
            Some("a@reporter.example".into()),
            report.id.clone(),
            report.domain.clone(),
            Some(file(report)),
        ]
        .into_iter()
        .flatten(),
    );
    all.extend([report.p, report.sp].into_iter().flatten().map(Into::into));
    all
}

/// The labels of a report's domain, by [`LABELS`](crate::support::page::LABELS).
pub fn labels(report: &Made) -> Vec<&'static str> {
    match report.domain.as_ref().map(lower).as_deref() {
        Some("example.org") => vec!["Client A", "CLIENT B"],
        Some("example.net") => vec!["CLIENT B"],
        Some("bücher.example") => vec!["Client A"],
        _ => Vec::new(),
    }
}

/// What a report's domain publishes.
pub fn published(report: &Made) -> Option<String> {
    let sp = report.sp.filter(|sp| Some(*sp) != report.p);
    let parts = [("p", report.p), ("sp", sp), ("pct", report.pct.filter(|pct| *pct != "100"))];
    let parts: Vec<String> = parts.iter().filter_map(|(name, word)| Some(format!("{name}={}", (*word)?))).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Domains are read in small letters.
fn lower(text: impl AsRef<str>) -> String {
    text.as_ref().to_lowercase()
}

fn read([domain, third, result]: &[Option<String>; 3]) -> [Option<String>; 3] {
    [domain.as_ref().map(lower), third.clone(), result.clone()]
}

/// A row's keys, each once, in small letters.
pub fn keys(by: Dimension, report: &Made, row: &Row) -> Vec<Key> {
    let mut keys: Vec<Key> = raw(by, report, row).iter().map(|key| map(key, &|text| text.to_lowercase())).collect();
    keys.sort();
    keys.dedup();
    if keys.is_empty() { vec![Key::Absent] } else { keys }
}

fn raw(by: Dimension, report: &Made, row: &Row) -> Vec<Key> {
    let one = |text: Option<&str>| text.map(|text| Key::Text(text.into())).into_iter().collect();
    match by {
        Dimension::Source => vec![source(row).map_or_else(Key::Text, Key::Address)],
        Dimension::Domain => one(report.domain.as_ref().map(lower).as_deref()),
        Dimension::Reporter => one(report.org.as_deref()),
        Dimension::ReportId => one(report.id.as_deref()),
        Dimension::File => one(Some(&file(report))),
        Dimension::Policy => one(report.p),
        Dimension::Published => one(published(report).as_deref()),
        Dimension::Label => labels(report).into_iter().map(|label| Key::Text(label.into())).collect(),
        Dimension::Report => unreachable!("the recount knows its number"),
        Dimension::Day | Dimension::Month => unreachable!("the recount knows whose days"),
        Dimension::Outcome => {
            Outcome::ALL.into_iter().filter(|known| known.word() == outcome(report, row)).map(Key::Outcome).collect()
        }
        Dimension::Verdict => {
            let word = verdict(outcome(report, row));
            Verdict::ALL.into_iter().filter(|known| known.word() == word).map(Key::Verdict).collect()
        }
        Dimension::Dkim => {
            let key = |[domain, selector, result]: [Option<String>; 3]| Signature { domain, selector, result };
            row.dkim.iter().map(|parts| Key::Dkim(Box::new(key(read(parts))))).collect()
        }
        Dimension::Spf => {
            let key = |[domain, scope, result]: [Option<String>; 3]| Check { domain, scope, result };
            row.spf.iter().map(|parts| Key::Spf(Box::new(key(read(parts))))).collect()
        }
        _ => texts(Field::of_dimension(by).unwrap(), report, row).unwrap().into_iter().map(Key::Text).collect(),
    }
}

fn map(key: &Key, text: &dyn Fn(&str) -> String) -> Key {
    let part = |part: &Option<String>| part.as_deref().map(text);
    match key {
        Key::Text(own) => Key::Text(text(own)),
        Key::Dkim(key) => Key::Dkim(Box::new(Signature {
            domain: part(&key.domain),
            selector: part(&key.selector),
            result: part(&key.result),
        })),
        Key::Spf(key) => {
            Key::Spf(Box::new(Check { domain: part(&key.domain), scope: part(&key.scope), result: part(&key.result) }))
        }
        Key::Pair(pair) => Key::Pair(Box::new((map(&pair.0, text), map(&pair.1, text)))),
        other => other.clone(),
    }
}

fn parts(key: &Key) -> Vec<String> {
    let some = |texts: [&Option<String>; 3]| texts.into_iter().flatten().cloned().collect();
    match key {
        Key::Text(text) => vec![text.clone()],
        Key::Address(address) => vec![address.to_string()],
        Key::Report(key) => some([&key.reporter, &key.domain, &key.report_id]),
        Key::Outcome(outcome) => vec![outcome.word().into()],
        Key::Verdict(verdict) => vec![verdict.word().into()],
        Key::Dkim(key) => some([&key.domain, &key.selector, &key.result]),
        Key::Spf(key) => some([&key.domain, &key.scope, &key.result]),
        Key::Days(period) => vec![period.to_string()],
        Key::Absent => Vec::new(),
        Key::Pair(pair) => [parts(&pair.0), parts(&pair.1)].concat(),
    }
}

/// Whether a key contains a text of small letters.
pub fn contains(key: &Key, text: &str) -> bool {
    parts(key).iter().any(|part| part.to_lowercase().contains(text))
}

const RAW: [Dimension; 8] = [
    Dimension::Dkim,
    Dimension::DkimDomain,
    Dimension::Selector,
    Dimension::DkimResult,
    Dimension::Spf,
    Dimension::SpfDomain,
    Dimension::SpfScope,
    Dimension::SpfResult,
];

/// How the texts of a dimension are spelt: in small letters where anyone does so, otherwise by the last spelling.
pub struct Spellings(BTreeMap<String, String>);

impl Spellings {
    pub fn of(by: Dimension, reports: &[Made]) -> Self {
        let mut spellings = BTreeMap::new();
        // What is not in here is shown in small letters.
        if RAW.contains(&by) {
            return Self(spellings);
        }
        for report in reports {
            let rows: Vec<Row> = if matches!(by, Dimension::Report | Dimension::Day | Dimension::Month) {
                Vec::new()
            } else if by.is_of_reports() {
                vec![crate::support::row("", 0)]
            } else {
                report.rows.clone()
            };
            for text in rows.iter().flat_map(|row| raw(by, report, row)).flat_map(|key| parts(&key)) {
                let lower = text.to_lowercase();
                let known: &mut String = spellings.entry(lower.clone()).or_insert_with(|| text.clone());
                if text == lower || *known != lower && text > *known {
                    *known = text;
                }
            }
        }
        Self(spellings)
    }

    pub fn shown(&self, key: &Key) -> Key {
        match key {
            Key::Report(_) | Key::Days(_) => key.clone(),
            key => map(key, &|text| self.0.get(text).cloned().unwrap_or_else(|| text.to_owned())),
        }
    }
}
