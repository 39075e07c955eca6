//! Reads DMARC report files natively and writes their records in a form that other programs take.
//!
//! ```text
//! cargo run --example export -- csv|ndjson|parsedmarc|reports FILTER PATH…
//! ```
//!
//! The very code of the page's reader, store and export program runs here. An empty filter takes everything.

use std::fs::File;
use std::io::{self, Write as _};
use std::process::ExitCode;

use dmarcscope::analysis::{Answer, Ask, Filter, Query, Zone};
use dmarcscope::dataset::Batch;
use dmarcscope::export::{Format, Redaction, Writer};
use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};
use dmarcscope::protocol::{Delivery, Question, Reply, ToStore};
use dmarcscope::roles::{Outbox, Packer, Store, Worked};
use dmarcscope::storage::Memory;

/// Rows asked for at a time, as the export program does.
const ROWS: usize = 2_048;

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
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("export: {words}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut words = std::env::args().skip(1);
    let usage =
        || "usage: export csv|ndjson|parsedmarc|reports FILTER PATH…   (an empty filter takes everything)".to_owned();
    let format = match words.next().as_deref() {
        Some("csv") => Format::Csv,
        Some("ndjson") => Format::Ndjson,
        Some("parsedmarc") => Format::Parsedmarc,
        Some("reports") => Format::Reports,
        _ => return Err(usage()),
    };
    let filter: Filter = words.next().ok_or_else(usage)?.parse().map_err(|_| usage())?;
    let mut store = Store::new(Memory::default());
    store.handle(ToStore::Suffixes { id: 0, bytes: include_bytes!("../assets/suffixes.txt").to_vec() });
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    let mut packer = Packer::new(Direct(store));
    for (file, path) in (0..).zip(words) {
        let mut bytes = File::open(&path).map_err(|error| format!("{path}: {error}"))?;
        packer.read(file, &path, &mut bytes, &context);
    }
    let mut store = packer.into_outbox().0;
    let query = Query { filter, zone: Zone::UTC, asks: vec![Ask::Rows] };
    store.ask(0, Question::Query { id: 0, query });
    let chosen = loop {
        match store.work(|| false) {
            Some(Worked::Screens(_, Reply::Answers { answers, .. })) => match answers.into_iter().next() {
                Some(Answer::Rows(chosen)) => break chosen,
                _ => return Err("the store gives no rows".to_owned()),
            },
            _ if store.is_busy() => {}
            _ => return Err("the store gives no answer".to_owned()),
        }
    };
    let mut out = io::stdout().lock();
    let mut writer = Writer::new(format, Redaction::default());
    let asks = chosen.rows.chunks(ROWS).map(|rows| (rows.to_vec(), vec![])).chain([(vec![], chosen.empty.clone())]);
    for (rows, empty) in asks.collect::<Vec<_>>() {
        if let Some(Reply::Rows { page, .. }) = store.ask(0, Question::Rows { id: 1, rows, empty }) {
            writer.page(&page);
            out.write_all(&writer.take()).map_err(|error| error.to_string())?;
        }
    }
    writer.finish();
    out.write_all(&writer.take()).map_err(|error| error.to_string())
}
