use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::field::Field;
use super::pattern::{Parts, Pattern};
use super::query::Dimension;
use super::zone::Day;
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
    /// A field's text. Where a record has several values of the field, one that is met is enough.
    Text(Field, Vec<Pattern>),
    /// A DKIM signature: result, domain and selector of the same one.
    Signature(Vec<Parts>),
    /// An SPF check: result, domain and scope of the same one.
    SpfCheck(Vec<Parts>),
    /// The source's address.
    Ip(Vec<Network>),
    /// What happened to the messages.
    Outcome(Vec<Outcome>),
    /// The reporter's verdict.
    Verdict(Vec<Verdict>),
    /// Whose verdicts are looked at: all records meet it. Of several clauses the last one counts.
    Judge(Vec<Judge>),
    /// Days, both ends included.
    Period(Vec<Period>),
    /// Anything: one of a record's texts, its address or one of its report's texts contains it, letter case aside. Those of
    /// a report are its reporter's names and contacts, its id, generator, errors and file, its policy domain and policies.
    Words(Vec<String>),
}

/// Whose verdicts are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Judge {
    /// The reporters': what is looked at unless a filter says otherwise.
    Reporter,
    /// Ours, from the raw results.
    Ours,
}

impl Judge {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Reporter, Self::Ours];

    /// The word of filters.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Ours => "ours",
        }
    }
}

/// A range of addresses in CIDR form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Network {
    /// An address of the range.
    pub address: IpAddr,
    /// How many leading bits count: up to 32, or 128 for IPv6.
    pub prefix: u8,
}

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
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

    /// Without the clause at a place.
    #[must_use]
    pub fn without(&self, place: usize) -> Self {
        let others = self.clauses.iter().enumerate().filter(|(other, _)| *other != place);
        Self { clauses: others.map(|(_, clause)| clause.clone()).collect() }
    }

    /// With the clause at a place taken as its contrary.
    #[must_use]
    pub fn negated(&self, place: usize) -> Self {
        let mut clauses = self.clauses.clone();
        if let Some(clause) = clauses.get_mut(place) {
            clause.negated = !clause.negated;
        }
        Self { clauses }
    }

    /// With another clause at a place, or with none there; without a place with one more clause, once.
    #[must_use]
    pub fn with(&self, place: Option<usize>, clause: Option<Clause>) -> Self {
        let mut clauses = self.clauses.clone();
        match (place, clause) {
            (Some(place), Some(clause)) => clauses.get_mut(place).into_iter().for_each(|known| *known = clause.clone()),
            (Some(place), None) => return self.without(place),
            (None, Some(clause)) if !clauses.contains(&clause) => clauses.push(clause),
            (None, _) => {}
        }
        Self { clauses }
    }

    /// All records, with the same verdicts.
    #[must_use]
    pub fn of_all(&self) -> Self {
        let judges = self.clauses.iter().filter(|clause| matches!(clause.term, Term::Judge(_)));
        Self { clauses: judges.cloned().collect() }
    }

    /// Whether verdicts are ours.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        let mut judges = self.clauses.iter().filter_map(|clause| match &clause.term {
            Term::Judge(judges) => Some(judges.contains(&Judge::Ours) != clause.negated),
            _ => None,
        });
        judges.next_back().unwrap_or(false)
    }

    /// Whether any clause asks something of single records, not of whole reports.
    #[must_use]
    pub fn asks_of_rows(&self) -> bool {
        self.clauses.iter().any(|clause| match &clause.term {
            Term::Period(_) | Term::Judge(_) => false,
            term => term.dimension().is_none_or(|dimension| !dimension.is_of_reports()),
        })
    }
}

impl Term {
    /// The field's name in the text form.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Text(field, _) => field.name(),
            Self::Signature(_) => "signature",
            Self::SpfCheck(_) => "spf_check",
            Self::Ip(_) => "ip",
            Self::Outcome(_) => "outcome",
            Self::Verdict(_) => "verdict",
            Self::Judge(_) => "judge",
            Self::Period(_) => "period",
            Self::Words(_) => "text",
        }
    }

    /// Asks for any of the values of both, where the other asks the same field; else it stays as it is.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        fn add<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
            for one in more {
                if !all.contains(&one) {
                    all.push(one);
                }
            }
        }
        match (&mut self, other) {
            (Self::Text(field, all), Self::Text(other, more)) if *field == other => add(all, more),
            (Self::Signature(all), Self::Signature(more)) | (Self::SpfCheck(all), Self::SpfCheck(more)) => {
                add(all, more)
            }
            (Self::Ip(all), Self::Ip(more)) => add(all, more),
            (Self::Outcome(all), Self::Outcome(more)) => add(all, more),
            (Self::Verdict(all), Self::Verdict(more)) => add(all, more),
            (Self::Period(all), Self::Period(more)) => add(all, more),
            (Self::Judge(all), Self::Judge(more)) => add(all, more),
            (Self::Words(all), Self::Words(more)) => add(all, more),
            _ => {}
        }
        self
    }

    /// A term for each of its values alone.
    #[must_use]
    pub fn each(&self) -> Vec<Self> {
        fn one<T: Clone>(all: &[T], term: impl Fn(Vec<T>) -> Term) -> Vec<Term> {
            all.iter().map(|value| term(vec![value.clone()])).collect()
        }
        match self {
            Self::Text(field, all) => one(all, |all| Self::Text(*field, all)),
            Self::Signature(all) => one(all, Self::Signature),
            Self::SpfCheck(all) => one(all, Self::SpfCheck),
            Self::Ip(all) => one(all, Self::Ip),
            Self::Outcome(all) => one(all, Self::Outcome),
            Self::Verdict(all) => one(all, Self::Verdict),
            Self::Period(all) => one(all, Self::Period),
            Self::Judge(all) => one(all, Self::Judge),
            Self::Words(all) => one(all, Self::Words),
        }
    }

    /// The same with its patterns [folded](crate::fold::fold).
    pub(super) fn folded(&self) -> Self {
        let all = |parts: &Vec<Parts>| {
            parts.iter().map(|parts| parts.as_ref().map(|parts| parts.each_ref().map(Pattern::folded))).collect()
        };
        match self {
            Self::Text(field, patterns) => Self::Text(*field, patterns.iter().map(Pattern::folded).collect()),
            Self::Signature(parts) => Self::Signature(all(parts)),
            Self::SpfCheck(parts) => Self::SpfCheck(all(parts)),
            other => other.clone(),
        }
    }

    /// What it asks about, where that is texts.
    pub(super) fn dimension(&self) -> Option<Dimension> {
        match self {
            Self::Text(field, _) => Some(field.dimension()),
            Self::Signature(_) => Some(Dimension::Dkim),
            Self::SpfCheck(_) => Some(Dimension::Spf),
            _ => None,
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
