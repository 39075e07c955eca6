//! What groups are called, and the doors to their records.

use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Group, Key, Term};

use dmarcscope::report::keyword::{Disposition, Word};
use dmarcscope::report::ours::Difference;
use dmarcscope::report::verdict::Verdict;

use super::address::View;
use super::ui::Ui;
use super::whois::country_name;

/// The same screen with a condition more.
pub fn only(view: &View, term: Term) -> View {
    View { filter: view.filter.narrowed(term), ..view.clone() }
}

/// The name of a group as people read it.
pub fn name(words: &Ui, by: Dimension, key: &Key) -> String {
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| words.say("source-absent"));
    match key {
        Key::Address(address) => address.to_string(),
        Key::Text(text) if text.is_empty() => match by {
            Dimension::EnvelopeFrom => words.say("null-sender"),
            _ => words.say("report-empty"),
        },
        Key::Text(text) if by == Dimension::Disposition => match Disposition::from_word(text) {
            Some(word) => words.say(&format!("did-{}", word.word())),
            None => text.clone(),
        },
        Key::Text(text) if by == Dimension::OurVerdict && Verdict::ALL.iter().any(|known| known.word() == text) => {
            words.say(&format!("verdict-{text}"))
        }
        Key::Text(text) if by == Dimension::Difference && Difference::ALL.iter().any(|known| known.word() == text) => {
            words.say(&format!("differs-{}", text.replace('_', "-")))
        }
        Key::Text(text) if by == Dimension::Country => country_name(text),
        Key::Text(text) if by == Dimension::Special => words.say(&format!("special-{text}")),
        Key::Text(text) => text.clone(),
        Key::Outcome(outcome) => words.say(&format!("outcome-{}", outcome.word())),
        Key::Verdict(verdict) => words.say(&format!("verdict-{}", verdict.word())),
        Key::Dkim(signature) => {
            joined(&[&said(&signature.domain), signature.selector.as_deref().unwrap_or(""), &said(&signature.result)])
        }
        Key::Spf(check) => joined(&[&said(&check.domain), check.scope.as_deref().unwrap_or(""), &said(&check.result)]),
        Key::Report(report) => said(&report.reporter),
        Key::Days(days) if days.first == days.last => words.locale().day(days.first),
        Key::Days(days) => words.locale().month(days.first),
        Key::Pair(pair) => joined(&[&name(words, by, &pair.0), &name(words, by, &pair.1)]),
        Key::Absent => match by {
            Dimension::Sender => words.say("no-sender"),
            Dimension::Dkim => words.say("no-signature"),
            Dimension::Spf => words.say("no-check"),
            _ => words.say("source-absent"),
        },
    }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// A group's name as a link to its records.
pub fn door(words: &Ui, view: &View, by: Dimension, group: &Group) -> Html {
    let text = name(words, by, &group.key);
    match group.key.term(by) {
        Some(term) => html! { <a class="door" href={only(view, term).href()} title={text.clone()}>{ text }</a> },
        None => html! { <span title={text.clone()}>{ text }</span> },
    }
}
