//! The lines to the store and to the first program.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CustomEvent, Document, Element, Event, File, HtmlElement, MessageChannel, MessageEvent, MessagePort};
use yew::Callback;

use dmarcscope::analysis::{Answer, Ask, Groups, Query};
use dmarcscope::dataset::Labels;
use dmarcscope::intake::{FileId, Raise, SourceError};
use dmarcscope::ledger::ItemId;
use dmarcscope::protocol::{
    FilePage, FileQuery, ItemQuery, ItemRow, Question, Reply, ReportPage, ReportQuery, Screens, Wish, pack, unpack,
};

use dmarcscope::senders::{Marks, Sender};

use super::address::View;
use super::asked::query;
use super::beside::add_marks;
use super::whois::Networks;

/// Milliseconds between two looks at what grows.
const REFRESH: u32 = 250;
/// While files are read, the store has so many times as long for them as the last look took it; and how long that counts at
/// the most, in milliseconds.
const SPARE: f64 = 4.0;
const LONG: f64 = 1_000.0;
/// Milliseconds without anything to wait for after which everything is shown: what is drawn may ask again.
const SETTLED: u32 = 50;

type OnReply = Box<dyn FnOnce(Reply)>;
type SourceReply = Callback<Result<(String, bool), SourceError>>;

/// Asks the store, and the first program for reports' sources.
pub struct Client {
    store: MessagePort,
    page: MessagePort,
    next_id: Cell<u32>,
    replies: RefCell<HashMap<u32, OnReply>>,
    /// Those of them that nobody waits for.
    late: RefCell<HashSet<u32>>,
    sources: RefCell<HashMap<u32, SourceReply>>,
    lines: RefCell<VecDeque<Callback<(MessagePort, Array)>>>,
    /// Called some time after there is more in the store.
    on_growth: RefCell<Callback<()>>,
    refresh: RefCell<Option<Timeout>>,
    /// When what grows was last looked at, and how long that took, in milliseconds, once it is over.
    looked: Cell<f64>,
    took: Cell<Option<f64>>,
    settle: RefCell<Option<Timeout>>,
    own: Weak<Self>,
    /// The program that knows whose addresses are.
    networks: Rc<Networks>,
}

impl PartialEq for Client {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Tells the first program that this one is there, and calls `begin` once the ports have come.
pub fn start(begin: impl Fn(Rc<Client>) + 'static) {
    let on_ports = Closure::once_into_js(move |event: CustomEvent| {
        let ports: Array = event.detail().unchecked_into();
        begin(Client::new(ports.get(0).unchecked_into(), ports.get(1).unchecked_into()));
    });
    document().add_event_listener_with_callback(Screens::PORTS, on_ports.unchecked_ref()).unwrap_throw();
    document().dispatch_event(&Event::new(Screens::READY).unwrap_throw()).unwrap_throw();
}

/// An element of the page.
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// Gives an element of the page the focus.
pub fn focus(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        drop(element.focus());
    }
}

/// The page.
pub fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).unwrap_throw()
}

impl Client {
    fn new(store: MessagePort, page: MessagePort) -> Rc<Self> {
        let client = Rc::new_cyclic(|own| Self {
            store,
            page,
            next_id: Cell::default(),
            replies: RefCell::default(),
            late: RefCell::default(),
            sources: RefCell::default(),
            lines: RefCell::default(),
            on_growth: RefCell::default(),
            refresh: RefCell::default(),
            looked: Cell::default(),
            took: Cell::default(),
            settle: RefCell::default(),
            own: Weak::clone(own),
            networks: Networks::new(),
        });
        let (of_store, of_page) = (Rc::clone(&client), Rc::clone(&client));
        listen(&client.store, move |data| of_store.on_store(&bytes(data)));
        listen(&client.page, move |data| match data.dyn_into::<File>() {
            // The page passes on what is no report: databases, and what is said of senders.
            Ok(file) if file.name().ends_with(".txt") => {
                let client = Rc::clone(&of_page);
                spawn_local(async move {
                    let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                    text.into_iter().for_each(|text| add_marks(client.clone(), &text));
                });
            }
            Ok(file) => of_page.networks().add(file),
            Err(data) => of_page.on_page(data),
        });
        client
    }

    /// The program that knows whose addresses are, which is started by this.
    pub fn networks(&self) -> &Rc<Networks> {
        self.networks.start(|| self.store_line());
        &self.networks
    }

    /// The same for those who only look at what it told, if it was started.
    pub fn known_networks(&self) -> &Rc<Networks> {
        &self.networks
    }

    /// Another line to the store.
    fn store_line(&self) -> MessagePort {
        let channel = MessageChannel::new().unwrap_throw();
        let (bytes, data) = (Uint8Array::from(pack(&Question::Line).as_slice()), Object::new());
        for (name, value) in [("bytes", bytes.as_ref()), ("port", channel.port2().as_ref())] {
            Reflect::set(&data, &JsValue::from(name), value).unwrap_throw();
        }
        self.store.post_message_with_transferable(&data, &Array::of1(&channel.port2())).unwrap_throw();
        channel.port1()
    }

