use serde::{Deserialize, Serialize};

use super::verdict::{Outcome, Verdict};

/// Messages by the reporter's verdict. `passed + failed + unknown` are all messages, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Rows, that is records.
    pub records: u64,
    /// Messages that pass DMARC.
    pub passed: u64,
    /// Messages that fail DMARC.
    pub failed: u64,
    /// Messages whose verdict cannot be told.
    pub unknown: u64,
}

impl Figures {
    /// Adds a row of `count` messages.
    pub fn add(&mut self, count: u64, outcome: Outcome) {
        self.records += 1;
        match outcome.verdict() {
            Verdict::Pass => self.passed += count,
            Verdict::Fail => self.failed += count,
            Verdict::Unknown => self.unknown += count,
        }
    }

    /// Adds the figures of another set of rows.
    pub fn merge(&mut self, other: &Self) {
        self.records += other.records;
        self.passed += other.passed;
        self.failed += other.failed;
        self.unknown += other.unknown;
    }

    /// All messages.
    #[must_use]
    pub const fn messages(&self) -> u64 {
        self.passed + self.failed + self.unknown
    }
}
