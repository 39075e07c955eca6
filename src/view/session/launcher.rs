use js_sys::{Array, Object, Reflect, WebAssembly};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Response, Url, Worker};

use dmarcscope::protocol::BUILD;

/// What follows a program's glue in a worker.
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
    /// Loads a program of this name.
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

    /// Starts a worker in a role. Nothing it says is heard before this turn is over.
    pub fn start(&self, role: &str) -> Result<Worker, JsValue> {
        let worker = Worker::new(&self.address)?;
        worker.post_message(&object(&[("module", self.module.as_ref()), ("role", &role.into())]))?;
        Ok(worker)
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

/// An object of these fields.
pub fn object(fields: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value).unwrap_throw();
    }
    object
}
