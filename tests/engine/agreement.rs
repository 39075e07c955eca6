//! Random reports, random filters, random questions: the engine and the recount say the same.

use dmarcscope::analysis::{
    Answer, Ask, Clause, Column, Dimension, Field, Filter, Network, Order, Parts, Pattern, Period, Query, Term, Zone,
};
use dmarcscope::report::verdict::{Outcome, Verdict};
use proptest::prelude::*;
use proptest::sample::select;

use super::recount::{file, taken};
use crate::support::xml::{DAY, DAY_0};
use crate::support::{Made, Page, Row, cases};

const HOUR: i64 = 3_600;
const DOMAINS: [&str; 6] =
    ["example.org", "sub.example.org", "Example.NET", "bücher.example", "EXAMPLE.net", "a*b.example"];
const REPORTERS: [&str; 4] = ["Reporter A", "reporter b, \"Inc.\"", "", "REPORTER A"];
/// After the addresses one in IPv6's clothes, what is none, and nothing.
const SOURCES: [&str; 9] = [
    "192.0.2.1",
    "192.0.2.200",
    "198.51.100.7",
    "2001:db8::1",
    "2001:db8:1::1",
    "::ffff:192.0.2.1",
    "nowhere",
    "NoWhere",
    "",
];
/// What trips filters.
const ODD: [&str; 13] = ["", "?", "*", "a*b", "a\\*", "a/b", "a, b", "\"q\"", "Σίσυφος", "ΣΊΣΥΦΟΣ", "s1", "S1", "-x:y"];
const WORDS: [Option<&str>; 5] = [Some("pass"), Some("fail"), Some("pass"), Some("softfail"), None];

fn text(words: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.8, select(words).prop_map(Into::into))
}

/// Domain, selector or scope, and result of some signatures or checks.
fn results(thirds: &'static [&'static str]) -> impl Strategy<Value = Vec<[Option<String>; 3]>> {
    const RESULTS: [&str; 5] = ["pass", "fail", "weird", "a/b", ""];
    let domain = prop_oneof![4 => text(&DOMAINS), 1 => text(&ODD)];
    let parts = (domain, text(thirds), text(&RESULTS)).prop_map(|(domain, third, result)| [domain, third, result]);
    prop::collection::vec(parts, 0..4)
}

fn row() -> impl Strategy<Value = Row> {
    let disposition = select(vec![Some("none"), Some("none"), Some("quarantine"), Some("reject"), Some("pass"), None]);
    let reasons = vec![None, None, Some("forwarded"), Some("mailing_list"), Some("local_policy"), Some("odd")];
    let evaluated =
        prop::option::weighted(0.9, (disposition, select(&WORDS[..]), select(&WORDS[..])).prop_map(Into::into));
    let more = prop::collection::vec(text(&["forwarded", "other", "ODD", "Odd", "a*b", ""]), 0..3);
    let texts = (text(&DOMAINS), text(&ODD), text(&DOMAINS));
    let results = (results(&ODD), results(&["mfrom", "helo", "Odd Scope", ""]));
    (select(&SOURCES[..]), 0..20_u64, evaluated, select(reasons), more, texts, results).prop_map(
        |(source, count, evaluated, reason, more_reasons, (from, envelope_from, envelope_to), (dkim, spf))| Row {
            source: source.into(),
            count,
            evaluated,
            reason,
            // The first reason is the one that decides: the recount knows those by heart.
            more_reasons: if reason.is_some() { more_reasons } else { Vec::new() },
            from,
            envelope_from,
            envelope_to,
            dkim,
            spf,
        },
    )
}

/// A report without an id: each gets its own, so that none is another's twin.
fn report() -> impl Strategy<Value = Made> {
    let begin = prop::option::weighted(0.8, (0..60_i64).prop_map(|hours| DAY_0 + hours * HOUR));
    let length = prop::option::weighted(0.8, select(vec![0, DAY - 1, DAY, 26 * HOUR, 26 * HOUR + 1, 9 * DAY]));
    let policies = || select(vec![None, Some("none"), Some("quarantine"), Some("reject")]);
    let pct = select(vec![None, None, Some("100"), Some("50"), Some("0")]);
    let rows = prop::collection::vec(row(), 0..7);
    let texts = (text(&REPORTERS), text(&DOMAINS));
    (texts, begin, length, (policies(), policies(), pct), rows, any::<bool>()).prop_map(
        |((org, domain), begin, length, (p, sp, pct), rows, is_late)| {
            let end = length.map(|length| begin.unwrap_or(DAY_0) + length);
            Made { p, sp, pct, is_late, ..Made::new("", rows) }
                .org(org.as_deref())
                .domain(domain.as_deref())
                .period(begin, end)
        },
    )
}

