//! Which bytes of an archive have been read as entries: a bomb makes many entries of the same bytes.

use std::collections::BTreeMap;

/// Ranges closer than a local header are held as one: no entry fits between them.
const GAP: u64 = super::LOCAL_SIZE as u64;

/// Ranges that do not touch. An ordinary archive, in order and without holes, takes one range whatever its size.
#[derive(Debug, Default)]
pub(super) struct Ranges(BTreeMap<u64, u64>);

impl Ranges {
    /// Where the range that holds `at` ends, if one does.
    pub(super) fn end_of(&self, at: u64) -> Option<u64> {
        self.0.range(..=at).next_back().map(|(_, end)| *end).filter(|end| *end > at)
    }

    /// Where the next range after `at` begins.
    pub(super) fn next_start(&self, at: u64) -> Option<u64> {
        self.0.range(at..).next().map(|(start, _)| *start)
    }

    /// Adds a range.
    pub(super) fn add(&mut self, mut start: u64, mut end: u64) {
        if let Some((before, before_end)) = self.0.range(..=start).next_back().map(|(start, end)| (*start, *end))
            && start <= before_end.saturating_add(GAP - 1)
        {
            start = before;
            end = end.max(before_end);
        }
        while let Some((after, after_end)) = self.0.range(start.saturating_add(1)..).next().map(|(at, end)| (*at, *end))
            && after <= end.saturating_add(GAP - 1)
        {
            self.0.remove(&after);
            end = end.max(after_end);
        }
        self.0.insert(start, end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_one_range_in_any_order() {
        let mut ranges = Ranges::default();
        for start in [0_u64, 100, 300, 200, 420] {
            ranges.add(start, start + 100);
        }
        assert_eq!(ranges.0.into_iter().collect::<Vec<_>>(), [(0, 520)]);
    }

    #[test]
    fn holes_stay() {
        let mut ranges = Ranges::default();
        ranges.add(1000, 1100);
        ranges.add(0, 100);
        assert_eq!(ranges.end_of(50), Some(100));
        assert_eq!(ranges.end_of(100), None);
        assert_eq!(ranges.next_start(100), Some(1000));
        assert_eq!(ranges.next_start(1001), None);
        ranges.add(90, 1050);
        assert_eq!(ranges.0.into_iter().collect::<Vec<_>>(), [(0, 1100)]);
    }
}
