//! What a typed filter may go on with.

use std::ops::Range;

use dmarcscope::analysis::{Clause, Term, grammar};

/// What stands at the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// The beginning of a field, or a word.
    Field {
        /// What is typed of it.
        typed: String,
        /// Where it stands.
        span: Range<usize>,
    },
    /// A value of a field.
    Value {
        /// The field's name as typed.
        field: String,
        /// What is typed of the value before the caret, without its quotes.
        typed: String,
        /// Where the whole value stands.
        span: Range<usize>,
    },
    /// Nothing that can be completed.
    Nothing,
}

/// What stands before the caret, a byte offset in the text.
pub fn at(text: &str, caret: usize) -> At {
    let Some(before) = text.get(..caret) else { return At::Nothing };
    let (mut start, mut colon, mut value) = (0, None, 0);
    let (mut is_quoted, mut is_escaped) = (false, false);
    for (place, c) in before.char_indices() {
        let next = place + c.len_utf8();
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            c if c.is_whitespace() => (start, colon, value) = (next, None, next),
            '-' if place == start => start = next,
            ':' if colon.is_none() => (colon, value) = (Some(place), next),
            ',' => value = next,
            _ => {}
        }
    }
    let Some(colon) = colon else {
        let typed = text.get(start..caret).unwrap_or_default();
        if typed.contains(['"', ',']) {
            return At::Nothing;
        }
        // All of the word is replaced, and the colon that it may have.
        let rest = text.get(caret..).unwrap_or_default();
        let end = caret + rest.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(rest.len());
        let end = if text.get(end..).is_some_and(|rest| rest.starts_with(':')) { end + 1 } else { end };
        return At::Field { typed: typed.to_owned(), span: start..end };
    };
    let typed = text.get(value..caret).unwrap_or_default().trim_start_matches('"').replace('\\', "");
    let field = text.get(start..colon).unwrap_or_default().to_owned();
    At::Value { field, typed, span: value..end_of_value(text, caret, is_quoted) }
}

fn end_of_value(text: &str, caret: usize, mut is_quoted: bool) -> usize {
    let rest = text.get(caret..).unwrap_or_default();
    for (place, c) in rest.char_indices() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if !is_quoted && (c == ',' || c.is_whitespace()) => return caret + place,
            _ => {}
        }
    }
    // A quote that is not closed is one that is only being typed: what is after the caret stays.
    if is_quoted { caret } else { text.len() }
}

/// The text with something in the place of a span, and where the caret comes to stand.
pub fn completed(text: &str, span: &Range<usize>, with: &str) -> (String, usize) {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    (format!("{before}{with}{after}"), before.len() + with.len())
}

/// A value as it is typed after its field.
pub fn typed(term: &Term) -> String {
    let clause = Clause { negated: false, term: term.clone() }.to_string();
    clause.strip_prefix(&format!("{}:", term.field())).map_or(clause.clone(), ToOwned::to_owned)
}

/// The field that was most likely meant.
pub fn nearest(typed: &str) -> Option<&'static str> {
    let typed = typed.to_ascii_lowercase();
    let near = grammar::names().map(|name| (distance(&typed, name), name)).min()?;
    (near.0 <= 2 && near.0 * 2 <= typed.len()).then_some(near.1)
}

/// How many letters must be changed, put in or left out, or neighbours swapped, to make one text of another.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
    let (mut older, mut old) = (Vec::new(), (0..=b.len()).collect::<Vec<usize>>());
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (at(&old, j) + usize::from(x != y)).min(at(&old, j + 1) + 1).min(at(&row, j) + 1);
            let is_swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if is_swapped {
                best = best.min(at(&older, j - 1) + 1);
            }
            row.push(best);
        }
        older = std::mem::replace(&mut old, row);
    }
    at(&old, b.len())
}

#[cfg(test)]
mod tests {
    use dmarcscope::analysis::Filter;

    use super::*;

    /// `|` is the caret.
    fn told(text: &str) -> At {
        let caret = text.find('|').unwrap();
        at(&text.replace('|', ""), caret)
    }

    fn field(typed: &str, span: Range<usize>) -> At {
        At::Field { typed: typed.into(), span }
    }

    fn value(field: &str, typed: &str, span: Range<usize>) -> At {
        At::Value { field: field.into(), typed: typed.into(), span }
    }

    #[test]
    fn fields_and_values_at_the_caret_are_found() {
        assert_eq!(told("|"), field("", 0..0));
        assert_eq!(told("fr|"), field("fr", 0..2));
        assert_eq!(told("f|rom:a"), field("f", 0..5));
        assert_eq!(told("dkim:fail -re|"), field("re", 11..13));
        assert_eq!(told("from:|"), value("from", "", 5..5));
        assert_eq!(told("from:sh|op.example dkim:fail"), value("from", "sh", 5..17));
        assert_eq!(told("-from:a,b|c,d"), value("from", "b", 8..10));
        assert_eq!(told("reporter:\"a, b|\" x"), value("reporter", "a, b", 9..15));
        assert_eq!(told("reporter:\"a, b| x"), value("reporter", "a, b", 9..14));
        assert_eq!(told("reporter:\"a\" |"), field("", 13..13));
        assert_eq!(told("ip:2001:d|b8::1"), value("ip", "2001:d", 3..14));
        assert_eq!(told("\"two wo|"), At::Nothing);
        assert_eq!(told("a,b|"), At::Nothing);
        assert_eq!(told("from:größ|e"), value("from", "größ", 5..12));
    }

    #[test]
    fn what_is_completed_reads_as_what_was_meant() {
        let term = |text: &str| text.parse::<Filter>().unwrap().clauses.remove(0).term;
        for (text, whole) in [
            ("reporter:\"a, b\"", "reporter:\"a, b\""),
            ("signature:pass/a/b", "signature:pass/a/b"),
            ("ip:::1", "ip:::1"),
            ("verdict:fail", "verdict:fail"),
        ] {
            let term = term(text);
            let (text, caret) = completed(
                &format!("{}:x dkim:fail", term.field()),
                &(term.field().len() + 1..term.field().len() + 2),
                &typed(&term),
            );
            assert_eq!(text, format!("{whole} dkim:fail"));
            assert_eq!(caret, whole.len());
        }
    }

    #[test]
    fn a_misspelt_field_is_told_from_nonsense() {
        assert_eq!(
            (nearest("frmo"), nearest("Repotrer"), nearest("dkim-domain")),
            (Some("from"), Some("reporter"), Some("dkim_domain"))
        );
        assert_eq!((nearest("2001"), nearest("x"), nearest("hostname")), (None, None, None));
    }
}
