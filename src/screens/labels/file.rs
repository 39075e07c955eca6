//! Labels as a file of text: the form of [`Labels`](dmarcscope::dataset::Labels). What is said of senders is kept likewise.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, HtmlInputElement, Url};

/// The name of the file of labels.
pub const NAME: &str = "dmarcscope-labels.txt";

/// Lets the person keep a text as a file; false where the browser does not let it.
pub fn save(text: &str, name: &str, kind: &str) -> bool {
    offer(text, name, kind).is_ok()
}

fn offer(text: &str, name: &str, kind: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("{kind};charset=utf-8"));
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from(text)), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlElement = document.create_element("a")?.dyn_into()?;
    link.set_attribute("href", &url)?;
    link.set_attribute("download", name)?;
    link.click();
    // The browser has taken hold of it by then.
    Url::revoke_object_url(&url)
}

/// The text of the file that an input holds, which is cleared so that the same file can be picked again.
pub async fn picked(input: &HtmlInputElement) -> Option<String> {
    let file = input.files()?.get(0)?;
    let text = JsFuture::from(file.text()).await.ok();
    input.set_value("");
    text?.as_string()
}
