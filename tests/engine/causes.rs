//! Causes of random reports: every source has one, and what is told of it is what the filter by its evidence finds.

use dmarcscope::analysis::causes::{Cause, Causes, RULES, StepKind};
use dmarcscope::analysis::{Answer, Ask, Clause, Column, Dimension, Filter, Query, Zone};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::Verdict;
use proptest::prelude::*;

use super::agreement::{filter, reports};
use crate::support::{Made, Page, cases, row};

fn causes(page: &mut Page, filter: &Filter, skip: u32, take: u32) -> Causes {
    causes_by(Dimension::Source, page, filter, skip, take)
}

fn causes_by(by: Dimension, page: &mut Page, filter: &Filter, skip: u32, take: u32) -> Causes {
    let asks = vec![Ask::Causes { by, skip, take }];
    let answers = page.ask(Query { filter: filter.clone(), zone: Zone::UTC, asks });
    let [Answer::Causes(causes)] = answers.as_slice() else { panic!("{answers:?}") };
    causes.clone()
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn every_source_and_sender_has_a_cause_and_evidence(
        reports in reports(), filter in filter(), is_of_senders in any::<bool>(), marks in 0..3_usize,
    ) {
        let by = if is_of_senders { Dimension::Sender } else { Dimension::Source };
        let mut page = Page::of(reports.iter().map(Made::xml));
        page.mark(["", "not-ours | 192.0.2.0/24\nours | 198.51.100.0/24", "allowed | 0.0.0.0/0\nnot-ours | example.org"][marks]);
        let told = causes_by(by, &mut page, &filter, 0, u32::MAX);
        let totals = page.totals(&filter.to_string());
        let mut sum = Figures::default();
        told.rows.iter().for_each(|likely| sum.merge(&likely.figures));
        prop_assert_eq!(sum, totals.figures);
        prop_assert!(told.rows.is_sorted_by_key(|likely| std::cmp::Reverse(likely.figures.failed)));
        prop_assert_eq!(told.total as usize, told.rows.len());
        for (cause, (sources, failed)) in Cause::ALL.into_iter().zip(told.sums) {
            let rows = || told.rows.iter().filter(|likely| likely.cause == cause);
            prop_assert_eq!(sources as usize, rows().count());
            prop_assert_eq!(failed, rows().map(|likely| likely.figures.failed).sum::<u64>());
        }
        for likely in &told.rows {
            let mut clauses = filter.clauses.clone();
            clauses.extend(likely.evidence.clauses.clone());
            let text = Filter { clauses }.to_string();
            let found = page.totals(&text);
            prop_assert!(found.figures.records > 0 && found.figures.messages() <= likely.figures.messages(), "{}", text);
            prop_assert!(likely.messages <= likely.figures.messages());
            prop_assert_eq!(likely.evidence.to_string().parse::<Filter>(), Ok(likely.evidence.clone()));
        }
        let some = causes_by(by, &mut page, &filter, 1, 2);
        prop_assert_eq!(&some.rows[..], told.rows.iter().skip(1).take(2).cloned().collect::<Vec<_>>());
        prop_assert_eq!((some.total, some.sums), (told.total, told.sums));
    }

    #[test]
    fn what_is_likely_of_a_source_does_not_hang_on_what_else_is_asked_about(reports in reports()) {
        let mut page = Page::of(reports.iter().map(Made::xml));
        for likely in causes(&mut page, &Filter::default(), 0, u32::MAX).rows {
            let Some(term) = likely.key.term(Dimension::Source) else { continue };
            let alone = Filter { clauses: vec![Clause { negated: false, term }] };
            prop_assert_eq!(causes(&mut page, &alone, 0, 9).rows, vec![likely]);
        }
    }

    #[test]
    fn findings_take_in_all_that_fails_and_their_evidence_shows_it(
        reports in reports(), filter in filter(), is_marked in any::<bool>(),
    ) {
        let mut page = Page::of(reports.iter().map(Made::xml));
        page.mark(if is_marked { "not-ours | 192.0.2.0/24\nnot-ours | example.org" } else { "" });
        let asks = vec![Ask::Findings { take: u32::MAX }, Ask::Totals];
        let answers = page.ask(Query { filter: filter.clone(), zone: Zone::UTC, asks });
        let [Answer::Findings(findings), Answer::Totals(totals)] = answers.as_slice() else { panic!("{answers:?}") };
        let failing = findings.rows.iter().filter(|finding| finding.of != Verdict::Pass);
        prop_assert!(failing.map(|finding| finding.messages).sum::<u64>() >= totals.figures.failed);
        prop_assert!(findings.rows.iter().map(|finding| finding.messages).sum::<u64>() <= totals.figures.messages());
        let (own, others): (Vec<_>, Vec<_>) = findings.rows.iter().partition(|finding| finding.step.kind.ease() > 0);
        prop_assert_eq!(findings.total as usize, own.len());
        prop_assert_eq!([own, others].concat(), findings.rows.iter().collect::<Vec<_>>());
        for finding in &findings.rows {
            let mut clauses = filter.clauses.clone();
            clauses.extend(finding.evidence.clauses.clone());
            let text = Filter { clauses }.to_string();
            let found = page.totals(&text).figures.messages();
            prop_assert!(found >= finding.messages, "{} of {} by {}", found, finding.messages, text);
            prop_assert_eq!(finding.evidence.to_string().parse::<Filter>(), Ok(finding.evidence.clone()));
        }
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(reports in reports()) {
        let told = |reports: &[Made]| {
            let mut rows = causes(&mut Page::of(reports.iter().map(Made::xml)), &Filter::default(), 0, u32::MAX).rows;
            rows.sort_by(|a, b| a.key.cmp(&b.key));
            rows.into_iter().map(|likely| (likely.key, likely.cause, likely.messages)).collect::<Vec<_>>()
        };
        let backwards: Vec<Made> = reports.iter().rev().cloned().collect();
        prop_assert_eq!(told(&reports), told(&backwards));
    }
}

#[test]
fn every_rule_names_its_source_and_every_cause_has_a_rule() {
    assert!(RULES.iter().all(|rule| rule.source.contains('§')), "a rule without a source");
    for cause in Cause::ALL {
        assert!(RULES.iter().any(|rule| rule.cause == cause), "no rule tells {cause:?}");
    }
    for step in StepKind::ALL {
        assert!(RULES.iter().any(|rule| rule.step == step), "no rule leads to {step:?}");
    }
    for verdict in Verdict::ALL {
        assert!(RULES.iter().any(|rule| rule.of == verdict));
    }
}

#[test]
fn before_the_list_is_there_nothing_is_likely() {
    let mut page = Page::new();
    page.drop([Made::new("1", [row("192.0.2.1", 3).failing(), row("192.0.2.2", 4)]).xml()]);
    let told: Vec<(Cause, u64)> =
        causes(&mut page, &Filter::default(), 0, 9).rows.iter().map(|likely| (likely.cause, likely.messages)).collect();
    assert_eq!(told, [(Cause::NotEnough, 3), (Cause::None, 4)]);
    let narrowed = Clause {
        negated: false,
        term: page.groups(Dimension::Source, Column::Key, true)[1].key.term(Dimension::Source).unwrap(),
    };
    assert_eq!(causes(&mut page, &Filter { clauses: vec![narrowed] }, 0, 9).total, 1);
}
