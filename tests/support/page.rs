//! The page's side: a store, readers that deliver to it, and every message packed and unpacked on its way.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::Cursor;
use std::net::IpAddr;
use std::rc::Rc;

use dmarcscope::analysis::{
    Answer, Ask, Column, DayRow, Dimension, Filter, Group, Groups, Order, Query, Series, Totals, Zone,
};
use dmarcscope::dataset::{ABSENT, Batch, Dataset, Fact, Facts, Labels, ReaderId};
use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, FileId, Limits, Locator, ReadSeek};
use dmarcscope::ledger::{ItemId, Note, Notes, Status};
use dmarcscope::protocol::{
    Delivery, FilePage, FileQuery, FileRow, FromStore, ItemQuery, ItemRow, Question, Reply, ReportPage, ReportQuery,
    RowPage, ToStore, pack, unpack,
};
use dmarcscope::report::Figures;
use dmarcscope::roles::{Outbox, Packer, Store, Worked};
use dmarcscope::senders::Marks;
use dmarcscope::storage::Memory;

pub const CONTEXT: Context<'static> = Context { limits: &Limits::DEFAULT, charsets: &HostCharsets };

/// A small suffix list: `sub.example.org` is an organization of its own by its private section.
pub const SUFFIXES: &[u8] = b"// VERSION: 2026-10-22_x
// ===BEGIN ICANN DOMAINS===
org
net
example
// ===END ICANN DOMAINS===
// ===BEGIN PRIVATE DOMAINS===
example.org
// ===END PRIVATE DOMAINS===
";

/// Packed deliveries on their way, and the reader's clock.
#[derive(Clone, Default)]
struct Wire {
    sent: Rc<RefCell<VecDeque<Vec<u8>>>>,
    now: Rc<Cell<f64>>,
    /// What the clock gains with each look at it.
    pace: f64,
}

impl Outbox for Wire {
    fn deliver(&mut self, batch: &Batch) {
        self.sent.borrow_mut().push_back(pack(&Delivery::Batch(batch)));
    }

    fn progress(&mut self, _: u64) {}

    fn now(&self) -> f64 {
        self.now.set(self.now.get() + self.pace);
        self.now.get()
    }
}

/// A reader. What it sends waits until it is taken.
pub struct Reader {
    pub id: ReaderId,
    packer: Packer<Wire>,
    wire: Wire,
}

impl Reader {
    /// A reader for which no time passes: it hands over full batches only.
    pub fn new(id: ReaderId) -> Self {
        Self::paced(id, 0.0)
    }

    /// A reader that is so slow that it hands over after each file, and after each 256 records.
    pub fn slow(id: ReaderId) -> Self {
        Self::paced(id, 1_000.0)
    }

    fn paced(id: ReaderId, pace: f64) -> Self {
        let wire = Wire { pace, ..Wire::default() };
        Self { id, packer: Packer::new(wire.clone()), wire }
    }

    pub fn read(&mut self, file: FileId, name: &str, bytes: &[u8]) {
        self.packer.read(file, name, &mut Cursor::new(bytes), &CONTEXT);
    }

    /// Reads within other limits than the usual.
    pub fn read_within(&mut self, limits: &Limits, file: FileId, name: &str, bytes: &[u8]) {
        let context = Context { limits, ..CONTEXT };
        self.packer.read(file, name, &mut Cursor::new(bytes), &context);
    }

    /// Tells of a file that cannot be opened.
    pub fn refuse(&mut self, file: FileId, name: &str, note: Note) {
        let mut notes = Notes::default();
        notes.add(note);
        self.packer.refuse(file, name, &notes);
    }

    /// Reads from something other than bytes.
    pub fn read_from(&mut self, file: FileId, name: &str, source: &mut dyn ReadSeek) {
        self.packer.read(file, name, source, &CONTEXT);
    }

    pub fn flush(&mut self) {
        self.packer.flush();
    }

    /// The next packed delivery.
    pub fn next(&mut self) -> Option<Vec<u8>> {
        self.wire.sent.borrow_mut().pop_front()
    }

    /// How many deliveries wait.
    pub fn waiting(&self) -> usize {
        self.wire.sent.borrow().len()
    }
}

/// Labels of some domains; one of them has two.
pub const LABELS: &str =
    "Client A: example.org\nCLIENT B: EXAMPLE.net\nclient a: bücher.example\nclient b: example.org\n";

