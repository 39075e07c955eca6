//! The reporter's verdict on a row and what became of its messages. The one home of these rules.
//!
//! DMARC passes when DKIM *or* SPF passes aligned (RFC 9989 §5.3.5); `policy_evaluated` holds the aligned verdicts.

use serde::{Deserialize, Serialize};

use super::decimal::decimal;
use super::keyword::{Disposition, Evaluation, Keyword, ReasonType, RequestedPolicy, Testing};
use super::ours::Ours;
use super::{Evaluated, PolicyPublished};

/// Whether messages pass DMARC, by the reporter's word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// DKIM or SPF passed and was aligned.
    Pass,
    /// Both are stated and neither passed.
    Fail,
    /// Neither says pass and not both are stated.
    #[default]
    Unknown,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Pass, Self::Fail, Self::Unknown];

    /// The word of filters and exports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
        }
    }
}

/// What became of the messages of a row. Each row has exactly one outcome, so outcomes sum to all messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Outcome {
    /// Passed, DKIM and SPF both aligned.
    PassedBoth,
    /// Passed by DKIM only.
    PassedDkim,
    /// Passed by SPF only.
    PassedSpf,
    /// Passed, yet quarantined or rejected: the receiver's own policy.
    PassedYetActed,
    /// Failed, delivered: the policy in force asks for nothing.
    FailedMonitoring,
    /// Failed, delivered by override: forwarded.
    FailedForwarded,
    /// Failed, delivered by override: mailing list.
    FailedMailingList,
    /// Failed, delivered by override: a forwarder the receiver trusts.
    FailedTrustedForwarder,
    /// Failed, delivered by override: the receiver's own policy, ARC included.
    FailedLocalPolicy,
    /// Failed, delivered by override: left out by `pct`, as the reporter says or as `pct` allows.
    FailedSampledOut,
    /// Failed, delivered by override: the domain is in test mode.
    FailedPolicyTestMode,
    /// Failed, delivered by override: any other reason.
    FailedOtherReason,
    /// Failed, delivered although the policy in force asks more, and no reason is given.
    FailedUnexplained,
    /// Failed, quarantined.
    FailedQuarantined,
    /// Failed, rejected.
    FailedRejected,
    /// Failed; the report does not say, or not in a word of the standard, what was done.
    FailedDispositionUnknown,
    /// The verdict cannot be told.
    Unknown,
}

impl Outcome {
    /// How many outcomes there are.
    pub const COUNT: usize = 17;

    /// Every outcome, in the order of its number.
    pub const ALL: [Self; Self::COUNT] = [
        Self::PassedBoth,
        Self::PassedDkim,
        Self::PassedSpf,
        Self::PassedYetActed,
        Self::FailedMonitoring,
        Self::FailedForwarded,
        Self::FailedMailingList,
        Self::FailedTrustedForwarder,
        Self::FailedLocalPolicy,
        Self::FailedSampledOut,
        Self::FailedPolicyTestMode,
        Self::FailedOtherReason,
        Self::FailedUnexplained,
        Self::FailedQuarantined,
        Self::FailedRejected,
        Self::FailedDispositionUnknown,
        Self::Unknown,
    ];

