//! A file that a limit stopped is read again with the limit raised: the second reading takes the place of the first.

use dmarcscope::analysis::{Answer, Ask, Query};
use dmarcscope::intake::Limits;
use dmarcscope::ledger::{LimitKind, Note};
use dmarcscope::protocol::{FromStore, ToStore};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::files::zip;
use crate::support::{Made, Page, Reader, Row, cases, row};

/// So many rows, each with a source of its own.
fn rows(count: u64) -> Vec<Row> {
    (0..count).map(|n| row(&format!("10.0.{}.{}", n / 200, n % 200), n % 7 + 1)).collect()
}

fn made(id: &str, records: u64) -> Made {
    Made::new(id, rows(records))
}

/// Tells the store that a file is to be read again.
fn again(page: &mut Page, file: u32) {
    let told = page.send(&ToStore::Again(file));
    assert!(matches!(told, Some(FromStore::Grown { closed }) if closed.is_empty()));
    assert!(page.rows()[file as usize].is_open);
}

/// A page on which one file was read within limits.
fn stopped(limits: &Limits, bytes: &[u8]) -> Page {
    let mut page = Page::new().with_suffixes();
    let mut reader = Reader::slow(0);
    reader.read_within(limits, 0, "a.zip", bytes);
    reader.flush();
    page.take_all(&mut reader);
    page.files.push(bytes.to_vec());
    page
}

/// What became of every item, as the list that is saved has it: path, status, report id and messages.
fn saved(page: &mut Page) -> Vec<(String, &'static str, Option<String>, u64)> {
    let mut all = Vec::new();
    loop {
        let rows = page.items_by("", None, u32::try_from(all.len()).unwrap(), 2);
        if rows.is_empty() {
            return all;
        }
        all.extend(
            rows.into_iter().map(|row| (row.path, row.status.word(), row.names[2].clone(), row.figures.messages())),
        );
    }
}

fn answers(page: &mut Page) -> Vec<Answer> {
    page.ask(Query { asks: vec![Ask::Totals, Ask::Series], ..Query::default() })
}

#[test]
fn what_a_limit_stopped_is_read_whole_in_place_of_the_part() {
    let entries: Vec<Vec<u8>> = (0..6_u8).map(|n| made(&n.to_string(), 3 + u64::from(n)).xml()).collect();
    let bytes = zip(&entries);
    let limits = Limits { entries: 2, ..Limits::DEFAULT };
    let mut page = stopped(&limits, &bytes);
    let (status, notes) = page.state(0);
    assert_eq!((status, notes), ("partial", vec![("limit", 1)]));
    let first = page.figures();
    assert_eq!(first.records, 3 + 4);
    // Two reports of it come from elsewhere too: one is a twin, the other was not there yet.
    page.drop([entries[0].clone(), entries[5].clone()]);
    assert_eq!(page.figures().records, 3 + 4 + 8);

    again(&mut page, 0);
    assert_eq!(page.figures().records, 3 + 4 + 8, "all stands until it is read again");
    let raised = Limits::raised(&[(LimitKind::Entries, Limits::next(LimitKind::Entries, 2).unwrap())]);
    let mut reader = Reader::slow(7);
    reader.read_within(&raised, 0, "a.zip", &bytes);
    assert_eq!(page.take_all(&mut reader), [0]);

    let row = page.rows().remove(0);
    assert_eq!((row.status.word(), row.is_open, row.reports, row.tally), ("duplicate", false, 6, [5, 0, 0, 1, 0, 0]));
    assert_eq!(page.state(0).1, [("twin-of", 1)]);
    assert_eq!(page.figures().records, 3 + 4 + 5 + 6 + 7 + 8);
    assert_eq!(page.state(1).0, "duplicate", "its original is the one that was read again");
    let whole = Page::of([bytes, entries[0].clone(), entries[5].clone()]).figures();
    assert_eq!(page.figures(), whole);
    let mut names: Vec<String> = saved(&mut page).into_iter().map(|(path, ..)| path).collect();
    names.sort();
    assert_eq!(names, ["", "", "a.xml", "b.xml", "c.xml", "d.xml", "e.xml", "f.xml"], "each is told of once");
    // Every report that is told of can be found again.
    for item in page.items(0, 0, u32::MAX) {
        assert_eq!(page.locate(item.item).unwrap().0, 0);
        assert_eq!(page.report(item.report.unwrap(), 0, 1).unwrap().place, format!("a.zip › {}", item.path));
    }
}

