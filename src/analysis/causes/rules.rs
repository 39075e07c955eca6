//! The table of conditions. This is the one place that says what is likely: a mail expert can review it line by line.
//!
//! Rules are tried in order on each row; the first whose condition holds explains the row. The rule that explains most of a source's
//! failing messages (or of its passing ones, where none or hardly any fails) tells the source's cause and the next step. Every rule names
//! where it comes from. `own` is the organization of the From domain, `other` any other one.

use std::net::IpAddr;

use super::context::Context;
use super::signs::{Own, Signs};
use super::step::StepKind;
use super::traits::Traits;
use super::{Cause, Confidence};
use crate::dataset::{ABSENT, Dataset};
use crate::domains::Domain;
use crate::report::verdict::Verdict;
use crate::senders::{Sender, Standing};

use Cause as C;
use Confidence::{High, Low, Medium, Said};
use StepKind as S;
use Verdict::{Fail, Pass};

/// A condition and what it makes likely.
#[derive(Debug)]
pub struct Rule {
    /// Which rows it is about.
    pub of: Verdict,
    /// What is likely.
    pub cause: Cause,
    /// How sure that is.
    pub confidence: Confidence,
    /// What to do next.
    pub step: StepKind,
    /// What the rows have that are the evidence.
    pub(super) evidence: Evidence,
    /// Where it comes from.
    pub source: &'static str,
    pub(super) when: fn(&Row<'_>) -> bool,
}

/// What the rows have that are the evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Nothing particular.
    Any,
    /// The own signature.
    OwnSignature,
    /// The signature of the other organization.
    OtherSignature,
    /// The own SPF check.
    OwnCheck,
    /// The SPF check of the other organization.
    OtherCheck,
    /// Who sends it, whom a person marked.
    Sender,
    /// A reason of these types.
    Reasons(&'static [&'static str]),
}

/// A row and what is known around it.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub signs: &'a Signs,
    pub context: &'a Context,
    pub dataset: &'a Dataset,
    pub source: u32,
    pub address: Option<IpAddr>,
    /// What the names of other organizations are like.
    pub traits: Traits,
    /// Sources of which nothing is proven, ever.
    pub silent_sources: usize,
    /// Whose mail a person says that it is.
    pub standing: Option<Standing>,
}

const fn rule(of: Verdict, cause: Cause, confidence: Confidence, step: StepKind, source: &'static str) -> Rule {
    Rule { of, cause, confidence, step, evidence: Evidence::Any, source, when: |_| true }
}

/// Where a rule comes from that a person's word decides.
const SAID: &str = "a person's own word; RFC 9989 §4.4: a pass proves a name, not who is let use it";
const FORWARDED: Evidence = Evidence::Reasons(&["forwarded", "trusted_forwarder"]);
const ARC: Evidence = Evidence::Reasons(&["local_policy"]);

