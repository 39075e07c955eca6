use super::{Kind, Note, Notes, Status};
use crate::blocks::Blocks;
use crate::intake::{FileId, Locator};
use crate::report::{Figures, ReportId};

/// An item's number: its place among all items.
pub type ItemId = u32;

/// Every file and every item in it, with what became of them.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In the order of their numbers; they nearly always come in it.
    files: Vec<(FileId, FileEntry)>,
    items: Blocks<Item>,
    /// How many of the items are not told of.
    untold: usize,
}

/// A file that was dropped.
#[derive(Clone, Debug)]
pub struct FileEntry {
    /// Its name, with the folder where one was dropped.
    pub name: Box<str>,
    /// Its items, in the file's order.
    pub items: Vec<ItemId>,
    /// What concerns the file as a whole: a reader that stopped, a cancel.
    pub notes: Notes,
    /// Whether it is being read.
    pub is_open: bool,
    /// How many of its items have which [`Status`], in the order of [`Status::ALL`].
    pub tally: [u32; 6],
    /// The kind of its first item that is a report.
    pub kind: Option<Kind>,
    /// Aggregate reports in it, twins included.
    pub reports: u32,
    /// What they sum up to, twins included.
    pub figures: Figures,
    /// The notes of all its items, counted: kept up to date, as a file may have hundreds of thousands of items.
    pub item_notes: Notes,
    /// Its first aggregate report.
    pub first_report: Option<ItemId>,
}

/// A report in a file, or what stood in the place of one.
#[derive(Clone, Debug)]
pub struct Item {
    /// The file it is in.
    pub file: FileId,
    /// What became of it.
    pub status: Status,
    /// What kind of report it is; `None` for what is no report.
    pub kind: Option<Kind>,
    /// The aggregate report.
    pub report: Option<ReportId>,
    /// What its records sum up to, twin or not.
    pub figures: Figures,
    /// Why it has its status.
    pub notes: Notes,
    /// Where it lies.
    pub locator: Locator,
    /// Whether it is in its file's entry: not where that was read again since, and another item stands in its place.
    pub is_told: bool,
}

impl Ledger {
    /// A file is being read. Gives the items that it had, if it was read before: its entry begins anew, and they are not told
    /// of any more.
    pub fn open(&mut self, file: FileId, name: &str) -> Vec<ItemId> {
        let entry = FileEntry {
            name: name.into(),
            items: Vec::new(),
            notes: Notes::default(),
            is_open: true,
            tally: [0; 6],
            kind: None,
            reports: 0,
            figures: Figures::default(),
            item_notes: Notes::default(),
            first_report: None,
        };
        let before = match self.entry(file) {
            Some(known) => std::mem::replace(known, entry).items,
            None => {
                let place = self.place_of(file).unwrap_or_else(|place| place);
                self.files.insert(place, (file, entry));
                Vec::new()
            }
        };
        for id in &before {
            if let Some(item) = self.items.get_mut(*id as usize) {
                item.is_told = false;
            }
        }
        self.untold += before.len();
        before
    }

    /// A file is to be read again. What it held stands until then.
    pub fn reopen(&mut self, file: FileId) {
        if let Some(entry) = self.entry(file) {
            entry.is_open = true;
        }
    }

    /// An item of a reading before is told of again, after those that its file's entry has by now.
    pub fn keep(&mut self, id: ItemId) {
        let Some(item) = self.items.get_mut(id as usize).filter(|item| !item.is_told) else { return };
        item.is_told = true;
        self.untold -= 1;
        let item = item.clone();
        if let Some(entry) = self.entry(item.file) {
            entry.take_in(id, &item);
        }
    }

    fn place_of(&self, file: FileId) -> Result<usize, usize> {
        // The newest is asked for far more often than any other.
        match self.files.last() {
            Some((last, _)) if *last == file => Ok(self.files.len() - 1),
            Some((last, _)) if *last < file => Err(self.files.len()),
            _ => self.files.binary_search_by_key(&file, |(known, _)| *known),
        }
    }

    fn entry(&mut self, file: FileId) -> Option<&mut FileEntry> {
        let place = self.place_of(file).ok()?;
        self.files.get_mut(place).map(|(_, entry)| entry)
    }

    /// A file is over.
    pub fn close(&mut self, file: FileId) {
        if let Some(entry) = self.entry(file) {
            entry.is_open = false;
        }
    }

    /// A file that nothing, or nothing more, is read of.
    pub fn add_unread(&mut self, file: FileId, name: &str, note: Note) {
        if self.file(file).is_none() {
            self.open(file, name);
        }
        self.add_note(file, note);
        self.close(file);
    }

    /// Notes what concerns a file as a whole.
    pub fn add_note(&mut self, file: FileId, note: Note) {
        if let Some(entry) = self.entry(file) {
            entry.notes.add(note);
        }
    }

