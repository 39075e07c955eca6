use super::query::Dimension;
use super::texts::Texts;
use super::via::Via;
use crate::dataset::{AuthEntry, Code, Dataset, Dictionary};
use crate::report::keyword::{AuthResult, SpfScope};

/// The numbers of raw DKIM or SPF results in a dimension, worked out when they are first asked for.
///
/// Whole signatures and checks are numbered by their entries, one more than the place: nearly every entry is a signature of
/// its own, and those that are the same are known.
#[derive(Debug)]
pub struct Results {
    by: Dimension,
    /// How many there are.
    len: usize,
    /// [`UNKNOWN`] until one is asked for; none for whole signatures and checks.
    numbers: Vec<u32>,
}

const UNKNOWN: u32 = u32::MAX;

impl Results {
    /// For those that are there.
    #[must_use]
    pub fn of(by: Dimension, dataset: &Dataset) -> Self {
        let len = if by.via() == Via::Auth { entries(by, dataset).len() } else { 0 };
        let is_whole = matches!(by, Dimension::Dkim | Dimension::Spf);
        Self { by, len, numbers: vec![UNKNOWN; if is_whole { 0 } else { len }] }
    }

    /// Takes in those that have come since.
    pub fn extend(&mut self, dataset: &Dataset) {
        if self.by.via() == Via::Auth {
            self.len = entries(self.by, dataset).len();
            if !matches!(self.by, Dimension::Dkim | Dimension::Spf) {
                self.numbers.resize(self.len, UNKNOWN);
            }
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// The number of an entry.
    pub fn number(&mut self, id: u32, texts: &mut Texts, dataset: &Dataset) -> u32 {
        let first = match self.by {
            Dimension::Dkim => dataset.signatures.first(id),
            Dimension::Spf => dataset.checks.first(id),
            _ => return self.part(id, texts, dataset).unwrap_or_default(),
        };
        first.map_or(0, |first| first.saturating_add(1))
    }

    /// The number of a part of an entry.
    fn part(&mut self, id: u32, texts: &mut Texts, dataset: &Dataset) -> Option<u32> {
        let number = self.numbers.get_mut(id as usize)?;
        if *number == UNKNOWN {
            let strings = &dataset.tables.strings;
            let entry = entries(self.by, dataset).get(id)?;
            *number = match self.by {
                Dimension::Selector => texts.number(entry.selector, strings),
                Dimension::SpfScope => texts.code(entry.scope, Code::word::<SpfScope>, strings),
                Dimension::DkimResult | Dimension::SpfResult => {
                    texts.code(entry.result, Code::word::<AuthResult>, strings)
                }
                _ => texts.number(entry.domain, strings),
            };
        }
        Some(*number)
    }
}

/// All entries that a dimension is of.
pub const fn entries(by: Dimension, dataset: &Dataset) -> &Dictionary<AuthEntry> {
    if by.is_of_dkim() { &dataset.tables.dkim } else { &dataset.tables.spf }
}
