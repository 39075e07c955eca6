//! Nothing that a report says is lost or changed on its way into the dataset.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use dmarcscope::intake::{Locator, Receiver, read_file};
use dmarcscope::ledger::{Kind, Notes};
use dmarcscope::report::keyword::{AuthResult, Disposition, Keyword, ReasonType, SpfScope};
use dmarcscope::report::{Evaluated, Record, Report, Worded};

use crate::support::Page;
use crate::support::page::CONTEXT;

/// Every record and report as it was read, in the words of `Debug`, which tells all there is.
#[derive(Default)]
struct AsRead {
    records: Vec<String>,
    reports: Vec<Report>,
}

impl Receiver for AsRead {
    fn record(&mut self, _: &Report, record: &Record<'_>) {
        self.records.push(format!("{record:#?}"));
    }
    fn report(&mut self, report: &Report, _: &Notes, _: &Locator) {
        self.reports.push(report.clone());
    }
    fn other(&mut self, kind: Option<Kind>, notes: &Notes, _: &Locator) {
        panic!("{kind:?} {notes:?}");
    }
    fn progress(&mut self, _: u64) {}
}

/// Reads files into one dataset, so that numbers of the later ones are not those of their batches, and compares all.
fn keeps_all(files: Vec<Vec<u8>>) -> Page {
    let mut read = AsRead::default();
    for bytes in &files {
        read_file(&mut Cursor::new(bytes), "", &CONTEXT, &mut read);
    }
    assert!(!read.records.is_empty());
    let mut page = Page::new();
    for bytes in files {
        page.drop([bytes]);
    }
    let dataset = page.dataset();
    let reports: Vec<Report> = (0..).map_while(|id| dataset.report(id)).collect();
    assert_eq!(reports, read.reports);
    assert_eq!(dataset.records.len(), read.records.len());
    for (row, read) in read.records.iter().enumerate() {
        assert_eq!(format!("{:#?}", dataset.record(row).unwrap()), *read, "row {row}");
    }
    page
}

const ODD: &str = "<feedback><version/><report_metadata><org_name>  </org_name><email>a@b</email>\
    <extra_contact_info lang=\"de\">Hilfe</extra_contact_info><report_id>o-1</report_id>\
    <error>first</error><error lang=\"fr\">deuxième</error><error/>\
    <date_range><begin>1700000000</begin></date_range></report_metadata>\
    <policy_published><domain>Example.ORG.</domain><adkim/><aspf>x</aspf><p>monitor</p><pct/><fo>1:d</fo></policy_published>\
    <record><row><source_ip>192.0.2.1 (host)</source_ip><count>3</count><policy_evaluated><disposition/><dkim>Pass</dkim>\
    <reason><type>mailing_list</type><comment lang=\"en\">list</comment></reason><reason><type/><comment/></reason>\
    <reason>plain words</reason><reason/></policy_evaluated></row>\
    <identifiers><envelope_from/><header_from>A.example</header_from></identifiers><auth_results>\
    <dkim><domain>a.example</domain><selector>one</selector><result>pass</result><human_result lang=\"en\">ok</human_result></dkim>\
    <dkim><domain/><result>odd</result></dkim><dkim><domain>a.example</domain><selector/><result/></dkim><dkim/>\
    <spf><domain>a.example</domain><scope>helo</scope><result>softfail</result></spf><spf><scope/></spf><spf/>\
    </auth_results><x:y xmlns:x=\"urn:x\"><z/></x:y></record>\
    <record><row><source_ip>nowhere</source_ip><count>0</count></row></record>\
    <record><row><source_ip/><count>1000000000000</count><policy_evaluated/></row><identifiers/><auth_results/></record>\
    <x:top xmlns:x=\"urn:x\">foreign</x:top></feedback>";

#[test]
fn every_value_of_both_standards_is_kept() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let file = |name: &str| fs::read(folder.join(name)).unwrap();
    keeps_all(vec![file("every-field-of-rfc-7489.xml"), ODD.into(), file("every-field-of-rfc-9990.xml")]);
}

