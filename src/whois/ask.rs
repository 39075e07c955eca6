//! Asking a service over the network: within a time and a length, and with what can be told of why nothing came.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, RequestInit, Response, SecurityPolicyViolationEvent,
};

use dmarcscope::lookups::{MOST, PATIENCE, Refusal};

use super::port::scope;
use super::store::after;

thread_local! {
    /// What the page's policy refused and nobody has asked about yet.
    static REFUSED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Notes from now on what the page's policy refuses: a refused question fails like one without a network otherwise.
pub fn watch_policy() {
    let note = Closure::<dyn FnMut(SecurityPolicyViolationEvent)>::new(|event: SecurityPolicyViolationEvent| {
        REFUSED.with_borrow_mut(|all| all.push(event.blocked_uri()));
    });
    scope().add_event_listener_with_callback("securitypolicyviolation", note.as_ref().unchecked_ref()).unwrap_throw();
    note.forget();
}

/// The host of an address, with its port.
pub fn host(url: &str) -> String {
    url.split_once("://").and_then(|(_, rest)| rest.split('/').next()).unwrap_or_default().to_owned()
}

/// A service's answer: where it came from in the end, and its text.
///
/// # Errors
/// Why there is none.
pub async fn ask(url: &str, accept: &str) -> Result<(String, String), Refusal> {
    if !scope().navigator().on_line() {
        return Err(Refusal::Offline);
    }
    REFUSED.with_borrow_mut(Vec::clear);
    let controller = AbortController::new().map_err(|_| Refusal::Unreachable)?;
    let is_over = Rc::new(std::cell::Cell::new(false));
    let (abort, over) = (controller.clone(), Rc::clone(&is_over));
    after(i32::try_from(PATIENCE).unwrap_or(i32::MAX), move || {
        // After an answer it ends nothing.
        over.set(true);
        abort.abort();
    });
    match fetched(url, accept, &controller).await {
        Ok(answer) => answer,
        Err(_) if is_over.get() => Err(Refusal::TimedOut),
        Err(_) => {
            // The policy tells of a refusal a little later than the question fails.
            pause(20).await;
            let is_refused = REFUSED.with_borrow_mut(|all| !std::mem::take(all).is_empty());
            Err(if is_refused { Refusal::Policy } else { Refusal::Unreachable })
        }
    }
}

async fn fetched(
    url: &str,
    accept: &str,
    controller: &AbortController,
) -> Result<Result<(String, String), Refusal>, JsValue> {
    let init = RequestInit::new();
    let headers = Headers::new()?;
    headers.set("Accept", accept)?;
    init.set_headers(&headers);
    init.set_signal(Some(&controller.signal()));
    // Nothing of the person goes along: neither cookies nor the page's address. By name: not every binding has the last one.
    for (name, value) in [("credentials", "omit"), ("cache", "no-store"), ("referrerPolicy", "no-referrer")] {
        Reflect::set(&init, &JsValue::from(name), &JsValue::from(value))?;
    }
    let response: Response = JsFuture::from(scope().fetch_with_str_and_init(url, &init)).await?.unchecked_into();
    Ok(match response.status() {
        200..=299 => body(&response, controller).await?.map(|text| (response.url(), text)),
        404 => Err(Refusal::NotFound),
        429 => Err(Refusal::TooMany),
        status => Err(Refusal::Status(status)),
    })
}

/// The text of an answer, which is read no further than an ordinary one goes.
async fn body(response: &Response, controller: &AbortController) -> Result<Result<String, Refusal>, JsValue> {
    let Some(stream) = response.body() else { return Ok(Err(Refusal::Malformed)) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let part = JsFuture::from(reader.read()).await?;
        if Reflect::get(&part, &JsValue::from("done"))?.is_truthy() {
            return Ok(String::from_utf8(bytes).map_err(|_| Refusal::Malformed));
        }
        let part: Uint8Array = Reflect::get(&part, &JsValue::from("value"))?.unchecked_into();
        if bytes.len().saturating_add(part.length() as usize) > MOST {
            controller.abort();
            return Ok(Err(Refusal::TooLong));
        }
        bytes.extend(part.to_vec());
    }
}

/// Lets some milliseconds go by.
pub async fn pause(milliseconds: i32) {
    let promise = Promise::new(&mut |done, _| after(milliseconds, move || drop(done.call0(&JsValue::NULL))));
    // Nothing refuses it.
    let _ = JsFuture::from(promise).await;
}
