use std::hash::{BuildHasher, Hash};

use hashbrown::DefaultHashBuilder;
use serde::{Deserialize, Serialize};

use super::index::Index;

/// Every distinct value once; a value's number is its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
pub struct Dictionary<T> {
    items: Vec<T>,
    #[serde(skip)]
    index: Index,
    #[serde(skip)]
    hasher: DefaultHashBuilder,
}

impl<T> Default for Dictionary<T> {
    fn default() -> Self {
        Self { items: Vec::new(), index: Index::default(), hasher: DefaultHashBuilder::default() }
    }
}

impl<T: Hash + Eq> Dictionary<T> {
    /// The number of a value, which is added if it is new. Numbers end at `u32::MAX`, past any browser's memory.
    pub fn intern(&mut self, item: T) -> u32 {
        let hash = self.hasher.hash_one(&item);
        if let Some(id) = self.index.find(hash, &|id| self.items.get(id as usize) == Some(&item)) {
            return id;
        }
        let id = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.push(item);
        self.index.insert(hash, id);
        id
    }

    /// The number of a value, if it is known.
    #[must_use]
    pub fn find(&self, item: &T) -> Option<u32> {
        let hash = self.hasher.hash_one(item);
        self.index.find(hash, &|id| self.items.get(id as usize) == Some(item))
    }
}

impl<T> Dictionary<T> {
    /// The value of a number.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&T> {
        self.items.get(id as usize)
    }

    /// Every value in the order of its number.
    #[must_use]
    pub fn items(&self) -> &[T] {
        &self.items
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Forgets all values, keeping the memory.
    pub fn clear(&mut self) {
        self.items.clear();
        self.index.clear();
    }

    /// Bytes held, without what the values themselves point to.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.items.capacity() * size_of::<T>() + self.index.bytes()
    }
}
