use std::borrow::Borrow;
use std::collections::VecDeque;

use super::held::Held;
use super::{files, rows};
use crate::analysis::{Answer, Ask, Kept, Needle, Query, Run};
use crate::dataset::{ABSENT, Batch, Dataset, Entry, ReaderId, Source, TextId};
use crate::domains::SuffixList;
use crate::ledger::{Item, ItemId, Status};
use crate::protocol::{
    Delivery, FromStore, ItemQuery, ItemRow, Question, RecordRow, Reply, ReportPage, ReportQuery, ToStore, pack, unpack,
};
use crate::senders::{Catalogue, Marks};
use crate::storage::Storage;

/// The line that a question of the screens came through, which came with [`ToStore::Client`].
pub type ClientId = u32;

/// What labels of policy domains are kept under.
const LABELS: &str = "labels";
/// What a person says of senders is kept under this, in its text form.
const MARKS: &str = "senders";

/// A query that is not answered yet.
#[derive(Debug)]
struct Waiting {
    asker: Asker,
    id: u32,
    run: Run,
    /// Whether all others go first.
    is_late: bool,
}

#[derive(Clone, Copy, Debug)]
enum Asker {
    Page,
    Screens(ClientId),
}

/// An answer that was worked out, and whom it is for.
#[derive(Debug)]
pub enum Worked {
    /// For the page.
    Page(Box<FromStore>),
    /// For the screens behind this line.
    Screens(ClientId, Reply),
}

/// Owns the dataset and answers for it. Nothing it does takes long: queries are worked on step by step.
#[derive(Debug)]
pub struct Store<S> {
    held: Held,
    storage: S,
    /// Queries to answer, in the order in which they came.
    queries: VecDeque<Waiting>,
    /// What queries need again and again.
    kept: Kept,
}

impl<S: Storage> Store<S> {
    /// An empty store over a place to keep small values. Labels that are kept there hold from the start.
    pub fn new(storage: S) -> Self {
        let mut store = Self { held: Held::default(), storage, queries: VecDeque::new(), kept: Kept::default() };
        store.held.dataset.set_labels(&store.labels());
        if let Some(text) = store.storage.get(MARKS).and_then(|kept| unpack::<String>(&kept).ok()) {
            store.held.dataset.set_marks(Marks::read(&text).0);
        }
        store
    }

    /// The labels that are kept. What another version may have kept in another form is none.
    fn labels(&self) -> Vec<(String, String)> {
        self.storage.get(LABELS).and_then(|kept| unpack(&kept).ok()).unwrap_or_default()
    }

    /// What was read so far.
    #[must_use]
    pub const fn dataset(&self) -> &Dataset {
        &self.held.dataset
    }

    /// Takes in what a reader delivers and says what to tell the page: nothing of a reader that is lost.
    pub fn deliver<B: Borrow<Batch>>(&mut self, reader: ReaderId, delivery: &Delivery<B>) -> Option<FromStore> {
        self.held.deliver(reader, delivery)
    }

    /// Handles a message of the page; the first figures come from [`work`](Self::work).
    pub fn handle(&mut self, message: ToStore) -> Option<FromStore> {
        match message {
            ToStore::Figures { id, filter, zone } => {
                let query = Query { filter, zone, asks: vec![Ask::Totals] };
                self.wait(Asker::Page, id, &query, false);
                None
            }
            ToStore::Locate { id, item } => {
                let place = self.held.dataset.ledger.item(item).map(|item| (item.file, item.locator.clone()));
                Some(FromStore::Located { id, place })
            }
            // Ports are the program's business, which knows the browser.
            ToStore::Reader(_) | ToStore::Client | ToStore::HandOver | ToStore::TakeOver => None,
            ToStore::Again(file) => {
                self.held.dataset.ledger.reopen(file);
                Some(FromStore::Grown { closed: Vec::new() })
            }
            ToStore::Lost { reader, note, at } => Some(self.held.lose(reader, note, at)),
            ToStore::Unread { files, note } => Some(self.held.give_up(files, &note)),
            ToStore::Suffixes { id, bytes } => {
                let version = SuffixList::read(&bytes).map(|list| {
                    let version = list.version().map(ToOwned::to_owned);
                    self.held.dataset.use_suffixes(list);
                    version
                });
                Some(FromStore::Suffixes { id, version })
            }
        }
    }