    /// Calls a function some time after there is more in the store.
    pub fn on_growth(&self, call: Callback<()>) {
        *self.on_growth.borrow_mut() = call;
    }

    /// The answers to a query's questions, in their order.
    pub fn answers(&self, query: Query, reply: Callback<Vec<Answer>>) {
        self.query(query, false, reply);
    }

    /// The same, after all that others ask: nobody waits for it.
    pub fn answers_later(&self, query: Query, reply: Callback<Vec<Answer>>) {
        self.query(query, true, reply);
    }

    fn query(&self, query: Query, is_late: bool, reply: Callback<Vec<Answer>>) {
        // Whoever asks whose addresses are has to be told by someone.
        if query.asks_of_facts() {
            self.networks();
        }
        let id = self.new_id();
        if is_late {
            self.late.borrow_mut().insert(id);
        }
        let question = if is_late { Question::Later { id, query } } else { Question::Query { id, query } };
        self.send(id, &question, move |answer| {
            if let Reply::Answers { answers, .. } = answer {
                reply.emit(answers);
            }
        });
    }

    /// What became of some files.
    pub fn files(&self, query: FileQuery, reply: Callback<FilePage>) {
        self.ask(
            |id| Question::Files { id, query },
            move |answer| {
                if let Reply::Files { page, .. } = answer {
                    reply.emit(page);
                }
            },
        );
    }

    /// What became of some items of a file.
    pub fn items(&self, query: ItemQuery, reply: Callback<Vec<ItemRow>>) {
        self.ask(
            |id| Question::Items { id, query },
            move |answer| {
                if let Reply::Items { rows, .. } = answer {
                    reply.emit(rows);
                }
            },
        );
    }

    /// Some groups of the records of a view.
    pub fn groups(&self, view: &View, ask: Ask, reply: Callback<Groups>) {
        let reply = Callback::from(move |answers: Vec<Answer>| {
            if let Some(Answer::Groups(groups)) = answers.into_iter().next() {
                reply.emit(groups);
            }
        });
        self.answers(query(view, vec![ask]), reply);
    }

    /// The labels of policy domains; with some they are these from now on.
    pub fn labels(&self, set: Option<&Labels>, reply: Callback<Labels>) {
        let set = set.map(Labels::pairs);
        self.ask(
            |id| Question::Labels { id, set },
            move |answer| {
                if let Reply::Labels { labels, .. } = answer {
                    reply.emit(Labels::of_pairs(&labels));
                }
            },
        );
    }

    /// Gives the store the catalogue of services. What is wrong with it is a fault of the build, which tests rule out.
    pub fn senders(&self, bytes: Vec<u8>) {
        self.ask(|id| Question::Senders { id, bytes }, |_| ());
    }

    /// What a person says of senders; with some it is these from now on.
    pub fn marks(&self, set: Option<&Marks>, reply: Callback<Marks>) {
        let set = set.map(Marks::to_string);
        self.ask(
            |id| Question::Marks { id, set },
            move |answer| {
                if let Reply::Marks { text, .. } = answer {
                    reply.emit(Marks::read(&text).0);
                }
            },
        );
    }

    /// What the catalogue knows of a service.
    pub fn service(&self, name: String, reply: Callback<Option<Box<Sender>>>) {
        self.ask(
            |id| Question::Service { id, name },
            move |answer| {
                if let Reply::Service { service, .. } = answer {
                    reply.emit(service);
                }
            },
        );
    }

    /// A report; `None` where there is no such one.
    pub fn report(&self, query: ReportQuery, reply: Callback<Option<Box<ReportPage>>>) {
        self.ask(
            |id| Question::Report { id, query },
            move |answer| {
                if let Reply::Report { page, .. } = answer {
                    reply.emit(page);
                }
            },
        );
    }

    /// A report's source, read again by the first program, which has the files.
    pub fn source(&self, item: ItemId, reply: SourceReply) {
        let id = self.new_id();
        self.sources.borrow_mut().insert(id, reply);
        self.wish(&Wish::Source { id, item });
    }

    /// Has a file read again with limits raised for it; the store tells what becomes of it.
    pub fn read_again(&self, file: FileId, raises: Vec<Raise>) {
        self.wish(&Wish::Again { file, raises });
    }

    fn wish(&self, wish: &Wish) {
        self.page.post_message(&Uint8Array::from(pack(wish).as_slice())).unwrap_throw();
    }

    /// A line to the store for a program of its own, and all files.
    pub fn line(&self, reply: Callback<(MessagePort, Array)>) {
        self.lines.borrow_mut().push_back(reply);
        self.page.post_message(&JsValue::NULL).unwrap_throw();
    }

