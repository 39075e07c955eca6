//! Words, counts, addresses and names.

use dmarcscope::ledger::Note;
use dmarcscope::report::Record;
use dmarcscope::report::keyword::{
    Alignment, AuthResult, Disposition, Evaluation, Keyword, ReasonType, RequestedPolicy, SpfScope, Testing,
};

use super::support::{METADATA, POLICY, ROW, read, read_noted, record, report_of, with_record, with_row};

#[track_caller]
fn record_with(from: &str, to: &str, codes: &[&str]) -> Record<'static> {
    let text = record().replace(from, to);
    assert_ne!(text, record());
    read_noted(with_record(&text), codes).records.remove(0)
}

#[test]
fn words_in_another_letter_case_are_mended() {
    let evaluated = record_with("<dkim>pass<", "<dkim>Pass<", &["word-mended"]).evaluated.unwrap();
    assert_eq!(evaluated.dkim, Keyword::Known(Evaluation::Pass));
    let evaluated = record_with("<disposition>none<", "<disposition>NONE<", &["word-mended"]).evaluated.unwrap();
    assert_eq!(evaluated.disposition, Keyword::Known(Disposition::None));
}

#[test]
fn blanks_around_words_are_no_mend() {
    let evaluated = record_with("<dkim>pass<", "<dkim> pass\n<", &[]).evaluated.unwrap();
    assert_eq!(evaluated.dkim, Keyword::Known(Evaluation::Pass));
}

#[test]
fn older_spellings_are_mended() {
    let result = |word: &str| {
        record_with("<result>pass</result></dkim>", &format!("<result>{word}</result></dkim>"), &["word-mended"])
    };
    assert_eq!(result("hardfail").dkim[0].result, Keyword::Known(AuthResult::Fail));
    assert_eq!(result("TempError").dkim[0].result, Keyword::Known(AuthResult::Temperror));
    let scope = record_with("<scope>mfrom<", "<scope>mailfrom<", &["word-mended"]);
    assert_eq!(scope.spf[0].scope, Keyword::Known(SpfScope::Mfrom));
    let policy = POLICY.replace("<adkim>r<", "<adkim>strict<").replace("<pct>", "<testing>true</testing><pct>");
    let all = read_noted(report_of(&[METADATA, &policy, &record()]), &["word-mended", "word-mended"]);
    assert_eq!(all.reports[0].policy.adkim, Keyword::Known(Alignment::Strict));
    assert_eq!(all.reports[0].policy.testing, Keyword::Known(Testing::Yes));
}

#[test]
fn words_of_no_standard_are_kept() {
    for word in ["unknown", "invalid", "error", "not.evaluated", "best_guess_pass"] {
        let record =
            record_with("<result>pass</result></spf>", &format!("<result>{word}</result></spf>"), &["word-unknown"]);
        assert_eq!(record.spf[0].result, Keyword::Other(word.into()));
    }
    for word in ["softfail", "none", "temperror", "hardfail"] {
        let evaluated = record_with("<spf>fail<", &format!("<spf>{word}<"), &["word-unknown"]).evaluated.unwrap();
        assert_eq!(evaluated.spf, Keyword::Other(word.into()));
    }
    let all = read(report_of(&[METADATA, &POLICY.replace("<p>none<", "<p>monitor<"), &record()]));
    assert_eq!(all.reports[0].policy.p, Keyword::Other("monitor".into()));
    let note = Note::WordUnknown { field: "p".into(), found: "monitor".into() };
    assert!(all.notes[0].iter().any(|(known, _)| *known == note));
}

#[test]
fn empty_words_and_absent_ones_differ() {
    let record = record_with("<result>pass</result></dkim>", "<result></result></dkim>", &[]);
    assert_eq!(record.dkim[0].result, Keyword::Empty);
    let record = record_with("<scope>mfrom</scope>", "", &[]);
    assert_eq!(record.spf[0].scope, Keyword::Absent);
    let policy = POLICY.replace("<sp>none</sp>", "<sp/>");
    assert_eq!(
        read_noted(report_of(&[METADATA, &policy]), &[]).reports[0].policy.sp,
        Keyword::<RequestedPolicy>::Empty
    );
    let row =
        ROW.replace("</policy_evaluated>", "<reason><type></type><comment></comment></reason></policy_evaluated>");
    let all = read_noted(with_row(&row), &[]);
    assert_eq!(all.records[0].reasons[0].kind, Keyword::<ReasonType>::Empty);
    assert_eq!(all.records[0].reasons[0].comment.as_deref(), Some(""));
}

