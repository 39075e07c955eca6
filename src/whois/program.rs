use std::cell::{OnceCell, RefCell};
use std::net::IpAddr;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;

use dmarcscope::networks::{Book, Database, Numbered};
use dmarcscope::protocol::networks::{FromNetworks, ToNetworks};
use dmarcscope::protocol::{BUILD, Question};

#[cfg(feature = "lookups")]
use super::looking::Looking;
use super::port::{Incoming, on_page_message, tell_page};
use super::store::{CHUNK, StoreLine};

/// What the program holds.
pub struct Program {
    pub book: RefCell<Book>,
    pub store: OnceCell<Rc<StoreLine>>,
    #[cfg(feature = "lookups")]
    pub looking: Looking,
}

/// Starts it: it waits for what the screens say.
pub fn start() {
    std::panic::set_hook(Box::new(|info| tell_page(&FromNetworks::Panicked(info.to_string()))));
    let program = Rc::new(Program {
        book: RefCell::default(),
        store: OnceCell::new(),
        #[cfg(feature = "lookups")]
        looking: Looking::default(),
    });
    #[cfg(feature = "lookups")]
    super::ask::watch_policy();
    on_page_message(move |event| program.handle(Incoming::<ToNetworks>::of(&event)));
    tell_page(&FromNetworks::Ready { build: BUILD.to_owned(), resolvers: resolvers() });
}

/// The resolvers that can be chosen; none where this build looks nothing up.
fn resolvers() -> Vec<(String, String)> {
    #[cfg(feature = "lookups")]
    return dmarcscope::lookups::dns::resolvers()
        .map(|own| (own.code.to_owned(), super::ask::host(own.base)))
        .collect();
    #[cfg(not(feature = "lookups"))]
    Vec::new()
}

impl Program {
    fn handle(self: &Rc<Self>, incoming: Incoming<ToNetworks>) {
        match incoming.message.clone() {
            ToNetworks::Store => {
                let line = StoreLine::open(incoming.get("port").unchecked_into(), self);
                // There is one store, and its line comes once.
                let line = Rc::clone(self.store.get_or_init(|| line));
                #[cfg(feature = "lookups")]
                self.recall(&line);
                line.look(self);
            }
            ToNetworks::Database { file } => {
                let buffer: ArrayBuffer = incoming.get("buffer").unchecked_into();
                let read = Database::read(&file, Uint8Array::new(&buffer).to_vec());
                let told = read.map(|database| {
                    self.book.borrow_mut().add(database);
                    self.annotate_all();
                    self.book.borrow().databases()
                });
                tell_page(&FromNetworks::Databases(told.map_err(|error| (file, error))));
            }
            ToNetworks::Tell { id, address } => {
                let known = Box::new(self.known(address));
                tell_page(&FromNetworks::Known { id, known });
            }
            #[cfg(feature = "lookups")]
            message => self.look_up(message),
            // A build that looks nothing up is not asked to.
            #[cfg(not(feature = "lookups"))]
            _ => {}
        }
    }

    fn known(&self, address: IpAddr) -> dmarcscope::networks::Known {
        #[cfg_attr(not(feature = "lookups"), expect(unused_mut, reason = "nobody is asked"))]
        let mut known = self.book.borrow_mut().known(address);
        #[cfg(feature = "lookups")]
        {
            known.hosts = self.hosts(address);
        }
        known
    }

    /// Tells the store what is known of some sources.
    pub fn annotate(&self, sources: &[Numbered], store: &StoreLine) {
        if !sources.is_empty() {
            store.tell(&Question::Annotate(self.book.borrow_mut().facts(sources)));
        }
    }

    /// The same of all sources, where something new is known of many.
    pub fn annotate_all(&self) {
        self.annotate_those(|_| true);
    }

    /// The same of those whose addresses are in a set.
    pub fn annotate_those(&self, is_one: impl Fn(IpAddr) -> bool) {
        let Some(store) = self.store.get() else { return };
        let those: Vec<Numbered> =
            store.sources.borrow().iter().filter(|(_, address)| is_one(*address)).copied().collect();
        those.chunks(CHUNK).for_each(|some| self.annotate(some, store));
    }
}
