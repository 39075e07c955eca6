//! The records of a report, one a line, and the one that is opened.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use dmarcscope::protocol::{RecordRow, ReportPage, ReportQuery};
use dmarcscope::report::ReportId;
use dmarcscope::text::Value;

use super::client::{Client, focus};
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

/// A record that is opened: its place, how many there are, and what it says.
type Opened = (u32, u64, Rc<RecordRow>);

/// The records of a report.
#[component]
pub fn Records(props: &Props) -> Html {
    let words = use_words();
    let opened = use_state(|| None::<Opened>);
    let title = use_node_ref();
    let deps = (props.client.clone(), props.report, words.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, report, words)| {
        let (words, skip) = (words.clone(), span.skip);
        let reply = reply.reform(move |page: Option<Box<ReportPage>>| lines(&words, skip, page.as_deref()));
        client.report(ReportQuery { report: *report, skip: span.skip, take: span.take }, reply);
    });
    let deps = (props.client.clone(), props.report, opened.setter());
    let on_open = use_callback(deps, |id: AttrValue, (client, report, setter)| {
        let (setter, Ok(place)) = (setter.clone(), id.parse::<u32>()) else { return };
        let reply = move |page: Option<Box<ReportPage>>| {
            let found = page.and_then(|page| Some((page.figures.records, page.records.into_iter().next()?)));
            setter.set(found.map(|(total, row)| (place, total, Rc::new(row))));
        };
        client.report(ReportQuery { report: *report, skip: place, take: 1 }, Callback::from(reply));
    });
    {
        // A record that is opened is where people go on.
        let place = opened.as_ref().map(|(place, ..)| *place);
        use_effect_with((place, title.clone()), |(place, title)| {
            if let (Some(_), Some(title)) = (place, title.cast::<HtmlElement>()) {
                drop(title.focus());
            }
        });
    }
    let on_close = {
        let setter = opened.setter();
        Callback::from(move |_: MouseEvent| {
            setter.set(None);
            focus("records-box");
        })
    };
    html! {
        <>
            <Grid
                words={words.clone()} name="records" labelled_by="records-title" columns={COLUMNS} of={props.report.to_string()}
                growth={props.growth} {load} {on_open}
            />
            <div class="record-place">{ opened.as_ref().map(|opened| panel(&words, opened, &title, on_close)) }</div>
        </>
    }
}

fn panel(words: &Ui, (place, total, row): &Opened, title: &NodeRef, on_close: Callback<MouseEvent>) -> Html {
    let values = [("place", Value::Number(u64::from(*place) + 1)), ("total", Value::Number(*total))];
    html! {
        <section class="record" aria-labelledby="record-title">
            <div class="record-head">
                <h4 id="record-title" ref={title.clone()} tabindex="-1">{ words.say_with("record-title", &values) }</h4>
                <button type="button" class="button" onclick={on_close}>{ words.say("record-close") }</button>
            </div>
            { record::whole(words, row) }
        </section>
    }
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
