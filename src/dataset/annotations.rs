//! What is known of addresses from elsewhere than the reports: whose they are, and where. Nothing of it is worked out here; it
//! is told, and rows are filtered and grouped by it.

use serde::{Deserialize, Serialize};

use super::dictionary::Dictionary;
use super::strings::{ABSENT, Strings, TextId};

/// Something that may be known of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Fact {
    /// The registry that its range was given to.
    Registry,
    /// The special purpose that its range is kept for.
    Special,
    /// The network that announces it: number of the autonomous system and name, as `AS64496 Example Ltd`.
    Network,
    /// The country, in two letters (ISO 3166-1).
    Country,
    /// The city.
    City,
    /// Who holds its range.
    Holder,
    /// Where abuse is to be told.
    Abuse,
    /// Its name in the reverse DNS.
    Ptr,
}

impl Fact {
    /// How many there are.
    pub const COUNT: usize = 8;
    /// All, in the order of their numbers.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Registry, Self::Special, Self::Network, Self::Country, Self::City, Self::Holder, Self::Abuse, Self::Ptr];
}

/// What is told of some sources, each text and each combination of them once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The texts.
    pub texts: Vec<String>,
    /// Places in `texts` in the order of [`Fact::ALL`]; [`ABSENT`] is unknown.
    pub sets: Vec<[u32; Fact::COUNT]>,
    /// Numbers of sources and places in `sets`. All that was known of these sources before is forgotten.
    pub of: Vec<(u32, u32)>,
}

/// What is known of each source.
#[derive(Debug, Default)]
pub struct Annotations {
    sets: Dictionary<[TextId; Fact::COUNT]>,
    /// For each source one more than the number of its set; nought, or no place: nothing is known.
    of: Vec<u32>,
}

impl Annotations {
    /// Takes in what is told. Of sources from number `sources` on nothing is taken: there are none.
    pub fn set(&mut self, facts: &Facts, sources: usize, strings: &mut Strings) {
        let texts: Vec<TextId> = facts.texts.iter().map(|text| strings.intern(text)).collect();
        let own = |place: &u32| texts.get(*place as usize).copied().unwrap_or(ABSENT);
        let sets: Vec<u32> = facts.sets.iter().map(|set| self.sets.intern(set.each_ref().map(own))).collect();
        for (source, set) in &facts.of {
            let place = *source as usize;
            if place >= sources {
                continue;
            }
            if place >= self.of.len() {
                self.of.resize(sources, 0);
            }
            if let (Some(slot), Some(set)) = (self.of.get_mut(place), sets.get(*set as usize)) {
                *slot = set.saturating_add(1);
            }
        }
    }

    /// A fact of a source; [`ABSENT`] where it is not known.
    #[must_use]
    pub fn get(&self, source: usize, fact: Fact) -> TextId {
        let set = self.of.get(source).and_then(|set| self.sets.get(set.checked_sub(1)?));
        set.and_then(|set| set.get(fact as usize)).copied().unwrap_or(ABSENT)
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.sets.bytes() + self.of.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_last_is_known_and_nothing_of_sources_that_are_not() {
        let (mut annotations, mut strings) = (Annotations::default(), Strings::default());
        let mut set = [ABSENT; Fact::COUNT];
        set[Fact::Country as usize] = 0;
        set[Fact::City as usize] = 9;
        let facts = Facts { texts: vec!["CH".into()], sets: vec![set], of: vec![(1, 0), (7, 0), (0, 4)] };
        annotations.set(&facts, 3, &mut strings);
        let text = |annotations: &Annotations, source, fact, strings: &Strings| {
            strings.get(annotations.get(source, fact)).map(ToOwned::to_owned)
        };
        assert_eq!(text(&annotations, 1, Fact::Country, &strings), Some("CH".into()));
        for (source, fact) in [(0, Fact::Country), (2, Fact::Country), (7, Fact::Country), (1, Fact::City)] {
            assert_eq!(text(&annotations, source, fact, &strings), None);
        }
        let nothing = Facts { sets: vec![[ABSENT; Fact::COUNT]], of: vec![(1, 0)], ..Facts::default() };
        annotations.set(&nothing, 3, &mut strings);
        assert_eq!(annotations.get(1, Fact::Country), ABSENT);
    }

    #[test]
    fn facts_are_in_the_order_of_their_numbers() {
        for (place, fact) in Fact::ALL.into_iter().enumerate() {
            assert_eq!(fact as usize, place);
        }
    }
}
