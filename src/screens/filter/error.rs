use dmarcscope::analysis::grammar::{FilterError, FilterErrorKind, names};
use dmarcscope::text::Value;

use super::complete::nearest;
use crate::ui::Ui;

/// What is wrong with a typed filter, and what is expected in its place.
pub fn sentence(words: &Ui, error: &FilterError) -> String {
    let with = |key: &str, values: &[(&str, &str)]| {
        let values: Vec<(&str, Value<'_>)> = values.iter().map(|(name, text)| (*name, Value::Text(text))).collect();
        words.say_with(key, &values)
    };
    match &error.kind {
        FilterErrorKind::NoField => words.say("filter-error-no-field"),
        FilterErrorKind::UnknownField(text) => match nearest(text) {
            Some(name) => with("filter-error-misspelt", &[("text", text), ("field", name)]),
            None => {
                let all: Vec<&str> = names().collect();
                with("filter-error-field", &[("text", text), ("fields", &all.join(", "))])
            }
        },
        FilterErrorKind::NoValue => words.say("filter-error-no-value"),
        FilterErrorKind::UnclosedQuote => words.say("filter-error-quote"),
        FilterErrorKind::NoBlank => words.say("filter-error-blank"),
        FilterErrorKind::UnknownValue { field: "ip", .. } => words.say("filter-error-ip"),
        FilterErrorKind::UnknownValue { field: "period", .. } => words.say("filter-error-period"),
        FilterErrorKind::UnknownValue { field, text } => {
            with("filter-error-value", &[("field", field), ("text", text)])
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use dmarcscope::analysis::Filter;
    use dmarcscope::text::{Plain, Words};

    use super::*;

    #[test]
    fn every_fault_is_told_with_what_is_expected() {
        let words = Ui(Rc::new(Words::english_screens(Box::new(Plain))));
        for (text, expected) in [
            (":x", "name of a field"),
            ("frmo:x", "Did you mean from?"),
            ("map:x", "period, text"),
            ("from:", "A value is missing"),
            ("from:\"x", "quote"),
            ("from:\"x\"y", "blank or a comma"),
            ("ip:x", "203.0.113.0/24"),
            ("period:x", "2026-10"),
            ("outcome:x", "outcome knows no “x”"),
        ] {
            let said = sentence(&words, &text.parse::<Filter>().unwrap_err());
            assert!(said.contains(expected), "{text}: {said}");
        }
    }
}
