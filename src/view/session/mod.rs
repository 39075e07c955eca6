//! The page's side of the work: files in, readers started and ended, the store asked. Holds view state only, never records.

mod beside;
mod fast;
mod files;
mod launcher;
mod link;
pub mod reading;
mod screens;
mod shown;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::UnwrapThrowExt;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, MessageChannel};
use yew::Callback;

use dmarcscope::analysis::{Filter, Zone};
use dmarcscope::dataset::ReaderId;
use dmarcscope::intake::{FileId, Locator, Raise, SourceError};
use dmarcscope::ledger::ItemId;
use dmarcscope::protocol::{BUILD, FromReader, FromStore, ToReader, ToStore};

use fast::Fast;
pub use files::{Files, Incoming};
use launcher::Launcher;
use link::Link;
use reading::{Command, Reading};
pub use shown::{Phase, Shown, Trouble};

/// The worker program that the page starts with, beside the page.
const WORKER: &str = "worker";
/// Milliseconds after the start in which files may come before all else is loaded: the store, then the screens. They are
/// loaded even if none come: whoever takes the network away then still sees all there is.
const REST: u32 = 250;
/// Milliseconds between two looks at the figures while they grow, and between two redraws of the progress.
const REFRESH: u32 = 250;
const REDRAW: u32 = 100;
/// Bytes of a report's source that are shown.
const MOST_SOURCE: u64 = 2 << 20;

type Reply = Box<dyn FnOnce(FromStore)>;

/// A session with the workers.
pub struct Session {
    launcher: RefCell<Option<Rc<Launcher>>>,
    fast: RefCell<Fast>,
    store: RefCell<Option<Link>>,
    /// What the store is to be told once it is there, or has taken over.
    untold: RefCell<Vec<ToStore>>,
    reader: RefCell<Option<Link>>,
    /// Readers that read one report's source again each, by the number of the request.
    sources: RefCell<HashMap<u32, Link>>,
    reading: RefCell<Reading>,
    /// Files not taken in yet, and when to go on with them.
    coming: RefCell<VecDeque<Incoming>>,
    intake: RefCell<Option<Timeout>>,
    /// How many of the files that lie beside the page are still to be fetched.
    beside: Cell<usize>,
    files: RefCell<Vec<(Rc<str>, Option<File>)>>,
    /// Limits that are raised for single files.
    raises: RefCell<Vec<(FileId, Raise)>>,
    replies: RefCell<HashMap<u32, Reply>>,
    next_id: Cell<u32>,
    /// Which records are looked at, and whose days.
    looked_at: RefCell<(Filter, Zone)>,
    shown: RefCell<Shown>,
    has_screens: Cell<bool>,
    /// The line to the screens; what is sent before they are there waits for them.
    to_screens: MessageChannel,
    /// Whether there is news since the figures were last asked for, and whether they are being asked for.
    is_stale: Cell<bool>,
    is_asking: Cell<bool>,
    refresh: RefCell<Option<Timeout>>,
    redraw: RefCell<Option<Timeout>>,
    watch: RefCell<Option<Interval>>,
    draw: Callback<Shown>,
}

impl Session {
    /// Starts the store; `draw` is called with all that is to be drawn whenever that changes.
    pub fn start(draw: Callback<Shown>) -> Rc<Self> {
        let session = Rc::new(Self {
            launcher: RefCell::default(),
            fast: RefCell::default(),
            store: RefCell::default(),
            untold: RefCell::default(),
            reader: RefCell::default(),
            sources: RefCell::default(),
            reading: RefCell::default(),
            coming: RefCell::default(),
            intake: RefCell::default(),
            beside: Cell::default(),
            files: RefCell::default(),
            raises: RefCell::default(),
            replies: RefCell::default(),
            next_id: Cell::default(),
            looked_at: RefCell::default(),
            shown: RefCell::default(),
            has_screens: Cell::default(),
            to_screens: MessageChannel::new().unwrap_throw(),
            is_stale: Cell::default(),
            is_asking: Cell::default(),
            refresh: RefCell::default(),
            redraw: RefCell::default(),
            watch: RefCell::default(),
            draw,
        });
        let starting = Rc::clone(&session);
        spawn_local(async move {
            match Launcher::load(WORKER).await {
                Ok(launcher) => starting.launched(launcher),
                Err(error) => starting.end(Trouble::Start(words_of(&error))),
            }
        });
        session.open_beside();
        session
    }

