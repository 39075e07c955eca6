//! Reads DMARC report files natively and prints every figure that the page shows of them, for a filter, as JSON: what the page
//! must show too.
//!
//! ```text
//! cargo run --example figures -- [--by DIMENSION[,DIMENSION] [--within DIMENSION,…] [--against FILTER]] FILTER PATH…
//! ```
//!
//! `totals`, `days` (by fate), `dateless`, `groups` by dimension (all of them, most messages first), changes of
//! `policies`, `files` by status. The
//! very code of the page's reader and store runs here. An empty filter takes everything.
//!
//! With `--by` only the groups by a dimension, or by two, are printed: how many there are, and each with the number of values of
//! others among its records. Dimensions are named as in addresses. With `--against` each group has the figures of the records
//! that meet that filter beside its own; those that differ most in messages come first.

use std::fs::File;
use std::iter::Peekable;
use std::path::Path;
use std::process::ExitCode;

use dmarcscope::analysis::{
    Answer, Ask, Compared, Dimension, Filter, Groups, Key, Order, Policies, Query, Series, Totals, Zone,
};
use dmarcscope::dataset::Batch;
use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};
use dmarcscope::ledger::Status;
use dmarcscope::protocol::{Delivery, FilePage, FileQuery, FromStore, Question, Reply, ToStore};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::{Fate, Outcome};
use dmarcscope::roles::{Outbox, Packer, Store, Worked};
use dmarcscope::storage::Memory;
use dmarcscope::text::{Locale, Plain};
use serde_json::{Map, Value, json};

const DIMENSIONS: [(&str, Dimension); 24] = [
    ("source", Dimension::Source),
    ("from", Dimension::HeaderFrom),
    ("domain", Dimension::Domain),
    ("reporter", Dimension::Reporter),
    ("report", Dimension::Report),
    ("outcome", Dimension::Outcome),
    ("disposition", Dimension::Disposition),
    ("dkim", Dimension::Dkim),
    ("spf", Dimension::Spf),
    ("envelope", Dimension::EnvelopeFrom),
    ("dkim_aligned", Dimension::DkimAligned),
    ("spf_aligned", Dimension::SpfAligned),
    ("verdict", Dimension::Verdict),
    ("reason", Dimension::Reason),
    ("dkim_domain", Dimension::DkimDomain),
    ("selector", Dimension::Selector),
    ("dkim_result", Dimension::DkimResult),
    ("spf_domain", Dimension::SpfDomain),
    ("spf_scope", Dimension::SpfScope),
    ("spf_result", Dimension::SpfResult),
    ("envelope_to", Dimension::EnvelopeTo),
    ("policy", Dimension::Policy),
    ("report_id", Dimension::ReportId),
    ("file", Dimension::File),
];

/// Hands batches straight to a store. No time passes: nothing here depends on when batches are handed over.
struct Direct(Store<Memory>);

impl Outbox for Direct {
    fn deliver(&mut self, batch: &Batch) {
        self.0.deliver(0, &Delivery::Batch(batch));
    }

    fn progress(&mut self, _bytes: u64) {}

    fn now(&self) -> f64 {
        0.0
    }
}

