//! Dates in every form.

use super::support::{METADATA, POLICY, read_noted, record, report_of};

#[track_caller]
fn dates(begin: &str, end: &str, codes: &[&str]) -> (Option<i64>, Option<i64>) {
    let metadata =
        METADATA.replace(">1700000000<", &format!(">{begin}<")).replace("<end>1700086399<", &format!("<end>{end}<"));
    let all = read_noted(report_of(&[&metadata, POLICY, &record()]), codes);
    (all.reports[0].begin, all.reports[0].end)
}

const BOTH: (Option<i64>, Option<i64>) = (Some(1_700_000_000), Some(1_700_086_399));

#[test]
fn seconds_with_blanks() {
    assert_eq!(dates(" 1700000000 ", "\n1700086399\n", &[]), BOTH);
}

#[test]
fn milliseconds_and_smaller() {
    assert_eq!(dates("1700000000000", "1700086399999", &["date-converted×2"]), BOTH);
    assert_eq!(dates("1700000000000000", "1700086399000000000", &["date-converted×2"]), BOTH);
}

#[test]
fn floats() {
    assert_eq!(dates("1700000000.0", "1700086399.75", &["date-converted×2"]), BOTH);
    assert_eq!(dates("1.7e9", "1700086399", &["date-converted"]), BOTH);
}

#[test]
fn iso_8601() {
    for (begin, end) in [
        ("2023-11-14T22:13:20Z", "2023-11-15T22:13:19+00:00"),
        ("2023-11-14T23:13:20+01:00", "2023-11-15T22:13:19.5Z"),
        ("2023-11-14T22:13:20", "2023-11-15 22:13:19"),
        ("2023-11-14 22:13:20 UTC", "2023-11-15 22:13:19 +0000"),
        ("20231114T221320Z", "2023-11-15T22:13:19 GMT"),
    ] {
        assert_eq!(dates(begin, end, &["date-converted×2"]), BOTH, "{begin} {end}");
    }
    assert_eq!(dates("2023-11-14", "1700086399", &["date-converted"]).0, Some(1_699_920_000));
}

#[test]
fn begin_is_end() {
    assert_eq!(dates("1700000000", "1700000000", &[]), (Some(1_700_000_000), Some(1_700_000_000)));
}

#[test]
fn begin_after_end() {
    assert_eq!(dates("1700086399", "1700000000", &["dates-swapped"]), BOTH);
}

#[test]
fn a_span_of_weeks() {
    assert_eq!(dates("1697580800", "1700086399", &[]), (Some(1_697_580_800), Some(1_700_086_399)));
}

#[test]
fn absent() {
    let (before, rest) = METADATA.split_once("<date_range>").unwrap();
    let (_, after) = rest.split_once("</date_range>").unwrap();
    let all = read_noted(report_of(&[before, after, POLICY, &record()]), &["element-missing", "no-period"]);
    assert_eq!((all.reports[0].begin, all.reports[0].end, all.messages()), (None, None, 2));
}

#[test]
fn unreadable() {
    assert_eq!(dates("yesterday", "-5", &["date-unreadable×2", "no-period"]), (None, None));
    assert_eq!(dates("", "", &["no-period"]), (None, None));
    assert_eq!(dates("99999999999999999999999", "NaN", &["date-unreadable×2", "no-period"]), (None, None));
    assert_eq!(dates("inf", "1700086399", &["date-unreadable"]), (None, Some(1_700_086_399)));
}