/// What is known of an address where nothing else is told: all of some, nothing of others.
pub fn fact(address: IpAddr, fact: Fact) -> Option<&'static str> {
    let last = match address {
        IpAddr::V4(address) => address.octets()[3],
        IpAddr::V6(address) => address.octets()[15],
    };
    match (fact, last % 3) {
        (_, 0) => None,
        (Fact::Network, 1) => Some("AS64496 Example"),
        (Fact::Network, _) => Some("AS64497 Other Example"),
        (Fact::Country, _) => Some(if last % 2 == 0 { "CH" } else { "AT" }),
        (Fact::Ptr, 1) => Some("mail.example.org"),
        (Fact::Holder, _) => Some("Example"),
        _ => None,
    }
}

/// A store and what the page knows of its files.
pub struct Page {
    pub store: Store<Memory>,
    pub files: Vec<Vec<u8>>,
    next_reader: ReaderId,
}

impl Page {
    pub fn new() -> Self {
        Self { store: Store::new(Memory::default()), files: Vec::new(), next_reader: 1_000 }
    }

    /// Gives the store the small suffix list.
    pub fn with_suffixes(mut self) -> Self {
        let told = self.send(&ToStore::Suffixes { id: 8, bytes: SUFFIXES.to_vec() });
        let Some(FromStore::Suffixes { id: 8, version: Ok(Some(version)) }) = told else { panic!("{told:?}") };
        assert_eq!(version, "2026-10-22_x");
        // Rows that were there are judged bit by bit, after which the page is told.
        while self.store.is_busy() {
            match self.store.work(|| true) {
                Some(Worked::Page(told)) => {
                    assert!(matches!(*told, FromStore::Grown { ref closed } if closed.is_empty()))
                }
                Some(other) => panic!("{other:?}"),
                None => {}
            }
        }
        self
    }

    /// A page on which these files, named `0`, `1`, …, were dropped and read.
    pub fn of(files: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let mut page = Self::new().with_suffixes();
        page.drop(files);
        page
    }

    /// Files of these names.
    pub fn named(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut page = Self::new().with_suffixes();
        page.drop_named(files);
        page
    }

    /// The same, on which domains have the [`LABELS`], and addresses their facts.
    pub fn labelled(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut page = Self::named(files);
        page.label(LABELS);
        page.annotate(fact);
        page
    }

    /// Tells facts of all addresses that are there.
    pub fn annotate(&mut self, fact: impl Fn(IpAddr, Fact) -> Option<&'static str>) {
        let addresses = Question::Addresses { id: 7, from: 0, take: u32::MAX };
        let Some(Reply::Addresses { id: 7, addresses }) = self.question(&addresses) else { panic!() };
        let mut facts = Facts::default();
        for (number, address) in (0..).zip(addresses).filter_map(|(number, address)| Some((number, address?))) {
            let mut place = |own| {
                fact(address, own).map_or(ABSENT, |text| {
                    facts.texts.push(text.into());
                    u32::try_from(facts.texts.len() - 1).unwrap()
                })
            };
            let set = Fact::ALL.map(&mut place);
            facts.sets.push(set);
            facts.of.push((number, u32::try_from(facts.sets.len() - 1).unwrap()));
        }
        assert!(self.question(&Question::Annotate(facts)).is_none());
    }

    /// Gives domains labels, and gives what is kept of them.
    pub fn label(&mut self, text: &str) -> Labels {
        let (labels, bad) = Labels::read(text);
        assert!(bad.is_empty());
        match self.question(&Question::Labels { id: 6, set: Some(labels.pairs()) }) {
            Some(Reply::Labels { id: 6, labels }) => Labels::of_pairs(&labels),
            other => panic!("{other:?}"),
        }
    }

    /// Says something of senders.
    pub fn mark(&mut self, text: &str) {
        assert_eq!(Marks::read(text).1, [0; 0]);
        let told = self.question(&Question::Marks { id: 5, set: Some(text.to_owned()) });
        let Some(Reply::Marks { id: 5, text: kept }) = told else { panic!("{told:?}") };
        assert_eq!(Marks::read(&kept), Marks::read(text));
    }

    /// Reads further files with a reader of their own. Their names are their numbers.
    pub fn drop(&mut self, files: impl IntoIterator<Item = Vec<u8>>) {
        let first = self.files.len();
        self.drop_named((first..).map(|file| file.to_string()).zip(files));
    }

