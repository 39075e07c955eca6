//! The records of a report, one a line, and each whole in a drawer.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::protocol::{RecordRow, ReportPage, ReportQuery};
use dmarcscope::report::ReportId;

use super::client::Client;
use super::grid::{Cell, Cells, Column, Grid, Line, Lines, Span, Width};
use super::record;
use super::report::keyword;
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
}

/// The records of a report.
#[component]
pub fn Records(props: &Props) -> Html {
    let words = use_words();
    let deps = (props.client.clone(), props.report, words.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, report, words)| {
        let (words, skip) = (words.clone(), span.skip);
        let reply = reply.reform(move |page: Option<Box<ReportPage>>| lines(&words, skip, page.as_deref()));
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
pub fn lines(words: &Ui, skip: u32, page: Option<&ReportPage>) -> Lines {
    let Some(page) = page else { return Lines::default() };
    let total = if page.records.is_empty() { u64::from(skip) } else { page.figures.records };
    let lines = (skip..).zip(&page.records).map(|(place, row)| line(words, place, row.clone()));
    Lines { total, all: None, lines: lines.collect() }
}

fn line(words: &Ui, place: u32, row: RecordRow) -> Line {
    let words = words.clone();
    Line { id: place.to_string().into(), cells: Cells::later(move || cells(&words, &row)), ..Line::default() }
}

fn cells(words: &Ui, row: &RecordRow) -> Vec<Cell> {
    let record = &row.record;
    let stated = |word: Option<String>| Cell::text(word.unwrap_or_else(|| words.say("source-absent")));
    let evaluated = record.evaluated.as_ref();
    let (html, text) = record::outcome(words, row);
    vec![
        {
            let text = record::source(record).unwrap_or_else(|| words.say("source-absent"));
            Cell::new(html! { <span class="door">{ &text }</span> }, text)
        },
        Cell::number(words, record.count),
        stated(record.header_from.as_deref().map(Into::into)),
        Cell::new(html, text),
        stated(evaluated.and_then(|e| keyword(words, &e.disposition))),
        stated(evaluated.and_then(|e| keyword(words, &e.dkim))),
        stated(evaluated.and_then(|e| keyword(words, &e.spf))),
        first(words, record.dkim.iter().map(record::dkim).collect()),
        first(words, record.spf.iter().map(record::spf).collect()),
        first(words, record.reasons.iter().map(record::reason).collect()),
    ]
}

/// The first of several things and how many more there are. All of them are copied.
fn first(words: &Ui, all: Vec<String>) -> Cell {
    let (Some(first), more) = (all.first(), all.len().saturating_sub(1)) else { return Cell::default() };
    let html = match more {
        0 => html! { first },
        more => {
            html! { <span>{ first }<b class="more-than">{ format!(" +{}", words.locale().number(more as u64)) }</b></span> }
        }
    };
    Cell::new(html, all.join("; "))
}
