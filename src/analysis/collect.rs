use std::ops::Range;

use super::causes::{ByCause, Known};
use super::chosen::Choice;
use super::compared::BySide;
use super::compile::Compiled;
use super::filter::Filter;
use super::grouping::Grouping;
use super::groups::ByKey;
use super::keys::Keys;
use super::look::Look;
use super::policies::ByPolicy;
use super::query::{Answer, Ask};
use super::series::ByDay;
use super::totals::Headline;
use super::turns::ByTurn;
use super::within::Inside;
use crate::dataset::Dataset;

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
    /// For [`Ask::Causes`], with the number of the set of all records.
    Causes(usize, Box<ByCause>),
    /// For [`Ask::Findings`], likewise.
    Findings(usize, Box<ByCause>),
    /// For [`Ask::Compare`], with the number of the other set of records.
    Sides(usize, Box<BySide>),
    /// For [`Ask::Policies`].
    Policies(ByPolicy),
    /// For [`Ask::Turns`].
    Turns(ByTurn),
    /// For [`Ask::Rows`].
    Rows(Choice),
}

impl Collector {
    /// Prepares for a question over the dataset as it is now. `others` are the sets of records that questions compare with so
    /// far; one that does so adds its own. Their numbers begin at 1.
    #[must_use]
    pub fn of(ask: &Ask, filter: &Filter, others: &mut Vec<Filter>, dataset: &Dataset) -> Self {
        // What is likely of some records hangs on what all of them tell.
        let mut all = || {
            let all = filter.of_all();
            if *filter == all {
                return 0;
            }
            others.push(all);
            others.len()
        };
        match *ask {
            Ask::Totals => Self::Totals(Headline::of(dataset)),
            Ask::Series => Self::Series(ByDay::default()),
            Ask::Rows => Self::Rows(Choice::of(dataset)),
            Ask::Causes { by, skip, take } => Self::Causes(all(), Box::new(ByCause::of(by, skip, take))),
            Ask::Findings { take } => Self::Findings(all(), Box::new(ByCause::findings(take))),
            Ask::Compare { by, ref against, order, skip, take, ref find } => {
                others.push(against.clone());
                Self::Sides(others.len(), Box::new(BySide::of(by, order, skip, take, find)))
            }
            Ask::Turns { by, take } => Self::Turns(ByTurn::of(by, take)),
            Ask::Policies { take } => Self::Policies(ByPolicy::of(take)),
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

    /// Whether it looks at a set of records: nought is the query's own.
    #[must_use]
    pub const fn looks_at(&self, set: usize) -> bool {
        match self {
            Self::Sides(other, _) => set == 0 || set == *other,
            Self::Causes(all, causes) | Self::Findings(all, causes) => set == 0 || set == *all && !causes.is_informed(),
            _ => set == 0,
        }
    }

    /// Takes in selected rows of a block, of a set of records.
    pub fn rows(
        &mut self,
        set: usize,
        rows: &[u32],
        block: &Look<'_>,
        compiled: &Compiled,
        keys: &mut [Keys],
        dataset: &Dataset,
    ) {
        match self {
            Self::Totals(totals) => totals.rows(rows, block),
            Self::Series(series) => series.rows(rows, block, compiled),
            Self::Groups(groups) => groups.rows(rows, block, compiled, keys, dataset),
            Self::Causes(all, causes) | Self::Findings(all, causes) => {
                if set == 0 {
                    causes.rows(rows, block, keys);
                }
                if set == *all && !causes.is_informed() {
                    causes.all(rows, block, compiled, keys, dataset);
                }
            }
            Self::Sides(_, sides) => sides.rows(set == 0, rows, block, compiled, keys, dataset),
            Self::Policies(_) => {}
            Self::Turns(turns) => turns.rows(rows, block, keys),
            Self::Rows(choice) => choice.rows(rows, block),
        }
    }

    /// Takes in reports, of a set of records. `asks_of_rows` tells whether the filter does: then those without any record must stay out.
    pub fn reports(
        &mut self,
        set: usize,
        reports: Range<usize>,
        asks_of_rows: bool,
        compiled: &Compiled,
        keys: &[Keys],
        dataset: &Dataset,
    ) {
        match self {
            Self::Totals(totals) => {
                let takes = |report| compiled.takes_report(report);
                totals.reports(reports, asks_of_rows, &takes, &|report, _| compiled.day(report), dataset);
            }
            Self::Series(series) => series.reports(reports, compiled, dataset),
            Self::Groups(groups) => groups.reports(reports, asks_of_rows, compiled, keys, dataset),
            Self::Causes(..) | Self::Findings(..) => {}
            Self::Turns(_) => {}
            Self::Sides(_, sides) => sides.reports(set == 0, reports, asks_of_rows, compiled, keys, dataset),
            Self::Policies(policies) => policies.reports(reports, compiled, keys),
            Self::Rows(choice) => choice.reports(reports, asks_of_rows, compiled, dataset),
        }
    }

    /// Goes on bringing groups into order; true while there is more to do.
    pub fn order(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        match self {
            Self::Groups(groups) => groups.order(keys, dataset),
            Self::Sides(_, sides) => sides.order(keys, dataset),
            _ => false,
        }
    }

    /// Makes ready for a second pass over the rows; false where none is needed.
    pub fn begin_again(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        match self {
            Self::Groups(groups) => groups.make_ready(keys),
            Self::Turns(turns) => turns.begin(),
            Self::Causes(_, causes) | Self::Findings(_, causes) => causes.begin(keys, dataset),
            _ => false,
        }
    }

    /// Takes in the same rows again, of the block that begins with row `start`.
    pub fn again(
        &mut self,
        rows: &[u32],
        block: &Look<'_>,
        start: usize,
        compiled: &Compiled,
        keys: &mut [Keys],
        dataset: &Dataset,
    ) {
        match self {
            Self::Groups(groups) => groups.again(rows, block, keys, dataset),
            Self::Turns(turns) => turns.again(rows, block, compiled, keys),
            Self::Causes(_, causes) | Self::Findings(_, causes) => causes.again(rows, block, start, keys, dataset),
            _ => {}
        }
    }

    /// Gathers some more of what the second pass found; true while there is more.
    pub fn gather(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        match self {
            Self::Groups(groups) => groups.gather(keys, dataset),
            Self::Causes(_, causes) | Self::Findings(_, causes) => causes.gather(dataset),
            _ => false,
        }
    }

    /// Whether it needs what all rows tell, and does not know that yet.
    #[must_use]
    pub const fn wants_to_know(&self) -> bool {
        matches!(self, Self::Causes(_, causes) | Self::Findings(_, causes) if !causes.is_informed())
    }

    /// Takes over what all rows tell from a query before.
    pub fn know(&mut self, known: Known) {
        if let Self::Causes(_, causes) | Self::Findings(_, causes) = self {
            causes.know(known);
        }
    }

    /// The answer. What all rows tell is left in `known`.
    #[must_use]
    pub fn finish(self, compiled: &Compiled, keys: &[Keys], dataset: &Dataset, known: &mut Option<Known>) -> Answer {
        match self {
            Self::Totals(totals) => Answer::Totals(totals.finish(dataset)),
            Self::Series(series) => Answer::Series(series.finish(compiled)),
            Self::Groups(groups) => Answer::Groups(groups.finish(keys, dataset)),
            Self::Causes(_, causes) => {
                let (causes, own) = causes.finish(keys, dataset);
                *known = Some(own);
                Answer::Causes(causes)
            }
            Self::Findings(_, causes) => {
                let (findings, own) = causes.finish_findings(keys, dataset);
                *known = Some(own);
                Answer::Findings(findings)
            }
            Self::Sides(_, sides) => Answer::Compared(sides.finish(keys, dataset)),
            Self::Policies(policies) => Answer::Policies(policies.finish(keys, dataset)),
            Self::Turns(turns) => Answer::Turns(turns.finish(keys, dataset)),
            Self::Rows(choice) => Answer::Rows(choice.finish(dataset)),
        }
    }
}