/// The dimensions that an option names.
fn named(words: &mut Peekable<impl Iterator<Item = String>>, option: &str) -> Option<Vec<Dimension>> {
    if words.next_if(|word| word == option).is_none() {
        return Some(Vec::new());
    }
    words.next()?.split(',').map(Dimension::of_name).collect()
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).peekable();
    let (by, within) = (named(&mut words, "--by"), named(&mut words, "--within"));
    let against = words.next_if(|word| word == "--against").and_then(|_| words.next());
    let against = against.map(|text| text.parse::<Filter>()).transpose();
    let filter = words.next().map(|text| text.parse::<Filter>());
    let (Some(by), Some(within), Ok(against), Some(Ok(filter))) = (by, within, against, filter) else {
        eprintln!("usage: figures [--by DIMENSION[,DIMENSION] [--within DIMENSION,…] [--against FILTER]] FILTER PATH…");
        eprintln!("(an empty filter takes everything)");
        return ExitCode::from(2);
    };
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    let mut store = Store::new(Memory::default());
    let suffixes = include_bytes!("../assets/suffixes.txt").to_vec();
    if let Some(FromStore::Suffixes { version: Err(error), .. }) =
        store.handle(ToStore::Suffixes { id: 0, bytes: suffixes })
    {
        eprintln!("figures: {error}");
        return ExitCode::FAILURE;
    }
    let mut packer = Packer::new(Direct(store));
    for (file, path) in (0..).zip(words) {
        match File::open(&path) {
            Ok(mut bytes) => {
                // As the browser names what is dropped.
                let name = Path::new(&path).file_name().map_or(path.as_str().into(), |name| name.to_string_lossy());
                packer.read(file, &name, &mut bytes, &context);
            }
            Err(error) => {
                eprintln!("figures: {path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let mut store = packer.into_outbox().0;
    let whole = |by: &[Dimension], within: &[Dimension]| {
        let (order, skip, take, find) = (Order::default(), 0, u32::MAX, String::new());
        Some(match *by {
            [by, and] => Ask::Pairs { by: [by, and], order, skip, take, find, within: within.to_vec(), most: 0 },
            _ => Ask::Groups { by: *by.first()?, order, skip, take, find, within: within.to_vec(), most: 0 },
        })
    };
    if let ([by], Some(against)) = (&by[..], against) {
        let (order, find) = (Order::default(), String::new());
        let ask = Ask::Compare { by: *by, against, order, skip: 0, take: u32::MAX, find };
        let answers = answers(&mut store, Query { filter, zone: Zone::UTC, asks: vec![ask] });
        let Some([Answer::Compared(compared)]) = answers.as_deref() else { return ExitCode::FAILURE };
        println!("{}", sides(compared));
        return ExitCode::SUCCESS;
    }
    if let Some(ask) = whole(&by, &within) {
        let answers = answers(&mut store, Query { filter, zone: Zone::UTC, asks: vec![ask] });
        let Some([Answer::Groups(groups)]) = answers.as_deref() else { return ExitCode::FAILURE };
        println!("{}", json!({ "all": groups.all, "total": groups.total, "rows": rows(groups, &within) }));
        return ExitCode::SUCCESS;
    }
    let groups = DIMENSIONS.iter().filter_map(|(_, by)| whole(&[*by], &[]));
    let asks = [Ask::Totals, Ask::Series, Ask::Policies { take: u32::MAX }].into_iter().chain(groups).collect();
    let Some(answers) = answers(&mut store, Query { filter, zone: Zone::UTC, asks }) else { return ExitCode::FAILURE };
    let query = FileQuery { take: u32::MAX, ..FileQuery::default() };
    let Some(Reply::Files { page, .. }) = store.ask(0, Question::Files { id: 1, query }) else {
        return ExitCode::FAILURE;
    };
    println!("{}", told(&answers, &page));
    ExitCode::SUCCESS
}

/// The answers to a query.
fn answers(store: &mut Store<Memory>, query: Query) -> Option<Vec<Answer>> {
    store.ask(0, Question::Query { id: 0, query });
    loop {
        match store.work(|| false) {
            Some(Worked::Screens(_, Reply::Answers { answers, .. })) => return Some(answers),
            _ if store.is_busy() => {}
            _ => return None,
        }
    }
}

fn told(answers: &[Answer], page: &FilePage) -> Value {
    let (mut whole, mut by) = (Map::new(), Map::new());
    let mut dimensions = DIMENSIONS.iter();
    for answer in answers {
        match answer {
            Answer::Totals(totals) => drop(whole.insert("totals".into(), totals_of(totals))),
            Answer::Series(series) => {
                whole.insert("days".into(), days(series));
                whole.insert("dateless".into(), fates(&series.dateless));
            }
            // Told by another example.
            Answer::Causes(_) | Answer::Findings(_) => {}
            Answer::Groups(groups) => {
                if let Some((name, _)) = dimensions.next() {
                    by.insert((*name).into(), rows(groups, &[]));
                }
            }
            Answer::Compared(_) | Answer::Rows(_) | Answer::Turns(_) => {}
            Answer::Policies(policies) => drop(whole.insert("policies".into(), changes(policies))),
        }
    }
    let tally = Status::ALL.iter().zip(page.tally).map(|(status, count)| (status.word().to_owned(), json!(count)));
    whole.insert("groups".into(), by.into());
    whole.insert("files".into(), json!({ "total": page.total, "tally": Map::from_iter(tally) }));
    whole.into()
}

fn sides(compared: &Compared) -> Value {
    let rows = compared.rows.iter().map(|row| {
        let (own, other) = (figures(&row.own), figures(&row.other));
        json!({ "key": key(&row.key), "own": own, "other": other })
    });
    json!({ "all": compared.all, "rows": rows.collect::<Vec<_>>() })
}

fn changes(policies: &Policies) -> Value {
    let rows = policies.rows.iter().map(|change| {
        let [domain, before, after] = [&change.domain, &change.before, &change.after].map(key);
        json!({ "domain": domain, "day": Plain.day(change.day), "before": before, "after": after })
    });
    json!({ "total": policies.total, "rows": rows.collect::<Vec<_>>() })
}

fn totals_of(totals: &Totals) -> Value {
    let mut told = figures(&totals.figures);
    for (name, count) in [
        ("reports", totals.reports),
        ("sources", totals.sources),
        ("reporters", totals.reporters),
        ("domains", totals.domains),
    ] {
        told.insert(name.into(), json!(count));
    }
    told.into()
}

fn figures(figures: &Figures) -> Map<String, Value> {
    [
        ("messages", figures.messages()),
        ("passed", figures.passed),
        ("failed", figures.failed),
        ("unknown", figures.unknown),
        ("records", figures.records),
    ]
    .map(|(name, count)| (name.to_owned(), json!(count)))
    .into_iter()
    .collect()
}

/// The days that a report falls on, by their names, each with its messages by fate in the order of the fates' numbers.
fn days(series: &Series) -> Value {
    let days = series.days.iter().filter(|row| row.reports > 0);
    days.map(|row| (Plain.day(row.day), fates(&row.messages))).collect::<Map<_, _>>().into()
}

fn fates(messages: &[u64; Outcome::COUNT]) -> Value {
    json!(Fate::sums(messages))
}

fn rows(groups: &Groups, within: &[Dimension]) -> Value {
    let rows = groups.rows.iter().map(|group| {
        let mut row = figures(&group.figures);
        let day = |day: Option<i32>| day.map(|day| Plain.day(day));
        row.insert("key".into(), key(&group.key));
        row.insert("first".into(), json!(day(group.first)));
        row.insert("last".into(), json!(day(group.last)));
        let within = within.iter().zip(&group.within).map(|(by, within)| (by.name().to_owned(), json!(within.total)));
        row.insert("within".into(), within.collect::<Map<_, _>>().into());
        Value::from(row)
    });
    rows.collect()
}

fn key(key: &Key) -> Value {
    match key {
        Key::Address(address) => json!(address.to_string()),
        Key::Text(text) => json!(text),
        Key::Report(report) => json!({ "reporter": report.reporter, "domain": report.domain, "id": report.report_id }),
        Key::Outcome(outcome) => json!(outcome.word()),
        Key::Verdict(verdict) => json!(verdict.word()),
        Key::Dkim(signature) => json!([signature.domain, signature.selector, signature.result]),
        Key::Spf(check) => json!([check.domain, check.scope, check.result]),
        Key::Days(period) => json!(period.to_string()),
        Key::Absent => Value::Null,
        Key::Pair(pair) => json!([self::key(&pair.0), self::key(&pair.1)]),
    }
}
