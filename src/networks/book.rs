use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::database::Database;
use super::model::{DatabaseInfo, Known, Numbered, Place};
use super::registries::Registries;
use super::special::Specials;
use crate::dataset::{ABSENT, Fact, Facts};
use crate::lookups::{HOLDING_AGE, Looked, NAME_AGE, Reverse};

/// All that is known of addresses.
#[derive(Debug, Default)]
pub struct Book {
    registries: Registries,
    specials: Specials,
    databases: Vec<Database>,
    found: Found,
}

/// What was looked up. It is kept, cleared and handed out as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What registries told: of whole ranges.
    pub holdings: Vec<Looked>,
    /// What the reverse DNS told.
    pub names: Vec<(IpAddr, Reverse)>,
}

impl Book {
    /// The registries.
    #[must_use]
    pub const fn registries(&self) -> &Registries {
        &self.registries
    }

    /// Whether an address is of no special range: others have no holder to be asked for.
    #[must_use]
    pub fn is_ordinary(&self, address: IpAddr) -> bool {
        self.specials.find(address).is_none()
    }

    /// Asks a database from now on; one of the same kind goes.
    pub fn add(&mut self, database: Database) {
        self.databases.retain(|known| known.info().kind != database.info().kind);
        self.databases.push(database);
    }

    /// What the databases say of themselves.
    #[must_use]
    pub fn databases(&self) -> Vec<DatabaseInfo> {
        self.databases.iter().map(|database| database.info().clone()).collect()
    }

    /// Takes in what a registry told of a range; what it told of the same range before goes.
    pub fn hold(&mut self, looked: Looked) {
        let range = (looked.holding.first, looked.holding.last);
        self.found.holdings.retain(|known| (known.holding.first, known.holding.last) != range);
        self.found.holdings.push(looked);
    }

    /// Takes in the name of an address.
    pub fn name(&mut self, address: IpAddr, reverse: Reverse) {
        self.found.names.retain(|(known, _)| *known != address);
        self.found.names.push((address, reverse));
    }

    /// What registries told of the narrowest range that holds an address.
    #[must_use]
    pub fn holding(&self, address: IpAddr) -> Option<&Looked> {
        let holds = |looked: &&Looked| (looked.holding.first..=looked.holding.last).contains(&address);
        let own = |looked: &&Looked| looked.holding.first.is_ipv4() == address.is_ipv4();
        // The one that begins last, or ends first, of those that hold it: ranges of registries lie inside each other.
        let order = |looked: &&Looked| (looked.holding.first, std::cmp::Reverse(looked.holding.last));
        self.found.holdings.iter().filter(own).filter(holds).max_by_key(order)
    }

    /// The name of an address, if it was asked for.
    #[must_use]
    pub fn reverse(&self, address: IpAddr) -> Option<&Reverse> {
        self.found.names.iter().find(|(known, _)| *known == address).map(|(_, reverse)| reverse)
    }

    /// What was looked up.
    #[must_use]
    pub const fn found(&self) -> &Found {
        &self.found
    }

    /// Takes what was looked up earlier, as far as it is not too old at a time (seconds since the epoch). Nothing of it is
    /// left out but that: what a browser keeps is its own.
    pub fn recall(&mut self, found: Found, now: i64) {
        let is_fresh = |asked: i64, age: i64| asked <= now && now - asked < age;
        self.found = found;
        self.found.holdings.retain(|looked| is_fresh(looked.asked, HOLDING_AGE));
        self.found.names.retain(|(_, reverse)| is_fresh(reverse.asked, NAME_AGE));
    }

    /// Forgets what was looked up.
    pub fn clear(&mut self) {
        self.found = Found::default();
    }

    /// What the databases tell of an address: each thing from the last one given that knows it.
    fn place(&mut self, address: IpAddr) -> Place {
        let mut whole = Place::default();
        for database in self.databases.iter_mut().rev() {
            let Some((_, place)) = database.find(address) else { continue };
            whole.network = whole.network.or_else(|| place.network.clone());
            whole.country = whole.country.or_else(|| place.country.clone());
            whole.city = whole.city.or_else(|| place.city.clone());
        }
        whole
    }

    /// All that is known of an address. `hosts` is left to who asks them.
    pub fn known(&mut self, address: IpAddr) -> Known {
        let special = self.specials.find(address);
        Known {
            registry: self.registries.find(address).filter(|_| special.is_none()).map(|own| own.name.to_owned()),
            registries: Registries::date().to_owned(),
            special: special.map(|(range, purpose)| (range, purpose.word.to_owned(), purpose.rfc.to_owned())),
            place: self.place(address),
            databases: self.databases(),
            looked: self.holding(address).cloned().map(Box::new),
            reverse: self.reverse(address).cloned(),
            hosts: Vec::new(),
        }
    }

    /// The facts of some sources, as the store takes them.
    pub fn facts(&mut self, sources: &[Numbered]) -> Facts {
        let mut told = Teller::default();
        for (number, address) in sources {
            let special = self.specials.find(*address).map(|(_, purpose)| purpose.word);
            let registry = self.registries.find(*address).filter(|_| special.is_none()).map(|own| own.name);
            // Most often there is one database, whose places are shared.
            let place = match self.databases.as_mut_slice() {
                [one] => one.find(*address).map(|(_, place)| place).unwrap_or_default(),
                _ => Rc::new(self.place(*address)),
            };
            let holding = self.holding(*address).map(|looked| &looked.holding);
            let country = place.country.as_deref().or_else(|| holding?.country_code.as_deref());
            let abuse = holding.and_then(|own| own.abuse.as_ref()).and_then(|party| party.mails.first());
            let holder = holding.and_then(|own| own.holder.as_ref()?.name.as_deref());
            let name = self.reverse(*address).and_then(|reverse| reverse.name.text());
            // In the order of `Fact::ALL`.
            told.tell(
                *number,
                [
                    registry,
                    special,
                    place.network.as_deref(),
                    country,
                    place.city.as_deref(),
                    holder,
                    abuse.map(String::as_str),
                    name,
                ],
            );
        }
        told.facts
    }
}

/// Puts facts together, each text and each set of them once.
#[derive(Default)]
struct Teller {
    facts: Facts,
    texts: HashMap<String, u32>,
    sets: HashMap<[u32; Fact::COUNT], u32>,
}

impl Teller {
    fn tell(&mut self, source: u32, texts: [Option<&str>; Fact::COUNT]) {
        let Self { facts, texts: known, sets } = self;
        let set = texts.map(|text| {
            let Some(text) = text else { return ABSENT };
            if let Some(place) = known.get(text) {
                return *place;
            }
            let place = u32::try_from(facts.texts.len()).unwrap_or(ABSENT);
            facts.texts.push(text.to_owned());
            known.insert(text.to_owned(), place);
            place
        });
        let place = *sets.entry(set).or_insert_with(|| {
            facts.sets.push(set);
            u32::try_from(facts.sets.len().saturating_sub(1)).unwrap_or(ABSENT)
        });
        facts.of.push((source, place));
    }
}

#[cfg(test)]
mod tests;
