//! The page's second program, which draws the screens behind the first figures. It is loaded once the first program has
//! started, so that nobody waits for it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CustomEvent, CustomEventInit, Document, MessageChannel, MessageEvent, MessagePort};
use yew::Callback;

use dmarcscope::protocol::{BUILD, Screens, ToStore, Wish, pack, unpack};

use super::Session;
use super::launcher::fetch;

/// The script that starts the program, beside the page.
const SCRIPT: &str = "screens-start.js";
/// The Public Suffix List, beside the page.
const SUFFIXES: &str = "suffixes.txt";

impl Session {
    /// Loads the screens, once.
    pub(super) fn load_screens(self: &Rc<Self>) {
        if self.has_screens.replace(true) {
            return;
        }
        let document = web_sys::window().and_then(|window| window.document()).unwrap_throw();
        let session = Rc::clone(self);
        let connect = Closure::once_into_js(move |_: JsValue| session.connect_screens());
        document.add_event_listener_with_callback(Screens::READY, connect.unchecked_ref()).unwrap_throw();
        // A page that is one file has them in it, and a start for them.
        let window = web_sys::window().unwrap_throw();
        let own =
            Reflect::get(&window, &Screens::START.into()).ok().and_then(|start| start.dyn_into::<Function>().ok());
        if let Some(start) = own {
            start.call0(&JsValue::NULL).unwrap_throw();
            return;
        }
        let script = document.create_element("script").unwrap_throw();
        script.set_attribute("type", "module").unwrap_throw();
        script.set_attribute("src", &format!("./{SCRIPT}?{BUILD}")).unwrap_throw();
        document.document_element().unwrap_throw().append_child(&script).unwrap_throw();
    }

    /// Hands the screens a line to the store, and one to this program, which has the files.
    fn connect_screens(self: &Rc<Self>) {
        let own = &self.to_screens;
        serve(self, own.port2());
        let detail = CustomEventInit::new();
        detail.set_detail(&Array::of2(&self.new_line(), &own.port1()));
        let event = CustomEvent::new_with_event_init_dict(Screens::PORTS, &detail).unwrap_throw();
        document().dispatch_event(&event).unwrap_throw();
        self.load_suffixes();
    }

    /// A new line to the store.
    fn new_line(&self) -> MessagePort {
        let line = MessageChannel::new().unwrap_throw();
        if let Some(link) = &*self.store.borrow() {
            let port = line.port2();
            link.send(&ToStore::Client, &[("port", &port)], &[&port]);
        }
        line.port1()
    }

    /// Gives the store the list that our own verdicts hang on. Where it cannot be had, or is none, they stay unknown, and a
    /// record's screen says so.
    fn load_suffixes(self: &Rc<Self>) {
        let session = Rc::clone(self);
        spawn_local(async move {
            if let Ok(buffer) = list().await {
                let bytes = Uint8Array::new(&buffer).to_vec();
                session.ask(|id| ToStore::Suffixes { id, bytes }, |_| ());
            }
        });
    }
}

async fn list() -> Result<JsValue, JsValue> {
    JsFuture::from(fetch(SUFFIXES).await?.array_buffer()?).await
}

/// Does for the screens what takes the files: grants a wish, or hands all of them over with a line to the store.
fn serve(session: &Rc<Session>, port: MessagePort) {
    let (session, answer) = (Rc::clone(session), Rc::new(RefCell::new(port.clone())));
    let handle = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else {
            let files: Array = session.files.borrow().iter().map(|(_, file)| JsValue::from(file.clone())).collect();
            let line = session.new_line();
            let reply = Array::of2(&line, &files);
            answer.borrow().post_message_with_transferable(&reply, &Array::of1(&line)).unwrap_throw();
            return;
        };
        match unpack(&bytes.to_vec()) {
            Ok(Wish::Source { id, item }) => {
                let answer = Rc::clone(&answer);
                let reply = Callback::from(move |source: Result<(String, bool), _>| {
                    let bytes = Uint8Array::from(pack(&(id, source)).as_slice());
                    answer.borrow().post_message(&bytes).unwrap_throw();
                });
                session.source(item, reply);
            }
            Ok(Wish::Again { file, raises }) => session.read_again(file, raises),
            // Both programs are of one build.
            Err(_) => {}
        }
    });
    port.set_onmessage(Some(handle.as_ref().unchecked_ref()));
    handle.forget();
}

fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).unwrap_throw()
}
