//! Tape archives of every dialect, by themselves and inside other containers.

use dmarcscope::intake::{Limits, SourceError};
use dmarcscope::ledger::{Found, LimitKind, Note};

use super::archive::{Zip, stored};
use super::support::{Item, gzip, only, read, read_all, report, source};

/// A header with its checksum, in the dialect of the mark: `ustar\0` `00`, `ustar  \0` (GNU) or none.
fn header(name: &str, kind: u8, size: &[u8], mark: &[u8]) -> Vec<u8> {
    let mut block = vec![0; 512];
    let mut put = |at: usize, bytes: &[u8]| block[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &name.as_bytes()[..name.len().min(100)]);
    put(100, b"0000644\x000001750\x000001750\0");
    put(124, size);
    put(136, b"14000000000\0");
    put(148, b"        ");
    put(156, &[kind]);
    put(257, mark);
    let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    block
}

pub const POSIX: &[u8] = b"ustar\x0000";
const GNU: &[u8] = b"ustar  \0";

pub fn entry(name: &str, kind: u8, data: &[u8], mark: &[u8]) -> Vec<u8> {
    let mut entry = header(name, kind, format!("{:011o}\0", data.len()).as_bytes(), mark);
    entry.extend(data);
    entry.resize(entry.len().next_multiple_of(512), 0);
    entry
}

/// An archive of these entries.
pub fn tar(entries: &[Vec<u8>]) -> Vec<u8> {
    [&entries.concat()[..], &[0; 1024]].concat()
}

fn record(key: &str, value: &str) -> String {
    let rest = format!(" {key}={value}\n");
    let length =
        (1..9).map(|digits| digits + rest.len()).find(|length| length.to_string().len() + rest.len() == *length);
    format!("{}{rest}", length.unwrap())
}

#[test]
fn entries_of_every_dialect() {
    let xml = report("a", 3);
    let long = format!("{}/a.xml", "folder".repeat(40));
    let big = {
        let mut size = vec![0x80, 0, 0, 0, 0, 0, 0, 0];
        size.extend((xml.len() as u32).to_be_bytes());
        let mut entry = header("a.xml", b'0', &size, GNU);
        entry.extend(&xml);
        entry.resize(entry.len().next_multiple_of(512), 0);
        entry
    };
    let prefixed = {
        let mut entry = entry("a.xml", b'0', &xml, POSIX);
        entry[345..351].copy_from_slice(b"folder");
        let sum: u64 = entry[..512]
            .iter()
            .enumerate()
            .map(|(at, byte)| u64::from(if (148..156).contains(&at) { b' ' } else { *byte }))
            .sum();
        entry[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        entry
    };
    let sized = record("path", &long) + &record("size", &xml.len().to_string());
    let mut unsized_entry = header("short", b'0', b"00000000000\0", POSIX);
    unsized_entry.extend(&xml);
    unsized_entry.resize(unsized_entry.len().next_multiple_of(512), 0);
    for (archive, name) in [
        (tar(&[entry("a.xml", b'0', &xml, POSIX)]), "a.xml"),
        (tar(&[entry("a.xml", 0, &xml, b"")]), "a.xml"),
        (tar(&[entry("a.xml", b'7', &xml, GNU)]), "a.xml"),
        (tar(&[big]), "a.xml"),
        (tar(&[prefixed]), "folder/a.xml"),
        (
            tar(&[entry("././@LongLink", b'L', format!("{long}\0").as_bytes(), GNU), entry("cut", b'0', &xml, GNU)]),
            &long,
        ),
        (tar(&[entry("p", b'x', record("path", &long).as_bytes(), POSIX), entry("cut", b'0', &xml, POSIX)]), &long),
        (tar(&[entry("g", b'g', b"13 comment=x\n", POSIX), entry("a.xml", b'0', &xml, POSIX)]), "a.xml"),
        (tar(&[entry("p", b'x', sized.as_bytes(), POSIX), unsized_entry]), &long),
        // Without the end, and without the blanks behind the last entry.
        (entry("a.xml", b'0', &xml, POSIX), "a.xml"),
        (entry("a.xml", b'0', &xml, POSIX)[..512 + xml.len()].to_vec(), "a.xml"),
    ] {
        for (file, way) in [
            (archive.clone(), vec![name]),
            (gzip(&archive), vec!["gz", name]),
            (Zip::of(&[stored("b.tar", &archive)]), vec!["b.tar", name]),
            (tar(&[entry("b.tgz", b'0', &gzip(&archive), POSIX)]), vec!["b.tgz", "gz", name]),
        ] {
            let items = read(&file);
            let item = only(&items);
            assert!(item.is_report && item.notes.is_empty() && item.records == 3, "{item:?}");
            let shown: Vec<String> = way.iter().map(|step| step.chars().take(255).collect()).collect();
            assert_eq!(item.way(), shown);
        }
    }
}

#[test]
fn folders_links_and_what_macos_adds_are_passed_over() {
    let archive = tar(&[
        entry("folder/", b'5', b"", POSIX),
        entry("folder/old/", 0, b"", b""),
        entry("folder/link", b'2', b"", POSIX),
        entry("folder/._a.xml", b'0', b"\0\x05\x16\x07 junk", POSIX),
        entry("folder/a.xml", b'0', &report("a", 1), POSIX),
        entry("folder/b.gz", b'0', &gzip(&report("b", 2)), POSIX),
        entry("folder/notes", b'0', b"words", POSIX),
        entry("folder/empty", b'0', b"", POSIX),
        entry("folder/holes", b'S', &report("c", 3), GNU),
        entry("p", b'x', record("GNU.sparse.major", "1").as_bytes(), POSIX),
        entry("folder/new-holes", b'0', &report("d", 4), POSIX),
    ]);
    let items = read(&archive);
    assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [1, 2, 0, 0, 0, 0]);
    assert_eq!(items[2].notes, [Note::NotAReport(Found::Text)]);
    assert_eq!(items[3].notes, [Note::Empty]);
    for sparse in &items[4..] {
        assert_eq!(sparse.notes, [Note::NotAReport(Found::Archive("sparse".into()))]);
    }
    assert_eq!(only(&read(&tar(&[entry("a/", b'5', b"", POSIX)]))).notes, [Note::NotAReport(Found::EmptyArchive)]);
}

