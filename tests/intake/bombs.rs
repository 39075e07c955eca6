//! Inputs made to use up memory or time: each ends in a limit, and what stands beside it is still read.

use dmarcscope::intake::Limits;
use dmarcscope::ledger::{LimitKind, Note};

use super::archive::{Entry, Zip, deflated, stored};
use super::support::{Item, gzip, only, read, read_all, report};
use super::tar::{entry, tar};

fn limited(file: &[u8], limits: &Limits) -> Vec<Item> {
    read_all(file, limits).items
}

fn limit(limit: LimitKind, value: u64) -> Note {
    Note::Limit { limit, value }
}

/// XML that never ends, for as long as it is read.
fn blanks(size: usize) -> Vec<u8> {
    let mut bytes = b"<feedback>".to_vec();
    bytes.resize(size, b' ');
    bytes
}

#[test]
fn a_member_may_not_grow_without_end() {
    let limits = Limits { unpacked_size: 1 << 20, ..Limits::DEFAULT };
    let (xml, big) = (report("a", 1), report("big", 10_000));
    assert!(big.len() > 2 << 20);
    let file = Zip::of(&[deflated("big.xml", &big), stored("flat.xml", &big), deflated("a.xml", &xml)]);
    let items = limited(&file, &limits);
    for item in &items[..2] {
        assert!(item.is_report && item.records > 1000 && item.records < 10_000, "{item:?}");
        assert!(item.notes.contains(&limit(LimitKind::UnpackedSize, 1 << 20)), "{item:?}");
    }
    assert!(items[2].is_report && items[2].notes.is_empty());
}

#[test]
fn the_ratio_ends_bombs_and_spares_their_neighbours() {
    let limits = Limits { ratio: 100, ratio_from: 1 << 20, ..Limits::DEFAULT };
    let xml = report("a", 1);
    let file = Zip::of(&[
        deflated("bomb", &blanks(3 << 20)),
        deflated("a.xml", &xml),
        deflated("bomb", &blanks(3 << 20)),
        deflated("b.xml", &xml),
    ]);
    let items = limited(&file, &limits);
    assert_eq!(items.len(), 4);
    for bomb in [0, 2] {
        assert!(items[bomb].notes.contains(&limit(LimitKind::Ratio, 100)), "{:?}", items[bomb]);
    }
    for good in [1, 3] {
        assert!(items[good].is_report && items[good].notes.is_empty(), "{:?}", items[good]);
    }
    // The same in layers: each counts.
    let items = limited(&gzip(&gzip(&blanks(20 << 20))), &limits);
    assert!(only(&items).notes.contains(&limit(LimitKind::Ratio, 100)));
    let bomb = Zip::of(&[deflated("x", &vec![0; 3 << 20])]);
    let items =
        limited(&Zip::of(&[deflated("a.zip", &bomb), deflated("b.zip", &bomb), deflated("a.xml", &xml)]), &limits);
    assert!(items.iter().any(|item| item.is_report));
}

#[test]
fn a_layered_bomb_takes_little_time() {
    // Ten megabytes that unpack to ten gigabytes, and a thousand times more with a second layer.
    let entry = deflated("x", &gzip(&blanks(16 << 20)));
    let file = Zip::of(&vec![entry; 100]);
    let started = std::time::Instant::now();
    let items = limited(&file, &Limits { ratio_from: 1 << 20, ..Limits::DEFAULT });
    assert_eq!(items.len(), 100);
    assert!(items[10..].iter().all(|item| item.notes.contains(&limit(LimitKind::Ratio, Limits::DEFAULT.ratio))));
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn entries_that_share_their_bytes_are_refused() {
    let xml = report("a", 1);
    let entry = deflated("0", &xml);
    let mut zip = Zip::default();
    zip.add(&entry);
    for index in 1..100 {
        zip.add(&Entry { offset: Some(0), name: index.to_string().into(), ..entry.clone() });
    }
    zip.add(&deflated("last", &xml));
    let items = limited(&zip.finish(), &Limits::DEFAULT);
    assert_eq!(items.len(), 101);
    assert!(items[0].notes.is_empty() && items[100].notes.is_empty());
    assert!(items[1..100].iter().all(|item| item.codes() == ["archive-broken"] && !item.is_report));
    // An entry that runs into another one read before: only the bytes up to that one are its own.
    let inner = stored("inner", &xml);
    let mut outer = Zip::default();
    outer.local(&inner);
    let mut zip = Zip::default();
    let wide = stored("outer", &[&xml[..], &outer.bytes].concat());
    zip.local(&wide);
    zip.add(&Entry { offset: Some(35 + xml.len() as u64), ..inner });
    zip.add(&Entry { offset: Some(0), ..wide });
    let items = limited(&zip.finish(), &Limits::DEFAULT);
    assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [1, 1]);
    assert!(items[1].has("unpack-broken"));
}

