//! The policy domains and the DMARC records they publish.

use crate::habits::habit;
use crate::names;
use crate::rng::Rng;

/// What a DMARC record asks for; the order is the strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Policy {
    /// Nothing: only reports.
    None,
    /// Treat as suspicious.
    Quarantine,
    /// Do not accept.
    Reject,
}

impl Policy {
    /// The keyword in a report.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Quarantine => "quarantine",
            Self::Reject => "reject",
        }
    }

    /// One level lower, as for the unsampled (`pct`) and in a test (`testing`).
    pub fn lowered(self) -> Self {
        match self {
            Self::Reject => Self::Quarantine,
            _ => Self::None,
        }
    }

    fn draw(rng: &mut Rng) -> Self {
        [Self::None, Self::Quarantine, Self::Reject][rng.weighted(&[40, 25, 35])]
    }
}

/// A domain with a DMARC record, and who sends in its name.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Its place among the domains, the busiest first.
    pub index: u64,
    /// Its name as A-labels.
    pub name: String,
    /// The policy on the first day.
    pub p: Policy,
    /// For existing subdomains.
    pub sp: Option<Policy>,
    /// For subdomains that do not exist (RFC 9990 reporters only know it).
    pub np: Option<Policy>,
    /// The share of mail the policy is for (RFC 7489 reporters only know it).
    pub pct: u8,
    /// A test: treated one level lower by RFC 9990 reporters.
    pub testing: bool,
    /// DKIM alignment is strict.
    pub strict_dkim: bool,
    /// SPF alignment is strict.
    pub strict_spf: bool,
    /// From this day on, the policy is one level stronger.
    pub tightened: Option<u64>,
    /// The number of its own mail hosts.
    pub hosts: u64,
    /// How often each kind of row occurs, in the order of `Scene::row`.
    pub mixture: [u64; 7],
}

impl Domain {
    fn new(seed: u64, index: usize, with_sp: bool) -> Self {
        let mut rng = Rng::new(&[seed, 1, index as u64]);
        let p = Policy::draw(&mut rng);
        // A feature that a domain lacks is made up for by the domains that have it.
        let mut feature = |share: u64, weight: u64| if rng.permille(share) { weight * 1000 / share } else { 0 };
        let mixture = [270, feature(700, 150), feature(500, 75), 115, feature(600, 45), 290, feature(600, 55)];
        Self {
            index: index as u64,
            name: names::domain(index),
            p,
            sp: with_sp.then(|| Policy::draw(&mut rng)),
            np: rng.permille(200).then_some(Policy::Reject),
            pct: if p > Policy::None && rng.permille(150) { [5, 10, 25, 50, 75][rng.below(5) as usize] } else { 100 },
            testing: p > Policy::None && rng.permille(120),
            strict_dkim: rng.permille(120),
            strict_spf: rng.permille(150),
            tightened: (p < Policy::Reject && rng.permille(200)).then(|| 15 + rng.below(60)),
            hosts: 2 + 3000 / (index as u64 + 5),
            mixture,
        }
    }

    /// The policy of the domain itself on that day.
    pub fn policy_on(&self, day: u64) -> Policy {
        match (self.tightened.is_some_and(|from| day >= from), self.p) {
            (true, Policy::None) => Policy::Quarantine,
            (true, _) => Policy::Reject,
            (false, p) => p,
        }
    }

    /// The record stands below the organizational domain, so only that name itself is under it.
    pub fn is_subdomain(&self) -> bool {
        names::organizational(&self.name).len() < self.name.len()
    }
}

/// How many reports are about a domain in comparison with the others (a Zipf-like tail).
pub fn weight(index: usize) -> u64 {
    1_000_000 / (index as u64 + 12)
}

/// All policy domains.
pub fn all(seed: u64) -> Vec<Domain> {
    let weights: Vec<u64> = (0..names::DOMAINS).map(weight).collect();
    let with_sp = habit(7, 400, &weights);
    (0..names::DOMAINS).map(|index| Domain::new(seed, index, with_sp[index])).collect()
}
