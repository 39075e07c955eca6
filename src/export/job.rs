use serde::{Deserialize, Serialize};

use super::Redaction;
use crate::analysis::{Filter, Zone};

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// A JSON object a line.
    Ndjson,
    /// JSON in parsedmarc's names.
    Parsedmarc,
    /// A zip of reports written anew, with the chosen records only.
    Reports,
    /// A zip of the reports as they came, whole.
    Raw,
    /// The same zip of reports written anew, inside of one HTML file with the whole viewer.
    Page,
}

impl Format {
    /// The ending of a file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Parsedmarc => "json",
            Self::Reports | Self::Raw => "zip",
            Self::Page => "html",
        }
    }

    /// The media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv;charset=utf-8",
            Self::Ndjson => "application/x-ndjson",
            Self::Parsedmarc => "application/json",
            Self::Reports | Self::Raw => "application/zip",
            Self::Page => "text/html;charset=utf-8",
        }
    }
}

/// Asks the export program for a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// Which records.
    pub filter: Filter,
    /// Whose days the filter means.
    pub zone: Zone,
    /// What to write.
    pub format: Format,
    /// What is made unrecognizable.
    pub redaction: Redaction,
    /// What stands before and behind the data, which is then written in base64: an HTML file's.
    pub around: Option<(String, String)>,
}

/// How far the export program is; its last word comes with the file, or tells why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Taken {
    /// The program runs; says which build it is.
    Ready(String),
    /// So many rows of all are written.
    Rows(u64, u64),
    /// The file is there.
    Done(Saved),
    /// The program stops here, with these words.
    Failed(String),
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Rows.
    pub rows: u64,
    /// Reports.
    pub reports: u64,
    /// Reports whose source could not be read again, and are missing.
    pub missing: u64,
}
