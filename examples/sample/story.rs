//! The story: June 2026 at Harbour, a small company with a mail domain and a shop domain.
//!
//! Harbour published p=none on `harbour.example` to watch, and moved to p=quarantine on Monday 22 June: a little too early.
//! What the reports tell someone who looks:
//!
//! - Most mail is fine: the company's own mail host signs and is in the SPF record, from three addresses.
//! - The **newsletter** service signs as itself only, so honest mail fails. What goes out as `news.harbour.example` is still
//!   delivered, as sp=none; the invitations in the name of `harbour.example` itself are quarantined from 22 June on.
//! - The **CRM** passes by SPF only. That holds until someone forwards the mail.
//! - **Forwarders** break SPF, and DKIM carries the mail through; one of them sometimes breaks that too. A **mailing list**
//!   always does. Some receivers make good for it (`forwarded`, `mailing_list`, `local_policy` with ARC), others do not.
//! - A **wave of forged mail** runs from 10 to 12 June. The shop's p=reject stops it there; p=none does not.
//! - On 18 June 192.0.2.200 begins to send: **a new server of Harbour's own that nobody authenticated**. It sends more every
//!   day. This is the thing to find.
//! - Not every report tells all: one reporter is silent for two days, one sends whole weeks, one report came twice and one is
//!   cut off in the middle.

use crate::model::Policy::{None as Nothing, Quarantine, Reject};
use crate::model::{Addresses, Domain, Published, Sender, Signature, Volume, Way};
use crate::reporters::{COBALT, EVERYONE, FERRY, HOMES, KITE, LANTERN, MEADOW, SLATE};

/// 1 June 2026, 00:00 UTC: a Monday.
pub const START: i64 = 1_780_272_000;
/// The last day of the month.
pub const LAST_DAY: u8 = 30;

const HARBOUR: &str = "harbour.example";
const SHOP: &str = "harbour-shop.example";

/// The policy domains.
pub static DOMAINS: [Domain; 2] = [
    Domain {
        name: HARBOUR,
        records: &[
            Published { from_day: 1, p: Nothing, sp: Some(Nothing), np: Some(Reject) },
            Published { from_day: 22, p: Quarantine, sp: Some(Nothing), np: Some(Reject) },
        ],
    },
    Domain { name: SHOP, records: &[Published { from_day: 1, p: Reject, sp: None, np: None }] },
];

/// The report that came twice: reporter, policy domain, day.
pub const RESENT: (&str, &str, u8) = (KITE, HARBOUR, 15);
/// The report of which the end is missing.
pub const CUT_OFF: (&str, &str, u8) = (MEADOW, HARBOUR, 5);

/// How full the days of a week are, in per cent, Monday first.
const OFFICE: [u64; 7] = [100, 106, 102, 98, 84, 24, 18];
/// People shop at weekends.
const SHOPPING: [u64; 7] = [90, 88, 94, 100, 116, 134, 126];

const fn signed(domain: &'static str, selector: &'static str) -> Signature {
    Signature { domain, selector, result: "pass" }
}

/// The body was changed on the way.
const fn broken(domain: &'static str, selector: &'static str) -> Signature {
    Signature { domain, selector, result: "fail" }
}

const SIGNED: &[Signature] = &[signed(HARBOUR, "2026r"), signed(HARBOUR, "2026e")];
const BROKEN: &[Signature] = &[broken(HARBOUR, "2026r"), broken(HARBOUR, "2026e")];
const MAIL_HOST: Addresses = Addresses::These(&[("192.0.2.10", 50), ("192.0.2.11", 34), ("2001:db8:10::25", 16)]);
const ALUMNI: Addresses = Addresses::These(&[("203.0.113.14", 100)]);
const NEWSLETTER: Addresses = Addresses::These(&[("198.51.100.31", 55), ("198.51.100.32", 45)]);
const CRM: Addresses = Addresses::These(&[("198.51.100.77", 100)]);

/// Mail in Harbour's name from an address that SPF refuses, without any signature. Each sender says how it differs.
const BARE: Sender = Sender {
    who: "",
    domain: HARBOUR,
    header_from: HARBOUR,
    invented_name: false,
    envelope_from: HARBOUR,
    spf: "fail",
    dkim: &[],
    addresses: Addresses::Crowd(12),
    volume: Volume::Days(&[]),
    to: EVERYONE,
    by_way_of: Way::Direct,
};

