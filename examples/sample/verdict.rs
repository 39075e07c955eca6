//! What a receiver makes of mail: the verdict by the standard, the disposition by its habits.

use crate::model::{Domain, Habit, Policy, Published, Reporter, Sender, Way};

/// The reporter's verdict, as in `policy_evaluated`.
#[derive(Debug)]
pub struct Evaluated {
    /// What was done with the messages.
    pub disposition: &'static str,
    /// DKIM passed and is aligned.
    pub dkim: bool,
    /// SPF passed and is aligned.
    pub spf: bool,
    /// Why the policy was not followed.
    pub reason: Option<&'static str>,
}

/// Whether an identity is aligned with a From domain: relaxed, so the same organizational domain is enough.
/// All names of the story end in the public suffix `.example`.
fn is_aligned(identity: &str, header_from: &str) -> bool {
    fn organization(name: &str) -> &str {
        name.rmatch_indices('.').nth(1).map_or(name, |(dot, _)| &name[dot + 1..])
    }
    organization(identity) == organization(header_from)
}

/// What the record asks for a sender's mail. Reporters of RFC 7489 know no `np`.
fn in_force(sender: &Sender, domain: &Domain, published: &Published, reporter: &Reporter) -> Policy {
    let below = published.sp.unwrap_or(published.p);
    match published.np {
        _ if sender.header_from == domain.name => published.p,
        Some(np) if sender.invented_name && reporter.modern.is_some() => np,
        _ => below,
    }
}

/// The verdict on a sender's mail.
pub fn evaluate(sender: &Sender, domain: &Domain, published: &Published, reporter: &Reporter) -> Evaluated {
    let passes = |result: &str, identity: &str| result == "pass" && is_aligned(identity, sender.header_from);
    let dkim = sender.dkim.iter().any(|signature| passes(signature.result, signature.domain));
    let spf = passes(sender.spf, sender.envelope_from);
    let asked = in_force(sender, domain, published, reporter);
    let is_enforced = asked > Policy::None;
    if dkim || spf {
        let disposition = if reporter.modern.is_some() && is_enforced { "pass" } else { "none" };
        return Evaluated { disposition, dkim, spf, reason: None };
    }
    let excuse = match sender.by_way_of {
        Way::Direct => None,
        Way::Forwarder => reporter.forwarders,
        Way::List => reporter.lists,
    };
    let disposition = if excuse.is_some() { "none" } else { asked.keyword() };
    Evaluated { disposition, dkim, spf, reason: excuse.filter(|_| is_enforced || reporter.has(Habit::AlwaysReasons)) }
}
