//! JSON as parsedmarc (11.1) writes it, so that what takes parsedmarc's output takes ours.
//!
//! Fields are the same. Compared over 669 reports of public collections, these values differ from parsedmarc's own:
//!
//! - `org_name` stays as the report has it; parsedmarc shortens names of hosts to their organizational domain, in small letters.
//! - `xml_namespace` is told of RFC 9990 only.
//! - Times are UTC; parsedmarc's `begin_date` and `end_date` are in the zone of the machine it runs on.
//! - A report over more than a day stays one: its records are told once, with `normalized_timespan` false. parsedmarc spreads the
//!   messages evenly over the days.
//! - `source` has the address; parsedmarc looks up the country, the host's name, its service and its network.
//! - Domains are in small letters, without a final dot, and addresses in their usual form. What is no address as written stands
//!   as it is; parsedmarc refuses the report.
//! - Damaged reports are mended in other ways: what of them is kept, and what is told in `errors`, may differ.
//! - `dkim` and `spf` of `policy_evaluated` are `null` where the report does not tell; parsedmarc takes that for a fail.

use super::json::{Json, flag};
use super::ndjson::stated;
use super::{Head, Row};
use crate::report::Dialect;
use crate::report::keyword::{Keyword, Word};

/// Seconds from which on parsedmarc spreads a report over days.
const LONG: i64 = 86_400;

/// Where the array of reports is.
#[derive(Debug, Default)]
pub struct Reports {
    is_begun: bool,
    /// Whether the open report has a row.
    has_row: bool,
}

