//! The line to the store: which addresses there are, what is known of them, and what is kept between visits.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::MessagePort;

use dmarcscope::networks::Numbered;
use dmarcscope::protocol::{Question, Reply};

use super::port::{Incoming, on_port_message, scope, tell};
use super::program::Program;

/// Addresses that are asked for, and told of, at a time.
pub const CHUNK: usize = 20_000;
/// Milliseconds between two looks at what grows.
const REFRESH: i32 = 300;

type OnReply = Box<dyn FnOnce(Reply)>;

/// The line.
pub struct StoreLine {
    port: MessagePort,
    next_id: Cell<u32>,
    replies: RefCell<HashMap<u32, OnReply>>,
    /// Whether a look at what grew is to come.
    is_waiting: Cell<bool>,
    /// How many sources are known of.
    seen: Cell<u32>,
    /// Those that are addresses.
    pub sources: RefCell<Vec<Numbered>>,
}

impl StoreLine {
    /// Speaks through a port from now on, for a program.
    pub fn open(port: MessagePort, program: &Rc<Program>) -> Rc<Self> {
        let line = Rc::new(Self {
            port: port.clone(),
            next_id: Cell::default(),
            replies: RefCell::default(),
            is_waiting: Cell::default(),
            seen: Cell::default(),
            sources: RefCell::default(),
        });
        let (own, program) = (Rc::clone(&line), Rc::clone(program));
        on_port_message(&port, move |event| match Incoming::<Reply>::of(&event).message {
            Reply::Grown => own.look_later(&program),
            reply @ (Reply::Addresses { id, .. } | Reply::Recalled { id, .. }) => {
                let call = own.replies.borrow_mut().remove(&id);
                if let Some(call) = call {
                    call(reply);
                }
            }
            // Nothing here asks for more.
            _ => {}
        });
        line
    }

    /// Tells the store something that it does not answer.
    pub fn tell(&self, question: &Question) {
        tell(&self.port, question);
    }

    fn ask(&self, question: impl FnOnce(u32) -> Question, reply: impl FnOnce(Reply) + 'static) {
        let id = self.next_id.replace(self.next_id.get().wrapping_add(1));
        self.replies.borrow_mut().insert(id, Box::new(reply));
        self.tell(&question(id));
    }

    /// What is kept under a name.
    #[cfg(feature = "lookups")]
    pub fn recall(&self, key: &str, reply: impl FnOnce(Option<Vec<u8>>) + 'static) {
        self.ask(
            |id| Question::Recall { id, key: key.to_owned() },
            move |answer| {
                if let Reply::Recalled { value, .. } = answer {
                    reply(value);
                }
            },
        );
    }

    /// Keeps a value under a name.
    #[cfg(feature = "lookups")]
    pub fn keep(&self, key: &str, value: Option<Vec<u8>>) {
        self.tell(&Question::Keep { key: key.to_owned(), value });
    }

    /// Looks at addresses that are new, and at more of them as long as there are, and tells what is known of each.
    pub fn look(self: &Rc<Self>, program: &Rc<Program>) {
        let (own, program) = (Rc::clone(self), Rc::clone(program));
        let (from, take) = (self.seen.get(), u32::try_from(CHUNK).unwrap_or(u32::MAX));
        self.ask(
            |id| Question::Addresses { id, from, take },
            move |answer| {
                let Reply::Addresses { addresses, .. } = answer else { return };
                // Another look may have been quicker.
                if from != own.seen.get() || addresses.is_empty() {
                    return;
                }
                let numbered: Vec<Numbered> =
                    (from..).zip(&addresses).filter_map(|(number, address)| Some((number, (*address)?))).collect();
                own.seen.set(from.saturating_add(u32::try_from(addresses.len()).unwrap_or(u32::MAX)));
                program.annotate(&numbered, &own);
                own.sources.borrow_mut().extend(numbered);
                own.look(&program);
            },
        );
    }

    fn look_later(self: &Rc<Self>, program: &Rc<Program>) {
        if self.is_waiting.replace(true) {
            return;
        }
        let (own, program) = (Rc::clone(self), Rc::clone(program));
        after(REFRESH, move || {
            own.is_waiting.set(false);
            own.look(&program);
        });
    }
}

/// Calls a function some milliseconds later.
pub fn after(milliseconds: i32, call: impl FnOnce() + 'static) {
    let call = Closure::once_into_js(call);
    scope()
        .set_timeout_with_callback_and_timeout_and_arguments_0(call.unchecked_ref(), milliseconds)
        .expect_throw("timers are there");
}
