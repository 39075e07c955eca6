use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;
use yew::prelude::*;

use dmarcscope::protocol::BUILD;

use super::super::client::Client;

/// The catalogue of services, beside the page.
const SENDERS: &str = "senders.tsv";

/// Fetches the catalogue of services for the store, once. Without it services are called by their domains.
#[hook]
pub fn use_catalogue(client: &Rc<Client>) {
    use_effect_with(client.clone(), |client| {
        let client = client.clone();
        spawn_local(async move {
            if let Ok(bytes) = fetched().await {
                client.senders(bytes);
            }
        });
    });
}

async fn fetched() -> Result<Vec<u8>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str(&format!("{SENDERS}?{BUILD}"))).await?.dyn_into()?;
    if !response.ok() {
        return Err(JsValue::NULL);
    }
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.dyn_into()?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
