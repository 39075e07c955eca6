use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

use dmarcscope::text::{Locale, Plain};

/// Numbers and dates as the browser's locale writes them.
pub struct BrowserLocale {
    number: Format,
    compact: Format,
    percent: Format,
    day: Format,
    day_short: Format,
    month: Format,
    range: Option<Function>,
}

struct Format(Function);

impl BrowserLocale {
    /// The formats of the person's first language.
    pub fn new() -> Self {
        let utc = ("timeZone", JsValue::from("UTC"));
        Self {
            number: Format::number(&[]),
            compact: Format::number(&[("notation", "compact".into()), ("maximumSignificantDigits", 3.into())]),
            percent: Format::number(&[
                ("style", "percent".into()),
                ("minimumFractionDigits", 1.into()),
                ("maximumFractionDigits", 1.into()),
            ]),
            day: Format::date(&[("dateStyle", "medium".into()), utc.clone()]),
            range: range(&[("dateStyle", "medium".into()), utc.clone()]),
            day_short: Format::date(&[("month", "short".into()), ("day", "numeric".into()), utc.clone()]),
            month: Format::date(&[("month", "short".into()), ("year", "numeric".into()), utc]),
        }
    }
}

impl Format {
    fn number(options: &[(&str, JsValue)]) -> Self {
        Self(js_sys::Intl::NumberFormat::new(&Array::new(), &object(options)).format())
    }

    fn date(options: &[(&str, JsValue)]) -> Self {
        Self(js_sys::Intl::DateTimeFormat::new(&Array::new(), &object(options)).format())
    }

    fn call(&self, value: JsValue) -> Option<String> {
        self.0.call1(&JsValue::NULL, &value).ok()?.as_string()
    }
}

/// What writes two dates as one range, for which there is no binding.
fn range(options: &[(&str, JsValue)]) -> Option<Function> {
    let format = js_sys::Intl::DateTimeFormat::new(&Array::new(), &object(options));
    let call: Function = Reflect::get(&format, &"formatRange".into()).ok()?.dyn_into().ok()?;
    Some(call.bind0(&format))
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Setting a field of a new plain object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

/// Midnight UTC of a day, in the milliseconds that browsers count.
fn milliseconds(day: i32) -> JsValue {
    (f64::from(day) * 86_400_000.0).into()
}

/// Where the browser has no answer, the plain form is better than none.
impl Locale for BrowserLocale {
    fn number(&self, number: u64) -> String {
        // As a BigInt: past 2^53 a plain number would show other digits.
        self.number.call(js_sys::BigInt::from(number).into()).unwrap_or_else(|| Plain.number(number))
    }

    fn compact(&self, number: u64) -> String {
        self.compact.call(js_sys::BigInt::from(number).into()).unwrap_or_else(|| Plain.compact(number))
    }

    fn percent(&self, share: f64) -> String {
        self.percent.call(share.into()).unwrap_or_else(|| Plain.percent(share))
    }

    fn day(&self, day: i32) -> String {
        self.day.call(milliseconds(day)).unwrap_or_else(|| Plain.day(day))
    }

    fn range(&self, first: i32, last: i32) -> String {
        let said = self
            .range
            .as_ref()
            .and_then(|range| range.call2(&JsValue::NULL, &milliseconds(first), &milliseconds(last)).ok()?.as_string());
        said.unwrap_or_else(|| Plain.range(first, last))
    }

    fn day_short(&self, day: i32) -> String {
        self.day_short.call(milliseconds(day)).unwrap_or_else(|| Plain.day_short(day))
    }

    fn month(&self, day: i32) -> String {
        self.month.call(milliseconds(day)).unwrap_or_else(|| Plain.month(day))
    }
}
