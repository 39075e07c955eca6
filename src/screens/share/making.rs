//! A file in the making: the export program, loaded when it is first needed, in a worker of its own.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, ErrorEvent, MessageEvent, MessagePort, Worker};
use yew::Callback;

use dmarcscope::export::{Job, Saved, Taken};
use dmarcscope::protocol::{BUILD, pack, unpack};

use super::super::client::Client;
use super::super::launcher::{Launcher, object};

/// The program's name.
const PROGRAM: &str = "export";

/// How far a file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// So many rows of all are written.
    Rows(u64, u64),
    /// It is there.
    Done(Saved, Blob),
    /// There will be none, for this reason.
    Failed(String),
}

type Calls = (Closure<dyn FnMut(MessageEvent)>, Closure<dyn FnMut(ErrorEvent)>);

/// A file in the making; dropping it ends the program.
#[derive(Default)]
pub struct Making {
    worker: RefCell<Option<Worker>>,
    /// What the worker calls.
    calls: RefCell<Option<Calls>>,
}

impl Making {
    /// Begins to make a file.
    pub fn begin(client: &Rc<Client>, job: Job, told: Callback<Told>) -> Rc<Self> {
        let making = Rc::new(Self::default());
        // Whoever gives up before the program is there keeps nothing of it.
        let starting = Rc::downgrade(&making);
        let on_line = Callback::from(move |(line, files): (MessagePort, Array)| {
            let (starting, job, told) = (starting.clone(), job.clone(), told.clone());
            spawn_local(async move {
                let launcher = Launcher::load(PROGRAM).await;
                let Some(making) = starting.upgrade() else { return };
                let started = launcher.and_then(|launcher| making.start(&launcher, job, (line, files), told.clone()));
                if let Err(error) = started {
                    told.emit(Told::Failed(words_of(&error)));
                }
            });
        });
        client.line(on_line);
        making
    }

    fn start(
        &self,
        launcher: &Launcher,
        job: Job,
        (line, files): (MessagePort, Array),
        told: Callback<Told>,
    ) -> Result<(), JsValue> {
        let worker = launcher.start(PROGRAM)?;
        let (own, fault, mut job) = (worker.clone(), told.clone(), Some(job));
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let (message, file) = opened(event.data());
            match message {
                Some(Taken::Ready(build)) if build == BUILD => {
                    if let Some(job) = job.take() {
                        send(&own, &job, &line, &files);
                    }
                }
                Some(Taken::Rows(done, all)) => told.emit(Told::Rows(done, all)),
                Some(Taken::Done(saved)) => told.emit(match file {
                    Some(file) => Told::Done(saved, file),
                    None => Told::Failed(String::new()),
                }),
                Some(Taken::Failed(words)) => told.emit(Told::Failed(words)),
                // Of another build; a reload is the way on, as for all the page.
                Some(Taken::Ready(_)) | None => told.emit(Told::Failed(String::new())),
            }
        });
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            event.prevent_default();
            fault.emit(Told::Failed(event.message()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        *self.worker.borrow_mut() = Some(worker);
        *self.calls.borrow_mut() = Some((on_message, on_error));
        Ok(())
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.borrow_mut().take() {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}

/// A message: its bytes, or an object with its bytes and a file.
fn opened(data: JsValue) -> (Option<Taken>, Option<Blob>) {
    let get = |name: &str| Reflect::get(&data, &name.into()).ok();
    let (bytes, file) = match data.dyn_ref::<Uint8Array>() {
        Some(bytes) => (Some(bytes.clone()), None),
        None => (
            get("bytes").and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok()),
            get("file").and_then(|file| file.dyn_into::<Blob>().ok()),
        ),
    };
    (bytes.and_then(|bytes| unpack(&bytes.to_vec()).ok()), file)
}

fn send(worker: &Worker, job: &Job, line: &MessagePort, files: &Array) {
    let bytes = Uint8Array::from(pack(job).as_slice());
    let data = object(&[("bytes", bytes.as_ref()), ("port", line.as_ref()), ("files", files.as_ref())]);
    // It can only fail for what cannot be sent; files, ports and bytes can.
    worker.post_message_with_transfer(&data, &Array::of1(line)).unwrap_throw();
}

/// The words of a browser's error.
pub fn words_of(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => error.as_string().unwrap_or_default(),
    }
}
