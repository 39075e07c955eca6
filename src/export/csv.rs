//! Rows as comma-separated values (RFC 4180).

use std::fmt::Write as _;

use super::{Head, Row};
use crate::report::keyword::{Keyword, Word};

/// The names of the columns. The first ones are parsedmarc's, as far as a report tells them; ours come last.
pub const COLUMNS: [&str; 40] = [
    "xml_schema",
    "org_name",
    "org_email",
    "org_extra_contact_info",
    "report_id",
    "begin_date",
    "end_date",
    "errors",
    "domain",
    "adkim",
    "aspf",
    "p",
    "sp",
    "np",
    "pct",
    "fo",
    "testing",
    "discovery_method",
    "source_ip_address",
    "count",
    "spf_aligned",
    "dkim_aligned",
    "dmarc_aligned",
    "disposition",
    "policy_override_reasons",
    "policy_override_comments",
    "envelope_from",
    "header_from",
    "envelope_to",
    "dkim_domains",
    "dkim_selectors",
    "dkim_results",
    "spf_domains",
    "spf_scopes",
    "spf_results",
    "outcome",
    "our_verdict",
    "our_difference",
    "generator",
    "file",
];

/// Between several values of a field.
const AND: &str = "; ";

/// The line of the columns' names.
pub fn head(out: &mut Vec<u8>) {
    // The mark tells spreadsheets that this is UTF-8.
    out.extend_from_slice("\u{FEFF}".as_bytes());
    out.extend_from_slice(COLUMNS.join(",").as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// What the lines of all rows of a report begin with.
#[must_use]
pub fn beginning(head: &Head) -> Vec<u8> {
    let (mut out, report) = (Vec::new(), &head.report);
    let policy = &report.policy;
    let mut line = Line { out: &mut out, is_first: true };
    line.text(report.version.as_deref());
    line.text(report.org_name.as_deref());
    line.text(report.email.as_deref());
    line.text(report.extra_contact_info.as_ref().map(|contact| contact.text.as_str()));
    line.text(report.report_id.as_deref());
    head.period.iter().for_each(|second| line.text(Some(second)));
    line.all(report.errors.iter().map(|error| error.text.as_str()));
    line.text(policy.domain.as_deref());
    line.word(&policy.adkim);
    line.word(&policy.aspf);
    line.word(&policy.p);
    line.word(&policy.sp);
    line.word(&policy.np);
    line.text(policy.pct.as_deref());
    line.text(policy.fo.as_deref());
    line.word(&policy.testing);
    line.word(&policy.discovery_method);
    out
}

/// A row's line, behind what [`beginning`] gives for its report.
pub fn row(row: &Row<'_>, beginning: &[u8], out: &mut Vec<u8>) {
    let (report, record) = (&row.head.report, &row.record);
    out.extend_from_slice(beginning);
    let mut line = Line { out, is_first: false };
    line.text(row.source().as_deref());
    line.number(record.count);
    let [spf, dkim, dmarc] = row.aligned();
    [spf, dkim, dmarc].into_iter().for_each(|aligned| line.flag(aligned));
    line.text(record.evaluated.as_ref().map(|evaluated| evaluated.disposition.text()));
    line.all(record.reasons.iter().map(|reason| reason.kind.text()));
    line.all(record.reasons.iter().map(|reason| reason.comment.as_deref().unwrap_or_default()));
    line.text(record.envelope_from.as_deref());
    line.text(record.header_from.as_deref());
    line.text(record.envelope_to.as_deref());
    line.all(record.dkim.iter().map(|result| result.domain.as_deref().unwrap_or_default()));
    line.all(record.dkim.iter().map(|result| result.selector.as_deref().unwrap_or_default()));
    line.all(record.dkim.iter().map(|result| result.result.text()));
    line.all(record.spf.iter().map(|result| result.domain.as_deref().unwrap_or_default()));
    line.all(record.spf.iter().map(|result| result.scope.text()));
    line.all(record.spf.iter().map(|result| result.result.text()));
    line.text(Some(row.outcome.word()));
    line.text(Some(row.ours.verdict().word()));
    line.text(Some(row.ours.difference().word()));
    line.text(report.generator.as_deref());
    line.text(Some(&row.head.file));
    out.extend_from_slice(b"\r\n");
}

struct Line<'a> {
    out: &'a mut Vec<u8>,
    is_first: bool,
}

impl Line<'_> {
    fn next(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b',');
        }
    }

    fn number(&mut self, number: u64) {
        self.next();
        self.out.extend_from_slice(number.to_string().as_bytes());
    }

    fn flag(&mut self, flag: Option<bool>) {
        self.text(flag.map(|flag| if flag { "true" } else { "false" }));
    }

    fn word<T: Word>(&mut self, word: &Keyword<T>) {
        self.text(Some(word.text()));
    }

    fn text(&mut self, text: Option<&str>) {
        self.next();
        field(text.unwrap_or_default(), self.out);
    }

    fn all<'a>(&mut self, mut texts: impl Iterator<Item = &'a str>) {
        let first = texts.next();
        let Some(second) = texts.next() else { return self.text(first) };
        let mut joined = String::from(first.unwrap_or_default());
        for text in std::iter::once(second).chain(texts) {
            // Writing into a string cannot fail.
            let _ = write!(joined, "{AND}{text}");
        }
        self.text(Some(&joined));
    }
}

/// A field: between quotes where it needs them, and never a formula.
///
/// Spreadsheets take a text that begins like a formula for one, and run it; such a text gets an apostrophe before it, which
/// they take for "this is text". Numbers are left alone.
pub fn field(text: &str, out: &mut Vec<u8>) {
    let is_plain =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b' ' | b':' | b';' | b'/');
    let bytes = text.as_bytes();
    let is_safe_start = bytes.first().is_none_or(u8::is_ascii_alphanumeric);
    if is_safe_start && bytes.iter().all(is_plain) {
        return out.extend_from_slice(bytes);
    }
    out.push(b'"');
    if is_formula(text) {
        out.push(b'\'');
    }
    for byte in bytes {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

/// Whether a spreadsheet would run a text.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    let is_number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    let starts_like_one = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    (starts_like_one || text.starts_with(['\t', '\r', '\n'])) && !is_number()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        field(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn fields_are_quoted_where_they_need_it_and_no_formula_is_run() {
        for (text, expected) in [
            ("", ""),
            ("example.com", "example.com"),
            ("2026-10-01 00:00:00", "2026-10-01 00:00:00"),
            ("2001:db8::1", "2001:db8::1"),
            ("a, b", "\"a, b\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("ümlaut", "\"ümlaut\""),
            ("-12", "\"-12\""),
            (" x", "\" x\""),
            ("::1", "\"::1\""),
        ] {
            assert_eq!(written(text), expected);
        }
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1"] {
            assert_eq!(written(formula), format!("\"'{formula}\""));
        }
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let mut names = COLUMNS.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COLUMNS.len());
    }
}
