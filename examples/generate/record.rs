//! Writes one record of a report.

use std::net::IpAddr;

use crate::reporters::Reporter;
use crate::rows::{Evaluated, Row};
use crate::xml::Xml;

/// Writes a row the way its reporter does.
pub fn write(xml: &mut Xml, row: &Row, evaluated: Option<&Evaluated>, reporter: &Reporter) {
    xml.open("record", "");
    xml.open("row", "");
    match row.source {
        IpAddr::V6(address) if reporter.full_v6 => {
            let parts = address.segments().map(|part| format!("{part:04X}"));
            xml.leaf("source_ip", &parts.join(":"));
        }
        address => xml.leaf("source_ip", &address.to_string()),
    }
    xml.leaf("count", &row.count.to_string());
    if let Some(evaluated) = evaluated {
        let result = |pass| if pass { "pass" } else { "fail" };
        xml.open("policy_evaluated", "");
        xml.leaf("disposition", evaluated.disposition);
        xml.leaf("dkim", result(evaluated.dkim));
        xml.leaf("spf", result(evaluated.spf));
        for (kind, comment) in &evaluated.reasons {
            xml.open("reason", "");
            xml.leaf("type", kind);
            if !comment.is_empty() {
                xml.leaf("comment", comment);
            }
            xml.close("reason");
        }
        xml.close("policy_evaluated");
    }
    xml.close("row");
    xml.open("identifiers", "");
    if reporter.envelope_to {
        xml.leaf("envelope_to", &reporter.domain);
    }
    if reporter.envelope_from {
        xml.leaf("envelope_from", &row.envelope_from);
    }
    xml.leaf("header_from", &row.header_from);
    xml.close("identifiers");
    auth_results(xml, row, reporter);
    xml.close("record");
}

fn auth_results(xml: &mut Xml, row: &Row, reporter: &Reporter) {
    xml.open("auth_results", "");
    for dkim in &row.dkim {
        xml.open("dkim", "");
        xml.leaf("domain", &dkim.domain);
        if reporter.selector {
            xml.leaf("selector", dkim.selector);
        }
        xml.leaf("result", dkim.result);
        if reporter.human_result && dkim.result != "pass" {
            let lang = if reporter.modern { " lang=\"en\"" } else { "" };
            let why = match dkim.result {
                "fail" => "body hash did not verify",
                "temperror" => "key lookup timed out",
                "permerror" => "no key for signature",
                _ => "signature ignored",
            };
            xml.leaf_with("human_result", lang, why);
        }
        xml.close("dkim");
    }
    for spf in &row.spf {
        xml.open("spf", "");
        xml.leaf("domain", &spf.domain);
        if reporter.spf_scope {
            xml.leaf("scope", if spf.helo { "helo" } else { "mfrom" });
        }
        xml.leaf("result", spf.result);
        xml.close("spf");
    }
    xml.close("auth_results");
}
