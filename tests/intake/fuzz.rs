//! Any bytes at all: nothing panics, everything ends in an item.

use dmarcscope::intake::Limits;
use proptest::prelude::*;

use super::archive::{Zip, deflated, stored};
use super::support::{gzip, read_all, report, source};

fn files() -> Vec<Vec<u8>> {
    let xml = report("a", 4);
    let zip = Zip::of(&[
        deflated("a.xml", &xml),
        stored("b.gz", &gzip(&xml)),
        deflated("c.zip", &Zip::of(&[stored("d", &xml)])),
    ]);
    vec![gzip(&xml), [gzip(&xml), gzip(&zip)].concat(), gzip(&zip), zip]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_containers_end(which in 0..4_usize, cut in 0.0..1.2_f64, hits in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..6)) {
        let mut file = files().swap_remove(which);
        for (at, byte) in hits {
            let at = (at * file.len() as f64) as usize;
            file[at] = byte;
        }
        file.truncate((cut * file.len() as f64) as usize);
        let items = read_all(&file, &Limits::DEFAULT).items;
        prop_assert!(!items.is_empty());
        for item in items.iter().filter(|item| item.is_report) {
            let source = source(&file, &item.locator, u64::MAX);
            prop_assert!(source.is_ok_and(|source| source.bytes.len() as u64 == item.locator.end - item.locator.start), "{:?}", item);
        }
    }

    #[test]
    fn any_bytes_end(file in prop::collection::vec(any::<u8>(), 0..300), start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"PK\x05\x06", b"\x1F\x8B\x08", b"<?xml", b"\x78\x9C", b"{"])) {
        let file = [start, &file].concat();
        prop_assert!(!read_all(&file, &Limits::DEFAULT).items.is_empty());
    }
}
