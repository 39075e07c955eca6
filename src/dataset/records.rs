use super::rows::Rows;
use super::tables::Entry;
use crate::report::ReportId;
use crate::report::ours::Ours;
use crate::report::verdict::Outcome;

/// Rows in a [`Block`], all but the last.
pub const BLOCK: usize = 16 * 1024;

/// The records, one row each, in blocks of columns: a new block takes nothing from those that are there, so that adding rows
/// never has to move what was added before, however much there is.
#[derive(Debug, Default)]
pub struct Records {
    blocks: Vec<Block>,
}

/// Columns of [`BLOCK`] rows.
#[derive(Debug, Default)]
pub struct Block {
    /// What the records say.
    pub rows: Rows,
    /// The report of each row.
    pub report_of: Vec<ReportId>,
    /// The outcome of each row.
    pub outcome: Vec<Outcome>,
    /// Our verdict on each row.
    pub ours: Vec<Ours>,
}

impl Records {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blocks.last().map_or(0, |last| (self.blocks.len() - 1) * BLOCK + last.report_of.len())
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds a row.
    pub fn push(&mut self, report: ReportId, count: u64, entry: Entry, outcome: Outcome, ours: Ours) {
        if self.blocks.last().is_none_or(|last| last.report_of.len() == BLOCK) {
            // The first one grows with a small set; room for all rows of the others is taken at once.
            let room = if self.blocks.is_empty() { 0 } else { BLOCK };
            self.blocks.push(Block::with_room(room));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.rows.push(count, entry);
            block.report_of.push(report);
            block.outcome.push(outcome);
            block.ours.push(ours);
        }
    }

    /// The block of a number. Row `row` is in block `row / BLOCK` at place `row % BLOCK`.
    #[must_use]
    pub fn block(&self, number: usize) -> Option<&Block> {
        self.blocks.get(number)
    }

    /// A row: its report, its messages and its numbers in the tables.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<(ReportId, u64, Entry)> {
        let (block, place) = (self.blocks.get(row / BLOCK)?, row % BLOCK);
        let (count, entry) = block.rows.get(place)?;
        Some((*block.report_of.get(place)?, count, entry))
    }

    /// The rows of a range that belong to a report: their places, messages and numbers in the tables.
    pub fn of_report(
        &self,
        report: ReportId,
        rows: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (usize, u64, Entry)> {
        rows.filter_map(move |row| {
            self.get(row).filter(|(owner, ..)| *owner == report).map(|(_, n, entry)| (row, n, entry))
        })
    }

    /// A row's outcome.
    #[must_use]
    pub fn outcome(&self, row: usize) -> Option<Outcome> {
        self.blocks.get(row / BLOCK)?.outcome.get(row % BLOCK).copied()
    }

    /// Our verdict on a row.
    #[must_use]
    pub fn ours(&self, row: usize) -> Option<Ours> {
        self.blocks.get(row / BLOCK)?.ours.get(row % BLOCK).copied()
    }

    /// Changes what a row is judged to be.
    pub fn judge(&mut self, row: usize, outcome: Outcome, ours: Ours) {
        let Some(block) = self.blocks.get_mut(row / BLOCK) else { return };
        if let (Some(theirs), Some(own)) = (block.outcome.get_mut(row % BLOCK), block.ours.get_mut(row % BLOCK)) {
            (*theirs, *own) = (outcome, ours);
        }
    }

    /// Keeps the first `len` rows only.
    pub fn truncate(&mut self, len: usize) {
        self.blocks.truncate(len.div_ceil(BLOCK));
        let before = self.blocks.len().saturating_sub(1) * BLOCK;
        if let Some(last) = self.blocks.last_mut() {
            let rest = len.saturating_sub(before);
            last.rows.truncate(rest);
            last.report_of.truncate(rest);
            last.outcome.truncate(rest);
            last.ours.truncate(rest);
        }
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let columns = |block: &Block| {
            block.rows.bytes()
                + block.report_of.capacity() * size_of::<ReportId>()
                + block.outcome.capacity() * size_of::<Outcome>()
                + block.ours.capacity() * size_of::<Ours>()
        };
        self.blocks.iter().map(columns).sum::<usize>() + self.blocks.capacity() * size_of::<Block>()
    }
}

impl Block {
    fn with_room(rows: usize) -> Self {
        Self {
            rows: Rows::with_room(rows),
            report_of: Vec::with_capacity(rows),
            outcome: Vec::with_capacity(rows),
            ours: Vec::with_capacity(rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(n: u32) -> Entry {
        Entry { source: n, identifiers: 0, auth: 0, evaluation: 0, extra: 0 }
    }

    #[test]
    fn rows_are_where_they_were_put() {
        let mut records = Records::default();
        assert_eq!((records.is_empty(), records.get(0)), (true, None));
        let count = u32::try_from(2 * BLOCK + 5).unwrap();
        (0..count).for_each(|n| records.push(n % 3, u64::from(n), entry(n), Outcome::PassedBoth, Ours::UNJUDGED));
        assert_eq!(records.len(), count as usize);
        for n in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK, 2 * BLOCK + 4] {
            let number = u32::try_from(n).unwrap();
            assert_eq!(records.get(n), Some((number % 3, u64::from(number), entry(number))));
        }
        assert_eq!(records.get(count as usize), None);
        let own: Vec<usize> = records.of_report(1, BLOCK - 2..BLOCK + 3).map(|(row, ..)| row).collect();
        assert_eq!(own, (BLOCK - 2..BLOCK + 3).filter(|row| row % 3 == 1).collect::<Vec<_>>());
    }

    #[test]
    fn rows_are_cut_off_at_any_place() {
        for len in [2 * BLOCK + 4, 2 * BLOCK, 2 * BLOCK - 1, BLOCK, 3, 0] {
            let mut records = Records::default();
            (0..2 * BLOCK + 5).for_each(|_| records.push(0, 1, entry(7), Outcome::PassedBoth, Ours::UNJUDGED));
            records.truncate(len);
            assert_eq!((records.len(), records.get(len)), (len, None));
            records.push(9, 2, entry(8), Outcome::PassedBoth, Ours::UNJUDGED);
            assert_eq!(records.get(len), Some((9, 2, entry(8))));
        }
    }
}