/// Who sends.
pub static SENDERS: [Sender; 18] = [
    Sender {
        who: "own mail host",
        spf: "pass",
        dkim: SIGNED,
        addresses: MAIL_HOST,
        volume: Volume::Weekly(1_900, OFFICE),
        ..BARE
    },
    Sender {
        who: "own mail host for the shop: orders, shipping",
        domain: SHOP,
        header_from: SHOP,
        envelope_from: SHOP,
        spf: "pass",
        dkim: &[signed(SHOP, "2026r")],
        addresses: MAIL_HOST,
        volume: Volume::Weekly(720, SHOPPING),
        to: HOMES,
        ..BARE
    },
    // The service's own signature and return path pass, for the service.
    Sender {
        who: "newsletter, on Tuesdays",
        header_from: "news.harbour.example",
        envelope_from: "bounces.larkletter.example",
        spf: "pass",
        dkim: &[signed("larkletter.example", "lk1")],
        addresses: NEWSLETTER,
        volume: Volume::Days(&[(2, 480), (9, 500), (16, 510), (23, 530), (30, 540)]),
        ..BARE
    },
    Sender {
        who: "invitations by the newsletter service",
        envelope_from: "bounces.larkletter.example",
        spf: "pass",
        dkim: &[signed("larkletter.example", "lk1")],
        addresses: NEWSLETTER,
        volume: Volume::Days(&[(4, 320), (25, 340)]),
        ..BARE
    },
    Sender {
        who: "CRM: own return path, no signature",
        envelope_from: "crm.harbour.example",
        spf: "pass",
        addresses: CRM,
        volume: Volume::Weekly(350, OFFICE),
        ..BARE
    },
    Sender {
        who: "CRM while a receiver's resolver timed out",
        envelope_from: "crm.harbour.example",
        spf: "temperror",
        addresses: CRM,
        volume: Volume::Days(&[(9, 21)]),
        to: &[SLATE],
        ..BARE
    },
    Sender {
        who: "CRM, forwarded: nothing is left to pass",
        envelope_from: "crm.harbour.example",
        addresses: ALUMNI,
        volume: Volume::Weekly(7, OFFICE),
        to: HOMES,
        by_way_of: Way::Forwarder,
        ..BARE
    },
    Sender {
        who: "own mail, forwarded as it is",
        dkim: SIGNED,
        addresses: ALUMNI,
        volume: Volume::Weekly(70, OFFICE),
        to: &[LANTERN, MEADOW, FERRY],
        by_way_of: Way::Forwarder,
        ..BARE
    },
    Sender {
        who: "own mail, forwarded with the forwarder's return path and signature",
        envelope_from: "srs.quillbarn.example",
        spf: "pass",
        dkim: &[signed(HARBOUR, "2026r"), signed(HARBOUR, "2026e"), signed("quillbarn.example", "fwd")],
        addresses: Addresses::These(&[("2001:db8:51::14", 100)]),
        volume: Volume::Weekly(45, OFFICE),
        to: HOMES,
        by_way_of: Way::Forwarder,
        ..BARE
    },
    Sender {
        who: "own mail, forwarded with a note added",
        dkim: BROKEN,
        addresses: ALUMNI,
        volume: Volume::Weekly(9, OFFICE),
        to: &[LANTERN, MEADOW, FERRY],
        by_way_of: Way::Forwarder,
        ..BARE
    },
    Sender {
        who: "the shop's mail, forwarded with a note added",
        domain: SHOP,
        header_from: SHOP,
        envelope_from: SHOP,
        dkim: &[broken(SHOP, "2026r")],
        addresses: ALUMNI,
        volume: Volume::Weekly(3, SHOPPING),
        to: HOMES,
        by_way_of: Way::Forwarder,
        ..BARE
    },
    Sender {
        who: "own mail through a mailing list, which adds a footer",
        envelope_from: "lists.tidewriters.example",
        spf: "pass",
        dkim: &[broken(HARBOUR, "2026r"), broken(HARBOUR, "2026e"), signed("lists.tidewriters.example", "list")],
        addresses: Addresses::These(&[("203.0.113.80", 100)]),
        volume: Volume::Weekly(26, OFFICE),
        to: &[LANTERN, MEADOW, COBALT, KITE],
        by_way_of: Way::List,
        ..BARE
    },
    Sender {
        who: "the new server: in Harbour's network, in no SPF record, without a key",
        addresses: Addresses::These(&[("192.0.2.200", 100)]),
        volume: Volume::Growing(18, 12),
        to: &[LANTERN, MEADOW, FERRY, COBALT, KITE, SLATE],
        ..BARE
    },
    Sender { who: "wave: forged", volume: Volume::Days(&[(10, 420), (11, 760), (12, 240)]), ..BARE },
    // Both pass, for a domain of the forger's: that is no alignment.
    Sender {
        who: "wave: forged, from a throw-away domain",
        envelope_from: "parcel-notice.example",
        spf: "pass",
        dkim: &[signed("parcel-notice.example", "s")],
        volume: Volume::Days(&[(11, 310), (12, 260)]),
        to: &[LANTERN, MEADOW, KITE],
        ..BARE
    },
    Sender {
        who: "wave: forged, in a name that does not exist",
        header_from: "invoices.harbour.example",
        invented_name: true,
        envelope_from: "invoices.harbour.example",
        spf: "none",
        volume: Volume::Days(&[(11, 110), (12, 150)]),
        to: &[LANTERN, MEADOW, KITE],
        ..BARE
    },
    Sender {
        who: "wave: forged in the shop's name",
        domain: SHOP,
        header_from: SHOP,
        envelope_from: SHOP,
        volume: Volume::Days(&[(10, 160), (11, 330), (12, 130)]),
        to: HOMES,
        ..BARE
    },
    Sender {
        who: "forged now and then",
        addresses: Addresses::Crowd(2),
        volume: Volume::Weekly(2, [100; 7]),
        to: HOMES,
        ..BARE
    },
];
