//! Labels of policy domains: kept, filtered and grouped by, and other ones while a query is worked on.

use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Key, Query, Run};
use dmarcscope::protocol::{Question, Reply};
use dmarcscope::roles::Store;
use dmarcscope::storage::{Memory, Storage};

use crate::support::{Made, Page, row};

fn page() -> Page {
    let made = |id: &str, domain| Made::new(id, [row("192.0.2.1", 3)]).domain(domain).xml();
    Page::of([
        made("1", Some("a.example")),
        made("2", Some("B.example")),
        made("3", None),
        made("4", Some("c.example")),
    ])
}

fn groups(page: &mut Page) -> Vec<(Key, u64)> {
    let groups = page.groups_of(&Filter::default(), Dimension::Label);
    groups.into_iter().map(|group| (group.key, group.figures.messages())).collect()
}

fn text(key: &str) -> Key {
    Key::Text(key.into())
}

#[test]
fn a_label_is_filtered_and_grouped_by_whatever_came_first() {
    let mut page = page();
    assert_eq!(groups(&mut page), [(Key::Absent, 12)]);
    let kept = page.label("Ours: A.example\nours: b.example\nAll: a.example\nAll: later.example\n");
    assert_eq!(
        kept.to_string().lines().skip(1).collect::<Vec<_>>(),
        ["All: a.example", "All: later.example", "Ours: a.example", "Ours: b.example"]
    );
    assert_eq!(groups(&mut page), [(text("Ours"), 6), (Key::Absent, 6), (text("All"), 3)]);
    page.drop([Made::new("5", [row("192.0.2.1", 100)]).domain(Some("Later.example")).xml()]);
    assert_eq!(groups(&mut page)[0], (text("All"), 103));
    for (filter, messages) in
        [("label:OURS", 6), ("label:*", 106), ("label:?", 6), ("-label:all", 9), ("label:all label:ours", 3)]
    {
        assert_eq!(page.totals(filter).figures.messages(), messages, "{filter}");
    }
    page.label("");
    assert_eq!(groups(&mut page), [(Key::Absent, 112)]);
}

#[test]
fn other_labels_make_a_query_start_anew() {
    let mut page = page();
    let ask = Ask::Totals;
    let query = Query { filter: "label:x".parse().unwrap(), asks: vec![ask], ..Query::default() };
    let mut run = Run::of(&query, page.dataset());
    assert!(run.step(page.dataset()));
    page.label("x: a.example");
    let Answer::Totals(totals) = run.finish(page.dataset())[0] else { panic!() };
    assert_eq!(totals.figures.messages(), 3);
}

#[test]
fn labels_are_there_again_where_they_were_kept() {
    let labels = vec![("Ours".to_owned(), "a.example".to_owned())];
    let mut storage = Memory::default();
    let mut store = Store::new(storage.clone());
    store.ask(0, Question::Labels { id: 1, set: Some(labels.clone()) });
    let ask = |store: &mut Store<Memory>| match store.ask(0, Question::Labels { id: 2, set: None }) {
        Some(Reply::Labels { id: 2, labels }) => labels,
        other => panic!("{other:?}"),
    };
    assert_eq!(ask(&mut store), labels);
    // What is kept is the storage's; what cannot be read is none.
    storage.put("labels", dmarcscope::protocol::pack(&labels));
    assert_eq!(ask(&mut Store::new(storage.clone())), labels);
    storage.put("labels", vec![0xff; 9]);
    assert_eq!(ask(&mut Store::new(storage)), vec![]);
}