    fn launched(self: &Rc<Self>, launcher: Launcher) {
        let (on_message, on_fault) = (Rc::clone(self), Rc::clone(self));
        let store = Link::start(
            &launcher,
            "store",
            move |message| on_message.on_store(message),
            move |words| on_fault.end(Trouble::Store(words)),
        );
        match store {
            Ok(store) => {
                for message in self.untold.take() {
                    store.send(&message, &[], &[]);
                }
                *self.store.borrow_mut() = Some(store);
                *self.launcher.borrow_mut() = Some(Rc::new(launcher));
                self.go_on();
            }
            Err(error) => self.end(Trouble::Start(words_of(&error))),
        }
    }

    /// Looks at other records.
    pub fn look(self: &Rc<Self>, filter: Filter, zone: Zone) {
        let before = self.looked_at.replace((filter, zone));
        if *self.looked_at.borrow() != before && self.shown.borrow().phase != Phase::Empty {
            self.is_stale.set(true);
            self.refresh_now();
        }
    }

    /// Reads a report's source again: its text and whether that is only the beginning.
    pub fn source(self: &Rc<Self>, item: ItemId, reply: Callback<Result<(String, bool), SourceError>>) {
        let session = Rc::clone(self);
        self.ask(
            |id| ToStore::Locate { id, item },
            move |answer| match answer {
                FromStore::Located { id, place: Some((file, locator)) } => {
                    session.read_source(id, file, locator, reply)
                }
                _ => reply.emit(Err(SourceError::Changed)),
            },
        );
    }

    /// Starts a reader for one report's source alone; it ends with the answer.
    fn read_source(
        self: &Rc<Self>,
        id: u32,
        file: FileId,
        locator: Locator,
        reply: Callback<Result<(String, bool), SourceError>>,
    ) {
        let file = self.files.borrow().get(file as usize).and_then(|(_, file)| file.clone());
        let (Some(file), Some(launcher)) = (file, self.launcher.borrow().clone()) else {
            return reply.emit(Err(SourceError::Changed));
        };
        let (session, answer, fault) = (Rc::clone(self), reply.clone(), reply.clone());
        let mut request = Some((locator, file));
        let link = Link::start(
            &launcher,
            "reader",
            move |message| match message {
                FromReader::Ready(_) => {
                    if let (Some((locator, file)), Some(link)) = (request.take(), session.sources.borrow().get(&id)) {
                        link.send(
                            &ToReader::Source { id, locator, most: MOST_SOURCE },
                            &[("file", file.as_ref())],
                            &[],
                        );
                    }
                }
                FromReader::Source { source, .. } => {
                    answer.emit(source);
                    session.sources.borrow_mut().remove(&id);
                }
                _ => {}
            },
            move |words| fault.emit(Err(SourceError::Io(unreadable(&words)))),
        );
        match link {
            Ok(link) => drop(self.sources.borrow_mut().insert(id, link)),
            Err(error) => reply.emit(Err(SourceError::Io(unreadable(&words_of(&error))))),
        }
    }

    fn go_on(self: &Rc<Self>) {
        if self.launcher.borrow().is_some() {
            let command = self.reading.borrow_mut().go_on();
            self.carry_out(command);
        }
    }

