//! Reads DMARC report files and folders natively and tells what became of each: one JSON object a file, a line each.
//!
//! ```text
//! cargo run --release --example ledger -- PATH…
//! ```
//!
//! `file`, `status` (read, recognised, mended, duplicate, partial, refused), `kind` (aggregate, tls, failure or null), `reports`, `records`,
//! `messages`, `passed`, `failed`, `unknown`, `notes` (in plain words). A duplicate states its own figures. The very code of
//! the page's reader and store runs here.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use dmarcscope::dataset::Batch;
use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};
use dmarcscope::ledger::{Note, Notes};
use dmarcscope::protocol::{Delivery, FileQuery, FileRow, Question, Reply};
use dmarcscope::roles::{Outbox, Packer, Store};
use dmarcscope::storage::Memory;
use dmarcscope::text::{Plain, Words, note_text};
use serde_json::json;

/// Hands batches straight to a store.
struct Direct {
    store: Store<Memory>,
    clock: Instant,
}

impl Outbox for Direct {
    fn deliver(&mut self, batch: &Batch) {
        self.store.deliver(0, &Delivery::Batch(batch));
    }

    fn progress(&mut self, _bytes: u64) {}

    fn now(&self) -> f64 {
        self.clock.elapsed().as_secs_f64() * 1_000.0
    }
}

fn main() -> ExitCode {
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if paths.is_empty() {
        eprintln!("usage: ledger PATH…   (files and folders of DMARC reports)");
        return ExitCode::from(2);
    }
    let mut files = Vec::new();
    for path in &paths {
        gather(path, &mut files);
    }
    let context = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };
    let mut packer = Packer::new(Direct { store: Store::new(Memory::default()), clock: Instant::now() });
    for (file, path) in (0..).zip(&files) {
        let name = path.to_string_lossy();
        match File::open(path) {
            Ok(mut bytes) => packer.read(file, &name, &mut bytes, &context),
            Err(error) => {
                let mut notes = Notes::default();
                notes.add(Note::Unreadable(error.to_string().into()));
                packer.refuse(file, &name, &notes);
            }
        }
    }
    let mut store = packer.into_outbox().store;
    let query = FileQuery { take: u32::MAX, ..FileQuery::default() };
    let Some(Reply::Files { page, .. }) = store.ask(0, Question::Files { id: 0, query }) else {
        return ExitCode::FAILURE;
    };
    let mut rows = page.rows;
    rows.sort_by_key(|row| row.file);
    match print(&rows) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the lines wants no more of them.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ledger: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Every file at or below a path, in the order of names. What is not there is kept, to be told.
fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    let mut below: Vec<PathBuf> =
        std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    below.sort();
    for path in below {
        gather(&path, files);
    }
}

fn print(rows: &[FileRow]) -> std::io::Result<()> {
    let words = Words::english_screens(Box::new(Plain));
    let mut out = BufWriter::new(std::io::stdout().lock());
    for row in rows {
        let notes: Vec<String> = row.notes.iter().map(|(note, times)| note_text(&words, note, times)).collect();
        let line = json!({
            "file": row.name,
            "status": row.status.word(),
            "kind": row.kind.map(|kind| kind.word()),
            "reports": row.reports,
            "records": row.figures.records,
            "messages": row.figures.messages(),
            "passed": row.figures.passed,
            "failed": row.figures.failed,
            "unknown": row.figures.unknown,
            "notes": notes,
        });
        writeln!(out, "{line}")?;
    }
    out.flush()
}
