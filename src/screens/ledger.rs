//! What became of the files: a card on the overview, and a screen with all of them.

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::intake::{FileId, Limits, Raise};
use dmarcscope::ledger::{ItemId, Note, Notes, Status};
use dmarcscope::protocol::{FilePage, FileQuery, FileRow};
use dmarcscope::text::Value;

use super::address::{Show, View};
use super::client::Client;
use super::export::SaveButton;
use super::items::{AskItems, Items, holds, link, notes};
use super::ui::{Ui, use_words};
use super::xml_view::{OnSource, SourceReply, SourceView};

/// Files at first; each "more" adds four times as many.
const PAGE: u32 = 50;
/// Exceptions on the card.
const FEW: u32 = 3;

/// Properties of [`LedgerCard`].
#[derive(Properties, PartialEq)]
pub struct CardProps {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// The tally of the files and the worst of them.
#[component]
pub fn LedgerCard(props: &CardProps) -> Html {
    let words = use_words();
    let query = FileQuery { take: FEW, ..FileQuery::default() };
    let page = use_files(&props.client, query, props.growth);
    let doors = use_doors(&props.client);
    let page = page.unwrap_or_default();
    // What went well needs no attention.
    let exceptions = page.rows.iter().filter(|row| row.status >= Status::Partial);
    let rows = exceptions.map(|row| entry(row, &props.view, &doors));
    html! {
        <section class="ledger ledger-card" aria-labelledby="ledger-title">
            <h2 id="ledger-title">{ words.say("ledger-title") }</h2>
            <p class="quiet">{ summary(&words, &page) }</p>
            <ul class="entries">{ for rows }</ul>
            <p class="more"><a class="link" href={props.view.on(Show::Files).href()}>{ words.say("ledger-link") }</a></p>
        </section>
    }
}

/// Properties of [`Ledger`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// Every file, exceptions first, with a search.
#[component]
pub fn Ledger(props: &Props) -> Html {
    let words = use_words();
    let take = use_state_eq(|| PAGE);
    let (find, only) = (use_state_eq(String::new), use_state_eq(|| None::<Status>));
    let query = FileQuery { skip: 0, take: *take, find: (*find).clone(), only: only.iter().copied().collect() };
    let page = use_files(&props.client, query, props.growth);
    let doors = use_doors(&props.client);
    let more = {
        let take = take.clone();
        Callback::from(move |_: MouseEvent| take.set(take.saturating_add(PAGE * 4)))
    };
    let page = page.unwrap_or_default();
    let rows = page.rows.iter().map(|row| entry(row, &props.view, &doors));
    let on_find = {
        let find = find.setter();
        Callback::from(move |event: InputEvent| {
            find.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let matched = [("matched", Value::Number(page.matched.into())), ("total", Value::Number(page.total.into()))];
    html! {
        <section class="ledger" aria-labelledby="ledger-title">
            <h2 id="ledger-title">{ words.say("ledger-title") }</h2>
            <p class="quiet">{ summary(&words, &page) }</p>
            <div class="ledger-tools">
                <label class="find">
                    <span class="unseen">{ words.say("ledger-find") }</span>
                    <input type="search" placeholder={words.say("ledger-find")} oninput={on_find} />
                </label>
                <div class="choices" role="group" aria-label={words.say("ledger-only")}>
                    { for choices(&words, &page, &only) }
                </div>
                <p class="quiet" role="status">
                    { if page.matched == page.total { String::new() } else { words.say_with("ledger-found", &matched) } }
                </p>
                <SaveButton client={props.client.clone()} />
            </div>
            <ul class="entries">{ for rows }</ul>
            <p class="more">
                if page.rows.len() < page.matched as usize {
                    <button type="button" class="button" onclick={more}>{ words.say("ledger-more") }</button>
                }
            </p>
        </section>
    }
}

/// Buttons that show the files of one status only, worst first.
fn choices(words: &Ui, page: &FilePage, only: &UseStateHandle<Option<Status>>) -> Vec<Html> {
    let button = |key: &'static str, label: String, status: Option<Status>| {
        let onclick = {
            let only = only.setter();
            Callback::from(move |_: MouseEvent| only.set(status))
        };
        let is_chosen = (**only == status).to_string();
        html! { <button {key} type="button" class="choice" aria-pressed={is_chosen} {onclick}>{ label }</button> }
    };
    let by_status = Status::ALL.into_iter().zip(page.tally).rev().filter(|(_, count)| *count > 0);
    let by_status = by_status.map(|(status, count)| {
        let label =
            words.say_with(&format!("ledger-tally-{}", status.word()), &[("count", Value::Number(count.into()))]);
        button(status.word(), label, Some(status))
    });
    std::iter::once(button("all", words.say("ledger-all"), None)).chain(by_status).collect()
}

#[hook]
fn use_files(client: &Rc<Client>, query: FileQuery, growth: u32) -> Option<Rc<FilePage>> {
    let page = use_state(|| None::<Rc<FilePage>>);
    let setter = page.setter();
    use_effect_with((client.clone(), query, growth), move |(client, query, _)| {
        client.files(query.clone(), Callback::from(move |page: FilePage| setter.set(Some(Rc::new(page)))));
    });
    (*page).clone()
}

/// Has a file read again with these limits raised.
pub type OnAgain = Callback<(FileId, Vec<Raise>)>;

/// How an entry asks for its items, for a report's source, and for another reading.
type Doors = (AskItems, OnSource, OnAgain);

#[hook]
fn use_doors(client: &Rc<Client>) -> Doors {
    let on_items = use_callback(client.clone(), |(query, reply), client: &Rc<Client>| client.items(query, reply));
    let on_source = use_callback(client.clone(), |(item, reply): (ItemId, Callback<SourceReply>), client| {
        client.source(item, reply);
    });
    let on_again = use_callback(client.clone(), |(file, raises), client| client.read_again(file, raises));
    (on_items, on_source, on_again)
}

fn entry(row: &FileRow, view: &View, (on_items, on_source, on_again): &Doors) -> Html {
    let file = row.file;
    let (row, view) = (row.clone(), view.clone());
    let (on_items, on_source, on_again) = (on_items.clone(), on_source.clone(), on_again.clone());
    html! { <Entry key={file} {row} {view} {on_items} {on_source} {on_again} /> }
}

/// How the limits that stopped a file can be raised for it.
fn raises(notes: &Notes) -> Vec<Raise> {
    let raise = |note: &Note| match note {
        Note::Limit { limit, value } => Limits::next(*limit, *value).map(|value| (*limit, value)),
        _ => None,
    };
    notes.iter().filter_map(|(note, _)| raise(note)).collect()
}

/// How many files there are and how many have which status.
pub fn summary(words: &Ui, page: &FilePage) -> String {
    let tally = tally(words, page.tally);
    let summary = [("total", Value::Number(u64::from(page.total))), ("tally", Value::Text(&tally))];
    words.say_with("ledger-summary", &summary)
}

/// How many have which status.
fn tally(words: &Ui, tally: [u32; Status::ALL.len()]) -> String {
    let known = Status::ALL.iter().zip(tally).filter(|(_, count)| *count > 0);
    let parts = known.map(|(status, count)| {
        let key = format!("ledger-tally-{}", status.word());
        words.say_with(&key, &[("count", Value::Number(u64::from(count)))])
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// Properties of [`Entry`].
#[derive(Properties, PartialEq)]
pub struct EntryProps {
    /// The file.
    pub row: FileRow,
    /// The view, which links to reports keep.
    pub view: View,
    /// Called when its items are wanted.
    pub on_items: AskItems,
    /// Called when a report's source is wanted.
    pub on_source: OnSource,
    /// Called when it is to be read again.
    pub on_again: OnAgain,
}

/// One file; where it holds several items, they can be unfolded.
#[component]
pub fn Entry(props: &EntryProps) -> Html {
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
    // A file that is one report leads to it.
    let report = row.report.filter(|_| items == 1 && !row.is_open);
    html! {
        <li class="entry" data-ledger-status={(!row.is_open).then(|| row.status.word())}>
            <div class="entry-head">
                <span class={classes!("status", format!("status-{}", row.status.word()))}>{ status }</span>
                <span class="entry-name">{ link(row.name.clone(), report, &props.view) }</span>
                <span class="entry-holds quiet">{ holds(&words, row.kind, Some(row.reports), &row.figures) }</span>
            </div>
            { notes(&words, &row.notes) }
            <div class="entry-again">{ again(&words, row, &props.on_again) }</div>
            if items > 1 {
                <p class="entry-actions">
                    <button type="button" class="link" aria-expanded={is_unfolded.to_string()} {onclick}>
                        { words.say_with(if *is_unfolded { "ledger-fold" } else { "ledger-unfold" }, &[("count", Value::Number(items))]) }
                    </button>
                    <span class="quiet">{ " " }{ tally(&words, row.tally) }</span>
                </p>
                if *is_unfolded {
                    <Items
                        file={row.file}
                        tally={row.tally}
                        view={props.view.clone()}
                        on_ask={props.on_items.clone()}
                        on_source={props.on_source.clone()}
                    />
                }
            } else if let (Some(item), false) = (row.item, row.is_open) {
                <SourceView {item} on_source={props.on_source.clone()} />
            }
        </li>
    }
}

/// A button that has a file read whole which a limit stopped.
fn again(words: &Ui, row: &FileRow, on_again: &OnAgain) -> Option<Html> {
    let raises = raises(&row.notes);
    if row.is_open || raises.is_empty() {
        return None;
    }
    let (file, on_again) = (row.file, on_again.clone());
    let onclick = Callback::from(move |_: MouseEvent| on_again.emit((file, raises.clone())));
    Some(html! {
        <p class="entry-actions">
            <button type="button" class="link" {onclick}>{ words.say("ledger-again") }</button>
            <span class="quiet">{ " " }{ words.say("ledger-again-hint") }</span>
        </p>
    })
}
