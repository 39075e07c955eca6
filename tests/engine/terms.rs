//! Every group is what the filter by its key takes.

use dmarcscope::analysis::{Clause, Column, Dimension, Filter, Key, Network, Signature, Term};
use proptest::prelude::*;
use proptest::sample::select;

use super::agreement::{filter, reports};
use super::recount::file;
use crate::support::{Made, Page, Row, cases, row};

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn a_groups_figures_are_those_of_the_filter_by_its_key(
        reports in reports(), filter in filter(), dimensions in prop::collection::vec(select(&Dimension::ALL[..]), 3),
    ) {
        let mut page = Page::named(reports.iter().map(|report| (file(report), report.xml())));
        for by in dimensions {
            for group in page.groups_of(&filter, by) {
                let Some(term) = group.key.term(by) else {
                    // What falls on no day falls into no period.
                    let is_dateless = matches!(by, Dimension::Day | Dimension::Month) && group.key == Key::Absent;
                    prop_assert!(is_dateless || matches!(group.key, Key::Report(_)), "{:?}", group.key);
                    continue;
                };
                let mut narrowed = filter.clone();
                narrowed.clauses.push(Clause { negated: false, term });
                let text = narrowed.to_string();
                prop_assert_eq!(text.parse::<Filter>(), Ok(narrowed.clone()), "{}", text);
                prop_assert_eq!(page.totals(&text).figures, group.figures, "{}", text);
                narrowed.clauses.last_mut().unwrap().negated = true;
                let others = page.totals(&narrowed.to_string()).figures.records;
                prop_assert_eq!(others + group.figures.records, page.totals(&filter.to_string()).figures.records);
            }
        }
    }
}

fn signed(signatures: &[[Option<&str>; 3]]) -> Row {
    let own = |parts: &[Option<&str>; 3]| parts.map(|part| part.map(Into::into));
    Row { dkim: signatures.iter().map(own).collect(), ..row("192.0.2.1", 1) }
}

#[test]
fn parts_of_a_signature_are_asked_of_the_same_one() {
    let (a, b) = ([Some("a.example"), Some("s1"), Some("pass")], [Some("b.example"), None, Some("fail")]);
    let mut page = Page::of([Made::new("1", [signed(&[a]), signed(&[b]), signed(&[a, b]), signed(&[])]).xml()]);
    let mut records = |filter: &str| page.totals(filter).figures.records;
    for (filter, expected) in [
        ("signature:pass/a.example/s1", 2),
        ("signature:PASS/*.example", 2),
        ("signature:fail", 2),
        ("signature:pass/b.example", 0),
        ("dkim_result:pass dkim_domain:b.example", 1),
        ("signature:*/*/?", 2),
        ("signature:*/b.example/*", 2),
        ("signature:*", 3),
        ("signature:?", 1),
        ("-signature:*", 1),
        ("signature:?,fail", 3),
        ("selector:?", 2),
        ("selector:*", 2),
        ("-dkim_domain:a.example", 2),
    ] {
        assert_eq!(records(filter), expected, "{filter}");
    }
}

