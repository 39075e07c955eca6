//! Damaged containers: what can be read is read, and a note says what cannot.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits, read_file};
use dmarcscope::ledger::{Found, Note};

use super::archive::{Entry, Zip, deflated, stored};
use super::support::{Recorder, gzip, only, read, report, zlib};

#[test]
fn junk_after_a_stream() {
    let xml = report("a", 2);
    let (gz, zl) = (gzip(&xml), zlib(&xml));
    for (stream, junk) in [(&gz, &b"\0\0\0\0"[..]), (&gz, b"junk"), (&gz, b"\0\0junk"), (&gz, b"\x1F"), (&zl, b"junk")]
    {
        let items = read(&[stream, junk].concat());
        assert!(only(&items).is_report && items[0].records == 2);
        assert_eq!(items[0].codes(), ["junk-after"]);
    }
    // Padding between members is none.
    let items = read(&[&gz[..], b"\0\0\0", &gz].concat());
    assert_eq!(items.iter().map(|item| (item.records, item.notes.len())).collect::<Vec<_>>(), [(2, 0), (2, 0)]);
}

#[test]
fn a_stream_that_ends_early_keeps_what_came_before() {
    let xml = report("a", 2000);
    let file = gzip(&xml);
    for cut in [file.len() / 4, file.len() / 2, file.len() - 100] {
        let items = read(&file[..cut]);
        let item = only(&items);
        assert!(item.is_report && item.records > 100 && item.records < 2000, "{item:?}");
        assert!(item.has("unpack-broken") && item.has("cut-off"), "{item:?}");
    }
    // Only the checksum is cut off: the report is whole, the stream is not.
    for cut in 1..8 {
        let items = read(&file[..file.len() - cut]);
        assert_eq!((only(&items).records, items[0].codes()), (2000, vec!["unpack-broken"]));
    }
    // Nothing but a header.
    let items = read(&file[..10]);
    assert_eq!(only(&items).notes, [Note::UnpackBroken { at: 0 }]);
    assert!(!items[0].is_report);
}

#[test]
fn broken_bytes_inside_a_stream() {
    let xml = report("a", 3000);
    let mut file = gzip(&xml);
    let at = file.len() / 2;
    file[at..at + 40].fill(0xFF);
    let items = read(&file);
    assert!(items[0].records > 100, "{:?}", items[0]);
    assert!(items.iter().any(|item| item.has("unpack-broken")), "{items:?}");
}

#[test]
fn a_checksum_that_does_not_fit() {
    let xml = report("a", 3);
    let mut file = gzip(&xml);
    let at = file.len() - 8;
    file[at] ^= 1;
    let items = read(&file);
    assert_eq!((only(&items).records, &items[0].notes[..]), (3, &[Note::UnpackBroken { at: xml.len() as u64 }][..]));
    // The next member is read all the same.
    let items = read(&[&file[..], &gzip(&report("b", 4))].concat());
    assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [3, 4]);
    assert!(items[0].has("unpack-broken") && items[1].notes.is_empty());
    for mut entry in [stored("a.xml", &xml), deflated("a.xml", &xml)] {
        entry.crc ^= 1;
        let items = read(&Zip::of(&[entry, stored("b.xml", &xml)]));
        assert_eq!(items[0].codes(), ["unpack-broken"]);
        assert_eq!((items.len(), items[0].records, items[1].notes.len()), (2, 3, 0));
    }
}

#[test]
fn entries_that_cannot_be_read() {
    let xml = report("a", 1);
    let mut encrypted = deflated("secret.xml", &xml);
    encrypted.flags = 1;
    let mut lzma = deflated("lzma.xml", &xml);
    lzma.method = 14;
    let mut aes = deflated("aes.xml", &xml);
    (aes.method, aes.flags) = (99, 1);
    let items = read(&Zip::of(&[encrypted, lzma, aes, deflated("good.xml", &xml)]));
    let notes: Vec<_> = items.iter().map(|item| item.notes.clone()).collect();
    assert_eq!(notes, [vec![Note::Encrypted], vec![Note::Compression(14)], vec![Note::Encrypted], vec![]]);
    assert_eq!(items[0].way(), ["secret.xml"]);
    assert!(items[3].is_report);
}