#[test]
fn containers_inside_each_other_end_at_the_depth() {
    let mut file = report("a", 1);
    for _ in 0..Limits::DEFAULT.depth {
        file = gzip(&file);
    }
    assert!(only(&read(&file)).is_report);
    let items = read(&gzip(&file));
    assert_eq!(only(&items).notes, [limit(LimitKind::Depth, Limits::DEFAULT.depth as u64)]);
    let mut file = report("a", 1);
    for _ in 0..100 {
        file = Zip::of(&[stored("x.zip", &file)]);
    }
    assert_eq!(only(&read(&file)).notes, [limit(LimitKind::Depth, Limits::DEFAULT.depth as u64)]);
}

/// Puts a file into a container.
type Wrap = fn(&[u8]) -> Vec<u8>;

#[test]
fn as_deep_as_a_person_may_allow_there_is_stack_enough() {
    let wrap: [Wrap; 3] =
        [gzip, |file| Zip::of(&[deflated("x.zip", file)]), |file| tar(&[entry("x.tar", b'0', file, b"ustar\x0000")])];
    // A browser gives a worker 1 MiB; frames of a debug build are several times as large.
    let stack = if cfg!(debug_assertions) { 8 << 20 } else { 1 << 20 };
    for kind in 0..=wrap.len() {
        let reading = move || {
            let mut file = report("a", 1);
            for layer in 0..Limits::MOST.depth {
                file = wrap.get(kind).unwrap_or(&wrap[layer % wrap.len()])(&file);
            }
            assert!(only(&limited(&file, &Limits::MOST)).is_report, "{kind}");
            assert!(limited(&gzip(&file), &Limits::MOST).iter().all(|item| item.has("limit")), "{kind}");
        };
        std::thread::Builder::new().stack_size(stack).spawn(reading).unwrap().join().unwrap();
    }
}

#[test]
fn entries_end_at_their_limit() {
    let limits = Limits { entries: 10, ..Limits::DEFAULT };
    let entry = deflated("a.xml", &report("a", 1));
    let items = limited(&Zip::of(&vec![entry.clone(); 10]), &limits);
    assert_eq!(items.len(), 10);
    let file = Zip::of(&vec![entry; 11]);
    for file in [&file[..], &file[..file.len() - 40]] {
        let items = limited(file, &limits);
        assert_eq!(items.len(), 11);
        assert!(items[10].notes.contains(&limit(LimitKind::Entries, 10)) && items[10].locator.steps.is_empty());
    }
}

#[test]
fn a_nested_archive_is_held_only_so_far() {
    let limits = Limits { nested_archive: 1000, ..Limits::DEFAULT };
    let xml = report("a", 1);
    let inner = Zip::of(&[stored("a.xml", &xml)]);
    assert!(inner.len() > 1000);
    let items = limited(&Zip::of(&[stored("b.zip", &inner), deflated("a.xml", &xml)]), &limits);
    assert_eq!(items[0].notes, [limit(LimitKind::NestedArchive, 1000)]);
    assert!(items[1].is_report);
    // The outermost archive is not held at all.
    assert!(only(&limited(&inner, &limits)).is_report);
}
