//! The rows that came, in chunks, and which to ask for.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::Line;

/// Rows of a chunk.
pub const CHUNK: u32 = 100;
/// Chunks that are kept at the most.
const MOST: usize = 20;

/// Rows as they came.
#[derive(Debug, Default)]
pub struct Rows {
    chunks: BTreeMap<u32, Vec<Rc<Line>>>,
}

impl Rows {
    /// A row, if it is there.
    pub fn get(&self, row: u32) -> Option<&Rc<Line>> {
        self.chunks.get(&(row / CHUNK))?.get((row % CHUNK) as usize)
    }

    /// The rows to ask for so that all of these are there.
    pub fn missing(&self, rows: &Range<u32>) -> Option<Range<u32>> {
        let mut missing = chunks(rows).filter(|chunk| !self.chunks.contains_key(chunk));
        let first = missing.next()?;
        Some(span(first, missing.last().unwrap_or(first)))
    }

    /// Takes in an answer to a question for whole chunks, and lets go of those farthest from it where there are too many. A
    /// chunk that came short, or empty, is there all the same: nobody asks for it again and again.
    pub fn put(&mut self, asked: &Range<u32>, lines: &[Rc<Line>]) {
        let mut parts = lines.chunks(CHUNK as usize);
        for chunk in chunks(asked) {
            self.chunks.insert(chunk, parts.next().unwrap_or_default().to_vec());
        }
        let near = asked.start / CHUNK;
        while self.chunks.len() > MOST
            && let Some((&first, _)) = self.chunks.first_key_value()
            && let Some((&last, _)) = self.chunks.last_key_value()
        {
            self.chunks.remove(if near.abs_diff(first) > near.abs_diff(last) { &first } else { &last });
        }
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        self.chunks.clear();
    }
}

/// The whole chunks that rows lie in; the first chunk where there are no rows.
pub fn whole(rows: &Range<u32>) -> Range<u32> {
    span(rows.start / CHUNK, rows.end.saturating_sub(1).max(rows.start) / CHUNK)
}

fn chunks(rows: &Range<u32>) -> impl Iterator<Item = u32> + use<> {
    let whole = whole(rows);
    whole.start / CHUNK..whole.end.div_ceil(CHUNK)
}

const fn span(first: u32, last: u32) -> Range<u32> {
    first.saturating_mul(CHUNK)..last.saturating_add(1).saturating_mul(CHUNK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: Range<u32>) -> Vec<Rc<Line>> {
        rows.map(|row| Rc::new(Line { id: row.to_string().into(), ..Line::default() })).collect()
    }

    #[test]
    fn whole_chunks_are_asked_for_once() {
        let mut rows = Rows::default();
        assert_eq!(rows.missing(&(150..260)), Some(100..300));
        rows.put(&(100..300), &lines(100..300));
        assert_eq!((rows.missing(&(150..260)), rows.missing(&(150..301))), (None, Some(300..400)));
        assert_eq!(rows.missing(&(90..310)), Some(0..400), "one question, even if it asks for some again");
        assert_eq!(rows.get(299).map(|line| line.id.as_str()), Some("299"));
        assert!(rows.get(99).is_none() && rows.get(300).is_none());
        assert_eq!((whole(&(0..0)), whole(&(100..100)), whole(&(199..200))), (0..100, 100..200, 100..200));
    }

    #[test]
    fn what_came_short_is_not_asked_for_again() {
        let mut rows = Rows::default();
        rows.put(&(0..200), &lines(0..120));
        assert_eq!(rows.missing(&(0..200)), None);
        assert!(rows.get(119).is_some() && rows.get(120).is_none());
    }

    #[test]
    fn a_bounded_number_is_kept_the_nearest_ones() {
        let mut rows = Rows::default();
        for first in (0..100_u32).map(|chunk| chunk * CHUNK) {
            rows.put(&(first..first + CHUNK), &lines(first..first + CHUNK));
        }
        assert_eq!(rows.chunks.len(), MOST);
        assert!(rows.get(9_999).is_some() && rows.get(8_000).is_some() && rows.get(7_999).is_none());
        rows.put(&(0..100), &lines(0..100));
        assert!(rows.get(0).is_some() && rows.get(9_999).is_none());
    }
}
