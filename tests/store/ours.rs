//! Our own verdicts, whenever the suffix list arrives.

use dmarcscope::analysis::{Column, Dimension, Key};
use dmarcscope::domains::{ListError, ListErrorKind};
use dmarcscope::protocol::{FromStore, Question, Reply, ToStore};
use dmarcscope::report::ours::{Difference, Ours};
use dmarcscope::senders::{CatalogueError, CatalogueErrorKind};
use proptest::prelude::*;

use crate::support::{Made, Page, Reader, Row, cases, row};

/// Signed by `domain` with this result, from `a.example.org`; the reporter says so of DKIM.
fn signed(domain: &str, result: &str, dkim: &'static str) -> Row {
    Row {
        dkim: vec![[Some(domain.into()), None, Some(result.into())]],
        spf: vec![[Some("v.example".into()), Some("mfrom".into()), Some("fail".into())]],
        ..row("192.0.2.1", 1)
    }
    .judged("none", dkim, "fail")
    .from("a.example.org")
}

/// How many records are told to be each.
fn told(page: &mut Page, by: Dimension) -> Vec<(String, u64)> {
    let groups = page.groups(by, Column::Key, true).into_iter().map(|group| match group.key {
        Key::Text(text) => (text, group.figures.records),
        other => panic!("{other:?}"),
    });
    groups.collect()
}

fn reports() -> Vec<Made> {
    let rows = [
        signed("a.example.org", "pass", "pass"),
        signed("a.example.org", "pass", "fail"),
        signed("a.example.org", "fail", "pass"),
        // Another organization by the private section.
        signed("b.example.org", "pass", "pass"),
        signed("other.example", "fail", "fail"),
        Row { dkim: Vec::new(), spf: Vec::new(), ..signed("", "", "fail") },
    ];
    vec![Made::new("1", rows.clone()), Made { is_late: true, ..Made::new("2", rows) }]
}

const VERDICTS: [(&str, u64); 3] = [("fail", 6), ("pass", 4), ("unknown", 2)];
const DIFFERENCES: [(&str, u64); 4] = [("agrees", 4), ("cannot_tell", 2), ("list", 2), ("reporter", 4)];

#[test]
fn verdicts_are_told_whenever_the_list_arrives() {
    let mut page = Page::new();
    page.drop(reports().iter().map(Made::xml));
    assert_eq!(told(&mut page, Dimension::OurVerdict), [("unknown".to_owned(), 12)]);
    assert_eq!(told(&mut page, Dimension::Difference), [("unjudged".to_owned(), 12)]);
    for mut page in [page.with_suffixes(), Page::of(reports().iter().map(Made::xml))] {
        assert_eq!(told(&mut page, Dimension::OurVerdict), VERDICTS.map(|(word, n)| (word.to_owned(), n)));
        assert_eq!(told(&mut page, Dimension::Difference), DIFFERENCES.map(|(word, n)| (word.to_owned(), n)));
        for (filter, records) in [("ours:pass", 4), ("differs:reporter,list", 6), ("-differs:agrees verdict:pass", 4)] {
            assert_eq!(page.totals(filter).figures.records, records, "{filter}");
        }
        let records = page.report(0, 0, 10).unwrap().records;
        let differences = records.iter().map(|row| row.ours.difference()).collect::<Vec<_>>();
        use Difference::{Agrees, CannotTell, List, Reporter};
        assert_eq!(differences, [Agrees, Reporter, Reporter, List, Agrees, CannotTell]);
        assert!(records[3].ours.depends_on_list() && !records[0].ours.depends_on_list());
    }
}

#[test]
fn what_is_no_list_changes_nothing() {
    let mut page = Page::of(reports().iter().map(Made::xml));
    let before = told(&mut page, Dimension::OurVerdict);
    let told_of = page.send(&ToStore::Suffixes { id: 3, bytes: b"<html>".to_vec() });
    let Some(FromStore::Suffixes { id: 3, version: Err(error) }) = told_of else { panic!("{told_of:?}") };
    assert_eq!(error, ListError { line: 1, kind: ListErrorKind::OutsideSections });
    assert!(!page.store.is_busy());
    assert_eq!(told(&mut page, Dimension::OurVerdict), before);
    let mut bare = Page::new();
    bare.send(&ToStore::Suffixes { id: 3, bytes: Vec::new() });
    bare.drop(reports().iter().map(Made::xml));
    assert!(bare.report(0, 0, 10).unwrap().records.iter().all(|row| row.ours == Ours::UNJUDGED));
}

#[test]
fn a_list_that_comes_among_the_pieces_of_a_report_judges_all_of_it() {
    let mut page = Page::new();
    let rows: Vec<Row> =
        (0..2_000).map(|n| signed("a.example.org", if n % 3 == 0 { "pass" } else { "fail" }, "pass")).collect();
    for is_late in [false, true] {
        let mut reader = Reader::slow(u32::from(is_late));
        reader.read(
            u32::from(is_late),
            "a.xml",
            &Made { is_late, ..Made::new(&is_late.to_string(), rows.clone()) }.xml(),
        );
        assert!(reader.waiting() > 4);
        page.take_one(&mut reader);
        page.take_one(&mut reader);
        page = page.with_suffixes();
        page.take_all(&mut reader);
    }
    assert_eq!(page.totals("ours:pass differs:agrees").figures.records, 2 * 667);
    assert_eq!(page.totals("ours:fail differs:reporter").figures.records, 2 * 1_333);
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn early_and_late_lists_give_the_same(
        picks in prop::collection::vec((0..6_usize, any::<bool>()), 1..5), before in 0..5_usize,
    ) {
        let made: Vec<Made> = (0..).zip(picks).map(|(id, (place, is_late)): (u32, _)| {
            let rows = reports()[0].rows[..=place].to_vec();
            Made { is_late, ..Made::new(&id.to_string(), rows) }
        }).collect();
        let (first, rest) = made.split_at(before.min(made.len()));
        let mut late = Page::new();
        late.drop(first.iter().map(Made::xml));
        let mut late = late.with_suffixes();
        late.drop(rest.iter().map(Made::xml));
        let mut early = Page::of(made.iter().map(Made::xml));
        for by in [Dimension::OurVerdict, Dimension::Difference] {
            prop_assert_eq!(told(&mut early, by), told(&mut late, by));
        }
    }
}

#[test]
fn a_catalogue_is_taken_in_or_says_what_is_wrong() {
    let mut page = Page::of(reports().iter().map(Made::xml));
    let line = b"Mailer\tnewsletter\tother.example\t-\t-\t-\tOwn signature\t-\thttps://mailer.example/help";
    let told = page.question(&Question::Senders { id: 5, bytes: line.to_vec() });
    assert!(matches!(told, Some(Reply::Senders { id: 5, known: Ok(1) })), "{told:?}");
    let told = page.question(&Question::Senders { id: 6, bytes: b"# remark\nnonsense".to_vec() });
    let Some(Reply::Senders { id: 6, known: Err(error) }) = told else { panic!("{told:?}") };
    assert_eq!(error, CatalogueError { line: 2, kind: CatalogueErrorKind::Columns });
    // The first one is still there.
    assert_eq!(page.dataset().catalogue().unwrap().find("x.other.example").unwrap().name, "Mailer");
}
