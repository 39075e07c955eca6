//! What one query worked out and the next needs again: what the keys of the entries are, and which entries meet a filter. Neither
//! hangs on anything but the dataset. Most keys hang on their entry alone and hold when more comes in; who sends from a source
//! hangs on all of its rows.

use super::causes::{For, Known};
use super::compile::Compiled;
use super::filter::Filter;
use super::keys::Keys;
use super::query::Dimension;
use super::zone::Zone;
use crate::dataset::Dataset;

/// Dimensions whose keys are kept: those of some screens. At a million rows those of signatures take ten megabytes.
const MOST: usize = 12;

/// Kept from query to query, of one dataset.
#[derive(Debug, Default)]
pub struct Kept {
    /// [`Dataset::rewrites`] at the time: keys hold until that changes, whatever is added, but for those of
    /// [all rows](Dimension::is_of_all_rows).
    rewrites: u64,
    /// Those used last come last, each with [`Dataset::changes`] when it was worked out.
    keys: Vec<(u64, Keys)>,
    /// A filter worked out, with [`Dataset::changes`] at the time.
    filter: Option<(u64, Filter, Zone, Compiled)>,
    /// What all rows tell of why mail fails.
    known: Option<(For, Known)>,
}

impl Kept {
    /// The keys of a dimension, for all entries that are there now.
    pub(super) fn keys(&mut self, by: Dimension, zone: &Zone, dataset: &Dataset) -> Option<Keys> {
        self.forget(dataset.rewrites());
        let place = self.keys.iter().position(|(_, keys)| keys.is_for(by, zone))?;
        let (changes, mut keys) = self.keys.remove(place);
        if by.is_of_all_rows() && changes != dataset.changes() {
            return None;
        }
        keys.extend(dataset);
        Some(keys)
    }

    /// A filter worked out for all that is there now, if it was the last one.
    pub(super) fn filter(&mut self, filter: &Filter, zone: &Zone, dataset: &Dataset) -> Option<Compiled> {
        self.forget(dataset.rewrites());
        let fits = |(changes, own, days, _): &mut (u64, Filter, Zone, Compiled)| {
            *changes == dataset.changes() && own == filter && days == zone
        };
        self.filter.take_if(fits).map(|(.., compiled)| compiled)
    }

    /// Keeps what a query worked out when [`Dataset::rewrites`] and [`Dataset::changes`] were these.
    pub(super) fn keep(&mut self, [rewrites, changes]: [u64; 2], keys: Vec<Keys>, filter: (Filter, Zone, Compiled)) {
        self.forget(rewrites);
        self.keys.extend(keys.into_iter().map(|keys| (changes, keys)));
        let many = self.keys.len().saturating_sub(MOST);
        self.keys.drain(..many);
        let (filter, zone, compiled) = filter;
        self.filter = Some((changes, filter, zone, compiled));
    }

    /// What all rows tell, if it was kept for just this.
    pub(super) fn known(&mut self, wanted: &For, dataset: &Dataset) -> Option<Known> {
        self.forget(dataset.rewrites());
        self.known.take_if(|(own, _)| own == wanted).map(|(_, known)| known)
    }

    /// Keeps what all rows told when [`Dataset::rewrites`] was this.
    pub(super) fn keep_known(&mut self, rewrites: u64, own: For, known: Known) {
        self.forget(rewrites);
        self.known = Some((own, known));
    }

    fn forget(&mut self, rewrites: u64) {
        if self.rewrites != rewrites {
            *self = Self { rewrites, ..Self::default() };
        }
    }
}
