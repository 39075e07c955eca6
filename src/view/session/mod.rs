//! The page's side of the work: files in, readers started and ended, the store asked. Holds view state only, never records.

mod link;
pub mod reading;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use gloo::timers::callback::{Interval, Timeout};
use wasm_bindgen::UnwrapThrowExt;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{File, MessageChannel};
use yew::Callback;

use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Groups, Order, Query, Series, Totals, Zone};
use dmarcscope::dataset::ReaderId;
use dmarcscope::intake::{FileId, SourceError};
use dmarcscope::ledger::ItemId;
use dmarcscope::protocol::{BUILD, FileInfo, FilePage, FileQuery, FromReader, FromStore, ToReader, ToStore};

use link::{Launcher, Link};
use reading::{Command, Progress, Reading};

/// Milliseconds between two looks at the figures while they grow, and between two redraws of the progress.
const REFRESH: u32 = 250;
const REDRAW: u32 = 100;
/// Rows of a table at first, and with each "more".
pub const PAGE: u32 = 50;
/// Bytes of a report's source that are shown.
const MOST_SOURCE: u64 = 2 << 20;

/// What the page is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was dropped yet.
    #[default]
    Empty,
    /// Files are being read, or figures are not the latest.
    Reading,
    /// Everything that was dropped is in the figures.
    Ready,
}

impl Phase {
    /// The word of `data-phase`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Reading => "reading",
            Self::Ready => "ready",
        }
    }
}

/// What the person should know about the page itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Workers cannot be started, in the browser's words.
    Start(String),
    /// Page and worker are of different builds.
    Build,
    /// The store stopped, with its words.
    Store(String),
    /// A reader stopped at this file.
    Reader(String),
}

impl Trouble {
    /// Whether only a reload helps.
    pub const fn is_final(&self) -> bool {
        !matches!(self, Self::Reader(_))
    }
}

/// All that is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// What the page is about.
    pub phase: Phase,
    /// How far reading has come, and the name of the file being read.
    pub progress: Progress,
    /// The name of the file being read.
    pub reading: Option<Rc<str>>,
    /// The headline figures.
    pub totals: Totals,
    /// Messages by day.
    pub series: Rc<Series>,
    /// The sources with the most messages.
    pub sources: Rc<Groups>,
    /// What became of the files.
    pub files: Rc<FilePage>,
    /// What the person should know about the page itself.
    pub trouble: Option<Trouble>,
}

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Which records.
    pub filter: Filter,
    /// Rows of the table of sources.
    pub sources: u32,
    /// The order of the table of sources.
    pub order: Order,
    /// Rows of the list of files.
    pub files: u32,
}

impl Default for Look {
    fn default() -> Self {
        Self { filter: Filter::default(), sources: PAGE, order: Order::default(), files: PAGE }
    }
}

type Reply = Box<dyn FnOnce(FromStore)>;