#[test]
fn a_report_without_a_name_counts_once_however_often_it_is_read() {
    let made = Made { id: None, ..made("", 900) }.org(None);
    let limits = Limits { unpacked_size: 200_000, ..Limits::DEFAULT };
    let bytes = zip(&[made.xml()]);
    let mut page = stopped(&limits, &bytes);
    assert_eq!(page.state(0).0, "partial");
    let part = page.figures();
    assert!((1..900).contains(&part.records), "{part:?}");
    for (time, raised) in [(1, Limits { unpacked_size: 250_000, ..limits }), (2, Limits::DEFAULT), (3, Limits::DEFAULT)]
    {
        again(&mut page, 0);
        let mut reader = Reader::slow(time);
        reader.read_within(&raised, 0, "a.zip", &bytes);
        let before = page.figures();
        while reader.waiting() > 1 {
            page.take_one(&mut reader);
            assert_eq!(page.figures(), before, "half a report takes no other's place");
        }
        assert_eq!(page.take_all(&mut reader), [0]);
        assert_eq!(saved(&mut page).len(), 1);
    }
    assert_eq!((page.figures().records, page.figures().messages()), (900, made.messages()));
    assert_eq!((page.state(0).0, page.rows()[0].reports), ("read", 1));
}

#[test]
fn a_second_reading_that_is_ended_half_way_loses_nothing() {
    let entries: Vec<Vec<u8>> = (0..5_u8).map(|n| made(&n.to_string(), 600).xml()).collect();
    let bytes = zip(&entries);
    let limits = Limits { entries: 4, ..Limits::DEFAULT };
    for deliveries in 0..9 {
        let mut page = stopped(&limits, &bytes);
        let first = page.figures();
        let list = saved(&mut page);
        assert_eq!((first.records, list.len()), (2_400, 5));
        again(&mut page, 0);
        let mut reader = Reader::slow(1);
        reader.read(0, "a.zip", &bytes);
        assert!(reader.waiting() > 9, "{}", reader.waiting());
        for _ in 0..deliveries {
            assert_eq!(page.take_one(&mut reader), Some(vec![]));
            assert_eq!(page.figures(), first);
        }
        assert_eq!(page.lose(&reader, Note::Cancelled, Some((0, "a.zip"))), [0]);
        let row = page.rows().remove(0);
        assert_eq!((row.status.word(), row.is_open, row.reports), ("partial", false, 4));
        assert_eq!((row.figures, page.figures()), (first, first));
        let mut after = saved(&mut page);
        after.sort();
        let mut list = list;
        list.sort();
        assert_eq!(after, list, "after {deliveries} deliveries");
        let codes: Vec<&str> = row.notes.iter().map(|(note, _)| note.code()).collect();
        assert!(codes.contains(&"cancelled") && codes.contains(&"limit"), "it can be read once more: {codes:?}");
        // What comes too late is not taken; another reading is.
        let late = reader.next().unwrap();
        assert!(page.deliver(reader.id, &late).is_none());
        again(&mut page, 0);
        let mut reader = Reader::new(2);
        reader.read(0, "a.zip", &bytes);
        reader.flush();
        assert_eq!(page.take_all(&mut reader), [0]);
        assert_eq!((page.state(0), page.figures().records), (("read", vec![]), 3_000));
        assert_eq!(saved(&mut page).len(), 5);
    }
}

