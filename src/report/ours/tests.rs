use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::report::{Dkim, Spf};

fn list() -> &'static SuffixList {
    static LIST: OnceLock<SuffixList> = OnceLock::new();
    LIST.get_or_init(|| SuffixList::read(include_bytes!("../../../assets/suffixes.txt")).unwrap())
}

/// A record and its policy, made from a few words.
#[derive(Clone, Debug)]
struct Row {
    policy: PolicyPublished,
    record: Record<'static>,
}

/// From `shop.example.com` under the policy of `example.com`, judged so by the reporter.
fn row(dkim: &str, spf: &str) -> Row {
    let evaluated = Evaluated { dkim: Keyword::read(dkim), spf: Keyword::read(spf), ..Evaluated::default() };
    Row {
        policy: PolicyPublished { domain: Some("example.com".into()), ..PolicyPublished::default() },
        record: Record {
            evaluated: Some(evaluated),
            header_from: Some("shop.example.com".into()),
            ..Record::default()
        },
    }
}

impl Row {
    fn from(mut self, from: &'static str, policy: &str) -> Self {
        self.record.header_from = Some(from.into());
        self.policy.domain = Some(policy.into());
        self
    }

    fn modes(mut self, adkim: &str, aspf: &str) -> Self {
        (self.policy.adkim, self.policy.aspf) = (Keyword::read(adkim), Keyword::read(aspf));
        self
    }

    fn dkim(mut self, domain: &'static str, result: &str) -> Self {
        let result = Keyword::read(result);
        self.record.dkim.push(Dkim { domain: Some(domain.into()), result, ..Dkim::default() });
        self
    }

    fn spf(mut self, domain: &'static str, scope: &str, result: &str) -> Self {
        let (scope, result) = (Keyword::read(scope), Keyword::read(result));
        self.record.spf.push(Spf { domain: Some(domain.into()), scope, result, ..Spf::default() });
        self
    }

    fn sender(mut self, envelope_from: &'static str) -> Self {
        self.record.envelope_from = Some(envelope_from.into());
        self
    }

    /// DKIM, SPF, whether it depends on the list, and the difference, in words.
    fn told(&self) -> (&'static str, &'static str, bool, &'static str) {
        let ours = ours(&self.policy, &self.record, list());
        (ours.dkim().word(), ours.spf().word(), ours.depends_on_list(), ours.difference().word())
    }
}

#[test]
fn one_aligned_result_is_enough() {
    let all = row("pass", "fail").dkim("vendor.example", "pass").dkim("example.com", "pass").spf(
        "v.example",
        "mfrom",
        "pass",
    );
    assert_eq!(all.told(), ("pass", "fail", false, "agrees"));
    let spf = row("fail", "pass").dkim("example.com", "fail").spf("bounce.example.com", "mfrom", "pass");
    assert_eq!(spf.told(), ("fail", "pass", false, "agrees"));
    let neither = row("fail", "fail").dkim("example.com", "fail").spf("bounce.example.com", "", "softfail");
    assert_eq!(neither.told(), ("fail", "fail", false, "agrees"));
}

#[test]
fn strict_asks_for_the_same_domain() {
    let near = |adkim, aspf| {
        row("fail", "fail").modes(adkim, aspf).dkim("example.com", "pass").spf("b.shop.example.com", "mfrom", "pass")
    };
    assert_eq!(near("s", "s").told(), ("fail", "fail", false, "agrees"));
    assert_eq!(near("r", "s").told(), ("pass", "fail", false, "reporter"));
    assert_eq!(near("s", "relaxed?").told(), ("fail", "pass", false, "reporter"));
    let same = row("pass", "fail").modes("s", "s").dkim("SHOP.Example.COM.", "pass").spf("", "", "none");
    assert_eq!(same.told(), ("pass", "fail", false, "agrees"));
}

#[test]
fn a_and_u_labels_are_one_name() {
    let row = row("pass", "pass")
        .from("bücher.de", "xn--bcher-kva.de")
        .modes("s", "s")
        .dkim("xn--bcher-kva.de", "pass")
        .spf("BÜCHER.de", "mfrom", "pass");
    assert_eq!(row.told(), ("pass", "pass", false, "agrees"));
}

