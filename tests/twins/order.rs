//! Whatever comes first, the same counts.

use std::collections::BTreeSet;

use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Order, Query};
use dmarcscope::report::Figures;
use proptest::prelude::*;

use crate::support::files::zip;
use crate::support::{Made, Page, Reader, cases, row};

/// Reports of few keys and few records, whole or cut off after so many records.
fn pool() -> impl Strategy<Value = Vec<(Made, Option<usize>)>> {
    let rows = prop::collection::vec(prop::sample::select(vec![1, 10, 100]), 0..4);
    let report = (0..2_u8, rows, prop::option::of(0..4_usize)).prop_map(|(id, counts, cut)| {
        // The number of messages tells which record it is.
        let made = Made::new(&id.to_string(), counts.iter().map(|count| row("192.0.2.1", *count)).collect::<Vec<_>>());
        let cut = cut.map(|cut| cut.min(made.rows.len()));
        (made, cut)
    });
    prop::collection::vec(report, 1..7)
}

fn bytes((made, cut): &(Made, Option<usize>)) -> Vec<u8> {
    cut.map_or_else(|| made.xml(), |cut| made.cut(cut))
}

/// A report as id, sorted records, and whether it is cut off.
type Content = (String, Vec<u64>, bool);

fn contents(pool: &[(Made, Option<usize>)]) -> BTreeSet<Content> {
    let content = |(made, cut): &(Made, Option<usize>)| {
        let mut counts: Vec<u64> = made.rows.iter().take(cut.unwrap_or(usize::MAX)).map(|row| row.count).collect();
        counts.sort_unstable();
        (made.id.clone().unwrap(), counts, cut.is_some())
    };
    pool.iter().map(content).collect()
}

/// What must count, told without looking at any order: whole reports once each, and those cut off that no other holds.
fn expected(pool: &[(Made, Option<usize>)]) -> Vec<Content> {
    let contents = contents(pool);
    let holds = |whole: &[u64], part: &[u64]| {
        let times = |list: &[u64], value| list.iter().filter(|found| **found == value).count();
        part.iter().all(|value| times(whole, *value) >= times(part, *value))
    };
    let counts = |content: &&Content| {
        let (id, rows, is_cut) = *content;
        let held = contents.iter().any(|other| *other != **content && other.0 == *id && holds(&other.1, rows));
        !is_cut || !held
    };
    contents.iter().filter(counts).cloned().collect()
}

fn answers(page: &mut Page) -> Vec<Answer> {
    let order = Order { by: Column::Key, ascending: true };
    let asks = vec![
        Ask::Totals,
        Ask::Series,
        Ask::Groups { by: Dimension::Source, order, skip: 0, take: 9, find: String::new(), within: vec![], most: 0 },
    ];
    page.ask(Query { asks, ..Query::default() })
}

/// The contents that count, from the dataset.
fn counted(page: &Page) -> Vec<Content> {
    let dataset = page.dataset();
    let content = |report: &dmarcscope::dataset::ReportRow| {
        let mut counts: Vec<u64> =
            report.rows.clone().filter_map(|row| dataset.records.get(row)).map(|(_, n, _)| n).collect();
        counts.sort_unstable();
        let id = dataset.tables.strings.get(report.meta.report_id).unwrap().to_owned();
        (id, counts, dataset.ledger.item(report.item.unwrap()).unwrap().notes.status().word() == "partial")
    };
    let counting = dataset.reports.iter().zip(&dataset.counts).filter(|(_, counts)| **counts);
    let mut found: Vec<Content> = counting.map(|(report, _)| content(report)).collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn totals_do_not_hang_on_the_order_of_arrival((pool, order) in pool().prop_flat_map(|pool| {
        let order = Just((0..pool.len()).collect::<Vec<_>>()).prop_shuffle();
        (Just(pool), order)
    })) {
        let expected = expected(&pool);
        let mut straight = Page::of(pool.iter().map(bytes));
        prop_assert_eq!(counted(&straight), expected.clone());
        let mut shuffled = Page::of(order.iter().map(|place| bytes(&pool[*place])));
        prop_assert_eq!(counted(&shuffled), expected.clone());
        let first = answers(&mut straight);
        prop_assert_eq!(&first, &answers(&mut shuffled));
        let mut figures = Figures::default();
        for (_, rows, _) in &expected {
            figures.records += rows.len() as u64;
            figures.passed += rows.iter().sum::<u64>();
        }
        prop_assert_eq!((straight.figures(), straight.totals("").reports), (figures, expected.len() as u64));

        // In one archive, and by two readers in turn.
        let mut packed = Page::of([zip(&order.iter().map(|place| bytes(&pool[*place])).collect::<Vec<_>>())]);
        prop_assert_eq!(&first, &answers(&mut packed));
        let mut apart = Page::new();
        let mut readers = [Reader::slow(0), Reader::slow(1)];
        for (file, place) in (0..).zip(&order) {
            let reader = &mut readers[place % 2];
            reader.read(file, &file.to_string(), &bytes(&pool[*place]));
        }
        while readers.iter().any(|reader| reader.waiting() > 0) {
            readers.iter_mut().for_each(|reader| drop(apart.take_one(reader)));
        }
        prop_assert_eq!(&first, &answers(&mut apart));

        // Every report has its entry with its own figures, and exactly those that do not count are duplicates.
        for (place, row) in order.iter().zip(shuffled.rows()) {
            let (made, cut) = &pool[*place];
            let own: u64 = made.rows.iter().take(cut.unwrap_or(usize::MAX)).map(|row| row.count).sum();
            prop_assert_eq!(row.figures.messages(), own);
        }
        let duplicates = shuffled.rows().iter().filter(|row| row.status.word() == "duplicate").count();
        prop_assert_eq!(duplicates, pool.len() - expected.len());
    }
}