#[test]
fn a_key_is_written_so_that_it_is_nothing_else() {
    let text = |by, key: &str| {
        let term = Key::Text(key.into()).term(by).unwrap();
        Clause { negated: false, term }.to_string()
    };
    assert_eq!(text(Dimension::HeaderFrom, "example.org"), "from:example.org");
    assert_eq!(text(Dimension::ReportId, "*"), r#"report:"\*""#);
    assert_eq!(text(Dimension::EnvelopeFrom, ""), r#"envelope_from:"""#);
    assert_eq!(text(Dimension::Selector, "?"), r#"selector:"?""#);
    assert_eq!(text(Dimension::Reporter, "a/b, \"c\" \\"), r#"reporter:"a/b, \"c\" \\""#);
    let parts = Signature { domain: Some("a/b".into()), selector: None, result: Some("pass".into()) };
    let term = Key::Dkim(Box::new(parts)).term(Dimension::Dkim).unwrap();
    assert_eq!(Clause { negated: true, term }.to_string(), r#"-signature:pass/"a/b"/?"#);
    assert_eq!(Key::Absent.term(Dimension::Spf), Some(Term::SpfCheck(vec![None])));
    assert_eq!(Key::Absent.term(Dimension::Verdict), None);
    let address = "192.0.2.1".parse().unwrap();
    let term = Term::Ip(vec![Network { address, prefix: 32 }]);
    assert_eq!(Key::Address(address).term(Dimension::Source), Some(term));
}

#[test]
fn spellings_of_one_name_are_one_group() {
    let reporters = ["Mail INC", "Post", "mail inc", "POST"];
    let made = (0..)
        .zip(reporters)
        .map(|(id, org): (u32, _)| Made::new(&id.to_string(), [row("192.0.2.1", 1)]).org(Some(org)));
    let mut page = Page::of(made.map(|made| made.xml()));
    let groups = page.groups(Dimension::Reporter, Column::Key, true);
    let keys: Vec<(Key, u64)> = groups.into_iter().map(|group| (group.key, group.figures.records)).collect();
    assert_eq!(keys, [(Key::Text("Post".into()), 2), (Key::Text("mail inc".into()), 2)]);
    assert_eq!(page.totals("").reporters, 2);
}

#[test]
fn terms_are_put_together_and_taken_apart() {
    let term = |text: &str| text.parse::<Filter>().unwrap().clauses.remove(0).term;
    for text in [
        "from:a,b",
        "signature:?,pass",
        "spf_check:fail,none",
        "ip:192.0.2.1,10.0.0.0/8",
        "outcome:rejected,monitoring",
        "verdict:pass,fail",
        "period:2023,2024-02",
        "one,two",
        "file:a,?",
    ] {
        let each = term(text).each();
        assert_eq!(each.len(), 2, "{text}");
        let [first, second] = <[Term; 2]>::try_from(each).unwrap();
        assert_eq!(first.clone().or(second.clone()), term(text));
        assert_eq!(first.clone().or(first.clone()), first, "a value stands once");
    }
    assert_eq!(term("from:a").or(term("domain:b")), term("from:a"), "of another field nothing is taken");
}

#[test]
fn a_word_is_looked_for_in_all_that_is_said() {
    let odd = Row { source: "::FFFF:192.0.2.9".into(), reason: Some("forwarded"), ..row("192.0.2.9", 1).failing() };
    let named = Made::new("Id 7", [odd, row("198.51.100.1", 1).from("shop.example")]).org(Some("Großpost"));
    let other = Made::new("8", [row("203.0.113.5", 1)]).domain(Some("news.example"));
    let mut page = Page::named([("Archive of May.zip".into(), named.xml()), ("b.xml".into(), other.xml())]);
    let mut records = |filter: &str| page.totals(filter).figures.records;
    for (filter, expected) in [
        ("shop", 1),
        ("SHOP.EX", 1),
        ("example", 3),
        ("192.0.2", 1),
        ("\"::ffff:192\"", 1),
        ("großpost", 2),
        ("\"ID 7\"", 2),
        ("archive", 2),
        ("-archive", 1),
        ("text:May.zip,news", 3),
        ("forward", 1),
        ("forward shop", 0),
        ("file:*may*", 2),
        ("file:b.xml", 1),
        ("file:b", 0),
        ("nowhere", 0),
    ] {
        assert_eq!(records(filter), expected, "{filter}");
    }
    let files = page.groups(Dimension::File, Column::Key, true);
    let files: Vec<(Key, u64)> = files.into_iter().map(|group| (group.key, group.figures.records)).collect();
    assert_eq!(files, [(Key::Text("Archive of May.zip".into()), 2), (Key::Text("b.xml".into()), 1)]);
}

#[test]
fn a_filter_is_narrowed_and_widened() {
    let filter: Filter = "from:a -from:b verdict:fail".parse().unwrap();
    let term = Key::Text("c".into()).term(Dimension::HeaderFrom).unwrap();
    let narrowed = filter.narrowed(term);
    assert_eq!(narrowed.to_string(), "-from:b verdict:fail from:c");
    assert_eq!(narrowed.without(1).to_string(), "-from:b from:c");
    assert_eq!(narrowed.without(3), narrowed);
    assert_eq!(narrowed.negated(0).negated(1).to_string(), "from:b -verdict:fail from:c");
    assert_eq!(narrowed.negated(3), narrowed);
    let clause = |text: &str| text.parse::<Filter>().unwrap().clauses.pop();
    assert_eq!(narrowed.with(Some(1), clause("dkim:pass")).to_string(), "-from:b dkim:pass from:c");
    assert_eq!(narrowed.with(Some(1), None), narrowed.without(1));
    assert_eq!(narrowed.with(None, clause("from:c d")).to_string(), "-from:b verdict:fail from:c d");
    assert_eq!(
        (narrowed.with(None, clause("from:c")), narrowed.with(None, None)),
        (narrowed.clone(), narrowed.clone()),
        "once"
    );
}
