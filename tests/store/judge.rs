//! Whose verdicts are counted: with ours every figure is ours, and they agree with each other as the reporters' do.

use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Key, Order, Query, Zone};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::{Outcome, Verdict};

use crate::support::{Made, Page, row};

type Result3 = (&'static str, &'static str, &'static str);

fn page() -> Page {
    let three = |results: &[Result3]| -> Vec<_> {
        results.iter().map(|(a, b, c)| [a, b, c].map(|text| Some((*text).to_owned()))).collect()
    };
    let own: &[Result3] = &[("example.org", "s1", "pass")];
    let other: &[Result3] = &[("v.example", "s1", "pass")];
    let of = |row: crate::support::Row, dkim| crate::support::Row {
        dkim: three(dkim),
        spf: three(&[("v.example", "mfrom", "pass")]),
        ..row
    };
    Page::of([Made::new(
        "1",
        vec![
            of(row("192.0.2.1", 1), own),
            of(row("192.0.2.2", 2).failing(), own),
            of(row("192.0.2.3", 4), other),
            of(row("192.0.2.4", 8).failing(), other),
            of(row("192.0.2.5", 16).judged("reject", "fail", "fail"), own),
            of(row("192.0.2.6", 32).judged("reject", "fail", "fail"), other),
        ],
    )
    .xml()])
}

fn verdicts(figures: &Figures) -> [u64; 3] {
    [figures.passed, figures.failed, figures.unknown]
}

#[test]
fn with_ours_every_figure_is_ours() {
    let mut page = page();
    assert_eq!(verdicts(&page.totals("").figures), [5, 58, 0]);
    assert_eq!(verdicts(&page.totals("judge:reporter").figures), [5, 58, 0]);
    assert_eq!(verdicts(&page.totals("judge:ours").figures), [19, 44, 0]);
    assert_eq!(verdicts(&page.totals("-judge:ours").figures), [5, 58, 0]);
    for verdict in Verdict::ALL.map(Verdict::word) {
        // The filter takes what the figures count, and what our own field says.
        let by_field = page.totals(&format!("ours:{verdict}")).figures.messages();
        assert_eq!(page.totals(&format!("verdict:{verdict} judge:ours")).figures.messages(), by_field, "{verdict}");
        assert_eq!(page.totals(&format!("judge:ours verdict:{verdict}")).figures.messages(), by_field, "{verdict}");
    }
    let filter: Filter = "judge:ours".parse().unwrap();
    let by = |by| {
        let (order, find) = (Order::default(), String::new());
        Ask::Groups { by, order, skip: 0, take: 99, find, within: vec![Dimension::Outcome], most: 99 }
    };
    let asks = vec![Ask::Series, by(Dimension::Verdict), by(Dimension::Source), by(Dimension::Outcome)];
    let answers = page.ask(Query { filter, zone: Zone::UTC, asks });
    let [Answer::Series(series), Answer::Groups(verdicts), Answer::Groups(sources), Answer::Groups(outcomes)] =
        answers.as_slice()
    else {
        panic!("{answers:?}")
    };
    let sums = |key: &Key| verdicts.rows.iter().find(|group| group.key == *key).map(|group| group.figures.messages());
    assert_eq!((sums(&Key::Verdict(Verdict::Pass)), sums(&Key::Verdict(Verdict::Fail))), (Some(19), Some(44)));
    assert_eq!(sources.rows.iter().map(|group| group.figures.passed).sum::<u64>(), 19);
    for group in &outcomes.rows {
        let Key::Outcome(outcome) = group.key else { panic!("{group:?}") };
        let of_days: u64 = series.days.iter().map(|day| day.messages[outcome as usize]).sum();
        assert_eq!(of_days, group.figures.messages(), "{outcome:?}");
        let filtered = page.totals(&format!("judge:ours outcome:{}", outcome.word())).figures.messages();
        assert_eq!(filtered, group.figures.messages(), "{outcome:?}");
    }
    // What passes for us and was rejected, and what passed for the receiver alone.
    let messages = |page: &mut Page, outcome: Outcome| {
        page.totals(&format!("judge:ours outcome:{}", outcome.word())).figures.messages()
    };
    assert_eq!(messages(&mut page, Outcome::PassedYetActed), 16);
    assert_eq!(messages(&mut page, Outcome::FailedDispositionUnknown), 4);
    assert_eq!(messages(&mut page, Outcome::FailedRejected), 32);
}

#[test]
fn findings_by_our_verdicts_are_those_of_their_filters() {
    let mut page = page();
    for filter in ["judge:ours", "judge:ours ip:192.0.2.0/29"] {
        let filter: Filter = filter.parse().unwrap();
        let answers =
            page.ask(Query { filter: filter.clone(), zone: Zone::UTC, asks: vec![Ask::Findings { take: 99 }] });
        let [Answer::Findings(findings)] = answers.as_slice() else { panic!("{answers:?}") };
        assert!(findings.rows.iter().any(|finding| finding.of == Verdict::Fail));
        for finding in &findings.rows {
            let mut all = filter.clone();
            all.clauses.extend(finding.evidence.clauses.clone());
            assert_eq!(page.totals(&all.to_string()).figures.messages(), finding.messages, "{all}");
        }
    }
}

#[test]
fn whose_verdicts_compare_side_by_side() {
    let mut page = page();
    let against = "judge:ours".parse().unwrap();
    let ask = Ask::Compare {
        by: Dimension::HeaderFrom,
        against,
        order: Order::default(),
        skip: 0,
        take: 9,
        find: String::new(),
    };
    let answers = page.ask(Query { filter: Filter::default(), zone: Zone::UTC, asks: vec![ask] });
    let [Answer::Compared(compared)] = answers.as_slice() else { panic!("{answers:?}") };
    let sides: Vec<_> = compared.rows.iter().map(|sides| (verdicts(&sides.own), verdicts(&sides.other))).collect();
    assert_eq!(sides, [([5, 58, 0], [19, 44, 0])]);
}
