//! A file that is read again, with other limits. What its first reading found stands until the second has come to it, so that
//! every report counts once at any time, and nothing is lost if the second reading is ended half-way.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use super::Dataset;
use super::index::Index;
use crate::intake::{FileId, Locator};
use crate::ledger::{ItemId, Ledger, Note};
use crate::report::ReportId;

/// What a reading before found.
#[derive(Debug)]
pub(super) struct Before {
    items: Vec<ItemId>,
    /// Which of the items were found again.
    is_met: Vec<bool>,
    /// The items' places by where they lie.
    places: Index,
    hasher: DefaultHashBuilder,
}

impl Before {
    fn of(items: Vec<ItemId>, ledger: &Ledger) -> Self {
        let is_met = vec![false; items.len()];
        let mut before = Self { is_met, places: Index::default(), hasher: DefaultHashBuilder::default(), items };
        for (place, id) in (0..).zip(&before.items) {
            if let Some(item) = ledger.item(*id) {
                before.places.insert(before.hash(&item.locator), place);
            }
        }
        before
    }

    /// A cut-off report ends elsewhere once it is read whole.
    fn hash(&self, locator: &Locator) -> u64 {
        self.hasher.hash_one((&locator.steps, locator.start))
    }

    /// The item that lies here, if there is one that was not found again yet.
    fn meet(&mut self, locator: &Locator, is_report: bool, ledger: &Ledger) -> Option<ItemId> {
        let is = |place: u32| {
            let is_met = self.is_met.get(place as usize).copied().unwrap_or(true);
            let item = self.items.get(place as usize).and_then(|id| ledger.item(*id));
            !is_met
                && item.is_some_and(|item| {
                    item.report.is_some() == is_report
                        && (&item.locator.steps, item.locator.start) == (&locator.steps, locator.start)
                })
        };
        let place = self.places.find(self.hash(locator), &is)? as usize;
        *self.is_met.get_mut(place)? = true;
        self.items.get(place).copied()
    }
}

impl Dataset {
    /// A file is being read: what is known of it from a reading before.
    pub(super) fn open_file(&mut self, file: FileId, name: &str) -> Option<Before> {
        let items = self.ledger.open(file, name);
        (!items.is_empty()).then(|| Before::of(items, &self.ledger))
    }

    /// An item was read again: what the reading before found there counts no more.
    pub(super) fn replace(&mut self, before: Option<&mut Before>, locator: &Locator, is_report: bool) {
        let met = before.and_then(|before| before.meet(locator, is_report, &self.ledger));
        if let Some(report) = met.and_then(|id| self.ledger.item(id)?.report) {
            self.withdraw(report);
        }
    }

    /// A file's reading is over, whole or not: what only the reading before found goes, or stays.
    pub(super) fn end_file(&mut self, file: FileId, before: Option<Before>, is_whole: bool) {
        let Some(before) = before else { return };
        let is_read = |(note, _): (&Note, u64)| !matches!(note, Note::Unreadable(_));
        let goes = is_whole && self.ledger.file(file).is_some_and(|entry| entry.item_notes.iter().all(is_read));
        for (id, _) in before.items.iter().zip(before.is_met).filter(|(_, is_met)| !is_met) {
            match self.ledger.item(*id).and_then(|item| item.report) {
                Some(report) if goes => self.withdraw(report),
                None if goes => {}
                _ => self.ledger.keep(*id),
            }
        }
    }

    /// A report counts no more, and is nobody's twin.
    pub(super) fn withdraw(&mut self, id: ReportId) {
        let has_counted = self.counts.get_mut(id as usize).is_some_and(|counts| std::mem::replace(counts, false));
        if has_counted {
            self.prove_anew();
        }
        if let Some(key) = self.key(id)
            && let Some(ids) = self.keys.get_mut(&key)
        {
            ids.retain(|known| *known != id);
        }
    }
}
