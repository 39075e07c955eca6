use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::MessagePort;

use super::deliveries::Deliveries;
use super::port::{Incoming, on_page_message, on_port_message, tell_page};
use dmarcscope::dataset::ReaderId;
use dmarcscope::ledger::Note;
use dmarcscope::protocol::{BUILD, Delivery, FromStore, ToStore, pack};
use dmarcscope::roles::{First, Handled};

/// Starts what stands in for the store: it waits for readers' ports and the page's questions, until the store takes over.
pub fn start() {
    std::panic::set_hook(Box::new(|info| tell_page(&FromStore::Panicked(info.to_string()))));
    let program = Rc::new(Program { state: RefCell::default(), deliveries: Rc::default() });
    on_page_message(move |event| {
        let incoming = Incoming::<ToStore>::of(&event);
        match incoming.message {
            ToStore::Reader(reader) => program.connect(reader, &incoming.get("port").unchecked_into()),
            ToStore::HandOver => program.hand_over(incoming.get("port").unchecked_into()),
            ToStore::Lost { note: Note::ReaderTrapped, .. } => {
                let later = Rc::clone(&program);
                program.deliveries.once_quiet(move || later.handle(incoming.message));
            }
            message => program.handle(message),
        }
    });
    tell_page(&FromStore::Ready { build: BUILD.to_owned(), is_whole: false });
}

struct Program {
    state: RefCell<State>,
    deliveries: Rc<Deliveries>,
}

#[derive(Default)]
struct State {
    first: First,
    /// All that the store has to be told, in order. What readers delivered stays as it came, outside of the program's memory.
    kept: Vec<Object>,
    /// The line to the store, once that takes over: it is told all that comes from then on.
    store: Option<MessagePort>,
}

impl Program {
    fn connect(self: &Rc<Self>, reader: ReaderId, port: &MessagePort) {
        let program = Rc::clone(self);
        on_port_message(port, move |event| {
            program.deliveries.count();
            let mut state = program.state.borrow_mut();
            if state.store.is_none() {
                let delivery = Incoming::<Delivery>::of(&event).message;
                state.first.deliver(reader, &delivery).iter().for_each(tell_page);
            }
            state.keep(&ToStore::Reader(reader), Some(event.data()));
        });
    }

    fn handle(&self, message: ToStore) {
        let mut state = self.state.borrow_mut();
        if state.store.is_some() {
            return state.keep(&message, None);
        }
        let lost = if let ToStore::Lost { reader, .. } = &message { Some(*reader) } else { None };
        let Handled { tell, keep } = state.first.handle(message);
        tell.into_iter().chain(lost.map(FromStore::Finished)).for_each(|message| tell_page(&message));
        if let Some(message) = keep {
            state.keep(&message, None);
        }
    }

    fn hand_over(&self, port: MessagePort) {
        let mut state = self.state.borrow_mut();
        state.first = First::default();
        state.store = Some(port);
        for kept in std::mem::take(&mut state.kept) {
            state.pass_on(&kept);
        }
        state.keep(&ToStore::HandOver, None);
    }
}

impl State {
    /// Keeps a message for the store, or passes it on to that.
    fn keep(&mut self, message: &ToStore, delivery: Option<JsValue>) {
        let kept = Object::new();
        Reflect::set(&kept, &"bytes".into(), &Uint8Array::from(pack(message).as_slice())).unwrap_throw();
        if let Some(delivery) = delivery {
            Reflect::set(&kept, &"delivery".into(), &delivery).unwrap_throw();
        }
        if self.store.is_some() { self.pass_on(&kept) } else { self.kept.push(kept) }
    }

    fn pass_on(&self, kept: &Object) {
        let Some(port) = &self.store else { return };
        let delivery = Reflect::get(kept, &"delivery".into()).unwrap_throw();
        let buffers: Array = delivery.dyn_ref().map(Uint8Array::buffer).into_iter().collect();
        // It can only fail for a buffer that was transferred before, and each is passed on once.
        port.post_message_with_transferable(kept, &buffers).unwrap_throw();
    }
}
