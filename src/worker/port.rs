use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

use dmarcscope::protocol::{pack, unpack};

/// The worker's own global scope.
pub fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Sends a message to the page. Its bytes are transferred, not copied.
pub fn tell_page<T: Serialize>(message: &T) {
    let bytes = Uint8Array::from(pack(message).as_slice());
    let transfer = Array::of1(&bytes.buffer());
    // It can only fail for a buffer that was transferred before, and this one is new.
    scope().post_message_with_transfer(&bytes, &transfer).unwrap_throw();
}

/// Sends a message through a port. Its bytes are transferred, not copied.
pub fn tell<T: Serialize>(port: &MessagePort, message: &T) {
    let bytes = Uint8Array::from(pack(message).as_slice());
    let transfer = Array::of1(&bytes.buffer());
    port.post_message_with_transferable(&bytes, &transfer).unwrap_throw();
}

/// A message that came in, and what came along with it.
pub struct Incoming<T> {
    /// The message.
    pub message: T,
    /// `files` or `port` of the event's data.
    pub along: Object,
}

impl<T: DeserializeOwned> Incoming<T> {
    /// Unpacks an event's data: `{ bytes, … }` from the page, or the bytes alone from a port.
    pub fn of(event: &MessageEvent) -> Self {
        let data = event.data();
        let along: Object = data.clone().unchecked_into();
        let bytes = match data.dyn_into::<Uint8Array>() {
            Ok(bytes) => bytes,
            Err(data) => Reflect::get(&data, &"bytes".into()).unwrap_throw().unchecked_into(),
        };
        Self { message: unpacked(&bytes), along }
    }

    /// What came along under a name.
    pub fn get(&self, name: &str) -> JsValue {
        Reflect::get(&self.along, &name.into()).unwrap_throw()
    }
}

/// Unpacks bytes. Those that cannot be unpacked come from another build, which the handshake has told by now; they end the program.
pub fn unpacked<T: DeserializeOwned>(bytes: &Uint8Array) -> T {
    unpack(&bytes.to_vec()).expect_throw("a message of another build")
}

/// Calls a function for every message of the page, for good.
pub fn on_page_message(handle: impl FnMut(MessageEvent) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(handle);
    scope().set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
}

/// Calls a function for every message of a port, for good.
pub fn on_port_message(port: &MessagePort, handle: impl FnMut(MessageEvent) + 'static) {
    let closure = Closure::<dyn FnMut(MessageEvent)>::new(handle);
    port.set_onmessage(Some(closure.as_ref().unchecked_ref()));
    closure.forget();
}
