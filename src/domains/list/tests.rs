use std::collections::HashSet;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::domains::Domain;

/// The list that ships.
fn shipped() -> SuffixList {
    SuffixList::read(include_bytes!("../../../assets/suffixes.txt")).unwrap()
}

fn list(icann: &str, private: &str) -> SuffixList {
    SuffixList::read(text(icann, private).as_bytes()).unwrap()
}

fn text(icann: &str, private: &str) -> String {
    format!(
        "// VERSION: 2026-01-02_x\n// ===BEGIN ICANN DOMAINS===\n{icann}\n// ===END ICANN DOMAINS===\n\
         // ===BEGIN PRIVATE DOMAINS===\n{private}\n// ===END PRIVATE DOMAINS===\n"
    )
}

/// The registrable domain; `None` where the name is a public suffix, as the list's own tests have it.
fn registrable(name: &str, list: &SuffixList) -> Option<String> {
    let ascii = to_ascii(name);
    let (start, _) = list.organization(&ascii, Part::Whole);
    (list.suffix(&ascii, Part::Whole).0 > 0).then(|| ascii[start..].to_owned())
}

/// After `test_psl.txt` of the list's repository.
#[test]
fn the_lists_own_examples_come_out() {
    let list = shipped();
    for (name, expected) in [
        ("COM", None),
        ("example.COM", Some("example.com")),
        ("WwW.example.COM", Some("example.com")),
        ("example", None),
        ("example.example", Some("example.example")),
        ("b.example.example", Some("example.example")),
        ("a.b.example.example", Some("example.example")),
        ("biz", None),
        ("domain.biz", Some("domain.biz")),
        ("a.b.domain.biz", Some("domain.biz")),
        ("com", None),
        ("b.example.com", Some("example.com")),
        ("uk.com", None),
        ("example.uk.com", Some("example.uk.com")),
        ("a.b.example.uk.com", Some("example.uk.com")),
        ("test.ac", Some("test.ac")),
        ("mm", None),
        ("c.mm", None),
        ("b.c.mm", Some("b.c.mm")),
        ("a.b.c.mm", Some("b.c.mm")),
        ("jp", None),
        ("test.jp", Some("test.jp")),
        ("www.test.jp", Some("test.jp")),
        ("ac.jp", None),
        ("test.ac.jp", Some("test.ac.jp")),
        ("kyoto.jp", None),
        ("test.kyoto.jp", Some("test.kyoto.jp")),
        ("ide.kyoto.jp", None),
        ("b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
        ("a.b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
        ("c.kobe.jp", None),
        ("b.c.kobe.jp", Some("b.c.kobe.jp")),
        ("a.b.c.kobe.jp", Some("b.c.kobe.jp")),
        ("city.kobe.jp", Some("city.kobe.jp")),
        ("www.city.kobe.jp", Some("city.kobe.jp")),
        ("ck", None),
        ("test.ck", None),
        ("b.test.ck", Some("b.test.ck")),
        ("a.b.test.ck", Some("b.test.ck")),
        ("www.ck", Some("www.ck")),
        ("www.www.ck", Some("www.ck")),
        ("us", None),
        ("test.us", Some("test.us")),
        ("ak.us", None),
        ("test.ak.us", Some("test.ak.us")),
        ("k12.ak.us", None),
        ("www.test.k12.ak.us", Some("test.k12.ak.us")),
        ("食狮.com.cn", Some("xn--85x722f.com.cn")),
        ("食狮.公司.cn", Some("xn--85x722f.xn--55qx5d.cn")),
        ("www.食狮.公司.cn", Some("xn--85x722f.xn--55qx5d.cn")),
        ("shishi.公司.cn", Some("shishi.xn--55qx5d.cn")),
        ("公司.cn", None),
        ("食狮.中国", Some("xn--85x722f.xn--fiqs8s")),
        ("www.shishi.中国", Some("shishi.xn--fiqs8s")),
        ("中国", None),
        ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
        ("www.xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
        ("xn--55qx5d.cn", None),
        ("xn--fiqs8s", None),
    ] {
        assert_eq!(registrable(name, &list).as_deref(), expected, "{name}");
    }
}

#[test]
fn the_shipped_list_is_whole_and_dated() {
    let list = shipped();
    assert!(list.len() > 9_000, "{}", list.len());
    let date: String = list.version().unwrap().chars().take(10).collect();
    assert!(date.as_str() >= "2026-10-01" && date.split('-').count() == 3, "{date}");
}

#[test]
fn the_section_that_decides_is_told() {
    let list = shipped();
    let domain = |name: &str| Domain::of(name, &list).unwrap();
    let pages = domain("a.someone.github.io");
    assert_eq!(pages.section(), Section::Private);
    assert_eq!(pages.organization(Part::Whole), "someone.github.io");
    assert_eq!(pages.organization(Part::IcannOnly), "github.io");
    let shop = domain("Mail.Shop.co.uk.");
    assert_eq!((shop.section(), shop.organization(Part::Whole)), (Section::Icann, "shop.co.uk"));
    assert_eq!(shop.organization(Part::IcannOnly), "shop.co.uk");
    assert_eq!(domain("a.b.invalid").section(), Section::Unlisted);
    // A public suffix stands for itself.
    for odd in ["co.uk", "com", "a.com"] {
        assert_eq!(domain(odd).organization(Part::Whole), odd);
    }
    for odd in ["", ".", "a..com", ".example.com", "a.com, b.com", "someone@a.com", "<a.com>", "a b.com", "a.com\n"] {
        assert_eq!(Domain::of(odd, &list), None, "{odd}");
    }
    assert!(pages.is_at_or_below(&domain("someone.github.io")) && pages.is_at_or_below(&pages));
    assert!(!domain("notshop.co.uk").is_at_or_below(&domain("shop.co.uk")));
}

#[test]
fn what_is_no_list_says_where() {
    let error = |text: &str| SuffixList::read(text.as_bytes()).unwrap_err();
    let told = |line, kind| ListError { line, kind };
    assert_eq!(error(""), told(0, ListErrorKind::CutOff));
    assert_eq!(error("com\n"), told(1, ListErrorKind::OutsideSections));
    assert_eq!(error("// ===BEGIN ICANN DOMAINS===\ncom\n"), told(2, ListErrorKind::CutOff));
    for odd in ["*", "a.*.b", "!uk", "a..b", ".com", "<html>/"] {
        assert_eq!(error(&text(odd, "")), told(3, ListErrorKind::UnknownForm), "{odd}");
    }
    assert_eq!(SuffixList::read(b"// a\n\xff").unwrap_err(), told(2, ListErrorKind::NotText));
    let read = list("com // the rest of a line is none of it\n\n", "");
    assert_eq!((read.len(), read.version()), (1, Some("2026-01-02_x")));
}

/// The algorithm as it is written down: every rule is held against the name, label by label.
fn by_the_book(name: &str, rules: &[&str]) -> usize {
    let labels: Vec<&str> = name.split('.').collect();
    let takes = |rule: &str| {
        let rule: Vec<&str> = rule.trim_start_matches('!').split('.').collect();
        rule.len() <= labels.len() && rule.iter().rev().zip(labels.iter().rev()).all(|(a, b)| *a == "*" || a == b)
    };
    let prevailing =
        rules.iter().filter(|rule| takes(rule)).max_by_key(|rule| (rule.starts_with('!'), rule.split('.').count()));
    match prevailing {
        Some(rule) if rule.starts_with('!') => rule.split('.').count() - 1,
        Some(rule) => rule.split('.').count(),
        None => 1,
    }
}

proptest! {
    #[test]
    fn look_ups_follow_the_written_algorithm(
        // The exceptions often, as two of them may take one name.
        rules in prop::collection::vec(select(vec!["!c.b.a", "!b.a", "a", "b.a", "*.a", "*.b.a", "!c.b.a", "!b.a", "c.b.a", "b", "*.b", "c"]), 0..8),
        name in prop::collection::vec(select(vec!["a", "b", "c", "d"]), 1..6),
    ) {
        let name = name.join(".");
        let list = list(&rules.join("\n"), "");
        let (start, _) = list.suffix(&name, Part::Whole);
        prop_assert_eq!(name[start..].split('.').count(), by_the_book(&name, &rules), "{} {:?}", name, rules);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), name in any::<String>()) {
        let _ = SuffixList::read(&bytes);
        let list = list("com\n*.ck\n!www.ck", "github.io");
        let Some(domain) = Domain::of(&name, &list) else { return Ok(()) };
        prop_assert!(domain.name().ends_with(domain.organization(Part::Whole)));
        prop_assert!(domain.organization(Part::Whole).ends_with(domain.organization(Part::IcannOnly)));
    }
}

#[test]
fn rules_are_found_each_once() {
    let list = shipped();
    let names: HashSet<String> = list.rules.iter().map(|rule| format!("{}{:?}", list.name(rule), rule.kind)).collect();
    assert_eq!(names.len(), list.len(), "a rule twice");
    for rule in &list.rules {
        let about = list.about(list.name(rule));
        assert_eq!(about.iter().filter(|known| known.kind == rule.kind).count(), 1);
    }
}
