//! What all readers of one file share: its budget, its progress, notes that wait for their report, and used buffers.

use std::cell::{Cell, RefCell, RefMut};
use std::io;

use flate2::Decompress;

use super::{Context, Locator, Receiver, Stop};
use crate::ledger::{Found, Kind, LimitKind, Note, Notes, Status};

/// Bytes at the beginning of an item by which its format is told.
pub(super) const HEAD: usize = 64 << 10;
/// Progress is told when so many bytes of the file have been read …
const PACKED_STEP: u64 = 256 << 10;
/// … or so many bytes unpacked.
const UNPACKED_STEP: u64 = 1 << 20;

/// Items of a file that the ratio may stop before nothing more of the file is read: a bomb of bombs has a million.
const MOST_STOPPED: u32 = 500;

/// The state of one file's reading. Cells, because a reader deep in a stack of containers counts while the stack is in use.
pub(super) struct Shared<'a> {
    /// The limits and charsets.
    pub(super) context: Context<'a>,
    receiver: RefCell<&'a mut dyn Receiver>,
    /// Bytes of the file that were unpacked; entries' headers count as well. What the ratio is measured against.
    packed: Cell<u64>,
    /// Bytes of the file that were passed over.
    skipped: Cell<u64>,
    /// Bytes unpacked, in all layers, as far as the ratio allows them.
    unpacked: Cell<u64>,
    /// Bytes unpacked, for progress.
    given: Cell<u64>,
    told: Cell<(u64, u64)>,
    /// Bytes of the file, which progress never exceeds.
    length: u64,
    /// Items that the ratio stopped.
    stopped: Cell<u32>,
    tail: RefCell<Notes>,
    /// How many messages are open inside each other, and whether the innermost was told of.
    mails: Cell<u32>,
    is_told: Cell<bool>,
    failure: RefCell<Option<Note>>,
    inflaters: RefCell<Vec<Decompress>>,
    heads: RefCell<Vec<Box<[u8]>>>,
}

impl<'a> Shared<'a> {
    /// The state at the beginning of a file of `length` bytes.
    pub(super) fn new(context: Context<'a>, receiver: &'a mut dyn Receiver, length: u64) -> Self {
        Self {
            context,
            receiver: RefCell::new(receiver),
            packed: Cell::new(0),
            skipped: Cell::new(0),
            unpacked: Cell::new(0),
            given: Cell::new(0),
            told: Cell::new((0, 0)),
            length,
            stopped: Cell::new(0),
            tail: RefCell::default(),
            mails: Cell::new(0),
            is_told: Cell::new(false),
            failure: RefCell::default(),
            inflaters: RefCell::default(),
            heads: RefCell::default(),
        }
    }

    /// The receiver. Never held across a read: readers tell progress through it.
    pub(super) fn receiver(&self) -> RefMut<'_, &'a mut dyn Receiver> {
        self.receiver.borrow_mut()
    }

    /// Ends an item that gave no aggregate report.
    ///
    /// Texts and pictures that a message carries are not told of: the message tells what it is where nothing else does.
    pub(super) fn other(&self, kind: Option<Kind>, notes: &Notes, locator: &mut Locator) {
        if kind.is_none() && self.mails.get() > 0 && is_by_the_way(notes) {
            return;
        }
        self.told();
        (locator.start, locator.end) = (0, 0);
        self.receiver().other(kind, notes, locator);
    }

    /// Ends an item that is a report of another kind than those that are read.
    pub(super) fn recognised(&self, kind: Kind, locator: &mut Locator) {
        let mut notes = self.take_tail();
        notes.add(Note::OtherReport);
        self.other(Some(kind), &notes, locator);
    }

    /// Ends an item with one note.
    pub(super) fn refuse(&self, note: Note, locator: &mut Locator) {
        let mut notes = self.take_tail();
        notes.add(note);
        self.other(None, &notes, locator);
    }

    /// A message begins; what comes back is for its end.
    pub(super) fn enter_mail(&self) -> bool {
        self.mails.set(self.mails.get().saturating_add(1));
        self.is_told.replace(false)
    }

    /// A message ends; whether anything of it was told, or need not be as it lies in another one.
    pub(super) fn leave_mail(&self, before: bool) -> bool {
        self.mails.set(self.mails.get().saturating_sub(1));
        let is_told = self.is_told.get();
        self.is_told.set(before || is_told);
        is_told || self.mails.get() > 0
    }

