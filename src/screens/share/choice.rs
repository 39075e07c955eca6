//! What can be made, and what it is about.

use dmarcscope::analysis::{Field, Filter, Term};
use dmarcscope::export::Format;

use super::super::address::{Show, View};

/// What can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file of records.
    Records(Format),
    /// A summary in Markdown.
    Summary,
}

impl Kind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::Records(Format::Page),
        Self::Records(Format::Csv),
        Self::Records(Format::Ndjson),
        Self::Records(Format::Parsedmarc),
        Self::Records(Format::Reports),
        Self::Records(Format::Raw),
        Self::Summary,
    ];

    /// Its name in keys.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Records(Format::Page) => "page",
            Self::Records(Format::Csv) => "csv",
            Self::Records(Format::Ndjson) => "ndjson",
            Self::Records(Format::Parsedmarc) => "parsedmarc",
            Self::Records(Format::Reports) => "reports",
            Self::Records(Format::Raw) => "raw",
            Self::Summary => "summary",
        }
    }

    /// Whether anything in it can be made unrecognizable.
    pub const fn can_redact(self) -> bool {
        !matches!(self, Self::Records(Format::Raw) | Self::Summary)
    }

    /// The name of the file.
    pub fn file_name(self) -> String {
        let ending = match self {
            Self::Records(format) => format.ending(),
            Self::Summary => "md",
        };
        let what = if matches!(self, Self::Records(Format::Reports | Format::Raw)) { "reports" } else { "dmarc" };
        format!("{what}.{ending}")
    }
}

/// The view as it is in a file that holds what the filter shows: labels are not taken along, so nothing asks for them.
pub fn carried(view: &View, is_all: bool) -> View {
    let is_label = |term: &Term| matches!(term, Term::Text(Field::Label, _));
    let clauses = view.filter.clauses.iter().filter(|clause| is_all || !is_label(&clause.term)).cloned();
    // A report has another number there.
    let show = if matches!(view.show, Show::Report(_)) { Show::Reports } else { view.show };
    View { filter: Filter { clauses: clauses.collect() }, show, ..view.clone() }
}
