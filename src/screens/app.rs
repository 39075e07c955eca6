use std::net::IpAddr;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::UnwrapThrowExt;
use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Group, Network, Term};
use dmarcscope::text::Words;

use super::address::{Show, View};
use super::client::Client;
use super::locale::BrowserLocale;
use super::report::ReportScreen;
use super::table::GroupTable;
use super::ui::Ui;
use super::{reports, sources};

/// Milliseconds between two looks at what grows.
const REFRESH: u32 = 500;

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
    let (view, growth) = (use_view(), use_growth(&props.client));
    let (client, filter) = (props.client.clone(), view.filter.clone());
    let on_select = use_callback(view.clone(), |address: IpAddr, view: &View| {
        let filter = view.filter.narrowed(Term::Ip(vec![Network { address, prefix: Network::full(address) }]));
        let view = View { filter, show: view.show };
        web_sys::window().unwrap_throw().location().set_hash(&view.write()).unwrap_throw();
    });
    let of_source =
        use_callback(on_select, |(words, group): (Ui, Group), on_select| sources::cells(&words, &group, on_select));
    let of_report =
        use_callback(view.clone(), |(words, group): (Ui, Group), view| reports::cells(&words, &group, view));
    let screen = match view.show {
        Show::Overview => html! {
            <GroupTable key="sources" {client} {filter} {growth} by={Dimension::Source} name="sources" heads={sources::HEADS} cells={of_source} />
        },
        Show::Reports => html! {
            <GroupTable key="reports" {client} {filter} {growth} by={Dimension::Report} name="reports" heads={reports::HEADS} cells={of_report} />
        },
        Show::Report(report) => html! { <ReportScreen key={report} {client} {report} {growth} /> },
    };
    html! { <ContextProvider<Ui> context={(*words).clone()}>{ screen }</ContextProvider<Ui>> }
}

#[hook]
fn use_view() -> View {
    let read = || View::read(&web_sys::window().and_then(|w| w.location().hash().ok()).unwrap_or_default()).0;
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
        let (waiting, count) =
            (Rc::new(std::cell::RefCell::new(None::<Timeout>)), Rc::new(std::cell::Cell::new(0_u32)));
        client.on_growth(Callback::from(move |()| {
            let is_waiting = waiting.borrow().is_some();
            if !is_waiting {
                let (done, count, setter) = (Rc::clone(&waiting), Rc::clone(&count), setter.clone());
                *waiting.borrow_mut() = Some(Timeout::new(REFRESH, move || {
                    *done.borrow_mut() = None;
                    count.set(count.get().wrapping_add(1));
                    setter.set(count.get());
                }));
            }
        }));
    });
    *growth
}
