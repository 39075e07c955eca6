use serde::{Deserialize, Serialize};

use super::causes::{Causes, Findings};
use super::field::Field;
use super::filter::Filter;
use super::key::Key;
use super::via::Via;
use super::zone::{Day, Zone};
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

impl Query {
    /// Whether it asks about what is known of addresses from elsewhere.
    #[must_use]
    pub fn asks_of_facts(&self) -> bool {
        let asked = self.asks.iter().flat_map(|ask| match ask {
            Ask::Groups { by, within, .. } => [std::slice::from_ref(by), within],
            Ask::Pairs { by, within, .. } => [&by[..], within],
            Ask::Compare { by, .. } | Ask::Turns { by, .. } => [std::slice::from_ref(by), &[]],
            _ => [&[][..]; 2],
        });
        let others = self.asks.iter().filter_map(|ask| match ask {
            Ask::Compare { against, .. } => Some(against),
            _ => None,
        });
        let clauses = std::iter::once(&self.filter).chain(others).flat_map(|filter| &filter.clauses);
        let filtered = clauses.filter_map(|clause| clause.term.dimension());
        asked.flatten().copied().chain(filtered).any(|by| by.fact().is_some())
    }
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
        /// Only groups whose key contains this text, letter case aside: a report's reporter, domain or id, an address's usual
        /// form, any part of a signature or check. Empty: all groups.
        find: String,
        /// What to tell of each group that is given: the values of these dimensions among its records.
        within: Vec<Dimension>,
        /// How many values of each to tell of, [`MOST`] at the most.
        most: u32,
    },
    /// The same for each pair of values of two dimensions: [`Key::Pair`]. A record with several values of one counts in several
    /// pairs.
    Pairs {
        /// What to group by: pairs are ordered by the first, then by the second.
        by: [Dimension; 2],
        /// Which groups come first.
        order: Order,
        /// How many groups to pass over.
        skip: u32,
        /// How many groups to give at most.
        take: u32,
        /// Only pairs of which one of the two keys contains this text, as in [`Ask::Groups`].
        find: String,
        /// What to tell of each group that is given, as in [`Ask::Groups`].
        within: Vec<Dimension>,
        /// How many values of each to tell of, [`MOST`] at the most.
        most: u32,
    },
    /// The groups of a dimension among the query's records and among others, side by side.
    Compare {
        /// What to group by.
        by: Dimension,
        /// The other records.
        against: Filter,
        /// Which groups come first: those where the two differ most in the column; differences in days are none.
        order: Order,
        /// How many groups to pass over.
        skip: u32,
        /// How many groups to give at most.
        take: u32,
        /// Only groups whose key contains this text, as in [`Ask::Groups`].
        find: String,
    },
    /// When domains changed what they publish, as seen by the reports that meet what the filter asks of reports.
    ///
    /// What most reports of a day saw is what was published on it; where as many saw one as another it is what was published
    /// before, if it is among them, else the first by name. A day on which that differs from the last day with a report before
    /// it is a change.
    Policies {
        /// How many changes to give at most, the newest.
        take: u32,
    },
    /// Which groups' mail passed before and fails now, and since when; those with the most failing messages since first.
    Turns {
        /// What to group by: something of which a record has exactly one.
        by: Dimension,
        /// How many to give at most.
        take: u32,
    },
    /// Which rows they are, to have them whole.
    Rows,
    /// What is likely of each source, or of each sender, and what to do next: those with the most failing messages first. It is judged by all that
    /// is known, also of records that are not asked about. Nothing is before the suffix list is there.
    Causes {
        /// What to tell the cause of: [`Dimension::Source`], or [`Dimension::Sender`].
        by: Dimension,
        /// How many sources to pass over.
        skip: u32,
        /// How many sources to give at most.
        take: u32,
    },
    /// What sources with the same cause and the same next step have in common, the most urgent first.
    Findings {
        /// How many to give at most.
        take: u32,
    },
}

