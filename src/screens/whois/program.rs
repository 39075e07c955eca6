use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;

use js_sys::ArrayBuffer;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, MessagePort};
use yew::prelude::*;

use dmarcscope::networks::{DatabaseError, DatabaseInfo, Known};
use dmarcscope::protocol::BUILD;
use dmarcscope::protocol::networks::{FromNetworks, Progress, Settings, ToNetworks};

use crate::client::{Client, document};
use crate::launcher::{Launcher, fetch};
use crate::link::Link;

/// The program's name.
const PROGRAM: &str = "networks";

type OnReply = Box<dyn FnOnce(FromNetworks)>;
/// A message and what goes along with it under a name.
type Waiting = (ToNetworks, Option<(&'static str, JsValue)>);

/// What is shown of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The resolvers that can be chosen, their words and hosts; none where this build looks nothing up, or nothing is known yet.
    pub resolvers: Vec<(String, String)>,
    /// What is decided of look-ups.
    pub settings: Settings,
    /// The databases that are asked.
    pub databases: Vec<DatabaseInfo>,
    /// The file that was none, and why.
    pub refused: Option<(String, DatabaseError)>,
    /// How look-ups get on.
    pub progress: Progress,
    /// Why the program does not run.
    pub trouble: Option<String>,
}

/// The program that knows whose addresses are. It is a worker, loaded when it is first needed.
#[derive(Default)]
pub struct Networks {
    is_started: Cell<bool>,
    link: RefCell<Option<Link>>,
    /// What is to be said once the program runs.
    waiting: RefCell<Vec<Waiting>>,
    next_id: Cell<u32>,
    replies: RefCell<HashMap<u32, OnReply>>,
    state: RefCell<State>,
    watchers: RefCell<HashMap<u32, Callback<State>>>,
}

impl Networks {
    /// Not started yet.
    pub fn new() -> Rc<Self> {
        Rc::new(Self::default())
    }

    /// Starts it, once, with a line to the store.
    pub fn start(self: &Rc<Self>, line: impl FnOnce() -> MessagePort) {
        if self.is_started.replace(true) {
            return;
        }
        self.waiting.borrow_mut().push((ToNetworks::Store, Some(("port", line().into()))));
        let own = Rc::clone(self);
        spawn_local(async move {
            match Launcher::load(PROGRAM).await {
                Ok(launcher) => own.launch(&launcher),
                Err(error) => own.fail(&words_of(&error)),
            }
        });
        let own = Rc::clone(self);
        spawn_local(async move { own.fetch_database().await });
    }

    /// Whether there is anything to be told of networks and places: the program runs, or a database lies beside the page.
    pub fn is_wanted(&self) -> bool {
        self.is_started.get() || beside().is_some()
    }

    fn launch(self: &Rc<Self>, launcher: &Launcher) {
        let (on_message, on_fault) = (Rc::clone(self), Rc::clone(self));
        let link = Link::start(
            launcher,
            PROGRAM,
            move |message| on_message.on_message(message),
            move |words| on_fault.fail(&words),
        );
        match link {
            Ok(link) => {
                for (message, along) in self.waiting.take() {
                    post(&link, &message, along.as_ref());
                }
                *self.link.borrow_mut() = Some(link);
            }
            Err(error) => self.fail(&words_of(&error)),
        }
    }

    /// Takes the database that lies beside the page, if the page says that one does.
    async fn fetch_database(self: &Rc<Self>) {
        let Some(name) = beside() else { return };
        let buffer = async { JsFuture::from(fetch(&name).await?.array_buffer()?).await };
        match buffer.await {
            Ok(buffer) => self.send(ToNetworks::Database { file: name }, Some(("buffer", buffer))),
            Err(error) => self.refuse(name, &error),
        }
    }

    /// Takes a database that the person gives.
    pub fn add(self: &Rc<Self>, file: File) {
        let own = Rc::clone(self);
        spawn_local(async move {
            match JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => own.send(ToNetworks::Database { file: file.name() }, Some(("buffer", buffer))),
                Err(error) => own.refuse(file.name(), &error),
            }
        });
    }

    fn refuse(&self, file: String, error: &JsValue) {
        self.change(|state| state.refused = Some((file, DatabaseError::Unreadable(words_of(error)))));
    }

    /// Says something to the program, once it runs.
    pub fn tell(&self, message: ToNetworks) {
        self.send(message, None);
    }

    fn send(&self, message: ToNetworks, along: Option<(&'static str, JsValue)>) {
        match &*self.link.borrow() {
            Some(link) => post(link, &message, along.as_ref()),
            None => self.waiting.borrow_mut().push((message, along)),
        }
    }

    fn ask(&self, message: impl FnOnce(u32) -> ToNetworks, reply: impl FnOnce(FromNetworks) + 'static) {
        let id = self.next_id.replace(self.next_id.get().wrapping_add(1));
        self.replies.borrow_mut().insert(id, Box::new(reply));
        self.tell(message(id));
    }

    /// All that is known of an address.
    pub fn known(&self, address: IpAddr, reply: Callback<Known>) {
        self.ask(
            |id| ToNetworks::Tell { id, address },
            move |answer| {
                if let FromNetworks::Known { known, .. } = answer {
                    reply.emit(*known);
                }
            },
        );
    }

    /// Whom look-ups of these addresses would ask for what.
    pub fn plan(&self, addresses: Vec<IpAddr>, reply: Callback<Vec<(String, Vec<IpAddr>)>>) {
        self.ask(
            |id| ToNetworks::Plan { id, addresses },
            move |answer| {
                if let FromNetworks::Plan { hosts, .. } = answer {
                    reply.emit(hosts);
                }
            },
        );
    }

    /// What was looked up, as JSON.
    pub fn export(&self, reply: Callback<String>) {
        self.ask(
            |id| ToNetworks::Export { id },
            move |answer| {
                if let FromNetworks::Export { text, .. } = answer {
                    reply.emit(text);
                }
            },
        );
    }

    fn on_message(&self, message: FromNetworks) {
        match message {
            FromNetworks::Ready { build, .. } if build != BUILD => self.fail("another build"),
            FromNetworks::Ready { resolvers, .. } => self.change(|state| state.resolvers = resolvers),
            FromNetworks::Settings(settings) => self.change(|state| state.settings = settings),
            FromNetworks::Databases(told) => self.change(|state| match told {
                Ok(databases) => (state.databases, state.refused) = (databases, None),
                Err(refused) => state.refused = Some(refused),
            }),
            FromNetworks::Progress(progress) => self.change(|state| state.progress = progress),
            FromNetworks::Panicked(words) => self.fail(&words),
            FromNetworks::Known { id, .. } | FromNetworks::Plan { id, .. } | FromNetworks::Export { id, .. } => {
                let reply = self.replies.borrow_mut().remove(&id);
                if let Some(reply) = reply {
                    reply(message);
                }
            }
        }
    }

    fn fail(&self, words: &str) {
        *self.link.borrow_mut() = None;
        self.change(|state| state.trouble = Some(words.to_owned()));
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.borrow_mut());
        let state = self.state.borrow().clone();
        let watchers: Vec<Callback<State>> = self.watchers.borrow().values().cloned().collect();
        watchers.into_iter().for_each(|watcher| watcher.emit(state.clone()));
    }

    fn watch(&self, watcher: Callback<State>) -> u32 {
        let id = self.next_id.replace(self.next_id.get().wrapping_add(1));
        watcher.emit(self.state.borrow().clone());
        self.watchers.borrow_mut().insert(id, watcher);
        id
    }
}

/// The database that lies beside the page, by what the page says.
fn beside() -> Option<String> {
    let named = document().query_selector("meta[name=networks]").ok()??;
    named.get_attribute("content").filter(|name| !name.is_empty())
}

fn post(link: &Link, message: &ToNetworks, along: Option<&(&'static str, JsValue)>) {
    match along {
        Some((name, value)) => {
            // A port has to move over, and so may bytes; both are not looked at here again.
            let moves = value.is_instance_of::<MessagePort>() || value.is_instance_of::<ArrayBuffer>();
            let transfer = [value];
            link.send(message, &[(name, value)], if moves { &transfer } else { &[] });
        }
        None => link.send(message, &[], &[]),
    }
}

/// What is known of the program, anew whenever that changes.
#[hook]
pub fn use_networks(client: &Rc<Client>) -> State {
    let state = use_state_eq(State::default);
    let setter = state.setter();
    use_effect_with(client.clone(), move |client| {
        let networks = Rc::clone(client.known_networks());
        let id = networks.watch(Callback::from(move |state| setter.set(state)));
        move || drop(networks.watchers.borrow_mut().remove(&id))
    });
    (*state).clone()
}

/// The words of a browser's error.
fn words_of(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}