/// Every rule, in order. The last of each verdict takes what is left.
pub static RULES: &[Rule] = &[
    // ── Failing rows ──
    // The owner does not know them.
    Rule {
        evidence: Evidence::Sender,
        when: |row| row.standing == Some(Standing::NotOurs),
        ..rule(Fail, C::Spoofing, Said, S::None, SAID)
    },
    // The results show an aligned pass all the same: the reporter contradicts itself, or left out why.
    Rule {
        when: |row| row.signs.dkim == Own::Pass || row.signs.spf == Own::Pass,
        ..rule(Fail, C::NotEnough, Low, S::GatherMore, "RFC 9990 §3.1.1.9: policy_evaluated follows from auth_results")
    },
    // A name of the same organization proves the mail; only strict alignment stands in the way.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::NearPass,
        ..rule(Fail, C::StrictAlignment, High, S::FixAlignment, "RFC 9989 §4.4, §4.7 (adkim)")
    },
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.signs.spf == Own::NearPass,
        ..rule(Fail, C::StrictAlignment, High, S::FixAlignment, "RFC 9989 §4.4, §4.7 (aspf)")
    },
    // The receiver says what it knows of the way.
    Rule {
        evidence: Evidence::Reasons(&["mailing_list"]),
        when: |row| row.signs.is_of_list,
        ..rule(Fail, C::MailingList, High, S::CheckOverride, "RFC 9990 §3.1.1 (mailing_list); RFC 7960 §3.2.3")
    },
    Rule {
        evidence: FORWARDED,
        when: |row| row.signs.is_forwarded,
        ..rule(Fail, C::Forwarding, High, S::CheckOverride, "RFC 7489 §7.2 (forwarded); RFC 7960 §2.2")
    },
    // The DNS did not answer, for the one method that could have carried the mail.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Temporary,
        ..rule(Fail, C::DnsTrouble, High, S::CheckDns, "RFC 8601 §2.7.1 (temperror); RFC 6376 §6.1.2")
    },
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.signs.spf == Own::Temporary,
        ..rule(Fail, C::DnsTrouble, High, S::CheckDns, "RFC 7208 §2.6.6, §4.4 (temperror)")
    },
    // The signature cannot be checked at all.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Trouble,
        ..rule(Fail, C::DkimKeyTrouble, High, S::FixDkimKey, "RFC 8601 §2.7.1 (permerror, neutral, policy)")
    },
    // ── The own signature is there and is wrong. ──
    // A host of the owner's own hands it on: changed on the way in or out.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.signs.has_own_helo,
        ..rule(
            Fail,
            C::GatewayRewriting,
            Medium,
            S::LastHopSigns,
            "RFC 7960 §3.2.5; RFC 6376 §5.3: sign after the last change",
        )
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.traits.has(Traits::GATEWAY),
        ..rule(
            Fail,
            C::GatewayRewriting,
            Medium,
            S::LastHopSigns,
            "RFC 7960 §2.3, §3.2.5: boundary filters change what was signed",
        )
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.traits.has(Traits::LIST),
        ..rule(Fail, C::MailingList, Medium, S::CheckOverride, "RFC 6377 §3.3; RFC 7960 §3.2.3")
    },
    // Sealed on its way by one who changed it: lists sign what they send on.
    Rule {
        evidence: ARC,
        when: |row| row.signs.dkim == Own::Fail && row.signs.has_arc && row.signs.other_dkim != ABSENT,
        ..rule(Fail, C::MailingList, Medium, S::CheckOverride, "RFC 8617 §7.2.2; RFC 7960 §2.3")
    },
    Rule {
        evidence: ARC,
        when: |row| row.signs.dkim == Own::Fail && row.signs.has_arc,
        ..rule(Fail, C::Forwarding, Medium, S::CheckOverride, "RFC 8617 §7.2.2; RFC 7960 §2.3")
    },
    // The key never fits, wherever it is seen.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| {
            row.signs.dkim == Own::Fail && !row.context.key_ever_passes(row.signs) && row.traits.has(Traits::SERVICE)
        },
        ..rule(
            Fail,
            C::DkimKeyTrouble,
            Medium,
            S::FixDkimKey,
            "RFC 6376 §3.6.1, §6.1.2: the key must fit the signature",
        )
    },
    // Sent on under the name of another, who signed it anew: what lists do.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.signs.other_dkim != ABSENT && row.signs.other_spf != ABSENT,
        ..rule(Fail, C::MailingList, Low, S::CheckOverride, "RFC 6377 §3.3; RFC 7960 §3.2.3")
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.signs.other_spf != ABSENT,
        ..rule(
            Fail,
            C::DkimBrokenInTransit,
            Medium,
            S::GatherMore,
            "RFC 7960 §2.2, §2.3; RFC 6376 §6.1.3: changed, perhaps by whom SPF names",
        )
    },
    // Were it the owner's own server, SPF would carry the mail: it came by way of another. A message would show what was changed.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.context.key_passes_elsewhere(row.signs, row.source),
        ..rule(Fail, C::DkimBrokenInTransit, High, S::GatherMore, "RFC 7960 §2.2, §2.3; RFC 6376 §6.1.3")
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.context.key_ever_passes(row.signs),
        ..rule(Fail, C::DkimBrokenInTransit, Medium, S::GatherMore, "RFC 7960 §2.2, §2.3; RFC 6376 §6.1.3")
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail && row.failing() >= FEW,
        ..rule(Fail, C::DkimBrokenInTransit, Low, S::GatherMore, "RFC 7960 §2.2, §2.3; RFC 6376 §6.1.3")
    },
    // One broken signature decides nothing.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Fail,
        ..rule(Fail, C::NotEnough, Low, S::GatherMore, "RFC 7960 §2.3 against RFC 6376 §6.1.3")
    },
    // ── No own signature: SPF of the own domain says why it did not carry the mail. ──
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.signs.spf == Own::Trouble,
        ..rule(Fail, C::SpfPermerror, High, S::ShortenSpf, "RFC 7208 §2.6.7, §4.6.4 (at most ten look-ups)")
    },
    // ── Another organization proves the mail. ──
    Rule {
        evidence: ARC,
        when: |row| row.signs.has_arc,
        ..rule(Fail, C::Forwarding, Medium, S::CheckOverride, "RFC 8617 §7.2.2")
    },
    Rule {
        evidence: Evidence::OtherSignature,
        when: |row| row.signs.is_proven() && row.traits.has(Traits::LIST),
        ..rule(Fail, C::MailingList, Medium, S::CheckOverride, "RFC 6377 §3.3; RFC 7960 §3.2.3")
    },
    Rule {
        evidence: Evidence::OtherCheck,
        when: |row| row.signs.other_spf != ABSENT && row.traits.has(Traits::FORWARDER),
        ..rule(Fail, C::Forwarding, Medium, S::CheckOverride, "RFC 7960 §2.2, §3.2.1; RFC 7208 §10.3 (mediators)")
    },
    Rule {
        when: |row| row.signs.is_proven() && row.traits.has(Traits::GATEWAY),
        ..rule(Fail, C::GatewayRewriting, Medium, S::LastHopSigns, "RFC 7960 §3.2.5")
    },
    Rule {
        evidence: Evidence::OtherSignature,
        when: |row| {
            let is_odd = row.signs.is_proven() && row.context.is_throwaway(row.signs.other());
            is_odd && !row.traits.has(Traits::SERVICE) && !row.is_known()
        },
        ..rule(Fail, C::Spoofing, Low, S::WhoseAddress, "RFC 9989 §4.4: who passes for its own domain only proves that")
    },
    Rule {
        evidence: Evidence::OtherSignature,
        when: |row| row.signs.other_dkim != ABSENT && row.traits.has(Traits::SERVICE),
        ..rule(Fail, C::VendorDkimOnly, High, S::CustomDkim, "RFC 9989 §4.4; RFC 7960 §2.1.1, §4.1.1.1")
    },
    // Anybody with a mailbox somewhere can send a few: no service that could be asked to sign.
    Rule {
        evidence: Evidence::OtherSignature,
        when: |row| row.signs.other_dkim != ABSENT && row.failing() < FEW && !row.is_known(),
        ..rule(Fail, C::NotEnough, Low, S::GatherMore, "RFC 9989 §4.4; RFC 7489 §7.2")
    },
    Rule {
        evidence: Evidence::OtherSignature,
        when: |row| row.signs.other_dkim != ABSENT,
        ..rule(Fail, C::VendorDkimOnly, Medium, S::CustomDkim, "RFC 9989 §4.4; RFC 7960 §2.1.1, §4.1.1.1")
    },
    // Each from another place with another name, once, while the owner's mail is signed.
    Rule {
        evidence: Evidence::OtherCheck,
        when: |row| {
            let is_known = row.traits.has(Traits::SERVICE) || row.signs.is_signed || row.is_known();
            !is_known && row.context.is_scattered(row.signs.other_spf)
        },
        ..rule(
            Fail,
            C::Spoofing,
            Medium,
            S::WhoseAddress,
            "RFC 9989 §4.4: who passes for its own domain only proves that",
        )
    },
    // A service that could sign does not: that mends it for good.
    Rule {
        evidence: Evidence::OtherCheck,
        when: |row| row.signs.other_spf != ABSENT && !row.signs.is_signed && row.traits.has(Traits::SERVICE),
        ..rule(Fail, C::NoDkim, Medium, S::CustomDkim, "RFC 9989 §4.4; RFC 7960 §4.1.1.1")
    },
    Rule {
        evidence: Evidence::OtherCheck,
        when: |row| row.signs.other_spf != ABSENT,
        ..rule(Fail, C::SpfOtherDomain, Medium, S::CustomDkim, "RFC 9989 §4.4; RFC 7960 §2.1.2, §4.1.1.1")
    },
    // ── Nothing proves it. ──
    // The owner knows who it is.
    Rule {
        when: |row| row.standing == Some(Standing::Ours) && !row.is_own_elsewhere(),
        ..rule(Fail, C::OwnServerUnauthenticated, Said, S::AuthenticateServer, SAID)
    },
    Rule {
        when: |row| row.standing == Some(Standing::Allowed) && !row.is_own_elsewhere(),
        ..rule(Fail, C::NoDkim, Said, S::CustomDkim, SAID)
    },
    // The address sends on mail of the owner's servers whose signatures survive; this one has none.
    Rule {
        when: |row| row.sends_on(), ..rule(Fail, C::Forwarding, Medium, S::CheckOverride, "RFC 7960 §2.2, §3.2.1")
    },
    // Other mail of the owner's comes from this very address, and is proven there.
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.is_own_elsewhere() && row.signs.spf == Own::Fail,
        ..rule(Fail, C::SpfNotListed, Medium, S::AddToSpf, "RFC 7208 §2.6.4, §2.6.5 (fail, softfail)")
    },
    Rule {
        when: |row| row.is_own_elsewhere(),
        ..rule(Fail, C::NoDkim, Low, S::CustomDkim, "RFC 9989 §4.4: one aligned pass is needed")
    },
    Rule {
        when: |row| row.context.is_beside_own(row.address, row.source),
        ..rule(
            Fail,
            C::OwnServerUnauthenticated,
            Medium,
            S::AuthenticateServer,
            "RFC 9989 §4.4: neither method proves it; RFC 7960 §4.1.1",
        )
    },
    // A name of the owner's for a host, day after day: a forger has no reason to keep that up.
    Rule {
        when: |row| row.context.is_bare_host(row.source),
        ..rule(
            Fail,
            C::OwnServerUnauthenticated,
            Medium,
            S::AuthenticateServer,
            "RFC 7208 §2.3, §2.4, §2.6.1 (none): a host without a record",
        )
    },
    Rule {
        when: |row| row.signs.is_checked && row.is_crowd(),
        ..rule(Fail, C::Spoofing, Medium, S::WhoseAddress, "RFC 7489 §2.4: neither method proves it")
    },
    Rule {
        when: |row| row.signs.is_checked && row.is_steady(),
        ..rule(
            Fail,
            C::OwnServerUnauthenticated,
            Low,
            S::WhoseAddress,
            "RFC 9989 §4.4: neither method proves it; RFC 7960 §4.1.1",
        )
    },
    // Nothing of the owner's to compare it with.
    Rule {
        when: |row| row.signs.is_checked && row.messages() >= FEW && !row.context.has_own,
        ..rule(
            Fail,
            C::NotEnough,
            Low,
            S::WhoseAddress,
            "RFC 7489 §2.4: neither method proves it; a server or a forger",
        )
    },
    Rule {
        when: |row| row.signs.is_checked && row.messages() >= FEW,
        ..rule(Fail, C::Spoofing, Low, S::WhoseAddress, "RFC 7489 §2.4: neither method proves it")
    },
    rule(Fail, C::NotEnough, Low, S::GatherMore, "RFC 7489 §7.2: a report is of one receiver and one period"),
    // ── Passing rows ──
    // Whoever it is can send in the owner's name.
    Rule {
        evidence: Evidence::Sender,
        when: |row| row.standing == Some(Standing::NotOurs),
        ..rule(Pass, C::Spoofing, Said, S::Revoke, SAID)
    },
    Rule {
        when: |row| row.signs.dkim == Own::Pass && row.signs.spf == Own::Pass,
        ..rule(Pass, C::None, High, S::None, "RFC 9989 §4.4")
    },
    // One of the two is missed only because alignment is strict.
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.signs.dkim == Own::Pass && row.signs.spf == Own::NearPass,
        ..rule(Pass, C::StrictAlignment, High, S::FixAlignment, "RFC 9989 §4.4, §4.7 (aspf)")
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::NearPass && row.signs.spf == Own::Pass,
        ..rule(Pass, C::StrictAlignment, High, S::FixAlignment, "RFC 9989 §4.4, §4.7 (adkim)")
    },
    // DKIM alone. A key of the owner's own servers that turns up elsewhere: somebody sent the mail on.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.dkim == Own::Pass && (row.signs.is_forwarded || row.signs.has_arc || row.sends_on()),
        ..rule(Pass, C::Forwarding, Medium, S::None, "RFC 7960 §2.2, §3.2.1: DKIM survives what breaks SPF")
    },
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.signs.dkim == Own::Pass && row.signs.spf == Own::Trouble,
        ..rule(Pass, C::SpfPermerror, High, S::ShortenSpf, "RFC 7208 §2.6.7, §4.6.4 (at most ten look-ups)")
    },
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.signs.dkim == Own::Pass && row.signs.spf == Own::Fail,
        ..rule(Pass, C::SpfNotListed, Medium, S::AddToSpf, "RFC 7208 §2.6.4, §2.6.5 (fail, softfail)")
    },
    Rule {
        evidence: Evidence::OwnCheck,
        when: |row| row.signs.dkim == Own::Pass && row.signs.spf == Own::Temporary,
        ..rule(Pass, C::DnsTrouble, Medium, S::CheckDns, "RFC 7208 §2.6.6, §4.4 (temperror)")
    },
    Rule {
        evidence: Evidence::OtherCheck,
        when: |row| row.signs.dkim == Own::Pass && row.signs.other_spf != ABSENT && row.traits.has(Traits::FORWARDER),
        ..rule(Pass, C::Forwarding, Medium, S::None, "RFC 7960 §2.2, §3.2.1; RFC 7208 §10.3 (mediators)")
    },
    // There is no more to be had where the service keeps its own return path.
    Rule {
        evidence: Evidence::OtherCheck,
        when: |row| {
            let is_other = row.signs.dkim == Own::Pass && row.signs.other_spf != ABSENT;
            is_other && row.traits.has(Traits::OWN_RETURN_PATH)
        },
        ..rule(Pass, C::SpfOtherDomain, High, S::None, "RFC 9989 §4.4: one of the two is enough")
    },
    Rule {
        evidence: Evidence::OtherCheck,
        when: |row| row.signs.dkim == Own::Pass && row.signs.other_spf != ABSENT,
        ..rule(Pass, C::SpfOtherDomain, Medium, S::CustomReturnPath, "RFC 9989 §4.4; RFC 7960 §2.1.2")
    },
    // SPF alone.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.signs.spf == Own::Pass && row.signs.dkim == Own::Trouble,
        ..rule(Pass, C::DkimKeyTrouble, High, S::FixDkimKey, "RFC 8601 §2.7.1 (permerror, neutral, policy)")
    },
    // Some signatures do not survive what happens to mail on its way, though most do.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.is_spf_alone() && row.signs.dkim == Own::Fail && row.context.breaks_rarely(row.source),
        ..rule(Pass, C::DkimBrokenInTransit, Medium, S::GatherMore, "RFC 7960 §3.1.2, §3.2.5")
    },
    // The address is listed, so it is the owner's: mail is changed there after it was signed.
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.is_spf_alone() && row.signs.dkim == Own::Fail && row.context.key_ever_passes(row.signs),
        ..rule(Pass, C::GatewayRewriting, Medium, S::LastHopSigns, "RFC 7960 §2.3, §3.2.5")
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.is_spf_alone() && row.signs.dkim == Own::Fail,
        ..rule(Pass, C::GatewayRewriting, Low, S::LastHopSigns, "RFC 7960 §2.3, §3.2.5")
    },
    Rule {
        evidence: Evidence::OwnSignature,
        when: |row| row.is_spf_alone() && row.signs.dkim == Own::Temporary,
        ..rule(Pass, C::DnsTrouble, Medium, S::CheckDns, "RFC 8601 §2.7.1 (temperror); RFC 6376 §6.1.2")
    },
    Rule {
        evidence: Evidence::OtherSignature,
        when: |row| row.is_spf_alone() && row.signs.other_dkim != ABSENT,
        ..rule(Pass, C::VendorDkimOnly, Medium, S::CustomDkim, "RFC 9989 §4.4; RFC 7960 §2.1.1, §2.2")
    },
    Rule {
        when: |row| row.is_spf_alone() && !row.signs.is_signed,
        ..rule(Pass, C::NoDkim, Medium, S::CustomDkim, "RFC 9989 §4.4; RFC 7960 §2.2: SPF does not survive forwarding")
    },
    rule(Pass, C::None, Medium, S::None, "RFC 9989 §4.4"),
    // ── Rows that nobody can judge ──
    rule(
        Verdict::Unknown,
        C::NotEnough,
        Low,
        S::GatherMore,
        "RFC 7489 §7.2: policy_evaluated and auth_results are needed",
    ),
];

