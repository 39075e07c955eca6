//! Reports without anything odd, of both standards.

use dmarcscope::ledger::Found;
use dmarcscope::report::Dialect;
use dmarcscope::report::keyword::{
    Alignment, AuthResult, Discovery, Disposition, Evaluation, Keyword, ReasonType, RequestedPolicy, SpfScope, Testing,
};

use super::support::{read, read_clean, record, with_record};

#[test]
fn every_field_of_rfc_7489() {
    let text = include_str!("../fixtures/every-field-of-rfc-7489.xml");
    let all = read_clean(text);
    let report = &all.reports[0];
    assert_eq!(report.dialect, Dialect::Rfc7489);
    assert_eq!(report.version.as_deref(), Some("1.0"));
    assert_eq!(report.org_name.as_deref(), Some("Receiver & Co"));
    assert_eq!(report.email.as_deref(), Some("dmarc@receiver.example"));
    assert_eq!(report.extra_contact_info.as_ref().unwrap().text, "https://receiver.example/dmarc");
    assert_eq!(report.report_id.as_deref(), Some("r-2024"));
    assert_eq!((report.begin, report.end), (Some(1_700_000_000), Some(1_700_086_399)));
    assert_eq!(report.errors.iter().map(|error| &*error.text).collect::<Vec<_>>(), ["first", "second"]);
    assert_eq!(report.policy.domain.as_deref(), Some("example.com"));
    assert_eq!(report.policy.adkim, Keyword::Known(Alignment::Strict));
    assert_eq!(report.policy.aspf, Keyword::Known(Alignment::Relaxed));
    assert_eq!(report.policy.p, Keyword::Known(RequestedPolicy::Reject));
    assert_eq!(report.policy.sp, Keyword::Known(RequestedPolicy::Quarantine));
    assert_eq!(report.policy.np, Keyword::Absent);
    assert_eq!(report.policy.pct.as_deref(), Some("50"));
    assert_eq!(report.policy.fo.as_deref(), Some("1:d"));
    let record = &all.records[0];
    assert_eq!(record.source, Some("2001:db8::1".parse().unwrap()));
    assert_eq!(record.source_text, None);
    assert_eq!(record.count, 12);
    let evaluated = record.evaluated.as_ref().unwrap();
    assert_eq!(evaluated.disposition, Keyword::Known(Disposition::None));
    assert_eq!(evaluated.dkim, Keyword::Known(Evaluation::Fail));
    assert_eq!(evaluated.spf, Keyword::Known(Evaluation::Fail));
    assert_eq!(record.reasons[0].kind, Keyword::Known(ReasonType::LocalPolicy));
    assert_eq!(record.reasons[0].comment.as_deref(), Some("arc=pass as[1].d=list.example as[1].s=a"));
    assert_eq!(record.reasons[1].kind, Keyword::Known(ReasonType::Forwarded));
    assert_eq!(record.header_from.as_deref(), Some("news.example.com"));
    assert_eq!(record.envelope_from.as_deref(), Some(""));
    assert_eq!(record.envelope_to.as_deref(), Some("receiver.example"));
    assert_eq!(record.dkim.len(), 2);
    assert_eq!(record.dkim[1].selector, None);
    assert_eq!(record.dkim[1].result, Keyword::Known(AuthResult::Permerror));
    assert_eq!(record.dkim[1].human_result.as_deref(), Some("no key"));
    assert_eq!(record.spf[0].scope, Keyword::Known(SpfScope::Helo));
    assert_eq!(record.spf[1].result, Keyword::Known(AuthResult::Softfail));
    // The range holds the report from its first to its last tag.
    let range = all.ranges[0].start as usize..all.ranges[0].end as usize;
    assert!(text[range.clone()].starts_with("<feedback>") && text[range].ends_with("</feedback>"));
}

#[test]
fn every_field_of_rfc_9990() {
    let all = read_clean(include_str!("../fixtures/every-field-of-rfc-9990.xml"));
    let report = &all.reports[0];
    assert_eq!(report.dialect, Dialect::Rfc9990);
    assert_eq!(report.generator.as_deref(), Some("reporter 2.1"));
    assert_eq!(report.extra_contact_info.as_ref().unwrap().lang.as_deref(), Some("de"));
    assert_eq!(report.errors[0].lang.as_deref(), Some("en"));
    assert_eq!(report.policy.np, Keyword::Known(RequestedPolicy::Reject));
    assert_eq!(report.policy.testing, Keyword::Known(Testing::Yes));
    assert_eq!(report.policy.discovery_method, Keyword::Known(Discovery::TreeWalk));
    assert_eq!(report.extensions.as_deref(), Some("<extension><x:sample xmlns:x=\"urn:x\">1</x:sample></extension>"));
    let record = &all.records[0];
    assert_eq!(record.evaluated.as_ref().unwrap().disposition, Keyword::Known(Disposition::Pass));
    assert_eq!(record.reasons[0].kind, Keyword::Known(ReasonType::PolicyTestMode));
    assert_eq!(record.reasons[0].lang.as_deref(), Some("en"));
    assert_eq!(record.dkim[0].lang.as_deref(), Some("fr"));
    assert_eq!(record.spf[0].result, Keyword::Known(AuthResult::Policy));
    assert_eq!(record.spf[0].human_result.as_deref(), Some("refused"));
    assert_eq!(record.extensions.as_deref(), Some("<y:domain xmlns:y=\"urn:y\"><y:record>2</y:record></y:domain>"));
}

#[test]
fn one_record_after_the_other() {
    let all = read_clean(with_record(&record().repeat(500)));
    assert_eq!((all.records.len(), all.messages()), (500, 1_000));
}

#[test]
fn no_report_says_what_it_looks_like() {
    let found = |bytes: &[u8]| read(bytes).ending.found;
    assert_eq!(found(b"<?xml version='1.0'?><rss><channel/></rss>"), Some(Found::Xml("rss".into())));
    assert_eq!(found(b"<feedback><stars>5</stars></feedback>"), Some(Found::Xml("feedback".into())));
    assert_eq!(found(b"<data><record><name>x</name></record></data>"), Some(Found::Xml("data".into())));
    assert_eq!(found(b"<!DOCTYPE html><html><p>hi<br></html>"), Some(Found::Other("html".into())));
    assert_eq!(found(b"{\"organization-name\": 1}"), Some(Found::Json));
    assert_eq!(found(b"From: a@b.example\nTo: c@d.example\n\nhi"), Some(Found::Mail));
    assert_eq!(found(b"hello, world"), Some(Found::Text));
    assert_eq!(found(b"\x00\x01\x02\x03"), Some(Found::Binary));
    assert_eq!(found(b"%PDF-1.7"), Some(Found::Other("pdf".into())));
    for blank in ["", " \n\t ", "\u{FEFF}"] {
        let all = read(blank);
        assert_eq!(all.ending.found, None);
        assert_eq!(all.ending.notes.iter().map(|(note, _)| note.code()).collect::<Vec<_>>(), ["empty"]);
    }
}