    /// Reads further files of these names with a reader of their own.
    pub fn drop_named(&mut self, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
        let mut reader = Reader::new(self.next_reader);
        self.next_reader += 1;
        for (name, bytes) in files {
            let file = u32::try_from(self.files.len()).unwrap();
            reader.read(file, &name, &bytes);
            self.files.push(bytes);
        }
        reader.flush();
        self.take_all(&mut reader);
        let done = pack(&Delivery::<&Batch>::Done);
        assert!(matches!(self.deliver(reader.id, &done), Some(FromStore::Finished(id)) if id == reader.id));
    }

    /// Hands a packed delivery to the store.
    pub fn deliver(&mut self, reader: ReaderId, bytes: &[u8]) -> Option<FromStore> {
        let delivery: Delivery = unpack(bytes).unwrap();
        self.store.deliver(reader, &delivery).map(over_the_wire)
    }

    /// Hands over what waits; gives the files that came to an end.
    pub fn take_all(&mut self, reader: &mut Reader) -> Vec<FileId> {
        std::iter::from_fn(|| self.take_one(reader)).flatten().collect()
    }

    /// Hands over the next delivery that waits; gives the files that came to an end.
    pub fn take_one(&mut self, reader: &mut Reader) -> Option<Vec<FileId>> {
        let bytes = reader.next()?;
        match self.deliver(reader.id, &bytes) {
            Some(FromStore::Grown { closed }) => Some(closed),
            other => panic!("a batch makes the store grow: {other:?}"),
        }
    }

    /// Sends a message to the store.
    pub fn send(&mut self, message: &ToStore) -> Option<FromStore> {
        self.store.handle(unpack(&pack(message)).unwrap()).map(over_the_wire)
    }

    /// Tells the store that a reader is lost.
    pub fn lose(&mut self, reader: &Reader, note: Note, at: Option<(FileId, &str)>) -> Vec<FileId> {
        let at = at.map(|(file, name)| (file, name.to_owned()));
        let told = self.send(&ToStore::Lost { reader: reader.id, note, at });
        let Some(FromStore::Grown { closed }) = told else { panic!("{told:?}") };
        closed
    }

    /// Asks as the screens do.
    pub fn question(&mut self, question: &Question) -> Option<Reply> {
        self.store.ask(0, unpack(&pack(question)).unwrap()).map(over_the_wire)
    }

    pub fn ask(&mut self, query: Query) -> Vec<Answer> {
        assert!(self.question(&Question::Query { id: 7, query }).is_none());
        assert!(self.store.is_busy());
        // A pause asked for after each step must not change anything.
        let answer = loop {
            if let Some(Worked::Screens(0, answer)) = self.store.work(|| true) {
                break answer;
            }
        };
        assert!(!self.store.is_busy());
        match over_the_wire::<Reply>(answer) {
            Reply::Answers { id: 7, answers } => answers,
            other => panic!("{other:?}"),
        }
    }

    fn ask_one(&mut self, filter: &str, zone: Zone, ask: Ask) -> Answer {
        let mut answers = self.ask(Query { filter: filter.parse().unwrap(), zone, asks: vec![ask] });
        assert_eq!(answers.len(), 1);
        answers.remove(0)
    }

    pub fn totals(&mut self, filter: &str) -> Totals {
        let Answer::Totals(totals) = self.ask_one(filter, Zone::UTC, Ask::Totals) else { panic!() };
        totals
    }

    /// The records that meet a filter, whole, so many asked for at a time.
    pub fn whole(&mut self, filter: &str, at_a_time: usize) -> Vec<RowPage> {
        let Answer::Rows(chosen) = self.ask_one(filter, Zone::UTC, Ask::Rows) else { panic!() };
        let asked = chosen.rows.chunks(at_a_time).map(|rows| (rows.to_vec(), vec![]));
        let asked: Vec<_> = asked.chain([(vec![], chosen.empty.clone())]).collect();
        let page = |(rows, empty)| match self.question(&Question::Rows { id: 8, rows, empty }) {
            Some(Reply::Rows { id: 8, page }) => *page,
            other => panic!("{other:?}"),
        };
        asked.into_iter().map(page).collect()
    }

    pub fn figures(&mut self) -> Figures {
        self.totals("").figures
    }

