//! A report: everything that it says.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::ledger::ItemId;
use dmarcscope::protocol::{RecordRow, ReportPage, ReportQuery};
use dmarcscope::report::keyword::{Keyword, Word};
use dmarcscope::report::verdict::Verdict;
use dmarcscope::report::{Dialect, PolicyPublished, ReportId, Worded};
use dmarcscope::text::{Value, note_text};

use super::client::Client;
use super::reports::days;
use super::ui::{Ui, use_words};
use super::xml_view::{OnSource, SourceReply, SourceView};

/// Records at first, and with each "more".
const PAGE: u32 = 100;

/// Properties of [`ReportScreen`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lines to the store and to the first program.
    pub client: Rc<Client>,
    /// Which report.
    pub report: ReportId,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// A report with its records.
#[component]
pub fn ReportScreen(props: &Props) -> Html {
    let words = use_words();
    let (page, take) = (use_state(|| None::<Option<Rc<ReportPage>>>), use_state_eq(|| PAGE));
    {
        let setter = page.setter();
        let deps = (props.client.clone(), props.report, *take, props.growth);
        use_effect_with(deps, move |(client, report, take, _)| {
            let query = ReportQuery { report: *report, skip: 0, take: *take };
            let reply = move |page: Option<Box<ReportPage>>| setter.set(Some(page.map(|page| Rc::from(*page))));
            client.report(query, Callback::from(reply));
        });
    }
    let on_source = use_callback(props.client.clone(), |(item, reply): (ItemId, Callback<SourceReply>), client| {
        client.source(item, reply);
    });
    let more = {
        let take = take.clone();
        Callback::from(move |_: MouseEvent| take.set(take.saturating_add(PAGE * 4)))
    };
    match &*page {
        None => html! { <section aria-busy="true"></section> },
        Some(None) => html! { <section><p class="problem">{ words.say("report-none") }</p></section> },
        Some(Some(page)) => whole(&words, page, &on_source, more),
    }
}

/// Everything of a report, and the records that came with it.
pub fn whole(words: &Ui, page: &ReportPage, on_source: &OnSource, more: Callback<MouseEvent>) -> Html {
    let report = &page.report;
    let absent = || words.say("source-absent");
    let title = [
        ("reporter", Value::Text(&report.org_name.clone().unwrap_or_else(absent))),
        ("domain", Value::Text(&report.policy.domain.clone().unwrap_or_else(absent))),
        ("days", Value::Text(&days(words, report.begin, report.end))),
    ];
    let notes = page.notes.iter().enumerate().map(|(place, (note, times))| {
        html! { <li key={place}>{ note_text(words, note, times) }</li> }
    });
    let records = page.records.iter().enumerate().map(|(place, row)| record(words, place, row));
    let is_more = (page.records.len() as u64) < page.figures.records && !page.records.is_empty();
    html! {
        <section class="report" aria-labelledby="report-title">
            <h2 id="report-title">{ words.say_with("report-title", &title) }</h2>
            <p class="quiet">{ words.say_with("ledger-item-holds", &[
                ("records", Value::Number(page.figures.records)), ("messages", Value::Number(page.figures.messages())),
            ]) }</p>
            <ul class="report-notes">{ for notes }</ul>
            <div class="report-facts">
                { facts(words, "report-about", about(words, page)) }
                { facts(words, "report-policy", policy(words, &report.policy)) }
            </div>
            if let Some(item) = page.item {
                <SourceView {item} on_source={on_source.clone()} />
            }
            <h3>{ words.say("report-records") }</h3>
            <div class="scroll" tabindex="0" role="region" aria-label={words.say("report-records")}>
                <table class="records">
                    <thead><tr>
                        <th scope="col">{ words.say("column-source") }</th>
                        <th scope="col">{ words.say("column-messages") }</th>
                        <th scope="col">{ words.say("column-from") }</th>
                        <th scope="col">{ words.say("column-outcome") }</th>
                        <th scope="col">{ words.say("column-disposition") }</th>
                        <th scope="col">{ words.say("column-dkim") }</th>
                        <th scope="col">{ words.say("column-spf") }</th>
                        <th scope="col">{ words.say("column-reasons") }</th>
                    </tr></thead>
                    <tbody>{ for records }</tbody>
                </table>
            </div>
            <p class="more">
                if is_more {
                    <button type="button" class="button" onclick={more}>{ words.say("table-more") }</button>
                }
            </p>
        </section>
    }
}

