//! A record: everything that it says.

use yew::prelude::*;

use dmarcscope::analysis::{Check, Dimension, Field, Key, Network, Pattern, Signature, Term};
use dmarcscope::protocol::RecordRow;
use dmarcscope::report::keyword::{Keyword, Word};
use dmarcscope::report::verdict::Verdict;
use dmarcscope::report::{Dkim, Reason, Record, Spf};
use dmarcscope::text::Value;

use super::address::{Show, View};
use super::explain::explained;
use super::glossary::{self, term};
use super::report::keyword;
use super::ui::Ui;

/// A record's source, if it states one.
pub fn source(record: &Record<'_>) -> Option<String> {
    match (&record.source, &record.source_text) {
        (_, Some(text)) => Some(text.to_string()),
        (Some(address), None) => Some(address.to_string()),
        (None, None) => None,
    }
}

/// What happened to its messages.
pub fn outcome(words: &Ui, row: &RecordRow) -> (Html, String) {
    let verdict = match row.outcome.verdict() {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
    };
    let text = words.say(&format!("outcome-{}", row.outcome.word()));
    (html! { <span class={classes!("verdict", format!("verdict-{verdict}"))}>{ &text }</span> }, text)
}

/// A raw result of DKIM, in one line.
pub fn dkim(result: &Dkim) -> String {
    joined(&[
        result.result.text(),
        result.domain.as_deref().unwrap_or_default(),
        &result.selector.as_deref().filter(|s| !s.is_empty()).map(|s| format!("s={s}")).unwrap_or_default(),
        result.human_result.as_deref().unwrap_or_default(),
    ])
}

/// A raw result of SPF, in one line.
pub fn spf(result: &Spf) -> String {
    joined(&[
        result.result.text(),
        result.domain.as_deref().unwrap_or_default(),
        result.scope.text(),
        result.human_result.as_deref().unwrap_or_default(),
    ])
}

/// What the records of the same source meet.
pub fn source_term(record: &Record<'_>) -> Term {
    let text = record.source_text.as_deref();
    match (record.source, text) {
        (Some(address), None) => Term::Ip(vec![Network { address, prefix: Network::full(address) }]),
        _ => Term::Text(Field::Source, vec![Pattern::stated(text)]),
    }
}

/// What the records with the same signature meet.
pub fn dkim_term(raw: &Dkim) -> Option<Term> {
    let (domain, selector) = (raw.domain.as_deref().map(Into::into), raw.selector.as_deref().map(Into::into));
    let result = stated(&raw.result);
    Key::Dkim(Box::new(Signature { domain, selector, result })).term(Dimension::Dkim)
}

/// What the records with the same check meet.
pub fn spf_term(raw: &Spf) -> Option<Term> {
    let domain = raw.domain.as_deref().map(Into::into);
    Key::Spf(Box::new(Check { domain, scope: stated(&raw.scope), result: stated(&raw.result) })).term(Dimension::Spf)
}

/// What the records with a reason of the same type meet.
pub fn reason_term(raw: &Reason) -> Term {
    Term::Text(Field::Reason, vec![Pattern::stated(stated(&raw.kind).as_deref())])
}

/// A keyword as it stands.
pub fn stated<T: Word>(word: &Keyword<T>) -> Option<String> {
    (!matches!(word, Keyword::Absent)).then(|| word.text().to_owned())
}

/// A reason, in one line.
pub fn reason(reason: &Reason) -> String {
    joined(&[reason.kind.text(), reason.comment.as_deref().unwrap_or_default()])
}

