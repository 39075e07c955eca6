//! What the page, the store and the readers say to each other. Every message is one of these enums, packed by `postcard`.
//!
//! ```text
//!   page ──ToReader──▶ reader ──Batch──▶ store ◀──ToStore── page
//!   page ◀─FromReader─ reader            store ──FromStore─▶ page
//! ```
//!
//! A reader can be ended at any moment; what it handed over stays in the store. There may be several.

mod ledger;
pub mod networks;
mod report;
mod rows;

use std::net::IpAddr;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use ledger::{FilePage, FileQuery, FileRow, ItemQuery, ItemRow};
pub use report::{RecordRow, ReportPage, ReportQuery};
pub use rows::{RowPage, RowReport};

use crate::analysis::{Answer, Filter, Query, Totals, Zone};
use crate::dataset::{Batch, Facts, ReaderId};
use crate::domains::ListError;
use crate::intake::{FileId, Locator, Raise, SourceError};
use crate::ledger::{ItemId, Note};
use crate::report::ReportId;
use crate::senders::{CatalogueError, Sender};

/// Names the build: page and workers must come from the same one.
pub const BUILD: &str = env!("DMARCSCOPE_BUILD");

/// From the screens to the store. Apart from [`ToStore`], so that the page's first program, which comes first, knows none of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Question {
    /// Answer a query.
    Query {
        /// Comes back with the answer.
        id: u32,
        /// The query.
        query: Query,
    },
    /// Answer a query, after all others: nobody waits for it.
    Later {
        /// Comes back with the answer.
        id: u32,
        /// The query.
        query: Query,
    },
    /// Show a report.
    Report {
        /// Comes back with the answer.
        id: u32,
        /// Which one, and which of its records.
        query: ReportQuery,
    },
    /// Tell what became of the files.
    Files {
        /// Comes back with the answer.
        id: u32,
        /// Which of them.
        query: FileQuery,
    },
    /// Tell what became of the items of a file.
    Items {
        /// Comes back with the answer.
        id: u32,
        /// Which of them.
        query: ItemQuery,
    },
    /// Give rows whole, some thousand at a time: those that [`Ask::Rows`](crate::analysis::Ask::Rows) told.
    Rows {
        /// Comes back with the answer.
        id: u32,
        /// The rows' numbers, those of each report one after the other.
        rows: Vec<u32>,
        /// Reports without any record.
        empty: Vec<ReportId>,
    },
    /// Tell the labels of policy domains; with some they are these from now on.
    Labels {
        /// Comes back with the answer.
        id: u32,
        /// Labels, and domains in small letters.
        set: Option<Vec<(String, String)>>,
    },
    /// Tell the addresses of the sources from this number on.
    Addresses {
        /// Comes back with the answer.
        id: u32,
        /// The first source.
        from: u32,
        /// How many at the most.
        take: u32,
    },
    /// Take in what is known of sources from elsewhere.
    Annotate(Facts),
    /// Serve the line that comes along, as this one.
    Line,
    /// Keep a small value under a name, through the storage port; none removes it.
    Keep {
        /// Its name.
        key: String,
        /// The value.
        value: Option<Vec<u8>>,
    },
    /// Give back what is kept under a name.
    Recall {
        /// Comes back with the answer.
        id: u32,
        /// Its name.
        key: String,
    },
    /// Name services by this catalogue, as its asset has it.
    Senders {
        /// Comes back with the answer.
        id: u32,
        /// The catalogue.
        bytes: Vec<u8>,
    },
    /// Tell what a person says of senders; with a text it is that from now on.
    Marks {
        /// Comes back with the answer.
        id: u32,
        /// The text form of [`Marks`](crate::senders::Marks).
        set: Option<String>,
    },
    /// Tell what the catalogue knows of a service.
    Service {
        /// Comes back with the answer.
        id: u32,
        /// Its name.
        name: String,
    },
}

