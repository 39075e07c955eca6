//! Our own verdict on a row, from the raw results, beside the reporter's. The one home of these rules.
//!
//! DMARC passes when any DKIM result that passed is aligned, or SPF passed aligned (RFC 9989 §4.4, §5.3.5). Relaxed alignment
//! asks for the same organizational domain, strict for the same domain. SPF counts for the MAIL FROM domain; for the HELO
//! name only where MAIL FROM is the null sender (§4.4.2). A result without a scope is read as one of MAIL FROM (RFC 9990).

use serde::{Deserialize, Serialize};

use super::keyword::{Alignment, AuthResult, Evaluation, Keyword, SpfScope};
use super::verdict::{self, Verdict};
use super::{Evaluated, PolicyPublished, Record};
use crate::domains::{Domain, Part, Section, SuffixList};

/// Our verdict on a row: a few small words in a byte, as every row has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ours(u8);

/// Why our verdict is another than the reporter's, if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Difference {
    /// Nothing was judged yet: the suffix list is not there.
    Unjudged,
    /// Both are the same.
    Agrees,
    /// By another part of the list, or by the DNS tree walk (RFC 9989 §4.10), ours would be the reporter's.
    List,
    /// The reporter's pass rests on a result that its report does not tell.
    LeftOut,
    /// What the report tells of results contradicts the reporter's own verdict.
    Reporter,
    /// Too little is stated to tell.
    CannotTell,
}

impl Difference {
    /// Every one, in the order of its number.
    pub const ALL: [Self; 6] =
        [Self::Unjudged, Self::Agrees, Self::List, Self::LeftOut, Self::Reporter, Self::CannotTell];

    /// The word of filters and exports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unjudged => "unjudged",
            Self::Agrees => "agrees",
            Self::List => "list",
            Self::LeftOut => "left_out",
            Self::Reporter => "reporter",
            Self::CannotTell => "cannot_tell",
        }
    }
}

impl Ours {
    /// How many different ones there are.
    pub const COUNT: usize = 3 * 3 * 2 * Difference::ALL.len();

    /// What stands where nothing was judged yet.
    pub const UNJUDGED: Self = Self::of(Verdict::Unknown, Verdict::Unknown, false, Difference::Unjudged);

    const fn of(dkim: Verdict, spf: Verdict, depends_on_list: bool, difference: Difference) -> Self {
        let methods = dkim as u8 * 3 + spf as u8;
        Self((methods * 2 + depends_on_list as u8) * Difference::ALL.len() as u8 + difference as u8)
    }

    /// The one of a number below [`COUNT`](Self::COUNT).
    #[must_use]
    pub fn of_number(number: u32) -> Option<Self> {
        u8::try_from(number).ok().filter(|number| usize::from(*number) < Self::COUNT).map(Self)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0 as u32
    }

    const fn methods(self) -> u8 {
        self.0 / (2 * Difference::ALL.len() as u8)
    }

    /// Whether DKIM passes aligned.
    #[must_use]
    pub fn dkim(self) -> Verdict {
        Verdict::ALL.get(usize::from(self.methods() / 3)).copied().unwrap_or(Verdict::Unknown)
    }

    /// Whether SPF passes aligned.
    #[must_use]
    pub fn spf(self) -> Verdict {
        Verdict::ALL.get(usize::from(self.methods() % 3)).copied().unwrap_or(Verdict::Unknown)
    }

    /// Whether the row passes DMARC.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        either(self.dkim(), self.spf())
    }

    /// Whether the verdict would be another by the ICANN section of the list alone, or may be by the tree walk of RFC 9989.
    #[must_use]
    pub const fn depends_on_list(self) -> bool {
        (self.0 / Difference::ALL.len() as u8) % 2 == 1
    }

    /// Why it is another than the reporter's, if it is.
    #[must_use]
    pub fn difference(self) -> Difference {
        let place = usize::from(self.0) % Difference::ALL.len();
        Difference::ALL.get(place).copied().unwrap_or(Difference::CannotTell)
    }
}

/// One method passing is enough; failing takes both (RFC 9989 §5.3.5).
const fn either(dkim: Verdict, spf: Verdict) -> Verdict {
    match (dkim, spf) {
        (Verdict::Pass, _) | (_, Verdict::Pass) => Verdict::Pass,
        (Verdict::Fail, Verdict::Fail) => Verdict::Fail,
        _ => Verdict::Unknown,
    }
}

