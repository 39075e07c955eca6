//! Between the report reader and the receiver: adds where each report lies, and notes that were made after it was read.

use std::io::{self, Read};
use std::ops::Range;

use super::Locator;
use super::shared::Shared;
use crate::ledger::{Found, Note, Notes, Status};
use crate::report::{self, Record, Report, Sink};

/// Reads all aggregate reports of one item. `guess` is what the item looks like if it turns out to be none.
pub(super) fn reports(shared: &Shared<'_>, source: &mut dyn Read, locator: &mut Locator, guess: Option<Found>) {
    let mut watched = Watched { shared, source };
    let ending = report::read_reports(&mut watched, &shared.context, &mut Item { shared, locator });
    let mut notes = ending.notes;
    notes.extend(&shared.take_tail());
    if ending.reports == 0 {
        match (ending.found, guess) {
            (Some(found), None) | (None, Some(found)) => notes.add(Note::NotAReport(found)),
            (Some(found @ (Found::Xml(_) | Found::Text | Found::Binary)), Some(guess)) => {
                // A page that the reader knows only as XML with the root `html`.
                notes.add(Note::NotAReport(if matches!(guess, Found::Other(_)) { guess } else { found }));
            }
            (Some(found), Some(_)) => notes.add(Note::NotAReport(found)),
            (None, None) if notes.status() < Status::Partial => notes.add(Note::NotAReport(Found::Text)),
            (None, None) => {}
        }
    }
    if !notes.is_empty() {
        shared.other(None, &notes, locator);
    }
}

/// Tells when the file itself cannot be read on: then there is no point in trying the entries that follow.
struct Watched<'a, 's> {
    shared: &'a Shared<'s>,
    source: &'a mut dyn Read,
}

impl Read for Watched<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.source.read(out).inspect_err(|error| self.shared.watch(error))
    }
}

/// Passes on what the report reader finds.
///
/// The reader ends a report once it knows what follows it, so that the notes of its container (a checksum that does not fit,
/// junk behind a stream) are there by then.
struct Item<'a, 's> {
    shared: &'a Shared<'s>,
    locator: &'a mut Locator,
}

impl Sink for Item<'_, '_> {
    fn record(&mut self, report: &Report, record: &Record<'_>) {
        self.shared.receiver().record(report, record);
    }

    fn end(&mut self, report: &Report, notes: &Notes, range: Range<u64>) {
        (self.locator.start, self.locator.end) = (range.start, range.end);
        self.shared.told();
        let tail = self.shared.take_tail();
        if tail.is_empty() {
            return self.shared.receiver().report(report, notes, self.locator);
        }
        let mut notes = notes.clone();
        notes.extend(&tail);
        self.shared.receiver().report(report, &notes, self.locator);
    }
}