/// From the store to the screens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// The answers to a query, in the order of its questions.
    Answers {
        /// The id of the question.
        id: u32,
        /// The answers.
        answers: Vec<Answer>,
    },
    /// The report asked for.
    Report {
        /// The id of the question.
        id: u32,
        /// The report; none if there is no such one.
        page: Option<Box<ReportPage>>,
    },
    /// What became of the files asked for.
    Files {
        /// The id of the question.
        id: u32,
        /// Some files and how many there are.
        page: FilePage,
    },
    /// What became of the items asked for.
    Items {
        /// The id of the question.
        id: u32,
        /// The items.
        rows: Vec<ItemRow>,
    },
    /// The rows asked for.
    Rows {
        /// The id of the question.
        id: u32,
        /// The rows.
        page: Box<RowPage>,
    },
    /// The labels of policy domains.
    Labels {
        /// The id of the question.
        id: u32,
        /// Labels, and domains in small letters.
        labels: Vec<(String, String)>,
    },
    /// The addresses asked for; none for each source that is no address.
    Addresses {
        /// The id of the question.
        id: u32,
        /// The addresses, in the order of their sources.
        addresses: Vec<Option<IpAddr>>,
    },
    /// What was kept under the name.
    Recalled {
        /// The id of the question.
        id: u32,
        /// The value, if there is one.
        value: Option<Vec<u8>>,
    },
    /// The catalogue is taken in: how many services it names. Or why it is none; then all stays as it is.
    Senders {
        /// The id of the question.
        id: u32,
        /// How many, or what is wrong.
        known: Result<u32, CatalogueError>,
    },
    /// What a person says of senders.
    Marks {
        /// The id of the question.
        id: u32,
        /// The text form of [`Marks`](crate::senders::Marks).
        text: String,
    },
    /// What the catalogue knows of the service.
    Service {
        /// The id of the question.
        id: u32,
        /// The service; none where it has none of that name.
        service: Option<Box<Sender>>,
    },
    /// There are new rows or ledger entries, other labels or marks, or something else is known of sources.
    Grown,
}

/// How the page's two programs find each other: events on the document.
#[derive(Clone, Copy, Debug)]
pub struct Screens;

impl Screens {
    /// The second program is ready for its ports.
    pub const READY: &str = "dmarcscope-screens";
    /// The first one's answer: its `detail` holds a port to the store and one to the first program. To that one goes a [`Wish`],
    /// packed. Where nothing goes to it, an array of a new line to the store and of all files comes back, in the order of their
    /// numbers, undefined where one cannot be had.
    pub const PORTS: &str = "dmarcscope-ports";
    /// What starts the second program, a property of the window, where it is not to be loaded: in a page that is one file.
    pub const START: &str = "dmarcscopeScreens";
    /// Something that is no report lies beside the page (labels, a database of networks): the name of the event, and of the
    /// attribute of the page's root that has the address of each on a line.
    pub const AIDS: &str = "data-beside";
}

/// From the screens to the page's first program, which has the files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wish {
    /// Read a report's source again: the id comes back, and the source or why there is none.
    Source {
        /// Comes back with the answer.
        id: u32,
        /// The report's item.
        item: ItemId,
    },
    /// Read a file again, whole, in place of the reading before.
    Again {
        /// The file.
        file: FileId,
        /// Limits to raise for it, beside those that were raised before.
        raises: Vec<Raise>,
    },
}

/// A file for a reader; the handle itself travels beside the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileInfo {
    /// Its number.
    pub file: FileId,
    /// Its name, with the folder where one was dropped.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Limits that are raised for it.
    pub raises: Vec<Raise>,
}

/// From the page to a reader.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ToReader {
    /// Read these files, in order; their handles come in the same order.
    Read(Vec<FileInfo>),
    /// Read a report's source again; the handle of its file comes along.
    Source {
        /// Comes back with the answer.
        id: u32,
        /// Where it lies in the file.
        locator: Locator,
        /// How many bytes of it at the most.
        most: u64,
    },
}

