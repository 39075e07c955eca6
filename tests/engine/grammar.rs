//! The text form of filters.

use dmarcscope::analysis::grammar::{FilterError, FilterErrorKind};
use dmarcscope::analysis::{Clause, Field, Filter, Judge, Network, Parts, Pattern, Period, Term};
use dmarcscope::report::verdict::{Outcome, Verdict};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::cases;

/// Texts that trip parsers, and any others.
fn odd_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "\"", "\\", ",", ":", "-", " ", "*", "", "a", "from:", "\\\"", "\u{a0}", "\u{2028}", "\t", "\n", "ü", "日本",
        "🦀", "..", "/", "'", "\u{0}", "?",
    ];
    prop_oneof![prop::collection::vec(select(pieces), 0..6).prop_map(|pieces| pieces.concat()), any::<String>(),]
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        3 => odd_text().prop_map(|text| Pattern::like(&text)),
        3 => odd_text().prop_map(|text| Pattern::exactly(&text)),
        1 => Just(Pattern::NOTHING),
    ]
}

fn texts() -> impl Strategy<Value = Vec<Pattern>> {
    prop::collection::vec(pattern(), 1..4)
}

fn parts() -> impl Strategy<Value = Vec<Parts>> {
    prop::collection::vec(prop::option::weighted(0.9, [pattern(), pattern(), pattern()]), 1..4)
}

fn network() -> impl Strategy<Value = Network> {
    prop_oneof![
        (any::<std::net::Ipv4Addr>(), 0..=32_u8)
            .prop_map(|(address, prefix)| Network { address: address.into(), prefix }),
        (any::<std::net::Ipv6Addr>(), 0..=128_u8)
            .prop_map(|(address, prefix)| Network { address: address.into(), prefix }),
    ]
}