#[test]
fn a_damaged_archive_gives_what_it_has() {
    let xml = report("b", 50);
    let mut archive = tar(&[entry("a.xml", b'0', &report("a", 1), POSIX), entry("b.xml", b'0', &xml, POSIX)]);
    let codes = |file: &[u8]| read(file).iter().map(Item::codes).collect::<Vec<_>>();
    let cut = archive[..archive.len() - 5000].to_vec();
    let items = read(&cut);
    assert!(items[1].is_report && items[1].records > 20 && items[1].has("archive-broken"), "{items:?}");
    assert_eq!(items.len(), 2);
    assert_eq!(
        codes(&archive[..archive.len() - 1024 - xml.len().next_multiple_of(512) - 300]),
        [vec![], vec!["archive-broken"]]
    );
    let second = archive.len() - 1024 - xml.len().next_multiple_of(512) - 512;
    archive[second + 3] ^= 1;
    assert_eq!(codes(&archive), [vec![], vec!["archive-broken"]]);
    // A size that no file has.
    let mut huge = header("a.xml", b'0', b"\x80\0\0\0\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", GNU);
    huge.extend(&xml);
    let items = read(&huge);
    assert!(only(&items).is_report && items[0].has("archive-broken"));
}

#[test]
fn limits_and_replaced_files() {
    let limits = Limits { entries: 10, ..Limits::DEFAULT };
    let archive = tar(&vec![entry("a", b'0', b"words", POSIX); 20]);
    let items = read_all(&archive, &limits).items;
    assert_eq!(items.len(), 11);
    assert_eq!(items[10].notes, [Note::Limit { limit: LimitKind::Entries, value: 10 }]);
    let archive = |name: &str| tar(&[entry("first", b'0', b"words", POSIX), entry(name, b'0', &report("a", 9), POSIX)]);
    let items = read(&archive("a.xml"));
    for replaced in [archive("b.xml"), archive("a.xml")[..1600].to_vec(), Vec::new(), vec![b'x'; 9000]] {
        assert_eq!(source(&replaced, &items[1].locator, u64::MAX), Err(SourceError::Changed));
    }
}