    fn carry_out(self: &Rc<Self>, command: Option<Command>) {
        match command {
            None => {}
            Some(Command::Start(reader, files)) => self.start_reader(reader, files),
            Some(Command::Lose(reader, note, at)) => {
                *self.reader.borrow_mut() = None;
                let at = at.map(|file| (file, self.name(file)));
                if note != dmarcscope::ledger::Note::Cancelled
                    && let Some((_, name)) = &at
                {
                    self.trouble(Trouble::Reader(name.clone()));
                }
                self.tell(ToStore::Lost { reader, note, at });
            }
            Some(Command::GiveUp(files, note)) => {
                let files = files.into_iter().map(|file| (file, self.name(file))).collect();
                self.tell(ToStore::Unread { files, note });
            }
        }
        self.redraw_soon();
    }

    fn start_reader(self: &Rc<Self>, reader: ReaderId, files: Vec<FileId>) {
        let Some(launcher) = self.launcher.borrow().clone() else { return };
        let (on_message, on_fault) = (Rc::clone(self), Rc::clone(self));
        let files = Cell::new(files);
        let link = Link::start(
            &launcher,
            "reader",
            move |message| on_message.on_reader(reader, message, &files),
            move |_| {
                let command = on_fault.reading.borrow_mut().trapped(reader);
                on_fault.carry_out(command);
            },
        );
        match link {
            Ok(link) => *self.reader.borrow_mut() = Some(link),
            Err(error) => return self.end(Trouble::Start(words_of(&error))),
        }
        let session = Rc::clone(self);
        *self.watch.borrow_mut() = Some(Interval::new(1_000, move || {
            let command = session.reading.borrow_mut().tick();
            session.carry_out(command);
        }));
    }

    fn on_reader(self: &Rc<Self>, reader: ReaderId, message: FromReader, files: &Cell<Vec<FileId>>) {
        match message {
            FromReader::Ready(build) if build != BUILD => return self.end(Trouble::Build),
            FromReader::Ready(_) => {
                self.reading.borrow_mut().alive(reader, None);
                self.hand_files(reader, &files.take());
            }
            FromReader::Opened(file) => self.reading.borrow_mut().opened(reader, file),
            FromReader::Progress(bytes) => self.reading.borrow_mut().alive(reader, Some(bytes)),
            FromReader::Done => self.reading.borrow_mut().alive(reader, None),
            FromReader::Source { .. } => {}
            // The trap that follows is what ends the reader; its words help whoever looks for the fault.
            FromReader::Panicked(words) => web_sys::console::error_1(&words.into()),
        }
        self.redraw_soon();
    }

    fn on_store(self: &Rc<Self>, message: FromStore) {
        match message {
            FromStore::Ready { build, .. } if build != BUILD => self.end(Trouble::Build),
            FromStore::Ready { is_whole: true, .. } => self.use_whole(),
            FromStore::Ready { .. } => {
                let session = Rc::clone(self);
                Timeout::new(REST, move || session.load_rest()).forget();
            }
            FromStore::Taken => {}
            FromStore::Grown { closed } => {
                self.reading.borrow_mut().closed(&closed);
                self.is_stale.set(true);
                self.refresh_soon();
                self.redraw_soon();
            }
            FromStore::Finished(reader) => {
                let command = self.reading.borrow_mut().finished(reader);
                // Only if nobody reads any more: the next reader may have begun already.
                if command.is_none() && !self.reading.borrow().is_active() {
                    *self.reader.borrow_mut() = None;
                    *self.watch.borrow_mut() = None;
                }
                self.carry_out(command);
                self.let_go();
                self.is_stale.set(true);
                self.refresh_now();
            }
            FromStore::Panicked(words) => self.end(Trouble::Store(words)),
            FromStore::Figures { id, .. } | FromStore::Located { id, .. } | FromStore::Suffixes { id, .. } => {
                let reply = self.replies.borrow_mut().remove(&id);
                if let Some(reply) = reply {
                    reply(message);
                }
            }
        }
    }