    /// Enters an aggregate report.
    pub fn add_report(
        &mut self,
        file: FileId,
        report: ReportId,
        figures: Figures,
        notes: Notes,
        locator: Locator,
    ) -> ItemId {
        let (status, kind) = (status_of(&notes, true), Some(Kind::Aggregate));
        self.add(Item { file, status, kind, report: Some(report), figures, notes, locator, is_told: true })
    }

    /// Enters an item that gave no aggregate report: of another kind, or refused.
    pub fn add_other(&mut self, file: FileId, kind: Option<Kind>, notes: Notes, locator: Locator) -> ItemId {
        let status = match kind {
            None => Status::Refused,
            // How well it is written does not matter before it is shown.
            Some(_) if notes.status() < Status::Partial => Status::Recognised,
            Some(_) => notes.status(),
        };
        let figures = Figures::default();
        self.add(Item { file, status, kind, report: None, figures, notes, locator, is_told: true })
    }

    fn add(&mut self, item: Item) -> ItemId {
        let id = ItemId::try_from(self.items.len()).unwrap_or(ItemId::MAX);
        if let Some(entry) = self.entry(item.file) {
            entry.take_in(id, &item);
        }
        self.items.push(item);
        id
    }

    /// Adds a note to an item that was entered before, and what follows for its status.
    pub fn remark(&mut self, id: ItemId, note: Note) {
        let Some(item) = self.items.get_mut(id as usize) else { return };
        let before = item.status;
        item.notes.add(note.clone());
        item.status = status_of(&item.notes, item.report.is_some());
        let (file, after) = (item.file, item.status);
        if !item.is_told {
            return;
        }
        if let Some(entry) = self.entry(file) {
            entry.count(before, -1);
            entry.count(after, 1);
            entry.item_notes.add(note);
        }
    }

    /// An item.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.items.get(id as usize)
    }

    /// Every item but the first so many, in the order they came.
    pub fn items_from(&self, skip: usize) -> impl Iterator<Item = (ItemId, &Item)> {
        // Where all are told of there is no need to look at those that are passed over.
        let (place, skip) = if self.untold == 0 { (skip, 0) } else { (0, skip) };
        let start = ItemId::try_from(place).unwrap_or(ItemId::MAX);
        (start..).zip(self.items.iter_from(place)).filter(|(_, item)| item.is_told).skip(skip)
    }

    /// A file.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&FileEntry> {
        self.files.get(self.place_of(id).ok()?).map(|(_, entry)| entry)
    }

    /// Every file in the order it was dropped.
    pub fn files(&self) -> impl DoubleEndedIterator<Item = (FileId, &FileEntry)> {
        self.files.iter().map(|(id, entry)| (*id, entry))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// A place, as people write it: the file, and the way inside it.
    #[must_use]
    pub fn place(&self, file: FileId, locator: &Locator) -> String {
        let file = self.file(file).map_or("", |entry| &entry.name);
        let path = locator.path();
        if path.is_empty() { file.to_owned() } else { format!("{file} › {path}") }
    }
}

impl FileEntry {
    /// What became of the file: the worst of its items, but *partly read* where some were read and others refused, as in a
    /// mailbox. A file with nothing read of it is refused.
    #[must_use]
    pub fn status(&self) -> Status {
        let worst =
            Status::ALL.into_iter().zip(self.tally).filter(|(_, count)| *count > 0).map(|(status, _)| status).max();
        let is_some_read = self.reports > 0 || self.kind.is_some();
        match worst {
            None if self.is_open => Status::Read,
            None => Status::Refused,
            Some(Status::Refused) if is_some_read => Status::Partial,
            Some(Status::Recognised) if self.reports > 0 => self.notes.status(),
            Some(worst) => worst.max(self.notes.status()),
        }
    }

    /// Adds an item to those of the file.
    fn take_in(&mut self, id: ItemId, item: &Item) {
        self.items.push(id);
        self.count(item.status, 1);
        self.kind = self.kind.or(item.kind);
        self.reports += u32::from(item.report.is_some());
        self.figures.merge(&item.figures);
        self.item_notes.extend(&item.notes);
        self.first_report = self.first_report.or(item.report.map(|_| id));
    }

    fn count(&mut self, status: Status, change: i32) {
        let place = Status::ALL.iter().position(|known| *known == status).unwrap_or_default();
        if let Some(count) = self.tally.get_mut(place) {
            *count = count.saturating_add_signed(change);
        }
    }
}

/// A twin is a twin, however it was mended or cut off: nothing is lost with it. A report is never refused: what was read of
/// it counts, even where its file could not be read on.
fn status_of(notes: &Notes, is_report: bool) -> Status {
    if notes.iter().any(|(note, _)| note.status() == Status::Duplicate) {
        return Status::Duplicate;
    }
    if is_report { notes.status().min(Status::Partial) } else { notes.status() }
}
