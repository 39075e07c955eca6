//! Every kind of question under every kind of filter, over a million rows.

use std::cell::OnceCell;

use criterion::Criterion;
use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Filter, Order, Query, Zone, answer};
use dmarcscope::dataset::Dataset;
use dmarcscope::protocol::{Question, ToStore};
use dmarcscope::roles::Store;
use dmarcscope::storage::Memory;

use crate::set::{self, Intake};
use crate::table::{Table, Wanted};
use crate::timing::{Times, measure, timed};

const RECORDS: u64 = 1_000_000;
/// Milliseconds that an answer may take.
const MOST: f64 = 50.0;
/// Milliseconds that our own verdicts may take natively: a tenth of the time in which a browser reads as many rows.
const MOST_JUDGING: f64 = 350.0;

/// Milliseconds that it may take to work out what all rows tell, which is done once, behind everything else.
const MOST_FINDINGS: f64 = 2_000.0;
/// Milliseconds that findings of all rows may take after that.
const MOST_AGAIN: f64 = 150.0;

/// Days of a trend on the board at the most.
const MOST_DAYS: u32 = 1_000;

/// No filter, one of each kind, and several at once. The names are the busiest of the generated set.
const FILTERS: [&str; 12] = [
    "",
    "from:amberbakery.example",
    "from:*bakery*",
    "domain:amberbakery.example",
    "reporter:\"Evergreen Mail\"",
    "ip:64.0.0.0/2,2600::/12",
    "outcome:rejected,forwarded,monitoring",
    "verdict:fail",
    "disposition:none",
    "period:2026-10",
    "bakery",
    "-domain:amberbakery.example verdict:fail period:2026-09..2026-10 -ip:64.0.0.0/2 from:*e*",
];

/// Runs the benchmarks of this part.
pub fn run(criterion: &mut Criterion, table: &mut Table) {
    // Made when it is first needed: the command line may ask for other benchmarks only.
    let made = OnceCell::new();
    let store = || made.get_or_init(million);
    let asks = asks();
    table.begin_grid(asks.iter().map(|(name, _)| *name).collect());
    let mut group = criterion.benchmark_group("queries");
    for text in FILTERS {
        let filter: Filter = text.parse().expect("it is a filter");
        let label = if text.is_empty() { "no filter" } else { text };
        let times: Vec<Option<Times>> = asks
            .iter()
            .map(|(name, asks)| {
                let query = Query { filter: filter.clone(), zone: Zone::UTC, asks: asks.clone() };
                let run = || (timed(|| answer(&query, store().dataset())), ());
                Times::of(&measure(&mut group, &format!("{name}, {label}"), run))
            })
            .collect();
        if let Some(store) = made.get() {
            let share = records(store.dataset(), filter) * 100 / RECORDS;
            assert!(share > 0, "no row meets {label}: it would be measured for nothing");
            table.grid_row(label, share, times);
        }
    }
    group.finish();
    let slowest = |time: fn(&Times) -> f64| table.times().map(time).reduce(f64::max);
    let (median, shortest) = (slowest(|times| times.median), slowest(|times| times.shortest));
    table.row("slowest query", "ms", median, Wanted::AtMost(MOST));
    table.row("slowest query, the shortest of its runs", "ms", shortest, Wanted::AtMost(MOST));
    let bytes = made.get().map(|store| store.dataset().row_bytes() as f64 / RECORDS as f64);
    table.row("bytes a row", "bytes", bytes, Wanted::AtMost(150.0));
    if let Some(store) = made.into_inner() {
        let mut judge = Some(store);
        let mut known = None;
        let time = timed(|| known = judge.take().map(judged)).as_secs_f64() * 1_000.0;
        table.row("judging a million rows", "ms", Some(time), Wanted::AtMost(MOST_JUDGING));
        let Some(mut store) = known else { return };
        for (label, filter, most) in [
            ("findings, when they are first asked for", "", MOST_FINDINGS),
            ("findings of a domain, after that", FILTERS[1], MOST),
            ("findings of all, after that", "", MOST_AGAIN),
        ] {
            let time = timed(|| findings(&mut store, filter)).as_secs_f64() * 1_000.0;
            table.row(label, "ms", Some(time), Wanted::AtMost(most));
        }
    }
}