#[test]
fn the_helo_name_counts_for_the_null_sender_only() {
    let helo = row("fail", "pass").spf("example.com", "helo", "pass");
    assert_eq!(helo.clone().sender("").told(), ("fail", "pass", false, "agrees"));
    // The check of MAIL FROM, which decides, is not told.
    assert_eq!(helo.clone().told(), ("fail", "unknown", false, "left_out"));
    assert_eq!(helo.sender("other.example").told(), ("fail", "unknown", false, "left_out"));
    // Told beside it, nothing is left out.
    let both = row("fail", "pass").spf("example.com", "helo", "pass").spf("v.example", "mfrom", "pass");
    assert_eq!(both.sender("v.example").told(), ("fail", "fail", false, "reporter"));
}

#[test]
fn a_missing_scope_is_read_as_mail_from_and_blames_nobody() {
    let passing = row("fail", "fail").spf("example.com", "", "pass");
    assert_eq!(passing.told(), ("fail", "pass", false, "cannot_tell"));
    assert_eq!(passing.clone().sender("example.com").told(), ("fail", "pass", false, "reporter"));
    assert_eq!(passing.sender("someone@Example.com").told(), ("fail", "pass", false, "reporter"));
    let scoped = row("fail", "fail").spf("example.com", "mfrom", "pass");
    assert_eq!(scoped.told(), ("fail", "pass", false, "reporter"));
}

#[test]
fn a_pass_without_proof_was_left_out_or_is_wrong() {
    let proofless = row("pass", "fail").spf("example.com", "mfrom", "fail");
    assert_eq!(proofless.told(), ("fail", "fail", false, "left_out"));
    let vendor = row("pass", "fail").dkim("vendor.example", "pass").spf("v.example", "mfrom", "pass");
    assert_eq!(vendor.told(), ("fail", "fail", false, "left_out"));
    let contradicted = row("pass", "fail").dkim("example.com", "fail").spf("v.example", "mfrom", "pass");
    assert_eq!(contradicted.told(), ("fail", "fail", false, "reporter"));
    let unaligned = row("fail", "pass").spf("v.example", "mfrom", "pass");
    assert_eq!(unaligned.told(), ("fail", "fail", false, "reporter"));
}

#[test]
fn what_is_not_stated_is_not_known() {
    assert_eq!(row("fail", "fail").told(), ("unknown", "unknown", false, "cannot_tell"));
    assert_eq!(row("pass", "").told(), ("unknown", "unknown", false, "left_out"));
    assert_eq!(row("", "").spf("example.com", "mfrom", "pass").told(), ("fail", "pass", false, "cannot_tell"));
    let mut nameless = row("pass", "fail").spf("example.com", "mfrom", "pass");
    nameless.record.header_from = None;
    assert_eq!(nameless.told(), ("unknown", "unknown", false, "cannot_tell"));
    let several = row("pass", "fail").from("a.example.com, example.com", "example.com").dkim("example.com", "pass");
    assert_eq!(several.told(), ("unknown", "unknown", false, "cannot_tell"));
    let silent = row("fail", "fail").dkim("example.com", "").spf("v.example", "mfrom", "pass");
    assert_eq!(silent.told(), ("unknown", "fail", false, "cannot_tell"));
    let odd = row("fail", "fail").dkim("example.com", "weird").spf("v.example", "mfrom", "unknown");
    assert_eq!(odd.told(), ("fail", "fail", false, "agrees"));
    let mut domainless = row("fail", "fail").spf("v.example", "mfrom", "fail");
    domainless.record.dkim.push(Dkim { result: Keyword::read("pass"), ..Dkim::default() });
    assert_eq!(domainless.told(), ("unknown", "fail", false, "cannot_tell"));
}

#[test]
fn a_private_suffix_makes_it_depend_on_the_list() {
    let pages = |dkim| {
        row(dkim, "fail").from("a.github.io", "github.io").dkim("b.github.io", "pass").spf("x.example", "", "none")
    };
    assert_eq!(pages("fail").told(), ("fail", "fail", true, "agrees"));
    assert_eq!(pages("pass").told(), ("fail", "fail", true, "list"));
    // Strict alignment asks no list.
    assert_eq!(pages("fail").modes("s", "s").told(), ("fail", "fail", false, "agrees"));
}

#[test]
fn a_policy_found_elsewhere_than_at_the_lists_domain_makes_it_depend_on_the_tree_walk() {
    // A record at a public suffix (RFC 9989 §4.10.2): the walk sees one organization there.
    let above = row("pass", "fail").from("a.gov.uk", "gov.uk").dkim("b.gov.uk", "pass").spf("x.example", "", "none");
    assert_eq!(above.told(), ("fail", "fail", true, "list"));
    // A record below the list's organization: what lies beside it may be another one's.
    let below = |dkim| {
        let row = row(dkim, "fail").from("a.sub.example.com", "sub.example.com").spf("x.example", "", "none");
        row.dkim("other.example.com", "pass")
    };
    assert_eq!(below("pass").told(), ("pass", "fail", true, "agrees"));
    assert_eq!(below("fail").told(), ("pass", "fail", true, "list"));
    let within = row("pass", "fail").from("sub.example.com", "sub.example.com").dkim("x.sub.example.com", "pass");
    assert_eq!(within.spf("x.example", "", "none").told(), ("pass", "fail", false, "agrees"));
}

