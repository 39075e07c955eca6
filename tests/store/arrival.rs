//! Batches on their way: reports in pieces, readers side by side, readers that are lost.

use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Order, Query};
use dmarcscope::ledger::Note;
use dmarcscope::protocol::{FromStore, Question, Reply, ToStore, pack};
use dmarcscope::roles::Worked;

use crate::support::files::zip;
use crate::support::xml::{DAY, DAY_0};
use crate::support::{Made, Page, Reader, Row, row};

/// So many rows, alike by threes.
fn rows(count: u64) -> Vec<Row> {
    let kinds = |n: u64| {
        let row = row(&format!("10.0.{}.{}", n / 200 % 40, n % 200), n % 7 + 1);
        match n % 3 {
            0 => row,
            1 => row.failing(),
            _ => row.from("sub.example.org").judged("quarantine", "fail", "fail"),
        }
    };
    (0..count).map(kinds).collect()
}

/// Everything that can be asked.
fn answers(page: &mut Page) -> Vec<Answer> {
    let order = Order { by: Column::Messages, ascending: false };
    let groups = |by| Ask::Groups { by, order, skip: 0, take: u32::MAX, find: String::new(), within: vec![], most: 0 };
    let dimensions = [Dimension::Source, Dimension::HeaderFrom, Dimension::Domain, Dimension::Reporter];
    let asks = [Ask::Totals, Ask::Series].into_iter().chain(dimensions.map(groups)).collect();
    page.ask(Query { asks, ..Query::default() })
}

#[test]
fn a_report_of_many_records_comes_in_pieces() {
    let made = Made::new("big", rows(30_000));
    let mut reader = Reader::new(0);
    reader.read(5, "big.xml", &made.xml());
    assert!(reader.waiting() > 3, "{}", reader.waiting());
    let mut page = Page::new();
    assert_eq!(page.take_one(&mut reader), Some(vec![]));
    let early = page.totals("");
    assert!((1..30_000).contains(&early.figures.records), "figures fill while a file comes in: {early:?}");
    assert_eq!((early.reports, page.rows()[0].is_open, page.rows()[0].reports), (1, true, 0));
    assert_eq!(page.take_all(&mut reader), [5]);
    let totals = page.totals("");
    assert_eq!((totals.figures.records, totals.figures.messages(), totals.reports), (30_000, made.messages(), 1));
    let file = &page.rows()[0];
    assert_eq!((file.is_open, file.reports, file.figures), (false, 1, totals.figures));
}

#[test]
fn metadata_and_policy_may_come_after_records_that_were_handed_over() {
    let early = Made { p: Some("reject"), sp: Some("none"), ..Made::new("late", rows(1_000)) };
    let late = Made { is_late: true, ..early.clone() };
    let mut reader = Reader::slow(0);
    reader.read(0, "late.xml", &late.xml());
    assert!(reader.waiting() > 2);
    let mut page = Page::new();
    page.take_one(&mut reader);
    let before = page.totals("");
    assert_eq!((before.first, before.domains, before.reporters), (None, 1, 1), "nothing is known of it yet");
    assert_eq!(page.totals("outcome:monitoring").figures.failed, page.totals("disposition:none").figures.failed);
    page.take_all(&mut reader);
    assert_eq!(answers(&mut page), answers(&mut Page::of([early.xml()])));
    assert_eq!(page.totals("outcome:monitoring").figures.records, 0, "a policy of reject explains nothing");
    let own = page.dataset().reports.get(0).unwrap().figures;
    assert_eq!((page.rows()[0].figures, page.figures()), (own, own));
}

#[test]
fn a_file_is_handed_over_whole_if_it_can() {
    let mut reader = Reader::new(0);
    for file in 0..3 {
        reader.read(file, "small.xml", &Made::new(&file.to_string(), rows(10)).xml());
    }
    assert_eq!(reader.waiting(), 0, "nothing is due");
    reader.flush();
    assert_eq!(reader.waiting(), 1);
    let mut page = Page::new();
    assert_eq!(page.take_one(&mut reader), Some(vec![0, 1, 2]));
    // A file of which a part went out goes out with its end, so that the next file stands alone.
    reader.read(3, "big.xml", &Made::new("big", rows(9_000)).xml());
    reader.read(4, "small.xml", &Made::new("next", rows(1)).xml());
    assert_eq!((page.take_all(&mut reader), page.rows().len()), (vec![3], 4));
    reader.flush();
    assert_eq!(page.take_all(&mut reader), [4]);
}

