use serde::{Deserialize, Serialize};

use crate::dataset::{Rows, Tables};
use crate::intake::{FileId, Locator};
use crate::report::ours::Ours;
use crate::report::verdict::Outcome;
use crate::report::{Report, ReportId};

/// Records on their way out, with all that they belong to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RowPage {
    /// The values that the rows name.
    pub tables: Tables,
    /// The rows, in the order of the reports.
    pub rows: Rows,
    /// What happened to the messages of each row, and our own verdict on it.
    pub judged: Vec<(Outcome, Ours)>,
    /// The reports. Each takes its rows from the front of what is left.
    pub reports: Vec<RowReport>,
}

/// A report of a [`RowPage`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RowReport {
    /// Its number.
    pub id: ReportId,
    /// All but its records.
    pub report: Report,
    /// How many of the page's rows belong to it.
    pub rows: u32,
    /// The file it came in, and the file's name.
    pub file: (FileId, String),
    /// Where it lies in the file.
    pub locator: Locator,
}
