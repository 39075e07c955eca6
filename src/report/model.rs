//! What an aggregate report says, as it says it: absent, empty and default stay distinct.
//!
//! Text fields are `Option<…str>`: `None` where the element is absent, `Some("")` where it is empty.
//! Keyword fields are [`Keyword`], which keeps a word it does not know.

use std::borrow::Cow;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::keyword::{
    Alignment, AuthResult, Discovery, Disposition, Evaluation, Keyword, ReasonType, RequestedPolicy, SpfScope, Testing,
};

/// Which standard a report follows, told by its namespace alone: `version` cannot tell (RFC 9990 §3.1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Dialect {
    /// RFC 7489 appendix C, the default where no namespace says otherwise.
    #[default]
    Rfc7489,
    /// RFC 9990: namespace `urn:ietf:params:xml:ns:dmarc-2.0`.
    Rfc9990,
}

/// Text that may carry a `lang` attribute (RFC 9990 §3.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Worded {
    /// The text, as written, without surrounding blanks.
    pub text: String,
    /// The `lang` attribute, where there is one.
    pub lang: Option<String>,
}

/// Everything of a report but its records.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The standard its namespace names.
    pub dialect: Dialect,
    /// `version`, as written.
    pub version: Option<String>,
    /// `report_metadata/org_name`: the reporter.
    pub org_name: Option<String>,
    /// `report_metadata/email`.
    pub email: Option<String>,
    /// `report_metadata/extra_contact_info`.
    pub extra_contact_info: Option<Worded>,
    /// `report_metadata/report_id`.
    pub report_id: Option<String>,
    /// `report_metadata/generator` (RFC 9990).
    pub generator: Option<String>,
    /// `report_metadata/error`, every one.
    pub errors: Vec<Worded>,
    /// `date_range/begin` in seconds since the epoch, UTC; `None` where absent or unreadable (a note says which).
    pub begin: Option<i64>,
    /// `date_range/end` in seconds since the epoch, UTC.
    pub end: Option<i64>,
    /// `policy_published`.
    pub policy: PolicyPublished,
    /// `feedback/extension` and foreign elements outside of records: raw XML, one after the other.
    pub extensions: Option<String>,
}

/// `policy_published`: what the domain asked for when the report was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPublished {
    /// The policy domain, lower-cased, without a final dot.
    pub domain: Option<String>,
    /// DKIM alignment mode; absent means relaxed.
    pub adkim: Keyword<Alignment>,
    /// SPF alignment mode; absent means relaxed.
    pub aspf: Keyword<Alignment>,
    /// Policy for the domain.
    pub p: Keyword<RequestedPolicy>,
    /// Policy for subdomains; absent means `p`.
    pub sp: Keyword<RequestedPolicy>,
    /// Policy for names that do not exist (RFC 9990); absent means `sp`.
    pub np: Keyword<RequestedPolicy>,
    /// Per cent of mail the policy applies to (RFC 7489 §6.3), as written; absent means 100.
    pub pct: Option<String>,
    /// Failure reporting options, as written.
    pub fo: Option<String>,
    /// Test mode (RFC 9990).
    pub testing: Keyword<Testing>,
    /// How the policy domain was found (RFC 9990).
    pub discovery_method: Keyword<Discovery>,
}

