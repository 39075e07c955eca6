//! Elements that are missing, misplaced, misspelt or repeated.

use dmarcscope::ledger::Note;
use dmarcscope::report::keyword::{AuthResult, Keyword, ReasonType};

use super::support::{
    IDENTIFIERS, METADATA, POLICY, RESULTS, ROW, read, read_clean, read_noted, record, record_of, report_of,
    with_record, with_row,
};

#[test]
fn no_policy_evaluated() {
    let (before, rest) = ROW.split_once("<policy_evaluated>").unwrap();
    let (_, after) = rest.split_once("</policy_evaluated>").unwrap();
    let all = read_noted(with_row(&[before, after].concat()), &["record-without-evaluation"]);
    assert_eq!((all.records[0].evaluated.is_none(), all.messages()), (true, 2));
}

#[test]
fn no_spf_in_policy_evaluated() {
    let all = read_noted(with_row(&ROW.replace("<spf>fail</spf>", "")), &[]);
    assert_eq!(all.records[0].evaluated.as_ref().unwrap().spf, Keyword::Absent);
}

#[test]
fn empty_or_no_auth_results() {
    for results in ["<auth_results></auth_results>", "<auth_results/>", ""] {
        let all = read_noted(with_record(&record_of(&[ROW, IDENTIFIERS, results])), &[]);
        assert!(all.records[0].dkim.is_empty() && all.records[0].spf.is_empty());
    }
}

#[test]
fn results_without_domain() {
    let results =
        RESULTS.replace("<domain>example.com</domain>", "").replace("<domain>bounce.example.net</domain>", "<domain/>");
    let all = read_noted(with_record(&record_of(&[ROW, IDENTIFIERS, &results])), &[]);
    assert_eq!(all.records[0].dkim[0].domain, None);
    assert_eq!(all.records[0].spf[0].domain.as_deref(), Some(""));
}

#[test]
fn results_as_plain_text() {
    let results = "<auth_results><dkim>fail</dkim><spf>pass</spf></auth_results>";
    let all = read_noted(with_record(&record_of(&[ROW, IDENTIFIERS, results])), &[]);
    assert_eq!(all.records[0].dkim[0].result, Keyword::Known(AuthResult::Fail));
    assert_eq!(all.records[0].spf[0].result, Keyword::Known(AuthResult::Pass));
}

#[test]
fn a_record_without_source_is_left_out() {
    let without = record().replace("<source_ip>192.0.2.1</source_ip>", "");
    let all = read_noted(with_record(&[without, record()].concat()), &["record-without-source"]);
    assert_eq!((all.records.len(), all.messages()), (1, 2));
}

#[test]
fn identities_for_identifiers() {
    let all = read_noted(with_record(&record().replace("identifiers>", "identities>")), &["misspelt-element"]);
    assert_eq!(all.records[0].header_from.as_deref(), Some("example.com"));
}

#[test]
fn reasons() {
    let with = |reason: &str| {
        let row = ROW.replace("</policy_evaluated>", &format!("{reason}</policy_evaluated>"));
        read_noted(with_row(&row), &[]).records.remove(0).reasons
    };
    let plain = with("<reason>trusted because we know it</reason>");
    assert_eq!((&plain[0].kind, plain[0].comment.as_deref()), (&Keyword::Absent, Some("trusted because we know it")));
    assert_eq!(with("<reason>mailing_list</reason>")[0].kind, Keyword::Known(ReasonType::MailingList));
    let several =
        with("<reason><type>forwarded</type></reason><reason><comment>b</comment><type>other</type></reason>");
    assert_eq!(
        several.iter().map(|reason| reason.kind.clone()).collect::<Vec<_>>(),
        [Keyword::Known(ReasonType::Forwarded), Keyword::Known(ReasonType::Other)]
    );
    assert_eq!(with("<reason/>").len(), 1);
    for reason in [
        "<reason> a &amp; b <![CDATA[c]]> d </reason>",
        "<reason><comment> a &amp; b <![CDATA[c]]> d </comment></reason>",
    ] {
        assert_eq!(with(reason)[0].comment.as_deref(), Some("a & b c d"));
    }
}

#[test]
fn policy_published_twice() {
    let second = POLICY.replace("<p>none<", "<p>reject<");
    let all = read_noted(report_of(&[METADATA, POLICY, &second, &record()]), &["element-repeated"]);
    assert_eq!(all.reports[0].policy.p.text(), "none");
    assert_eq!(all.reports[0].extensions.as_deref(), Some(&*second));
}

