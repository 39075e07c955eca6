//! Labels that lie beside the page, which the first program tells of.

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

use super::super::client::{Client, document};

/// What the end of an address of labels is.
const NAME: &str = "/labels.txt";

/// Adds the labels that lie beside the page to those that are there, now or when they are told of.
pub fn take_beside(client: &Rc<Client>) {
    let (client, taken) = (Rc::clone(client), Rc::new(Cell::new(0)));
    let take = move || {
        let told = document().document_element().and_then(|root| root.get_attribute(Screens::AIDS)).unwrap_or_default();
        for address in told.lines().skip(taken.replace(told.lines().count())).filter(|told| told.ends_with(NAME)) {
            let (client, address) = (Rc::clone(&client), address.to_owned());
            spawn_local(async move {
                // Its failing is in the browser's own list of what it fetched; the reports do without labels.
                if let Ok(text) = text(&address).await {
                    add(client, Labels::read(&text).0);
                }
            });
        }
    };
    take();
    EventListener::new(&document(), Screens::AIDS, move |_| take()).forget();
}

fn add(client: Rc<Client>, labels: Labels) {
    let asked = Rc::clone(&client);
    let on_known = Callback::from(move |known: Labels| {
        let mut all = known.clone();
        all.merge(&labels);
        if all != known {
            asked.labels(Some(&all), Callback::noop());
        }
    });
    client.labels(None, on_known);
}

async fn text(address: &str) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
}
