//! Batches made by hand, where so many records are wanted that XML would take long.

use dmarcscope::dataset::{Batch, Part, ReportPart};
use dmarcscope::intake::{FileId, Locator};
use dmarcscope::ledger::Notes;
use dmarcscope::report::{Record, Report};

/// A piece of a report, with the opening of its file before the first piece and its end after the last.
pub struct Piece<'a> {
    pub file: FileId,
    pub report: &'a Report,
    pub is_first: bool,
    pub is_last: bool,
}

/// A batch of one piece.
pub fn piece(piece: &Piece<'_>, records: &[Record<'_>]) -> Batch {
    let mut batch = Batch::default();
    if piece.is_first {
        batch.parts.push(Part::Open { file: piece.file, name: piece.file.to_string().into() });
    }
    for record in records {
        let entry = batch.tables.intern(record);
        batch.rows.push(record.count, entry);
    }
    batch.parts.push(Part::Report(Box::new(ReportPart {
        rows: u32::try_from(records.len()).unwrap(),
        continued: !piece.is_first,
        finished: piece.is_last,
        report: piece.report.clone(),
        notes: Notes::default(),
        locator: Locator::default(),
    })));
    if piece.is_last {
        batch.parts.push(Part::Close);
    }
    batch
}

/// A batch of a whole file of one report.
pub fn file(file: FileId, report: &Report, records: &[Record<'_>]) -> Batch {
    piece(&Piece { file, report, is_first: true, is_last: true }, records)
}
