//! Queries worked on step by step while reports come in, and what a row costs.

use std::net::{IpAddr, Ipv4Addr};

use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Kept, Order, Query, Run, answer};
use dmarcscope::dataset::Dataset;
use dmarcscope::report::keyword::{AuthResult, Disposition, Evaluation, Keyword, ReasonType, RequestedPolicy};
use dmarcscope::report::{Dkim, Evaluated, PolicyPublished, Reason, Record, Report, Spf};
use proptest::prelude::*;

use super::agreement::{filter, reports};
use super::recount::{file as file_of, taken};
use crate::support::batch::{Piece, file, piece};
use crate::support::xml::{DAY, DAY_0};
use crate::support::{Made, Page, cases};

fn report(id: &str, org: Option<&str>, p: RequestedPolicy) -> Report {
    Report {
        org_name: org.map(Into::into),
        report_id: Some(id.into()),
        begin: Some(DAY_0),
        end: Some(DAY_0 + DAY),
        policy: PolicyPublished {
            domain: Some("example.org".into()),
            p: Keyword::Known(p),
            ..PolicyPublished::default()
        },
        ..Report::default()
    }
}

/// So many failing records; every fourth names no From domain.
fn records(count: u32, from: &'static str) -> Vec<Record<'static>> {
    let record = |n: u32| Record {
        source: Some(IpAddr::V4(Ipv4Addr::from_bits(0x0A00_0000 + n % 5_000))),
        count: u64::from(n % 9),
        evaluated: Some(Evaluated {
            disposition: Keyword::Known(Disposition::None),
            dkim: Keyword::Known(Evaluation::Fail),
            spf: Keyword::Known(Evaluation::Fail),
        }),
        header_from: (!n.is_multiple_of(4)).then(|| from.into()),
        ..Record::default()
    };
    (0..count).map(record).collect()
}

fn everything() -> Query {
    let order = Order { by: Column::Key, ascending: true };
    let within = vec![Dimension::Source, Dimension::Dkim, Dimension::Reporter];
    let groups = |by| Ask::Groups { by, order, skip: 0, take: 20, find: "e".into(), within: within.clone(), most: 2 };
    // Who sends from an address is what is known of it by now.
    let dimensions = Dimension::ALL.into_iter().filter(|by| *by != Dimension::Sender);
    let causes = Ask::Causes { by: Dimension::Source, skip: 0, take: 30 };
    let asks = [Ask::Totals, Ask::Series].into_iter().chain(dimensions.map(groups)).chain([causes]).collect();
    Query { asks, ..Query::default() }
}

/// Works on a query, absorbing after the first step what `grow` gives it.
fn grown(dataset: &mut Dataset, query: &Query, grow: impl FnOnce(&mut Dataset)) -> Vec<Answer> {
    let mut run = Run::of(query, dataset);
    assert!(run.step(dataset), "more than one step, or nothing is tested");
    grow(dataset);
    run.finish(dataset)
}

#[test]
fn a_query_answers_for_the_state_at_its_start() {
    let mut dataset = Dataset::default();
    let (known, nameless) = (report("1", Some("a"), RequestedPolicy::None), report("2", None, RequestedPolicy::Reject));
    dataset.absorb(0, &file(0, &known, &records(20_000, "a.example")));
    dataset.absorb(0, &file(1, &nameless, &records(5_000, "b.example")));
    // Two readers are within reports; the first one's will turn out to be a twin.
    let twin = records(20_000, "a.example");
    let part = |file, report, is_first| Piece { file, report, is_first, is_last: !is_first };
    let late = report("3", Some("c"), RequestedPolicy::None);
    dataset.absorb(2, &piece(&part(3, &late, true), &records(3_000, "c.example")));
    dataset.absorb(1, &piece(&part(2, &known, true), &twin[..15_000]));
    let query = everything();
    let expected = answer(&query, &dataset);
    let answers = grown(&mut dataset, &query, |dataset| {
        dataset.absorb(1, &piece(&part(2, &known, false), &twin[15_000..]));
        assert!(!dataset.counts[3], "the twin was found");
        // Rows of a report that counted at the start, and new names of everything.
        dataset.absorb(2, &piece(&part(3, &late, false), &records(30_000, "d.example")));
        dataset.absorb(3, &file(4, &report("9", Some("e"), RequestedPolicy::None), &records(9_000, "e.example")));
        dataset.absorb(3, &file(5, &known, &records(20_000, "a.example")));
    });
    assert_eq!(answers, expected);
    let Answer::Totals(after) = answer(&query, &dataset)[0] else { panic!() };
    assert_eq!((after.figures.records, after.reports), (20_000 + 5_000 + 33_000 + 9_000, 4));
}

#[test]
fn a_query_starts_anew_where_a_report_tells_its_policy_late() {
    let mut dataset = Dataset::default();
    let (bare, whole) = (Report::default(), report("1", Some("a"), RequestedPolicy::Reject));
    let first = Piece { file: 0, report: &bare, is_first: true, is_last: false };
    dataset.absorb(0, &piece(&first, &records(40_000, "example.org")));
    let query = everything();
    let answers = grown(&mut dataset, &query, |dataset| {
        dataset.absorb(0, &piece(&Piece { report: &whole, is_first: false, is_last: true, ..first }, &[]));
    });
    assert_eq!(answers, answer(&query, &dataset));
    let Answer::Series(series) = &answers[1] else { panic!() };
    let sum: u64 = records(40_000, "").iter().map(|record| record.count).sum();
    assert_eq!(series.days.len(), 1, "no message is left without a day");
    assert_eq!(
        series.days[0].messages.iter().filter(|count| **count > 0).collect::<Vec<_>>(),
        [&sum],
        "nor with two outcomes"
    );
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn what_comes_after_the_start_changes_nothing(
        reports in reports(), later in reports(), filter in filter(), resent in prop::collection::vec(0..7_usize, 0..4),
    ) {
        let mut page = Page::labelled(reports.iter().map(|report| (file_of(report), report.xml())));
        let query = Query { filter, ..everything() };
        let taken = taken(&reports, &query.filter, &query.zone);
        let causes = answer(&query, page.dataset()).pop();
        let run = Run::of(&query, page.dataset());
        page.drop(resent.iter().filter_map(|place| reports.get(*place)).map(Made::xml));
        page.drop((100..).zip(&later).map(|(id, made): (u32, &Made)| Made { id: Some(id.to_string()), ..made.clone() }.xml()));
        let mut answers = run.finish(page.dataset());
        prop_assert_eq!(answers.pop(), causes);
        prop_assert_eq!(&answers[0], &Answer::Totals(taken.totals()));
        prop_assert_eq!(&answers[1], &Answer::Series(taken.series()));
        for (answer, ask) in answers[2..].iter().zip(&query.asks[2..]) {
            prop_assert_eq!(answer, &Answer::Groups(taken.groups(ask)));
        }
    }
}

/// The answers to a query that takes what is kept, and keeps what it works out.
fn answer_and_keep(query: &Query, kept: &mut Kept, dataset: &Dataset) -> Vec<Answer> {
    let mut run = Run::of(query, dataset);
    run.begin(kept, dataset);
    run.finish_and_keep(kept, dataset)
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_kept_for_the_next_query_changes_nothing(
        reports in reports(), later in reports(), filters in [filter(), filter()], resent in prop::collection::vec(0..7_usize, 0..4),
    ) {
        let mut page = Page::labelled(reports.iter().map(|report| (file_of(report), report.xml())));
        let mut kept = Kept::default();
        let queries = filters.map(|filter| Query { filter, ..everything() });
        let more = |id: &str, made: &Made| Made { id: Some(id.to_owned()), ..made.clone() }.xml();
        for round in 0..3_u32 {
            for query in queries.iter().chain(&queries) {
                // Twice over, so that the second time the filter is known as well.
                for _ in 0..2 {
                    prop_assert_eq!(answer_and_keep(query, &mut kept, page.dataset()), answer(query, page.dataset()));
                }
            }
            page.drop(resent.iter().filter_map(|place| reports.get(*place)).map(Made::xml));
            page.drop((0..).zip(&later).map(|(id, made): (u32, &Made)| more(&format!("{round} {id}"), made)));
        }
    }
}

#[test]
fn what_is_kept_is_forgotten_where_a_report_tells_its_policy_late() {
    let mut dataset = Dataset::default();
    let (bare, whole) = (Report::default(), report("1", Some("a"), RequestedPolicy::Reject));
    let first = Piece { file: 0, report: &bare, is_first: true, is_last: false };
    dataset.absorb(0, &piece(&first, &records(4_000, "example.org")));
    let (query, mut kept) = (everything(), Kept::default());
    assert_eq!(answer_and_keep(&query, &mut kept, &dataset), answer(&query, &dataset));
    dataset.absorb(0, &piece(&Piece { report: &whole, is_first: false, is_last: true, ..first }, &[]));
    assert_eq!(answer_and_keep(&query, &mut kept, &dataset), answer(&query, &dataset));
}

/// A number that looks like chance, always the same for the same `n`.
fn noise(n: u64) -> u64 {
    let mixed = (n ^ 0x9E37_79B9).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (mixed ^ (mixed >> 29)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 32
}

/// Records as large senders have them: own servers and vendors send most, forwarders and the rest of the world a few each.
fn realistic(n: u64) -> Record<'static> {
    let (kind, pick) = (noise(n) % 100, noise(n + 1_000_000));
    let sender = pick % 40;
    let is_odd = kind >= 70;
    let address = if is_odd { noise(n + 7) as u32 } else { 0xC633_6400 + (sender * 8 + noise(n + 3) % 8) as u32 };
    let domain = format!("brand{}.example", pick % 5);
    let sent_by = format!("mail{sender}.vendor.example");
    let result = |passes| Keyword::Known(if passes { AuthResult::Pass } else { AuthResult::Fail });
    let word = |passes| Keyword::Known(if passes { Evaluation::Pass } else { Evaluation::Fail });
    let dkim = |domain: &str, selector: String| Dkim {
        domain: Some(domain.to_owned().into()),
        selector: Some(selector.into()),
        result: result(!is_odd),
        ..Dkim::default()
    };
    let forwarder = format!("forwarder{}.example", noise(n + 5) % 3_000);
    let arc = kind > 96;
    Record {
        source: Some(IpAddr::V4(Ipv4Addr::from_bits(address))),
        count: 1 + noise(n + 2) % 50,
        evaluated: Some(Evaluated {
            disposition: Keyword::Known(Disposition::None),
            dkim: word(!is_odd),
            spf: word(kind < 60),
        }),
        // One record in a hundred has a comment of its own.
        reasons: arc
            .then(|| Reason {
                kind: Keyword::Known(ReasonType::LocalPolicy),
                comment: Some(
                    format!("arc=pass as[1].d={forwarder} as[1].s=arc remote-ip[1]=192.0.2.{}", n % 251).into(),
                ),
                lang: None,
            })
            .into_iter()
            .collect(),
        header_from: Some(domain.clone().into()),
        envelope_from: (kind % 5 > 1).then(|| if is_odd { forwarder.clone().into() } else { sent_by.clone().into() }),
        envelope_to: (kind % 7 == 0).then(|| format!("customer{}.example", noise(n + 9) % 400).into()),
        dkim: vec![dkim(&domain, format!("s{}", pick % 6)), dkim(&sent_by, format!("k{}", pick % 3))],
        spf: vec![Spf {
            domain: Some(if is_odd { forwarder } else { sent_by }.into()),
            result: result(kind < 60),
            ..Spf::default()
        }],
        ..Record::default()
    }
}

#[test]
fn a_row_takes_no_more_than_150_bytes() {
    let mut dataset = Dataset::default();
    // A few rows past a power of two, where the columns have the most room to spare.
    for batch in 0..33_u32 {
        let rows: Vec<Record<'_>> = (0..1_000).map(|n| realistic(u64::from(batch) * 1_000 + n)).collect();
        let report = report(&batch.to_string(), Some("a"), RequestedPolicy::None);
        dataset.absorb(0, &file(batch, &report, &rows));
    }
    assert_eq!(dataset.records.len(), 33_000);
    let bytes = dataset.row_bytes() / dataset.records.len();
    assert!((33..=150).contains(&bytes), "{bytes}");
    println!("{bytes} bytes a row");
}