/// Facts under a head; those that are not stated are left out.
fn facts(words: &Ui, head: &str, facts: Vec<(&'static str, Option<String>)>) -> Html {
    let facts = facts.into_iter().filter_map(|(label, fact)| {
        let fact = fact?;
        let fact = if fact.is_empty() { words.say("report-empty") } else { fact };
        Some(html! { <div key={label}><dt>{ words.say(label) }</dt><dd>{ fact }</dd></div> })
    });
    html! { <div><h3>{ words.say(head) }</h3><dl class="facts">{ for facts }</dl></div> }
}

fn about(words: &Ui, page: &ReportPage) -> Vec<(&'static str, Option<String>)> {
    let report = &page.report;
    let standard = match report.dialect {
        Dialect::Rfc9990 => "report-rfc-9990",
        _ => "report-rfc-7489",
    };
    let errors: Vec<String> = report.errors.iter().map(worded).collect();
    vec![
        ("fact-status", page.status.map(|status| words.say(&format!("status-{}", status.word())))),
        ("fact-place", Some(page.place.clone())),
        ("fact-report-id", report.report_id.clone()),
        ("fact-email", report.email.clone()),
        ("fact-contact", report.extra_contact_info.as_ref().map(worded)),
        ("fact-begin", report.begin.map(second)),
        ("fact-end", report.end.map(second)),
        ("fact-errors", (!errors.is_empty()).then(|| errors.join("; "))),
        ("fact-generator", report.generator.clone()),
        ("fact-standard", Some(words.say(standard))),
        ("fact-version", report.version.clone()),
        ("fact-extensions", report.extensions.clone()),
    ]
}

fn policy(words: &Ui, policy: &PolicyPublished) -> Vec<(&'static str, Option<String>)> {
    vec![
        ("fact-domain", policy.domain.clone()),
        ("fact-p", keyword(words, &policy.p)),
        ("fact-sp", keyword(words, &policy.sp)),
        ("fact-np", keyword(words, &policy.np)),
        ("fact-pct", policy.pct.clone()),
        ("fact-adkim", keyword(words, &policy.adkim)),
        ("fact-aspf", keyword(words, &policy.aspf)),
        ("fact-fo", policy.fo.clone()),
        ("fact-testing", keyword(words, &policy.testing)),
        ("fact-discovery", keyword(words, &policy.discovery_method)),
    ]
}

fn record(words: &Ui, place: usize, row: &RecordRow) -> Html {
    let record = &row.record;
    let absent = || words.say("source-absent");
    let source = match (&record.source, &record.source_text) {
        (_, Some(text)) => text.to_string(),
        (Some(address), None) => address.to_string(),
        (None, None) => absent(),
    };
    let verdict = match row.outcome.verdict() {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Unknown => "unknown",
    };
    let stated = |word: Option<String>| word.unwrap_or_else(absent);
    let evaluated = record.evaluated.as_ref();
    let dkim = record.dkim.iter().map(|result| {
        let parts = [
            result.result.text(),
            result.domain.as_deref().unwrap_or_default(),
            &result.selector.as_deref().filter(|s| !s.is_empty()).map(|s| format!("s={s}")).unwrap_or_default(),
            result.human_result.as_deref().unwrap_or_default(),
        ];
        joined(&parts)
    });
    let spf = record.spf.iter().map(|result| {
        let parts = [
            result.result.text(),
            result.domain.as_deref().unwrap_or_default(),
            result.scope.text(),
            result.human_result.as_deref().unwrap_or_default(),
        ];
        joined(&parts)
    });
    let reasons = record
        .reasons
        .iter()
        .map(|reason| joined(&[reason.kind.text(), reason.comment.as_deref().unwrap_or_default()]));
    let (dkim, spf, reasons): (Vec<_>, Vec<_>, Vec<_>) = (dkim.collect(), spf.collect(), reasons.collect());
    let envelopes = [("envelope-from", &record.envelope_from), ("envelope-to", &record.envelope_to)];
    let envelopes = envelopes.into_iter().filter_map(|(label, text)| {
        let text = text.as_deref()?;
        let text = if text.is_empty() { "<>" } else { text };
        Some(words.say_with(label, &[("text", Value::Text(text))]))
    });
    html! {
        <tr key={place}>
            <th scope="row">{ source }</th>
            <td>{ words.locale().number(record.count) }</td>
            <td class="text">{ record.header_from.as_deref().map_or_else(absent, Into::into) }{ list(envelopes.collect()) }</td>
            <td class="text"><span class={classes!("verdict", format!("verdict-{verdict}"))}>
                { words.say(&format!("outcome-{}", row.outcome.word())) }
            </span></td>
            <td class="text">{ stated(evaluated.and_then(|e| keyword(words, &e.disposition))) }</td>
            <td class="text">{ aligned(words, evaluated.and_then(|e| keyword(words, &e.dkim))) }{ list(dkim) }</td>
            <td class="text">{ aligned(words, evaluated.and_then(|e| keyword(words, &e.spf))) }{ list(spf) }</td>
            <td class="text">{ list(reasons) }{ record.extensions.as_deref().map(|raw| html! { <code>{ raw }</code> }) }</td>
        </tr>
    }
}

/// The reporter's aligned verdict, before the raw results.
fn aligned(words: &Ui, word: Option<String>) -> String {
    let word = word.unwrap_or_else(|| words.say("source-absent"));
    words.say_with("record-aligned", &[("word", Value::Text(&word))])
}

fn list(items: Vec<String>) -> Html {
    let items = items.into_iter().enumerate().map(|(place, item)| html! { <li key={place}>{ item }</li> });
    html! { <ul class="raw">{ for items }</ul> }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

fn keyword<T: Word>(words: &Ui, word: &Keyword<T>) -> Option<String> {
    match word {
        Keyword::Absent => None,
        Keyword::Empty => Some(words.say("report-empty")),
        word => Some(word.text().to_owned()),
    }
}

fn worded(text: &Worded) -> String {
    match &text.lang {
        Some(lang) => format!("{} ({lang})", text.text),
        None => text.text.clone(),
    }
}

/// A second of the epoch as RFC 3339 writes it.
fn second(second: i64) -> String {
    dmarcscope::text::instant(second)
}