/// More values of a dimension within a group than this are counted, but not told.
pub const MOST: u32 = 1_000;

/// What records can be grouped by.
///
/// A record with several values of a dimension counts once in the group of each, so that the groups may add up to more than
/// the whole; one that states none counts in [`Key::Absent`]. Texts that differ in letter case only are one value, called by
/// the spelling in small letters where that occurs, otherwise by the last in the order of letters; those of signatures and SPF
/// checks are always called by small letters.
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
    /// The report's id: several reports may have the same.
    ReportId,
    /// The name of the dropped file that the report came in: an archive's, where it was inside one.
    File,
    /// What happened to the messages.
    Outcome,
    /// The reporter's verdict.
    Verdict,
    /// What the receiver did: the word in `policy_evaluated`.
    Disposition,
    /// Why it did other than the policy asks: the types of the reasons.
    Reason,
    /// DKIM, aligned: the word in `policy_evaluated`.
    DkimAligned,
    /// SPF, aligned: the word in `policy_evaluated`.
    SpfAligned,
    /// A DKIM signature: domain, selector and result.
    Dkim,
    /// The domains of signatures.
    DkimDomain,
    /// The selectors of signatures.
    Selector,
    /// The results of signatures.
    DkimResult,
    /// An SPF check: domain, scope and result.
    Spf,
    /// The domains of SPF checks.
    SpfDomain,
    /// The scopes of SPF checks.
    SpfScope,
    /// The results of SPF checks.
    SpfResult,
    /// The envelope's sender; the empty text is the null sender.
    EnvelopeFrom,
    /// The envelope's recipient.
    EnvelopeTo,
    /// The policy that the domain publishes for itself (`p`).
    Policy,
    /// The day of the report, in the query's zone.
    Day,
    /// The month of the report, in the query's zone.
    Month,
    /// The whole published policy, as a record in the DNS would have it without what is so anyway: `p=reject; sp=none; adkim=s`.
    Published,
    /// The labels that a person gave the policy domain.
    Label,
    /// Our own verdict, from the raw results.
    OurVerdict,
    /// Why our verdict is another than the reporter's, if it is.
    Difference,
    /// Of the source: the registry of its address.
    Registry,
    /// Of the source: the special purpose of its address's range.
    Special,
    /// Of the source: the network that announces its address.
    Network,
    /// Of the source: the country of its address.
    Country,
    /// Of the source: the city of its address.
    City,
    /// Of the source: who holds its address.
    Holder,
    /// Of the source: where abuse by its address is to be told.
    Abuse,
    /// Of the source: the name of its address in the reverse DNS.
    Ptr,
    /// Who sends from the source, by what most of its mail proves: a service of the catalogue, another organization's domain, or
    /// the own domain with the selector of its signature (`shop.example/s1`); or the range of addresses that a person marked, whatever
    /// is proven there. None where nothing is proven, ever. It is what is
    /// known by the time a question is begun with, from all rows.
    Sender,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 39] = [
        Self::Source,
        Self::HeaderFrom,
        Self::Domain,
        Self::Reporter,
        Self::Report,
        Self::ReportId,
        Self::File,
        Self::Outcome,
        Self::Verdict,
        Self::Disposition,
        Self::Reason,
        Self::DkimAligned,
        Self::SpfAligned,
        Self::Dkim,
        Self::DkimDomain,
        Self::Selector,
        Self::DkimResult,
        Self::Spf,
        Self::SpfDomain,
        Self::SpfScope,
        Self::SpfResult,
        Self::EnvelopeFrom,
        Self::EnvelopeTo,
        Self::Policy,
        Self::Day,
        Self::Month,
        Self::Published,
        Self::Label,
        Self::OurVerdict,
        Self::Difference,
        Self::Registry,
        Self::Special,
        Self::Network,
        Self::Country,
        Self::City,
        Self::Holder,
        Self::Abuse,
        Self::Ptr,
        Self::Sender,
    ];

    /// Its name in addresses and on command lines; where a filter has a field of its texts, that field's.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Report => "reports",
            Self::Outcome => "outcome",
            Self::Verdict => "verdict",
            Self::Dkim => "signature",
            Self::Spf => "spf_check",
            Self::Day => "day",
            Self::Month => "month",
            other => Field::of_dimension(other).map_or("", Field::name),
        }
    }

    /// The dimension of a name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.name() == name)
    }

    /// Whether a record has exactly one value, "not stated" being one too.
    #[must_use]
    pub fn is_single(self) -> bool {
        self.via() != Via::Auth && !matches!(self, Self::Reason | Self::Label)
    }

    /// Whether the value of an entry hangs on all rows that name it, so that further rows may change it.
    #[must_use]
    pub const fn is_of_all_rows(self) -> bool {
        matches!(self, Self::Sender)
    }

    /// Whether all records of a report have the same value.
    #[must_use]
    pub const fn is_of_reports(self) -> bool {
        matches!(self.via(), Via::Report)
    }
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
    /// To [`Ask::Groups`] and [`Ask::Pairs`].
    Groups(Groups),
    /// To [`Ask::Causes`].
    Causes(Causes),
    /// To [`Ask::Rows`].
    Rows(Chosen),
    /// To [`Ask::Findings`].
    Findings(Findings),
    /// To [`Ask::Compare`].
    Compared(Compared),
    /// To [`Ask::Policies`].
    Policies(Policies),
    /// To [`Ask::Turns`].
    Turns(Vec<Turn>),
}

