//! What became of every file, and the way back to a report's source.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use dmarcscope::intake::{SourceError, read_source};
use dmarcscope::ledger::{Kind, Note, Status};

use crate::support::files::{gzip, zip};
use crate::support::page::CONTEXT;
use crate::support::{Made, Page, Reader, row};

fn made(id: &str) -> Made {
    Made::new(id, [row("192.0.2.1", 3), row("192.0.2.2", 4).failing()])
}

#[test]
fn exceptions_come_first_and_every_file_is_counted() {
    let whole = made("1").xml();
    let mut page = Page::of([
        whole.clone(),
        b"Dear postmaster, the report is attached.".to_vec(),
        [b"junk ".as_slice(), &made("2").xml()].concat(),
        made("3").cut(1),
        whole,
        made("4").xml(),
        zip(&[made("5").xml(), b"a text".to_vec(), made("6").xml()]),
        made("7").xml(),
    ]);
    let ledger = page.page(0, u32::MAX);
    let states: Vec<(u32, &str)> = ledger.rows.iter().map(|row| (row.file, row.status.word())).collect();
    let expected = [
        (1, "refused"),
        (3, "partial"),
        (6, "partial"),
        (4, "duplicate"),
        (2, "mended"),
        (0, "read"),
        (5, "read"),
        (7, "read"),
    ];
    assert_eq!(states, expected);
    assert_eq!((ledger.total, ledger.tally), (8, [3, 0, 1, 1, 2, 1]));
    let archive = &ledger.rows[2];
    assert_eq!((archive.tally, archive.reports, archive.kind), ([2, 0, 0, 0, 0, 1], 2, Some(Kind::Aggregate)));
    assert_eq!((archive.figures.records, archive.figures.passed, archive.figures.failed), (4, 6, 8));
    for (skip, take) in [(0, 0), (0, 3), (3, 3), (6, 9), (8, 1), (u32::MAX, u32::MAX)] {
        let part = page.page(skip, take);
        let from = (skip as usize).min(8);
        let upto = from.saturating_add(take as usize).min(8);
        assert_eq!((part.total, part.tally, &part.rows[..]), (8, ledger.tally, &ledger.rows[from..upto]));
    }
}

/// A store with a ledger only; the names are numbers, every third one in a folder.
fn ledger(files: u32) -> Page {
    let mut page = Page::new();
    let mut reader = Reader::new(0);
    for file in 0..files {
        let folder = if file % 3 == 0 { "Müll/" } else { "" };
        let name = format!("{folder}Report-{file}.XML.gz");
        match file % 4 {
            0 => reader.refuse(file, &name, Note::Unreadable("gone".into())),
            _ => reader.read(file, &name, &Made::new(&file.to_string(), []).xml()),
        }
    }
    reader.flush();
    page.take_all(&mut reader);
    page
}

#[test]
fn files_are_found_by_name_and_status() {
    let mut page = ledger(40);
    let whole = page.page(0, u32::MAX);
    assert_eq!((whole.total, whole.matched, whole.tally), (40, 40, [30, 0, 0, 0, 0, 10]));
    for find in ["", "report-1", "MÜLL", ".xml", "0", "none of them"] {
        for only in [&[][..], &[Status::Refused], &[Status::Read], &[Status::Read, Status::Refused], &[Status::Partial]]
        {
            let expected = whole.rows.iter().filter(|row| {
                row.name.to_lowercase().contains(&find.to_lowercase())
                    && (only.is_empty() || only.contains(&row.status))
            });
            let expected: Vec<_> = expected.cloned().collect();
            let found = page.files_by(find, only, 0, u32::MAX);
            assert_eq!((found.total, found.tally), (40, whole.tally));
            assert_eq!((found.matched as usize, &found.rows), (expected.len(), &expected), "{find} {only:?}");
            let part = page.files_by(find, only, 2, 3);
            let expected: Vec<_> = expected.into_iter().skip(2).take(3).collect();
            assert_eq!((part.matched, part.rows), (found.matched, expected));
        }
    }
}

