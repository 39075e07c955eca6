//! Figures by source, From domain, policy domain and reporter.

use dmarcscope::analysis::{Column, Dimension, Group, Key};
use dmarcscope::report::Figures;

use crate::support::xml::{DAY, DAY_0};
use crate::support::{Made, Page, Row, row};

fn keys(groups: &[Group]) -> Vec<String> {
    let key = |group: &Group| match &group.key {
        Key::Address(address) => address.to_string(),
        Key::Text(text) => format!("'{text}'"),
        Key::Report(report) => format!("#{}", report.report),
        Key::Absent => "-".to_owned(),
        other => format!("{other:?}"),
    };
    groups.iter().map(key).collect()
}

fn page() -> Page {
    let nobody = Row { from: None, ..row("10.0.0.9", 6) };
    let silent = Row { evaluated: None, ..row("10.0.0.10", 40) };
    Page::of([
        Made::new("1", [row("10.0.0.9", 5), row("10.0.0.10", 7).failing(), nobody]).xml(),
        Made::new("2", [row("2001:db8::1", 7).from("b.example"), row("zzz", 7), row("", 7).failing()])
            .org(Some("Alpha"))
            .domain(Some("example.net"))
            .period(Some(DAY_0 - DAY), Some(DAY_0 - 1))
            .xml(),
        Made::new("3", [silent, row("10.0.0.9", 1)]).org(None).domain(None).period(None, None).xml(),
    ])
}

#[test]
fn sources_are_ordered_by_number_and_what_is_no_address_comes_after() {
    let mut page = page();
    let sources = page.groups(Dimension::Source, Column::Key, true);
    assert_eq!(keys(&sources), ["10.0.0.9", "10.0.0.10", "2001:db8::1", "''", "'zzz'"]);
    let expected = Group {
        key: Key::Address("10.0.0.10".parse().unwrap()),
        figures: Figures { records: 2, passed: 0, failed: 7, unknown: 40 },
        // The second record belongs to no day.
        first: Some(19_675),
        last: Some(19_675),
        within: Vec::new(),
    };
    assert_eq!(sources[1], expected);
    assert_eq!(keys(&page.groups(Dimension::Source, Column::Key, false))[0], "'zzz'");
}

#[test]
fn every_dimension_has_its_groups_and_one_for_what_is_absent() {
    let mut page = page();
    let mut all = |by| {
        let groups = page.groups(by, Column::Key, true);
        let messages: Vec<u64> = groups.iter().map(|group| group.figures.messages()).collect();
        (keys(&groups), messages)
    };
    let texts = |keys: &[&str]| keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(all(Dimension::HeaderFrom), (texts(&["'b.example'", "'example.org'", "-"]), vec![7, 67, 6]));
    assert_eq!(all(Dimension::Domain), (texts(&["'example.net'", "'example.org'", "-"]), vec![21, 18, 41]));
    assert_eq!(all(Dimension::Reporter), (texts(&["'Alpha'", "'reporter.example'", "-"]), vec![21, 18, 41]));
}

#[test]
fn columns_order_groups_and_ties_stand_in_the_order_of_the_key() {
    let mut page = page();
    let mut order = |column, ascending| keys(&page.groups(Dimension::Source, column, ascending));
    // Messages: 12 of .9, 47 of .10, 7 each of the others.
    assert_eq!(order(Column::Messages, false), ["10.0.0.10", "10.0.0.9", "2001:db8::1", "''", "'zzz'"]);
    assert_eq!(order(Column::Messages, true), ["2001:db8::1", "''", "'zzz'", "10.0.0.9", "10.0.0.10"]);
    assert_eq!(order(Column::Failed, false), ["10.0.0.10", "''", "10.0.0.9", "2001:db8::1", "'zzz'"]);
    assert_eq!(order(Column::Passed, false), ["10.0.0.9", "2001:db8::1", "'zzz'", "10.0.0.10", "''"]);
    assert_eq!(order(Column::Unknown, false), ["10.0.0.10", "10.0.0.9", "2001:db8::1", "''", "'zzz'"]);
    assert_eq!(order(Column::First, true), ["2001:db8::1", "''", "'zzz'", "10.0.0.9", "10.0.0.10"]);
    assert_eq!(order(Column::Last, false), ["10.0.0.9", "10.0.0.10", "2001:db8::1", "''", "'zzz'"]);
}

#[test]
fn groups_without_any_day_come_last_whichever_way_days_are_ordered() {
    let mut page = page();
    for (column, ascending) in [Column::First, Column::Last].into_iter().flat_map(|c| [(c, true), (c, false)]) {
        let groups = page.groups(Dimension::Reporter, column, ascending);
        assert_eq!((groups[2].key.clone(), groups[2].first, groups[2].last), (Key::Absent, None, None));
    }
}

#[test]
fn pages_of_groups_are_pieces_of_the_whole() {
    // Many ties, so that a careless selection would tear them.
    let rows: Vec<Row> = (0..200_u64).map(|n| row(&format!("10.0.{}.1", n * 89 % 200), n % 3)).collect();
    let mut page = Page::of([Made::new("1", rows).xml()]);
    for (column, ascending) in [(Column::Messages, false), (Column::Messages, true), (Column::Key, false)] {
        let whole = page.groups(Dimension::Source, column, ascending);
        assert_eq!(whole.len(), 200);
        for (skip, take) in [(0, 0), (0, 1), (5, 10), (66, 2), (190, 50), (200, 1), (u32::MAX, u32::MAX)] {
            let part = page.page_of_groups(Dimension::Source, column, ascending, skip, take);
            let from = (skip as usize).min(200);
            let upto = from.saturating_add(take as usize).min(200);
            assert_eq!((part.total, &part.rows[..]), (200, &whole[from..upto]), "{column:?} {skip} {take}");
        }
    }
}
