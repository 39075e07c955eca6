use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::zone::Day;
use crate::report::keyword::{Disposition, Word};
use crate::report::verdict::{Outcome, Verdict};

/// Which records are looked at: those that meet every clause. Its text form (see [`grammar`](super::grammar)) is what people
/// type and what stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// The clauses; none means everything.
    pub clauses: Vec<Clause>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clause {
    /// Whether records must *not* meet it.
    pub negated: bool,
    /// What is asked; a record meets it when it meets any of the values.
    pub term: Term,
}

/// What a clause asks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Term {
    /// The From header's domain.
    From(Vec<Pattern>),
    /// The policy domain.
    Domain(Vec<Pattern>),
    /// The reporter's name.
    Reporter(Vec<Pattern>),
    /// The source's address.
    Ip(Vec<Network>),
    /// What happened to the messages.
    Outcome(Vec<Outcome>),
    /// The reporter's verdict.
    Verdict(Vec<Verdict>),
    /// What the receiver did.
    Disposition(Vec<Disposition>),
    /// Days, both ends included.
    Period(Vec<Period>),
}

/// A text to match: equal, letter case aside, with `*` for any run of characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pattern(pub String);

/// A range of addresses in CIDR form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Network {
    /// An address of the range.
    pub address: IpAddr,
    /// How many leading bits count: up to 32, or 128 for IPv6.
    pub prefix: u8,
}

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
}

impl Pattern {
    /// Whether a text matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let (pattern, text) = (self.0.to_lowercase(), text.to_lowercase());
        let mut parts = pattern.split('*');
        let first = parts.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else { return false };
        let mut parts: Vec<&str> = parts.collect();
        let Some(last) = parts.pop() else { return rest.is_empty() };
        for part in parts {
            let Some((_, after)) = rest.split_once(part) else { return false };
            rest = after;
        }
        rest.ends_with(last)
    }
}

impl Network {
    /// Whether an address lies in the range.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let shift = 32 - u32::from(self.prefix.min(32));
                a.to_bits().checked_shr(shift) == b.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let shift = 128 - u32::from(self.prefix.min(128));
                a.to_bits().checked_shr(shift) == b.to_bits().checked_shr(shift)
            }
            // Reports' addresses of this form are read as the IPv4 addresses that they map.
            (IpAddr::V6(a), IpAddr::V4(_)) if self.prefix >= 96 => a
                .to_ipv4_mapped()
                .is_some_and(|a| Self { address: IpAddr::V4(a), prefix: self.prefix - 96 }.contains(address)),
            _ => false,
        }
    }

    /// The whole length of an address of the same family, in bits.
    #[must_use]
    pub const fn full(address: IpAddr) -> u8 {
        if address.is_ipv4() { 32 } else { 128 }
    }
}

impl Filter {
    /// With one more condition, which takes the place of one that asks the same field.
    #[must_use]
    pub fn narrowed(&self, term: Term) -> Self {
        let mut clauses = self.clauses.clone();
        clauses.retain(|known| known.negated || known.term.field() != term.field());
        clauses.push(Clause { negated: false, term });
        Self { clauses }
    }

    /// Whether any clause asks something of single records, not of whole reports.
    #[must_use]
    pub fn asks_of_rows(&self) -> bool {
        self.clauses.iter().any(|clause| {
            matches!(
                clause.term,
                Term::From(_) | Term::Ip(_) | Term::Outcome(_) | Term::Verdict(_) | Term::Disposition(_)
            )
        })
    }
}

impl Term {
    /// The field's name in the text form.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        match self {
            Self::From(_) => "from",
            Self::Domain(_) => "domain",
            Self::Reporter(_) => "reporter",
            Self::Ip(_) => "ip",
            Self::Outcome(_) => "outcome",
            Self::Verdict(_) => "verdict",
            Self::Disposition(_) => "disposition",
            Self::Period(_) => "period",
        }
    }

    /// The values in their text form.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        match self {
            Self::From(values) | Self::Domain(values) | Self::Reporter(values) => {
                values.iter().map(|value| value.0.clone()).collect()
            }
            Self::Ip(values) => values.iter().map(ToString::to_string).collect(),
            Self::Outcome(values) => values.iter().map(|value| value.word().to_owned()).collect(),
            Self::Verdict(values) => values.iter().map(|value| value.word().to_owned()).collect(),
            Self::Disposition(values) => values.iter().map(|value| value.word().to_owned()).collect(),
            Self::Period(values) => values.iter().map(ToString::to_string).collect(),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prefix == Self::full(self.address) {
            write!(f, "{}", self.address)
        } else {
            write!(f, "{}/{}", self.address, self.prefix)
        }
    }
}