#[test]
fn absent_empty_known_and_unknown_stay_apart() {
    let page = keeps_all(vec![ODD.into()]);
    let dataset = page.dataset();
    let meta = dataset.report(0).unwrap();
    assert_eq!((meta.version.as_deref(), meta.org_name.as_deref(), &meta.generator), (Some(""), Some(""), &None));
    assert_eq!((meta.begin, meta.end), (Some(1_700_000_000), None));
    let worded = |text: &str, lang: Option<&str>| Worded { text: text.into(), lang: lang.map(Into::into) };
    assert_eq!(meta.extra_contact_info, Some(worded("Hilfe", Some("de"))));
    assert_eq!(meta.errors, [worded("first", None), worded("deuxième", Some("fr")), worded("", None)]);
    let policy = meta.policy;
    assert_eq!((policy.domain.as_deref(), policy.pct.as_deref()), (Some("example.org"), Some("")));
    assert_eq!((policy.adkim, policy.aspf), (Keyword::Empty, Keyword::Other("x".into())));
    assert_eq!((policy.p, policy.sp), (Keyword::Other("monitor".into()), Keyword::Absent));

    let first = dataset.record(0).unwrap();
    assert_eq!(first.source_text.as_deref(), Some("192.0.2.1 (host)"));
    let evaluated = first.evaluated.unwrap();
    assert_eq!((evaluated.disposition, evaluated.spf), (Keyword::Empty, Keyword::Absent));
    let reasons: Vec<_> =
        first.reasons.iter().map(|r| (r.kind.clone(), r.comment.as_deref(), r.lang.as_deref())).collect();
    let expected = [
        (Keyword::Known(ReasonType::MailingList), Some("list"), Some("en")),
        (Keyword::Empty, Some(""), None),
        (Keyword::Absent, Some("plain words"), None),
        (Keyword::Absent, None, None),
    ];
    assert_eq!(reasons, expected);
    assert_eq!((first.envelope_from.as_deref(), first.envelope_to), (Some(""), None));
    let selectors: Vec<_> = first.dkim.iter().map(|r| (r.domain.as_deref(), r.selector.as_deref())).collect();
    assert_eq!(
        selectors,
        [(Some("a.example"), Some("one")), (Some(""), None), (Some("a.example"), Some("")), (None, None)]
    );
    let results: Vec<_> = first.dkim.into_iter().map(|r| r.result).collect();
    let other = Keyword::Other("odd".into());
    assert_eq!(results, [Keyword::Known(AuthResult::Pass), other, Keyword::Empty, Keyword::Absent]);
    let scopes: Vec<_> = first.spf.into_iter().map(|r| r.scope).collect();
    assert_eq!(scopes, [Keyword::Known(SpfScope::Helo), Keyword::Empty, Keyword::Absent]);
    assert!(first.extensions.unwrap().contains("<z/>"));

    let (second, third) = (dataset.record(1).unwrap(), dataset.record(2).unwrap());
    assert_eq!((second.source, second.source_text.as_deref(), second.evaluated), (None, Some("nowhere"), None));
    assert_eq!((third.source_text.as_deref(), third.evaluated), (Some(""), Some(Evaluated::default())));
    assert_eq!((second.count, third.count), (0, 1_000_000_000_000));
    assert_eq!(Keyword::<Disposition>::Absent, Keyword::default());
}

#[test]
fn neighbours_that_differ_in_one_value_are_not_folded() {
    // Each record differs from the one before in one place only.
    let record = |ip: &str, to: &str, human: &str, comment: &str| {
        format!(
            "<record><row><source_ip>{ip}</source_ip><count>1</count><policy_evaluated><disposition>none</disposition>\
             <dkim>fail</dkim><spf>fail</spf><reason><type>other</type>{comment}</reason></policy_evaluated></row>\
             <identifiers><envelope_to>{to}</envelope_to><header_from>a.example</header_from></identifiers><auth_results>\
             <spf><domain>a.example</domain><result>fail</result>{human}</spf></auth_results></record>"
        )
    };
    let records = [
        record("192.0.2.1", "b.example", "", ""),
        record("192.0.2.1", "b.example", "", "<comment/>"),
        record("192.0.2.1", "b.example", "", "<comment lang=\"en\"/>"),
        record("192.0.2.1", "b.example", "<human_result>why</human_result>", ""),
        record("192.0.2.1", "", "", ""),
        record("::ffff:192.0.2.1", "b.example", "", ""),
        record("192.0.2.001", "b.example", "", ""),
    ];
    let page = keeps_all(vec![format!("<feedback>{}</feedback>", records.concat()).into_bytes()]);
    let entries: std::collections::HashSet<_> =
        (0..records.len()).map(|row| page.dataset().records.get(row).unwrap().2).collect();
    assert_eq!(entries.len(), records.len());
    assert_eq!(page.dataset().tables.sources.len(), 1);
}
