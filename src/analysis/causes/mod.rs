//! Why a source's mail fails, what is likely, and what to do next.
//!
//! Two passes over the rows, worked on by the query engine as everything else is. The first one (`context`) learns what is known
//! of each source, each key and each network. The second one (`signs`) tells of each row what its results show, and holds that
//! against the table of conditions in `rules`, the one place where it is decided what is likely. The rule that most of a
//! source's failing messages meet tells the source's cause.

mod collector;
mod context;
mod findings;
mod known;
mod rules;
mod signs;
mod step;
mod telling;
mod traits;

use serde::{Deserialize, Serialize};

pub use collector::ByCause;
pub use findings::{Finding, Findings};
pub use known::{For, Known};
pub use rules::{RULES, Rule};
pub use step::{Service, Step, StepKind};

use super::filter::Filter;
use super::key::Key;
use crate::report::Figures;

/// Why mail of a source fails, or would fail if anything changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Cause {
    /// No signature at all: SPF alone carries the mail, and breaks when it is forwarded.
    NoDkim,
    /// Signed, but for a vendor's domain only.
    VendorDkimOnly,
    /// The domain's own signature was broken on the way.
    DkimBrokenInTransit,
    /// The domain's own signature cannot be checked, or never fits its key.
    DkimKeyTrouble,
    /// DNS did not answer for a while.
    DnsTrouble,
    /// SPF of the domain does not list the address.
    SpfNotListed,
    /// The domain's SPF record cannot be evaluated.
    SpfPermerror,
    /// SPF passes, for another domain.
    SpfOtherDomain,
    /// Strict alignment is asked for, and a name of the same organization proves the mail.
    StrictAlignment,
    /// Forwarded.
    Forwarding,
    /// Sent on by a mailing list.
    MailingList,
    /// A gateway changed the message after it was signed.
    GatewayRewriting,
    /// A server of the owner's own, without authentication.
    OwnServerUnauthenticated,
    /// Forged, or from nobody that the owner knows.
    Spoofing,
    /// Not enough to tell.
    NotEnough,
    /// The mail passes.
    None,
}

impl Cause {
    /// Every cause, in the order of its number.
    pub const ALL: [Self; 16] = [
        Self::NoDkim,
        Self::VendorDkimOnly,
        Self::DkimBrokenInTransit,
        Self::DkimKeyTrouble,
        Self::DnsTrouble,
        Self::SpfNotListed,
        Self::SpfPermerror,
        Self::SpfOtherDomain,
        Self::StrictAlignment,
        Self::Forwarding,
        Self::MailingList,
        Self::GatewayRewriting,
        Self::OwnServerUnauthenticated,
        Self::Spoofing,
        Self::NotEnough,
        Self::None,
    ];

    /// The code of exports and catalogues.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoDkim => "no-dkim",
            Self::VendorDkimOnly => "vendor-dkim-only",
            Self::DkimBrokenInTransit => "dkim-broken-in-transit",
            Self::DkimKeyTrouble => "dkim-key-trouble",
            Self::DnsTrouble => "dns-trouble",
            Self::SpfNotListed => "spf-not-listed",
            Self::SpfPermerror => "spf-permerror",
            Self::SpfOtherDomain => "spf-other-domain",
            Self::StrictAlignment => "strict-alignment",
            Self::Forwarding => "forwarding",
            Self::MailingList => "mailing-list",
            Self::GatewayRewriting => "gateway-rewriting",
            Self::OwnServerUnauthenticated => "own-server-unauthenticated",
            Self::Spoofing => "spoofing",
            Self::NotEnough => "not-enough",
            Self::None => "none",
        }
    }
}

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// One of several that fit.
    Low,
    /// What usually makes it look so.
    Medium,
    /// The reports say so.
    High,
    /// A person says so.
    Said,
}

impl Confidence {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Said];

    /// The word of exports and catalogues.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Said => "said",
        }
    }

    const fn lowered(self) -> Self {
        match self {
            Self::High => Self::Medium,
            Self::Said => Self::Said,
            Self::Medium | Self::Low => Self::Low,
        }
    }
}

/// What is likely of a source, or of a sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likely {
    /// The source: an address, or what stands in place of one. Or the sender.
    pub key: Key,
    /// Its figures.
    pub figures: Figures,
    /// The cause.
    pub cause: Cause,
    /// Messages that show it: failing ones, or passing ones where none fails.
    pub messages: u64,
    /// How sure it is.
    pub confidence: Confidence,
    /// What to do next.
    pub step: Step,
    /// The condition that rows must meet to be the evidence, within what was asked about.
    pub evidence: Filter,
}

/// What is likely of some sources or senders, those with the most failing messages first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Causes {
    /// How many there are.
    pub total: u64,
    /// Sources or senders, and failing messages, of each cause; in the order of [`Cause::ALL`].
    pub sums: [(u64, u64); Cause::ALL.len()],
    /// Those asked for.
    pub rows: Vec<Likely>,
}