    fn wait(&mut self, asker: Asker, id: u32, query: &Query, is_late: bool) {
        self.queries.push_back(Waiting { asker, id, run: Run::of(query, &self.held.dataset), is_late });
    }

    fn keep(&mut self, key: &str, value: Option<Vec<u8>>) {
        match value {
            Some(value) => self.storage.put(key, value),
            None => self.storage.remove(key),
        }
    }

    /// Whether a query waits to be answered, or rows to be judged.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.queries.is_empty() || self.held.dataset.is_unjudged()
    }

    /// Handles a question of the screens; the answer to a query comes from [`work`](Self::work).
    pub fn ask(&mut self, client: ClientId, question: Question) -> Option<Reply> {
        match question {
            Question::Query { id, query } => {
                self.wait(Asker::Screens(client), id, &query, false);
                None
            }
            Question::Later { id, query } => {
                self.wait(Asker::Screens(client), id, &query, true);
                None
            }
            Question::Report { id, query } => Some(Reply::Report { id, page: self.report(query).map(Box::new) }),
            Question::Files { id, query } => {
                Some(Reply::Files { id, page: files::page(&self.held.dataset.ledger, &query) })
            }
            Question::Items { id, query } => Some(Reply::Items { id, rows: self.items(&query) }),
            Question::Rows { id, rows, empty } => {
                Some(Reply::Rows { id, page: Box::new(rows::page(&self.held.dataset, &rows, &empty)) })
            }
            Question::Labels { id, set } => {
                if let Some(labels) = set {
                    self.held.dataset.set_labels(&labels);
                    self.storage.put(LABELS, pack(&labels));
                }
                Some(Reply::Labels { id, labels: self.labels() })
            }
            Question::Addresses { id, from, take } => {
                let sources = self.held.dataset.tables.sources.items().iter().skip(from as usize).take(take as usize);
                let address = |source: &Source| match source {
                    Source::Address(address) => Some(*address),
                    Source::Unreadable(_) => None,
                };
                Some(Reply::Addresses { id, addresses: sources.map(address).collect() })
            }
            Question::Annotate(facts) => {
                self.held.dataset.annotate(&facts);
                None
            }
            // Lines are the program's business, which knows the browser.
            Question::Line => None,
            Question::Keep { key, value } => {
                self.keep(&key, value);
                None
            }
            Question::Recall { id, key } => Some(Reply::Recalled { id, value: self.storage.get(&key) }),
            Question::Senders { id, bytes } => {
                let known = Catalogue::read(&bytes).map(|catalogue| {
                    let known = u32::try_from(catalogue.senders().len()).unwrap_or(u32::MAX);
                    self.held.dataset.use_catalogue(catalogue);
                    known
                });
                Some(Reply::Senders { id, known })
            }
            Question::Marks { id, set } => {
                if let Some(text) = set {
                    self.held.dataset.set_marks(Marks::read(&text).0);
                    self.storage.put(MARKS, pack(&text));
                }
                Some(Reply::Marks { id, text: self.held.dataset.marks().to_string() })
            }
            Question::Service { id, name } => {
                let all = self.held.dataset.catalogue().map(Catalogue::senders).unwrap_or_default();
                let service = all.iter().find(|sender| sender.name.eq_ignore_ascii_case(&name));
                Some(Reply::Service { id, service: service.cloned().map(Box::new) })
            }
        }
    }

    /// Works on the first query until it is answered or `pause` says to look up. Rows that wait to be judged go first, so that
    /// no query sees some judged and some not.
    pub fn work(&mut self, mut pause: impl FnMut() -> bool) -> Option<Worked> {
        if self.held.dataset.is_unjudged() {
            while self.held.dataset.judge() {
                if pause() {
                    return None;
                }
            }
            return Some(Worked::Page(Box::new(FromStore::Grown { closed: Vec::new() })));
        }
        // What takes long waits while anything else is asked, as does what nobody waits for.
        let rank = |(_, waiting): &(usize, &Waiting)| (waiting.is_late, waiting.run.is_long());
        let (next, _) = self.queries.iter().enumerate().min_by_key(rank)?;
        let Waiting { run, .. } = self.queries.get_mut(next)?;
        run.begin(&mut self.kept, &self.held.dataset);
        while run.step(&self.held.dataset) {
            if pause() {
                return None;
            }
        }
        let Waiting { asker, id, run, .. } = self.queries.remove(next)?;
        let answers = run.finish_and_keep(&mut self.kept, &self.held.dataset);
        Some(match asker {
            Asker::Screens(client) => Worked::Screens(client, Reply::Answers { id, answers }),
            Asker::Page => {
                let totals = answers.into_iter().find_map(|answer| match answer {
                    Answer::Totals(totals) => Some(totals),
                    _ => None,
                });
                Worked::Page(Box::new(FromStore::Figures { id, totals: totals.unwrap_or_default() }))
            }
        })
    }
}

