//! Reads aggregate reports from bytes, in a stream and tolerantly.
//!
//! `window` brings the bytes as UTF-8, a piece at a time. `reading` goes from construct to construct (`report_metadata`,
//! `policy_published`, one `record`), each of which `metadata` and `record` read from well-formed XML (`xml`, which reads the
//! plainest of it past the parser, in `lane`); `desk` puts the report together. A construct that is not well-formed is found
//! again by its landmarks (`seek`), copied well-formed (`mend`), and read by the very same functions; each change is a note.

mod address;
mod dates;
mod desk;
mod lane;
mod looks;
mod mend;
mod metadata;
mod names;
mod reading;
mod record;
mod seek;
mod values;
mod window;
mod xml;

use std::io::Read;

use self::desk::Desk;
use self::reading::Reading;
use self::window::{Filled, Window};
use super::sink::Sink;
use crate::intake::Context;
use crate::ledger::{Found, Note, Notes};

/// Bytes of the beginning that tell what an input is that holds no report.
const HEAD: usize = 1024;

/// How reading an input ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// Aggregate reports given to the sink.
    pub reports: u64,
    /// What the bytes look like, where they hold no report; `None` where they are empty or blank (a note says so).
    pub found: Option<Found>,
    /// Notes that belong to no report: only where there is none.
    pub notes: Notes,
}

/// Reads every aggregate report in `source`, the unpacked bytes of one member of a file.
///
/// Each report is given to `sink` as it is read. Errors of `source` end the reading: what was complete by then is kept,
/// and the error's note is the report's, or the ending's where no report was in hand. Memory stays within a small
/// multiple of `context.limits.element_size`, whatever the input's size.
pub fn read_reports(source: &mut dyn Read, context: &Context<'_>, sink: &mut dyn Sink) -> Ending {
    let mut window = Window::open(source, context);
    let head = window.bytes().get(..HEAD).unwrap_or(window.bytes()).to_vec();
    let mut reading = Reading::new(Desk::new(context.limits, sink));
    loop {
        reading.desk.transcoded(window.transcoded());
        let done = reading.pass(window.bytes(), window.offset(), window.ended());
        window.consume(done);
        match window.fill() {
            Filled::More => {}
            Filled::Ended => break,
            Filled::Full => reading.too_large(context.limits.element_size),
        }
    }
    reading.desk.transcoded(window.transcoded());
    let closed = reading.desk.close(window.offset(), window.failure().cloned());
    let mut notes = closed.notes;
    let found = (closed.reports == 0 && !closed.blank).then(|| looks::looks_like(&head, closed.root.as_deref()));
    if closed.reports == 0 && closed.blank && notes.is_empty() {
        notes.add(Note::Empty);
    }
    Ending { reports: closed.reports, found, notes }
}