#[test]
fn a_byte_holds_it_whole() {
    for dkim in Verdict::ALL {
        for spf in Verdict::ALL {
            for depends in [false, true] {
                for difference in Difference::ALL {
                    let ours = Ours::of(dkim, spf, depends, difference);
                    assert_eq!((ours.dkim(), ours.spf()), (dkim, spf));
                    assert_eq!((ours.depends_on_list(), ours.difference()), (depends, difference));
                    assert_eq!(Ours::of_number(ours.number()), Some(ours));
                }
            }
        }
    }
    assert_eq!(Ours::of_number(u32::try_from(Ours::COUNT).unwrap()), None);
    assert_eq!(Ours::UNJUDGED.verdict(), Verdict::Unknown);
}

/// Told anew without any of the code above: DKIM, SPF.
fn by_hand(row: &Row) -> [Verdict; 2] {
    let last_two = |name: &str| name.split('.').rev().take(2).map(str::to_owned).collect::<Vec<_>>();
    let from = row.record.header_from.as_deref().unwrap();
    let aligned = |strict: bool, name: &str| if strict { name == from } else { last_two(name) == last_two(from) };
    let passed = |result: &Keyword<AuthResult>| result.known() == Some(AuthResult::Pass);
    let (s, record) = (Keyword::Known(Alignment::Strict), &row.record);
    let is_null = record.envelope_from.as_deref() == Some("");
    let counted: Vec<&Spf<'_>> =
        record.spf.iter().filter(|spf| is_null || spf.scope.known() != Some(SpfScope::Helo)).collect();
    let by_dkim = record
        .dkim
        .iter()
        .any(|dkim| passed(&dkim.result) && aligned(row.policy.adkim == s, dkim.domain.as_deref().unwrap()));
    let by_spf =
        counted.iter().any(|spf| passed(&spf.result) && aligned(row.policy.aspf == s, spf.domain.as_deref().unwrap()));
    let word = |passes: bool, is_there: bool| match (passes, is_there) {
        (true, _) => Verdict::Pass,
        (_, true) => Verdict::Fail,
        _ => Verdict::Unknown,
    };
    [word(by_dkim, !record.dkim.is_empty() || !record.spf.is_empty()), word(by_spf, !counted.is_empty())]
}

fn any_row() -> impl Strategy<Value = Row> {
    let name = || select(vec!["example.com", "a.example.com", "b.a.example.com", "other.com", "a.other.com"]);
    let result = || select(vec!["pass", "pass", "fail", "neutral"]);
    let mode = || select(vec!["r", "s", ""]);
    let dkim = prop::collection::vec((name(), result()), 0..4);
    let spf = prop::collection::vec((name(), select(vec!["mfrom", "helo", ""]), result()), 0..3);
    let words = (select(vec!["pass", "fail"]), select(vec!["pass", "fail"]));
    (name(), words, (mode(), mode()), dkim, spf, prop::option::of(select(vec!["", "example.com"]))).prop_map(
        |(from, (by_dkim, by_spf), (adkim, aspf), dkim, spf, sender)| {
            let policy = if from.ends_with("other.com") { "other.com" } else { "example.com" };
            let mut row = row(by_dkim, by_spf).from(from, policy).modes(adkim, aspf);
            row.record.envelope_from = sender.map(Into::into);
            let row = dkim.into_iter().fold(row, |row, (name, result)| row.dkim(name, result));
            spf.into_iter().fold(row, |row, (name, scope, result)| row.spf(name, scope, result))
        },
    )
}

proptest! {
    #[test]
    fn it_is_what_a_recount_by_hand_gives(row in any_row()) {
        let ours = ours(&row.policy, &row.record, list());
        prop_assert_eq!([ours.dkim(), ours.spf()], by_hand(&row));
        // One policy domain for all of an organization: no list and no walk tells otherwise.
        prop_assert!(!ours.depends_on_list());
        let theirs = verdict::verdict(row.record.evaluated.as_ref());
        prop_assert_eq!(ours.difference() == Difference::Agrees, ours.verdict() == theirs);
    }
}