/// What a row's results are held against.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The From header's domain.
    pub from: Option<&'a Domain>,
    /// The domain whose policy was found.
    pub policy: Option<&'a Domain>,
    /// How close DKIM has to be.
    pub adkim: Alignment,
    /// How close SPF has to be.
    pub aspf: Alignment,
    /// The envelope's sender: `None` where nothing is said of it, `Some("")` for the null sender.
    pub envelope_from: Option<&'a str>,
    /// The reporter's aligned verdicts, DKIM and SPF, where it gives any.
    pub reported: Option<[Option<Evaluation>; 2]>,
    /// The reporter's verdict.
    pub verdict: Verdict,
}

/// A raw result.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    /// Whose it is.
    pub domain: Option<&'a Domain>,
    /// SPF: the identity that was checked, where that is stated.
    pub scope: Option<SpfScope>,
    /// The result, in a word of the standard.
    pub result: Option<AuthResult>,
    /// Whether any word is stated.
    pub is_stated: bool,
}

/// Something told by the whole list, by its ICANN section, and by the tree walk as far as the policy domain tells of it.
type Views<T> = [T; 3];

impl<'a> Case<'a> {
    /// Our verdict.
    #[must_use]
    pub fn judge(
        &self,
        dkim: impl Iterator<Item = Proof<'a>> + Clone,
        spf: impl Iterator<Item = Proof<'a>> + Clone,
    ) -> Ours {
        let is_null = self.envelope_from == Some("");
        let has_results = dkim.clone().next().is_some() || spf.clone().next().is_some();
        let spf = spf.filter(move |proof| is_null || proof.scope != Some(SpfScope::Helo));
        // Not a word on either method: SPF is always checked, so the results were left out altogether.
        let by_dkim = if has_results { self.method(self.adkim, dkim.clone()) } else { [Verdict::Unknown; 3] };
        let has_spf = spf.clone().next().is_some();
        let by_spf = if has_spf { self.method(self.aspf, spf.clone()) } else { [Verdict::Unknown; 3] };
        let [own, icann, walk] = std::array::from_fn(|view| match (by_dkim.get(view), by_spf.get(view)) {
            (Some(dkim), Some(spf)) => either(*dkim, *spf),
            _ => Verdict::Unknown,
        });
        let difference = match (self.verdict, own) {
            (Verdict::Pass, Verdict::Pass) | (Verdict::Fail, Verdict::Fail) => Difference::Agrees,
            (Verdict::Unknown, _) => Difference::CannotTell,
            (theirs, _) if icann == theirs || walk == theirs => Difference::List,
            (Verdict::Pass, _) => self.unproven(dkim, spf),
            (Verdict::Fail, Verdict::Pass) if by_dkim.first() == Some(&Verdict::Pass) || self.is_sure(spf) => {
                Difference::Reporter
            }
            (Verdict::Fail, _) => Difference::CannotTell,
        };
        let first = |views: Views<Verdict>| views.first().copied().unwrap_or(Verdict::Unknown);
        Ours::of(first(by_dkim), first(by_spf), icann != own || walk != own, difference)
    }

    /// Why the reporter passes what its results do not.
    fn unproven(
        &self,
        mut dkim: impl Iterator<Item = Proof<'a>>,
        mut spf: impl Iterator<Item = Proof<'a>>,
    ) -> Difference {
        let [by_dkim, by_spf] = self.reported.unwrap_or_default().map(|word| word == Some(Evaluation::Pass));
        if self.from.is_none() {
            return Difference::CannotTell;
        }
        // A signature that did not pass is told of; those that are not may have. A message has one MAIL FROM: once its
        // check is told of, none is left.
        let lacks_dkim = by_dkim && !dkim.any(|proof| self.is_aligned(self.adkim, proof.domain));
        let lacks_spf = by_spf && !spf.any(|proof| proof.domain.is_some());
        if lacks_dkim || lacks_spf { Difference::LeftOut } else { Difference::Reporter }
    }

    /// Whether SPF passes by a result that is of no other identity than it is read as.
    fn is_sure(&self, mut spf: impl Iterator<Item = Proof<'a>>) -> bool {
        spf.any(|proof| {
            let names = |domain: &Domain| self.envelope_from.is_some_and(|sender| is_of(sender, domain));
            let is_stated = self.envelope_from == Some("") || proof.scope.is_some();
            proof.result == Some(AuthResult::Pass)
                && self.is_aligned(self.aspf, proof.domain)
                && (is_stated || proof.domain.is_some_and(names))
        })
    }

