//! Files made to do harm, built as they would be: each ends in an entry that says why, and the next file is read.
//!
//! Large ones are left to
//!
//! ```text
//! cargo test --release --test hostile -- --ignored --nocapture --test-threads=1
//! ```
//!
//! which tells the time and the memory of each: no more than 5 seconds, no more than 128 MB.

#[path = "intake/archive.rs"]
mod archive;
#[path = "hostile/files.rs"]
mod files;

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::time::{Duration, Instant};

use archive::{Entry, Zip, deflated, stored};
use dmarcscope::dataset::Batch;
use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits, ReadSeek};
use dmarcscope::ledger::Status;
use dmarcscope::protocol::{Delivery, FileQuery, FileRow, Question, Reply};
use dmarcscope::roles::{Outbox, Packer, Store};
use dmarcscope::storage::Memory;
use files::{Endless, deflated_blanks, report, xml};

/// Hands batches straight to a store, and keeps the longest time without a sign of life.
struct Direct {
    store: Store<Memory>,
    started: Instant,
    last: Instant,
    silence: Duration,
}

impl Outbox for Direct {
    fn deliver(&mut self, batch: &Batch) {
        self.store.deliver(0, &Delivery::Batch(batch));
    }

    fn progress(&mut self, _: u64) {
        self.silence = self.silence.max(self.last.elapsed());
        self.last = Instant::now();
    }

    fn now(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1_000.0
    }
}

/// What is known of a case when it is over.
struct Outcome {
    row: FileRow,
    time: Duration,
    silence: Duration,
    /// Peak memory in MB while it was read, where the system tells.
    memory: Option<u64>,
}

/// Reads the file and a good one after it.
fn outcome(mut file: Box<dyn ReadSeek>) -> Outcome {
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    let now = Instant::now();
    let outbox = Direct { store: Store::new(Memory::default()), started: now, last: now, silence: Duration::ZERO };
    let mut packer = Packer::new(outbox);
    // The next peak is this one's own.
    let is_told = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    packer.read(0, "hostile", &mut file, &context);
    let time = now.elapsed();
    let memory = is_told.then(peak).flatten();
    packer.read(1, "good", &mut Cursor::new(report("good", 3)), &context);
    let Direct { mut store, silence, .. } = packer.into_outbox();
    let query = FileQuery { take: u32::MAX, ..FileQuery::default() };
    let Some(Reply::Files { page, .. }) = store.ask(0, Question::Files { id: 0, query }) else { panic!("no answer") };
    let row = |file| page.rows.iter().find(|row| row.file == file).cloned().unwrap();
    let good = row(1);
    assert_eq!((good.status, good.figures.records, good.is_open), (Status::Read, 3, false));
    assert!(!row(0).is_open);
    Outcome { row: row(0), time, silence, memory }
}

fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// A hostile file, a note that it must end in, and whether a debug build can be expected to read it soon.
struct Case {
    name: &'static str,
    file: fn() -> Box<dyn ReadSeek>,
    note: &'static str,
    is_small: bool,
}

fn boxed(bytes: Vec<u8>) -> Box<dyn ReadSeek> {
    Box::new(Cursor::new(bytes))
}

/// An archive of sixteen of these, over and over.
fn nested(depth: usize) -> Vec<u8> {
    let mut inner = Zip::of(&[deflated_blanks("0.xml", 64)]);
    for layer in 0..depth {
        let entries: Vec<Entry> = (0..16).map(|n| deflated(&format!("{layer}-{n}.zip"), &inner)).collect();
        inner = Zip::of(&entries);
    }
    inner
}