#[test]
fn a_reader_that_stops_before_it_handed_anything_over_ends_the_file_once() {
    let bytes = zip(&[made("1", 5).xml(), made("2", 5).xml()]);
    let mut page = stopped(&Limits { entries: 1, ..Limits::DEFAULT }, &bytes);
    again(&mut page, 0);
    let mut reader = Reader::new(1);
    reader.read(0, "a.zip", &bytes);
    assert_eq!(page.lose(&reader, Note::ReaderTrapped, Some((0, "a.zip"))), [0]);
    let row = page.rows().remove(0);
    assert_eq!((row.status.word(), row.is_open, row.reports, page.figures().records), ("partial", false, 1, 5));
    assert_eq!(page.state(0).1, [("reader-trapped", 1), ("limit", 1)]);
    // One that nobody came to, as the person wanted no more.
    again(&mut page, 0);
    let told = page.send(&ToStore::Unread { files: vec![(0, "a.zip".into())], note: Note::Cancelled });
    assert!(matches!(told, Some(FromStore::Grown { closed }) if closed == [0]));
    assert_eq!((page.rows()[0].is_open, page.figures().records), (false, 5));
    // None that was never there is made up.
    assert!(page.send(&ToStore::Again(9)).is_some());
    assert_eq!(page.rows().len(), 1);
}

#[test]
fn a_file_that_is_gone_by_then_takes_nothing_away() {
    let bytes = zip(&[made("1", 5).xml(), made("2", 5).xml()]);
    let mut page = stopped(&Limits { entries: 1, ..Limits::DEFAULT }, &bytes);
    again(&mut page, 0);
    let mut reader = Reader::new(1);
    reader.refuse(0, "a.zip", Note::Unreadable("gone".into()));
    reader.flush();
    assert_eq!(page.take_all(&mut reader), [0]);
    assert_eq!((page.rows()[0].reports, page.figures().records), (1, 5));
    assert!(page.state(0).1.contains(&("unreadable", 1)));
}

proptest! {
    #![proptest_config(cases(12))]

    /// Whatever stopped the first reading, and whatever else was dropped: in the end all is as if it had been read whole at once,
    /// and on the way no figure is less than before or more than in the end.
    #[test]
    fn a_second_reading_comes_to_the_same_as_a_whole_one(
        sizes in vec((0_u8..4, 1_u64..400, any::<bool>(), any::<bool>()), 1..7),
        (entries, unpacked_size, depth) in (0_u64..7, 1_000_u64..200_000, 0_usize..2),
        elsewhere in vec(any::<prop::sample::Index>(), 0..3),
        (after, is_lost) in (0_usize..20, any::<bool>()),
    ) {
        // The same id with other content happens, as do reports without a name.
        let report = |(id, records, is_nameless, is_late): &(u8, u64, bool, bool)| {
            let made = made(&id.to_string(), *records);
            let made = if *is_nameless { Made { id: None, ..made }.org(None) } else { made };
            Made { is_late: *is_late, ..made }.xml()
        };
        let all: Vec<Vec<u8>> = sizes.iter().map(report).collect();
        let others: Vec<Vec<u8>> = elsewhere.iter().map(|index| index.get(&all).clone()).collect();
        let bytes = zip(&all);
        let mut page = stopped(&Limits { entries, unpacked_size, depth, ..Limits::DEFAULT }, &bytes);
        page.drop(others.clone());
        let whole = Page::of([bytes.clone()].into_iter().chain(others)).figures();
        let (mut last, has_late) = (page.figures(), sizes.iter().any(|(_, _, _, is_late)| *is_late));
        for reader in [1, 2] {
            again(&mut page, 0);
            let mut reader = Reader::slow(reader);
            reader.read(0, "a.zip", &bytes);
            let mut taken = 0;
            while reader.waiting() > 0 && !(is_lost && reader.id == 1 && taken == after) {
                page.take_one(&mut reader);
                taken += 1;
                let now = page.figures();
                // A part that cannot tell yet what it is a part of counts beside the whole until it is read again.
                prop_assert!(has_late || last.messages() <= now.messages() && now.messages() <= whole.messages());
                last = now;
            }
            if reader.waiting() > 0 {
                prop_assert_eq!(page.lose(&reader, Note::ReaderTrapped, Some((0, "a.zip"))), [0]);
                prop_assert_eq!(page.figures(), last);
            }
        }
        prop_assert_eq!(page.figures(), whole);
        let row = page.rows().remove(0);
        prop_assert_eq!((row.is_open, row.tally.iter().sum::<u32>(), row.reports), (false, sizes.len() as u32, sizes.len() as u32));
        prop_assert_eq!(page.items(0, 0, u32::MAX).len(), sizes.len());
        prop_assert_eq!(saved(&mut page).len(), sizes.len() + elsewhere.len());
        answers(&mut page);
    }
}
