use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect, Uint8Array, WebAssembly};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Response, Url, Worker};

use dmarcscope::protocol::{BUILD, pack, unpack};

/// What follows the program's glue in a worker.
const BOOT: &str = include_str!("../../worker/boot.js");

/// Starts workers, all from the same program: one way everywhere. A worker from a blob lives under the page's own
/// Content-Security-Policy (one loaded by address does not), and the same start works in a page opened from a file.
#[derive(Clone, Debug)]
pub struct Launcher {
    /// Address of the blob with the program's glue.
    address: String,
    /// The compiled program.
    module: WebAssembly::Module,
}

impl Launcher {
    /// Loads a worker program by its name.
    pub async fn load(name: &str) -> Result<Self, JsValue> {
        let (script, program) = (fetch(&format!("{name}.js")).await?, fetch(&format!("{name}_bg.wasm")).await?);
        let script = JsFuture::from(script.text()?).await?;
        let module = compile(&program).await?;
        let parts = Array::of2(&script, &BOOT.into());
        let kind = BlobPropertyBag::new();
        kind.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
        Ok(Self { address: Url::create_object_url_with_blob(&blob)?, module })
    }
}

/// Fetches a file that lies beside the page, of this very build: a cache may still hold another's.
pub async fn fetch(name: &str) -> Result<Response, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let response: Response = JsFuture::from(window.fetch_with_str(&format!("{name}?{BUILD}"))).await?.unchecked_into();
    if response.ok() { Ok(response) } else { Err(format!("{name}: {}", response.status()).into()) }
}

/// Compiles while the bytes come in; where the server names another type than `application/wasm`, afterwards.
async fn compile(response: &Response) -> Result<WebAssembly::Module, JsValue> {
    let spare = response.clone()?;
    let streamed = WebAssembly::compile_streaming(js_sys::Promise::resolve(response).unchecked_ref());
    let module: JsValue = match JsFuture::from(streamed).await {
        Ok(module) => module,
        Err(_) => {
            let bytes = JsFuture::from(spare.array_buffer()?).await?;
            JsFuture::from(WebAssembly::compile(&bytes)).await?
        }
    };
    Ok(module.unchecked_into())
}

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
        let worker = Worker::new(&launcher.address)?;
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
        let start = object(&[("module", launcher.module.as_ref()), ("role", &role.into())]);
        worker.post_message(&start)?;
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

fn object(fields: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).unwrap_throw();
    }
    object
}