    fn method(&self, mode: Alignment, proofs: impl Iterator<Item = Proof<'a>>) -> Views<Verdict> {
        let Some(from) = self.from else { return [Verdict::Unknown; 3] };
        let mut by = [Verdict::Fail; 3];
        for proof in proofs {
            let is_clear = proof.is_stated && proof.domain.is_some();
            match proof.result {
                // Most results say nothing in favour.
                Some(result) if result != AuthResult::Pass => continue,
                None if is_clear => continue,
                _ => {}
            }
            let views = proof.domain.map_or([true; 3], |domain| self.views(mode, from, domain));
            for (found, is_aligned) in by.iter_mut().zip(views) {
                if is_aligned && is_clear {
                    *found = Verdict::Pass;
                } else if is_aligned && *found == Verdict::Fail {
                    // It would decide if it said whose it is, or what came out.
                    *found = Verdict::Unknown;
                }
            }
        }
        by
    }

    fn is_aligned(&self, mode: Alignment, domain: Option<&Domain>) -> bool {
        match (self.from, domain) {
            (Some(from), Some(domain)) => self.views(mode, from, domain).first() == Some(&true),
            _ => false,
        }
    }

    /// Whether a domain is aligned.
    fn views(&self, mode: Alignment, from: &Domain, domain: &Domain) -> Views<bool> {
        let is_same = from.name() == domain.name();
        if mode == Alignment::Strict || is_same {
            return [is_same; 3];
        }
        let by_list = |part| from.organization(part) == domain.organization(part);
        let whole = by_list(Part::Whole);
        let is_private = [from, domain].iter().any(|name| name.section() == Section::Private);
        let icann = if is_private { by_list(Part::IcannOnly) } else { whole };
        // The walk ends at the organization's own record: where that is the domain which the list tells, both agree.
        let walk = match self.policy {
            Some(policy) if policy.name() != from.organization(Part::Whole) && from.is_at_or_below(policy) => {
                domain.is_at_or_below(policy)
            }
            _ => whole,
        };
        [whole, icann, walk]
    }
}

/// Whether a sender, an address or a domain, is of this domain.
fn is_of(sender: &str, domain: &Domain) -> bool {
    let name = sender.rsplit_once('@').map_or(sender, |(_, name)| name);
    crate::domains::to_ascii(name) == domain.name()
}

/// A policy's mode; absent or unknown words mean relaxed (RFC 9989 §4.7).
#[must_use]
pub fn mode(word: Option<Alignment>) -> Alignment {
    word.unwrap_or(Alignment::Relaxed)
}

/// Our verdict on a record.
#[must_use]
pub fn ours(policy: &PolicyPublished, record: &Record<'_>, list: &SuffixList) -> Ours {
    let domain = |name: Option<&str>| Domain::of(name?, list);
    let from = domain(record.header_from.as_deref());
    let published = domain(policy.domain.as_deref());
    let dkim: Vec<_> = record.dkim.iter().map(|one| (domain(one.domain.as_deref()), None, &one.result)).collect();
    let spf: Vec<_> =
        record.spf.iter().map(|one| (domain(one.domain.as_deref()), one.scope.known(), &one.result)).collect();
    fn proof<'a>((domain, scope, result): &'a (Option<Domain>, Option<SpfScope>, &Keyword<AuthResult>)) -> Proof<'a> {
        Proof { domain: domain.as_ref(), scope: *scope, result: result.known(), is_stated: result.is_stated() }
    }
    let case = Case {
        from: from.as_ref(),
        policy: published.as_ref(),
        adkim: mode(policy.adkim.known()),
        aspf: mode(policy.aspf.known()),
        envelope_from: record.envelope_from.as_deref(),
        reported: record.evaluated.as_ref().map(words),
        verdict: verdict::verdict(record.evaluated.as_ref()),
    };
    case.judge(dkim.iter().map(proof), spf.iter().map(proof))
}

/// The aligned verdicts that a reporter gives.
fn words(evaluated: &Evaluated) -> [Option<Evaluation>; 2] {
    [evaluated.dkim.known(), evaluated.spf.known()]
}

#[cfg(test)]
mod tests;
