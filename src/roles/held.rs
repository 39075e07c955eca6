use std::borrow::Borrow;

use crate::dataset::{Batch, Dataset, ReaderId};
use crate::intake::FileId;
use crate::ledger::Note;
use crate::protocol::{Delivery, FromStore};

/// What was handed over by readers, and what became of those.
#[derive(Debug, Default)]
pub struct Held {
    /// What was read so far.
    pub dataset: Dataset,
    /// Readers that were ended. What still comes from them is not taken: their files go to others.
    lost: Vec<ReaderId>,
}

impl Held {
    /// Takes in what a reader delivers and says what to tell the page: nothing of a reader that is lost.
    pub fn deliver<B: Borrow<Batch>>(&mut self, reader: ReaderId, delivery: &Delivery<B>) -> Option<FromStore> {
        if self.lost.contains(&reader) {
            return None;
        }
        Some(match delivery {
            Delivery::Done => FromStore::Finished(reader),
            Delivery::Batch(batch) => FromStore::Grown { closed: self.dataset.absorb(reader, batch.borrow()) },
        })
    }

    /// A reader is gone before it was done: what it had open ends here, and so does the file that it was at.
    pub fn lose(&mut self, reader: ReaderId, note: Note, at: Option<(FileId, String)>) -> FromStore {
        self.lost.push(reader);
        let mut closed = self.dataset.lose(reader, &note);
        // One that was to be read again is open without the reader's having handed over anything of it.
        if let Some((file, name)) = at
            && !closed.contains(&file)
            && self.dataset.ledger.file(file).is_none_or(|entry| entry.is_open)
        {
            self.dataset.ledger.add_unread(file, &name, note);
            closed.push(file);
        }
        FromStore::Grown { closed }
    }

    /// Files are not read any more.
    pub fn give_up(&mut self, files: Vec<(FileId, String)>, note: &Note) -> FromStore {
        for (file, name) in &files {
            self.dataset.ledger.add_unread(*file, name, note.clone());
        }
        FromStore::Grown { closed: files.into_iter().map(|(file, _)| file).collect() }
    }
}
