//! What is known of a source, a key, a network or another domain from all rows, before any of them is explained.

use std::net::IpAddr;

use super::signs::{Own, Signs};
use crate::analysis::compile::DATELESS;
use crate::analysis::zone::Day;
use crate::dataset::{ABSENT, Dictionary, TextId};
use crate::report::Figures;
use crate::report::verdict::{Outcome, Verdict};

/// What all rows tell.
#[derive(Debug, Default)]
pub struct Context {
    /// By the number of the source's key.
    pub sources: Vec<At>,
    /// Own keys, by domain and selector.
    keys: Dictionary<(u32, i32)>,
    key_facts: Vec<KeyFacts>,
    /// Networks of the owner's own servers: SPF passes from there for the very domain of the From header.
    networks: Dictionary<(u32, i32)>,
    network_facts: Vec<Seen>,
    /// Other organizations' domains that prove mail.
    others: Dictionary<(u32, i32)>,
    other_facts: Vec<OtherFacts>,
    /// Pairs of such a domain and a source.
    pairs: Dictionary<(u32, i32)>,
    /// First and last day of all.
    days: Days,
    /// Whether any mail is proven to be the owner's own, and by a signature.
    pub has_own: bool,
    has_own_signature: bool,
}

/// A source.
#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    pub figures: Figures,
    /// Messages that the owner's own signature or SPF proves.
    pub own: u64,
    /// Messages that nothing proves.
    pub silent: u64,
    /// Messages that an own signature proves while SPF does not, and the key of one of them.
    signed: u64,
    key: Option<u32>,
    /// Whether a host of the owner's is named for which there is no SPF record.
    is_bare_host: bool,
    /// Messages whose own signature holds, and those whose own is broken; and who reports of either.
    held: u64,
    broken: u64,
    held_by: Seen,
    broken_by: Seen,
    pub days: Days,
}

/// So many times more messages are far more.
const FAR_MORE: u64 = 5;
/// One in so many is rare.
const RARELY: u64 = 10;

/// Days seen, both included.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    first: Day,
    last: Day,
    /// A bit for each day, 64 days round: enough to tell a handful from many.
    each: u64,
}

impl Default for Days {
    fn default() -> Self {
        Self { first: Day::MAX, last: Day::MIN, each: 0 }
    }
}

impl Days {
    fn see(&mut self, day: Day) {
        if day != DATELESS {
            self.first = self.first.min(day);
            self.last = self.last.max(day);
            self.each |= 1 << day.rem_euclid(64);
        }
    }

    /// How many different days they are, 64 at the most.
    pub const fn count(self) -> u32 {
        self.each.count_ones()
    }

    /// Whether all of them are one.
    const fn is_one(self) -> bool {
        self.first == self.last
    }

    /// How many days lie from the first to the last.
    pub const fn span(self) -> i64 {
        if self.first > self.last { 0 } else { self.last as i64 - self.first as i64 + 1 }
    }
}

/// From where something was seen: one source or reporter, or several.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    first: Option<u32>,
    has_more: bool,
}

impl Seen {
    fn see(&mut self, source: u32) {
        match self.first {
            None => self.first = Some(source),
            Some(first) if first != source => self.has_more = true,
            Some(_) => {}
        }
    }

    /// The only one, if it is.
    const fn only(self) -> Option<u32> {
        if self.has_more { None } else { self.first }
    }