#[test]
fn an_archive_without_its_directory() {
    let xml: Vec<Vec<u8>> = (1..5).map(|records| report("x", records)).collect();
    for (descriptor, make) in
        [(false, deflated as fn(&str, &[u8]) -> _), (true, deflated), (false, stored), (true, stored)]
    {
        let mut zip = Zip::default();
        for (index, xml) in xml.iter().enumerate() {
            let mut entry: Entry = make(&format!("{index}.xml"), xml);
            entry.descriptor = descriptor;
            zip.add(&entry);
        }
        let data = zip.bytes.len();
        let file = zip.finish();
        // Cut in the end record, in the directory, right after the data.
        for cut in [file.len() - 1, file.len() - 30, data + 3, data] {
            let items = read(&file[..cut]);
            assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [1, 2, 3, 4, 0], "{items:#?}");
            assert_eq!(items[4].codes(), ["archive-broken"]);
            assert!(items[4].locator.steps.is_empty());
        }
        // Cut inside the last entry.
        let items = read(&file[..data - 200]);
        assert_eq!(items.len(), 5);
        assert!(items[..3].iter().all(|item| item.notes.is_empty() && item.is_report));
        // A stored entry of unknown size only ends early: the report in it tells.
        assert!(items[3].has("unpack-broken") || items[3].has("cut-off"));
        assert!(items[3].way() == ["3.xml"]);
        assert!(items[4].has("archive-broken"));
    }
}

#[test]
fn a_directory_that_breaks_off() {
    let xml = report("a", 1);
    let names = ["a.xml", "b.xml", "c.xml"];
    let entries: Vec<_> = names.iter().map(|name| deflated(name, &xml)).collect();
    let mut zip = Zip::default();
    entries.iter().for_each(|entry| zip.add(entry));
    let second = zip.bytes.len() + 46 + 5;
    let mut file = zip.finish();
    file[second] = 0;
    let items = read(&file);
    assert_eq!(
        items.iter().map(|item| item.way()).collect::<Vec<_>>(),
        [vec!["a.xml"], vec!["b.xml"], vec!["c.xml"], vec![]]
    );
    assert_eq!(items[3].codes(), ["archive-broken"]);
}

#[test]
fn a_directory_that_lies() {
    let xml = report("a", 1);
    // Ten million entries claimed, one there.
    let mut zip = Zip { zip64: true, ..Zip::default() };
    zip.add(&deflated("a.xml", &xml));
    zip.entries = 10_000_000;
    let items = read(&zip.finish());
    assert_eq!(items.iter().map(|item| item.codes()).collect::<Vec<_>>(), [vec![], vec!["archive-broken"]]);
    // Sizes of 2⁶³ and more.
    for huge in [1 << 63, u64::MAX] {
        let mut big = deflated("a.xml", &xml);
        (big.zip64, big.packed, big.unpacked) = (true, huge, huge);
        let mut flat = stored("b.xml", &xml);
        (flat.zip64, flat.packed, flat.unpacked) = (true, huge, huge);
        let mut zip = Zip { zip64: true, ..Zip::default() };
        zip.add(&big);
        zip.add(&deflated("c.xml", &xml));
        zip.add(&flat);
        let items = read(&zip.finish());
        assert_eq!(
            items[..3].iter().map(|item| (item.is_report, item.records)).collect::<Vec<_>>(),
            [(true, 1); 3],
            "{items:#?}"
        );
        assert!(items[0].notes.is_empty() && items[1].notes.is_empty());
        assert!(items[2].has("unpack-broken"));
    }
    // A local header that is not where it should be, and one beyond the end.
    for offset in [5, 1 << 40, u64::MAX] {
        let mut lost = deflated("a.xml", &xml);
        (lost.zip64, lost.offset) = (true, Some(offset));
        let items = read(&Zip::of(&[deflated("b.xml", &xml), lost]));
        assert_eq!(items.iter().map(|item| item.codes()).collect::<Vec<_>>(), [vec![], vec!["archive-broken"]]);
    }
    // No size at all, as some writers leave it.
    let mut none = deflated("a.xml", &xml);
    none.packed = 0;
    assert!(only(&read(&Zip::of(&[none]))).notes.is_empty());
}

