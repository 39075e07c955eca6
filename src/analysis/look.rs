//! A block of rows as a query looks at it: with the reporters' verdicts, or with ours in their place.

use crate::dataset::{Block, Rows};
use crate::report::ReportId;
use crate::report::ours::Ours;
use crate::report::verdict::Outcome;

/// Columns of rows, as in [`Block`].
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// What the records say.
    pub rows: &'a Rows,
    /// The report of each row.
    pub report_of: &'a [ReportId],
    /// The outcome of each row.
    pub outcome: &'a [Outcome],
    /// Our verdict on each row.
    pub ours: &'a [Ours],
}

impl<'a> Look<'a> {
    /// With the reporters' verdicts.
    #[must_use]
    pub fn of(block: &'a Block) -> Self {
        Self { rows: &block.rows, report_of: &block.report_of, outcome: &block.outcome, ours: &block.ours }
    }

    /// With ours, for which `outcomes` has the room.
    #[must_use]
    pub fn ours(block: &'a Block, outcomes: &'a mut Vec<Outcome>) -> Self {
        outcomes.clear();
        outcomes.extend(block.outcome.iter().zip(&block.ours).map(|(outcome, ours)| outcome.judged(*ours)));
        Self { outcome: outcomes, ..Self::of(block) }
    }
}
