use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::UnwrapThrowExt;
use yew::prelude::*;

use dmarcscope::report::ReportId;
use dmarcscope::text::Words;

use super::address::{Show, View, go};
use super::attention::{Attention, SourceCause, use_catalogue};
use super::board::Board;
use super::cards::{Cards, OVERVIEW, SOURCE};
use super::client::{Client, document, element};
use super::compare::Compare;
use super::filter::FilterBar;
use super::glossary::Glossary;
use super::groups::Groups;
use super::ledger::{Ledger, LedgerCard};
use super::locale::BrowserLocale;
use super::print::PrintHead;
use super::report::ReportScreen;
use super::reports::Reports;
use super::senders::{MarkSource, Senders};
use super::share::Share;
use super::sources;
use super::sources::Sources;
use super::ui::Ui;
use super::whois::{Databases, Whois};

/// Properties of [`App`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The lines to the store and to the first program.
    pub client: Rc<Client>,
}

/// The screen that the address names.
#[component]
pub fn App(props: &Props) -> Html {
    let words = use_memo((), |()| Ui(Rc::new(Words::english_screens(Box::new(BrowserLocale::new())))));
    let ((view, bad), growth) = (use_view(), use_growth(&props.client));
    use_catalogue(&props.client);
    // The first program keeps a place for it above the figures.
    let filter_place = use_memo((), |()| element("filter"));
    let filter = (*filter_place).clone().map(|place| {
        let bar = html! {
            <>
                <PrintHead view={view.clone()} />
                <FilterBar client={props.client.clone()} view={view.clone()} {bad} {growth} />
            </>
        };
        create_portal(bar, place)
    });
    let share_place = use_memo((), |()| element("share"));
    let share = (*share_place)
        .clone()
        .map(|place| create_portal(html! { <Share client={props.client.clone()} view={view.clone()} /> }, place));
    let client = props.client.clone();
    let on_open = use_callback(view.clone(), |report: ReportId, view: &View| go(&view.on(Show::Report(report))));
    if is_empty() {
        // The first program says what to do. A database may have been given nevertheless, of which the store has learned since.
        return html! {
            <ContextProvider<Ui> context={(*words).clone()}><Databases {client} /></ContextProvider<Ui>>
        };
    }
    let screen = match view.show {
        Show::Overview => html! {
            <div key="overview" class="screen">
                <Attention client={client.clone()} view={view.clone()} {growth} />
                <Cards client={client.clone()} view={view.clone()} {growth} cards={OVERVIEW} has_sources=true />
                <LedgerCard {client} {view} {growth} />
            </div>
        },
        Show::Senders => html! { <Senders key="senders" {client} view={view.clone()} {growth} /> },
        Show::Sources => html! { <Sources key="sources" {client} view={view.clone()} {growth} /> },
        Show::Source(address) => html! {
            <div key={address.to_string()} class="screen">
                { sources::head(&words, &view, address) }
                <Whois client={client.clone()} view={view.clone()} {address} {growth} />
                <SourceCause client={client.clone()} view={view.clone()} {growth} />
                <MarkSource client={client.clone()} {address} {growth} />
                <Cards {client} {view} {growth} cards={SOURCE} />
            </div>
        },
        Show::Reports => html! { <Reports key="reports" {client} view={view.clone()} {growth} {on_open} /> },
        Show::Report(report) => html! {
            <div key={report} class="screen">
                <p class="screen-head">
                    <a class="back" href={view.on(Show::Reports).href()}>{ words.say("reports-back") }</a>
                    if !view.filter.clauses.is_empty() {
                        <span class="quiet">{ words.say("report-whole") }</span>
                    }
                </p>
                <ReportScreen {client} {report} {growth} clock={view.clock} />
            </div>
        },
        Show::Domains => html! { <Board key="domains" {client} {view} {growth} /> },
        Show::Compare(by) => html! { <Compare key="compare" {client} {view} {growth} {by} /> },
        Show::Groups(by, and) => html! { <Groups key="groups" {client} {view} {growth} {by} {and} /> },
        Show::Files => html! { <Ledger key="files" {client} {view} {growth} /> },
    };
    html! {
        <ContextProvider<Ui> context={(*words).clone()}>
            { screen }
            <Glossary key="glossary" />
            { filter.unwrap_or_default() }
            { share.unwrap_or_default() }
        </ContextProvider<Ui>>
    }
}

/// Whether nothing was given to the page yet.
fn is_empty() -> bool {
    document()
        .document_element()
        .is_some_and(|root| root.get_attribute("data-phase").is_some_and(|phase| phase == "empty"))
}

/// The view in the address, and the parts of that which were left out.
#[hook]
fn use_view() -> (View, Rc<[String]>) {
    let read = || {
        let (view, bad) = View::read(&web_sys::window().and_then(|w| w.location().hash().ok()).unwrap_or_default());
        (view, Rc::from(bad))
    };
    let view = use_state_eq(read);
    let setter = view.setter();
    use_effect_with((), move |()| {
        let window = web_sys::window().unwrap_throw();
        let listener = EventListener::new(&window, "hashchange", move |_| setter.set(read()));
        move || drop(listener)
    });
    (*view).clone()
}

/// A number that is another one some time after there is more in the store.
#[hook]
fn use_growth(client: &Rc<Client>) -> u32 {
    let growth = use_state_eq(|| 0_u32);
    let setter = growth.setter();
    use_effect_with(client.clone(), move |client| {
        let count = std::cell::Cell::new(0_u32);
        client.on_growth(Callback::from(move |()| {
            count.set(count.get().wrapping_add(1));
            setter.set(count.get());
        }));
    });
    *growth
}