    /// The word of filters and exports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::PassedBoth => "passed_both",
            Self::PassedDkim => "passed_dkim",
            Self::PassedSpf => "passed_spf",
            Self::PassedYetActed => "passed_yet_acted",
            Self::FailedMonitoring => "monitoring",
            Self::FailedForwarded => "forwarded",
            Self::FailedMailingList => "mailing_list",
            Self::FailedTrustedForwarder => "trusted_forwarder",
            Self::FailedLocalPolicy => "local_policy",
            Self::FailedSampledOut => "sampled_out",
            Self::FailedPolicyTestMode => "policy_test_mode",
            Self::FailedOtherReason => "other_reason",
            Self::FailedUnexplained => "unexplained",
            Self::FailedQuarantined => "quarantined",
            Self::FailedRejected => "rejected",
            Self::FailedDispositionUnknown => "disposition_unknown",
            Self::Unknown => "unknown",
        }
    }

    /// The verdict that the outcome belongs to.
    #[must_use]
    pub const fn verdict(self) -> Verdict {
        match self {
            Self::PassedBoth | Self::PassedDkim | Self::PassedSpf | Self::PassedYetActed => Verdict::Pass,
            Self::Unknown => Verdict::Unknown,
            _ => Verdict::Fail,
        }
    }

    /// What it is by our verdict in place of the reporter's. Where that is another one it is not known what the receiver did because
    /// of it: of what passed for the receiver and fails for us, nothing is.
    #[must_use]
    pub fn judged(self, ours: Ours) -> Self {
        match (ours.verdict(), self.verdict(), self) {
            (Verdict::Unknown, ..) => Self::Unknown,
            (Verdict::Fail, Verdict::Fail, _) => self,
            (Verdict::Fail, ..) => Self::FailedDispositionUnknown,
            (Verdict::Pass, _, Self::PassedYetActed | Self::FailedQuarantined | Self::FailedRejected) => {
                Self::PassedYetActed
            }
            (Verdict::Pass, ..) => match (ours.dkim(), ours.spf()) {
                (Verdict::Pass, Verdict::Pass) => Self::PassedBoth,
                (Verdict::Pass, _) => Self::PassedDkim,
                _ => Self::PassedSpf,
            },
        }
    }

    /// The kind of fate that it is.
    #[must_use]
    pub const fn fate(self) -> Fate {
        match self {
            Self::PassedBoth | Self::PassedDkim | Self::PassedSpf => Fate::Passed,
            Self::PassedYetActed => Fate::PassedYetActed,
            Self::FailedRejected => Fate::Rejected,
            Self::FailedQuarantined => Fate::Quarantined,
            Self::FailedMonitoring => Fate::Monitored,
            Self::FailedDispositionUnknown => Fate::Unstated,
            Self::Unknown => Fate::Unknown,
            _ => Fate::Excepted,
        }
    }
}

/// What became of messages, in the few kinds that a chart can tell apart. Each holds outcomes of one verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Fate {
    /// Passed.
    Passed,
    /// Passed, yet quarantined or rejected.
    PassedYetActed,
    /// Failed, rejected.
    Rejected,
    /// Failed, quarantined.
    Quarantined,
    /// Failed, delivered although the policy in force asks more.
    Excepted,
    /// Failed, delivered: the policy in force asks for nothing.
    Monitored,
    /// Failed; what was done is not known.
    Unstated,
    /// The verdict cannot be told.
    Unknown,
}

impl Fate {
    /// How many there are.
    pub const COUNT: usize = 8;

    /// Every fate, in the order of its number.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Passed,
        Self::PassedYetActed,
        Self::Rejected,
        Self::Quarantined,
        Self::Excepted,
        Self::Monitored,
        Self::Unstated,
        Self::Unknown,
    ];

    /// The word of styles and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::PassedYetActed => "passed-yet-acted",
            Self::Rejected => "rejected",
            Self::Quarantined => "quarantined",
            Self::Excepted => "excepted",
            Self::Monitored => "monitored",
            Self::Unstated => "unstated",
            Self::Unknown => "unknown",
        }
    }

    /// The outcomes that it holds.
    #[must_use]
    pub fn outcomes(self) -> Vec<Outcome> {
        Outcome::ALL.into_iter().filter(|outcome| outcome.fate() == self).collect()
    }

    /// Messages by fate from messages by outcome, both in the order of `ALL`.
    #[must_use]
    pub fn sums(messages: &[u64; Outcome::COUNT]) -> [u64; Self::COUNT] {
        let mut sums = [0_u64; Self::COUNT];
        for (outcome, count) in Outcome::ALL.into_iter().zip(messages) {
            if let Some(sum) = sums.get_mut(outcome.fate() as usize) {
                *sum = sum.saturating_add(*count);
            }
        }
        sums
    }
}

/// The reporter's verdict on a row.
#[must_use]
pub fn verdict(evaluated: Option<&Evaluated>) -> Verdict {
    let Some(evaluated) = evaluated else { return Verdict::Unknown };
    let passes = |word: &Keyword<Evaluation>| word.known() == Some(Evaluation::Pass);
    if passes(&evaluated.dkim) || passes(&evaluated.spf) {
        Verdict::Pass
    } else if evaluated.dkim.is_stated() && evaluated.spf.is_stated() {
        Verdict::Fail
    } else {
        Verdict::Unknown
    }
}

/// What the policy asks for the messages of a row, at the most.
///
/// `p` for the policy domain itself, `sp` (else `p`) below it. `np`, for names that do not exist, is not looked at: reports
/// do not say which names do not exist. `testing=y` lowers by one level (RFC 9989 §4.7).
///
/// `None` where the report states no policy.
#[must_use]
pub fn policy_in_force(policy: &PolicyPublished, header_from: Option<&str>) -> Option<RequestedPolicy> {
    let is_below = match (header_from, policy.domain.as_deref()) {
        (Some(from), Some(domain)) => !from.eq_ignore_ascii_case(domain),
        _ => false,
    };
    let asked = if is_below { policy.sp.known().or(policy.p.known()) } else { policy.p.known() }?;
    Some(if policy.testing.known() == Some(Testing::Yes) { lowered(asked) } else { asked })
}

