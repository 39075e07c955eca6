use serde::{Deserialize, Serialize};

use crate::intake::FileId;
use crate::ledger::{ItemId, Kind, Notes, Status};
use crate::report::{Figures, ReportId};

/// Which files of the ledger to tell about: exceptions first, then in the order they were dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileQuery {
    /// How many to pass over.
    pub skip: u32,
    /// How many to give at most.
    pub take: u32,
    /// Only files whose name, or the name of something in them, contains this text, letter case aside. Empty: all files.
    pub find: String,
    /// Only files with one of these statuses. Empty: all files.
    pub only: Vec<Status>,
}

/// Some files of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePage {
    /// How many files there are in all.
    pub total: u32,
    /// How many of all files have which status, in the order of [`Status::ALL`].
    pub tally: [u32; 6],
    /// How many files are found: those with such a name and status.
    pub matched: u32,
    /// The files asked for.
    pub rows: Vec<FileRow>,
}

/// A file of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRow {
    /// Its number.
    pub file: FileId,
    /// Its name.
    pub name: String,
    /// What became of it: the worst of its items.
    pub status: Status,
    /// Whether it is still being read.
    pub is_open: bool,
    /// What kind of report it holds: the first item's that is one.
    pub kind: Option<Kind>,
    /// How many of its items have which status, in the order of [`Status::ALL`].
    pub tally: [u32; 6],
    /// Aggregate reports in it, twins included.
    pub reports: u32,
    /// What they sum up to, twins included.
    pub figures: Figures,
    /// All notes of the file and its items, counted.
    pub notes: Notes,
    /// The first aggregate report's item: its source can be read again.
    pub item: Option<ItemId>,
    /// The first aggregate report.
    pub report: Option<ReportId>,
}

/// Which items to tell about: those of a file, exceptions first and then in the file's order; or all, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemQuery {
    /// The file; none: all of them.
    pub file: Option<FileId>,
    /// How many to pass over.
    pub skip: u32,
    /// How many to give at most.
    pub take: u32,
    /// Only items in whose path, reporter, domain or report id this text is, letter case aside. Empty: all items.
    pub find: String,
}

/// An item of a file: a report, or what stood in the place of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// Its number.
    pub item: ItemId,
    /// The file it is in.
    pub file: FileId,
    /// The aggregate report, where it is one.
    pub report: Option<ReportId>,
    /// The way to it inside the file: the names of archives' members. Empty for a file that is the report itself.
    pub path: String,
    /// What became of it.
    pub status: Status,
    /// What kind of report it is, where it is one.
    pub kind: Option<Kind>,
    /// Reporter, policy domain and report id, as far as stated.
    pub names: [Option<String>; 3],
    /// The first and the last second of its period, as far as readable.
    pub period: (Option<i64>, Option<i64>),
    /// What it sums up to, twin or not.
    pub figures: Figures,
    /// Why it has its status.
    pub notes: Notes,
}