/// Fewer messages than this from a source show little.
const FEW: u64 = 5;
/// Unproven mail from so many sources or more is a wave.
const CROWD: usize = 4;
/// A source that sends unproven mail on so many days, so many messages a day, is a server rather than a wave.
const STEADY: (u32, u64) = (7, 10);

impl<'a> Row<'a> {
    /// Messages of the source that nothing proves.
    fn messages(&self) -> u64 {
        self.context.at(self.source).silent
    }

    /// The service that the mail is proven to come from.
    pub(super) fn service(&self) -> Option<&'a Sender> {
        let catalogue = self.dataset.catalogue()?;
        let names = self.signs.others().into_iter().filter_map(|id| self.dataset.domain(id));
        let by_selector = || {
            let is_own = matches!(self.signs.dkim, Own::Pass | Own::NearPass);
            let selector = self.dataset.tables.strings.get(self.signs.selector).filter(|_| is_own)?;
            catalogue.senders().get(catalogue.by_selector(selector)?)
        };
        names.map(Domain::name).find_map(|name| catalogue.find(name)).or_else(by_selector)
    }

    /// Whether a person says that it is theirs, or sends for them.
    fn is_known(&self) -> bool {
        matches!(self.standing, Some(Standing::Ours | Standing::Allowed))
    }

    /// Messages of the source that fail.
    fn failing(&self) -> u64 {
        self.context.at(self.source).figures.failed
    }

    /// Whether the source sends on mail of the owner's servers, and is none of them.
    fn sends_on(&self) -> bool {
        !self.context.is_beside_own(self.address, self.source) && self.context.sends_on(self.source)
    }

    /// Whether other mail from the source is proven to be the owner's.
    fn is_own_elsewhere(&self) -> bool {
        self.context.at(self.source).own > 0
    }

    fn is_spf_alone(&self) -> bool {
        self.signs.spf == Own::Pass && self.signs.dkim != Own::Pass
    }

    fn is_steady(&self) -> bool {
        let (least, a_day) = STEADY;
        let days = self.context.at(self.source).days.count();
        days >= least && self.messages() >= u64::from(days).saturating_mul(a_day)
    }

    /// Whether unproven mail comes from many sources, none of which is steady.
    fn is_crowd(&self) -> bool {
        self.silent_sources >= CROWD && !self.is_steady()
    }
}
