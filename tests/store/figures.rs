//! Headline figures and the series by day.

use dmarcscope::analysis::{LONG_PERIOD, Totals, Zone};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::Outcome;

use crate::support::xml::{DAY, DAY_0};
use crate::support::{Made, Page, Row, row};

/// The number of the builder's first day.
const FIRST: i32 = 19_675;

fn figures(records: u64, passed: u64, failed: u64, unknown: u64) -> Figures {
    Figures { records, passed, failed, unknown }
}

#[test]
fn the_headline_figures_count_messages_reports_and_what_is_distinct() {
    let silent = Row { evaluated: None, ..row("2001:db8::1", 1_000) };
    let mut page = Page::of([
        Made::new("1", [row("192.0.2.1", 3), row("192.0.2.2", 4).failing(), silent]).xml(),
        Made::new("2", [row("192.0.2.1", 10), row("nowhere", 20)]).domain(Some("example.net")).xml(),
        Made::new("3", [row("::ffff:192.0.2.2", 100)])
            .org(Some("other.example"))
            .period(Some(DAY_0 + 2 * DAY), Some(DAY_0 + 3 * DAY - 1))
            .xml(),
    ]);
    let expected = Totals {
        figures: figures(6, 133, 4, 1_000),
        reports: 3,
        // The mapped address is the IPv4 address, and what cannot be read is none.
        sources: 3,
        reporters: 2,
        domains: 2,
        first: Some(FIRST),
        last: Some(FIRST + 2),
    };
    assert_eq!(page.totals(""), expected);
    assert_eq!(page.totals("verdict:pass").figures, figures(4, 133, 0, 0));
    assert_eq!(page.totals("domain:example.net").figures.messages(), 30);
    assert_eq!(Page::new().totals(""), Totals::default());
}

#[test]
fn a_report_without_records_counts_as_a_report_only() {
    let mut page = Page::of([
        Made::new("1", []).period(Some(DAY_0 + DAY), Some(DAY_0 + 2 * DAY - 1)).xml(),
        Made::new("2", [row("192.0.2.1", 5)]).xml(),
    ]);
    let totals = page.totals("");
    assert_eq!((totals.reports, totals.figures), (2, figures(1, 5, 0, 0)));
    assert_eq!((totals.first, totals.last), (Some(FIRST), Some(FIRST + 1)));
    let days = |page: &mut Page, filter: &str| -> Vec<(i32, u64)> {
        page.series(filter, &Zone::UTC).days.iter().map(|row| (row.day, row.messages.iter().sum())).collect()
    };
    assert_eq!(
        days(&mut page, ""),
        [(FIRST, 5), (FIRST + 1, 0)],
        "a day with a report and no mail is zero, not missing"
    );
    assert_eq!(
        days(&mut page, "ip:192.0.2.1"),
        [(FIRST, 5), (FIRST + 1, 0)],
        "a report, and none of its mail from there: nought, no gap"
    );
    assert_eq!(page.totals("ip:192.0.2.1").reports, 1, "it has no record with that address");
    assert_eq!(page.totals("domain:example.org").reports, 2);
    assert_eq!(page.totals("domain:example.net").reports, 0);
}

#[test]
fn absent_reporters_and_domains_are_one_more_each() {
    let mut page = Page::of([
        Made::new("1", [row("192.0.2.1", 1)]).org(None).xml(),
        Made::new("2", [row("192.0.2.1", 2)]).org(None).domain(None).xml(),
        Made::new("3", [row("192.0.2.1", 4)]).xml(),
        Made::new("4", [row("192.0.2.1", 8)]).org(Some("")).xml(),
    ]);
    let totals = page.totals("");
    assert_eq!((totals.reporters, totals.domains, totals.figures.messages()), (3, 2, 15));
    assert_eq!(page.totals("reporter:*").figures.messages(), 12, "absent is not empty");
    assert_eq!(page.totals("-reporter:*").figures.messages(), 3);
    assert_eq!(page.totals("-domain:*").figures.messages(), 2);
    assert_eq!(page.totals("reporter:\"\"").figures.messages(), 8);
}

