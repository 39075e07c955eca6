use serde::{Deserialize, Serialize};

use super::tables::Entry;

/// Rows in columns.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rows {
    /// Messages of each row (`count`).
    pub count: Vec<u64>,
    /// Numbers in [`Tables::sources`](super::Tables::sources).
    pub source: Vec<u32>,
    /// Numbers in [`Tables::identifiers`](super::Tables::identifiers).
    pub identifiers: Vec<u32>,
    /// Numbers in [`Tables::auths`](super::Tables::auths).
    pub auth: Vec<u32>,
    /// Numbers in [`Tables::evaluations`](super::Tables::evaluations).
    pub evaluation: Vec<u32>,
    /// Numbers in [`Tables::extras`](super::Tables::extras), or [`ABSENT`](super::ABSENT).
    pub extra: Vec<u32>,
}

impl Rows {
    /// No rows, with room for some.
    #[must_use]
    pub fn with_room(rows: usize) -> Self {
        Self {
            count: Vec::with_capacity(rows),
            source: Vec::with_capacity(rows),
            identifiers: Vec::with_capacity(rows),
            auth: Vec::with_capacity(rows),
            evaluation: Vec::with_capacity(rows),
            extra: Vec::with_capacity(rows),
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.is_empty()
    }

    /// Adds a row.
    pub fn push(&mut self, count: u64, entry: Entry) {
        self.count.push(count);
        self.source.push(entry.source);
        self.identifiers.push(entry.identifiers);
        self.auth.push(entry.auth);
        self.evaluation.push(entry.evaluation);
        self.extra.push(entry.extra);
    }

    /// A row: its messages and its numbers in the tables.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<(u64, Entry)> {
        Some((
            *self.count.get(row)?,
            Entry {
                source: *self.source.get(row)?,
                identifiers: *self.identifiers.get(row)?,
                auth: *self.auth.get(row)?,
                evaluation: *self.evaluation.get(row)?,
                extra: *self.extra.get(row)?,
            },
        ))
    }

    /// Keeps the first `len` rows only.
    pub fn truncate(&mut self, len: usize) {
        self.count.truncate(len);
        self.source.truncate(len);
        self.identifiers.truncate(len);
        self.auth.truncate(len);
        self.evaluation.truncate(len);
        self.extra.truncate(len);
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.count.capacity() * 8
            + 4 * [&self.source, &self.identifiers, &self.auth, &self.evaluation, &self.extra]
                .map(Vec::capacity)
                .iter()
                .sum::<usize>()
    }
}
