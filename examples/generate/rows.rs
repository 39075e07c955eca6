//! A row of a report as the receiver saw it, and the verdict it reached.

use std::net::IpAddr;

use crate::domains::{Domain, Policy};
use crate::names::organizational;
use crate::reporters::Reporter;
use crate::rng::Rng;

/// One DKIM signature.
pub struct Dkim {
    /// The signing domain.
    pub domain: String,
    /// Its selector.
    pub selector: &'static str,
    /// The raw result.
    pub result: &'static str,
}

/// One SPF check.
pub struct Spf {
    /// The checked domain.
    pub domain: String,
    /// It is the HELO name rather than the envelope's sender.
    pub helo: bool,
    /// The raw result.
    pub result: &'static str,
}

/// What may move a receiver to let a failed row pass.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// Nothing.
    None,
    /// It came through a forwarder.
    Forwarded,
    /// It came through a mailing list.
    List,
}

/// A row before the verdict.
pub struct Row {
    /// The sender's address.
    pub source: IpAddr,
    /// How many messages.
    pub count: u64,
    /// The domain people see.
    pub header_from: String,
    /// That domain does not exist, so `np` is for it.
    pub nonexistent: bool,
    /// The domain of the envelope's sender, empty for the null sender.
    pub envelope_from: String,
    /// All signatures.
    pub dkim: Vec<Dkim>,
    /// All SPF checks.
    pub spf: Vec<Spf>,
    /// What may move the receiver.
    pub excuse: Excuse,
}

/// The reporter's verdict, as in `policy_evaluated`.
pub struct Evaluated {
    /// What was done with the messages.
    pub disposition: &'static str,
    /// DKIM passed and is aligned.
    pub dkim: bool,
    /// SPF passed and is aligned.
    pub spf: bool,
    /// Why the policy was not followed: types and comments.
    pub reasons: Vec<(&'static str, String)>,
}

/// The policy a report is about, on its day.
pub struct Published<'a> {
    /// The policy domain.
    pub domain: &'a Domain,
    /// For the domain itself.
    pub p: Policy,
    /// For its subdomains.
    pub sp: Policy,
}

fn aligned(identity: &str, header_from: &str, strict: bool) -> bool {
    identity == header_from || (!strict && organizational(identity) == organizational(header_from))
}

impl Published<'_> {
    fn in_force(&self, row: &Row, reporter: &Reporter) -> Policy {
        match self.domain.np {
            _ if row.header_from == self.domain.name => self.p,
            Some(np) if row.nonexistent && reporter.modern => np,
            _ => self.sp,
        }
    }

    /// The verdict on a row: from its results, the policy and the reporter's habits.
    pub fn evaluate(&self, row: &Row, reporter: &Reporter, rng: &mut Rng) -> Evaluated {
        let Domain { strict_dkim, strict_spf, .. } = *self.domain;
        let dkim = row.dkim.iter().any(|d| d.result == "pass" && aligned(&d.domain, &row.header_from, strict_dkim));
        let spf = row.spf.iter().any(|s| {
            let counts = !s.helo || row.envelope_from.is_empty();
            counts && s.result == "pass" && aligned(&s.domain, &row.header_from, strict_spf)
        });
        let policy = self.in_force(row, reporter);
        let (disposition, reasons) = if !dkim && !spf {
            self.failed(row, policy, reporter, rng)
        } else if policy > Policy::None && rng.permille(1) {
            // The receiver's own filter is stricter than DMARC.
            ("quarantine", vec![("local_policy", String::new())])
        } else {
            (if reporter.modern && policy > Policy::None { "pass" } else { "none" }, Vec::new())
        };
        Evaluated { disposition, dkim, spf, reasons }
    }

    fn failed(
        &self,
        row: &Row,
        policy: Policy,
        reporter: &Reporter,
        rng: &mut Rng,
    ) -> (&'static str, Vec<(&'static str, String)>) {
        let plain = |kind| vec![(kind, String::new())];
        let reasons = excuses(row, reporter, rng);
        if !reasons.is_empty() || policy == Policy::None {
            ("none", reasons)
        } else if !reporter.modern && rng.below(100) >= u64::from(self.domain.pct) {
            (policy.lowered().keyword(), plain("sampled_out"))
        } else if reporter.modern && self.domain.testing {
            (policy.lowered().keyword(), plain("policy_test_mode"))
        } else if rng.permille(12) {
            // Delivered without a word: this happens.
            ("none", Vec::new())
        } else if reporter.never_rejects && policy == Policy::Reject {
            ("quarantine", vec![("local_policy", "quarantined instead of rejected".into())])
        } else {
            (policy.keyword(), Vec::new())
        }
    }
}

/// The reasons of an override, if the receiver overrides.
fn excuses(row: &Row, reporter: &Reporter, rng: &mut Rng) -> Vec<(&'static str, String)> {
    let arc = || {
        let sealer = row.dkim.last().map_or(row.envelope_from.as_str(), |d| d.domain.as_str());
        let comment = format!("arc=pass as[1].d={sealer} as[1].s=arc1 remote-ip[1]={}", row.source);
        ("local_policy", comment)
    };
    let list = ("mailing_list", String::new());
    // RFC 9990 knows no `forwarded`.
    let forwarded = if reporter.modern { "trusted_forwarder" } else { "forwarded" };
    match (row.excuse, rng.below(100)) {
        (Excuse::Forwarded, 0..30) => vec![(forwarded, String::new())],
        (Excuse::Forwarded, 30..45) => vec![("trusted_forwarder", String::new())],
        (Excuse::Forwarded, 45..55) => vec![arc()],
        (Excuse::Forwarded, 55..58) => vec![("other", "known relay of the addressee".into())],
        (Excuse::List, 0..40) => vec![list],
        (Excuse::List, 40..75) => vec![arc()],
        (Excuse::List, 75..80) => vec![list, arc()],
        _ => Vec::new(),
    }
}