impl<S> Store<S> {
    fn items(&self, query: &ItemQuery) -> Vec<ItemRow> {
        let ledger = &self.held.dataset.ledger;
        let needle = Needle::of(&query.find);
        let is_asked = |(_, item): &(ItemId, &Item)| needle.is_empty() || self.is_found(&needle, item);
        let (skip, take) = (query.skip as usize, query.take as usize);
        let row = |(id, item): (ItemId, &Item)| self.item_row(id, item);
        let Some(file) = query.file else {
            return ledger.items_from(skip).filter(is_asked).take(take).map(row).collect();
        };
        let Some(file) = ledger.file(file) else { return Vec::new() };
        let known = |id: &ItemId| ledger.item(*id).map(|item| (*id, item));
        let worst_first = Status::ALL.into_iter().zip(file.tally).rev().filter(|(_, count)| *count > 0);
        let in_order = worst_first
            .flat_map(|(status, _)| file.items.iter().filter_map(known).filter(move |(_, item)| item.status == status));
        in_order.filter(is_asked).skip(skip).take(take).map(row).collect()
    }

    /// Whether a text is in what names an item.
    fn is_found(&self, needle: &Needle, item: &Item) -> bool {
        let names = self.names(item).into_iter().filter_map(|id| self.held.dataset.tables.strings.get(id));
        files::is_on_the_way(needle, item) || names.into_iter().any(|name| needle.is_in(name))
    }

    /// Reporter, policy domain and report id of an item, as far as it is a report.
    fn names(&self, item: &Item) -> [TextId; 3] {
        let report = item.report.and_then(|report| self.held.dataset.reports.get(report as usize));
        report.map_or([ABSENT; 3], |report| {
            let policy = self.held.dataset.policies.get(report.policy);
            [report.meta.org_name, policy.map_or(ABSENT, |policy| policy.domain), report.meta.report_id]
        })
    }

    fn report(&self, query: ReportQuery) -> Option<ReportPage> {
        let dataset = &self.held.dataset;
        let row = dataset.reports.get(query.report as usize)?;
        let item = row.item.and_then(|item| dataset.ledger.item(item));
        let records = dataset.records.of_report(query.report, row.rows.clone());
        let record = |(row, _, _): (usize, u64, Entry)| {
            let (outcome, ours) = (dataset.records.outcome(row)?, dataset.records.ours(row)?);
            Some(RecordRow { record: dataset.record(row)?, outcome, ours })
        };
        let records = records.skip(query.skip as usize).take(query.take as usize).filter_map(record);
        Some(ReportPage {
            report: dataset.report(query.report)?,
            figures: row.figures,
            status: item.map(|item| item.status),
            item: row.item,
            place: item.map(|item| dataset.ledger.place(item.file, &item.locator)).unwrap_or_default(),
            notes: item.map(|item| item.notes.clone()).unwrap_or_default(),
            records: records.collect(),
        })
    }

    fn item_row(&self, id: ItemId, item: &Item) -> ItemRow {
        let report = item.report.and_then(|report| self.held.dataset.reports.get(report as usize));
        let text = |id: TextId| self.held.dataset.tables.strings.get(id).map(ToOwned::to_owned);
        ItemRow {
            item: id,
            file: item.file,
            report: item.report,
            path: item.locator.path(),
            status: item.status,
            kind: item.kind,
            names: self.names(item).map(text),
            period: report.map_or((None, None), |report| (report.meta.begin, report.meta.end)),
            figures: item.figures,
            notes: item.notes.clone(),
        }
    }
}
