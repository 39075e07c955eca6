use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::filter::{Network, Period, Term};
use super::pattern::{Parts, Pattern};
use super::query::Dimension;
use crate::report::ReportId;
use crate::report::verdict::{Outcome, Verdict};

/// What the records of a group share. Ordered as people expect: addresses by number, texts by letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// An address.
    Address(IpAddr),
    /// A text. Words of the standard are in its spelling.
    Text(String),
    /// A report.
    Report(Box<ReportKey>),
    /// An outcome.
    Outcome(Outcome),
    /// A verdict.
    Verdict(Verdict),
    /// A DKIM signature.
    Dkim(Box<Signature>),
    /// An SPF check.
    Spf(Box<Check>),
    /// A day, or a month.
    Days(Period),
    /// Nothing stated.
    Absent,
    /// What the records of a group by two dimensions share.
    Pair(Box<(Key, Key)>),
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

/// A DKIM signature as a report tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Signature {
    /// The domain that signed.
    pub domain: Option<String>,
    /// The selector.
    pub selector: Option<String>,
    /// The result.
    pub result: Option<String>,
}

/// An SPF check as a report tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Check {
    /// The domain that was checked.
    pub domain: Option<String>,
    /// Which identity that is.
    pub scope: Option<String>,
    /// The result.
    pub result: Option<String>,
}

impl Key {
    /// The condition that exactly the records of this group of a dimension meet. `None` for a report, whose number is another
    /// one in each session, for a pair, which takes two, and for keys that the dimension does not have.
    #[must_use]
    pub fn term(&self, by: Dimension) -> Option<Term> {
        let text = |pattern| Field::of_dimension(by).map(|field| Term::Text(field, vec![pattern]));
        match self {
            Self::Address(address) => {
                Some(Term::Ip(vec![Network { address: *address, prefix: Network::full(*address) }]))
            }
            Self::Text(value) => text(Pattern::exactly(value)),
            Self::Report(_) | Self::Pair(_) => None,
            Self::Outcome(outcome) => Some(Term::Outcome(vec![*outcome])),
            Self::Verdict(verdict) => Some(Term::Verdict(vec![*verdict])),
            Self::Dkim(signature) => {
                Some(Term::Signature(vec![parts(&signature.result, &signature.domain, &signature.selector)]))
            }
            Self::Spf(check) => Some(Term::SpfCheck(vec![parts(&check.result, &check.domain, &check.scope)])),
            Self::Days(period) => Some(Term::Period(vec![*period])),
            Self::Absent => match by {
                Dimension::Dkim => Some(Term::Signature(vec![None])),
                Dimension::Spf => Some(Term::SpfCheck(vec![None])),
                _ => text(Pattern::NOTHING),
            },
        }
    }
}

fn parts(result: &Option<String>, domain: &Option<String>, third: &Option<String>) -> Parts {
    Some([result, domain, third].map(|part| Pattern::stated(part.as_deref())))
}
