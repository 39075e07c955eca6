//! What a filter asks, in plain words.

use dmarcscope::analysis::{Clause, Dimension, Field, Key, Parts, Pattern, Period, Term};
use dmarcscope::text::Value;

use crate::names::name;
use crate::ui::Ui;

/// Values that are told of one by one.
const FEW: usize = 3;

/// What a field is called.
pub fn field(words: &Ui, name: &str) -> String {
    words.say(&format!("filter-field-{name}"))
}

/// A clause.
pub fn clause(words: &Ui, clause: &Clause) -> String {
    let values = values(words, &clause.term);
    // These say by themselves what they are about.
    let is_own = matches!(clause.term, Term::Outcome(_) | Term::Period(_));
    let key = match (is_own, clause.negated) {
        (true, false) => return values,
        (true, true) => "filter-not",
        (false, false) => "filter-said",
        (false, true) => "filter-said-not",
    };
    let field = field(words, clause.term.field());
    words.say_with(key, &[("field", Value::Text(&field)), ("values", Value::Text(&values))])
}

/// The values of a term: "a, b or c".
fn values(words: &Ui, term: &Term) -> String {
    let each = term.each();
    let mut said: Vec<String> = each.iter().take(FEW).map(|one| value(words, one)).collect();
    let more = each.len().saturating_sub(FEW);
    if more > 0 {
        said.push(words.say_with("filter-more", &[("values", Value::Number(more as u64))]));
    }
    let Some(last) = said.pop() else { return String::new() };
    if said.is_empty() {
        return last;
    }
    let first = said.join(", ");
    words.say_with("filter-or", &[("first", Value::Text(&first)), ("last", Value::Text(&last))])
}

/// The first value of a term.
pub fn value(words: &Ui, term: &Term) -> String {
    let said = match term {
        Term::Text(field, patterns) => patterns.first().map(|one| pattern(words, *field, one)),
        Term::Signature(all) => all.first().map(|one| parts(words, Dimension::Dkim, one)),
        Term::SpfCheck(all) => all.first().map(|one| parts(words, Dimension::Spf, one)),
        Term::Ip(networks) => networks.first().map(ToString::to_string),
        Term::Outcome(outcomes) => outcomes.first().map(|one| name(words, Dimension::Outcome, &Key::Outcome(*one))),
        Term::Verdict(verdicts) => verdicts.first().map(|one| name(words, Dimension::Verdict, &Key::Verdict(*one))),
        Term::Judge(judges) => judges.first().map(|one| words.say(&format!("judge-{}", one.word()))),
        Term::Period(periods) => periods.first().map(|one| period(words, *one)),
        Term::Words(texts) => texts.first().map(|text| words.say_with("filter-word", &[("text", Value::Text(text))])),
    };
    said.unwrap_or_default()
}

/// Days.
pub fn period(words: &Ui, period: Period) -> String {
    words.locale().days(period.first, period.last)
}

fn pattern(words: &Ui, field: Field, pattern: &Pattern) -> String {
    let by = field.dimension();
    let Some(pieces) = pattern.pieces() else { return name(words, by, &Key::Absent) };
    let with = |key: &str, text: &str| words.say_with(key, &[("text", Value::Text(text))]);
    match pieces {
        [text] => name(words, by, &Key::Text(text.clone())),
        _ if pattern.is_anything() => words.say("filter-any"),
        [first, text, last] if first.is_empty() && last.is_empty() => with("filter-contains", text),
        [first, text] if first.is_empty() => with("filter-ends", text),
        [text, last] if last.is_empty() => with("filter-begins", text),
        pieces => with("filter-like", &pieces.join("*")),
    }
}

/// Domain, selector or scope, and result, as far as they are asked for.
fn parts(words: &Ui, by: Dimension, parts: &Parts) -> String {
    let Some([result, domain, third]) = parts else { return name(words, by, &Key::Absent) };
    let fields = match by {
        Dimension::Dkim => [Field::DkimDomain, Field::Selector, Field::DkimResult],
        _ => [Field::SpfDomain, Field::SpfScope, Field::SpfResult],
    };
    let asked = [domain, third, result].into_iter().zip(fields).filter(|(part, _)| !part.is_anything());
    let said: Vec<String> = asked.map(|(part, field)| pattern(words, field, part)).collect();
    if said.is_empty() { words.say("filter-any") } else { said.join(" · ") }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use dmarcscope::analysis::Filter;
    use dmarcscope::text::{Plain, Words};

    use super::*;

    fn said(text: &str) -> String {
        let words = Ui(Rc::new(Words::english_screens(Box::new(Plain))));
        let filter: Filter = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        filter.clauses.iter().map(|one| clause(&words, one)).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn clauses_are_said_as_people_say_them() {
        for (text, expected) in [
            ("from:shop.example", "From: shop.example"),
            ("-from:shop.example,news.example", "From: not shop.example or news.example"),
            ("-outcome:forwarded", "Not: Fail, delivered: forwarded"),
            ("outcome:rejected", "Fail, rejected"),
            ("dkim:fail", "DKIM: fail"),
            ("verdict:fail", "Verdict: Fail"),
            ("period:2026-10-01..2026-10-07", "2026-10-01 – 2026-10-07"),
            ("period:2026-10", "2026-10"),
            ("period:2026", "2026"),
            ("-period:2026-10-05", "Not: 2026-10-05"),
            ("ip:203.0.113.0/24", "Source: 203.0.113.0/24"),
            ("reporter:*google*", "Reporter: contains “google”"),
            ("from:*.example", "From: ends with “.example”"),
            ("selector:s*", "Selector: begins with “s”"),
            ("selector:s*x", "Selector: like “s*x”"),
            ("selector:*", "Selector: any"),
            ("selector:?", "Selector: not stated"),
            ("envelope_from:\"\"", "Envelope sender: <> (the null sender)"),
            ("disposition:none", "Receiver: none (delivered)"),
            ("signature:pass/*/s1", "DKIM signature: s1 · pass"),
            ("-spf_check:?", "SPF check: not no result"),
            ("shop", "Any text: “shop”"),
            ("report:1,2,3,4,5", "Report id: 1, 2, 3 or 2 more"),
            ("file:a.zip", "File: a.zip"),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