    /// Whether it was seen from another source than this one.
    pub fn is_elsewhere(self, source: u32) -> bool {
        self.has_more || self.first.is_some_and(|first| first != source)
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct KeyFacts {
    /// Where it passes.
    passes: Seen,
    /// Where it passes and SPF passes for the same organization: mail that came straight from the owner. And how many messages.
    direct: Seen,
    messages: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct OtherFacts {
    sources: u32,
    days: Days,
    /// Whether some mail that it proves passes DMARC: somebody set it up.
    is_set_up: bool,
}

impl Context {
    /// Takes in a row.
    pub fn see(&mut self, row: &Seeing<'_>) {
        let Seeing { signs, outcome, source, address, reporter, count, day } = *row;
        let place = source as usize;
        if place >= self.sources.len() {
            self.sources.resize(place.saturating_add(1), At::default());
        }
        self.days.see(day);
        let Some(at) = self.sources.get_mut(place) else { return };
        at.days.see(day);
        at.figures.add(count, outcome);
        let Some(signs) = signs else { return };
        at.is_bare_host |= signs.has_bare_host;
        match signs.dkim {
            Own::Pass => {
                at.held = at.held.saturating_add(count);
                at.held_by.see(reporter);
                self.has_own_signature = true;
            }
            Own::Fail => {
                at.broken = at.broken.saturating_add(count);
                at.broken_by.see(reporter);
            }
            _ => {}
        }
        if matches!(signs.dkim, Own::Pass | Own::NearPass) || matches!(signs.spf, Own::Pass | Own::NearPass) {
            at.own = at.own.saturating_add(count);
            self.has_own = true;
        } else if !signs.is_proven() {
            at.silent = at.silent.saturating_add(count);
        }
        if signs.dkim == Own::Pass
            && let Some(facts) = slot(&mut self.keys, &mut self.key_facts, key(signs))
        {
            facts.passes.see(source);
            if signs.spf == Own::Pass {
                facts.direct.see(source);
                facts.messages = facts.messages.saturating_add(count);
            } else {
                at.signed = at.signed.saturating_add(count);
                // Some reporters leave the selector out: one who tells it knows more.
                if at.key.is_none() || signs.selector != ABSENT {
                    at.key = self.keys.find(&key(signs));
                }
            }
        }
        let is_own_server = signs.spf == Own::Pass && signs.spf_domain == signs.from;
        if let Some(network) = address.map(network).filter(|_| is_own_server)
            && let Some(seen) = slot(&mut self.networks, &mut self.network_facts, network)
        {
            seen.see(source);
        }
        let other = signs.other();
        if other != ABSENT {
            let pairs = self.pairs.len();
            self.pairs.intern((other, source.cast_signed()));
            let is_new = self.pairs.len() > pairs;
            if let Some(facts) = slot(&mut self.others, &mut self.other_facts, (other, 0)) {
                facts.sources = facts.sources.saturating_add(u32::from(is_new));
                facts.days.see(day);
                facts.is_set_up |= signs.verdict == Verdict::Pass;
            }
        }
    }

    /// A source.
    pub fn at(&self, source: u32) -> At {
        self.sources.get(source as usize).copied().unwrap_or_default()
    }

    /// Whether the row's own key passes from other sources.
    pub fn key_passes_elsewhere(&self, signs: &Signs, source: u32) -> bool {
        self.key(signs).is_some_and(|facts| facts.passes.is_elsewhere(source))
    }

    /// Whether the row's own key passes anywhere at all.
    pub fn key_ever_passes(&self, signs: &Signs) -> bool {
        self.key(signs).is_some()
    }

    /// Whether a source sends on mail of the owner's servers: a key that passes there without SPF passes from other sources along
    /// with it, for far more messages.
    pub fn sends_on(&self, source: u32) -> bool {
        let at = self.at(source);
        let facts = at.key.and_then(|key| self.key_facts.get(key as usize));
        facts.is_some_and(|facts| {
            facts.direct.is_elsewhere(source) && at.signed.saturating_mul(FAR_MORE) < facts.messages
        })
    }

    fn key(&self, signs: &Signs) -> Option<&KeyFacts> {
        self.key_facts.get(self.keys.find(&key(signs))? as usize)
    }

    /// Whether one of the owner's own servers has another address of the same network: /24, or /48 of IPv6.
    pub fn is_beside_own(&self, address: Option<IpAddr>, source: u32) -> bool {
        let seen = address.and_then(|address| self.networks.find(&network(address)));
        let seen = seen.and_then(|place| self.network_facts.get(place as usize));
        seen.is_some_and(|seen| seen.is_elsewhere(source))
    }

    /// Whether a source goes by a host name of the owner's without a record, on more than one day.
    pub fn is_bare_host(&self, source: u32) -> bool {
        let at = self.at(source);
        at.is_bare_host && at.days.count() >= 2
    }

    /// Whether hardly any own signature from a source is broken.
    pub fn breaks_rarely(&self, source: u32) -> bool {
        let at = self.at(source);
        at.broken.saturating_mul(RARELY) <= at.held
    }

    /// The only one who reports of broken signatures from a source, where others report of good ones.
    pub fn only_one(&self, source: u32) -> Option<TextId> {
        let at = self.at(source);
        at.broken_by.only().filter(|reporter| at.held_by.is_elsewhere(*reporter))
    }

    /// Whether another domain turned up at one source on one day alone, and others did so likewise, though the owner's mail is
    /// signed: a hired service would keep one domain.
    pub fn is_scattered(&self, domain: TextId) -> bool {
        let is_stray = |facts: &&OtherFacts| !facts.is_set_up && facts.sources == 1 && facts.days.is_one();
        let own = self.others.find(&(domain, 0)).and_then(|place| self.other_facts.get(place as usize));
        self.has_own_signature
            && own.as_ref().is_some_and(is_stray)
            && self.other_facts.iter().filter(is_stray).take(2).count() == 2
    }

    /// Whether another domain turned up at many sources within a few days of a long time, and never in mail that passes.
    pub fn is_throwaway(&self, domain: TextId) -> bool {
        let facts = self.others.find(&(domain, 0)).and_then(|place| self.other_facts.get(place as usize));
        facts.is_some_and(|facts| {
            !facts.is_set_up && facts.sources >= 4 && facts.days.span() <= 3 && self.days.span() >= 10
        })
    }

    /// Sources of which nothing is proven, ever.
    pub fn silent_sources(&self) -> usize {
        self.sources
            .iter()
            .filter(|at| at.silent > 0 && at.silent == at.figures.failed && at.figures.passed == 0)
            .count()
    }
}

/// A row as the first pass sees it.
#[derive(Clone, Copy, Debug)]
pub struct Seeing<'a> {
    pub signs: Option<&'a Signs>,
    pub outcome: Outcome,
    pub source: u32,
    pub address: Option<IpAddr>,
    pub reporter: TextId,
    pub count: u64,
    pub day: Day,
}

fn key(signs: &Signs) -> (u32, i32) {
    (signs.dkim_domain, signs.selector.cast_signed())
}

/// The value beside a key, which is added if it is new.
fn slot<'a, T: Default>(
    keys: &mut Dictionary<(u32, i32)>,
    values: &'a mut Vec<T>,
    key: (u32, i32),
) -> Option<&'a mut T> {
    let place = keys.intern(key) as usize;
    if values.len() <= place {
        values.push(T::default());
    }
    values.get_mut(place)
}

fn network(address: IpAddr) -> (u32, i32) {
    match address {
        IpAddr::V4(address) => (address.to_bits() >> 8, -1),
        IpAddr::V6(address) => {
            let bits = address.to_bits() >> 80;
            ((bits >> 16) as u32, (bits & 0xFFFF) as i32)
        }
    }
}
