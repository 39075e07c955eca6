//! One test for each row of the tables.

use super::*;
use crate::report::keyword::Word;

fn policy(p: &str, sp: &str) -> PolicyPublished {
    let read = |word: &str| if word.is_empty() { Keyword::Absent } else { Keyword::read(word) };
    PolicyPublished { domain: Some("example.com".into()), p: read(p), sp: read(sp), ..PolicyPublished::default() }
}

fn evaluated(disposition: &str, dkim: &str, spf: &str) -> Evaluated {
    fn read<T: Word>(word: &str) -> Keyword<T> {
        if word.is_empty() { Keyword::Absent } else { Keyword::read(word) }
    }
    Evaluated { disposition: read(disposition), dkim: read(dkim), spf: read(spf) }
}

fn of(policy: &PolicyPublished, from: &str, disposition: &str, dkim: &str, spf: &str, reasons: &[&str]) -> Outcome {
    let reasons: Vec<_> = reasons.iter().map(|reason| Keyword::read(reason)).collect();
    outcome(policy, Some(from), Some(&evaluated(disposition, dkim, spf)), &reasons)
}

fn failed(policy: &PolicyPublished, from: &str, disposition: &str, reasons: &[&str]) -> Outcome {
    of(policy, from, disposition, "fail", "fail", reasons)
}

#[test]
fn verdicts() {
    let of = |dkim, spf| verdict(Some(&evaluated("none", dkim, spf)));
    for (dkim, spf) in
        [("pass", "pass"), ("pass", "fail"), ("fail", "pass"), ("pass", ""), ("", "pass"), ("pass", "odd")]
    {
        assert_eq!(of(dkim, spf), Verdict::Pass);
    }
    for (dkim, spf) in [("fail", "fail"), ("softfail", "fail"), ("none", "none")] {
        assert_eq!(of(dkim, spf), Verdict::Fail);
    }
    for (dkim, spf) in [("fail", ""), ("", "fail"), ("", ""), ("fail", " ")] {
        assert_eq!(of(dkim, spf), Verdict::Unknown);
    }
    assert_eq!(verdict(None), Verdict::Unknown);
}

#[test]
fn passed_and_not_acted_upon() {
    for disposition in ["none", "pass", "", "odd"] {
        let of = |dkim, spf| of(&policy("reject", ""), "example.com", disposition, dkim, spf, &[]);
        assert_eq!(of("pass", "pass"), Outcome::PassedBoth);
        assert_eq!(of("pass", "fail"), Outcome::PassedDkim);
        assert_eq!(of("", "pass"), Outcome::PassedSpf);
    }
}

#[test]
fn passed_yet_acted_upon() {
    for disposition in ["quarantine", "reject"] {
        let outcome = of(&policy("none", ""), "example.com", disposition, "pass", "pass", &[]);
        assert_eq!(outcome, Outcome::PassedYetActed);
    }
}

#[test]
fn failed_and_delivered_under_no_policy() {
    for (policy, from) in [
        (policy("none", ""), "example.com"),
        (policy("none", "reject"), "example.com"),
        (policy("reject", "none"), "a.example.com"),
        (policy("none", ""), "a.example.com"),
        (policy("", ""), "example.com"),
        (policy("monitor", ""), "example.com"),
    ] {
        assert_eq!(failed(&policy, from, "none", &[]), Outcome::FailedMonitoring);
        assert_eq!(failed(&policy, from, "none", &["forwarded"]), Outcome::FailedMonitoring);
    }
}

