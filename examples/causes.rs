//! Reads DMARC report files natively and prints what is likely of each source and what to do next.
//!
//! ```text
//! cargo run --example causes -- FILTER PATH…
//! ```
//!
//! The very code of the page's reader and store runs here, with the suffix list and the catalogue of senders of `assets/`. After
//! the sources stand the sums by cause, and the messages by why our verdict is another than the reporter's. An empty filter
//! takes everything.

use std::fs::File;
use std::process::ExitCode;

use dmarcscope::analysis::causes::{Cause, Causes, Findings};
use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Groups, Key, Order, Query, Zone};
use dmarcscope::dataset::Batch;
use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};
use dmarcscope::protocol::{Delivery, FromStore, Question, Reply, ToStore};
use dmarcscope::roles::{Outbox, Packer, Store, Worked};
use dmarcscope::storage::Memory;
use dmarcscope::text::{Plain, Words, cause_text, confidence_text, finding_text, step_text};

/// Hands batches straight to a store. No time passes: nothing here depends on when batches are handed over.
struct Direct(Store<Memory>);

impl Outbox for Direct {
    fn deliver(&mut self, batch: &Batch) {
        self.0.deliver(0, &Delivery::Batch(batch));
    }

    fn progress(&mut self, _bytes: u64) {}

    fn now(&self) -> f64 {
        0.0
    }
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(Ok(filter)) = words.next().map(|text| text.parse::<Filter>()) else {
        eprintln!("usage: causes FILTER PATH…   (an empty filter takes everything)");
        return ExitCode::from(2);
    };
    let mut store = Store::new(Memory::default());
    let suffixes = include_bytes!("../assets/suffixes.txt").to_vec();
    if let Some(FromStore::Suffixes { version: Err(error), .. }) =
        store.handle(ToStore::Suffixes { id: 0, bytes: suffixes })
    {
        eprintln!("causes: {error}");
        return ExitCode::FAILURE;
    }
    let senders = include_bytes!("../assets/senders.tsv").to_vec();
    if let Some(Reply::Senders { known: Err(error), .. }) = store.ask(0, Question::Senders { id: 0, bytes: senders }) {
        eprintln!("causes: {error}");
        return ExitCode::FAILURE;
    }
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    let mut packer = Packer::new(Direct(store));
    for (file, path) in (0..).zip(words) {
        match File::open(&path) {
            Ok(mut bytes) => packer.read(file, &path, &mut bytes, &context),
            Err(error) => {
                eprintln!("causes: {path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let mut store = packer.into_outbox().0;
    let (order, find, within) = (Order::default(), String::new(), Vec::new());
    let asks = vec![
        Ask::Causes { by: Dimension::Source, skip: 0, take: u32::MAX },
        Ask::Findings { take: u32::MAX },
        Ask::Groups { by: Dimension::Difference, order, skip: 0, take: u32::MAX, find, within, most: 0 },
    ];
    store.ask(0, Question::Query { id: 0, query: Query { filter, zone: Zone::UTC, asks } });
    let answers = loop {
        match store.work(|| false) {
            Some(Worked::Screens(_, Reply::Answers { answers, .. })) => break answers,
            _ if store.is_busy() => {}
            _ => return ExitCode::FAILURE,
        }
    };
    for answer in &answers {
        match answer {
            Answer::Causes(causes) => tell_causes(causes),
            Answer::Findings(findings) => tell_findings(findings),
            Answer::Groups(groups) => tell_differences(groups),
            _ => {}
        }
    }
    ExitCode::SUCCESS
}

fn tell_causes(causes: &Causes) {
    let words = Words::english_screens(Box::new(Plain));
    for likely in &causes.rows {
        let source = match &likely.key {
            Key::Address(address) => address.to_string(),
            Key::Text(text) => text.clone(),
            _ => "?".to_owned(),
        };
        let figures = &likely.figures;
        println!(
            "{source}: {} pass, {} fail, {} unknown\n  {} ({}; {} messages) [{} → {}]",
            figures.passed,
            figures.failed,
            figures.unknown,
            cause_text(&words, likely.cause, likely.step.kind),
            confidence_text(&words, likely.confidence),
            likely.messages,
            likely.cause.code(),
            likely.step.kind.code(),
        );
        step_text(&words, &likely.step).iter().for_each(|line| println!("  {line}"));
        println!("  evidence: {}\n", likely.evidence);
    }
    println!("cause\tsources\tfailing messages");
    for (cause, (sources, messages)) in Cause::ALL.into_iter().zip(causes.sums) {
        println!("{}\t{sources}\t{messages}", cause.code());
    }
}

fn tell_findings(findings: &Findings) {
    let words = Words::english_screens(Box::new(Plain));
    println!("\n{} things to mend, the most urgent first; then what nobody can mend", findings.total);
    for finding in &findings.rows {
        println!(
            "{} ({} messages {}, {}) [{} → {}]",
            finding_text(&words, finding),
            finding.messages,
            finding.of.word(),
            finding.confidence.word(),
            finding.cause.code(),
            finding.step.kind.code(),
        );
        step_text(&words, &finding.step).iter().for_each(|line| println!("  {line}"));
        println!("  evidence: {}", finding.evidence);
    }
}

fn tell_differences(groups: &Groups) {
    println!("\ndifference\trecords\tmessages");
    for group in &groups.rows {
        if let Key::Text(word) = &group.key {
            println!("{word}\t{}\t{}", group.figures.records, group.figures.messages());
        }
    }
}