/// A session with the workers.
pub struct Session {
    launcher: RefCell<Option<Rc<Launcher>>>,
    store: RefCell<Option<Link>>,
    reader: RefCell<Option<Link>>,
    /// A reader that reads one report's source again.
    again: RefCell<Option<Link>>,
    reading: RefCell<Reading>,
    files: RefCell<Vec<(Rc<str>, File)>>,
    replies: RefCell<HashMap<u32, Reply>>,
    next_id: Cell<u32>,
    look: RefCell<Look>,
    shown: RefCell<Shown>,
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
            store: RefCell::default(),
            reader: RefCell::default(),
            again: RefCell::default(),
            reading: RefCell::default(),
            files: RefCell::default(),
            replies: RefCell::default(),
            next_id: Cell::default(),
            look: RefCell::default(),
            shown: RefCell::default(),
            is_stale: Cell::default(),
            is_asking: Cell::default(),
            refresh: RefCell::default(),
            redraw: RefCell::default(),
            watch: RefCell::default(),
            draw,
        });
        let starting = Rc::clone(&session);
        spawn_local(async move {
            match Launcher::load().await {
                Ok(launcher) => starting.launched(launcher),
                Err(error) => starting.trouble(Trouble::Start(words_of(&error))),
            }
        });
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
                *self.store.borrow_mut() = Some(store);
                *self.launcher.borrow_mut() = Some(Rc::new(launcher));
                self.go_on();
            }
            Err(error) => self.trouble(Trouble::Start(words_of(&error))),
        }
    }

    /// Takes in files with their names (folder and all), and reads them.
    pub fn add(self: &Rc<Self>, files: Vec<(String, File)>) {
        if files.is_empty() {
            return;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
        let sizes: Vec<u64> = files.iter().map(|(_, file)| file.size() as u64).collect();
        self.reading.borrow_mut().add(sizes);
        self.files.borrow_mut().extend(files.into_iter().map(|(name, file)| (name.into(), file)));
        self.go_on();
        self.redraw_soon();
    }

    /// Reads no more of what was dropped so far.
    pub fn cancel(self: &Rc<Self>) {
        let command = self.reading.borrow_mut().cancel();
        self.carry_out(command);
        self.is_stale.set(true);
        self.refresh_now();
    }

    /// Looks at something else.
    pub fn look(self: &Rc<Self>, change: impl FnOnce(&mut Look)) {
        let before = self.look.borrow().clone();
        change(&mut self.look.borrow_mut());
        if *self.look.borrow() != before && self.shown.borrow().phase != Phase::Empty {
            self.is_stale.set(true);
            self.refresh_now();
        }
    }

    /// Reads a report's source again: its text and whether that is only the beginning.
    pub fn source(self: &Rc<Self>, item: ItemId, reply: Callback<Result<(String, bool), SourceError>>) {
        let session = Rc::clone(self);
        self.ask(
            |id| ToStore::Locate { id, item },
            move |answer| {
                let FromStore::Located { place: Some((file, locator)), .. } = answer else {
                    reply.emit(Err(SourceError::Changed));
                    return;
                };
                let Some((_, file)) = session.files.borrow().get(file as usize).cloned() else { return };
                let Some(launcher) = session.launcher.borrow().clone() else { return };
                let (fault, reply_failed) = (reply.clone(), reply.clone());
                let (ready, again) = (Cell::new(Some((file, locator))), Rc::clone(&session));
                let link = Link::start(
                    &launcher,
                    "reader",
                    move |message| match message {
                        FromReader::Ready(_) => {
                            if let (Some((file, locator)), Some(link)) = (ready.take(), &*again.again.borrow()) {
                                let most = MOST_SOURCE;
                                link.send(&ToReader::Source { id: 0, locator, most }, &[("file", file.as_ref())], &[]);
                            }
                        }
                        FromReader::Source { source, .. } => {
                            reply.emit(source);
                            *again.again.borrow_mut() = None;
                        }
                        _ => {}
                    },
                    move |words| fault.emit(Err(SourceError::Io(unreadable(&words)))),
                );
                match link {
                    Ok(link) => *session.again.borrow_mut() = Some(link),
                    Err(error) => reply_failed.emit(Err(SourceError::Io(unreadable(&words_of(&error))))),
                }
            },
        );
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
                self.tell(&ToStore::Lost { reader, note, at });
            }
            Some(Command::GiveUp(files, note)) => {
                let files = files.into_iter().map(|file| (file, self.name(file))).collect();
                self.tell(&ToStore::Unread { files, note });
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
            Err(error) => self.trouble(Trouble::Start(words_of(&error))),
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

    /// Gives a reader its files, and a line to the store of its own.
    fn hand_files(&self, reader: ReaderId, files: &[FileId]) {
        let all = self.files.borrow();
        let (mut infos, handles) = (Vec::with_capacity(files.len()), js_sys::Array::new());
        for file in files {
            let Some((name, handle)) = all.get(*file as usize) else { continue };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a file's size is a whole number"
            )]
            infos.push(FileInfo { file: *file, name: name.to_string(), size: handle.size() as u64 });
            handles.push(handle);
        }
        let channel = MessageChannel::new().unwrap_throw();
        let (to, from) = (channel.port1(), channel.port2());
        if let Some(store) = &*self.store.borrow() {
            store.send(&ToStore::Reader(reader), &[("port", &from)], &[&from]);
        }
        if let Some(link) = &*self.reader.borrow() {
            link.send(&ToReader::Read(infos), &[("files", &handles), ("port", &to)], &[&to]);
        }
    }

    fn on_store(self: &Rc<Self>, message: FromStore) {
        match message {
            FromStore::Ready(build) if build != BUILD => self.end(Trouble::Build),
            FromStore::Ready(_) => {}
            FromStore::Grown { closed } => {
                self.reading.borrow_mut().closed(&closed);
                self.is_stale.set(true);
                self.refresh_soon();
                self.redraw_soon();
            }
            FromStore::Finished(reader) => {
                let command = self.reading.borrow_mut().finished(reader);
                if command.is_none() {
                    *self.reader.borrow_mut() = None;
                    *self.watch.borrow_mut() = None;
                }
                self.carry_out(command);
                self.is_stale.set(true);
                self.refresh_now();
            }
            FromStore::Panicked(words) => self.end(Trouble::Store(words)),
            FromStore::Answers { id, .. }
            | FromStore::Files { id, .. }
            | FromStore::Located { id, .. }
            | FromStore::Recalled { id, .. } => {
                let reply = self.replies.borrow_mut().remove(&id);
                if let Some(reply) = reply {
                    reply(message);
                }
            }
        }
    }

    fn tell(&self, message: &ToStore) {
        if let Some(store) = &*self.store.borrow() {
            store.send(message, &[], &[]);
        }
    }

    fn ask(&self, message: impl FnOnce(u32) -> ToStore, reply: impl FnOnce(FromStore) + 'static) {
        let id = self.next_id.get();
        self.next_id.set(id.wrapping_add(1));
        self.replies.borrow_mut().insert(id, Box::new(reply));
        self.tell(&message(id));
    }

    fn refresh_soon(self: &Rc<Self>) {
        let mut refresh = self.refresh.borrow_mut();
        if refresh.is_none() {
            let session = Rc::clone(self);
            *refresh = Some(Timeout::new(REFRESH, move || session.refresh_now()));
        }
    }

    /// Asks for all that is looked at, once: the files first, so that the list is not behind the figures.
    fn refresh_now(self: &Rc<Self>) {
        drop(self.refresh.borrow_mut().take());
        if self.is_asking.get() || !self.is_stale.replace(false) {
            return;
        }
        self.is_asking.set(true);
        let look = self.look.borrow().clone();
        let session = Rc::clone(self);
        self.ask(
            |id| ToStore::Files { id, query: FileQuery { skip: 0, take: look.files } },
            move |answer| {
                if let FromStore::Files { page, .. } = answer {
                    session.shown.borrow_mut().files = Rc::new(page);
                }
            },
        );
        let asks = vec![
            Ask::Totals,
            Ask::Series,
            Ask::Groups { by: Dimension::Source, order: look.order, skip: 0, take: look.sources },
        ];
        let query = Query { filter: look.filter, zone: Zone::UTC, asks };
        let session = Rc::clone(self);
        self.ask(|id| ToStore::Query { id, query }, move |answer| session.refreshed(answer));
    }

    fn refreshed(self: &Rc<Self>, answer: FromStore) {
        self.is_asking.set(false);
        if let FromStore::Answers { answers, .. } = answer {
            let mut shown = self.shown.borrow_mut();
            for answer in answers {
                match answer {
                    Answer::Totals(totals) => shown.totals = totals,
                    Answer::Series(series) => shown.series = Rc::new(series),
                    Answer::Groups(groups) => shown.sources = Rc::new(groups),
                }
            }
        }
        if self.is_stale.get() {
            self.refresh_soon();
        }
        self.draw_now();
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
            let is_behind = reading.is_active() || self.is_stale.get() || self.is_asking.get();
            shown.phase = match (self.files.borrow().is_empty(), is_behind) {
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

    /// Nothing more can be read or asked; a reload is the only way on.
    fn end(&self, trouble: Trouble) {
        *self.launcher.borrow_mut() = None;
        *self.reader.borrow_mut() = None;
        *self.store.borrow_mut() = None;
        *self.watch.borrow_mut() = None;
        self.trouble(trouble);
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
fn words_of(error: &JsValue) -> String {
    use wasm_bindgen::JsCast;
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => error.as_string().unwrap_or_else(|| format!("{error:?}")),
    }
}
