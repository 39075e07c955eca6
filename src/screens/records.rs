//! The records of a report, one a line, and each whole in a drawer.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Field, Pattern, Term};
use dmarcscope::protocol::{RecordRow, ReportPage, ReportQuery};
use dmarcscope::report::ReportId;
use dmarcscope::report::keyword::{Keyword, Word};

use super::address::View;
use super::client::Client;
use super::clock::Clock;
use super::doors::Door;
use super::grid::{Cell, Cells, Column, Grid, Line, Lines, Span, Width};
use super::record;
use super::report::keyword;
use super::reports::own;
use super::ui::{Ui, use_words};

const COLUMNS: &[Column] = &[
    Column::text("column-source", Width::Wide).meaning("source"),
    Column::number("column-messages"),
    Column::text("column-from", Width::Wide).optional().meaning("header_from"),
    Column::text("column-outcome", Width::Widest).optional(),
    Column::text("column-disposition", Width::Normal).optional().meaning("disposition"),
    Column::text("column-dkim", Width::Narrow).optional().meaning("dkim_aligned"),
    Column::text("column-spf", Width::Narrow).optional().meaning("spf_aligned"),
    Column::text("column-dkim-raw", Width::Widest).optional().meaning("dkim_result"),
    Column::text("column-spf-raw", Width::Widest).optional().meaning("spf_result"),
    Column::text("column-reasons", Width::Widest).optional().meaning("reason"),
];

/// Properties of [`Records`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// Whose records.
    pub report: ReportId,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// The report's records, on the overview.
    pub view: View,
}

/// The report's own records, on the overview. What the screen stands in is filtered by does not matter here: it shows a report whole.
pub fn of(clock: Clock, page: &ReportPage) -> View {
    let (all, report) = (View { clock, ..View::default() }, &page.report);
    own(&all, [&report.org_name, &report.policy.domain, &report.report_id])
}

/// The records of a report.
#[component]
pub fn Records(props: &Props) -> Html {
    let words = use_words();
    let deps = (props.client.clone(), props.report, props.view.clone(), words.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, report, view, words)| {
        let (words, view, skip) = (words.clone(), view.clone(), span.skip);
        let reply = reply.reform(move |page: Option<Box<ReportPage>>| lines(&words, &view, skip, page.as_deref()));
        client.report(ReportQuery { report: *report, skip: span.skip, take: span.take }, reply);
    });
    let deps = (props.client.clone(), props.report, props.growth);
    let detail = use_callback(deps, |id: AttrValue, (client, report, growth)| {
        let (client, report, growth) = (client.clone(), *report, *growth);
        id.parse().map(|place: u32| html! { <Whole {client} {report} {place} {growth} /> }).unwrap_or_default()
    });
    html! {
        <Grid
            words={words.clone()} name="records" labelled_by="records-title" columns={COLUMNS} of={props.report.to_string()}
            growth={props.growth} {load} {detail}
        />
    }
}

/// Properties of [`Whole`].
#[derive(Properties, PartialEq)]
struct WholeProps {
    /// Asks the store.
    client: Rc<Client>,
    /// Whose record.
    report: ReportId,
    /// Its place among the records.
    place: u32,
    /// Another number whenever there is more in the store: our own verdicts come later than the records.
    growth: u32,
}

/// A record, whole.
#[component]
fn Whole(props: &WholeProps) -> Html {
    let words = use_words();
    let row = use_state(|| None::<Rc<RecordRow>>);
    let setter = row.setter();
    let deps = (props.client.clone(), props.report, props.place, props.growth);
    use_effect_with(deps, move |(client, report, place, _)| {
        let reply = move |page: Option<Box<ReportPage>>| {
            setter.set(page.and_then(|page| page.records.into_iter().next()).map(Rc::new));
        };
        client.report(ReportQuery { report: *report, skip: *place, take: 1 }, Callback::from(reply));
    });
    html! { <div class="record">{ row.as_ref().map(|row| record::whole(&words, row)) }</div> }
}

/// The rows of some records. A twin's records are not kept: it has no rows.
pub fn lines(words: &Ui, view: &View, skip: u32, page: Option<&ReportPage>) -> Lines {
    let Some(page) = page else { return Lines::default() };
    let total = if page.records.is_empty() { u64::from(skip) } else { page.figures.records };
    let lines = (skip..).zip(&page.records).map(|(place, row)| line(words, view, place, row.clone()));
    Lines { total, all: None, lines: lines.collect() }
}

fn line(words: &Ui, view: &View, place: u32, row: RecordRow) -> Line {
    let (words, view) = (words.clone(), view.clone());
    Line { id: place.to_string().into(), cells: Cells::later(move || cells(&words, &view, &row)), ..Line::default() }
}

/// A record's values lead to the records of the same report that have them.
fn cells(words: &Ui, view: &View, row: &RecordRow) -> Vec<Cell> {
    let record = &row.record;
    let said = |word: Option<String>| word.unwrap_or_else(|| words.say("source-absent"));
    let evaluated = record.evaluated.as_ref();
    let (html, text) = record::outcome(words, row);
    let door = Door::to(Some(view.clone()));
    let keyed = |field, word: Option<String>, pattern| door.only(Term::Text(field, vec![pattern])).text(said(word));
    let from = record.header_from.as_deref();
    vec![
        {
            // The record's name opens it, as the row does.
            let text = said(record::source(record));
            Cell::new(html! { <span class="door">{ &text }</span> }, text)
        },
        door.only(record::source_term(record)).number(words, record.count),
        keyed(Field::From, from.map(Into::into), Pattern::stated(from)),
        door.only(Term::Outcome(vec![row.outcome])).cell(html, text),
        keyed(
            Field::Disposition,
            evaluated.and_then(|e| keyword(words, &e.disposition)),
            pattern(evaluated.map(|e| &e.disposition)),
        ),
        keyed(Field::Dkim, evaluated.and_then(|e| keyword(words, &e.dkim)), pattern(evaluated.map(|e| &e.dkim))),
        keyed(Field::Spf, evaluated.and_then(|e| keyword(words, &e.spf)), pattern(evaluated.map(|e| &e.spf))),
        first(
            words,
            &door.of(record.dkim.first().and_then(record::dkim_term)),
            record.dkim.iter().map(record::dkim).collect(),
        ),
        first(
            words,
            &door.of(record.spf.first().and_then(record::spf_term)),
            record.spf.iter().map(record::spf).collect(),
        ),
        first(
            words,
            &door.of(record.reasons.first().map(record::reason_term)),
            record.reasons.iter().map(record::reason).collect(),
        ),
    ]
}

/// What meets a keyword as it stands.
fn pattern<T: Word>(word: Option<&Keyword<T>>) -> Pattern {
    Pattern::stated(word.and_then(record::stated).as_deref())
}

/// The first of several things, which leads to its like, and how many more there are. All of them are copied.
fn first(words: &Ui, door: &Door, all: Vec<String>) -> Cell {
    let (Some(first), more) = (all.first(), all.len().saturating_sub(1)) else { return Cell::default() };
    let html = match more {
        0 => html! { first },
        more => {
            html! { <span>{ first }<b class="more-than">{ format!(" +{}", words.locale().number(more as u64)) }</b></span> }
        }
    };
    door.cell(html, all.join("; "))
}