#[test]
fn readers_side_by_side_do_not_mix_what_they_read() {
    let files: Vec<Made> = (0..6_i64)
        .map(|n| {
            let day = DAY_0 + n * DAY;
            let made = Made::new(&n.to_string(), rows(700 + n.unsigned_abs()));
            let made = made.org(Some(&format!("reporter {n}"))).period(Some(day), Some(day + DAY - 1));
            Made { is_late: n % 2 == 0, p: Some(if n < 3 { "none" } else { "reject" }), ..made }
        })
        .collect();
    let mut readers: Vec<Reader> = (0..3).map(Reader::slow).collect();
    for (file, made) in (0..).zip(&files) {
        readers[file as usize % 3].read(file, &file.to_string(), &made.xml());
    }
    let mut page = Page::new();
    let mut closed = Vec::new();
    while readers.iter().any(|reader| reader.waiting() > 0) {
        for reader in &mut readers {
            closed.extend(page.take_one(reader).unwrap_or_default());
        }
    }
    closed.sort_unstable();
    assert_eq!(closed, [0, 1, 2, 3, 4, 5]);
    assert_eq!(answers(&mut page), answers(&mut Page::of(files.iter().map(Made::xml))));
    for (row, made) in page.rows().iter().zip(&files) {
        assert_eq!((row.figures.records, row.figures.messages()), (made.rows.len() as u64, made.messages()));
        assert_eq!((row.status.word(), row.is_open, row.tally), ("read", false, [1, 0, 0, 0, 0, 0]));
    }
}

#[test]
fn a_reader_lost_within_a_report_leaves_what_it_had_handed_over() {
    let made = Made::new("1", rows(2_000));
    let mut reader = Reader::slow(0);
    reader.read(0, "a.xml", &made.xml());
    let mut page = Page::new();
    page.take_one(&mut reader);
    page.take_one(&mut reader);
    let kept = page.figures();
    assert!((1..2_000).contains(&kept.records));
    assert_eq!(page.lose(&reader, Note::ReaderTrapped, Some((0, "a.xml"))), [0]);
    let file = page.rows().remove(0);
    assert_eq!((file.status.word(), file.is_open, file.reports, file.figures), ("partial", false, 1, kept));
    assert!(file.notes.iter().any(|(note, _)| *note == Note::ReaderTrapped));
    assert_eq!(page.figures(), kept);
    // What was on its way comes too late.
    let late = reader.next().unwrap();
    assert!(page.deliver(reader.id, &late).is_none());
    assert_eq!((page.figures(), page.rows().len()), (kept, 1));
    // The same file from elsewhere: the whole of it counts, the piece no more.
    page.files.push(Vec::new());
    page.drop([made.xml()]);
    assert_eq!(page.figures().messages(), made.messages());
    assert_eq!(page.dataset().counts, [false, true]);
}

#[test]
fn a_reader_lost_between_reports_marks_the_file() {
    let entries = [Made::new("1", rows(600)).xml(), Made::new("2", rows(900)).xml()];
    let mut reader = Reader::slow(0);
    reader.read(0, "a.zip", &zip(&entries));
    let mut page = Page::new();
    while page.dataset().reports.iter().all(|report| report.item.is_none()) {
        page.take_one(&mut reader).expect("more is to come");
    }
    // With the end of the first report came the beginning of the second.
    assert_eq!(page.lose(&reader, Note::ReaderHung { seconds: 10 }, None), [0]);
    let file = page.rows().remove(0);
    assert_eq!((file.status.word(), file.tally, file.reports), ("partial", [1, 0, 0, 0, 1, 0], 2));
    assert_eq!(file.figures, page.figures());
    assert!(file.figures.records > 600);
}