/// From a reader to the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FromReader {
    /// The program runs; says which build it is.
    Ready(String),
    /// A file is being read.
    Opened(FileId),
    /// So many bytes of the open file are read: a sign of life too.
    Progress(u64),
    /// Every file is read and handed over.
    Done,
    /// The source that was asked for.
    Source {
        /// The id of the question.
        id: u32,
        /// Its text as far as it was asked for and whether that is not all of it; or why there is none.
        source: Result<(String, bool), SourceError>,
    },
    /// The program stops here, with these words.
    Panicked(String),
}

/// From a reader to the store. Packed from a borrowed batch (`Delivery<&Batch>`), unpacked as an owned one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Delivery<B = Batch> {
    /// Rows and what they belong to.
    Batch(B),
    /// The reader has handed everything over.
    Done,
}

/// From the page to the store.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ToStore {
    /// Tell the headline figures.
    Figures {
        /// Comes back with the answer.
        id: u32,
        /// Which records.
        filter: Filter,
        /// Whose days.
        zone: Zone,
    },
    /// Tell where an item lies.
    Locate {
        /// Comes back with the answer.
        id: u32,
        /// The item.
        item: ItemId,
    },
    /// The page's screens ask through the port that comes along: [`Question`] and [`Reply`].
    Client,
    /// A new reader delivers through the port that comes along.
    Reader(ReaderId),
    /// This file is to be read again.
    Again(FileId),
    /// A reader is gone before it was done.
    Lost {
        /// The reader.
        reader: ReaderId,
        /// Why.
        note: Note,
        /// The file it was at, even if nothing of it was handed over.
        at: Option<(FileId, String)>,
    },
    /// These files are not read any more.
    Unread {
        /// The files.
        files: Vec<(FileId, String)>,
        /// Why.
        note: Note,
    },
    /// Judge by this suffix list, as its asset has it. Until there is one our own verdicts are unknown.
    Suffixes {
        /// Comes back with the answer.
        id: u32,
        /// The list.
        bytes: Vec<u8>,
    },
    /// To what stands in for the store: tell all that you were told, and all that will come, through the port that comes along.
    /// The same message goes there once all is told that there was. What came from a reader goes there as [`Reader`](Self::Reader),
    /// with the delivery beside it.
    HandOver,
    /// To the store: take over what comes through the port that comes along.
    TakeOver,
}

/// From the store to the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FromStore {
    /// The program runs.
    Ready {
        /// Which build it is.
        build: String,
        /// Whether it is the store, not what stands in for it until that is loaded.
        is_whole: bool,
    },
    /// All that there was is taken over.
    Taken,
    /// The headline figures.
    Figures {
        /// The id of the question.
        id: u32,
        /// The figures.
        totals: Totals,
    },
    /// Where an item lies.
    Located {
        /// The id of the question.
        id: u32,
        /// Its file and the place in it; none if there is no such item.
        place: Option<(FileId, Locator)>,
    },
    /// There are new rows or ledger entries. These files are over.
    Grown {
        /// The files that came to an end.
        closed: Vec<FileId>,
    },
    /// The suffix list is taken in: its version, where it names one. What is there already is judged by it, after which
    /// [`Grown`](Self::Grown) is told. Or why it is none; then all stays as it is.
    Suffixes {
        /// The id of the question.
        id: u32,
        /// The version, or what is wrong.
        version: Result<Option<String>, ListError>,
    },
    /// Everything of this reader is in the dataset.
    Finished(ReaderId),
    /// The program stops here, with these words.
    Panicked(String),
}

/// Packs a message. Only running out of memory can make it fail, which ends the program anyway; it gives no bytes then.
#[must_use]
pub fn pack<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_stdvec(message).unwrap_or_default()
}

/// Unpacks a message.
///
/// # Errors
/// If the bytes are no such message: another build's, or cut off.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}