/// Everything of a record.
pub fn whole(words: &Ui, row: &RecordRow) -> Html {
    let record = &row.record;
    let absent = || words.say("source-absent");
    let stated = |word: Option<String>| word.unwrap_or_else(absent);
    let evaluated = record.evaluated.as_ref();
    let envelopes = [
        ("envelope-from", "envelope_from", &record.envelope_from),
        ("envelope-to", "envelope_to", &record.envelope_to),
    ];
    let envelopes = envelopes.into_iter().filter_map(|(label, id, text)| {
        let text = text.as_deref()?;
        let text = if text.is_empty() { "<>" } else { text };
        Some((words.say_with(label, &[("text", Value::Text(text))]), vec![id.to_owned()]))
    });
    let signature = |raw: &Dkim| (dkim(raw), vec!["selector".to_owned(), "dkim_result".to_owned()]);
    let check = |raw: &Spf| (spf(raw), vec!["spf_scope".to_owned(), "spf_result".to_owned()]);
    let plain = |text: String| html! { <span>{ text }</span> };
    let extensions = record.extensions.as_deref().map(|raw| html! { <code>{ raw }</code> });
    let has_reasons = !record.reasons.is_empty() || extensions.is_some();
    let parts = [
        ("column-source", source_link(words, record), Vec::new()),
        ("column-messages", plain(words.locale().number(record.count)), Vec::new()),
        ("column-from", plain(stated(record.header_from.as_deref().map(Into::into))), envelopes.collect()),
        ("column-outcome", glossary::outcome(words, row.outcome), Vec::new()),
        (
            "column-disposition",
            disposition(&stated(evaluated.and_then(|e| keyword(words, &e.disposition)))),
            Vec::new(),
        ),
        (
            "column-dkim",
            term("alignment", &aligned(words, evaluated.and_then(|e| keyword(words, &e.dkim)))),
            record.dkim.iter().map(signature).collect(),
        ),
        (
            "column-spf",
            term("alignment", &aligned(words, evaluated.and_then(|e| keyword(words, &e.spf)))),
            record.spf.iter().map(check).collect(),
        ),
        ("column-reasons", html! { <span>{ extensions }</span> }, record.reasons.iter().map(override_reason).collect()),
    ];
    let parts = parts.into_iter().filter(|(label, ..)| has_reasons || *label != "column-reasons");
    let parts = parts.map(|(label, first, rest)| {
        let name = term_of(label).map_or_else(|| Html::from(words.say(label)), |id| term(id, &words.say(label)));
        html! { <div key={label}><dt>{ name }</dt><dd>{ first }{ list(words, rest) }</dd></div> }
    });
    let said =
        explained(words, row).into_iter().enumerate().map(|(place, said)| html! { <li key={place}>{ said }</li> });
    html! {
        <>
            <ul class="explained" aria-label={words.say("explain-title")}>{ for said }</ul>
            <dl class="facts">{ for parts }</dl>
        </>
    }
}

/// The record's source, which leads to its screen.
fn source_link(words: &Ui, record: &Record<'_>) -> Html {
    let text = source(record).unwrap_or_else(|| words.say("source-absent"));
    match record.source {
        Some(address) => {
            let href = View { show: Show::Source(address), ..View::default() }.href();
            html! { <a class="door" {href}>{ text }</a> }
        }
        None => html! { <span>{ text }</span> },
    }
}

/// What the glossary calls a label.
fn term_of(label: &str) -> Option<&'static str> {
    Some(match label {
        "column-source" => "source",
        "column-from" => "header_from",
        "column-disposition" => "disposition",
        "column-dkim" => "dkim",
        "column-spf" => "spf",
        "column-reasons" => "reason",
        _ => return None,
    })
}

/// The reporter's aligned verdict, before the raw results.
fn aligned(words: &Ui, word: Option<String>) -> String {
    let word = word.unwrap_or_else(|| words.say("source-absent"));
    words.say_with("record-aligned", &[("word", Value::Text(&word))])
}

fn disposition(word: &str) -> Html {
    term(&format!("disposition-{word}"), word)
}

/// A reason, and what the glossary says of its type and of what receivers write beside it (RFC 8617 §7.2.2).
fn override_reason(given: &Reason) -> (String, Vec<String>) {
    let kind = given.kind.known().map(|kind| format!("reason-{}", kind.word()));
    let has_arc = given.comment.as_deref().is_some_and(|comment| comment.contains("arc="));
    (reason(given), kind.into_iter().chain(has_arc.then(|| "arc".to_owned())).collect())
}

/// Texts, each with the ways to what the glossary says of it.
fn list(words: &Ui, items: Vec<(String, Vec<String>)>) -> Html {
    let items = items.into_iter().enumerate().map(|(place, (item, terms))| {
        let terms =
            terms.into_iter().map(|id| html! { <span key={id.clone()}>{ " " }{ glossary::about(words, &id) }</span> });
        html! { <li key={place}>{ item }{ for terms }</li> }
    });
    html! { <ul class="raw">{ for items }</ul> }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
