//! Who reports, with the habits of each.

use crate::model::Habit::{
    AlwaysReasons, AlwaysSp, Contact, EndsBeforeMidnight, HumanResult, NoEnvelopeFrom, NoScope, NoSelector, Version,
};
use crate::model::{IdStyle, Modern, Periods, Reporter};

/// A domain of a reporter.
pub const LANTERN: &str = "lanternfold.example";
/// A domain of a reporter.
pub const MEADOW: &str = "meadowstile.example";
/// A domain of a reporter.
pub const FERRY: &str = "ferrymoss.example";
/// A domain of a reporter.
pub const COBALT: &str = "cobaltweir.example";
/// A domain of a reporter.
pub const KITE: &str = "kiteloft.example";
/// A domain of a reporter.
pub const SLATE: &str = "slatehollow.example";
const PINE: &str = "pinemarsh.example";
const QUAY: &str = "quaymoor.example";
/// All of them.
pub const EVERYONE: &[&str] = &[LANTERN, MEADOW, FERRY, COBALT, KITE, SLATE, PINE, QUAY];
/// Where people have their private mail.
pub const HOMES: &[&str] = &[LANTERN, MEADOW];

/// The receiver trusts the list's ARC seal, which says that the mail came from Harbour's host.
const SEALED: &str = "local_policy arc=pass as[1].d=lists.tidewriters.example as[1].s=arc1 remote-ip[1]=192.0.2.10";

/// A reporter of RFC 7489 without any special habit.
const PLAIN: Reporter = Reporter {
    name: "",
    domain: "",
    share: 0,
    periods: Periods::Daily { except: &[] },
    hours_ahead: 0,
    modern: None,
    habits: &[],
    id: IdStyle::DomainAndBegin,
    envelope_to: None,
    errors: &[],
    forwarders: None,
    lists: None,
    indent: Some("  "),
};

/// Who reports. The shares add up to 1,000.
pub static REPORTERS: [Reporter; 8] = [
    // The largest: a free mail service that names no envelope and gives its reasons whatever the policy asks.
    Reporter {
        name: "Lanternfold Mail",
        domain: LANTERN,
        share: 430,
        id: IdStyle::Number,
        forwarders: Some("forwarded"),
        lists: Some(SEALED),
        habits: &[EndsBeforeMidnight, Contact, AlwaysSp, NoEnvelopeFrom, NoScope, AlwaysReasons],
        ..PLAIN
    },
    // Follows RFC 9990.
    Reporter {
        name: "Meadowstile",
        domain: MEADOW,
        share: 220,
        modern: Some(Modern { prefix: "", generator: "Meadowstile Reporter 2.4", discovery: "treewalk" }),
        forwarders: Some("trusted_forwarder"),
        lists: Some(SEALED),
        habits: &[Version, Contact],
        ..PLAIN
    },
    // Usually daily; nothing came on 16 and 17 June.
    Reporter {
        name: "Ferrymoss Webmail",
        domain: FERRY,
        share: 90,
        periods: Periods::Daily { except: &[16, 17] },
        forwarders: Some("forwarded"),
        indent: Some("\t"),
        habits: &[Version, NoSelector],
        ..PLAIN
    },
    // A filter in front of companies' mail: says why a signature failed, and whom it receives for.
    Reporter {
        name: "Cobaltweir Filter",
        domain: COBALT,
        share: 100,
        id: IdStyle::Address,
        envelope_to: Some("anchor-works.example"),
        habits: &[HumanResult],
        ..PLAIN
    },
    // Follows RFC 9990 with prefixed tags; its day is that of UTC+2.
    Reporter {
        name: "Kiteloft",
        domain: KITE,
        share: 80,
        hours_ahead: 2,
        modern: Some(Modern { prefix: "d:", generator: "kite-dmarc/5", discovery: "psl" }),
        lists: Some("mailing_list"),
        indent: None,
        ..PLAIN
    },
    // Its resolver has bad days, and it says so.
    Reporter {
        name: "Slatehollow Hosting",
        domain: SLATE,
        share: 57,
        errors: &[(9, "SPF: the name server timed out for 21 messages"), (24, "2 messages could not be evaluated")],
        habits: &[EndsBeforeMidnight],
        ..PLAIN
    },
    // Sends a week at once.
    Reporter {
        name: "Pinemarsh University",
        domain: PINE,
        share: 20,
        periods: Periods::Weekly(&[1, 8, 15, 22]),
        habits: &[NoScope],
        ..PLAIN
    },
    // A small provider: few mails, on few days.
    Reporter {
        name: "Quaymoor Net",
        domain: QUAY,
        share: 3,
        periods: Periods::Some(&[2, 5, 11, 12, 16, 18, 23, 25, 29]),
        id: IdStyle::Address,
        habits: &[EndsBeforeMidnight],
        ..PLAIN
    },
];
