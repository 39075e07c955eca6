use crate::dataset::{Batch, Part, ReportPart};
use crate::intake::{Context, FileId, Locator, ReadSeek, Receiver, read_file};
use crate::ledger::{Kind, Notes};
use crate::report::{Record, Report};

/// Rows after which a batch is handed over. The store takes in a batch of this size in a few milliseconds.
const MOST_ROWS: usize = 2 * 1024;
/// Parts after which a batch is handed over.
const MOST_PARTS: usize = 256;
/// Bytes of distinct text after which a batch is handed over.
const MOST_TEXT: usize = 256 << 10;
/// Milliseconds after which a batch is handed over, so that figures fill while files come in.
const MOST_TIME: f64 = 150.0;

/// Where a reader's results go.
pub trait Outbox {
    /// A batch is ready.
    fn deliver(&mut self, batch: &Batch);
    /// So many bytes of the open file are read.
    fn progress(&mut self, bytes: u64);
    /// Milliseconds from some point on.
    fn now(&self) -> f64;
}

/// Packs what files hold into batches.
///
/// A file that fits into a batch is handed over with its end or not at all, so that a reader that stops leaves no file half
/// handed over but the one it was at: every other can be read again by the next reader.
#[derive(Debug)]
pub struct Packer<O> {
    outbox: O,
    batch: Batch,
    /// Rows of the report in hand in this batch, and whether a part of it went out before.
    rows: u32,
    is_continued: bool,
    /// Whether a part of the open file went out before.
    is_file_out: bool,
    since: f64,
}

impl<O: Outbox> Packer<O> {
    /// Begins with nothing packed.
    pub fn new(outbox: O) -> Self {
        let since = outbox.now();
        Self { outbox, batch: Batch::default(), rows: 0, is_continued: false, is_file_out: false, since }
    }

    /// Reads a file and packs all it holds.
    pub fn read(&mut self, file: FileId, name: &str, bytes: &mut dyn ReadSeek, context: &Context<'_>) {
        self.begin(file, name);
        read_file(bytes, name, context, self);
        self.end();
    }

    /// Packs a file that cannot be opened.
    pub fn refuse(&mut self, file: FileId, name: &str, notes: &Notes) {
        self.begin(file, name);
        self.other(None, notes, &Locator::default());
        self.end();
    }

    fn begin(&mut self, file: FileId, name: &str) {
        self.batch.parts.push(Part::Open { file, name: name.into() });
        self.is_file_out = false;
    }

    fn end(&mut self) {
        self.batch.parts.push(Part::Close);
        if self.is_file_out || self.is_due() {
            self.flush();
        }
    }

    /// Hands over what is packed.
    pub fn flush(&mut self) {
        if !self.batch.is_empty() {
            self.outbox.deliver(&self.batch);
            self.batch.clear();
        }
        self.since = self.outbox.now();
    }

    fn is_full(&self) -> bool {
        self.batch.rows.len() >= MOST_ROWS
            || self.batch.parts.len() >= MOST_PARTS
            || self.batch.tables.strings.text_len() >= MOST_TEXT
    }

    fn is_due(&self) -> bool {
        self.is_full() || self.outbox.now() - self.since >= MOST_TIME
    }

    fn flush_within_file(&mut self) {
        self.is_file_out = true;
        self.flush();
    }

    /// Ends, giving back where the results went.
    pub fn into_outbox(mut self) -> O {
        self.flush();
        self.outbox
    }
}

impl<O: Outbox> Receiver for Packer<O> {
    fn record(&mut self, report: &Report, record: &Record<'_>) {
        let entry = self.batch.tables.intern(record);
        self.batch.rows.push(record.count, entry);
        self.rows += 1;
        // The clock is asked now and then only: a call costs more than a row.
        let due = if self.batch.rows.len().is_multiple_of(256) { self.is_due() } else { self.is_full() };
        if due {
            self.batch.parts.push(Part::Report(Box::new(ReportPart {
                rows: self.rows,
                continued: self.is_continued,
                finished: false,
                report: report.clone(),
                notes: Notes::default(),
                locator: Locator::default(),
            })));
            self.rows = 0;
            self.is_continued = true;
            self.flush_within_file();
        }
    }

    fn report(&mut self, report: &Report, notes: &Notes, locator: &Locator) {
        self.batch.parts.push(Part::Report(Box::new(ReportPart {
            rows: std::mem::take(&mut self.rows),
            continued: std::mem::take(&mut self.is_continued),
            finished: true,
            report: report.clone(),
            notes: notes.clone(),
            locator: locator.clone(),
        })));
        let due = if self.batch.parts.len().is_multiple_of(32) { self.is_due() } else { self.is_full() };
        if due {
            self.flush_within_file();
        }
    }

    fn other(&mut self, kind: Option<Kind>, notes: &Notes, locator: &Locator) {
        self.batch.parts.push(Part::Other { kind, notes: notes.clone(), locator: locator.clone() });
        if self.is_full() {
            self.flush_within_file();
        }
    }

    fn progress(&mut self, bytes: u64) {
        self.outbox.progress(bytes);
    }
}
