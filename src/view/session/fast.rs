//! The worker program that is made for speed. It is loaded once the page has started: every worker is started from it from then
//! on, the store too if it holds nothing yet. Where it cannot be had, the first one goes on.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use dmarcscope::protocol::{BUILD, FromStore};

use super::launcher::Launcher;
use super::link::Link;
use super::{Session, Trouble};

/// The program, beside the page.
const PROGRAM: &str = "worker-fast";

/// How far it has come.
#[derive(Default)]
pub(super) enum Fast {
    /// It is not there, and may never be.
    #[default]
    Absent,
    /// Its store has been started, but has not told yet which build it is.
    Starting(Launcher, Link),
    /// Workers are started from it.
    Used,
}

impl Session {
    /// Loads what nobody waits for: this program, then the screens, which keep the store that is there when they come.
    pub(super) fn load_rest(self: &Rc<Self>) {
        let session = Rc::clone(self);
        spawn_local(async move {
            match Launcher::load(PROGRAM).await {
                Ok(launcher) if !session.is_over() => session.try_fast(launcher),
                _ => session.load_screens(),
            }
        });
    }

    /// Starts a store from the program: only one that runs and is of this build is used.
    fn try_fast(self: &Rc<Self>, launcher: Launcher) {
        let (on_message, on_fault) = (Rc::clone(self), Rc::clone(self));
        let link = Link::start(
            &launcher,
            "store",
            move |message| match message {
                FromStore::Ready(build) => on_message.answered(build == BUILD),
                message => on_message.on_store(message),
            },
            move |words| on_fault.fast_stopped(words),
        );
        match link {
            Ok(link) => *self.fast.borrow_mut() = Fast::Starting(launcher, link),
            Err(_) => self.load_screens(),
        }
    }

    fn answered(self: &Rc<Self>, is_of_this_build: bool) {
        let fast = self.fast.take();
        if let Fast::Starting(launcher, link) = fast
            && is_of_this_build
        {
            *self.launcher.borrow_mut() = Some(Rc::new(launcher));
            if self.has_nothing() {
                *self.store.borrow_mut() = Some(link);
                *self.fast.borrow_mut() = Fast::Used;
            }
        }
        self.load_screens();
    }

    /// Whether nothing was given to the store, and nobody else knows it.
    fn has_nothing(&self) -> bool {
        self.files.borrow().is_empty() && self.coming.borrow().is_empty() && !self.has_screens.get()
    }

    fn fast_stopped(self: &Rc<Self>, words: String) {
        match self.fast.take() {
            Fast::Used => self.end(Trouble::Store(words)),
            Fast::Starting(..) | Fast::Absent => self.load_screens(),
        }
    }
}
