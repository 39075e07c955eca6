use std::borrow::Borrow;

use super::held::Held;
use crate::analysis::totals;
use crate::dataset::{Batch, ReaderId};
use crate::protocol::{Delivery, FromStore, ToStore};

/// Stands in for the store until that is loaded: it counts the headline figures and nothing else. What it was told is to be
/// kept, in order, for the store to be told again: that one takes over then.
#[derive(Debug, Default)]
pub struct First {
    held: Held,
}

/// What a message comes to.
#[derive(Debug, Default)]
pub struct Handled {
    /// What to tell the page.
    pub tell: Option<FromStore>,
    /// What the store has to be told, once it is there.
    pub keep: Option<ToStore>,
}

impl First {
    /// Takes in what a reader delivers and says what to tell the page. The delivery is to be kept as well.
    pub fn deliver<B: Borrow<Batch>>(&mut self, reader: ReaderId, delivery: &Delivery<B>) -> Option<FromStore> {
        self.held.deliver(reader, delivery)
    }

    /// Handles a message of the page. Whatever is more than a count of all that there is waits for the store.
    pub fn handle(&mut self, message: ToStore) -> Handled {
        let tell = match &message {
            ToStore::Figures { id, filter, zone } if filter.clauses.is_empty() => {
                let totals = totals(&self.held.dataset, zone);
                return Handled { tell: Some(FromStore::Figures { id: *id, totals }), keep: None };
            }
            ToStore::Lost { reader, note, at } => Some(self.held.lose(*reader, note.clone(), at.clone())),
            ToStore::Unread { files, note } => Some(self.held.give_up(files.clone(), note)),
            // Ports, and who takes over, are the program's business, which knows the browser.
            ToStore::Reader(_) | ToStore::Client | ToStore::HandOver | ToStore::TakeOver => return Handled::default(),
            ToStore::Figures { .. } | ToStore::Locate { .. } | ToStore::Again(_) | ToStore::Suffixes { .. } => None,
        };
        Handled { tell, keep: Some(message) }
    }
}
