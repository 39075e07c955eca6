//! One test for each way in which a report comes again.

use dmarcscope::ledger::Note;
use dmarcscope::report::Figures;

use crate::support::files::{gzip, zip};
use crate::support::xml::{DAY, DAY_0};
use crate::support::{Made, Page, Reader, Row, row};

/// Three different records: 1, 2 and 4 messages.
fn made() -> Made {
    Made::new("1", [row("192.0.2.1", 1), row("192.0.2.2", 2).failing(), row("192.0.2.3", 4)])
}

/// The same key, other records: 100 messages.
fn other() -> Made {
    Made { rows: vec![row("192.0.2.9", 100)], ..made() }
}

fn states(page: &mut Page) -> Vec<&'static str> {
    page.rows().iter().map(|row| row.status.word()).collect()
}

/// The place that each file's only note of this code names.
fn places(page: &mut Page, code: &str) -> Vec<Option<String>> {
    let place = |note: &Note| match note {
        Note::TwinOf(place) | Note::PartOf(place) | Note::SameKeyOtherContent(place) => place.to_string(),
        note => panic!("{note:?}"),
    };
    let found = |row: &dmarcscope::protocol::FileRow| {
        row.notes.iter().find(|(note, _)| note.code() == code).map(|(note, _)| place(note))
    };
    page.rows().iter().map(found).collect()
}

fn names(names: &[Option<&str>]) -> Vec<Option<String>> {
    names.iter().map(|name| name.map(Into::into)).collect()
}

#[test]
fn a_resend_counts_once_and_shows_its_own_figures() {
    let mut page = Page::of([made().xml(), gzip(&made().xml()), Made::new("2", [row("192.0.2.1", 10)]).xml()]);
    assert_eq!(page.figures(), Figures { records: 4, passed: 15, failed: 2, unknown: 0 });
    assert_eq!(page.totals("").reports, 2);
    assert_eq!(states(&mut page), ["read", "duplicate", "read"]);
    assert_eq!(places(&mut page, "twin-of"), names(&[None, Some("0"), None]));
    let twin = &page.rows()[1];
    assert_eq!((twin.figures, twin.reports), (Figures { records: 3, passed: 5, failed: 2, unknown: 0 }, 1));
    assert!(twin.item.is_some(), "its source can be read again");
    assert_eq!(page.dataset().records.len(), 4, "a twin's rows are not kept");
    let owner = |row| page.dataset().records.get(row).map(|(report, ..)| report);
    assert_eq!([0, 1, 2, 3].map(owner), [0, 0, 0, 2].map(Some));
}

#[test]
fn twins_are_found_within_a_zip_and_across_files_and_readers() {
    let xml = made().xml();
    let mut page = Page::of([zip(&[xml.clone(), other().xml(), xml.clone()]), xml.clone()]);
    page.drop([zip(&[Made::new("2", [row("192.0.2.7", 1_000)]).xml(), xml])]);
    assert_eq!(page.figures().messages(), 7 + 100 + 1_000);
    assert_eq!(states(&mut page), ["duplicate"; 3]);
    assert_eq!(places(&mut page, "twin-of"), names(&[Some("0 › a.xml"); 3]));
    let tallies: Vec<[u32; 6]> = page.rows().iter().map(|row| row.tally).collect();
    assert_eq!(tallies, [[2, 0, 0, 1, 0, 0], [0, 0, 0, 1, 0, 0], [1, 0, 0, 1, 0, 0]]);
}

#[test]
fn records_in_another_order_are_the_same_report() {
    let rows = [row("192.0.2.1", 1), row("192.0.2.1", 1), row("192.0.2.2", 2)];
    let report = |order: [usize; 3]| Made::new("1", order.map(|place| rows[place].clone())).xml();
    let mut page = Page::of([report([0, 1, 2]), report([2, 0, 1])]);
    assert_eq!((page.figures().messages(), states(&mut page)), (4, vec!["read", "duplicate"]));
    // The same records, but another one of them twice.
    let mut page = Page::of([report([0, 1, 2]), report([0, 2, 2])]);
    assert_eq!((page.figures().messages(), states(&mut page)), (4 + 5, vec!["read", "read"]));
}