    /// The series, whose sums must be the headline figures.
    pub fn series(&mut self, filter: &str, zone: &Zone) -> Series {
        let Answer::Series(series) = self.ask_one(filter, zone.clone(), Ask::Series) else { panic!() };
        let messages = |row: &DayRow| row.messages.iter().sum::<u64>();
        let sum = series.days.iter().map(messages).sum::<u64>() + series.dateless.iter().sum::<u64>();
        assert_eq!(sum, self.totals(filter).figures.messages());
        assert!(series.days.is_sorted_by(|a, b| a.day < b.day));
        series
    }

    /// All groups in an order; their sums must be the headline figures.
    pub fn groups(&mut self, by: Dimension, column: Column, ascending: bool) -> Vec<Group> {
        let page = self.page_of_groups(by, column, ascending, 0, u32::MAX);
        let mut sum = Figures::default();
        page.rows.iter().for_each(|group| sum.merge(&group.figures));
        assert_eq!((sum, page.total), (self.figures(), page.rows.len() as u64));
        page.rows
    }

    /// All groups of the records that meet a filter.
    pub fn groups_of(&mut self, filter: &Filter, by: Dimension) -> Vec<Group> {
        let (order, find) = (Order::default(), String::new());
        let ask = Ask::Groups { by, order, skip: 0, take: u32::MAX, find, within: vec![], most: 0 };
        let Answer::Groups(groups) = self.ask_one(&filter.to_string(), Zone::UTC, ask) else { panic!() };
        groups.rows
    }

    pub fn page_of_groups(&mut self, by: Dimension, column: Column, ascending: bool, skip: u32, take: u32) -> Groups {
        let order = Order { by: column, ascending };
        let ask = Ask::Groups { by, order, skip, take, find: String::new(), within: vec![], most: 0 };
        let Answer::Groups(groups) = self.ask_one("", Zone::UTC, ask) else { panic!() };
        groups
    }

    pub fn page(&mut self, skip: u32, take: u32) -> FilePage {
        match self.question(&Question::Files { id: 3, query: FileQuery { skip, take, ..FileQuery::default() } }) {
            Some(Reply::Files { id: 3, page }) => page,
            other => panic!("{other:?}"),
        }
    }

    /// The files that a search finds.
    pub fn files_by(&mut self, find: &str, only: &[Status], skip: u32, take: u32) -> FilePage {
        let query = FileQuery { skip, take, find: find.into(), only: only.into() };
        match self.question(&Question::Files { id: 3, query }) {
            Some(Reply::Files { id: 3, page }) => page,
            other => panic!("{other:?}"),
        }
    }

    pub fn items(&mut self, file: FileId, skip: u32, take: u32) -> Vec<ItemRow> {
        self.items_by("", Some(file), skip, take)
    }

    /// Items in whose names a text is, of a file or of all.
    pub fn items_by(&mut self, find: &str, file: Option<FileId>, skip: u32, take: u32) -> Vec<ItemRow> {
        match self.question(&Question::Items { id: 4, query: ItemQuery { file, skip, take, find: find.to_owned() } }) {
            Some(Reply::Items { id: 4, rows }) => rows,
            other => panic!("{other:?}"),
        }
    }

    pub fn report(&mut self, report: u32, skip: u32, take: u32) -> Option<ReportPage> {
        match self.question(&Question::Report { id: 5, query: ReportQuery { report, skip, take } }) {
            Some(Reply::Report { id: 5, page }) => page.map(|page| *page),
            other => panic!("{other:?}"),
        }
    }

    /// Every file, in the order of its number.
    pub fn rows(&mut self) -> Vec<FileRow> {
        let mut rows = self.page(0, u32::MAX).rows;
        rows.sort_by_key(|row| row.file);
        rows
    }

    /// A file's status and the codes of its notes with how often each applies.
    pub fn state(&mut self, file: FileId) -> (&'static str, Vec<(&'static str, u64)>) {
        let row = self.rows().into_iter().find(|row| row.file == file).unwrap();
        (row.status.word(), row.notes.iter().map(|(note, times)| (note.code(), times)).collect())
    }

    pub fn locate(&mut self, item: ItemId) -> Option<(FileId, Locator)> {
        match self.send(&ToStore::Locate { id: 4, item }) {
            Some(FromStore::Located { id: 4, place }) => place,
            other => panic!("{other:?}"),
        }
    }

    pub const fn dataset(&self) -> &Dataset {
        self.store.dataset()
    }
}

fn over_the_wire<T: serde::Serialize + serde::de::DeserializeOwned>(message: T) -> T {
    unpack(&pack(&message)).unwrap()
}