/// The same with our own verdicts, as when the suffix list comes after everything.
fn judged(mut store: Store<Memory>) -> Store<Memory> {
    let bytes = include_bytes!("../../assets/suffixes.txt").to_vec();
    store.handle(ToStore::Suffixes { id: 0, bytes });
    while store.is_busy() {
        store.work(|| false);
    }
    assert_eq!(records(store.dataset(), "differs:unjudged".parse().expect("it is a filter")), 0, "every row is judged");
    store
}

/// What needs attention, by the way that screens ask.
fn findings(store: &mut Store<Memory>, filter: &str) {
    let filter = filter.parse().expect("it is a filter");
    let query = Query { filter, zone: Zone::UTC, asks: vec![Ask::Findings { take: 5 }] };
    assert!(store.ask(0, Question::Query { id: 0, query }).is_none());
    while store.is_busy() {
        store.work(|| false);
    }
}

fn million() -> Store<Memory> {
    let mut intake = Intake::new();
    set::generate(RECORDS / 100, RECORDS, |file, xml| intake.read(file, &xml));
    let store = intake.store();
    assert_eq!(records(store.dataset(), Filter::default()), RECORDS, "every record is there");
    store
}

fn records(dataset: &Dataset, filter: Filter) -> u64 {
    let query = Query { filter, zone: Zone::UTC, asks: vec![Ask::Totals] };
    match answer(&query, dataset).as_slice() {
        [Answer::Totals(totals)] => totals.figures.records,
        _ => 0,
    }
}

/// What is asked, by the heads of the table's columns.
fn asks() -> Vec<(&'static str, Vec<Ask>)> {
    let order = |by| Order { by, ascending: false };
    let (find, within) = (String::new(), Vec::new());
    let groups = |by, column| {
        let (order, find, within) = (order(column), find.clone(), within.clone());
        Ask::Groups { by, order, skip: 0, take: 50, find, within, most: 0 }
    };
    let inside = vec![
        Dimension::Dkim,
        Dimension::Spf,
        Dimension::Reporter,
        Dimension::HeaderFrom,
        Dimension::DkimAligned,
        Dimension::SpfAligned,
    ];
    // A page of the table of sources.
    let whole = Ask::Groups {
        by: Dimension::Source,
        order: order(Column::Messages),
        skip: 0,
        take: 100,
        find: String::new(),
        within: inside,
        most: 3,
    };
    let sources = || groups(Dimension::Source, Column::Messages);
    let pairs = |by| {
        let (order, find, within) = (order(Column::Messages), find.clone(), within.clone());
        Ask::Pairs { by, order, skip: 0, take: 50, find, within, most: 0 }
    };
    // A page of the board of domains: figures, and days.
    let board = |within: &[Dimension], most| Ask::Groups {
        by: Dimension::Domain,
        order: order(Column::Messages),
        skip: 0,
        take: 100,
        find: String::new(),
        within: within.to_vec(),
        most,
    };
    let told = [Dimension::Outcome, Dimension::Reporter, Dimension::Published];
    let against = "period:2026-09".parse().expect("it is a filter");
    let sides = Ask::Compare {
        by: Dimension::HeaderFrom,
        against,
        order: order(Column::Messages),
        skip: 0,
        take: 100,
        find: String::new(),
    };
    vec![
        ("totals", vec![Ask::Totals]),
        ("series", vec![Ask::Series]),
        ("source", vec![sources()]),
        ("by key", vec![groups(Dimension::Source, Column::Key)]),
        ("from", vec![groups(Dimension::HeaderFrom, Column::Messages)]),
        ("domain", vec![groups(Dimension::Domain, Column::Messages)]),
        ("reporter", vec![groups(Dimension::Reporter, Column::Messages)]),
        ("dkim", vec![groups(Dimension::Dkim, Column::Messages)]),
        ("differs", vec![groups(Dimension::Difference, Column::Messages)]),
        ("inside", vec![whole]),
        ("pairs", vec![pairs([Dimension::HeaderFrom, Dimension::Reporter])]),
        ("board", vec![board(&told, 17), board(&[Dimension::Day], MOST_DAYS)]),
        ("sides", vec![sides]),
        ("policies", vec![Ask::Policies { take: 12 }]),
        // What the page asks at once.
        ("page", vec![Ask::Totals, Ask::Series, sources()]),
    ]
}
