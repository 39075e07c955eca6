//! Whole containers: every item is found, named and can be read again.

use dmarcscope::intake::{Limits, SourceError};
use dmarcscope::ledger::{Found, Kind, Note};

use super::archive::{Zip, deflated, stored};
use super::support::{Item, gzip, only, read, read_all, report, source, zlib};

/// A report without a note, found at `way`, whose source is `xml` (blanks around aside).
fn is_clean(file: &[u8], item: &Item, way: &[&str], xml: &[u8]) {
    assert!(item.is_report && item.notes.is_empty(), "{item:?}");
    assert_eq!(item.way(), way);
    let source = source(file, &item.locator, u64::MAX).unwrap();
    assert!(xml.windows(source.bytes.len()).any(|part| part == source.bytes), "{item:?}");
}

#[test]
fn a_report_in_every_single_container() {
    let xml = report("a", 3);
    let gz = gzip(&xml);
    let cases: Vec<(Vec<u8>, Vec<&str>)> = vec![
        (xml.clone(), vec![]),
        (gz.clone(), vec!["gz"]),
        (zlib(&xml), vec!["gz"]),
        (gzip(&gz), vec!["gz", "gz"]),
        (gzip(&gzip(&gz)), vec!["gz", "gz", "gz"]),
        (Zip::of(&[stored("a.xml", &xml)]), vec!["a.xml"]),
        (Zip::of(&[deflated("a.xml", &xml)]), vec!["a.xml"]),
        (Zip::of(&[stored("a.xml.gz", &gz)]), vec!["a.xml.gz", "gz"]),
        (Zip::of(&[deflated("a.xml.gz", &gz)]), vec!["a.xml.gz", "gz"]),
        (gzip(&Zip::of(&[deflated("a.xml", &xml)])), vec!["gz", "a.xml"]),
        (Zip::of(&[stored("b.zip", &Zip::of(&[deflated("a.xml", &xml)]))]), vec!["b.zip", "a.xml"]),
        (Zip::of(&[deflated("b.zip", &gzip(&Zip::of(&[deflated("a", &gz)])))]), vec!["b.zip", "gz", "a", "gz"]),
    ];
    for (file, way) in cases {
        let items = read(&file);
        let item = only(&items);
        is_clean(&file, item, &way, &xml);
        assert_eq!(item.records, 3);
    }
}

#[test]
fn concatenated_members_are_one_stream() {
    let (a, b) = (report("a", 2), report("b", 5));
    let file = [gzip(&a), gzip(&[]), gzip(&b)].concat();
    let items = read(&file);
    assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [2, 5]);
    is_clean(&file, &items[0], &["gz"], &a);
    is_clean(&file, &items[1], &["gz"], &b);
    assert!(items[1].locator.start >= a.len() as u64 - 1);
    // One report over two members.
    let (left, right) = a.split_at(700);
    let file = [gzip(left), gzip(right)].concat();
    is_clean(&file, only(&read(&file)), &["gz"], &a);
}

#[test]
fn a_member_with_every_header_field() {
    let xml = report("a", 1);
    let plain = gzip(&xml);
    let mut file = vec![0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3];
    file.extend(b"name.xml\0a comment\0\x12\x34");
    file.extend(&plain[10..]);
    is_clean(&file, only(&read(&file)), &["gz"], &xml);
}

#[test]
fn several_reports_folders_and_what_macos_adds() {
    let xml: Vec<Vec<u8>> = (1..4).map(|records| report("x", records)).collect();
    let file = Zip::of(&[
        stored("folder/", b""),
        stored("folder\\", b""),
        deflated("folder/a.xml", &xml[0]),
        stored("__MACOSX/folder/._a.xml", b"\0\x05\x16\x07 junk"),
        stored("folder/.DS_Store", b"\0\0\0\x01Bud1"),
        stored("b.xml.gz", &gzip(&xml[1])),
        deflated("../../c\0d.xml", &xml[2]),
    ]);
    let items = read(&file);
    assert_eq!(items.len(), 3, "{items:#?}");
    is_clean(&file, &items[0], &["folder/a.xml"], &xml[0]);
    is_clean(&file, &items[1], &["b.xml.gz", "gz"], &xml[1]);
    is_clean(&file, &items[2], &["../../c\u{FFFD}d.xml"], &xml[2]);
    assert_eq!(items[1].locator.path(), "b.xml.gz");
}

#[test]
fn archives_of_other_shapes() {
    let xml = report("a", 1);
    let one = Zip::of(&[deflated("a.xml", &xml)]);
    // Bytes before the archive that its offsets do not count, as in a self-extracting one.
    let prefixed = [b"MZ\x90\0\x03\0\0\0 a program\0".as_slice(), &one].concat();
    let scripted = [b"#!/bin/sh\nexit\n".as_slice(), &one].concat();
    // … and that they do count.
    let counted = {
        let mut zip = Zip { bytes: b"MZ\x90\0\x03\0\0\0".to_vec(), ..Zip::default() };
        zip.add(&deflated("a.xml", &xml));
        zip.finish()
    };
    let commented = {
        let mut zip = Zip {
            comment: b"a comment with PK\x05\x06 in it, long enough to hold a record".to_vec(),
            ..Zip::default()
        };
        zip.add(&deflated("a.xml", &xml));
        zip.finish()
    };
    let descriptor = {
        let mut entry = deflated("a.xml", &xml);
        entry.descriptor = true;
        Zip::of(&[entry])
    };
    let zip64 = {
        let mut zip = Zip { zip64: true, ..Zip::default() };
        let mut entry = deflated("a.xml", &xml);
        entry.zip64 = true;
        zip.add(&entry);
        zip.finish()
    };
    for file in [prefixed, scripted, counted, commented, descriptor, zip64] {
        is_clean(&file, only(&read(&file)), &["a.xml"], &xml);
    }
}

