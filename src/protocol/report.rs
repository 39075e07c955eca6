use serde::{Deserialize, Serialize};

use crate::ledger::{ItemId, Notes, Status};
use crate::report::ours::Ours;
use crate::report::verdict::Outcome;
use crate::report::{Figures, Record, Report, ReportId};

/// Which report to show, and which of its records, in the report's order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportQuery {
    /// Its number.
    pub report: ReportId,
    /// How many records to pass over.
    pub skip: u32,
    /// How many to give at most.
    pub take: u32,
}

/// A report as it was read, and some of its records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportPage {
    /// All but the records.
    pub report: Report,
    /// What its records sum up to. A twin's figures are its own; totals leave it out.
    pub figures: Figures,
    /// What became of it; `None` while it is being read.
    pub status: Option<Status>,
    /// Its entry in the ledger, by which its source can be read again.
    pub item: Option<ItemId>,
    /// Where it lies: the file, and the way inside it.
    pub place: String,
    /// What was noted while it was read.
    pub notes: Notes,
    /// The records asked for. A twin's are not kept: its original has the same ones.
    pub records: Vec<RecordRow>,
}

/// A record, and what happened to its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordRow {
    /// The record.
    pub record: Record<'static>,
    /// What happened.
    pub outcome: Outcome,
    /// Our own verdict.
    pub ours: Ours,
}