/// One level lower: what is asked in test mode (RFC 9989 §4.7), or of mail left out by `pct` (RFC 7489 §6.6.4).
#[must_use]
pub const fn lowered(policy: RequestedPolicy) -> RequestedPolicy {
    match policy {
        RequestedPolicy::Reject => RequestedPolicy::Quarantine,
        RequestedPolicy::Quarantine | RequestedPolicy::None => RequestedPolicy::None,
    }
}

/// What became of the messages of a row. `reasons` are the types of the row's reasons, in order.
#[must_use]
pub fn outcome(
    policy: &PolicyPublished,
    header_from: Option<&str>,
    evaluated: Option<&Evaluated>,
    reasons: &[Keyword<ReasonType>],
) -> Outcome {
    let (Some(evaluated), verdict) = (evaluated, verdict(evaluated)) else { return Outcome::Unknown };
    let disposition = evaluated.disposition.known();
    let acted = matches!(disposition, Some(Disposition::Quarantine | Disposition::Reject));
    match verdict {
        Verdict::Unknown => Outcome::Unknown,
        Verdict::Pass if acted => Outcome::PassedYetActed,
        Verdict::Pass => {
            let passes = |word: &Keyword<Evaluation>| word.known() == Some(Evaluation::Pass);
            match (passes(&evaluated.dkim), passes(&evaluated.spf)) {
                (true, true) => Outcome::PassedBoth,
                (true, false) => Outcome::PassedDkim,
                _ => Outcome::PassedSpf,
            }
        }
        Verdict::Fail => match disposition {
            Some(Disposition::Quarantine) => Outcome::FailedQuarantined,
            Some(Disposition::Reject) => Outcome::FailedRejected,
            // `pass` contradicts a failed verdict (RFC 9990 §3.1.1): what was done is not known.
            Some(Disposition::Pass) | None => Outcome::FailedDispositionUnknown,
            Some(Disposition::None) => delivered(policy, header_from, reasons),
        },
    }
}

/// Per cent of mail that the policy applies to; all of it where `pct` is absent or no number (RFC 7489 §6.3).
///
/// A share above nothing and below one per cent is taken as one: it is more than none and less than all.
fn percent(policy: &PolicyPublished) -> u64 {
    let pct = policy.pct.as_deref().map(|pct| pct.trim().trim_end_matches('%').trim_end());
    match pct.and_then(decimal) {
        Some((0, true)) => 1,
        Some((whole, _)) => whole,
        None => 100,
    }
}

/// Why failing messages were delivered. A policy that asks for nothing explains it before any reason does.
fn delivered(policy: &PolicyPublished, header_from: Option<&str>, reasons: &[Keyword<ReasonType>]) -> Outcome {
    // A policy that is not stated, or in no known word, asks for nothing (RFC 7489 §6.6.3).
    let asked = policy_in_force(policy, header_from).unwrap_or(RequestedPolicy::None);
    let pct = percent(policy);
    let asked = if pct == 0 { lowered(asked) } else { asked };
    let testing = policy.testing.known() == Some(Testing::Yes);
    if asked == RequestedPolicy::None && !testing {
        return Outcome::FailedMonitoring;
    }
    let first = reasons.iter().find(|reason| reason.is_stated());
    match first {
        Some(reason) => match reason.known() {
            Some(ReasonType::Forwarded) => Outcome::FailedForwarded,
            Some(ReasonType::MailingList) => Outcome::FailedMailingList,
            Some(ReasonType::TrustedForwarder) => Outcome::FailedTrustedForwarder,
            Some(ReasonType::LocalPolicy) => Outcome::FailedLocalPolicy,
            Some(ReasonType::SampledOut) => Outcome::FailedSampledOut,
            Some(ReasonType::PolicyTestMode) => Outcome::FailedPolicyTestMode,
            Some(ReasonType::Other) | None => Outcome::FailedOtherReason,
        },
        None if !reasons.is_empty() => Outcome::FailedOtherReason,
        None if asked == RequestedPolicy::None => Outcome::FailedMonitoring,
        // Mail left out by `pct` is treated one level lower, and hardly any reporter says which it was.
        None if (1..100).contains(&pct) && lowered(asked) == RequestedPolicy::None => Outcome::FailedSampledOut,
        None => Outcome::FailedUnexplained,
    }
}

#[cfg(test)]
mod tests;