/// A report of so many messages over this period.
fn over(id: &str, count: u64, begin: Option<i64>, end: Option<i64>) -> Vec<u8> {
    Made::new(id, [row("192.0.2.1", count), row("192.0.2.2", 1).failing()]).period(begin, end).xml()
}

#[test]
fn a_day_is_the_midpoints_in_the_zone_asked_for() {
    const HOUR: i64 = 3_600;
    let mut page = Page::of([
        over("1", 10, Some(DAY_0), Some(DAY_0 + DAY - 1)),
        // From 23:00 to 23:00: most of it lies on the next day.
        over("2", 20, Some(DAY_0 + 23 * HOUR), Some(DAY_0 + 47 * HOUR)),
        over("3", 40, None, Some(DAY_0 + 3 * DAY + HOUR)),
        over("4", 80, Some(DAY_0 - HOUR), None),
        over("5", 160, None, None),
    ]);
    let passed = Outcome::PassedDkim as usize;
    let days = |page: &mut Page, zone: &Zone| -> Vec<(i32, u64)> {
        let series = page.series("", zone);
        assert_eq!(series.dateless[passed], 160);
        assert_eq!(series.dateless[Outcome::FailedMonitoring as usize], 1);
        series.days.iter().map(|row| (row.day - FIRST, row.messages[passed])).collect()
    };
    assert_eq!(days(&mut page, &Zone::UTC), [(-1, 80), (0, 10), (1, 20), (3, 40)]);
    let east = Zone { offsets: vec![(0, 2 * 3_600)] };
    assert_eq!(days(&mut page, &east), [(0, 90), (1, 20), (3, 40)]);
    let west = Zone { offsets: vec![(0, -12 * 3_600)] };
    assert_eq!(days(&mut page, &west), [(-1, 90), (0, 20), (2, 40)]);
    // The clock goes 12 hours back between the second day and the fourth.
    let changing = Zone { offsets: vec![(0, 2 * 3_600), (DAY_0 + 2 * DAY, -12 * 3_600)] };
    assert_eq!(days(&mut page, &changing), [(0, 90), (1, 20), (2, 40)]);
}

#[test]
fn days_of_long_reports_are_marked() {
    let mut page = Page::of([
        over("1", 1, Some(DAY_0), Some(DAY_0 + LONG_PERIOD)),
        over("2", 1, Some(DAY_0 + 9 * DAY), Some(DAY_0 + 9 * DAY + LONG_PERIOD + 1)),
        over("3", 1, Some(DAY_0 + 20 * DAY), Some(DAY_0 + 34 * DAY)),
        over("4", 1, Some(DAY_0 + 27 * DAY), Some(DAY_0 + 27 * DAY + 9)),
        over("5", 1, Some(DAY_0 + 50 * DAY), None),
    ]);
    let days: Vec<(i32, bool)> =
        page.series("", &Zone::UTC).days.iter().map(|row| (row.day - FIRST, row.long)).collect();
    assert_eq!(days, [(0, false), (9, true), (27, true), (50, false)]);
    assert!(!page.series("-period:2023-12-11", &Zone::UTC).days.iter().any(|row| row.day == FIRST + 27));
}

#[test]
fn outcomes_look_at_the_policy_the_report_states() {
    let asks = |p, sp, rows: Vec<Row>| Made { p, sp, ..Made::new("1", rows) };
    let below = row("192.0.2.1", 1).failing().from("sub.example.org");
    let at = row("192.0.2.1", 10).failing();
    let mut page = Page::of([asks(Some("reject"), Some("none"), vec![below.clone(), at.clone()]).xml()]);
    let of = |page: &mut Page, outcome: &str| page.totals(&format!("outcome:{outcome}")).figures.messages();
    assert_eq!((of(&mut page, "monitoring"), of(&mut page, "unexplained")), (1, 10));
    let mut page = Page::of([asks(Some("none"), Some("reject"), vec![below, at]).xml()]);
    assert_eq!((of(&mut page, "monitoring"), of(&mut page, "unexplained")), (10, 1));
}