#[test]
fn counts() {
    for (text, count, codes) in [
        ("0", 0, &[][..]),
        (" 5 ", 5, &[]),
        ("+5", 5, &[]),
        ("1.0", 1, &[]),
        ("1000000000000", 1_000_000_000_000, &[]),
        ("-1", 0, &["count-unreadable"]),
        ("many", 0, &["count-unreadable"]),
        ("", 0, &["count-unreadable"]),
        ("1.5", 0, &["count-unreadable"]),
        ("1000000000001", 0, &["count-unreadable"]),
        ("99999999999999999999", 0, &["count-unreadable"]),
        ("inf", 0, &["count-unreadable"]),
    ] {
        assert_eq!(record_with("<count>2<", &format!("<count>{text}<"), codes).count, count, "{text}");
    }
    assert_eq!(record_with("<count>2</count>", "", &["element-missing"]).count, 0);
}

#[test]
fn addresses_in_every_notation() {
    for (text, address) in [
        ("2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
        ("2001:DB8::1", "2001:db8::1"),
        (" 192.0.2.1 ", "192.0.2.1"),
        ("::", "::"),
    ] {
        let record = record_with("192.0.2.1", text, &[]);
        assert_eq!(record.source, Some(address.parse().unwrap()), "{text}");
        assert_eq!(record.source_text, None, "{text}");
    }
}

#[test]
fn ipv4_mapped_addresses_are_ipv4() {
    for text in ["::ffff:192.0.2.7", "::FFFF:c000:207"] {
        let record = record_with("192.0.2.1", text, &[]);
        assert_eq!(record.source, Some("192.0.2.7".parse().unwrap()));
        assert_eq!(record.source_text.as_deref(), Some(text));
    }
}

#[test]
fn addresses_with_something_around() {
    for (text, address) in [
        ("192.0.2.7 (mail.example.net)", "192.0.2.7"),
        ("mail.example.net [192.0.2.7]", "192.0.2.7"),
        ("[192.0.2.7]", "192.0.2.7"),
        ("[2001:db8::7]", "2001:db8::7"),
        ("[2001:db8::7]:25", "2001:db8::7"),
        ("IPv6:2001:db8::7", "2001:db8::7"),
        ("fe80::7%eth0", "fe80::7"),
        ("192.000.002.007", "192.0.2.7"),
        ("192.0.2.7:25", "192.0.2.7"),
        ("192.0.2.7/32", "192.0.2.7"),
        ("192.0.2.7.", "192.0.2.7"),
        ("192.0.2.7, 192.0.2.8", "192.0.2.7"),
    ] {
        let record = record_with("192.0.2.1", text, &["address-mended"]);
        assert_eq!(record.source, Some(address.parse().unwrap()), "{text}");
        assert_eq!(record.source_text.as_deref(), Some(text));
    }
}

#[test]
fn unreadable_addresses_keep_the_record() {
    for text in ["unknown", "108r.166.27.220", "1.2.3", "256.1.1.1", "", "mail.example.net"] {
        let record = record_with("192.0.2.1", text, &["address-unreadable"]);
        assert_eq!((record.source, record.source_text.as_deref(), record.count), (None, Some(text), 2));
    }
}

#[test]
fn domain_names() {
    let header = |text: &str| {
        record_with("<header_from>example.com<", &format!("<header_from>{text}<"), &[])
            .header_from
            .unwrap()
            .into_owned()
    };
    assert_eq!(header(" Example.COM. "), "example.com");
    assert_eq!(header("XN--BCHER-KVA.example"), "xn--bcher-kva.example");
    assert_eq!(header("BÜCHER.example"), "bücher.example");
    assert_eq!(header(""), "");
    let policy = POLICY.replace("example.com", "EXAMPLE.com.");
    assert_eq!(
        read_noted(report_of(&[METADATA, &policy]), &[]).reports[0].policy.domain.as_deref(),
        Some("example.com")
    );
}
