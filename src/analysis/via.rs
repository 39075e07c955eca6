use super::look::Look;
use super::query::Dimension;
use crate::dataset::{Dataset, Fact};
use crate::report::ours::Ours;
use crate::report::verdict::Outcome;

/// What leads from a row to its values: a column of numbers of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Sources.
    Source,
    /// Identifiers.
    Identifiers,
    /// Combinations of raw results.
    Auth,
    /// Evaluations.
    Evaluation,
    /// What few records have.
    Extra,
    /// Outcomes, by their numbers.
    Outcome,
    /// Our verdicts, by their numbers.
    Ours,
    /// Reports.
    Report,
}

impl Dimension {
    /// What leads from a row to its values.
    pub(super) const fn via(self) -> Via {
        match self {
            Self::Source | Self::Sender => Via::Source,
            Self::Registry | Self::Special | Self::Network | Self::Country => Via::Source,
            Self::City | Self::Holder | Self::Abuse | Self::Ptr => Via::Source,
            Self::HeaderFrom | Self::EnvelopeFrom | Self::EnvelopeTo => Via::Identifiers,
            Self::Domain | Self::Reporter | Self::Report | Self::ReportId | Self::File | Self::Policy => Via::Report,
            Self::Day | Self::Month | Self::Published | Self::Label => Via::Report,
            Self::Outcome | Self::Verdict => Via::Outcome,
            Self::OurVerdict | Self::Difference => Via::Ours,
            Self::Disposition | Self::Reason | Self::DkimAligned | Self::SpfAligned => Via::Evaluation,
            Self::Dkim | Self::DkimDomain | Self::Selector | Self::DkimResult => Via::Auth,
            Self::Spf | Self::SpfDomain | Self::SpfScope | Self::SpfResult => Via::Auth,
        }
    }

    /// What it is that is known of sources from elsewhere, if it is that.
    #[must_use]
    pub const fn fact(self) -> Option<Fact> {
        Some(match self {
            Self::Registry => Fact::Registry,
            Self::Special => Fact::Special,
            Self::Network => Fact::Network,
            Self::Country => Fact::Country,
            Self::City => Fact::City,
            Self::Holder => Fact::Holder,
            Self::Abuse => Fact::Abuse,
            Self::Ptr => Fact::Ptr,
            _ => return None,
        })
    }

    /// Whether it is of signatures, not of SPF checks.
    pub(super) const fn is_of_dkim(self) -> bool {
        matches!(self, Self::Dkim | Self::DkimDomain | Self::Selector | Self::DkimResult)
    }
}

impl Via {
    /// How many entries there are.
    pub(super) fn entries(self, dataset: &Dataset) -> usize {
        let tables = &dataset.tables;
        match self {
            Self::Source => tables.sources.len(),
            Self::Identifiers => tables.identifiers.len(),
            Self::Auth => tables.auths.len(),
            Self::Evaluation => tables.evaluations.len(),
            Self::Extra => tables.extras.len(),
            Self::Outcome => Outcome::COUNT,
            Self::Ours => Ours::COUNT,
            Self::Report => dataset.reports.len(),
        }
    }

    /// The entry of a row.
    #[inline]
    pub(super) fn entry(self, row: usize, block: &Look<'_>) -> Option<u32> {
        let column: &[u32] = match self {
            Self::Source => &block.rows.source,
            Self::Identifiers => &block.rows.identifiers,
            Self::Auth => &block.rows.auth,
            Self::Evaluation => &block.rows.evaluation,
            Self::Extra => &block.rows.extra,
            Self::Outcome => return block.outcome.get(row).map(|outcome| *outcome as u32),
            Self::Ours => return block.ours.get(row).map(|ours| ours.number()),
            Self::Report => block.report_of,
        };
        column.get(row).copied()
    }
}
