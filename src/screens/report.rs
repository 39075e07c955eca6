//! A report: everything that it says.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::ledger::ItemId;
use dmarcscope::protocol::{ReportPage, ReportQuery};
use dmarcscope::report::keyword::{Alignment, Keyword, Word};
use dmarcscope::report::{Dialect, PolicyPublished, ReportId, Worded};
use dmarcscope::text::{Value, note_text};

use super::address::View;
use super::client::Client;
use super::clock::Clock;
use super::glossary;
use super::records::{self, Records};
use super::reports::days;
use super::ui::{Ui, use_words};
use super::xml_view::{OnSource, SourceReply, SourceView};

/// Properties of [`ReportScreen`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lines to the store and to the first program.
    pub client: Rc<Client>,
    /// Which report.
    pub report: ReportId,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// Whose days its title names.
    pub clock: Clock,
}

/// A report with its records.
#[component]
pub fn ReportScreen(props: &Props) -> Html {
    let words = use_words();
    let page = use_state(|| None::<Option<Rc<ReportPage>>>);
    {
        let setter = page.setter();
        let deps = (props.client.clone(), props.report, props.growth);
        use_effect_with(deps, move |(client, report, _)| {
            let query = ReportQuery { report: *report, ..ReportQuery::default() };
            let reply = move |page: Option<Box<ReportPage>>| setter.set(Some(page.map(|page| Rc::from(*page))));
            client.report(query, Callback::from(reply));
        });
    }
    let on_source = use_callback(props.client.clone(), |(item, reply): (ItemId, Callback<SourceReply>), client| {
        client.source(item, reply);
    });
    let Props { client, report, growth, clock } = props;
    let of = page.as_ref().and_then(|page| page.as_ref().map(|page| records::of(*clock, page)));
    let view = of.unwrap_or_else(|| View { clock: *clock, ..View::default() });
    let records = html! { <Records client={client.clone()} report={*report} growth={*growth} {view} /> };
    match &*page {
        None => html! { <section aria-busy="true"></section> },
        Some(None) => html! { <section><p class="problem">{ words.say("report-none") }</p></section> },
        Some(Some(page)) => whole(&words, page, props.clock, &on_source, records),
    }
}

/// Everything of a report, and its records.
pub fn whole(words: &Ui, page: &ReportPage, clock: Clock, on_source: &OnSource, records: Html) -> Html {
    let report = &page.report;
    let absent = || words.say("source-absent");
    let title = [
        ("reporter", Value::Text(&report.org_name.clone().unwrap_or_else(absent))),
        ("domain", Value::Text(&report.policy.domain.clone().unwrap_or_else(absent))),
        ("days", Value::Text(&days(words, clock, report.begin, report.end))),
    ];
    let notes = page.notes.iter().enumerate().map(|(place, (note, times))| {
        html! { <li key={place}>{ note_text(words, note, times) }</li> }
    });
    html! {
        <section class="report" aria-labelledby="report-title">
            <h2 id="report-title">{ words.say_with("report-title", &title) }</h2>
            <p class="quiet">{ words.say_with("ledger-item-holds", &[
                ("records", Value::Number(page.figures.records)), ("messages", Value::Number(page.figures.messages())),
            ]) }</p>
            <ul class="report-notes">{ for notes }</ul>
            <div class="report-facts">
                { facts(words, ("report-about", "aggregate_report"), about(words, page)) }
                { facts(words, ("report-policy", "dmarc"), policy(words, &report.policy)) }
            </div>
            if let Some(item) = page.item {
                <SourceView {item} on_source={on_source.clone()} />
            }
            <h3 id="records-title">{ words.say("report-records") }</h3>
            <p class="quiet">{ words.say("record-hint") }</p>
            { records }
        </section>
    }
}

/// A line of a list of facts.
struct Fact {
    label: &'static str,
    /// What the glossary calls it; empty where it needs no words.
    term: &'static str,
    /// None where it is not stated.
    value: Option<Html>,
}

/// Facts under a head, which the glossary explains; those that are not stated are left out.
fn facts(words: &Ui, (head, term): (&str, &str), facts: Vec<Fact>) -> Html {
    let facts = facts.into_iter().filter_map(|Fact { label, term, value }| {
        let value = value?;
        Some(html! { <div key={label}><dt>{ glossary::term(term, &words.say(label)) }</dt><dd>{ value }</dd></div> })
    });
    html! {
        <div>
            <h3>{ words.say(head) }{ " " }{ glossary::about(words, term) }</h3>
            <dl class="facts">{ for facts }</dl>
        </div>
    }
}

fn about(words: &Ui, page: &ReportPage) -> Vec<Fact> {
    let report = &page.report;
    let standard = match report.dialect {
        Dialect::Rfc9990 => "report-rfc-9990",
        _ => "report-rfc-7489",
    };
    let errors: Vec<String> = report.errors.iter().map(worded).collect();
    let fact =
        |label, term, text: Option<String>| Fact { label, term, value: text.map(|text| text_or_empty(words, text)) };
    let status =
        page.status.map(|status| glossary::term(status.word(), &words.say(&format!("status-{}", status.word()))));
    vec![
        Fact { label: "fact-status", term: "", value: status },
        fact("fact-place", "", Some(page.place.clone())),
        fact("fact-report-id", "report_id", report.report_id.clone()),
        fact("fact-email", "", report.email.clone()),
        fact("fact-contact", "", report.extra_contact_info.as_ref().map(worded)),
        fact("fact-begin", "period", report.begin.map(second)),
        fact("fact-end", "", report.end.map(second)),
        fact("fact-errors", "", (!errors.is_empty()).then(|| errors.join("; "))),
        fact("fact-generator", "", report.generator.clone()),
        fact("fact-standard", "", Some(words.say(standard))),
        fact("fact-version", "", report.version.clone()),
        fact("fact-extensions", "", report.extensions.clone()),
    ]
}

fn policy(words: &Ui, policy: &PolicyPublished) -> Vec<Fact> {
    let fact =
        |label, term, text: Option<String>| Fact { label, term, value: text.map(|text| text_or_empty(words, text)) };
    let mode = |label, term, mode: &Keyword<Alignment>| match mode.known() {
        // The letter alone tells nobody anything.
        Some(known) => {
            let (id, word) = match known {
                Alignment::Relaxed => ("relaxed", words.say("alignment-relaxed")),
                Alignment::Strict => ("strict", words.say("alignment-strict")),
            };
            let value = html! { <>{ known.word() }{ ", " }{ glossary::term(id, &word) }</> };
            Fact { label, term, value: Some(value) }
        }
        None => fact(label, term, keyword(words, mode)),
    };
    vec![
        fact("fact-domain", "policy_domain", policy.domain.clone()),
        fact("fact-p", "p", keyword(words, &policy.p)),
        fact("fact-sp", "sp", keyword(words, &policy.sp)),
        fact("fact-np", "np", keyword(words, &policy.np)),
        fact("fact-pct", "pct", policy.pct.clone()),
        mode("fact-adkim", "adkim", &policy.adkim),
        mode("fact-aspf", "aspf", &policy.aspf),
        fact("fact-fo", "fo", policy.fo.clone()),
        fact("fact-testing", "testing", keyword(words, &policy.testing)),
        fact("fact-discovery", "discovery_method", keyword(words, &policy.discovery_method)),
    ]
}

fn text_or_empty(words: &Ui, text: String) -> Html {
    Html::from(if text.is_empty() { words.say("report-empty") } else { text })
}

/// A keyword as it stands, if it does.
pub fn keyword<T: Word>(words: &Ui, word: &Keyword<T>) -> Option<String> {
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
