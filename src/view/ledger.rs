use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::intake::SourceError;
use dmarcscope::ledger::{ItemId, Status};
use dmarcscope::protocol::{FilePage, FileRow};
use dmarcscope::text::{Value, note_text};

use super::ui::{Ui, use_words};

/// A report's source, or why there is none; true where it is only the beginning.
pub type SourceReply = Result<(String, bool), SourceError>;

/// What [`ledger`] shows.
pub struct Props {
    /// Some of the files.
    pub page: Rc<FilePage>,
    /// Called when more files are wanted.
    pub on_more: Callback<()>,
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
        html! { <Entry key={row.file} row={row.clone()} on_source={props.on_source.clone()} /> }
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
    on_source: Callback<(ItemId, Callback<SourceReply>)>,
}

/// One file.
#[component]
fn Entry(props: &EntryProps) -> Html {
    let words = use_words();
    let row = &props.row;
    let source = use_state(|| None::<SourceReply>);
    let onclick = {
        let (setter, on_source, item, is_shown) =
            (source.setter(), props.on_source.clone(), row.item, source.is_some());
        Callback::from(move |_: MouseEvent| match item {
            Some(item) if !is_shown => {
                let setter = setter.clone();
                on_source.emit((item, Callback::from(move |reply| setter.set(Some(reply)))));
            }
            _ => setter.set(None),
        })
    };
    let notes = row.notes.iter().enumerate().map(|(place, (note, times))| {
        html! { <li key={place}>{ note_text(&words, note, times) }</li> }
    });
    let status =
        if row.is_open { words.say("ledger-reading") } else { words.say(&format!("status-{}", row.status.word())) };
    html! {
        <li class="entry" data-ledger-status={(!row.is_open).then(|| row.status.word())}>
            <div class="entry-head">
                <span class={classes!("status", format!("status-{}", row.status.word()))}>{ status }</span>
                <span class="entry-name">{ &row.name }</span>
                <span class="entry-holds quiet">{ holds(&words, row) }</span>
                <span class="entry-actions">
                    if row.item.is_some() && !row.is_open {
                        <button type="button" class="link" aria-expanded={source.is_some().to_string()} {onclick}>
                            { words.say(match (source.is_some(), row.reports) {
                                (true, _) => "ledger-source-hide",
                                (false, ..=1) => "ledger-source",
                                _ => "ledger-source-first",
                            }) }
                        </button>
                    }
                </span>
            </div>
            <ul class="notes">{ for notes }</ul>
            <div class="entry-source">{ source.as_ref().map(|source| source_view(&words, source)) }</div>
        </li>
    }
}

fn holds(words: &Ui, row: &FileRow) -> String {
    match row.kind {
        Some(dmarcscope::ledger::Kind::Aggregate) => words.say_with(
            "ledger-holds",
            &[
                ("reports", Value::Number(u64::from(row.reports))),
                ("records", Value::Number(row.figures.records)),
                ("messages", Value::Number(row.figures.messages())),
            ],
        ),
        Some(kind) => words.say(&format!("kind-{}", kind.word())),
        None => String::new(),
    }
}

fn source_view(words: &Ui, source: &SourceReply) -> Html {
    match source {
        Ok((text, cut)) => html! {
            <>
                <p class="quiet">{ if *cut { words.say("ledger-source-cut") } else { String::new() } }</p>
                <pre class="source" tabindex="0">{ text }</pre>
            </>
        },
        Err(SourceError::Changed) => html! { <p class="problem">{ words.say("ledger-source-changed") }</p> },
        Err(SourceError::Io(note)) => {
            let text = note_text(words, note, 1);
            html! { <p class="problem">{ words.say_with("ledger-source-error", &[("text", Value::Text(&text))]) }</p> }
        }
    }
}
