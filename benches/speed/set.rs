//! Generated reports in memory, and the dataset that they make.

use std::io::Cursor;
use std::time::Instant;

use dmarcscope::dataset::Batch;
use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, FileId, Limits};
use dmarcscope::protocol::Delivery;
use dmarcscope::roles::{Outbox, Packer, Store};
use dmarcscope::storage::Memory;

use crate::totals::Totals;
use crate::{domains, plan, report, reporters};

const SEED: u64 = 1;
const CONTEXT: Context<'static> = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };

/// Gives the XML of one report after the other.
pub fn generate(reports: u64, records: u64, mut take: impl FnMut(FileId, Vec<u8>)) {
    let (domains, reporters) = (domains::all(SEED), reporters::all(SEED));
    let mut totals = Totals::default();
    for (file, plan) in (0..).zip(plan::all(SEED, reports, records, &reporters)) {
        let (domain, reporter) = (&domains[plan.domain], &reporters[plan.reporter]);
        let mut xml = Vec::new();
        report::write(SEED, &plan, domain, reporter, &mut totals, &mut xml).expect("memory takes all");
        take(file, xml);
    }
}

/// Reports whose XML is held.
pub fn held(reports: u64, records: u64) -> Vec<Vec<u8>> {
    let mut held = Vec::new();
    generate(reports, records, |_, xml| held.push(xml));
    held
}

/// A reader and a store at work side by side, as in the page, but for the messages between them.
pub struct Intake(Packer<Direct>);

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

impl Intake {
    /// An empty one.
    pub fn new() -> Self {
        Self(Packer::new(Direct { store: Store::new(Memory::default()), clock: Instant::now() }))
    }

    /// Reads a file.
    pub fn read(&mut self, file: FileId, bytes: &[u8]) {
        self.0.read(file, "report.xml", &mut Cursor::new(bytes), &CONTEXT);
    }

    /// All that was read.
    pub fn store(self) -> Store<Memory> {
        self.0.into_outbox().store
    }
}

/// The dataset of files.
pub fn dataset_of(files: &[Vec<u8>]) -> Store<Memory> {
    let mut intake = Intake::new();
    for (file, bytes) in (0..).zip(files) {
        intake.read(file, bytes);
    }
    intake.store()
}
