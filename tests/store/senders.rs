//! Who sends: addresses by what most of their mail proves, whenever the suffix list and the catalogue come.

use dmarcscope::analysis::causes::{Causes, Finding};
use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Filter, Key, Query, Zone};
use dmarcscope::protocol::{Question, Reply};
use dmarcscope::roles::Store;
use dmarcscope::storage::{Memory, Storage};

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

fn causes(page: &mut Page) -> (Causes, Vec<Finding>) {
    let asks = vec![Ask::Causes { by: Dimension::Sender, skip: 0, take: 99 }, Ask::Findings { take: 99 }];
    let answers = page.ask(Query { filter: Filter::default(), zone: Zone::UTC, asks });
    let [Answer::Causes(causes), Answer::Findings(findings)] = answers.as_slice() else { panic!("{answers:?}") };
    (causes.clone(), findings.rows.clone())
}

/// Each sender with its cause, its step and how sure that is.
fn judged(page: &mut Page) -> Vec<[String; 4]> {
    let mut all: Vec<[String; 4]> = causes(page)
        .0
        .rows
        .into_iter()
        .map(|likely| {
            let sender = if let Key::Text(sender) = likely.key { sender } else { String::new() };
            [&sender, likely.cause.code(), likely.step.kind.code(), likely.confidence.word()].map(ToOwned::to_owned)
        })
        .collect();
    all.sort();
    all
}

#[test]
fn what_a_person_says_of_a_sender_decides() {
    let row = |address, count, dkim: &[Result3], spf: &[Result3]| {
        let spf: Vec<Result3> = if spf.is_empty() { vec![("a.example", "mfrom", "fail")] } else { spf.to_vec() };
        proven(address, count, dkim, &spf)
    };
    let failing = |address, count, dkim: &[Result3], spf: &[Result3]| row(address, count, dkim, spf).failing();
    let rows = vec![
        failing("192.0.2.1", 20, &[], &[]),
        failing("192.0.2.2", 30, &[], &[]),
        failing("198.51.100.1", 40, &[], &[]),
        failing("198.51.100.9", 3, &[("v.example", "k", "pass")], &[]),
        row("203.0.113.1", 50, &[("a.example", "old", "pass")], &[]),
        row("203.0.113.2", 60, &[("a.example", "s1", "pass")], &[("a.example", "mfrom", "pass")]),
    ];
    let mut page = Page::of([Made::new("1", rows).xml()]);
    let before = judged(&mut page);
    let is =
        |told: &[[String; 4]], sender: &str| told.iter().find(|told| told[0] == sender).map(|told| told[1..].join(" "));
    assert_eq!(is(&before, "v.example").as_deref(), Some("not-enough gather-more low"), "{before:?}");
    assert_eq!(is(&before, "a.example/old").as_deref(), Some("spf-not-listed add-to-spf medium"), "{before:?}");
    page.mark("ours|192.0.2.0/31|Web servers\nallowed|v.example\nnot-ours|198.51.100.0/29\nnot-ours|A.example/OLD");
    let told = judged(&mut page);
    for (sender, judged) in [
        ("192.0.2.0/31", "spoofing none said"),
        ("192.0.2.2", "none"),
        ("198.51.100.0/29", "spoofing none said"),
        ("v.example", "vendor-dkim-only custom-dkim medium"),
        ("a.example/old", "spoofing revoke said"),
        ("a.example/s1", "none none high"),
    ] {
        let (address, other) = ("192.0.2.0/31", "192.0.2.2");
        if sender == address {
            assert_eq!(is(&told, sender).as_deref(), Some("own-server-unauthenticated authenticate-server said"));
        } else if sender == other {
            assert!(is(&told, "").is_some(), "{told:?}");
        } else {
            assert_eq!(is(&told, sender).as_deref(), Some(judged), "{told:?}");
        }
    }
    // What is told is what the filter finds, and what passes for somebody unknown comes first.
    let (_, findings) = causes(&mut page);
    for finding in &findings {
        assert_eq!(page.totals(&finding.evidence.to_string()).figures.messages(), finding.messages, "{finding:?}");
    }
    assert_eq!(findings[0].evidence.to_string(), "verdict:pass sender:a.example/old");
    assert_eq!(findings[0].step.copy.as_deref(), Some("old._domainkey.a.example"));
    assert!(findings.iter().any(|finding| finding.evidence.to_string() == "verdict:fail sender:198.51.100.0/29"));
    // Taken back, all is as it was.
    page.mark("");
    assert_eq!(judged(&mut page), before);
}

#[test]
fn what_is_said_of_senders_is_kept() {
    let mut storage = Memory::default();
    storage.put("senders", dmarcscope::protocol::pack(&"ours | a.example | A"));
    let mut store = Store::new(storage);
    let Some(Reply::Marks { text, .. }) = store.ask(0, Question::Marks { id: 1, set: None }) else { panic!() };
    assert_eq!(text.lines().last(), Some("ours | a.example | A"));
    let set = Some("not-ours | 10.0.0.1/8 | B | C".to_owned());
    let Some(Reply::Marks { text, .. }) = store.ask(0, Question::Marks { id: 1, set }) else { panic!() };
    assert_eq!(text.lines().skip(1).collect::<Vec<_>>(), ["not-ours | 10.0.0.0/8 | B | C"]);
    let Some(Reply::Marks { text: kept, .. }) = store.ask(0, Question::Marks { id: 1, set: None }) else { panic!() };
    assert_eq!(kept, text);
}

#[test]
fn the_catalogue_tells_what_it_knows_of_a_service() {
    let mut page = Page::new();
    let line = b"Mailer\tnewsletter\tv.example\t-\t-\t-\tOwn signature\t-\thttps://mailer.example/";
    page.question(&Question::Senders { id: 1, bytes: line.to_vec() });
    let mut service = |name: &str| match page.question(&Question::Service { id: 1, name: name.into() }) {
        Some(Reply::Service { id: 1, service }) => service.map(|service| (service.name, service.own_dkim)),
        other => panic!("{other:?}"),
    };
    assert_eq!(service("mailer"), Some(("Mailer".into(), Some("Own signature".into()))));
    assert_eq!(service("v.example"), None);
}

/// Twins, and what is read again, prove nothing twice; whether the list comes first or last does not matter.
#[test]
fn a_report_that_came_twice_proves_who_sends_once() {
    let proof = |id: &str, selector: &'static str, count| {
        Made::new(id, vec![proven("192.0.2.1", count, &[("a.example", selector, "pass")], &[])]).xml()
    };
    let files = || [proof("1", "s1", 10), proof("1", "s1", 10), proof("2", "s2", 15), proof("1", "s1", 10)];
    let senders = of(&[("a.example/s2", 25)]);
    let mut early = Page::of(files());
    assert_eq!(told(&mut early), senders);
    let mut late = Page::new();
    late.drop(files());
    assert_eq!(told(&mut late.with_suffixes()), senders);
    // A better copy takes the place of a part.
    let whole = proof("3", "s3", 40);
    let cut = &whole[..whole.len() - 40];
    let mut page = Page::of([cut.to_vec(), proof("2", "s2", 45), whole.clone()]);
    while page.store.is_busy() {
        page.store.work(|| true);
    }
    assert_eq!(page.totals("").reports, 2);
    assert_eq!(told(&mut page), of(&[("a.example/s2", 85)]));
}