#[test]
fn every_value_of_a_record_makes_a_difference() {
    let differing = |change: fn(&mut Row)| {
        let mut changed = made();
        change(&mut changed.rows[0]);
        changed.xml()
    };
    for (name, changed) in [
        ("source", differing(|row| row.source = "192.0.2.99".into())),
        ("count", differing(|row| row.count += 1)),
        ("disposition", differing(|row| row.evaluated = Some([Some("pass"), Some("pass"), Some("fail")]))),
        ("reason", differing(|row| row.reason = Some("other"))),
        ("from", differing(|row| row.from = None)),
    ] {
        let mut page = Page::of([made().xml(), changed]);
        assert_eq!((page.totals("").reports, page.figures().records), (2, 6), "{name}");
        assert_eq!(places(&mut page, "same-key-other-content"), names(&[Some("1"), Some("0")]), "{name}");
        assert_eq!(states(&mut page), ["read", "read"], "{name}");
    }
}

#[test]
fn another_key_is_another_report() {
    let day = |from: i64, upto: i64| made().period(Some(DAY_0 + from), Some(DAY_0 + upto));
    let mut page = Page::of([
        made().xml(),
        Made { id: Some("2".into()), ..made() }.xml(),
        made().org(Some("other.example")).xml(),
        made().domain(Some("example.net")).xml(),
        day(1, DAY - 1).xml(),
        day(0, DAY).xml(),
        made().period(None, None).xml(),
    ]);
    assert_eq!((page.totals("").reports, page.figures().messages()), (7, 49));
    assert_eq!(states(&mut page), ["read"; 7]);
    assert!(page.rows().iter().all(|row| row.notes.iter().all(|(note, _)| note.code() != "same-key-other-content")));
}

#[test]
fn a_cut_off_copy_never_counts_beside_the_whole_one() {
    for cut in 0..=3 {
        let mut page = Page::of([made().xml(), made().cut(cut)]);
        assert_eq!((page.figures().messages(), states(&mut page)), (7, vec!["read", "duplicate"]), "{cut}");
        let code = if cut == 3 { "twin-of" } else { "part-of" };
        assert_eq!(places(&mut page, code), names(&[None, Some("0")]), "{cut}");

        let mut page = Page::of([made().cut(cut), made().xml()]);
        assert_eq!((page.figures().messages(), states(&mut page)), (7, vec!["duplicate", "read"]), "{cut}");
        assert_eq!(places(&mut page, "part-of"), names(&[Some("1"), None]), "{cut}");
        assert_eq!(page.rows()[0].figures.records, cut as u64, "its own figures stay");
        let reports = page.dataset().counts.clone();
        assert_eq!(reports, [false, true]);
    }
}

#[test]
fn of_two_cut_off_copies_the_longer_counts() {
    for order in [[1, 2], [2, 1]] {
        let mut page = Page::of(order.map(|rows| made().cut(rows)));
        assert_eq!((page.figures().messages(), page.totals("").reports), (3, 1));
        page.drop([made().xml(), made().cut(1)]);
        assert_eq!((page.figures().messages(), page.totals("").reports), (7, 1));
        assert_eq!(states(&mut page), ["duplicate", "duplicate", "read", "duplicate"]);
    }
}

#[test]
fn a_cut_off_report_of_other_content_counts() {
    let mut page = Page::of([other().xml(), made().cut(2)]);
    assert_eq!((page.figures().messages(), states(&mut page)), (103, vec!["read", "partial"]));
    assert_eq!(places(&mut page, "same-key-other-content"), names(&[Some("1"), Some("0")]));
    // A whole report that holds less than a cut-off one is no copy of it.
    let short = Made { rows: made().rows[..1].to_vec(), ..made() };
    for files in [[short.xml(), made().cut(2)], [made().cut(2), short.xml()]] {
        let mut page = Page::of(files);
        assert_eq!((page.figures().messages(), page.totals("").reports), (4, 2));
    }
}

