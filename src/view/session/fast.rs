//! The worker program with the store in it, which is made for speed. It is loaded once the page has started, and takes over what
//! the first one has by then; every worker is started from it from then on. The screens come after it.

use std::rc::Rc;

use wasm_bindgen::UnwrapThrowExt;
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageChannel;

use dmarcscope::dataset::ReaderId;
use dmarcscope::protocol::{BUILD, FromStore, ToStore};

use super::launcher::Launcher;
use super::link::Link;
use super::{Session, Trouble, words_of};

/// The program, beside the page.
const PROGRAM: &str = "worker-fast";

/// How far it has come.
#[derive(Default)]
pub(super) enum Fast {
    /// Nobody has asked for it.
    #[default]
    Absent,
    /// It is on its way.
    Loading,
    /// Its store has been started, but has not told yet which build it is.
    Starting(Launcher, Link),
    /// Its store is being told all that the first one was. What the page has to tell waits.
    Moving(Link, Option<ReaderId>),
    /// It is used. The first one passes on what comes from a reader that was connected to it, as long as that reads.
    Used(Option<(Link, ReaderId)>),
}

impl Session {
    /// Loads what nobody waits for, once: this program, then the screens.
    pub(super) fn load_rest(self: &Rc<Self>) {
        if self.is_over() || !matches!(*self.fast.borrow(), Fast::Absent) {
            return;
        }
        *self.fast.borrow_mut() = Fast::Loading;
        let session = Rc::clone(self);
        spawn_local(async move {
            match Launcher::load(PROGRAM).await {
                Ok(_) if session.is_over() => {}
                Ok(launcher) => session.try_fast(launcher),
                Err(error) => session.end(Trouble::Part(words_of(&error))),
            }
        });
    }

    /// A page that is one file has only one program, and starts with the store.
    pub(super) fn use_whole(self: &Rc<Self>) {
        *self.fast.borrow_mut() = Fast::Used(None);
        self.load_screens();
    }

    fn try_fast(self: &Rc<Self>, launcher: Launcher) {
        let (on_message, on_fault) = (Rc::clone(self), Rc::clone(self));
        let link = Link::start(
            &launcher,
            "store",
            move |message| match message {
                FromStore::Ready { build, .. } if build == BUILD => on_message.take_over(),
                FromStore::Taken => on_message.taken(),
                message => on_message.on_store(message),
            },
            move |words| on_fault.end(Trouble::Store(words)),
        );
        match link {
            Ok(link) => *self.fast.borrow_mut() = Fast::Starting(launcher, link),
            Err(error) => self.end(Trouble::Part(words_of(&error))),
        }
    }

    /// Has the store told all that the first one was told. Where that was nothing, it simply takes its place.
    fn take_over(self: &Rc<Self>) {
        let Fast::Starting(launcher, link) = self.fast.take() else { return };
        *self.launcher.borrow_mut() = Some(Rc::new(launcher));
        let has_nothing = self.files.borrow().is_empty() && self.coming.borrow().is_empty() && !self.is_asking.get();
        if has_nothing {
            *self.store.borrow_mut() = Some(link);
            return self.use_whole();
        }
        let channel = MessageChannel::new().unwrap_throw();
        let (to, from) = (channel.port1(), channel.port2());
        if let Some(first) = &*self.store.borrow() {
            first.send(&ToStore::HandOver, &[("port", &to)], &[&to]);
        }
        link.send(&ToStore::TakeOver, &[("port", &from)], &[&from]);
        *self.fast.borrow_mut() = Fast::Moving(link, self.reading.borrow().reader());
    }

    fn taken(self: &Rc<Self>) {
        let Fast::Moving(link, reader) = self.fast.take() else { return };
        for message in self.untold.take() {
            link.send(&message, &[], &[]);
        }
        let first = self.store.replace(Some(link));
        *self.fast.borrow_mut() = Fast::Used(first.zip(reader));
        self.let_go();
        self.load_screens();
    }

    /// Ends the first program once no reader delivers to it any more.
    pub(super) fn let_go(&self) {
        let mut fast = self.fast.borrow_mut();
        if let Fast::Used(first) = &mut *fast {
            let now = self.reading.borrow().reader();
            let over = first.take_if(|(_, reader)| now != Some(*reader));
            drop(over);
        }
    }

    /// Does something with the store that new readers deliver to.
    pub(super) fn with_store(&self, act: impl FnOnce(&Link)) {
        match (&*self.fast.borrow(), &*self.store.borrow()) {
            (Fast::Moving(link, _), _) | (_, Some(link)) => act(link),
            _ => {}
        }
    }

    /// Whether what the page has to tell must wait until the store has taken over.
    pub(super) fn is_moving(&self) -> bool {
        matches!(*self.fast.borrow(), Fast::Moving(..))
    }
}