/// Which records were asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The numbers of their rows, those of each report one after the other.
    pub rows: Vec<u32>,
    /// Without a condition on records the reports without any record too.
    pub empty: Vec<ReportId>,
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

/// Some of the groups of a dimension or two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// How many groups there are.
    pub all: u64,
    /// How many of them were found: those whose key contains what was looked for.
    pub total: u64,
    /// The groups asked for, in the order asked for.
    pub rows: Vec<Group>,
}

/// Groups of two sets of records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// How many groups there are in either.
    pub all: u64,
    /// How many of them were found.
    pub total: u64,
    /// The groups asked for, in the order asked for.
    pub rows: Vec<Sides>,
}

/// A group of two sets of records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sides {
    /// What its records share.
    pub key: Key,
    /// Of the query's own records.
    pub own: Figures,
    /// Of the other ones.
    pub other: Figures,
}

/// Changes of published policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// How many there are.
    pub total: u64,
    /// Some of them, newest first; those of a day in the order of their domains.
    pub rows: Vec<PolicyChange>,
}

/// A domain publishes something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyChange {
    /// The domain.
    pub domain: Key,
    /// The first day on which it is seen.
    pub day: Day,
    /// What was published before: a key of [`Dimension::Published`].
    pub before: Key,
    /// What is since.
    pub after: Key,
}

/// A group whose mail passed before a day and fails since. Messages are those that pass, then those that fail; what nobody can judge
/// and what has no day is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// What its records share.
    pub key: Key,
    /// The first day of failing.
    pub day: Day,
    /// Before that day.
    pub before: [u64; 2],
    /// From that day on.
    pub since: [u64; 2],
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
    /// The values of other dimensions among its records, in the order in which those were asked for.
    pub within: Vec<Within>,
}

/// The values of a dimension among some records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Within {
    /// How many there are; "not stated" is one of them.
    pub total: u64,
    /// Those with the most messages, and the figures of the records that have them. Ties stand in the order of the key.
    pub top: Vec<(Key, Figures)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dimension_has_a_name_of_its_own() {
        for dimension in Dimension::ALL {
            assert_eq!(Dimension::of_name(dimension.name()), Some(dimension));
        }
        assert_eq!(Dimension::of_name(""), None);
    }
}