pub fn reports() -> impl Strategy<Value = Vec<Made>> {
    prop::collection::vec(report(), 0..7).prop_map(|reports| {
        (0..).zip(reports).map(|(id, report): (u32, Made)| Made { id: Some(id.to_string()), ..report }).collect()
    })
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let texts = [
        "example.org",
        "EXAMPLE.Net",
        "*.example.org",
        "*example*",
        "*",
        "",
        "BÜCHER.*",
        "reporter*",
        "*\"*",
        "*a*e*",
        "ex*ex*",
        "nothing",
        "example.or*g",
        "**org",
        "pass",
        "f*",
        "reject",
        "1",
        "box 1/*",
        "*.XML",
        "client a",
        "Client*",
    ];
    let like = select(texts.to_vec()).prop_map(Pattern::like);
    prop_oneof![5 => like, 2 => select(&ODD[..]).prop_map(Pattern::exactly), 1 => Just(Pattern::NOTHING)]
}

fn patterns() -> impl Strategy<Value = Vec<Pattern>> {
    prop::collection::vec(pattern(), 1..3)
}

fn parts() -> impl Strategy<Value = Vec<Parts>> {
    let part = || prop_oneof![1 => Just(Pattern::like("*")), 1 => pattern()];
    prop::collection::vec(prop::option::weighted(0.9, [part(), part(), part()]), 1..3)
}

fn network() -> impl Strategy<Value = Network> {
    let addresses = ["192.0.2.1", "192.0.2.129", "10.0.0.0", "2001:db8::", "2001:db8:1::1"];
    (select(addresses.to_vec()), prop::option::of(0.0..=1.0_f64)).prop_map(|(address, share)| {
        let address = address.parse().unwrap();
        let full = Network::full(address);
        Network { address, prefix: share.map_or(full, |share| (share * f64::from(full)).round() as u8) }
    })
}

fn several<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = Vec<T>> + use<T> {
    prop::collection::vec(select(all.to_vec()), 1..4)
}

fn term() -> impl Strategy<Value = Term> {
    let first = (DAY_0 / DAY) as i32;
    let days = (-1..8, 0..3).prop_map(move |(from, days)| Period { first: first + from, last: first + from + days });
    // Not even a period of all days that can be written holds what has none.
    let period = prop_oneof![9 => days, 1 => Just(Period { first: -719_528, last: 2_932_896 })];
    prop_oneof![
        10 => (select(Field::all().filter(|field| *field != Field::Sender).collect::<Vec<_>>()), patterns()).prop_map(|(field, patterns)| Term::Text(field, patterns)),
        1 => parts().prop_map(Term::Signature),
        1 => parts().prop_map(Term::SpfCheck),
        1 => prop::collection::vec(network(), 1..3).prop_map(Term::Ip),
        1 => several(&Outcome::ALL).prop_map(Term::Outcome),
        1 => several(&Verdict::ALL).prop_map(Term::Verdict),
        2 => prop::collection::vec(period, 1..3).prop_map(Term::Period),
        3 => words().prop_map(Term::Words),
    ]
}

/// What people look for anywhere.
fn words() -> impl Strategy<Value = Vec<String>> {
    let texts = [
        "example",
        "EXAMPLE.net",
        "192.0.2",
        "::1",
        "reporter b",
        "a@",
        "orward",
        "pass",
        "softF",
        "mailing_list",
        "reject",
        "1/Rep",
        "s1",
        "ύφος",
        "nowhere",
        "odd s",
        "a*b",
        "*",
        "zzz",
        "::ffff",
    ];
    prop::collection::vec(select(texts.to_vec()).prop_map(Into::into), 1..3)
}

pub fn filter() -> impl Strategy<Value = Filter> {
    let clause = (any::<bool>(), term()).prop_map(|(negated, term)| Clause { negated, term });
    prop::collection::vec(clause, 0..4).prop_map(|clauses| Filter { clauses })
}