/// One `record`. Borrowed from the bytes in hand: a sink takes what it needs before it returns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record<'a> {
    /// `row/source_ip` as an address; IPv4-mapped IPv6 is the IPv4 address it maps. `None` where it is not readable as one.
    pub source: Option<IpAddr>,
    /// `row/source_ip` as written, where that differs from the address's usual form (`192.0.2.1 (host)`, `unknown`).
    pub source_text: Option<Cow<'a, str>>,
    /// `row/count` in messages; 0 where it is no number or negative (a note says so).
    pub count: u64,
    /// `policy_evaluated`; `None` where the element is absent.
    pub evaluated: Option<Evaluated>,
    /// `policy_evaluated/reason`, every one.
    pub reasons: Vec<Reason<'a>>,
    /// `identifiers/header_from`, lower-cased, without a final dot.
    pub header_from: Option<Cow<'a, str>>,
    /// `identifiers/envelope_from`, lower-cased; `Some("")` is the null sender.
    pub envelope_from: Option<Cow<'a, str>>,
    /// `identifiers/envelope_to`, lower-cased.
    pub envelope_to: Option<Cow<'a, str>>,
    /// `auth_results/dkim`, every one.
    pub dkim: Vec<Dkim<'a>>,
    /// `auth_results/spf`, every one.
    pub spf: Vec<Spf<'a>>,
    /// Foreign elements of the record: raw XML, one after the other (RFC 9990 §5).
    pub extensions: Option<Cow<'a, str>>,
}

/// `policy_evaluated`: the reporter's *aligned* verdicts and what it did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evaluated {
    /// What the receiver did with the messages.
    pub disposition: Keyword<Disposition>,
    /// DKIM, aligned.
    pub dkim: Keyword<Evaluation>,
    /// SPF, aligned.
    pub spf: Keyword<Evaluation>,
}

/// A `reason` for a disposition other than the policy's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason<'a> {
    /// `type`.
    pub kind: Keyword<ReasonType>,
    /// `comment`; also the whole text of a `reason` without elements.
    pub comment: Option<Cow<'a, str>>,
    /// The comment's `lang` attribute.
    pub lang: Option<Cow<'a, str>>,
}

/// A raw DKIM result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dkim<'a> {
    /// The `d=` domain, lower-cased, without a final dot.
    pub domain: Option<Cow<'a, str>>,
    /// The `s=` selector.
    pub selector: Option<Cow<'a, str>>,
    /// The result.
    pub result: Keyword<AuthResult>,
    /// `human_result`.
    pub human_result: Option<Cow<'a, str>>,
    /// `human_result`'s `lang` attribute.
    pub lang: Option<Cow<'a, str>>,
}

/// A raw SPF result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spf<'a> {
    /// The domain checked, lower-cased, without a final dot.
    pub domain: Option<Cow<'a, str>>,
    /// Which identity was checked; absent is read as `mfrom` (RFC 9990).
    pub scope: Keyword<SpfScope>,
    /// The result.
    pub result: Keyword<AuthResult>,
    /// `human_result` (RFC 9990).
    pub human_result: Option<Cow<'a, str>>,
    /// `human_result`'s `lang` attribute.
    pub lang: Option<Cow<'a, str>>,
}

fn owned(text: Option<Cow<'_, str>>) -> Option<Cow<'static, str>> {
    text.map(|text| Cow::Owned(text.into_owned()))
}

impl Record<'_> {
    /// The same with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Record<'static> {
        let reason = |it: Reason<'_>| Reason { kind: it.kind, comment: owned(it.comment), lang: owned(it.lang) };
        let dkim = |it: Dkim<'_>| Dkim {
            domain: owned(it.domain),
            selector: owned(it.selector),
            result: it.result,
            human_result: owned(it.human_result),
            lang: owned(it.lang),
        };
        let spf = |it: Spf<'_>| Spf {
            domain: owned(it.domain),
            scope: it.scope,
            result: it.result,
            human_result: owned(it.human_result),
            lang: owned(it.lang),
        };
        Record {
            source: self.source,
            source_text: owned(self.source_text),
            count: self.count,
            evaluated: self.evaluated,
            reasons: self.reasons.into_iter().map(reason).collect(),
            header_from: owned(self.header_from),
            envelope_from: owned(self.envelope_from),
            envelope_to: owned(self.envelope_to),
            dkim: self.dkim.into_iter().map(dkim).collect(),
            spf: self.spf.into_iter().map(spf).collect(),
            extensions: owned(self.extensions),
        }
    }
}