#[test]
fn failed_and_delivered_for_a_reason() {
    let of = |reasons: &[&str]| failed(&policy("reject", ""), "example.com", "none", reasons);
    assert_eq!(of(&["forwarded"]), Outcome::FailedForwarded);
    assert_eq!(of(&["mailing_list"]), Outcome::FailedMailingList);
    assert_eq!(of(&["trusted_forwarder"]), Outcome::FailedTrustedForwarder);
    assert_eq!(of(&["local_policy"]), Outcome::FailedLocalPolicy);
    assert_eq!(of(&["sampled_out"]), Outcome::FailedSampledOut);
    assert_eq!(of(&["policy_test_mode"]), Outcome::FailedPolicyTestMode);
    assert_eq!(of(&["other"]), Outcome::FailedOtherReason);
    assert_eq!(of(&["whim"]), Outcome::FailedOtherReason);
    assert_eq!(of(&[""]), Outcome::FailedOtherReason);
    assert_eq!(of(&["", "mailing_list", "other"]), Outcome::FailedMailingList);
}

#[test]
fn failed_and_delivered_against_the_policy() {
    assert_eq!(failed(&policy("reject", ""), "example.com", "none", &[]), Outcome::FailedUnexplained);
    assert_eq!(failed(&policy("none", "quarantine"), "a.example.com", "none", &[]), Outcome::FailedUnexplained);
    assert_eq!(failed(&policy("reject", ""), "a.example.com", "none", &[]), Outcome::FailedUnexplained);
}

#[test]
fn failed_and_acted_upon() {
    for p in ["none", "reject"] {
        assert_eq!(failed(&policy(p, ""), "example.com", "quarantine", &["other"]), Outcome::FailedQuarantined);
        assert_eq!(failed(&policy(p, ""), "example.com", "reject", &[]), Outcome::FailedRejected);
    }
}

#[test]
fn failed_and_what_was_done_is_not_known() {
    for disposition in ["", " ", "odd", "pass"] {
        let outcome = failed(&policy("reject", ""), "example.com", disposition, &[]);
        assert_eq!(outcome, Outcome::FailedDispositionUnknown);
    }
}

#[test]
fn unknown_whatever_was_done() {
    for disposition in ["none", "reject", ""] {
        assert_eq!(of(&policy("none", ""), "example.com", disposition, "", "fail", &[]), Outcome::Unknown);
    }
    assert_eq!(outcome(&policy("none", ""), None, None, &[]), Outcome::Unknown);
}

#[test]
fn test_mode_lowers_the_policy_one_level() {
    let testing = |p| PolicyPublished { testing: Keyword::Known(Testing::Yes), ..policy(p, "") };
    assert_eq!(failed(&testing("quarantine"), "example.com", "none", &[]), Outcome::FailedMonitoring);
    assert_eq!(
        failed(&testing("quarantine"), "example.com", "none", &["policy_test_mode"]),
        Outcome::FailedPolicyTestMode
    );
    assert_eq!(failed(&testing("reject"), "example.com", "none", &[]), Outcome::FailedUnexplained);
}

#[test]
fn pct_lowers_what_may_be_asked() {
    let sampled = |p, pct: &str| PolicyPublished { pct: Some(pct.into()), ..policy(p, "") };
    assert_eq!(failed(&sampled("quarantine", "50"), "example.com", "none", &[]), Outcome::FailedSampledOut);
    assert_eq!(failed(&sampled("quarantine", "0"), "example.com", "none", &[]), Outcome::FailedMonitoring);
    assert_eq!(failed(&sampled("reject", "50"), "example.com", "none", &[]), Outcome::FailedUnexplained);
    assert_eq!(failed(&sampled("reject", "0"), "example.com", "none", &[]), Outcome::FailedUnexplained);
    assert_eq!(failed(&sampled("quarantine", "100"), "example.com", "none", &[]), Outcome::FailedUnexplained);
    assert_eq!(failed(&sampled("quarantine", "all"), "example.com", "none", &[]), Outcome::FailedUnexplained);
}

#[test]
fn every_outcome_has_its_number_and_word() {
    for (number, outcome) in Outcome::ALL.into_iter().enumerate() {
        assert_eq!(outcome as usize, number);
        assert_eq!(Outcome::ALL.iter().filter(|other| other.word() == outcome.word()).count(), 1);
    }
}
