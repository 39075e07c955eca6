//! Who sends from each source: what its mail proves most often.

use super::dictionary::Dictionary;
use super::strings::{ABSENT, TextId};

/// What proves a message's sender, the most telling part of it: another organization's signature or SPF check before the own
/// ones, as a service that signs for a customer signs for itself as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Proof {
    /// The domain that signed, or for which SPF passed.
    pub domain: TextId,
    /// The selector of the own signature; [`ABSENT`] for another organization's, where there is none, and for SPF.
    pub selector: TextId,
    /// Whether it is of the organization of the From domain.
    pub is_own: bool,
}

/// What mail of each source proved, and how many messages did.
#[derive(Debug, Default)]
pub(super) struct Proofs {
    found: Dictionary<(u32, Proof)>,
    messages: Vec<u64>,
    /// By source one more than the place of what most messages proved; nought where none proved anything.
    most: Vec<u32>,
}

impl Proofs {
    /// Takes in messages of a source.
    pub fn see(&mut self, source: u32, proof: Proof, count: u64) {
        let place = self.found.intern((source, proof));
        if place as usize >= self.messages.len() {
            self.messages.push(0);
        }
        let Some(messages) = self.messages.get_mut(place as usize) else { return };
        *messages = messages.saturating_add(count);
        let own = *messages;
        let source = source as usize;
        if source >= self.most.len() {
            self.most.resize(source.saturating_add(1), 0);
        }
        let Some(most) = self.most.get_mut(source) else { return };
        let known = most.checked_sub(1).and_then(|place| self.messages.get(place as usize));
        if known.is_none_or(|known| own > *known) {
            *most = place.saturating_add(1);
        }
    }

    /// What most messages of a source proved.
    pub fn of(&self, source: u32) -> Option<Proof> {
        let place = self.most.get(source as usize)?.checked_sub(1)?;
        self.found.get(place).map(|(_, proof)| *proof)
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        let each = size_of::<(u32, Proof)>() + size_of::<u64>() + 2 * size_of::<u32>();
        self.found.len() * each + self.most.capacity() * size_of::<u32>()
    }
}

impl Proof {
    /// Of another organization.
    pub(super) const fn other(domain: TextId) -> Self {
        Self { domain, selector: ABSENT, is_own: false }
    }
}
