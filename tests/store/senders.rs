//! Who sends: addresses by what most of their mail proves, whenever the suffix list and the catalogue come.

use dmarcscope::analysis::{Column, Dimension, Key};
use dmarcscope::protocol::{Question, Reply};

use crate::support::{Made, Page, Row, row};

type Result3 = (&'static str, &'static str, &'static str);

fn proven(address: &str, count: u64, dkim: &[Result3], spf: &[Result3]) -> Row {
    let three =
        |results: &[Result3]| results.iter().map(|(a, b, c)| [a, b, c].map(|text| Some((*text).to_owned()))).collect();
    Row { dkim: three(dkim), spf: three(spf), ..row(address, count) }.from("a.example")
}

fn rows() -> Vec<Row> {
    vec![
        // Another organization counts before the own one.
        proven("192.0.2.1", 5, &[("a.example", "s1", "pass"), ("mail.v.example", "k", "pass")], &[]),
        proven("192.0.2.2", 5, &[("a.example", "s1", "pass")], &[("bounce.v.example", "mfrom", "pass")]),
        proven("192.0.2.3", 5, &[("sub.a.example", "S1", "pass")], &[("a.example", "mfrom", "pass")]),
        proven("192.0.2.4", 5, &[("a.example", "s1", "fail")], &[("crm.a.example", "mfrom", "pass")]),
        // What greets proves nothing, and most messages decide.
        proven("192.0.2.5", 5, &[("a.example", "s1", "fail")], &[("v.example", "helo", "pass")]),
        proven("192.0.2.6", 4, &[("a.example", "s2", "pass")], &[]),
        proven("192.0.2.6", 3, &[("v.example", "k", "pass")], &[]),
        proven("192.0.2.6", 3, &[("a.example", "s2", "pass")], &[]),
        proven("192.0.2.6", 6, &[], &[]),
    ]
}

fn told(page: &mut Page) -> Vec<(String, u64)> {
    let groups = page.groups(Dimension::Sender, Column::Key, true).into_iter().map(|group| match group.key {
        Key::Text(text) => (text, group.figures.messages()),
        Key::Absent => (String::new(), group.figures.messages()),
        other => panic!("{other:?}"),
    });
    groups.collect()
}

fn of(all: &[(&str, u64)]) -> Vec<(String, u64)> {
    all.iter().map(|(name, messages)| ((*name).to_owned(), *messages)).collect()
}

#[test]
fn addresses_belong_to_who_most_of_their_mail_is_proven_to_come_from() {
    let senders = [("a.example/s2", 16), ("crm.a.example", 5), ("sub.a.example/s1", 5), ("v.example", 10), ("", 5)];
    let mut page = Page::of([Made::new("1", rows()).xml()]);
    assert_eq!(told(&mut page), of(&senders));
    assert_eq!(page.totals("sender:v.example").sources, 2);
    assert_eq!(page.totals("sender:a.example/*").figures.messages(), 16);
    // Before the list nobody knows; after it all is the same.
    let mut late = Page::new();
    late.drop([Made::new("1", rows()).xml()]);
    assert_eq!(told(&mut late), of(&[("", 41)]));
    assert_eq!(told(&mut late.with_suffixes()), of(&senders));
}

#[test]
fn what_comes_later_may_show_that_another_sends() {
    let early = vec![proven("192.0.2.6", 4, &[("v.example", "k", "pass")], &[])];
    let mut page = Page::of([Made::new("1", early).xml()]);
    assert_eq!(told(&mut page), of(&[("v.example", 4)]));
    page.drop([Made::new("2", vec![proven("192.0.2.6", 5, &[("a.example", "s2", "pass")], &[])]).xml()]);
    assert_eq!(told(&mut page), of(&[("a.example/s2", 9)]));
    assert_eq!(page.totals("sender:v.example").figures.messages(), 0);
}

#[test]
fn services_of_the_catalogue_have_their_names() {
    let mut page = Page::of([Made::new("1", rows()).xml()]);
    let lines = b"Mailer\tnewsletter\tv.example\t-\t-\t-\t-\t-\thttps://mailer.example/\nDesk\tticketing\td.example\t-\ts2\t-\t-\t-\thttps://d.example/";
    let taken = page.question(&Question::Senders { id: 1, bytes: lines.to_vec() });
    assert!(matches!(taken, Some(Reply::Senders { known: Ok(2), .. })), "{taken:?}");
    let senders = [("Desk", 16), ("Mailer", 10), ("crm.a.example", 5), ("sub.a.example/s1", 5), ("", 5)];
    assert_eq!(told(&mut page), of(&senders));
    assert_eq!(page.totals("sender:mailer").figures.messages(), 10);
}
