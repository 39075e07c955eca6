//! All of it, from a file's bytes to the answers: figures add up, and nothing is lost on the way.

use std::io::Cursor;

use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Filter, Order, Query, Totals, Turn};
use dmarcscope::dataset::{Batch, Dataset};
use dmarcscope::ledger::Status;
use dmarcscope::protocol::{Delivery, FileQuery, FromStore, Question, Reply, ToStore, pack, unpack};
use dmarcscope::report::Figures;
use dmarcscope::roles::{Outbox, Packer, Store, Worked};
use dmarcscope::storage::Memory;

use super::containers::find_again;
use super::{LOW, context};

/// Hands batches to a store the way the page's reader does.
struct Posted(Store<Memory>);

impl Outbox for Posted {
    fn deliver(&mut self, batch: &Batch) {
        let delivery: Delivery = unpack(&pack(&Delivery::Batch(batch))).unwrap();
        self.0.deliver(0, &delivery);
    }

    fn progress(&mut self, _: u64) {}

    fn now(&self) -> f64 {
        0.0
    }
}

/// A suffix list that is read in no time.
const SUFFIXES: &[u8] =
    b"// ===BEGIN ICANN DOMAINS===\ncom\norg\n*.ck\n// ===END ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===
// ===END PRIVATE DOMAINS===\n";

/// Reads a file, then the same file once more.
pub fn intake(data: &[u8]) {
    let mut store = Store::new(Memory::default());
    let bytes = SUFFIXES.to_vec();
    assert!(matches!(
        store.handle(ToStore::Suffixes { id: 0, bytes }),
        Some(FromStore::Suffixes { version: Ok(_), .. })
    ));
    let mut packer = Packer::new(Posted(store));
    packer.read(0, "first", &mut Cursor::new(data), &context(&LOW));
    packer.flush();
    let mut store = packer.into_outbox().0;
    check_ledger(&mut store, data, 1);
    let first = check_answers(&mut store);
    let keyless = keyless(store.dataset());

    let mut packer = Packer::new(Posted(store));
    packer.read(1, "second", &mut Cursor::new(data), &context(&LOW));
    let mut store = packer.into_outbox().0;
    check_ledger(&mut store, data, 2);
    let second = check_answers(&mut store);
    // A report without a name of its own cannot be told to be the same.
    let mut expected = first.figures;
    expected.merge(&keyless);
    assert_eq!(second.figures, expected, "the same file again counts once");
}

fn is_keyless(dataset: &Dataset, report: usize) -> bool {
    let meta = &dataset.reports.get(report).unwrap().meta;
    [meta.org_name, meta.report_id].iter().all(|text| dataset.tables.strings.get(*text).is_none_or(str::is_empty))
}

fn keyless(dataset: &Dataset) -> Figures {
    let mut sum = Figures::default();
    for report in (0..dataset.reports.len()).filter(|report| is_keyless(dataset, *report)) {
        sum.merge(&dataset.reports.get(report).unwrap().figures);
    }
    sum
}

fn check_ledger(store: &mut Store<Memory>, data: &[u8], files: u32) {
    let dataset = store.dataset();
    for (id, report) in dataset.reports.iter().enumerate() {
        let item = dataset.ledger.item(report.item.expect("every report ends in an entry")).unwrap();
        assert_eq!(item.report, Some(id as u32));
        assert_eq!(item.figures, report.figures);
        assert_eq!(dataset.counts[id], item.status != Status::Duplicate);
        find_again(data, &item.locator, &LOW);
    }
    assert_eq!(dataset.ledger.len(), files as usize);
    for (_, file) in dataset.ledger.files() {
        assert!(!file.is_open && !file.items.is_empty(), "{file:?}");
        assert_eq!(file.tally.iter().sum::<u32>() as usize, file.items.len());
    }
    let query = FileQuery { take: u32::MAX, ..FileQuery::default() };
    let Some(Reply::Files { page, .. }) = store.ask(0, Question::Files { id: 1, query }) else { panic!("no answer") };
    assert_eq!((page.total, page.rows.len()), (files, files as usize));
    for row in &page.rows {
        assert!(row.status == Status::Read || !row.notes.is_empty(), "what is not simply read says why: {row:?}");
    }
}

const SEVERAL: [Dimension; 9] = [
    Dimension::Reason,
    Dimension::Dkim,
    Dimension::DkimDomain,
    Dimension::Selector,
    Dimension::DkimResult,
    Dimension::Spf,
    Dimension::SpfDomain,
    Dimension::SpfScope,
    Dimension::SpfResult,
];

