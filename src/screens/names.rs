//! What groups are called.

use dmarcscope::analysis::{Dimension, Key, Network, Pattern, Term};

use super::address::View;
use super::ui::Ui;

/// The same screen with a condition more.
pub fn only(view: &View, term: Term) -> View {
    View { filter: view.filter.narrowed(term), show: view.show }
}

/// The name of a group as people read it.
pub fn name(words: &Ui, _by: Dimension, key: &Key) -> String {
    match key {
        Key::Address(address) => address.to_string(),
        Key::Text(text) => text.clone(),
        Key::Report(report) => report.reporter.clone().unwrap_or_else(|| words.say("source-absent")),
        Key::Absent => words.say("source-absent"),
    }
}

/// The condition that selects a group's records.
pub fn term(by: Dimension, key: &Key) -> Option<Term> {
    let Key::Text(text) = key else {
        let Key::Address(address) = key else { return None };
        return Some(Term::Ip(vec![Network { address: *address, prefix: Network::full(*address) }]));
    };
    let pattern = || vec![Pattern(text.clone())];
    match by {
        Dimension::HeaderFrom => Some(Term::From(pattern())),
        Dimension::Domain => Some(Term::Domain(pattern())),
        Dimension::Reporter => Some(Term::Reporter(pattern())),
        _ => None,
    }
}