#[test]
#[ignore = "measures: cargo test --release --test store -- --ignored --nocapture"]
fn a_search_among_many_files_is_fast() {
    let mut page = ledger(50_000);
    for (find, only) in [("", &[][..]), ("REPORT-4999", &[]), ("müll", &[Status::Read, Status::Refused])] {
        let start = std::time::Instant::now();
        let found = page.files_by(find, only, 10, 50).matched;
        println!("{found} files found by {find:?} in {:?}", start.elapsed());
    }
}

#[test]
fn what_is_inside_files_is_found_too() {
    let mut page = Page::of([made("1").xml(), zip(&[made("5").xml(), b"a text".to_vec(), made("6").xml()])]);
    // The test's archives call their entries a.xml, b.xml and so on.
    for (find, files) in [("C.XML", vec![1]), ("a.xml", vec![1]), ("d.xml", vec![]), ("", vec![1, 0])] {
        let found = page.files_by(find, &[], 0, 9);
        assert_eq!(found.rows.iter().map(|row| row.file).collect::<Vec<_>>(), files, "{find}");
        assert_eq!(found.matched as usize, files.len());
    }
    let found = |page: &mut Page, find: &str, file| -> Vec<String> {
        page.items_by(find, file, 0, 9).into_iter().map(|item| item.path).collect()
    };
    assert_eq!(found(&mut page, "b.XML", Some(1)), ["b.xml"]);
    assert_eq!(found(&mut page, "example.", Some(1)), ["a.xml", "c.xml"], "by reporter or domain");
    assert_eq!(found(&mut page, "", None), ["", "a.xml", "b.xml", "c.xml"], "all items as they came");
    assert_eq!(page.items_by("", None, 2, 1)[0].path, "b.xml");
    assert_eq!((page.items_by("", None, 1, 1)[0].file, page.items_by("", None, 1, 1)[0].report), (1, Some(1)));
    assert_eq!(page.rows()[0].report, Some(0));
}

#[test]
fn the_items_of_a_file_are_told_exceptions_first() {
    let whole = made("1").xml();
    let mut page = Page::of([
        whole.clone(),
        zip(&[made("5").xml(), b"a text".to_vec(), whole, gzip(&made("6").cut(1)), zip(&[made("7").xml()])]),
    ]);
    let items = page.items(1, 0, u32::MAX);
    let told: Vec<(&str, &str, Option<&str>)> =
        items.iter().map(|item| (item.status.word(), item.path.as_str(), item.names[2].as_deref())).collect();
    let expected = [
        ("refused", "b.xml", None),
        ("partial", "d.xml", Some("6")),
        ("duplicate", "c.xml", Some("1")),
        ("read", "a.xml", Some("5")),
        ("read", "e.xml › a.xml", Some("7")),
    ];
    assert_eq!(told, expected);
    assert_eq!(items[2].names.each_ref().map(|name| name.as_deref().is_some()), [true; 3]);
    assert_eq!(
        items[2].period,
        (Some(crate::support::xml::DAY_0), Some(crate::support::xml::DAY_0 + crate::support::xml::DAY - 1))
    );
    assert_eq!((items[2].figures.passed, items[2].figures.failed), (3, 4), "a twin's own figures");
    for (skip, take) in [(0, 2), (1, 3), (4, 9), (5, 1), (u32::MAX, 1)] {
        let from = (skip as usize).min(5);
        assert_eq!(page.items(1, skip, take), items[from..from.saturating_add(take as usize).min(5)]);
    }
    assert_eq!(page.items(7, 0, 9), []);
}

#[test]
fn a_report_is_shown_whole() {
    let mut page = Page::of([made("1").xml(), [b"junk ".as_slice(), &made("2").xml()].concat(), made("1").xml()]);
    let second = page.report(1, 0, u32::MAX).unwrap();
    assert_eq!((second.status, second.place.as_str()), (Some(dmarcscope::ledger::Status::Mended), "1"));
    assert_eq!((second.report.report_id.as_deref(), second.records.len()), (Some("2"), 2));
    assert_eq!((second.figures.passed, second.figures.failed), (3, 4));
    assert_eq!(second.notes.iter().map(|(note, _)| note.code()).collect::<Vec<_>>(), ["junk-before"]);
    let counts: Vec<(u64, &str)> = second.records.iter().map(|row| (row.record.count, row.outcome.word())).collect();
    assert_eq!(counts, [(3, "passed_dkim"), (4, "monitoring")]);
    let last = page.report(1, 1, 5).unwrap();
    assert_eq!(last.records, second.records[1..]);
    let twin = page.report(2, 0, 9).unwrap();
    assert_eq!((twin.figures.records, twin.records.len()), (2, 0), "its own figures; its records are the original's");
    assert_eq!(page.report(3, 0, 1), None);
}

