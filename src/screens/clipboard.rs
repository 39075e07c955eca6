//! The way to the clipboard.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlDocument, HtmlElement, HtmlTextAreaElement};

/// Puts a text into the clipboard, beside it the same as HTML where there is such; false where the browser does not let it.
pub async fn copy(text: &str, html: Option<&str>) -> bool {
    let is_done = match clipboard(text, html) {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    };
    is_done || copy_selected(text).unwrap_or(false)
}

/// By the clipboard that pages have only when they come by https. Called by name: older browsers have part of it, or none.
fn clipboard(text: &str, html: Option<&str>) -> Result<Promise, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from(name));
    let clipboard = get(&window.navigator(), "clipboard")?;
    let (name, argument) = match html {
        None => ("writeText", JsValue::from(text)),
        Some(html) => {
            let blobs = Object::new();
            for (kind, content) in [("text/plain", text), ("text/html", html)] {
                let options = BlobPropertyBag::new();
                options.set_type(kind);
                let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from(content)), &options)?;
                Reflect::set(&blobs, &JsValue::from(kind), &blob)?;
            }
            let constructor: Function = get(&window, "ClipboardItem")?.dyn_into()?;
            ("write", Array::of1(&Reflect::construct(&constructor, &Array::of1(&blobs))?).into())
        }
    };
    let write: Function = get(&clipboard, name)?.dyn_into()?;
    write.call1(&clipboard, &argument)?.dyn_into()
}

/// As if a person had selected the text and copied it. What had the focus has it again afterwards.
fn copy_selected(text: &str) -> Option<bool> {
    let document: HtmlDocument = web_sys::window()?.document()?.dyn_into().ok()?;
    let focused = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_class_name("unseen");
    area.set_read_only(true);
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let is_done = document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(focused) = focused {
        // Focus that cannot be given back is no fault of copying.
        let _ = focused.focus();
    }
    Some(is_done)
}