    /// Tells the store, once it is there.
    fn tell(&self, message: ToStore) {
        match &*self.store.borrow() {
            Some(store) if !self.is_moving() => store.send(&message, &[], &[]),
            _ => self.untold.borrow_mut().push(message),
        }
    }

    fn ask(&self, message: impl FnOnce(u32) -> ToStore, reply: impl FnOnce(FromStore) + 'static) {
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1));
        self.replies.borrow_mut().insert(id, Box::new(reply));
        self.tell(message(id));
    }

    fn refresh_soon(self: &Rc<Self>) {
        let mut refresh = self.refresh.borrow_mut();
        if refresh.is_none() {
            let session = Rc::clone(self);
            *refresh = Some(Timeout::new(REFRESH, move || session.refresh_now()));
        }
    }

    /// Asks for the figures of what is looked at, once.
    fn refresh_now(self: &Rc<Self>) {
        drop(self.refresh.borrow_mut().take());
        if self.is_asking.get() || !self.is_stale.replace(false) {
            return;
        }
        self.is_asking.set(true);
        let (session, (filter, zone)) = (Rc::clone(self), self.looked_at.borrow().clone());
        self.ask(|id| ToStore::Figures { id, filter, zone }, move |answer| session.refreshed(answer));
    }

    fn refreshed(self: &Rc<Self>, answer: FromStore) {
        self.is_asking.set(false);
        if let FromStore::Figures { totals, .. } = answer {
            self.shown.borrow_mut().totals = totals;
        }
        if self.is_stale.get() {
            self.refresh_soon();
        }
        self.draw_now();
        // The first figures are on screen, where files came at once.
        self.load_rest();
    }

    fn redraw_soon(self: &Rc<Self>) {
        let mut redraw = self.redraw.borrow_mut();
        if redraw.is_none() {
            let session = Rc::clone(self);
            *redraw = Some(Timeout::new(REDRAW, move || session.draw_now()));
        }
    }

    fn draw_now(&self) {
        drop(self.redraw.borrow_mut().take());
        let shown = {
            let reading = self.reading.borrow();
            let mut shown = self.shown.borrow_mut();
            let is_over = shown.trouble.as_ref().is_some_and(Trouble::is_final);
            let is_behind = !is_over && (reading.is_active() || self.is_stale.get() || self.is_asking.get());
            let is_empty = self.files.borrow().is_empty() && self.beside.get() == 0;
            shown.phase = match (is_empty, is_behind) {
                (true, _) => Phase::Empty,
                (false, true) => Phase::Reading,
                (false, false) => Phase::Ready,
            };
            shown.progress = reading.progress();
            let at = shown.progress.at;
            shown.reading = at.and_then(|file| self.files.borrow().get(file as usize).map(|(name, _)| Rc::clone(name)));
            shown.clone()
        };
        self.draw.emit(shown);
    }

    /// Nothing more can be read or asked; a reload is the only way on. The first trouble tells the most.
    fn end(&self, trouble: Trouble) {
        if self.is_over() {
            return;
        }
        *self.launcher.borrow_mut() = None;
        *self.fast.borrow_mut() = Fast::default();
        *self.reader.borrow_mut() = None;
        *self.store.borrow_mut() = None;
        *self.watch.borrow_mut() = None;
        self.trouble(trouble);
    }

    fn is_over(&self) -> bool {
        self.shown.borrow().trouble.as_ref().is_some_and(Trouble::is_final)
    }

    fn trouble(&self, trouble: Trouble) {
        self.shown.borrow_mut().trouble = Some(trouble);
        self.draw_now();
    }

    fn name(&self, file: FileId) -> String {
        self.files.borrow().get(file as usize).map_or_else(String::new, |(name, _)| name.to_string())
    }
}

fn unreadable(words: &str) -> dmarcscope::ledger::Note {
    dmarcscope::ledger::Note::Unreadable(words.into())
}

/// The words of a browser's error.
pub fn words_of(error: &JsValue) -> String {
    use wasm_bindgen::JsCast;
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}
