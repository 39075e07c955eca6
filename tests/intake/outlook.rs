//! Outlook's messages, written by another implementation of compound files.

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};
use dmarcscope::intake::{Limits, SourceError};
use dmarcscope::ledger::{Found, Kind, Note};

use super::archive::{Zip, deflated};
use super::mail::{FIELDS, base64, part};
use super::support::{gzip, only, read, read_all, report, source};

/// A compound file of these streams, in the folders that their names tell.
pub fn compound(streams: &[(&str, &[u8])], version: Version) -> Vec<u8> {
    let mut file = CompoundFile::create_with_version(version, Cursor::new(Vec::new())).unwrap();
    for (path, bytes) in streams {
        if let Some((folder, _)) = path.rsplit_once('/') {
            file.create_storage_all(format!("/{folder}")).unwrap();
        }
        file.create_stream(format!("/{path}")).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

pub fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A message with these attachments.
pub fn message(attachments: &[&[u8]]) -> Vec<u8> {
    let subject = utf16("Report domain: example.org");
    let class = utf16("IPM.Note");
    let body = utf16("This is a report.");
    let names: Vec<String> =
        (0..attachments.len()).map(|place| format!("__attach_version1.0_#{place:08X}/__substg1.0_37010102")).collect();
    let mut streams: Vec<(&str, &[u8])> = vec![
        ("__properties_version1.0", &[0; 64]),
        ("__substg1.0_001A001F", &class),
        ("__substg1.0_0037001F", &subject),
        ("__substg1.0_1000001F", &body),
    ];
    streams.extend(names.iter().zip(attachments).map(|(name, bytes)| (name.as_str(), *bytes)));
    compound(&streams, Version::V3)
}

#[test]
fn attachments_of_any_size_are_read() {
    // Short ones lie in a stream of their own, long ones in many sectors.
    for records in [1, 3, 500] {
        let xml = report("a", records);
        for attachment in [xml.clone(), gzip(&xml), Zip::of(&[deflated("a.xml", &xml)])] {
            let file = message(&[b"\x89PNG\r\n\x1A\n", &attachment]);
            for file in [file.clone(), gzip(&file), Zip::of(&[deflated("a.msg", &file)])] {
                let items = read(&file);
                let item = only(&items);
                assert!(item.is_report && item.notes.is_empty() && item.records == records as u64, "{item:?}");
            }
        }
        let streams: &[(&str, &[u8])] = &[("__substg1.0_37010102", &gzip(&xml))];
        assert!(only(&read(&compound(streams, Version::V4))).is_report);
    }
    // More than the header's own list of table sectors has room for.
    let file = message(&[&vec![b' '; 9 << 20], &report("a", 3)]);
    assert_eq!(only(&read(&file)).records, 3);
}

#[test]
fn messages_inside_each_other_and_text() {
    let xml = report("a", 3);
    let inner = "__attach_version1.0_#00000000/__substg1.0_3701000D/__attach_version1.0_#00000000/__substg1.0_37010102";
    let file = compound(&[("__properties_version1.0", &[0; 64]), (inner, &gzip(&xml))], Version::V3);
    assert_eq!(only(&read(&file)).records, 3);
    let pasted = utf16(std::str::from_utf8(&xml).unwrap());
    let file = compound(&[("__substg1.0_1000001F", &pasted)], Version::V3);
    assert_eq!(only(&read_all(&file, &Limits::DEFAULT).items).records, 3);
    let mail = format!("{FIELDS}{}", part("Content-Transfer-Encoding: base64", &base64(&gzip(&xml))));
    assert_eq!(only(&read(&message(&[mail.as_bytes()]))).records, 3);
}

#[test]
fn what_holds_no_report_is_named() {
    let notes = |file: &[u8]| only(&read(file)).notes.clone();
    assert_eq!(notes(&message(&[])), [Note::NotAReport(Found::Mail)]);
    assert_eq!(notes(&message(&[b"%PDF-1.7"])), [Note::NotAReport(Found::Mail)]);
    assert_eq!(notes(&message(&[b"7z\xBC\xAF\x27\x1C"])), [Note::NotAReport(Found::Archive("7z".into()))]);
    let class = utf16("REPORT.IPM.Note.NDR");
    assert_eq!(notes(&compound(&[("__substg1.0_001A001F", &class)], Version::V3)), [Note::NotAReport(Found::Bounce)]);
    for (stream, name) in [("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"), ("x", "ole")] {
        assert_eq!(notes(&compound(&[(stream, b"x")], Version::V3)), [Note::NotAReport(Found::Other(name.into()))]);
    }
    let items = read(&message(&[b"Feedback-Type: auth-failure\nVersion: 1\n"]));
    assert_eq!(only(&items).kind, Some(Kind::Failure));
}

#[test]
fn damage_ends() {
    let file = message(&[&gzip(&report("a", 9)), &report("b", 6)]);
    assert!(file.len() < 20_000);
    for length in (0..file.len()).step_by(199) {
        assert!(!read(&file[..length]).is_empty());
    }
    for at in (0..file.len()).step_by(101) {
        let mut file = file.clone();
        file[at] ^= 0xFF;
        assert!(!read(&file).is_empty());
    }
    let items = read(&file);
    assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [9, 6]);
    let replaced = message(&[&gzip(&report("a", 1)), b"x"]);
    assert_eq!(source(&replaced, &items[1].locator, u64::MAX), Err(SourceError::Changed));
}