/// Every answer sums up to the same figures, those of the reports that count.
fn check_answers(store: &mut Store<Memory>) -> Totals {
    let order = Order { by: Column::Key, ascending: true };
    let groups = |by| {
        let (find, within) = (String::new(), Dimension::ALL.to_vec());
        Ask::Groups { by, order, skip: 0, take: u32::MAX, find, within, most: 2 }
    };
    let causes = Ask::Causes { by: Dimension::Source, skip: 0, take: u32::MAX };
    let asks = [Ask::Totals, Ask::Series].into_iter().chain(Dimension::ALL.map(groups));
    let (find, against) = (String::new(), Filter::default());
    let by = [Dimension::Dkim, Dimension::Published];
    let pairs = Ask::Pairs { by, order, skip: 0, take: u32::MAX, find: find.clone(), within: by.to_vec(), most: 2 };
    let sides = Ask::Compare { by: Dimension::Domain, against, order, skip: 0, take: u32::MAX, find };
    let turns = Ask::Turns { by: Dimension::Source, take: u32::MAX };
    let findings = Ask::Findings { take: u32::MAX };
    let asks =
        asks.chain([causes, findings, sides, turns, Ask::Policies { take: u32::MAX }, Ask::Rows, pairs]).collect();
    assert!(store.ask(0, Question::Query { id: 7, query: Query { asks, ..Query::default() } }).is_none());
    // Who sends may have to be told anew first.
    let answer = std::iter::from_fn(|| store.is_busy().then(|| store.work(|| false)));
    let mut answers = answer.flatten().filter_map(|worked| match worked {
        Worked::Screens(0, Reply::Answers { answers, .. }) => Some(answers),
        _ => None,
    });
    let Some(answers) = answers.next() else { panic!("no answer") };
    let mut counted = Figures::default();
    for report in store
        .dataset()
        .reports
        .iter()
        .zip(&store.dataset().counts)
        .filter(|(_, counts)| **counts)
        .map(|(report, _)| report)
    {
        counted.merge(&report.figures);
    }
    let Some(Answer::Totals(totals)) = answers.first().cloned() else { panic!("no totals") };
    assert_eq!(totals.figures, counted);
    let messages: u64 = (0..).map_while(|row| store.dataset().records.get(row)).map(|(_, count, _)| count).sum();
    assert!(counted.passed + counted.failed + counted.unknown <= messages);
    // A record with several signatures, checks or reasons is in several groups.
    let has_several = |by: &Dimension| SEVERAL.contains(by);
    for (place, answer) in answers.iter().enumerate().skip(1) {
        match answer {
            Answer::Totals(_) => panic!("asked once"),
            Answer::Causes(causes) => {
                let mut explained = Figures::default();
                causes.rows.iter().for_each(|likely| explained.merge(&likely.figures));
                assert_eq!(explained, counted, "the sources are everything");
                assert_eq!(causes.total as usize, causes.rows.len());
            }
            Answer::Findings(findings) => {
                let explained: u64 = findings.rows.iter().map(|finding| finding.messages).sum();
                assert!((counted.failed..=counted.messages()).contains(&explained), "what fails is explained");
            }
            Answer::Series(series) => {
                let days = series.days.iter().flat_map(|day| day.messages).chain(series.dateless);
                assert_eq!(days.sum::<u64>(), counted.messages(), "days and the dateless are everything");
            }
            Answer::Compared(compared) => {
                let mut sum = Figures::default();
                compared.rows.iter().for_each(|row| sum.merge(&row.own));
                assert_eq!(sum, counted, "groups are everything");
                assert!(compared.rows.iter().all(|row| row.own == row.other), "both sides are the same");
            }
            Answer::Turns(turns) => {
                let is_within = |turn: &Turn| turn.before[0].saturating_add(turn.since[1]) <= counted.messages();
                assert!(turns.iter().all(is_within), "what turned is a part");
            }
            Answer::Policies(policies) => assert_eq!(policies.total as usize, policies.rows.len()),
            Answer::Rows(chosen) => assert_eq!(chosen.rows.len() as u64, counted.records, "every row leaves once"),
            Answer::Groups(groups) => {
                let mut sum = Figures::default();
                groups.rows.iter().for_each(|group| sum.merge(&group.figures));
                assert_eq!(groups.total as usize, groups.rows.len());
                if Dimension::ALL.get(place - 2).is_none_or(has_several) {
                    assert!(sum.records >= counted.records, "groups are at least everything");
                } else {
                    assert_eq!(sum, counted, "groups are everything");
                }
            }
        }
    }
    totals
}