#[test]
fn entries_out_of_order_are_read() {
    let xml: Vec<Vec<u8>> = (1..6).map(|records| report("x", records)).collect();
    let mut zip = Zip::default();
    let entries: Vec<_> = xml.iter().enumerate().map(|(index, xml)| deflated(&format!("{index}"), xml)).collect();
    let offsets: Vec<u64> = entries
        .iter()
        .map(|entry| {
            let at = zip.bytes.len() as u64;
            zip.local(entry);
            at
        })
        .collect();
    for index in [3, 0, 4, 2, 1] {
        zip.add(&super::archive::Entry { offset: Some(offsets[index]), ..entries[index].clone() });
    }
    let items = read(&zip.finish());
    assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [4, 1, 5, 3, 2]);
    assert!(items.iter().all(|item| item.notes.is_empty()));
}

#[test]
fn files_that_are_no_reports_are_named() {
    let tls = br#"{"organization-name":"x","date-range":{},"policies":[]}"#;
    for (bytes, note) in [
        (&b""[..], Note::Empty),
        (b" \n\n", Note::Empty),
        (b"%PDF-1.4", Note::NotAReport(Found::Other("pdf".into()))),
        (b"7z\xBC\xAF\x27\x1C", Note::NotAReport(Found::Archive("7z".into()))),
        (b"Received: x\nSubject: y\n\n", Note::NotAReport(Found::Mail)),
        (b"From a Mon Jan  1 00:00:00 2024\nReceived: x\n\n", Note::NotAReport(Found::Mail)),
        (b"{\"a\":1}", Note::NotAReport(Found::Json)),
        (b"just words", Note::NotAReport(Found::Text)),
        (b"\0\x01\x02\x03", Note::NotAReport(Found::Binary)),
        (&Zip::of(&[]), Note::NotAReport(Found::EmptyArchive)),
        (&Zip::of(&[stored("a/", b"")]), Note::NotAReport(Found::EmptyArchive)),
        (
            &Zip::of(&[stored("[Content_Types].xml", b"<"), stored("word/a.xml", b"<")]),
            Note::NotAReport(Found::Other("docx".into())),
        ),
    ] {
        let items = read(bytes);
        assert_eq!(only(&items).notes, [note]);
        assert!(!items[0].is_report && items[0].kind.is_none());
    }
    for file in [tls.to_vec(), gzip(tls)] {
        let items = read(&file);
        assert_eq!((only(&items).kind, &items[0].notes[..]), (Some(Kind::Tls), &[Note::OtherReport][..]));
    }
    let file = Zip::of(&[
        stored("a.txt", b"words"),
        deflated("b.xml", &report("b", 1)),
        stored("c.bin", b"\0\x01"),
        stored("d", b""),
    ]);
    let items = read(&file);
    assert_eq!(
        items.iter().map(|item| item.codes()).collect::<Vec<_>>(),
        [vec!["not-a-report"], vec![], vec!["not-a-report"], vec!["empty"]]
    );
}

#[test]
fn a_source_can_be_cut() {
    let xml = report("a", 50);
    for file in [xml.clone(), gzip(&xml), Zip::of(&[deflated("a", &gzip(&xml))])] {
        let items = read(&file);
        let whole = source(&file, &only(&items).locator, u64::MAX).unwrap();
        let cut = source(&file, &items[0].locator, 100).unwrap();
        assert!(cut.cut && cut.bytes == whole.bytes[..100]);
    }
}

#[test]
fn a_replaced_file_is_told() {
    let xml = report("a", 50);
    let other = report("b", 1);
    for (file, replaced) in [
        (xml.clone(), other.clone()),
        (gzip(&xml), gzip(&other)),
        (gzip(&xml), xml.clone()),
        (gzip(&xml), Vec::new()),
        (gzip(&xml), gzip(&xml)[..60].to_vec()),
        (Zip::of(&[deflated("a", &xml)]), Zip::of(&[deflated("b", &xml)])),
        (Zip::of(&[deflated("a", &xml)]), Zip::of(&[deflated("a", &other)])),
        (Zip::of(&[deflated("a", &xml)]), gzip(&xml)),
        (Zip::of(&[deflated("a", &gzip(&xml))]), Zip::of(&[deflated("a", &xml)])),
        (Zip::of(&[deflated("a", &Zip::of(&[stored("b", &xml)]))]), Zip::of(&[deflated("a", &xml)])),
    ] {
        let items = read(&file);
        assert_eq!(source(&replaced, &only(&items).locator, u64::MAX), Err(SourceError::Changed));
    }
}

#[test]
fn progress_is_told_while_much_is_unpacked() {
    let xml = report("a", 40_000);
    let file = gzip(&xml);
    let recorder = read_all(&file, &Limits::DEFAULT);
    assert_eq!(recorder.items[0].records, 40_000);
    assert!(recorder.progress.len() >= xml.len() >> 20, "{} of {}", recorder.progress.len(), xml.len());
    let recorder = read_all(&xml, &Limits::DEFAULT);
    assert!(recorder.progress.len() >= xml.len() >> 20);
}
