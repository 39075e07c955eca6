//! A short replay of the fuzzer: every target over our seeds and deterministic mutations of them.
//!
//! `scripts/fuzz` runs the same targets by the million.

mod support_fuzz;

use support_fuzz::{TARGETS, seeds};

/// Mutations of each seed. A debug build does all of them in a few seconds.
const MUTATIONS: usize = 50;

/// Steele, Lea, Flood: *Fast splittable pseudorandom number generators* (2014).
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// One change: a flip, a cut, a piece of another seed, or a token.
fn mutate(bytes: &mut Vec<u8>, seeds: &[Vec<u8>], tokens: &[Vec<u8>], random: &mut SplitMix64) {
    let at = random.below(bytes.len());
    match random.below(6) {
        0 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << random.below(8)),
        1 => bytes.truncate(at),
        2 => drop(bytes.drain(at..(at + random.below(40)).min(bytes.len()))),
        3 => {
            let other = &seeds[random.below(seeds.len())];
            let from = random.below(other.len());
            let piece = &other[from..(from + random.below(200)).min(other.len())];
            drop(bytes.splice(at..(at + random.below(50)).min(bytes.len()), piece.iter().copied()));
        }
        _ => drop(bytes.splice(at..at, tokens[random.below(tokens.len())].iter().copied())),
    }
}

fn replay(name: &str) {
    let (_, target) = TARGETS.into_iter().find(|(known, _)| *known == name).unwrap();
    let (seeds, tokens, mut random) = (seeds::of(name), seeds::tokens(), SplitMix64(name.len() as u64));
    assert!(tokens.len() > 100);
    for seed in &seeds {
        // First as it is.
        for changes in (0..MUTATIONS).map(|number| number % 5) {
            let mut bytes = seed.clone();
            for _ in 0..changes {
                mutate(&mut bytes, &seeds, &tokens, &mut random);
            }
            // What fails is shown in a form that a test can be made of.
            let result = std::panic::catch_unwind(|| target(&bytes));
            assert!(result.is_ok(), "{name}: b\"{}\"", bytes.escape_ascii());
        }
    }
}

#[test]
fn format_detection() {
    replay("sniff");
}

#[test]
fn gzip_and_zlib() {
    replay("gzip");
}

#[test]
fn zip_archives() {
    replay("zip");
}

#[test]
fn messages_and_mailboxes() {
    replay("mail");
}

#[test]
fn tape_archives() {
    replay("tar");
}

#[test]
fn outlook_messages() {
    replay("msg");
}

#[test]
fn the_report_reader() {
    replay("xml");
}

#[test]
fn from_bytes_to_answers() {
    replay("intake");
}
