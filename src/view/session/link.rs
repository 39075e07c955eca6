use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{ErrorEvent, MessageEvent, Worker};

use dmarcscope::protocol::{pack, unpack};

use super::launcher::{Launcher, object};

/// A worker at the other end of typed messages. Dropping it ends the worker.
pub struct Link {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Link {
    /// Starts a worker in a role.
    pub fn start<T: DeserializeOwned>(
        launcher: &Launcher,
        role: &str,
        mut on_message: impl FnMut(T) + 'static,
        on_fault: impl Fn(String) + 'static,
    ) -> Result<Self, JsValue> {
        let worker = launcher.start(role)?;
        let on_fault = Rc::new(on_fault);
        let fault = Rc::clone(&on_fault);
        let told = OnceCell::new();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let bytes: Uint8Array = event.data().unchecked_into();
            match unpack(&bytes.to_vec()) {
                Ok(message) => on_message(message),
                // Another build's message; the handshake says so too, but not if it is what cannot be read.
                Err(error) if told.set(()).is_ok() => fault(error.to_string()),
                Err(_) => {}
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            on_fault(event.message());
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a message, with handles under names beside it; those in `transfer` move over.
    pub fn send<T: Serialize>(&self, message: &T, along: &[(&str, &JsValue)], transfer: &[&JsValue]) {
        let bytes = Uint8Array::from(pack(message).as_slice());
        let data = object(along);
        Reflect::set(&data, &"bytes".into(), &bytes).unwrap_throw();
        let transfer: Array = transfer.iter().map(|item| (*item).clone()).chain([bytes.buffer().into()]).collect();
        // It can only fail for something that cannot be sent; files, ports and bytes can.
        self.worker.post_message_with_transfer(&data, &transfer).unwrap_throw();
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
