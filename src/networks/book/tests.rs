use super::*;
use crate::lookups::{Holding, Name, Party, Refusal};

fn looked(first: &str, last: &str, name: &str, asked: i64) -> Looked {
    let mails = vec!["abuse@a.example".to_owned()];
    let party = || Some(Party { name: Some(name.to_owned()), mails: mails.clone(), ..Party::default() });
    let holding = Holding {
        first: first.parse().unwrap(),
        last: last.parse().unwrap(),
        cidrs: Vec::new(),
        handle: None,
        name: None,
        kind: None,
        country: None,
        country_code: Some("CH".into()),
        holder: party(),
        abuse: party(),
        registered: None,
        changed: None,
        status: Vec::new(),
        remarks: Vec::new(),
        parent: None,
        link: None,
        referral: None,
    };
    Looked { holding, url: "https://a.example/".into(), asked, raw: String::new() }
}

fn text(facts: &Facts, source: u32, fact: Fact) -> Option<&str> {
    let (_, set) = facts.of.iter().find(|(number, _)| *number == source)?;
    let place = facts.sets[*set as usize][fact as usize];
    facts.texts.get(place as usize).map(String::as_str)
}

#[test]
fn facts_come_from_the_narrowest_range_and_each_is_said_once() {
    let mut book = Book::default();
    book.hold(looked("8.0.0.0", "8.255.255.255", "Wide", 1));
    book.hold(looked("8.8.8.0", "8.8.8.255", "Old", 1));
    book.hold(looked("8.8.8.0", "8.8.8.255", "Narrow", 2));
    let address: IpAddr = "8.8.8.8".parse().unwrap();
    let reverse = |name| Reverse { name, resolver: "https://r.example/".into(), asked: 1 };
    book.name(address, reverse(Name::Failed(Refusal::TimedOut)));
    book.name(address, reverse(Name::Unconfirmed("dns.example".into())));
    let sources = ["8.8.8.8", "8.9.0.1", "10.0.0.1", "2001:db8::1", "8.9.0.2"];
    let sources: Vec<Numbered> = (0..).zip(sources.map(|text| text.parse().unwrap())).collect();
    let facts = book.facts(&sources);
    assert_eq!(text(&facts, 0, Fact::Holder), Some("Narrow"));
    assert_eq!(text(&facts, 0, Fact::Ptr), Some("dns.example"));
    assert_eq!(text(&facts, 0, Fact::Abuse), Some("abuse@a.example"));
    assert_eq!(text(&facts, 1, Fact::Holder), Some("Wide"));
    assert_eq!(text(&facts, 1, Fact::Country), Some("CH"));
    assert_eq!(text(&facts, 1, Fact::Registry), Some("ARIN"));
    assert_eq!((text(&facts, 2, Fact::Special), text(&facts, 2, Fact::Registry)), (Some("private"), None));
    assert_eq!(text(&facts, 3, Fact::Special), Some("documentation"));
    assert_eq!((facts.of.len(), facts.sets.len()), (5, 4), "the two in the wide range are alike");
    let known = book.known(address);
    assert_eq!(known.looked.unwrap().holding.holder.unwrap().name.as_deref(), Some("Narrow"));
    assert_eq!((known.registry.as_deref(), known.special), (Some("ARIN"), None));
    book.clear();
    assert_eq!(text(&book.facts(&sources), 0, Fact::Holder), None);
}

#[test]
fn what_is_too_old_is_not_recalled() {
    let mut book = Book::default();
    let now = 100 * 86_400;
    let reverse = Reverse { name: Name::None, resolver: String::new(), asked: now + 5 };
    let found = Found {
        holdings: vec![
            looked("8.0.0.0", "8.0.0.9", "Fresh", now),
            looked("9.0.0.0", "9.0.0.9", "Old", now - HOLDING_AGE),
        ],
        names: vec![("8.0.0.1".parse().unwrap(), reverse)],
    };
    book.recall(found, now);
    assert!(book.holding("8.0.0.1".parse().unwrap()).is_some());
    assert!(book.holding("9.0.0.1".parse().unwrap()).is_none());
    // A time to come is none at which anything was asked.
    assert!(book.reverse("8.0.0.1".parse().unwrap()).is_none());
}