    /// Something was told of the message in hand, if there is one.
    pub(super) fn told(&self) {
        self.is_told.set(true);
    }

    /// Counts bytes of the file itself that were read.
    pub(super) fn add_packed(&self, bytes: u64) {
        self.packed.set(self.packed.get().saturating_add(bytes));
        self.tell();
    }

    /// Counts bytes of the file itself that need not be read.
    pub(super) fn add_skipped(&self, bytes: u64) {
        self.skipped.set(self.skipped.get().saturating_add(bytes));
        self.tell();
    }

    /// Counts unpacked bytes; the note says that the file's ratio is used up.
    ///
    /// The budget grows with every packed byte, so good reports beside a bomb are still read.
    pub(super) fn add_unpacked(&self, bytes: u64) -> Option<Note> {
        let unpacked = self.unpacked.get().saturating_add(bytes);
        let limits = self.context.limits;
        let most = limits.ratio_from.saturating_add(limits.ratio.saturating_mul(self.packed.get()));
        // What one item took too much is not held against the next.
        self.unpacked.set(unpacked.min(most));
        self.given.set(self.given.get().saturating_add(bytes));
        self.tell();
        let note = (unpacked > most).then_some(Note::Limit { limit: LimitKind::Ratio, value: limits.ratio });
        if note.is_some() {
            self.stopped.set(self.stopped.get().saturating_add(1));
            if self.stopped.get() >= MOST_STOPPED {
                self.failure.borrow_mut().clone_from(&note);
            }
        }
        note
    }

    fn tell(&self) {
        let at = self.packed.get().saturating_add(self.skipped.get());
        let unpacked = self.given.get();
        let (told_at, told_unpacked) = self.told.get();
        if at.saturating_sub(told_at) < PACKED_STEP && unpacked.saturating_sub(told_unpacked) < UNPACKED_STEP {
            return;
        }
        self.told.set((at, unpacked));
        if let Ok(mut receiver) = self.receiver.try_borrow_mut() {
            receiver.progress(at.min(self.length));
        }
    }

    /// Tells that the file is over.
    pub(super) fn finish(&self) {
        self.receiver().progress(self.length);
    }

    /// Keeps a note that does not stop the reading for the report in hand.
    pub(super) fn add_tail(&self, note: Note) {
        self.tail.borrow_mut().add(note);
    }

    /// The notes kept so far.
    pub(super) fn take_tail(&self) -> Notes {
        std::mem::take(&mut *self.tail.borrow_mut())
    }

    /// Remembers an error that is the file's own, not a limit's or a broken stream's.
    pub(super) fn watch(&self, error: &io::Error) {
        if error.kind() != io::ErrorKind::Interrupted
            && let note @ Note::Unreadable(_) = Stop::note_of(error)
        {
            *self.failure.borrow_mut() = Some(note);
        }
    }

    /// Why nothing more of the file is to be read, if so.
    pub(super) fn failure(&self) -> Option<Note> {
        self.failure.borrow().clone()
    }

    /// An inflater ready for a new stream: its tables and window (some 45 kB) are used again for entry after entry.
    pub(super) fn inflater(&self, zlib: bool) -> Decompress {
        match self.inflaters.borrow_mut().pop() {
            Some(mut inflater) => {
                inflater.reset(zlib);
                inflater
            }
            None => Decompress::new(zlib),
        }
    }

    /// Takes an inflater back.
    pub(super) fn return_inflater(&self, inflater: Decompress) {
        self.inflaters.borrow_mut().push(inflater);
    }

    /// A buffer of [`HEAD`] bytes with anything in it.
    pub(super) fn head(&self) -> Box<[u8]> {
        self.heads.borrow_mut().pop().unwrap_or_else(|| vec![0; HEAD].into_boxed_slice())
    }

    /// Takes a buffer back.
    pub(super) fn return_head(&self, head: Box<[u8]>) {
        self.heads.borrow_mut().push(head);
    }
}

/// Whether an item is nothing that anyone looks for, and nothing that stopped its reading hides more.
fn is_by_the_way(notes: &Notes) -> bool {
    let known = |note: &Note| match note {
        Note::NotAReport(found) => !matches!(found, Found::Archive(_)),
        other => *other == Note::Empty,
    };
    notes.iter().any(|(note, _)| known(note))
        && notes.iter().all(|(note, _)| known(note) || note.status() < Status::Partial)
}
