use std::cell::OnceCell;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

thread_local! {
    static NAMES: OnceCell<Option<Function>> = const { OnceCell::new() };
}

/// A country's name in the person's language, by its two letters; those themselves where the browser knows none.
pub fn country_name(code: &str) -> String {
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    // There is no browser to ask where tests run without one.
    if !is_code || cfg!(not(target_family = "wasm")) {
        return code.to_owned();
    }
    let named = NAMES.with(|names| {
        let call = names.get_or_init(of_browser).as_ref()?;
        call.call1(&JsValue::NULL, &code.to_ascii_uppercase().into()).ok()?.as_string()
    });
    named.unwrap_or_else(|| code.to_owned())
}

/// `Intl.DisplayNames`, for which there is no binding.
fn of_browser() -> Option<Function> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"region".into()).ok()?;
    let names = Reflect::construct(&constructor, &Array::of2(&Array::new(), &options)).ok()?;
    let call: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
    Some(call.bind0(&names))
}