#[test]
fn an_empty_ledger_is_empty() {
    assert_eq!(Page::new().page(0, 10), dmarcscope::protocol::FilePage::default());
}

#[test]
fn notes_of_all_items_add_up() {
    let silent = |id| Made { rows: vec![crate::support::Row { evaluated: None, ..row("192.0.2.1", 1) }], ..made(id) };
    let mut page = Page::of([zip(&[silent("1").xml(), silent("2").xml()])]);
    assert_eq!(page.state(0), ("read", vec![("record-without-evaluation", 2)]));
}

#[test]
fn a_file_that_cannot_be_opened_is_refused() {
    let mut page = Page::new();
    let mut reader = Reader::new(0);
    reader.refuse(3, "gone.xml", Note::Unreadable("no such file".into()));
    reader.flush();
    assert_eq!(page.take_all(&mut reader), [3]);
    assert_eq!(page.state(3), ("refused", vec![("unreadable", 1)]));
    assert_eq!((page.rows()[0].kind, page.rows()[0].item), (None, None));
}

/// A disk that breaks after some bytes.
struct Breaking(Cursor<Vec<u8>>, u64);

impl Read for Breaking {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.1.checked_sub(self.0.position()) {
            Some(left @ 1..) => Read::take(&mut self.0, left).read(out),
            _ => Err(io::Error::other("the disk broke")),
        }
    }
}

impl Seek for Breaking {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn what_was_read_before_the_disk_broke_counts_and_is_not_refused() {
    // Files are read in blocks of 4 MiB; the disk breaks with the second.
    let blanks = [" "; 5 << 20].concat().into_bytes();
    let rows = |count| Made::new("1", vec![row("192.0.2.1", 1); count]).xml();
    let xml = [rows(30).strip_suffix(b"</feedback>").unwrap(), &blanks, b"<record/></feedback>"].concat();
    let mut reader = Reader::new(0);
    reader.read_from(0, "a.xml", &mut Breaking(Cursor::new(xml), 4 << 20));
    reader.flush();
    let mut page = Page::new();
    page.take_all(&mut reader);
    let file = page.rows().remove(0);
    assert_eq!((file.figures, file.status.word()), (page.figures(), "partial"));
    assert_eq!((file.figures.records, file.reports), (30, 1));
    assert!(file.notes.iter().any(|(note, _)| note.code() == "unreadable"));
}

#[test]
fn the_source_of_every_report_can_be_read_again() {
    let xml: Vec<Vec<u8>> = ["1", "2", "3", "4"].map(|id| made(id).xml()).into();
    let files = [xml[0].clone(), gzip(&xml[1]), zip(&[xml[2].clone(), gzip(&xml[3])]), [&xml[0][..], &xml[1]].concat()];
    let mut page = Page::of(files);
    let expected = [&xml[0], &xml[1], &xml[2], &xml[3], &xml[0], &xml[1]];
    let items: Vec<u32> = page.dataset().reports.iter().map(|report| report.item.unwrap()).collect();
    assert_eq!(items.len(), expected.len());
    for (item, xml) in items.into_iter().zip(expected) {
        let (file, locator) = page.locate(item).unwrap();
        let mut bytes = Cursor::new(page.files[file as usize].clone());
        let source = read_source(&mut bytes, &locator, &CONTEXT, u64::MAX).unwrap();
        assert_eq!((source.bytes == *xml, source.cut), (true, false), "{locator:?}");
    }
    for row in page.rows() {
        assert_eq!(page.locate(row.item.unwrap()).unwrap().0, row.file, "a file leads to its first report");
    }
    assert_eq!(page.locate(99), None);
    let (_, locator) = page.locate(1).unwrap();
    let other = read_source(&mut Cursor::new(b"something else".to_vec()), &locator, &CONTEXT, u64::MAX);
    assert_eq!(other, Err(SourceError::Changed));
}
