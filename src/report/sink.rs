use super::model::{Record, Report};
use crate::ledger::Notes;

/// Takes what an aggregate report holds, piece by piece, in the order of the file.
///
/// For each report: any number of [`record`](Sink::record), then one [`end`](Sink::end).
pub trait Sink {
    /// A record. `report` is what is known of the report so far: metadata may still follow in odd files.
    fn record(&mut self, report: &Report, record: &Record<'_>);

    /// The report is over: all that is known of it, the notes made on the way, and where it lay in the bytes read.
    fn end(&mut self, report: &Report, notes: &Notes, range: std::ops::Range<u64>);
}
