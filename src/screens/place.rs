//! What the browser knows of the person's place.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The first day of a week: 1 is Monday, 7 is Sunday (ISO 8601). Monday where the browser does not tell.
pub fn week_start() -> u8 {
    let day = first_day().unwrap_or(1.0);
    (1_u8..=7).find(|known| f64::from(*known) == day).unwrap_or(1)
}

/// `new Intl.Locale(navigator.language).getWeekInfo().firstDay`, or `.weekInfo.firstDay` as it was called before.
fn first_day() -> Option<f64> {
    let language = web_sys::window()?.navigator().language()?;
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let locale: Function = Reflect::get(&intl, &"Locale".into()).ok()?.dyn_into().ok()?;
    let locale = Reflect::construct(&locale, &Array::of1(&JsValue::from(language))).ok()?;
    let get = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined());
    let info = match get(&locale, "getWeekInfo").map(|call| call.dyn_into::<Function>()) {
        Some(Ok(call)) => call.call0(&locale).ok()?,
        _ => get(&locale, "weekInfo")?,
    };
    get(&info, "firstDay")?.as_f64()
}

/// The name of the time zone: `Europe/Berlin`.
pub fn zone_name() -> String {
    let format = js_sys::Intl::DateTimeFormat::new(&Array::new(), &js_sys::Object::new());
    let name = Reflect::get(&format.resolved_options(), &"timeZone".into()).ok();
    name.and_then(|name| name.as_string()).unwrap_or_default()
}
