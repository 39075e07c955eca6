//! Streams, limits and hostile input.

use std::io::{self, Read};

use dmarcscope::intake::{Limits, Stop};
use dmarcscope::ledger::{LimitKind, Note};
use proptest::prelude::*;

use super::support::{Dripping, METADATA, POLICY, read, read_noted, read_within, record, report_of, with_record};

/// Limits with constructs of at most so many bytes.
fn small(element_size: usize) -> Limits {
    Limits { element_size, ..Limits::DEFAULT }
}

#[test]
fn a_window_much_smaller_than_the_report() {
    let text = with_record(&record().repeat(200));
    let all = read_within(&mut text.as_bytes(), &small(1024));
    let codes = all.codes();
    assert_eq!((all.records.len(), codes.len()), (200, 0), "{codes:?}");
    assert_eq!(all.ranges[0], 39..text.len() as u64 - 1);
}

#[test]
fn a_window_that_ends_anywhere() {
    let odd =
        record().replace("example.com</header_from>", "a<b & ä</header_from>").replace("<row>", "<!-- c --><row>");
    let text = with_record(&[record(), odd, record()].concat());
    let whole = read(&text);
    for padding in 0..1100 {
        let padded = text.replace("?>\n", &format!("?>{}\n", " ".repeat(padding)));
        let all = read_within(&mut padded.as_bytes(), &small(1024));
        assert_eq!((all.codes(), &all.records), (whole.codes(), &whole.records), "{padding}");
    }
}

#[test]
fn one_byte_at_a_time() {
    let text = with_record(&record().repeat(3));
    let all = read_within(&mut Dripping { bytes: text.as_bytes(), interrupted: false }, &Limits::DEFAULT);
    assert_eq!((all.messages(), all.codes().len()), (6, 0));
}

#[test]
fn a_record_larger_than_the_limit() {
    let large = record().replace("<row>", &format!("<x>{}</x><row>", "x".repeat(5000)));
    let text = with_record(&[record(), large, record()].concat());
    let all = read_within(&mut text.as_bytes(), &small(2048));
    assert_eq!(all.messages(), 4);
    let limit = Note::Limit { limit: LimitKind::ElementSize, value: 2048 };
    assert!(all.notes[0].iter().any(|(note, _)| *note == limit), "{:?}", all.codes());
}

#[test]
fn text_larger_than_the_limit_around_a_report() {
    let junk = "x".repeat(5000);
    let text = format!("{junk}{}{junk}<!--{junk}", with_record(&record()));
    let all = read_within(&mut text.as_bytes(), &small(1024));
    assert_eq!(all.messages(), 2, "{:?}", all.codes());
}

#[test]
fn elements_nested_too_deep() {
    let deep = format!("{}{}", "<x>".repeat(100), "</x>".repeat(100));
    let all = read_noted(with_record(&record().replace("</record>", &format!("{deep}</record>"))), &["limit"]);
    assert_eq!((all.messages(), all.records[0].extensions.is_none()), (2, true));
    let rows = "<row>".repeat(10_000);
    let all = read(with_record(&format!("<record>{rows}</record>{}", record())));
    assert_eq!(all.messages(), 2);
}

/// A source that fails after some bytes.
struct Failing<'a>(&'a [u8], Option<io::Error>);

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => self.1.take().map_or(Ok(0), Err),
            read => Ok(read),
        }
    }
}

#[test]
fn a_source_that_fails() {
    let text = with_record(&record().repeat(2));
    let stop = || Some(Stop(Note::UnpackBroken { at: 7 }).into());
    let cut = text.rfind("<identifiers>").unwrap();
    let all = read_within(&mut Failing(&text.as_bytes()[..cut], stop()), &Limits::DEFAULT);
    assert_eq!((all.messages(), all.codes()), (2, vec!["cut-off".to_owned(), "unpack-broken".to_owned()]));
    let all = read_within(&mut Failing(text.as_bytes(), stop()), &Limits::DEFAULT);
    assert_eq!((all.messages(), all.codes()), (4, vec!["unpack-broken".to_owned()]));
    let all = read_within(&mut Failing(b"", stop()), &Limits::DEFAULT);
    assert_eq!(all.ending.notes.iter().map(|(note, _)| note.code()).collect::<Vec<_>>(), ["unpack-broken"]);
}

#[test]
fn hostile_repetition_takes_no_time() {
    let pieces = [
        "<!--<record>",
        "<record><!--",
        "<feedback><!--",
        "<record><a b=\"",
        "<record><x>",
        "&",
        "<",
        "</",
        "<![CDATA[<record>",
        "<?x<record>",
    ];
    for piece in pieces {
        for start in ["", "<feedback>"] {
            let text = format!("{start}{}", piece.repeat((1 << 19) / piece.len()));
            let begun = std::time::Instant::now();
            let all = read(&text);
            assert!(begun.elapsed().as_secs() < 10, "{start}{piece}: {:?}", begun.elapsed());
            assert!(all.records.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done to a report, reading ends without a panic, and each range lies in the input.
    #[test]
    fn damage_never_panics(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[<>&/\"'!?a-z \u{e4}\\[\\]-]{0,6}"), 1..6),
        size in 1024_usize..6000,
    ) {
        let mut bytes = report_of(&[METADATA, POLICY, &record(), &record()]).into_bytes();
        for (place, length, with) in edits {
            let from = place.index(bytes.len());
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, with.bytes().take(5));
        }
        let whole = read(&bytes);
        for range in &whole.ranges {
            prop_assert!(range.start <= range.end && range.end <= bytes.len() as u64);
        }
        let piecewise = read_within(&mut &*bytes, &small(size));
        prop_assert!(piecewise.records.len() <= whole.records.len() + 2);
    }
}
