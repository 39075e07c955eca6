//! What lies beside the page and is no report, which the first program tells of: labels of domains, what is said of senders.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::Callback;

use dmarcscope::dataset::Labels;
use dmarcscope::protocol::Screens;
use dmarcscope::senders::Marks;

use super::client::{Client, document};

/// What the end of an address of labels is, and of one of marks.
const LABELS: &str = "/labels.txt";
const MARKS: &str = "/senders.txt";

/// Adds what lies beside the page to what is there, now or when it is told of.
pub fn take_beside(client: &Rc<Client>) {
    let (client, taken) = (Rc::clone(client), Rc::new(Cell::new(0)));
    let take = move || {
        let told = document().document_element().and_then(|root| root.get_attribute(Screens::AIDS)).unwrap_or_default();
        for address in told.lines().skip(taken.replace(told.lines().count())) {
            let add = match address {
                address if address.ends_with(LABELS) => add_labels,
                address if address.ends_with(MARKS) => add_marks,
                _ => continue,
            };
            let (client, address) = (Rc::clone(&client), address.to_owned());
            spawn_local(async move {
                // Its failing is in the browser's own list of what it fetched; the reports do without.
                if let Ok(text) = text(&address).await {
                    add(client, &text);
                }
            });
        }
    };
    take();
    EventListener::new(&document(), Screens::AIDS, move |_| take()).forget();
}

fn add_labels(client: Rc<Client>, text: &str) {
    let (asked, labels) = (Rc::clone(&client), Labels::read(text).0);
    let on_known = Callback::from(move |known: Labels| {
        let mut all = known.clone();
        all.merge(&labels);
        if all != known {
            asked.labels(Some(&all), Callback::noop());
        }
    });
    client.labels(None, on_known);
}

/// Adds what a text says of senders; it counts before what was said of the same.
pub fn add_marks(client: Rc<Client>, text: &str) {
    let (asked, marks) = (Rc::clone(&client), Marks::read(text).0);
    let on_known = Callback::from(move |known: Marks| {
        let mut all = known.clone();
        all.merge(&marks);
        if all != known {
            asked.marks(Some(&all), Callback::noop());
        }
    });
    client.marks(None, on_known);
}

async fn text(address: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
}