#[test]
fn of_three_copies_the_one_that_differs_counts_too() {
    let (same, differs) = (made().xml(), other().xml());
    for (files, expected) in [
        ([&same, &same, &differs], ["read", "duplicate", "read"]),
        ([&same, &differs, &same], ["read", "read", "duplicate"]),
        ([&differs, &same, &same], ["read", "read", "duplicate"]),
    ] {
        let mut page = Page::of(files.map(Clone::clone));
        assert_eq!((page.figures().messages(), states(&mut page)), (107, expected.into()));
        let counted: Vec<u32> =
            (0..).zip(expected).filter(|(_, state)| *state == "read").map(|(file, _)| file).collect();
        let twin = (0..3).find(|file| !counted.contains(file)).unwrap();
        // Told once of each pair that counts; a twin is no other content.
        for file in &counted {
            assert_eq!(page.state(*file).1, [("same-key-other-content", 1)], "{files:?}", files = expected);
        }
        assert_eq!(page.state(twin).1, [("twin-of", 1)]);
    }
}

#[test]
fn a_chain_of_twins_leads_to_the_one_that_counts() {
    let mut page = Page::of([made().cut(2), made().cut(2), made().xml(), made().xml(), made().cut(2)]);
    assert_eq!(page.figures().messages(), 7);
    assert_eq!(states(&mut page), ["duplicate", "duplicate", "read", "duplicate", "duplicate"]);
    assert_eq!(places(&mut page, "part-of"), names(&[Some("2"), None, None, None, Some("2")]));
    assert_eq!(places(&mut page, "twin-of"), names(&[None, Some("0"), None, Some("2"), None]));
}

#[test]
fn reports_without_reporter_and_id_are_never_twins() {
    for nothing in [None, Some("")] {
        let nameless = Made { id: nothing.map(Into::into), ..made() }.org(nothing).xml();
        let mut page = Page::of([nameless.clone(), nameless]);
        assert_eq!((page.totals("").reports, page.figures().messages()), (2, 14), "{nothing:?}");
        assert!(states(&mut page).iter().all(|state| *state == "read"));
    }
    // One of the two is enough to tell by.
    for named in [Made { id: None, ..made() }, made().org(None)] {
        let mut page = Page::of([named.xml(), named.xml()]);
        assert_eq!((page.totals("").reports, page.figures().messages()), (1, 7));
    }
}

#[test]
fn reports_without_records_have_twins() {
    let empty = Made { rows: Vec::new(), ..made() };
    let mut page = Page::of([empty.xml(), empty.xml()]);
    assert_eq!((page.totals("").reports, states(&mut page)), (1, vec!["read", "duplicate"]));
    page.drop([made().xml()]);
    assert_eq!((page.totals("").reports, page.figures().messages()), (2, 7), "nothing is other content than something");
    assert_eq!(page.state(2).1, [("same-key-other-content", 1)]);
}

#[test]
fn twins_that_come_in_pieces_at_the_same_time_count_once() {
    let rows: Vec<Row> = (0..1_500).map(|n| row(&format!("10.0.{}.{}", n / 200, n % 200), 1)).collect();
    let twin = Made { rows: rows.iter().rev().cloned().collect(), ..Made::new("1", []) };
    let whole = Made::new("1", rows);
    let mut readers = [Reader::slow(0), Reader::slow(1), Reader::slow(2)];
    readers[0].read(0, "a.xml", &whole.xml());
    readers[1].read(1, "b.xml", &twin.xml());
    readers[2].read(2, "c.xml", &whole.cut(700));
    let mut page = Page::new();
    while readers.iter().any(|reader| reader.waiting() > 0) {
        for reader in &mut readers {
            page.take_one(reader);
        }
    }
    assert_eq!((page.figures().messages(), page.totals("").reports), (1_500, 1));
    let mut found = states(&mut page);
    found.sort_unstable();
    assert_eq!(found, ["duplicate", "duplicate", "read"]);
}
