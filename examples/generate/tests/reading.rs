//! Reads what was made with another parser, and checks it against the totals and the standard.

use std::collections::BTreeSet;
use std::net::IpAddr;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::documents;
use crate::names::{self, organizational};

/// Tags with their paths and texts, in the order of the document. `#` stands where a record or a result begins.
fn leaves(xml: &[u8]) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).unwrap());
    let (mut path, mut text, mut found) = (Vec::new(), String::new(), Vec::new());
    loop {
        match reader.read_event().expect("the XML is well formed") {
            Event::Start(tag) => {
                path.push(tag.local_name().as_ref().to_owned());
                text.clear();
                if matches!(path.last().unwrap().as_str(), "record" | "dkim" | "spf" | "policy_evaluated") {
                    found.push((format!("{}#", path.join("/")), String::new()));
                }
            }
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(part) => text.push_str(&part),
            Event::End(_) => {
                found.push((path.join("/"), std::mem::take(&mut text)));
                path.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty(), "every tag is closed");
    found
}

fn all(found: &[(String, String)], path: &str) -> Vec<String> {
    found.iter().filter(|(at, _)| at == path).map(|(_, text)| text.clone()).collect()
}

fn one(found: &[(String, String)], path: &str) -> Option<String> {
    all(found, path).into_iter().next()
}

/// The verdict that a record's raw results call for: (DKIM, SPF).
fn verdict(head: &[(String, String)], record: &[(String, String)]) -> (bool, bool) {
    let header_from = one(record, "feedback/record/identifiers/header_from").unwrap();
    let null_sender = one(record, "feedback/record/identifiers/envelope_from").is_some_and(|from| from.is_empty());
    let passes = |kind: &str, mode: &str| {
        let strict = one(head, &format!("feedback/policy_published/{mode}")).as_deref() == Some("s");
        let base = format!("feedback/record/auth_results/{kind}");
        record.split(|(at, _)| *at == format!("{base}#")).skip(1).any(|result| {
            let domain = one(result, &format!("{base}/domain")).unwrap();
            let helo = one(result, &format!("{base}/scope")).as_deref() == Some("helo");
            let same = domain == header_from || (!strict && organizational(&domain) == organizational(&header_from));
            same && (!helo || null_sender) && one(result, &format!("{base}/result")).unwrap() == "pass"
        })
    };
    (passes("dkim", "adkim"), passes("spf", "aspf"))
}

#[test]
fn the_reports_say_what_the_totals_say() {
    let (totals, documents) = documents(3, 400, 9_000);
    let (mut records, mut messages, mut passed, mut unknown) = (0, 0, 0, 0);
    let (mut sources, mut identities) = (BTreeSet::new(), BTreeSet::new());
    for (_, xml) in &documents {
        let found = leaves(xml);
        let mut parts = found.split(|(at, _)| at == "feedback/record#");
        let head = parts.next().unwrap();
        let identity = ["org_name", "report_id"].map(|name| one(head, &format!("feedback/report_metadata/{name}")));
        assert!(identities.insert(identity), "a report is repeated");
        for record in parts {
            let count: u64 = one(record, "feedback/record/row/count").unwrap().parse().unwrap();
            let source: IpAddr = one(record, "feedback/record/row/source_ip").unwrap().parse().unwrap();
            let told = |name: &str| one(record, &format!("feedback/record/row/policy_evaluated/{name}"));
            records += 1;
            messages += count;
            sources.insert(source);
            let Some(dkim) = told("dkim") else {
                unknown += count;
                continue;
            };
            let told = (dkim == "pass", told("spf").unwrap() == "pass");
            assert_eq!(told, verdict(head, record), "{record:?}");
            passed += if told.0 || told.1 { count } else { 0 };
        }
    }
    let counted = [documents.len() as u64, records, messages, passed, messages - passed - unknown, unknown];
    let said = [totals.reports, totals.records, totals.messages, totals.passed, totals.failed, totals.unknown];
    assert_eq!(counted, said);
    assert_eq!(records, 9_000);
    let json: serde_json::Value = serde_json::from_str(&totals.json()).unwrap();
    assert_eq!(json["sources"], sources.len());
    assert_eq!((&json["reporters"], &json["domains"]), (&names::REPORTERS.into(), &names::DOMAINS.into()));
    assert!(unknown > 0);
}

#[test]
fn a_disposition_follows_the_policy() {
    let (_, documents) = documents(4, 400, 6_000);
    let mut overridden = 0;
    for (_, xml) in &documents {
        let found = leaves(xml);
        let mut parts = found.split(|(at, _)| at == "feedback/record#");
        let head = parts.next().unwrap();
        let published = |name: &str| one(head, &format!("feedback/policy_published/{name}"));
        let p = published("p").unwrap();
        let sp = published("sp").unwrap_or(p.clone());
        for record in parts {
            let told = |name: &str| one(record, &format!("feedback/record/row/policy_evaluated/{name}"));
            let Some(disposition) = told("disposition") else { continue };
            let header_from = one(record, "feedback/record/identifiers/header_from").unwrap();
            let policy = if published("domain").unwrap() == header_from { &p } else { &sp };
            let failed = told("dkim").unwrap() == "fail" && told("spf").unwrap() == "fail";
            let reason = told("reason/type");
            match disposition.as_str() {
                "pass" => assert!(!failed && policy != "none"),
                "none" => overridden += u64::from(failed && reason.is_some()),
                // The policy for names that do not exist is another.
                other => assert!(other == policy || reason.is_some() || published("np").is_some(), "{record:?}"),
            }
        }
    }
    assert!(overridden > 50);
}
