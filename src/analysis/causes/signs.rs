//! What the results of a row show: whose they are, and what came of each.

use crate::dataset::{ABSENT, Dataset, Entry, Policy, TextId};
use crate::domains::{Domain, Part};
use crate::report::keyword::{Alignment, AuthResult, ReasonType, SpfScope};
use crate::report::ours::mode;
use crate::report::verdict::{Outcome, Verdict};

/// What came of signatures or checks of one's own organization, the most telling one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Own {
    /// There is none.
    #[default]
    Absent,
    /// Passed.
    Pass,
    /// Passed, but for another name of the organization than strict alignment asks for.
    NearPass,
    /// Failed: wrong signature, or an address that is not listed.
    Fail,
    /// Cannot be evaluated (`permerror`), or came to nothing (`neutral`, `policy` of DKIM).
    Trouble,
    /// The DNS did not answer.
    Temporary,
}

/// What a row shows. Texts are ids; [`ABSENT`] is none.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    /// The reporter's verdict; ours where it gives none.
    pub verdict: Verdict,
    /// The From header's domain.
    pub from: TextId,
    /// The own signature: what came of it, its domain and its selector.
    pub dkim: Own,
    pub dkim_domain: TextId,
    pub selector: TextId,
    /// Whether any signature is told of.
    pub is_signed: bool,
    /// The domain of a signature of another organization that passed.
    pub other_dkim: TextId,
    /// The own check, and its domain.
    pub spf: Own,
    pub spf_domain: TextId,
    /// The domain of another organization that SPF passed for.
    pub other_spf: TextId,
    /// The domain of another organization that SPF was asked for, whatever came of it.
    pub asked_spf: TextId,
    /// Whether anything is told of SPF.
    pub is_checked: bool,
    /// Whether any result at all is a pass, whoever it is for.
    pub has_pass: bool,
    /// Whether the server greets with a name of the own organization, which SPF lets it.
    pub has_own_helo: bool,
    /// Whether a host of the own organization is named, in the envelope or the greeting, for which there is no SPF record.
    pub has_bare_host: bool,
    /// What the reporter says of the row.
    pub is_forwarded: bool,
    pub is_of_list: bool,
    /// The receiver found a chain of ARC seals that holds (RFC 8617 §7.2.2).
    pub has_arc: bool,
}