#[test]
fn an_archive_cut_off_inside_a_container() {
    let xml = report("a", 300);
    let inner = Zip::of(&[deflated("a.xml", &xml), deflated("b.xml", &report("b", 900))]);
    let file = gzip(&inner);
    let items = read(&file[..file.len() * 3 / 4]);
    assert_eq!(items.len(), 3, "{items:?}");
    assert!(items[0].is_report && items[0].notes.is_empty(), "{items:?}");
    let last = items.last().unwrap();
    assert!(last.has("archive-broken") && last.has("unpack-broken") && last.way() == ["gz"], "{last:?}");
    // Junk after the stream is the archive's.
    let items = read(&[&file[..], b"junk"].concat());
    assert_eq!(items.iter().map(|item| item.codes()).collect::<Vec<_>>(), [vec![], vec![], vec!["junk-after"]]);
}

#[test]
fn junk_after_an_archive() {
    let items = read(&[&Zip::of(&[stored("a.xml", &report("a", 1))])[..], b"junk"].concat());
    assert_eq!(items.iter().map(|item| item.codes()).collect::<Vec<_>>(), [vec![], vec!["junk-after"]]);
    let nothing = read(b"PK\x03\x04 and no more");
    assert!(only(&nothing).notes.contains(&Note::ArchiveBroken));
    assert!(nothing[0].notes.contains(&Note::NotAReport(Found::EmptyArchive)));
}

/// A file on a disk that is pulled out.
struct Failing {
    bytes: Cursor<Vec<u8>>,
    from: u64,
    reads: u32,
}

impl Read for Failing {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.reads += 1;
        let most = self.from.saturating_sub(self.bytes.position());
        if most == 0 {
            return Err(io::Error::other("gone"));
        }
        let most = out.len().min(most as usize);
        self.bytes.read(&mut out[..most])
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[test]
fn a_file_that_cannot_be_read_on() {
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    let attempt = |bytes: Vec<u8>, from: u64| {
        let mut file = Failing { bytes: Cursor::new(bytes), from, reads: 0 };
        let mut recorder = Recorder::default();
        read_file(&mut file, "x", &context, &mut recorder);
        (recorder.items, file.reads)
    };
    let gone = Note::Unreadable("gone".into());
    let xml = report("a", 1);
    for file in [xml.clone(), gzip(&xml), Zip::of(&[stored("a", &xml)])] {
        assert_eq!(only(&attempt(file, 0).0).notes[0], gone);
    }
    // The directory is readable, the second half of the data is not: what could be read stays, and not every entry is tried.
    let filling = vec![b'x'; 5 << 20];
    let mut entries = vec![stored("a.xml", &xml), stored("filling", &filling)];
    entries.extend((0..1000).map(|_| stored("b.xml", &xml)));
    entries.push(stored("filling", &filling));
    let file = Zip::of(&entries);
    let mut gap = Gap(Failing { bytes: Cursor::new(file), from: u64::MAX, reads: 0 });
    let mut recorder = Recorder::default();
    read_file(&mut gap, "x", &context, &mut recorder);
    let items = recorder.items;
    assert!(items[0].is_report && items.len() < 10, "{}", items.len());
    assert!(items.last().unwrap().notes.contains(&gone));
}

/// Everything but the second block can be read.
struct Gap(Failing);

impl Read for Gap {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.0.bytes.position() == 4 << 20 { Err(io::Error::other("gone")) } else { self.0.read(out) }
    }
}

impl Seek for Gap {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}