    fn ask(&self, message: impl FnOnce(u32) -> Question, reply: impl FnOnce(Reply) + 'static) {
        let id = self.new_id();
        self.send(id, &message(id), reply);
    }

    fn send(&self, id: u32, question: &Question, reply: impl FnOnce(Reply) + 'static) {
        self.replies.borrow_mut().insert(id, Box::new(reply));
        send(&self.store, question);
        self.tell_settled();
    }

    /// Tells on the page's root whether the screens show all there is, or all but what nobody waits for: for tests and scripts.
    fn tell_settled(&self) {
        if !self.replies.borrow().is_empty() || self.refresh.borrow().is_some() {
            *self.settle.borrow_mut() = None;
            let late = self.late.borrow();
            let is_late = self.refresh.borrow().is_none() && self.replies.borrow().keys().all(|id| late.contains(id));
            return mark(if is_late { "late" } else { "busy" });
        }
        *self.settle.borrow_mut() = Some(Timeout::new(SETTLED, || mark("ready")));
    }

    fn grown(&self) {
        if self.refresh.borrow().is_none() {
            self.look_later();
            self.tell_settled();
        }
    }

    fn look_later(&self) {
        let own = self.own.clone();
        *self.refresh.borrow_mut() = Some(Timeout::new(REFRESH, move || {
            let Some(client) = own.upgrade() else { return };
            if client.is_too_soon() {
                return client.look_later();
            }
            *client.refresh.borrow_mut() = None;
            client.looked.set(js_sys::Date::now());
            client.took.set(None);
            let call = client.on_growth.borrow().clone();
            call.emit(());
            client.tell_settled();
        }));
    }

    /// Whether to look again now would keep the store from taking in what is read.
    fn is_too_soon(&self) -> bool {
        let phase = document().document_element().and_then(|root| root.get_attribute("data-phase"));
        let is_reading = phase.is_some_and(|phase| phase == "reading");
        let since = js_sys::Date::now() - self.looked.get();
        is_reading && (!self.replies.borrow().is_empty() || since < SPARE * self.took.get().unwrap_or(0.0))
    }

    fn new_id(&self) -> u32 {
        self.next_id.replace(self.next_id.get().wrapping_add(1))
    }

    fn on_store(&self, bytes: &[u8]) {
        // The first program looks after builds that do not fit: nothing else can be unreadable.
        let Ok(message) = unpack::<Reply>(bytes) else { return };
        match message {
            Reply::Grown => self.grown(),
            Reply::Answers { id, .. }
            | Reply::Report { id, .. }
            | Reply::Files { id, .. }
            | Reply::Items { id, .. }
            | Reply::Rows { id, .. }
            | Reply::Labels { id, .. }
            | Reply::Addresses { id, .. }
            | Reply::Recalled { id, .. }
            | Reply::Senders { id, .. }
            | Reply::Marks { id, .. }
            | Reply::Service { id, .. } => {
                let reply = self.replies.borrow_mut().remove(&id);
                self.late.borrow_mut().remove(&id);
                if self.replies.borrow().is_empty() && self.took.get().is_none() {
                    self.took.set(Some((js_sys::Date::now() - self.looked.get()).min(LONG)));
                }
                if let Some(reply) = reply {
                    reply(message);
                }
                self.tell_settled();
            }
        }
    }

    fn on_page(&self, data: JsValue) {
        if Array::is_array(&data) {
            let (data, reply) = (Array::from(&data), self.lines.borrow_mut().pop_front());
            if let Some(reply) = reply {
                reply.emit((data.get(0).unchecked_into(), data.get(1).unchecked_into()));
            }
            return;
        }
        let Ok((id, source)) = unpack::<(u32, Result<(String, bool), SourceError>)>(&bytes(data)) else { return };
        let reply = self.sources.borrow_mut().remove(&id);
        if let Some(reply) = reply {
            reply.emit(source);
        }
    }
}

fn mark(word: &str) {
    document().document_element().unwrap_throw().set_attribute("data-screens", word).unwrap_throw();
}

fn bytes(data: JsValue) -> Vec<u8> {
    data.unchecked_into::<Uint8Array>().to_vec()
}

fn listen(port: &MessagePort, call: impl Fn(JsValue) + 'static) {
    let handle = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| call(event.data()));
    port.set_onmessage(Some(handle.as_ref().unchecked_ref()));
    handle.forget();
}

/// Sends a message as the store expects it: its bytes under a name.
fn send<T: Serialize>(port: &MessagePort, message: &T) {
    let (bytes, data) = (Uint8Array::from(pack(message).as_slice()), Object::new());
    Reflect::set(&data, &JsValue::from("bytes"), &bytes).unwrap_throw();
    port.post_message(&data).unwrap_throw();
}