#[test]
fn a_reader_lost_before_it_handed_anything_over_refuses_the_file_it_was_at() {
    let mut page = Page::of([Made::new("1", rows(1)).xml()]);
    let mut reader = Reader::new(0);
    reader.read(1, "b.xml", &Made::new("2", rows(5)).xml());
    assert_eq!(page.lose(&reader, Note::ReaderTrapped, Some((1, "b.xml"))), [1]);
    assert_eq!(page.state(1), ("refused", vec![("reader-trapped", 1)]));
    assert_eq!((page.rows()[1].name.as_str(), page.figures().records), ("b.xml", 1));
    assert_eq!(page.lose(&Reader::new(9), Note::Cancelled, None), Vec::<u32>::new());
    // A file that was read before the loss is left alone.
    assert_eq!(page.lose(&Reader::new(10), Note::ReaderTrapped, Some((0, "0"))), Vec::<u32>::new());
    assert_eq!(page.state(0), ("read", vec![]));
}

#[test]
fn files_given_up_are_told_of() {
    let mut page = Page::of([Made::new("1", rows(2)).xml()]);
    let files = vec![(7, "folder/x.xml".to_owned()), (8, "y.xml".to_owned())];
    let told = page.send(&ToStore::Unread { files, note: Note::Cancelled });
    assert!(matches!(told, Some(FromStore::Grown { closed }) if closed == [7, 8]));
    assert_eq!(page.state(7), ("refused", vec![("cancelled", 1)]));
    assert_eq!(page.state(0), ("read", vec![]));
    let names: Vec<String> = page.rows().into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["0", "folder/x.xml", "y.xml"]);
    assert!(page.rows().iter().all(|row| !row.is_open));
}

#[test]
fn queries_wait_for_each_other_and_each_answer_names_its_question() {
    let mut page = Page::of([Made::new("1", rows(3)).xml()]);
    for (id, filter) in [(4, ""), (9, "verdict:pass")] {
        let query = Query { filter: filter.parse().unwrap(), asks: vec![Ask::Totals], ..Query::default() };
        assert!(page.question(&Question::Query { id, query }).is_none());
    }
    let mut answered = Vec::new();
    while let Some(Worked::Screens(_, Reply::Answers { id, answers })) = page.store.work(|| false) {
        let [Answer::Totals(totals)] = answers[..] else { panic!("{answers:?}") };
        answered.push((id, totals.figures.records));
    }
    assert_eq!(answered, [(4, 3), (9, 1)]);
    assert!(!page.store.is_busy());
}

#[test]
fn what_is_kept_comes_back_until_it_is_removed() {
    let mut page = Page::new();
    let recall = |page: &mut Page, key: &str| match page.question(&Question::Recall { id: 2, key: key.into() }) {
        Some(Reply::Recalled { id: 2, value }) => value,
        other => panic!("{other:?}"),
    };
    let keep = |value: Option<&[u8]>| Question::Keep { key: "theme".into(), value: value.map(Into::into) };
    assert_eq!(recall(&mut page, "theme"), None);
    assert!(page.question(&keep(Some(b"dark"))).is_none());
    page.question(&keep(Some(b"light")));
    assert_eq!((recall(&mut page, "theme"), recall(&mut page, "other")), (Some(b"light".to_vec()), None));
    page.question(&keep(Some(b"")));
    assert_eq!(recall(&mut page, "theme"), Some(Vec::new()), "empty is not absent");
    page.question(&keep(None));
    assert_eq!(recall(&mut page, "theme"), None);
}

#[test]
fn a_message_that_is_cut_off_is_none() {
    let mut reader = Reader::slow(0);
    reader.read(0, "a.xml", &Made::new("1", rows(3)).xml());
    let bytes = reader.next().unwrap();
    type Delivery = dmarcscope::protocol::Delivery;
    assert!(dmarcscope::protocol::unpack::<Delivery>(&bytes).is_ok());
    assert!(dmarcscope::protocol::unpack::<Delivery>(&bytes[..bytes.len() - 1]).is_err());
    assert!(dmarcscope::protocol::unpack::<Delivery>(&pack(&u32::MAX)).is_err());
}
