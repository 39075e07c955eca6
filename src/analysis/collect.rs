use std::ops::Range;

use super::causes::ByCause;
use super::compile::Compiled;
use super::grouping::Grouping;
use super::groups::ByKey;
use super::keys::Keys;
use super::query::{Answer, Ask};
use super::series::ByDay;
use super::totals::Headline;
use super::within::Inside;
use crate::dataset::{Block, Dataset};

/// Gathers the answer to one [`Ask`]: first from the selected rows, then from the reports; then the
/// groups are ordered, and the rows looked at again for what is inside those that are asked for.
#[derive(Debug)]
pub enum Collector {
    /// For [`Ask::Totals`].
    Totals(Headline),
    /// For [`Ask::Series`].
    Series(ByDay),
    /// For [`Ask::Groups`] and [`Ask::Pairs`].
    Groups(ByKey),
    /// For [`Ask::Causes`].
    Causes(Box<ByCause>),
}

impl Collector {
    /// Prepares for a question over the dataset as it is now.
    #[must_use]
    pub fn of(ask: &Ask, dataset: &Dataset) -> Self {
        match *ask {
            Ask::Totals => Self::Totals(Headline::of(dataset)),
            Ask::Series => Self::Series(ByDay::default()),
            Ask::Causes { skip, take } => Self::Causes(Box::new(ByCause::of(skip, take))),
            Ask::Groups { by, order, skip, take, ref find, ref within, most } => {
                let grouping = Grouping::of(by, None);
                Self::Groups(ByKey::of(grouping, order, skip, take, find, Inside::of(within, most)))
            }
            Ask::Pairs { by: [by, and], order, skip, take, ref find, ref within, most } => {
                let grouping = Grouping::of(by, Some(and));
                Self::Groups(ByKey::of(grouping, order, skip, take, find, Inside::of(within, most)))
            }
        }
    }

    /// Takes in selected rows of a block.
    pub fn rows(&mut self, rows: &[u32], block: &Block, compiled: &Compiled, keys: &mut [Keys], dataset: &Dataset) {
        match self {
            Self::Totals(totals) => totals.rows(rows, block),
            Self::Series(series) => series.rows(rows, block, compiled),
            Self::Groups(groups) => groups.rows(rows, block, compiled, keys, dataset),
            Self::Causes(causes) => causes.rows(rows, block, compiled, keys, dataset),
        }
    }

    /// Takes in reports. `asks_of_rows` tells whether the filter does: then those without any record must stay out.
    pub fn reports(
        &mut self,
        reports: Range<usize>,
        asks_of_rows: bool,
        compiled: &Compiled,
        keys: &[Keys],
        dataset: &Dataset,
    ) {
        match self {
            Self::Totals(totals) => totals.reports(reports, asks_of_rows, compiled, dataset),
            Self::Series(series) => series.reports(reports, compiled, dataset),
            Self::Groups(groups) => groups.reports(reports, asks_of_rows, compiled, keys, dataset),
            Self::Causes(_) => {}
        }
    }

    /// Goes on bringing groups into order; true while there is more to do.
    pub fn order(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        if let Self::Groups(groups) = self { groups.order(keys, dataset) } else { false }
    }

    /// Makes ready for a second pass over the rows; false where none is needed.
    pub fn begin_again(&mut self, keys: &[Keys]) -> bool {
        match self {
            Self::Groups(groups) => groups.make_ready(keys),
            Self::Causes(causes) => causes.begin(),
            Self::Totals(_) | Self::Series(_) => false,
        }
    }

    /// Takes in the same rows again, of the block that begins with row `start`.
    pub fn again(&mut self, rows: &[u32], block: &Block, start: usize, keys: &mut [Keys], dataset: &Dataset) {
        match self {
            Self::Groups(groups) => groups.again(rows, block, keys, dataset),
            Self::Causes(causes) => causes.again(rows, block, start, keys, dataset),
            Self::Totals(_) | Self::Series(_) => {}
        }
    }

    /// Gathers some more of what the second pass found; true while there is more.
    pub fn gather(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        match self {
            Self::Groups(groups) => groups.gather(keys, dataset),
            Self::Causes(causes) => causes.gather(),
            Self::Totals(_) | Self::Series(_) => false,
        }
    }

    /// The answer.
    #[must_use]
    pub fn finish(self, compiled: &Compiled, keys: &[Keys], dataset: &Dataset) -> Answer {
        match self {
            Self::Totals(totals) => Answer::Totals(totals.finish(dataset)),
            Self::Series(series) => Answer::Series(series.finish(compiled)),
            Self::Groups(groups) => Answer::Groups(groups.finish(keys, dataset)),
            Self::Causes(causes) => Answer::Causes(causes.finish(keys, dataset)),
        }
    }
}
