//! The items of a file: its reports, and what stood in the place of one.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::Zone;
use dmarcscope::intake::FileId;
use dmarcscope::ledger::{Kind, Notes};
use dmarcscope::protocol::{ItemQuery, ItemRow};
use dmarcscope::report::{Figures, ReportId};
use dmarcscope::text::{Value, note_text};

use super::address::{Show, View};
use super::ui::{Ui, use_words};
use super::xml_view::{OnSource, SourceView};

/// Asks for items of a file.
pub type AskItems = Callback<(ItemQuery, Callback<Vec<ItemRow>>)>;

/// Items at first; each "more" adds four times as many.
const PAGE: u32 = 50;

/// Properties of [`Items`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The file.
    pub file: FileId,
    /// How many of its items have which status: when that changes the items are asked for again.
    pub tally: [u32; 6],
    /// The view, which links to reports keep.
    pub view: View,
    /// Asks the store.
    pub on_ask: AskItems,
    /// Called when a report's source is wanted.
    pub on_source: OnSource,
}

/// What became of each item, exceptions first.
#[component]
pub fn Items(props: &Props) -> Html {
    let words = use_words();
    let (rows, take) = (use_state(Rc::<[ItemRow]>::default), use_state_eq(|| PAGE));
    let find = use_state_eq(String::new);
    {
        let setter = rows.setter();
        let deps = (props.file, *take, (*find).clone(), props.tally, props.on_ask.clone());
        use_effect_with(deps, move |(file, take, find, _, on_ask)| {
            let query = ItemQuery { file: Some(*file), skip: 0, take: *take, find: find.clone() };
            on_ask.emit((query, Callback::from(move |rows: Vec<ItemRow>| setter.set(rows.into()))));
        });
    }
    let total = props.tally.iter().sum::<u32>();
    let more = {
        let take = take.clone();
        Callback::from(move |_: MouseEvent| take.set(take.saturating_add(PAGE * 4)))
    };
    let on_find = {
        let find = find.setter();
        Callback::from(move |event: InputEvent| find.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    html! {
        <>
            if total > PAGE {
                <label class="find">
                    <span class="unseen">{ words.say("ledger-find-item") }</span>
                    <input type="search" placeholder={words.say("ledger-find-item")} oninput={on_find} />
                </label>
                <p class="quiet" role="status">
                    { if rows.is_empty() && !find.is_empty() { words.say("ledger-no-item") } else { String::new() } }
                </p>
            }
            <ul class="items">{ for rows.iter().map(|row| item(&words, row, &props.view, &props.on_source)) }</ul>
            <p class="more">
                if rows.len() < total as usize && rows.len() >= *take as usize {
                    <button type="button" class="button" onclick={more}>{ words.say("ledger-more") }</button>
                }
            </p>
        </>
    }
}

/// One item.
pub fn item(words: &Ui, row: &ItemRow, view: &View, on_source: &OnSource) -> Html {
    // What is no report has no name but its place.
    let (name, path) = match name(words, row) {
        name if name.is_empty() => (row.path.clone(), String::new()),
        name => (name, row.path.clone()),
    };
    html! {
        <li key={row.item} class="item" data-item-status={row.status.word()}>
            <div class="entry-head">
                <span class={classes!("status", format!("status-{}", row.status.word()))}>
                    { words.say(&format!("status-{}", row.status.word())) }
                </span>
                <span class="entry-name">{ link(name, row.report, view) }</span>
                <span class="entry-holds quiet">{ holds(words, row.kind, None, &row.figures) }</span>
            </div>
            <p class="quiet item-path">{ path }</p>
            { notes(words, &row.notes) }
            if row.kind == Some(Kind::Aggregate) {
                <SourceView item={row.item} on_source={on_source.clone()} />
            }
        </li>
    }
}

/// A name that leads to its report, where there is one.
pub fn link(name: String, report: Option<ReportId>, view: &View) -> Html {
    match report {
        Some(report) => html! { <a class="link" href={view.on(Show::Report(report)).href()}>{ name }</a> },
        None => html! { { name } },
    }
}

/// "reporter on domain, period, id", as far as known.
fn name(words: &Ui, row: &ItemRow) -> String {
    let [reporter, domain, id] = row.names.each_ref().map(|name| name.as_deref().unwrap_or_default());
    let day = |second: Option<i64>| second.map(|second| words.locale().day(Zone::UTC.day(second))).unwrap_or_default();
    let (first, last) = (day(row.period.0), day(row.period.1));
    let days = if first == last { first } else { format!("{first} – {last}") };
    let parts = [reporter, domain, &days, id];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// What a file or an item holds: a file says how many reports.
pub fn holds(words: &Ui, kind: Option<Kind>, reports: Option<u32>, figures: &Figures) -> String {
    let values = [
        ("reports", Value::Number(u64::from(reports.unwrap_or(1)))),
        ("records", Value::Number(figures.records)),
        ("messages", Value::Number(figures.messages())),
    ];
    match kind {
        Some(Kind::Aggregate) if reports.is_some() => words.say_with("ledger-holds", &values),
        Some(Kind::Aggregate) => words.say_with("ledger-item-holds", &values),
        Some(kind) => words.say(&format!("kind-{}", kind.word())),
        None => String::new(),
    }
}

/// Notes in words.
pub fn notes(words: &Ui, notes: &Notes) -> Html {
    let notes = notes.iter().enumerate().map(|(place, (note, times))| {
        html! { <li key={place}>{ note_text(words, note, times) }</li> }
    });
    html! { <ul class="notes">{ for notes }</ul> }
}