fn zone() -> impl Strategy<Value = Zone> {
    let change = DAY_0 + 30 * HOUR;
    select(vec![
        Zone::UTC,
        Zone { offsets: vec![(0, 7_200)] },
        Zone { offsets: vec![(i64::MIN, -34_200)] },
        Zone { offsets: vec![(change, 3_600), (change + DAY, 7_200)] },
    ])
}

fn groups() -> impl Strategy<Value = Ask> {
    use Column::{Failed, First, Key, Last, Messages, Passed, Unknown};
    // Who sends is told by all reports together: `store/senders.rs` holds it.
    let by = || select(Dimension::ALL.into_iter().filter(|by| *by != Dimension::Sender).collect::<Vec<_>>());
    let column = select(vec![Key, Messages, Passed, Failed, Unknown, First, Last]);
    let order = (column, any::<bool>()).prop_map(|(by, ascending)| Order { by, ascending });
    let find = select(vec!["", "", "", "e", "EXAMPLE", "192.0.2", "ss", "a*b", "ς", "zzz", "0"]);
    let within = prop::collection::vec(by(), 0..4);
    let (and, against) = (prop::option::weighted(0.3, by()), prop::option::weighted(0.2, filter()));
    (
        by(),
        (and, against),
        order,
        0..4_u32,
        select(vec![0, 1, 2, 3, u32::MAX]),
        find,
        within,
        select(vec![0, 1, 3, u32::MAX]),
    )
        .prop_map(|(by, (and, against), order, skip, take, find, within, most)| {
            let find = find.into();
            if let Some(against) = against {
                return Ask::Compare { by, against, order, skip, take, find };
            }
            match and {
                None => Ask::Groups { by, order, skip, take, find, within, most },
                Some(and) => Ask::Pairs { by: [by, and], order, skip, take, find, within, most },
            }
        })
}

fn query() -> impl Strategy<Value = Query> {
    let take = select(vec![0, 1, u32::MAX]);
    (filter(), zone(), prop::collection::vec(groups(), 2..5), take).prop_map(|(filter, zone, mut asks, take)| {
        asks.splice(1..1, [Ask::Series, Ask::Totals, Ask::Policies { take }]);
        Query { filter, zone, asks }
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_engine_counts_as_the_recount_does(reports in reports(), queries in prop::collection::vec(query(), 1..6)) {
        let mut page = Page::labelled(reports.iter().map(|report| (file(report), report.xml())));
        for query in queries {
            let taken = taken(&reports, &query.filter, &query.zone);
            let answers = page.ask(query.clone());
            prop_assert_eq!(answers.len(), query.asks.len());
            for (ask, answer) in query.asks.iter().zip(answers) {
                let expected = match ask {
                    Ask::Totals => Answer::Totals(taken.totals()),
                    Ask::Series => Answer::Series(taken.series()),
                    Ask::Compare { against, .. } => {
                        Answer::Compared(taken.compared(ask, &self::taken(&reports, against, &query.zone)))
                    }
                    Ask::Policies { take } => Answer::Policies(taken.policies(*take)),
                    Ask::Groups { .. } | Ask::Pairs { .. } => Answer::Groups(taken.groups(ask)),
                    Ask::Causes { .. } | Ask::Findings { .. } | Ask::Turns { .. } | Ask::Rows => {
                        unreachable!("tested by scenarios, and by the store")
                    }
                };
                prop_assert_eq!(answer, expected, "{} {:?}", query.filter, ask);
            }
        }
    }
}

/// The generator makes what matters: every outcome that reports of it can have, reports without records, days, none.
#[test]
fn the_generator_reaches_every_outcome() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    let (mut empty, mut dateless) = (0, 0);
    for _ in 0..400 {
        for report in reports().new_tree(&mut runner).unwrap().current() {
            seen.extend(report.rows.iter().map(|row| super::recount::outcome(&report, row)));
            empty += u32::from(report.rows.is_empty());
            dateless += u32::from(super::recount::day(&report, &Zone::UTC).is_none());
        }
    }
    // No reporter of this generator trusts a forwarder or knows the test mode.
    let missing: Vec<&str> = Outcome::ALL.map(Outcome::word).into_iter().filter(|word| !seen.contains(word)).collect();
    assert_eq!(missing, ["trusted_forwarder", "policy_test_mode"]);
    assert!(empty > 20 && dateless > 20);
}
