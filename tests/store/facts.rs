//! What is known of addresses from elsewhere: filtered and grouped by, and told anew while a query is worked on.

use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Key, Query, Run};
use dmarcscope::dataset::Fact;

use crate::support::{Made, Page, row};

fn page() -> Page {
    let rows = [row("192.0.2.1", 3), row("192.0.2.2", 5), row("no address", 7)];
    Page::of([Made::new("1", rows).xml()])
}

fn told(address: std::net::IpAddr, fact: Fact) -> Option<&'static str> {
    (fact == Fact::Network && address.to_string() == "192.0.2.2").then_some("AS64496 Example")
}

fn groups(page: &mut Page) -> Vec<(Key, u64)> {
    let groups = page.groups_of(&Filter::default(), Dimension::Network);
    groups.into_iter().map(|group| (group.key, group.figures.messages())).collect()
}

#[test]
fn what_is_known_is_filtered_and_grouped_by_and_unknown_is_a_value() {
    let mut page = page();
    assert_eq!(groups(&mut page), [(Key::Absent, 15)]);
    page.annotate(told);
    assert_eq!(groups(&mut page), [(Key::Absent, 10), (Key::Text("AS64496 Example".into()), 5)]);
    for (filter, messages) in [("network:\"as64496 *\"", 5), ("network:?", 10), ("-network:?", 5), ("country:?", 15)] {
        assert_eq!(page.totals(filter).figures.messages(), messages, "{filter}");
    }
    // An address that comes later is unknown until something is told of it.
    page.drop([Made::new("2", [row("192.0.2.9", 100), row("192.0.2.2", 1)]).xml()]);
    assert_eq!(groups(&mut page), [(Key::Absent, 110), (Key::Text("AS64496 Example".into()), 6)]);
    page.annotate(|_, _| None);
    assert_eq!(groups(&mut page), [(Key::Absent, 116)]);
}

#[test]
fn what_is_told_makes_a_query_start_anew() {
    let mut page = page();
    let query = Query { filter: "network:as64496*".parse().unwrap(), asks: vec![Ask::Totals], ..Query::default() };
    let mut run = Run::of(&query, page.dataset());
    assert!(run.step(page.dataset()));
    page.annotate(told);
    let Answer::Totals(totals) = run.finish(page.dataset())[0] else { panic!() };
    assert_eq!(totals.figures.messages(), 5);
}
