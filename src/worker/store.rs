use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{MessageChannel, MessagePort, Performance};

use super::deliveries::Deliveries;
use super::port::{Incoming, on_page_message, on_port_message, scope, tell, tell_page, unpacked};
use dmarcscope::dataset::ReaderId;
use dmarcscope::ledger::Note;
use dmarcscope::protocol::{BUILD, Delivery, FromStore, Question, Reply, ToStore};
use dmarcscope::roles::{ClientId, Store, Worked};
use dmarcscope::storage::Memory;

/// Milliseconds of work on a query between looks at what came in.
const SLICE: f64 = 12.0;

/// Starts the store: it waits for readers' ports and the page's questions.
pub fn start() {
    std::panic::set_hook(Box::new(|info| tell_page(&FromStore::Panicked(info.to_string()))));
    let program = Rc::new(Program {
        store: RefCell::new(Store::new(Memory::default())),
        turns: MessageChannel::new().expect_throw("every browser with workers has channels"),
        clients: RefCell::default(),
        deliveries: Rc::default(),
        clock: scope().performance().expect_throw("every browser with wasm has a clock"),
    });
    let worker = Rc::clone(&program);
    on_port_message(&program.turns.port1(), move |_| worker.work());
    on_page_message(move |event| {
        let incoming = Incoming::<ToStore>::of(&event);
        match incoming.message {
            ToStore::Reader(reader) => program.connect(reader, &incoming.get("port").unchecked_into()),
            ToStore::Client => program.serve(incoming.get("port").unchecked_into()),
            ToStore::TakeOver => program.take_over(&incoming.get("port").unchecked_into()),
            // What a reader sent before it stopped by itself may still be on its way, and is good. One that was ended on
            // purpose may go on for seconds, as browsers do not stop a busy worker at once: nothing of that is taken.
            ToStore::Lost { note: Note::ReaderTrapped, .. } => {
                let later = Rc::clone(&program);
                program.deliveries.once_quiet(move || later.handle(incoming.message));
            }
            message => program.handle(message),
        }
    });
    tell_page(&FromStore::Ready { build: BUILD.to_owned(), is_whole: true });
}

struct Program {
    store: RefCell<Store<Memory>>,
    /// A message to oneself is the shortest way to let other messages go first.
    turns: MessageChannel,
    /// Ports of the screens.
    clients: RefCell<Vec<MessagePort>>,
    deliveries: Rc<Deliveries>,
    clock: Performance,
}

impl Program {
    fn handle(&self, message: ToStore) {
        let lost = if let ToStore::Lost { reader, .. } = &message { Some(*reader) } else { None };
        let reply = self.store.borrow_mut().handle(message);
        if let Some(reply) = reply {
            self.tell(&reply);
        }
        if let Some(reader) = lost {
            tell_page(&FromStore::Finished(reader));
        }
        self.go_on();
    }

    /// Answers what the screens ask through a port.
    fn serve(self: &Rc<Self>, port: MessagePort) {
        let program = Rc::clone(self);
        let mut clients = self.clients.borrow_mut();
        let client = ClientId::try_from(clients.len()).unwrap_or(ClientId::MAX);
        on_port_message(&port, move |event| {
            let incoming = Incoming::<Question>::of(&event);
            if matches!(incoming.message, Question::Line) {
                return program.serve(incoming.get("port").unchecked_into());
            }
            let question = incoming.message;
            let is_change = matches!(
                question,
                Question::Labels { set: Some(_), .. }
                    | Question::Marks { set: Some(_), .. }
                    | Question::Annotate(_)
                    | Question::Senders { .. }
            );
            let reply = program.store.borrow_mut().ask(client, question);
            if let Some(reply) = reply {
                program.reply(client, &reply);
            }
            // A filter by label, or by what is known of sources, takes other records now, or senders have other names.
            if is_change {
                program.tell(&FromStore::Grown { closed: Vec::new() });
            }
            program.go_on();
        });
        clients.push(port);
    }

    fn reply(&self, client: ClientId, reply: &Reply) {
        self.clients.borrow().get(client as usize).into_iter().for_each(|port| tell(port, reply));
    }

    /// Tells the page; of growth everyone is told.
    fn tell(&self, message: &FromStore) {
        tell_page(message);
        if let FromStore::Grown { .. } = message {
            self.clients.borrow().iter().for_each(|port| tell(port, &Reply::Grown));
        }
    }

    fn connect(self: &Rc<Self>, reader: ReaderId, port: &MessagePort) {
        let program = Rc::clone(self);
        on_port_message(port, move |event| program.deliver(reader, &Incoming::<Delivery>::of(&event).message));
    }

    fn deliver(&self, reader: ReaderId, delivery: &Delivery) {
        self.deliveries.count();
        let reply = self.store.borrow_mut().deliver(reader, delivery);
        if let Some(reply) = reply {
            self.tell(&reply);
        }
    }

    /// Takes over from what stood in for the store: it is told all that that one was told, and passes on what still comes there.
    fn take_over(self: &Rc<Self>, port: &MessagePort) {
        let program = Rc::clone(self);
        on_port_message(port, move |event| {
            let incoming = Incoming::<ToStore>::of(&event);
            match incoming.message {
                ToStore::Reader(reader) => {
                    let delivery: Uint8Array = incoming.get("delivery").unchecked_into();
                    program.deliver(reader, &unpacked(&delivery));
                }
                ToStore::HandOver => tell_page(&FromStore::Taken),
                message => program.handle(message),
            }
        });
    }

    fn go_on(&self) {
        if self.store.borrow().is_busy() {
            self.turns.port2().post_message(&wasm_bindgen::JsValue::NULL).expect_throw("nothing is sent along");
        }
    }

    fn work(&self) {
        let until = self.clock.now() + SLICE;
        let reply = self.store.borrow_mut().work(|| self.clock.now() >= until);
        match reply {
            Some(Worked::Page(message)) => self.tell(&message),
            Some(Worked::Screens(client, reply)) => self.reply(client, &reply),
            None => {}
        }
        self.go_on();
    }
}
