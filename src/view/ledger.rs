use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::ledger::{ItemId, Status};
use dmarcscope::protocol::{FilePage, FileRow};
use dmarcscope::text::Value;

use super::items::{AskItems, Items, holds, notes};
use super::source::{SourceReply, SourceView};
use super::ui::{Ui, use_words};

/// What [`ledger`] shows.
pub struct Props {
    /// Some of the files.
    pub page: Rc<FilePage>,
    /// Called when more files are wanted.
    pub on_more: Callback<()>,
    /// Called when a file's items are wanted.
    pub on_items: AskItems,
    /// Called when a report's source is wanted.
    pub on_source: Callback<(ItemId, Callback<SourceReply>)>,
}

/// What became of the files, exceptions first.
pub fn ledger(words: &Ui, props: &Props) -> Html {
    let page = &props.page;
    let tally: Vec<String> = Status::ALL
        .iter()
        .zip(page.tally)
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| {
            let key = format!("ledger-tally-{}", status.word());
            words.say_with(&key, &[("count", Value::Number(u64::from(count)))])
        })
        .collect();
    let summary = [("total", Value::Number(u64::from(page.total))), ("tally", Value::Text(&tally.join(", ")))];
    let rows = page.rows.iter().map(|row| {
        html! { <Entry key={row.file} row={row.clone()} on_items={props.on_items.clone()} on_source={props.on_source.clone()} /> }
    });
    html! {
        <section class="ledger" aria-labelledby="ledger-title">
            <h2 id="ledger-title">{ words.say("ledger-title") }</h2>
            <p class="quiet">{ words.say_with("ledger-summary", &summary) }</p>
            <ul class="entries">{ for rows }</ul>
            <p class="more">
                if page.rows.len() < page.total as usize {
                    <button type="button" class="button" onclick={props.on_more.reform(|_| ())}>
                        { words.say("ledger-more") }
                    </button>
                }
            </p>
        </section>
    }
}

/// Properties of [`Entry`].
#[derive(Properties, PartialEq)]
struct EntryProps {
    row: FileRow,
    on_items: AskItems,
    on_source: Callback<(ItemId, Callback<SourceReply>)>,
}

/// One file; where it holds several items, they can be unfolded.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let words = use_words();
    let row = &props.row;
    let is_unfolded = use_state_eq(|| false);
    let onclick = {
        let is_unfolded = is_unfolded.clone();
        Callback::from(move |_: MouseEvent| is_unfolded.set(!*is_unfolded))
    };
    let status =
        if row.is_open { words.say("ledger-reading") } else { words.say(&format!("status-{}", row.status.word())) };
    let items = row.tally.iter().map(|count| u64::from(*count)).sum();
    html! {
        <li class="entry" data-ledger-status={(!row.is_open).then(|| row.status.word())}>
            <div class="entry-head">
                <span class={classes!("status", format!("status-{}", row.status.word()))}>{ status }</span>
                <span class="entry-name">{ &row.name }</span>
                <span class="entry-holds quiet">{ holds(&words, row.kind, Some(row.reports), &row.figures) }</span>
            </div>
            { notes(&words, &row.notes) }
            if items > 1 {
                <p class="entry-actions">
                    <button type="button" class="link" aria-expanded={is_unfolded.to_string()} {onclick}>
                        { words.say_with(if *is_unfolded { "ledger-fold" } else { "ledger-unfold" }, &[("count", Value::Number(items))]) }
                    </button>
                </p>
                if *is_unfolded {
                    <Items file={row.file} tally={row.tally} on_ask={props.on_items.clone()} on_source={props.on_source.clone()} />
                }
            } else if let (Some(item), false) = (row.item, row.is_open) {
                <SourceView {item} on_source={props.on_source.clone()} />
            }
        </li>
    }
}
