use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;
use serde::{Deserialize, Serialize};

use super::index::Index;

/// A text's number in [`Strings`], or [`ABSENT`].
pub type TextId = u32;

/// The text id of an element that is not there. An empty element has a real id, that of `""`.
pub const ABSENT: TextId = u32::MAX;

/// Every distinct text once, one after the other in one allocation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Strings {
    text: String,
    /// Where each text ends; it begins where the one before ends.
    ends: Vec<u32>,
    #[serde(skip)]
    index: Index,
    /// Seeded anew for each run, so that made-up texts cannot aim at one bucket.
    #[serde(skip)]
    hasher: DefaultHashBuilder,
}

impl Strings {
    /// The id of a text, which is added if it is new.
    ///
    /// Past 4 GiB of distinct text (more than a browser's memory) everything new becomes [`ABSENT`].
    pub fn intern(&mut self, text: &str) -> TextId {
        let hash = self.hasher.hash_one(text);
        if let Some(id) = self.index.find(hash, &|id| self.get(id) == Some(text)) {
            return id;
        }
        let (Ok(id), Ok(end)) = (u32::try_from(self.ends.len()), u32::try_from(self.text.len() + text.len())) else {
            return ABSENT;
        };
        self.text.push_str(text);
        self.ends.push(end);
        self.index.insert(hash, id);
        id
    }

    /// The id of an optional text: [`ABSENT`] for none.
    pub fn intern_option(&mut self, text: Option<&str>) -> TextId {
        text.map_or(ABSENT, |text| self.intern(text))
    }

    /// The id of a text, if it is known.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<TextId> {
        self.index.find(self.hasher.hash_one(text), &|id| self.get(id) == Some(text))
    }

    /// The text of an id; `None` for [`ABSENT`] (and for an id that is not of these strings).
    #[must_use]
    pub fn get(&self, id: TextId) -> Option<&str> {
        slice(&self.text, &self.ends, id)
    }

    /// Up to `count` texts from this one on, one after the other, and where each ends in that.
    pub fn stretch(&self, from: usize, count: usize) -> (&str, impl Iterator<Item = usize>) {
        let start = from.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let ends = self.ends.get(from..from.saturating_add(count).min(self.ends.len())).unwrap_or_default();
        let end = ends.last().map_or(start, |end| *end as usize);
        let text = self.text.get(start..end).unwrap_or_default();
        (text, ends.iter().map(move |end| (*end as usize).saturating_sub(start)))
    }

    /// How many distinct texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all distinct texts together.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every text in the order of its id.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|id| u32::try_from(id).ok().and_then(|id| self.get(id)).unwrap_or_default())
    }

    /// Forgets all texts, keeping the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.index.clear();
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * 4 + self.index.bytes()
    }
}

fn slice<'a>(arena: &'a str, ends: &[u32], id: TextId) -> Option<&'a str> {
    let id = id as usize;
    let end = *ends.get(id)? as usize;
    let start = match id.checked_sub(1) {
        Some(before) => *ends.get(before)? as usize,
        None => 0,
    };
    arena.get(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_one_id_and_empty_is_not_absent() {
        let mut strings = Strings::default();
        let a = strings.intern("a.example");
        let empty = strings.intern("");
        assert_eq!(strings.intern("a.example"), a);
        assert_eq!(strings.intern_option(None), ABSENT);
        assert_ne!(empty, ABSENT);
        assert_eq!((strings.get(a), strings.get(empty), strings.get(ABSENT)), (Some("a.example"), Some(""), None));
        assert_eq!(strings.find("b"), None);
        assert_eq!(strings.iter().collect::<Vec<_>>(), ["a.example", ""]);
        strings.intern("b");
        let stretch = |from, count| {
            let (text, ends) = strings.stretch(from, count);
            (text, ends.collect::<Vec<_>>())
        };
        assert_eq!(stretch(0, 2), ("a.example", vec![9, 9]));
        assert_eq!((stretch(1, 9), stretch(2, 1), stretch(3, 1)), (("b", vec![0, 1]), ("b", vec![1]), ("", vec![])));
    }
}