impl Reports {
    /// Begins a report, and ends the one before it.
    pub fn begin(&mut self, head: &Head, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.is_begun { b"]},\n" } else { b"[\n" });
        (self.is_begun, self.has_row) = (true, false);
        let report = &head.report;
        let mut json = Json::new(out, false);
        json.open(b'{');
        json.field("xml_schema", Some(report.version.as_deref().unwrap_or("draft")));
        let namespace = match report.dialect {
            Dialect::Rfc7489 => None,
            Dialect::Rfc9990 => Some("urn:ietf:params:xml:ns:dmarc-2.0"),
        };
        json.field("xml_namespace", namespace);
        json.name("report_metadata");
        json.open(b'{');
        json.field("org_name", report.org_name.as_deref());
        json.field("org_email", report.email.as_deref());
        let contact = report.extra_contact_info.as_ref().map(|contact| contact.text.as_str());
        json.field("org_extra_contact_info", filled(contact));
        json.field("report_id", report.report_id.as_deref().map(short).as_deref());
        let [begin, end] = period(head);
        json.field("begin_date", begin);
        json.field("end_date", end);
        let span = report.begin.zip(report.end).map(|(begin, end)| end.saturating_sub(begin));
        json.plain_field("timespan_requires_normalization", flag(Some(span.is_some_and(|span| span > LONG))));
        json.plain_field("original_timespan_seconds", &span.map_or("null".to_owned(), |span| span.to_string()));
        json.name("errors");
        json.open(b'[');
        report.errors.iter().for_each(|error| json.text(Some(&error.text)));
        json.close(b']');
        json.field("generator", report.generator.as_deref());
        json.close(b'}');
        let policy = &report.policy;
        json.name("policy_published");
        json.open(b'{');
        json.field("domain", policy.domain.as_deref());
        json.field("adkim", Some(stated(&policy.adkim).unwrap_or("r")));
        json.field("aspf", Some(stated(&policy.aspf).unwrap_or("r")));
        json.field("p", stated(&policy.p));
        json.field("sp", stated(&policy.sp).or_else(|| stated(&policy.p)));
        json.field("pct", filled(policy.pct.as_deref()));
        json.field("fo", filled(policy.fo.as_deref()));
        json.field("np", stated(&policy.np));
        json.field("testing", stated(&policy.testing));
        json.field("discovery_method", stated(&policy.discovery_method));
        json.close(b'}');
        json.name("records");
        json.open(b'[');
    }

    /// A row of the open report.
    pub fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) {
        let record = &row.record;
        let mut json = Json::new(out, std::mem::replace(&mut self.has_row, true));
        json.open(b'{');
        json.name("source");
        json.open(b'{');
        json.field("ip_address", row.source().as_deref());
        let unknown = ["reverse_dns", "country", "base_domain", "name", "type", "asn", "as_name", "as_domain"];
        unknown.into_iter().for_each(|name| json.field(name, None));
        json.close(b'}');
        json.plain_field("count", &record.count.to_string());
        json.name("alignment");
        json.open(b'{');
        for (name, aligned) in ["spf", "dkim", "dmarc"].into_iter().zip(row.aligned()) {
            json.plain_field(name, flag(Some(aligned == Some(true))));
        }
        json.close(b'}');
        json.name("policy_evaluated");
        json.open(b'{');
        let evaluated = record.evaluated.as_ref();
        json.field("disposition", Some(evaluated.and_then(|it| stated(&it.disposition)).unwrap_or("none")));
        json.field("dkim", evaluated.and_then(|it| stated(&it.dkim)));
        json.field("spf", evaluated.and_then(|it| stated(&it.spf)));
        json.name("policy_override_reasons");
        json.open(b'[');
        for reason in &record.reasons {
            json.open(b'{');
            json.field("type", stated(&reason.kind));
            json.field("comment", filled(reason.comment.as_deref()));
            json.close(b'}');
        }
        json.close(b']');
        json.close(b'}');
        json.name("identifiers");
        json.open(b'{');
        json.field("header_from", Some(record.header_from.as_deref().unwrap_or_default()));
        // As parsedmarc does: the last SPF check's domain stands in for a sender that is not stated.
        let spf_domain = record.spf.last().and_then(|result| result.domain.as_deref());
        json.field("envelope_from", filled(record.envelope_from.as_deref()).or(filled(spf_domain)));
        json.field("envelope_to", filled(record.envelope_to.as_deref()));
        json.close(b'}');
        json.name("auth_results");
        json.open(b'{');
        json.name("dkim");
        json.open(b'[');
        for result in record.dkim.iter().filter(|result| filled(result.domain.as_deref()).is_some()) {
            json.open(b'{');
            json.field("domain", result.domain.as_deref());
            json.field("selector", Some(filled(result.selector.as_deref()).unwrap_or("none")));
            json.field("result", Some(word(&result.result)));
            json.field("human_result", filled(result.human_result.as_deref()));
            json.close(b'}');
        }
        json.close(b']');
        json.name("spf");
        json.open(b'[');
        for result in record.spf.iter().filter(|result| filled(result.domain.as_deref()).is_some()) {
            json.open(b'{');
            json.field("domain", result.domain.as_deref());
            json.field("scope", Some(stated(&result.scope).unwrap_or("mfrom")));
            json.field("result", Some(word(&result.result)));
            json.field("human_result", filled(result.human_result.as_deref()));
            json.close(b'}');
        }
        json.close(b']');
        json.close(b'}');
        json.plain_field("normalized_timespan", "false");
        let [begin, end] = period(row.head);
        json.field("interval_begin", begin);
        json.field("interval_end", end);
        json.close(b'}');
    }

    /// Ends the array.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.is_begun { b"]}\n]\n" } else { b"[]\n" });
    }
}

fn period(head: &Head) -> [Option<&str>; 2] {
    head.period.each_ref().map(|second| filled(Some(second)))
}

/// A report's id as parsedmarc has it: without angle brackets, up to an `@`.
fn short(id: &str) -> String {
    id.replace(['<', '>'], "").split('@').next().unwrap_or_default().to_owned()
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

fn word<T: Word>(word: &Keyword<T>) -> &str {
    stated(word).unwrap_or("none")
}