const CASES: &[Case] = &[
    Case {
        name: "zip bomb, flat: 4 GiB in 4 MB",
        file: || boxed(Zip::of(&[deflated_blanks("a.xml", 4 << 10)])),
        note: "limit",
        is_small: false,
    },
    Case { name: "zip bomb, nested: 16 in 16, five deep", file: || boxed(nested(5)), note: "limit", is_small: false },
    Case {
        name: "zip bomb, 20,000 entries over the same bytes",
        file: || {
            let entry = deflated_blanks("0.xml", 64);
            let mut zip = Zip::default();
            zip.add(&entry);
            for n in 1..20_000 {
                zip.add(&Entry { offset: Some(0), name: n.to_string().into(), ..entry.clone() });
            }
            boxed(zip.finish())
        },
        note: "archive-broken",
        is_small: false,
    },
    Case {
        name: "an archive in an archive a hundred times",
        file: || {
            let mut file = report("a", 1);
            (0..100).for_each(|_| file = Zip::of(&[stored("x.zip", &file)]));
            boxed(file)
        },
        note: "limit",
        is_small: true,
    },
    Case {
        name: "an entry that holds the archive it is in",
        file: || {
            let mut entry = stored("a.zip", b"");
            entry.packed = 1 << 20;
            entry.unpacked = 1 << 20;
            boxed(Zip::of(&[entry.clone(), Entry { offset: Some(0), ..entry }]))
        },
        note: "archive-broken",
        is_small: true,
    },
    Case {
        name: "gzip bomb: 4,096 members, 4 GiB in 4 MB",
        file: || boxed(files::bomb(4_096)),
        note: "limit",
        is_small: false,
    },
    Case {
        name: "gzip bomb in a gzip: 4 GiB in 20 kB",
        file: || boxed(files::gzip(&files::bomb(4_096))),
        note: "limit",
        is_small: false,
    },
    Case {
        name: "a zip that claims 2^63 bytes",
        file: || {
            let mut entry = deflated("a.xml", &report("a", 1));
            (entry.packed, entry.unpacked, entry.zip64) = (1 << 63, 1 << 63, true);
            let mut zip = Zip { zip64: true, ..Zip::default() };
            zip.add(&entry);
            boxed(zip.finish())
        },
        note: "",
        is_small: true,
    },
    Case {
        name: "a zip that claims 10,000,000 entries",
        file: || {
            let mut zip = Zip { zip64: true, ..Zip::default() };
            zip.add(&deflated("a.xml", &report("a", 1)));
            zip.entries = 10_000_000;
            boxed(zip.finish())
        },
        note: "archive-broken",
        is_small: true,
    },
    Case {
        name: "names with ../ and NUL",
        file: || {
            let names = ["../../etc/passwd", "a\0b.xml", "/dev/null", "C:\\x.xml", "..\\..\\x"];
            let mut entries: Vec<Entry> = names.iter().map(|name| stored(name, b"no report")).collect();
            entries.push(stored("../\0.xml", &report("a", 1)));
            boxed(Zip::of(&entries))
        },
        note: "not-a-report",
        is_small: true,
    },
    Case {
        name: "XML with a million tags inside each other",
        file: || boxed(xml(&"<a>".repeat(1_000_000))),
        note: "cut-off",
        is_small: false,
    },
    Case {
        name: "an attribute of 100 MB",
        file: || Box::new(Endless::new(b"<feedback><record a=\"", b"a", 100 << 20)),
        note: "limit",
        is_small: true,
    },
    Case {
        name: "entities of entities",
        file: || {
            let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY l0 \"lol\">");
            for n in 1..20 {
                text += &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
            }
            text +=
                "]><feedback><report_metadata><org_name>&l19;</org_name><report_id>&l19;</report_id></report_metadata>";
            boxed((text + "</feedback>").into_bytes())
        },
        note: "",
        is_small: true,
    },
    Case {
        name: "external entities",
        file: || {
            let text = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><feedback>\
                <report_metadata><org_name>&x;</org_name></report_metadata></feedback>";
            boxed(text.as_bytes().to_vec())
        },
        note: "",
        is_small: true,
    },
    Case {
        name: "a mail of 100,000 parts",
        file: || {
            let part = "--b\nContent-Type: text/plain\n\nx\n".repeat(100_000);
            boxed(format!("From: a@b\nTo: c\nContent-Type: multipart/mixed; boundary=b\n\n{part}--b--\n").into_bytes())
        },
        note: "not-a-report",
        is_small: false,
    },
    Case {
        name: "100,000 multiparts inside each other",
        file: || {
            let part = |n: usize| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
            let parts: String = (0..100_000).map(part).collect();
            boxed(format!("From: a@b\nTo: c\n{parts}").into_bytes())
        },
        note: "limit",
        is_small: true,
    },
    Case {
        name: "a mail with a header line of 1 GB",
        file: || Box::new(Endless::new(b"From: a@b\nTo: c\nSubject: ", b"a b ", 1 << 30)),
        note: "not-a-report",
        is_small: false,
    },
    Case {
        name: "a mail with 1 GB of header lines",
        file: || Box::new(Endless::new(b"From: a@b\nTo: c\n", b"X: y\n", 1 << 30)),
        note: "not-a-report",
        is_small: false,
    },
    Case {
        name: "a mailbox of 1 GB without a line break",
        file: || {
            Box::new(Endless::new(
                b"From a Mon Jan  1 00:00:00 2024\nTo: x\nFrom: y\n\n",
                b"From a@b 2024 10:00 ",
                1 << 30,
            ))
        },
        note: "not-a-report",
        is_small: false,
    },
    Case {
        name: "a mailbox of a million messages without anything",
        file: || boxed(b"From a Mon Jan  1 00:00:00 2024\nTo: x\n\n".repeat(1_000_000)),
        note: "not-a-report",
        is_small: false,
    },
    Case {
        name: "messages inside each other, 100,000 deep",
        file: || boxed(format!("From: a\nTo: b\n{}", "Content-Type: message/rfc822\n\n".repeat(100_000)).into_bytes()),
        note: "not-a-report",
        is_small: true,
    },
    Case {
        name: "a tar that claims 2^63 bytes",
        file: || {
            let mut block = vec![0; 512];
            block[..5].copy_from_slice(b"a.xml");
            block[124..136].copy_from_slice(b"\x80\0\0\0\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
            block[156] = b'x';
            block[148..156].copy_from_slice(b"        ");
            let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
            block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            boxed([block, vec![b'x'; 1 << 20]].concat())
        },
        note: "archive-broken",
        is_small: true,
    },
    Case {
        name: "an Outlook message whose chains go round in circles",
        file: || {
            let mut file = vec![0xFF; 1 << 20];
            file[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
            file[30..34].copy_from_slice(&[9, 0, 6, 0]);
            // Every chain begins at sector 0, whose table says that sector 0 follows.
            for at in [48, 60, 68, 76] {
                file[at..at + 4].copy_from_slice(&[0; 4]);
            }
            file[512..1024].fill(0);
            boxed(file)
        },
        note: "archive-broken",
        is_small: true,
    },
    Case {
        name: "counts of 2^64 and more",
        file: || {
            let count = "<count>18446744073709551616</count>";
            let text = String::from_utf8(report("a", 3)).unwrap().replace("<count>1</count>", count);
            boxed(text.replace("<count>8</count>", "<count>99999999999999999999999999</count>").into_bytes())
        },
        note: "count-unreadable",
        is_small: true,
    },
    Case { name: "a million distinct strings", file: || boxed(files::distinct(250_000)), note: "", is_small: false },
];

fn check(case: &Case, outcome: &Outcome) {
    let codes: Vec<&str> = outcome.row.notes.iter().map(|(note, _)| note.code()).collect();
    let is_told = if case.note.is_empty() { true } else { codes.contains(&case.note) };
    assert!(is_told, "{}: {:?} {codes:?}", case.name, outcome.row.status);
}

#[test]
fn small_ones_end_and_the_next_file_is_read() {
    for case in CASES.iter().filter(|case| case.is_small) {
        // A debug build, among other tests.
        let outcome = outcome((case.file)());
        println!("{}: {:?}", case.name, outcome.time);
        check(case, &outcome);
        assert!(outcome.time < Duration::from_secs(30), "{}: {:?}", case.name, outcome.time);
    }
}

#[test]
#[ignore = "large: cargo test --release --test hostile -- --ignored --nocapture --test-threads=1"]
fn all_of_them_end_in_little_time_and_memory() {
    println!("| File | Size | Ends as | Time | Longest silence | Memory |\n|---|---|---|---|---|---|");
    let (base, mut wrong) = (peak().unwrap_or_default(), Vec::new());
    for case in CASES {
        let mut file = (case.file)();
        let size = file.seek(SeekFrom::End(0)).unwrap();
        let result = outcome(file);
        let codes: Vec<&str> = result.row.notes.iter().map(|(note, _)| note.code()).collect();
        // The file itself lies in memory here, as it does not in a browser.
        let own = if case.name.contains("1 GB") || case.name.contains("100 MB") { 0 } else { size >> 20 };
        let memory = result.memory.map(|memory| memory.saturating_sub(own).saturating_sub(base.min(own)));
        println!(
            "| {} | {:.1} MB | {} ({}) | {:.2} s | {:.2} s | {} MB |",
            case.name,
            size as f64 / 1e6,
            result.row.status.word(),
            codes.join(", "),
            result.time.as_secs_f64(),
            result.silence.as_secs_f64(),
            memory.unwrap_or_default(),
        );
        check(case, &result);
        if result.time > Duration::from_secs(5) || memory.is_some_and(|memory| memory > 128) {
            wrong.push(case.name);
        }
    }
    assert!(wrong.is_empty(), "more than 5 seconds or 128 MB: {wrong:?}");
}

/// Nothing hostile: a mailbox as people have them, in one pass.
#[test]
#[ignore = "large: cargo test --release --test hostile -- --ignored --nocapture --test-threads=1"]
fn a_mailbox_of_2_gib_takes_little_memory() {
    let report = String::from_utf8(report("mail", 100)).unwrap();
    let mail = format!("From a@b Mon Jan  1 00:00:00 2024\nFrom: a@b\nTo: c\nContent-Type: text/xml\n\n{report}\n\n");
    let size = 2 << 30;
    let result = outcome(Box::new(Endless::new(b"", mail.as_bytes(), size)));
    println!(
        "2 GiB in {} messages: {:.1} s, longest silence {:.2} s, peak {} MB",
        result.row.tally.iter().sum::<u32>(),
        result.time.as_secs_f64(),
        result.silence.as_secs_f64(),
        result.memory.unwrap_or_default()
    );
    assert_eq!(result.row.tally.iter().map(|count| u64::from(*count)).sum::<u64>(), size.div_ceil(mail.len() as u64));
    // The ledger has an entry for each message; reading takes no more however many there are.
    assert!(result.memory.is_none_or(|memory| memory <= 128), "{:?} MB", result.memory);
}

/// Nothing hostile: only that the endless file below is a file like any other.
#[test]
fn an_endless_file_reads_and_seeks() -> io::Result<()> {
    let mut file = Endless::new(b"head", b"ab", 9);
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    assert_eq!(text, "headababa");
    file.seek(SeekFrom::Start(5))?;
    let mut piece = [0; 3];
    file.read_exact(&mut piece)?;
    assert_eq!(&piece, b"bab");
    Ok(())
}