impl Signs {
    /// Those of a row. `None` without a From domain, or before the suffix list is there.
    pub fn of(entry: Entry, policy: &Policy, outcome: Outcome, verdict: Verdict, dataset: &Dataset) -> Option<Self> {
        let tables = &dataset.tables;
        let identifiers = tables.identifiers.get(entry.identifiers)?;
        let auth = tables.auths.get(entry.auth)?;
        let evaluation = tables.evaluations.get(entry.evaluation)?;
        let from = dataset.domain(identifiers.header_from)?;
        let is_bounce = tables.strings.get(identifiers.envelope_from) == Some("");
        let mut signs = Self {
            verdict: if outcome.verdict() == Verdict::Unknown { verdict } else { outcome.verdict() },
            from: identifiers.header_from,
            dkim: Own::Absent,
            dkim_domain: ABSENT,
            selector: ABSENT,
            is_signed: false,
            other_dkim: ABSENT,
            spf: Own::Absent,
            spf_domain: ABSENT,
            other_spf: ABSENT,
            asked_spf: ABSENT,
            is_checked: false,
            has_pass: false,
            has_own_helo: false,
            has_bare_host: false,
            is_forwarded: false,
            is_of_list: false,
            has_arc: false,
        };
        for result in auth.dkim.iter().filter_map(|id| tables.dkim.get(*id)) {
            signs.has_pass |= result.result.known() == Some(AuthResult::Pass);
            let (Some(domain), Some(word)) = (dataset.domain(result.domain), result.result.known()) else { continue };
            if word == AuthResult::None {
                continue;
            }
            signs.is_signed = true;
            if is_own(from, domain) {
                let mut found = own(word, mode(policy.adkim.known()), from, domain, true);
                if found == Own::Fail && has_no_key(tables.strings.get(result.human_result)) {
                    found = Own::Trouble;
                }
                if is_more_telling(found, signs.dkim) {
                    (signs.dkim, signs.dkim_domain, signs.selector) = (found, result.domain, result.selector);
                }
            } else if word == AuthResult::Pass && signs.other_dkim == ABSENT {
                signs.other_dkim = result.domain;
            }
        }
        for result in auth.spf.iter().filter_map(|id| tables.spf.get(*id)) {
            signs.has_pass |= result.result.known() == Some(AuthResult::Pass);
            let (Some(domain), Some(word)) = (dataset.domain(result.domain), result.result.known()) else { continue };
            let is_helo = result.scope.known() == Some(SpfScope::Helo);
            if is_own(from, domain) {
                signs.has_own_helo |= is_helo && word == AuthResult::Pass;
                signs.has_bare_host |= word == AuthResult::None && (is_helo || domain.name() != from.name());
            }
            if !is_bounce && is_helo {
                continue;
            }
            signs.is_checked = true;
            if is_own(from, domain) {
                let found = own(word, mode(policy.aspf.known()), from, domain, false);
                if is_more_telling(found, signs.spf) {
                    (signs.spf, signs.spf_domain) = (found, result.domain);
                }
            } else {
                signs.asked_spf = result.domain;
                if word == AuthResult::Pass {
                    signs.other_spf = result.domain;
                }
            }
        }
        for reason in &evaluation.reasons {
            match reason.kind.known() {
                Some(ReasonType::Forwarded | ReasonType::TrustedForwarder) => signs.is_forwarded = true,
                Some(ReasonType::MailingList) => signs.is_of_list = true,
                _ => {
                    let comment = tables.strings.get(reason.comment).unwrap_or_default();
                    signs.has_arc |= comment.to_ascii_lowercase().contains("arc=pass");
                }
            }
        }
        Some(signs)
    }

    /// Whether mail is proven to be anybody's.
    pub const fn is_proven(&self) -> bool {
        matches!(self.dkim, Own::Pass | Own::NearPass)
            || matches!(self.spf, Own::Pass | Own::NearPass)
            || self.other_dkim != ABSENT
            || self.other_spf != ABSENT
    }

    /// Names of other organizations that the results tell of.
    pub const fn others(&self) -> [TextId; 3] {
        [self.other_dkim, self.other_spf, self.asked_spf]
    }

    /// The domain of another organization that proves the mail: the signature's before that of SPF.
    pub const fn other(&self) -> TextId {
        if self.other_dkim == ABSENT { self.other_spf } else { self.other_dkim }
    }
}

fn is_own(from: &Domain, domain: &Domain) -> bool {
    from.organization(Part::Whole) == domain.organization(Part::Whole)
}

fn own(word: AuthResult, mode: Alignment, from: &Domain, domain: &Domain, is_dkim: bool) -> Own {
    match word {
        AuthResult::Pass if mode == Alignment::Strict && from.name() != domain.name() => Own::NearPass,
        AuthResult::Pass => Own::Pass,
        AuthResult::Temperror => Own::Temporary,
        AuthResult::Permerror => Own::Trouble,
        // Of SPF these two only say that the address is not listed (RFC 7208 §2.6.2).
        AuthResult::Neutral | AuthResult::Policy if is_dkim => Own::Trouble,
        _ => Own::Fail,
    }
}

/// Whether the reporter's words are that there is no key (RFC 6376 §6.1.2), which some call a failure.
fn has_no_key(words: Option<&str>) -> bool {
    let words = words.unwrap_or_default().to_ascii_lowercase();
    ["no key", "key not found", "no such key"].iter().any(|known| words.contains(known))
}

/// Passing tells most; what cannot be evaluated tells more than a failure.
fn is_more_telling(new: Own, known: Own) -> bool {
    let rank = |own: Own| match own {
        Own::Absent => 0,
        Own::Fail => 1,
        Own::Temporary => 2,
        Own::Trouble => 3,
        Own::NearPass => 4,
        Own::Pass => 5,
    };
    rank(new) > rank(known)
}
