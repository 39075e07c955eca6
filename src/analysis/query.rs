use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::zone::{Day, Zone};
use crate::dataset::Source;
use crate::report::verdict::Outcome;
use crate::report::{Figures, ReportId};

/// Questions about the same records, answered in one pass over them, so that their numbers agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// Which records.
    pub filter: Filter,
    /// Whose days.
    pub zone: Zone,
    /// What is asked, answered in this order.
    pub asks: Vec<Ask>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// The headline figures.
    Totals,
    /// Messages by day and outcome.
    Series,
    /// Figures for each value of a dimension: some of the groups, in an order.
    Groups {
        /// What to group by.
        by: Dimension,
        /// Which groups come first.
        order: Order,
        /// How many groups to pass over.
        skip: u32,
        /// How many groups to give at most.
        take: u32,
    },
}

/// What records can be grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dimension {
    /// The source.
    Source,
    /// The From header's domain.
    HeaderFrom,
    /// The policy domain.
    Domain,
    /// The reporter.
    Reporter,
    /// The report.
    Report,
}

/// An order of groups; ties stand in the order of the key, groups without a day after those with one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Order {
    /// What counts.
    pub by: Column,
    /// Whether the least comes first.
    pub ascending: bool,
}

/// A column of a table of groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    /// The group's key.
    Key,
    /// All messages.
    #[default]
    Messages,
    /// Messages that pass.
    Passed,
    /// Messages that fail.
    Failed,
    /// Messages whose verdict is unknown.
    Unknown,
    /// First day seen.
    First,
    /// Last day seen.
    Last,
}

/// The answer to an [`Ask`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Ask::Totals`].
    Totals(Totals),
    /// To [`Ask::Series`].
    Series(Series),
    /// To [`Ask::Groups`].
    Groups(Groups),
}

/// The headline figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Messages and records.
    pub figures: Figures,
    /// Reports with a record among those looked at; without a condition on records, reports without any record too.
    pub reports: u64,
    /// Distinct addresses.
    pub sources: u64,
    /// Distinct reporters of those reports.
    pub reporters: u64,
    /// Distinct policy domains of those reports.
    pub domains: u64,
    /// First day of those reports.
    pub first: Option<Day>,
    /// Last day of those reports.
    pub last: Option<Day>,
}

/// Messages by day and outcome. All days and the dateless together are the headline figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The days that a report falls on, and those on which one is missing, in order.
    pub days: Vec<DayRow>,
    /// Messages of reports without a readable period, by outcome, in the order of [`Outcome::ALL`].
    pub dateless: [u64; Outcome::COUNT],
}

/// A day of a [`Series`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRow {
    /// The day.
    pub day: Day,
    /// Messages by outcome, in the order of [`Outcome::ALL`].
    pub messages: [u64; Outcome::COUNT],
    /// Reports that fall on the day and meet what the filter asks of reports. None: nothing is known of the day.
    pub reports: u32,
    /// How many reporters have none on the day, although they reported on most of the days just before or just after it.
    /// Where there are any the day is incomplete: what is missing is not nought.
    pub missing: u32,
    /// Whether a report over more than 26 hours falls on the day: its messages may belong to days around.
    pub long: bool,
}

/// Some of the groups of a dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// How many groups there are in all.
    pub total: u64,
    /// The groups asked for, in the order asked for.
    pub rows: Vec<Group>,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// What its records share.
    pub key: Key,
    /// Messages and records.
    pub figures: Figures,
    /// First day seen.
    pub first: Option<Day>,
    /// Last day seen.
    pub last: Option<Day>,
}

/// What the records of a group share. Ordered as people expect: addresses by number, texts by letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// An address.
    Address(std::net::IpAddr),
    /// A text.
    Text(String),
    /// A report.
    Report(Box<ReportKey>),
    /// Nothing stated.
    Absent,
}

/// What a report is called. Ordered by reporter, policy domain and period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReportKey {
    /// The reporter (`org_name`).
    pub reporter: Option<String>,
    /// The policy domain.
    pub domain: Option<String>,
    /// First second of the period.
    pub begin: Option<i64>,
    /// Last second of the period.
    pub end: Option<i64>,
    /// `report_id`.
    pub report_id: Option<String>,
    /// Its number: another one in each session.
    pub report: ReportId,
}

impl Key {
    pub(super) fn of_source(source: Source, text: impl Fn(u32) -> Option<String>) -> Self {
        match source {
            Source::Address(address) => Self::Address(address),
            Source::Unreadable(id) => text(id).map_or(Self::Absent, Self::Text),
        }
    }
}