/// From 0000-01-01 to 9999-12-31: years of four digits.
fn period() -> impl Strategy<Value = Period> {
    let days = -719_528..=2_932_896_i32;
    let near = select(vec![19_675, 19_662, 19_358, 0, -719_528, 2_932_896 - 366]);
    let length = select(vec![0, 1, 28, 29, 30, 364, 365]);
    prop_oneof![
        (days.clone(), days).prop_map(|(a, b)| Period { first: a.min(b), last: a.max(b) }),
        (near, length).prop_map(|(first, length)| Period { first, last: first + length }),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let term = prop_oneof![
        (select(Field::all().collect::<Vec<_>>()), texts()).prop_map(|(field, texts)| Term::Text(field, texts)),
        parts().prop_map(Term::Signature),
        parts().prop_map(Term::SpfCheck),
        prop::collection::vec(network(), 1..4).prop_map(Term::Ip),
        prop::collection::vec(select(&Outcome::ALL[..]), 1..4).prop_map(Term::Outcome),
        prop::collection::vec(select(&Verdict::ALL[..]), 1..4).prop_map(Term::Verdict),
        prop::collection::vec(select(&Judge::ALL[..]), 1..3).prop_map(Term::Judge),
        prop::collection::vec(period(), 1..4).prop_map(Term::Period),
        prop::collection::vec(odd_text().prop_filter("nobody looks for nothing", |text| !text.is_empty()), 1..4)
            .prop_map(Term::Words),
    ];
    let clause = (any::<bool>(), term).prop_map(|(negated, term)| Clause { negated, term });
    prop::collection::vec(clause, 0..5).prop_map(|clauses| Filter { clauses })
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn what_is_printed_reads_as_the_same(filter in filter()) {
        let text = filter.to_string();
        prop_assert_eq!(text.parse::<Filter>(), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(text in odd_text(), rest in odd_text()) {
        for text in [format!("{text}{rest}"), format!("from:{text}"), format!("from:\"{text}\" -{rest}"), format!("signature:{text}/{rest}"), format!("-{text},\"{rest}")] {
            match text.parse::<Filter>() {
                Ok(filter) => prop_assert_eq!(filter.to_string().parse::<Filter>(), Ok(filter)),
                Err(error) => prop_assert!(text.get(error.at..error.end).is_some(), "{} {:?}", text, error),
            }
        }
    }
}

fn read(text: &str) -> Filter {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn filters_read_as_people_write_them() {
    let like = Pattern::like;
    let expected = [
        Clause { negated: false, term: Term::Text(Field::From, vec![like("a.example"), like("*.b.example")]) },
        Clause { negated: true, term: Term::Text(Field::Reporter, vec![like("Some \"Mail\", Inc. \\")]) },
        Clause { negated: false, term: Term::Verdict(vec![Verdict::Fail]) },
    ];
    let text = "  from:a.example,*.b.example \t-reporter:\"Some \\\"Mail\\\", Inc. \\\\\" verdict:fail ";
    assert_eq!(read(text).clauses, expected);
    assert_eq!(read("FROM:a Verdict:FAIL,Pass outcome:Monitoring disposition:None").clauses.len(), 4);
    assert_eq!(read(" \n ").clauses, []);
}

#[test]
fn nothing_stars_and_slashes_are_told_apart() {
    let (like, exactly, nothing) = (Pattern::like, Pattern::exactly, Pattern::NOTHING);
    let patterns = |text: &str| match read(text).clauses.remove(0).term {
        Term::Text(_, patterns) => patterns,
        other => panic!("{other:?}"),
    };
    let expected = [nothing.clone(), exactly("?"), exactly(""), like("?*"), exactly("a*"), like("a *"), exactly("a/b")];
    assert_eq!(patterns(r#"selector:?,"?","",?*,"a\*","a *",a/b"#), expected);
    let parts = |text: &str| match read(text).clauses.remove(0).term {
        Term::Signature(parts) | Term::SpfCheck(parts) => parts,
        other => panic!("{other:?}"),
    };
    let expected = [
        None,
        Some([exactly("?"), like("*"), like("*")]),
        Some([nothing.clone(), exactly("a/b"), like("*")]),
        Some([exactly("pass"), like("*.example"), nothing]),
    ];
    assert_eq!(parts(r#"signature:?,"?",?/"a/b",pass/*.example/?"#), expected);
    assert_eq!(read("Spf_Check:pass").to_string(), "spf_check:pass/*/*");
}

#[test]
fn periods_are_days_months_years_or_two_of_them() {
    let days = |text: &str| match &read(&format!("period:{text}")).clauses[0].term {
        Term::Period(periods) => (periods[0].first, periods[0].last),
        other => panic!("{other:?}"),
    };
    assert_eq!(days("1970-01-01"), (0, 0));
    assert_eq!(days("2023-11-14"), (19_675, 19_675));
    assert_eq!(days("2024-02"), (19_754, 19_782));
    assert_eq!(days("2023"), (19_358, 19_722));
    assert_eq!(days("2023..2024-02"), (19_358, 19_782));
    assert_eq!(days("2023-11-14..2023-12-01"), (19_675, 19_692));
    assert_eq!(read("period:2024-02-01..2024-02-29").to_string(), "period:2024-02");
    assert_eq!(read("period:2024-02-01..2024-02-28").to_string(), "period:2024-02-01..2024-02-28");
}

#[test]
fn an_address_in_the_clothes_of_ipv6_finds_the_address() {
    let contains = |network: &str, address: &str| match &read(&format!("ip:{network}")).clauses[0].term {
        Term::Ip(networks) => networks[0].contains(address.parse().unwrap()),
        other => panic!("{other:?}"),
    };
    assert!(contains("::ffff:192.0.2.1", "192.0.2.1") && !contains("::ffff:192.0.2.1", "192.0.2.2"));
    assert!(contains("::ffff:192.0.2.0/120", "192.0.2.2") && !contains("::ffff:192.0.2.0/120", "192.0.3.2"));
    assert!(contains("0.0.0.0/0", "192.0.2.2") && !contains("0.0.0.0/0", "2001:db8::"));
    assert!(contains("::/0", "2001:db8::") && !contains("::/0", "192.0.2.2"));
    assert!(contains("192.0.2.77/24", "192.0.2.2"), "an address of the range need not be its first");
}

#[test]
fn errors_point_at_their_byte() {
    use FilterErrorKind::{NoBlank, NoField, NoValue, UnclosedQuote, UnknownField, UnknownValue};
    let value = |field, text: &str| UnknownValue { field, text: text.into() };
    for (text, at, end, kind) in [
        (":a", 0, 1, NoField),
        ("-:a", 1, 2, NoField),
        ("-", 1, 1, NoValue),
        ("from :a", 5, 6, NoField),
        ("from:\"a\"b", 8, 8, NoBlank),
        ("\"a\"b", 3, 3, NoBlank),
        ("\"\"", 0, 2, NoValue),
        ("a,", 2, 2, NoValue),
        ("a \"b", 2, 4, UnclosedQuote),
        ("2001:db8::1", 0, 4, UnknownField("2001".into())),
        ("form:a", 0, 4, UnknownField("form".into())),
        ("verdict:pass -ü:a", 14, 16, UnknownField("ü".into())),
        ("from:", 5, 5, NoValue),
        ("from: a", 5, 5, NoValue),
        ("from:a,", 7, 7, NoValue),
        ("from:,a", 5, 5, NoValue),
        ("from:ü,\"a", 8, 10, UnclosedQuote),
        ("from:\"a\\\"", 5, 9, UnclosedQuote),
        ("verdict:pass,good", 13, 17, value("verdict", "good")),
        ("from:ü -outcome:\"what ever\"", 17, 28, value("outcome", "what ever")),
        ("disposition:pass,,", 17, 17, NoValue),
        ("ip:1.2.3.4,1.2.3", 11, 16, value("ip", "1.2.3")),
        ("ip:1.2.3.4/33", 3, 13, value("ip", "1.2.3.4/33")),
        ("ip:::1/129", 3, 10, value("ip", "::1/129")),
        ("ip:1.2.3.4/", 3, 11, value("ip", "1.2.3.4/")),
        ("signature:pass//s", 15, 15, NoValue),
        ("signature:a/b/c/d", 15, 15, NoBlank),
        ("spf_check:pass/", 15, 15, NoValue),
        ("outcome:?", 8, 9, value("outcome", "?")),
        ("period:2023-02-29", 7, 17, value("period", "2023-02-29")),
        ("period:2023-13", 7, 14, value("period", "2023-13")),
        ("period:2023-01-01-01", 7, 20, value("period", "2023-01-01-01")),
        ("period:23", 7, 9, value("period", "23")),
        ("period:2024..2023", 7, 17, value("period", "2024..2023")),
        ("period:2024..", 7, 13, value("period", "2024..")),
    ] {
        assert_eq!(text.parse::<Filter>(), Err(FilterError { at, end, kind }), "{text}");
    }
}