#[test]
fn fields_twice() {
    let text = record()
        .replace("<count>2</count>", "<count>2</count><count>3</count>")
        .replace("</header_from>", "</header_from><header_from>other.example</header_from>");
    let all = read_noted(with_record(&text), &["element-repeated", "element-repeated"]);
    assert_eq!(all.messages(), 2);
    assert_eq!(all.records[0].header_from.as_deref(), Some("example.com"));
}

#[test]
fn zero_records() {
    assert_eq!(read_clean(with_record("")).records.len(), 0);
}

#[test]
fn metadata_after_the_records_and_in_any_order() {
    let metadata = METADATA
        .replace("<org_name>receiver.example</org_name>", "")
        .replace("</report_metadata>", "<org_name>receiver.example</org_name></report_metadata>");
    let all = read_clean(report_of(&[&record(), POLICY, &metadata]));
    assert_eq!(all.reports[0].org_name.as_deref(), Some("receiver.example"));
    assert_eq!(all.reports[0].begin, Some(1_700_000_000));
}

#[test]
fn elements_that_the_standard_requires() {
    let all = read(report_of(&["<report_metadata><error>e</error></report_metadata>", &record()]));
    let missing: Vec<String> = all.notes[0]
        .iter()
        .filter_map(|(note, _)| if let Note::ElementMissing(name) = note { Some(name.to_string()) } else { None })
        .collect();
    assert_eq!(missing, ["org_name", "email", "report_id", "domain", "date_range"]);
    assert_eq!(all.messages(), 2);
    assert_eq!(all.reports[0].org_name, None);
    let empty = read_noted(report_of(&[&METADATA.replace("receiver.example</org", "</org"), POLICY]), &[]);
    assert_eq!(empty.reports[0].org_name.as_deref(), Some(""));
}

#[test]
fn several_reports_in_one_text() {
    let one = with_record(&record());
    let all = read(one.repeat(3));
    assert_eq!((all.reports.len(), all.messages(), all.codes().len()), (3, 6, 0));
    let ranges: Vec<u64> = all.ranges.iter().map(|range| range.end - range.start).collect();
    assert_eq!(ranges, [one.len() as u64 - 40; 3]);
    let (_, body) = one.split_once("?>").unwrap();
    assert_eq!(read(format!("<reports>{body}{body}</reports>")).codes().len(), 0);
}

#[test]
fn fragments_without_a_root() {
    let all = read_noted(
        [&record(), &record()].map(|record| &**record).concat(),
        &[
            "element-missing",
            "element-missing",
            "element-missing",
            "element-missing",
            "element-missing",
            "element-missing",
            "no-period",
        ],
    );
    assert_eq!((all.reports.len(), all.messages()), (1, 4));
    let all = read_noted([METADATA, POLICY, &record()].concat(), &["element-missing"]);
    assert_eq!(all.messages(), 2);
    let all = read_noted(format!("<feed>{METADATA}{POLICY}{}</feed>", record()), &["misspelt-element"]);
    assert_eq!(all.messages(), 2);
}

#[test]
fn children_outside_of_their_group() {
    let flat =
        record().replace("<row>", "").replace("</row>", "").replace("<identifiers>", "").replace("</identifiers>", "");
    let all = read_clean(with_record(&flat));
    assert_eq!(all.messages(), 2);
    assert_eq!(all.records[0].header_from.as_deref(), Some("example.com"));
    let inner = METADATA.replace("<report_metadata>", "").replace("</report_metadata>", "");
    assert_eq!(read_clean(report_of(&[&inner, POLICY, &record()])).reports[0].begin, Some(1_700_000_000));
}

#[test]
fn foreign_elements_are_kept_raw() {
    let text = record()
        .replace("</identifiers>", "<x>1</x></identifiers>")
        .replace("</record>", "<y a=\"b\"><z/></y></record>");
    let all = read_clean(report_of(&[METADATA, POLICY, "<q>&amp;</q>", &text]));
    assert_eq!(all.records[0].extensions.as_deref(), Some("<x>1</x><y a=\"b\"><z/></y>"));
    assert_eq!(all.reports[0].extensions.as_deref(), Some("<q>&amp;</q>"));
}
