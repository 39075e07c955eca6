use serde::{Deserialize, Serialize};

use super::rows::Rows;
use super::tables::Tables;
use crate::intake::{FileId, Locator};
use crate::ledger::{Kind, Notes};
use crate::report::Report;

/// What a reader hands to the store at a time: rows with tables of their own, and what they belong to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Batch {
    /// The values that the rows name.
    pub tables: Tables,
    /// The rows, in the order of the parts.
    pub rows: Rows,
    /// What was read, in order. Each report takes its rows from the front of what is left.
    pub parts: Vec<Part>,
}

/// A step of reading.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Part {
    /// A file was opened.
    Open {
        /// Its number.
        file: FileId,
        /// Its name, with the folder where one was dropped.
        name: Box<str>,
    },
    /// A report, or a piece of one.
    Report(Box<ReportPart>),
    /// An item that gave no aggregate report.
    Other {
        /// What kind of report it is, where it is one.
        kind: Option<Kind>,
        /// Why it was not read.
        notes: Notes,
        /// Where it lies.
        locator: Locator,
    },
    /// The open file is over.
    Close,
}

/// A report, or the rows of a long one that are ready.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReportPart {
    /// Rows of this batch that belong to it.
    pub rows: u32,
    /// Whether a part of the same report came before.
    pub continued: bool,
    /// Whether the report is over; until then `report` is what is known so far, `notes` and `locator` are empty.
    pub finished: bool,
    /// All but the records.
    pub report: Report,
    /// What was noted on the way.
    pub notes: Notes,
    /// Where it lies.
    pub locator: Locator,
}

impl Batch {
    /// Whether there is nothing to hand over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.rows.is_empty()
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.tables.clear();
        self.rows.truncate(0);
        self.parts.clear();
    }
}
