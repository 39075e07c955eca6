//! What a report's rows have in common, and the steps that the kinds of senders share.

use crate::domains::Domain;
use crate::names;
use crate::reporters::Reporter;
use crate::rng::{Quantiles, Rng, mix};
use crate::rows::{Dkim, Excuse, Row, Spf};
use crate::sources;

/// Selectors of the domains' own keys.
const SELECTORS: [&str; 6] = ["s1", "s2", "mail", "default", "2026q3", "k1"];

/// What one report's rows are drawn from.
pub struct Scene<'a> {
    /// The seed of the whole set.
    pub seed: u64,
    /// The domain reported on.
    pub domain: &'a Domain,
    /// Who reports.
    pub reporter: &'a Reporter,
    /// The days covered: the first and the one after the last.
    pub days: (u64, u64),
    /// How many rows the report has.
    pub rows: u64,
}

impl Scene<'_> {
    /// The wave of forged mail that runs in the report's days, if any.
    pub fn wave(&self) -> Option<u64> {
        (0..3).find(|wave| {
            let bits = mix(&[self.seed, 4, self.domain.index, *wave]);
            let (start, length) = (bits % 86, 2 + (bits >> 32) % 10);
            start < self.days.1 && self.days.0 < start + length
        })
    }

    /// How often each kind of row occurs here: own host, newsletter, CRM, forwarder, list, forged, own without keys.
    pub fn mixture(&self, wave: Option<u64>) -> [u64; 7] {
        let mut mixture = self.domain.mixture;
        if wave.is_some() {
            mixture[5] *= 4;
        }
        mixture
    }

    /// A row of the address at that place of a pool, without results.
    pub fn start(&self, pool: [u64; 2], place: u64, counts: &Quantiles, header_from: String, rng: &mut Rng) -> Row {
        Row {
            source: sources::address(&[self.seed, 3, pool[0], pool[1]], place),
            count: rng.quantile(counts),
            envelope_from: header_from.clone(),
            header_from,
            nonexistent: false,
            dkim: Vec::with_capacity(4),
            spf: Vec::with_capacity(2),
            excuse: Excuse::None,
        }
    }

    /// The domain itself or, for that share (in 1,000), a name below it.
    pub fn sender_name(&self, share: u64, names: &[&'static str], rng: &mut Rng) -> String {
        match self.domain.is_subdomain() || !rng.permille(share) {
            true => self.domain.name.clone(),
            false => format!("{}.{}", rng.pick(names), self.domain.name),
        }
    }

    /// The domain's own signature, and often a second one with another key.
    pub fn sign(&self, row: &mut Row, broken: u64, rng: &mut Rng) {
        let result = if !rng.permille(broken) { "pass" } else { rng.pick(&["fail", "fail", "fail", "temperror"]) };
        let name = if rng.permille(120) { &row.header_from } else { &self.domain.name };
        row.dkim.push(Dkim { domain: name.clone(), selector: rng.pick(&SELECTORS), result });
        if rng.permille(850) {
            row.dkim.push(Dkim { domain: self.domain.name.clone(), selector: "ed25519", result });
        }
    }

    /// The check of the envelope's sender, sometimes after one of the HELO name.
    pub fn checked(&self, row: &mut Row, host: String, result: &'static str, rng: &mut Rng) {
        if self.reporter.spf_scope && !self.reporter.modern && rng.permille(60) {
            row.spf.push(Spf { domain: host, helo: true, result: rng.pick(&["pass", "none", "none"]) });
        }
        row.spf.push(Spf { domain: row.envelope_from.clone(), helo: false, result });
    }

    /// One of the few services that the domain uses, from half of all of them.
    pub fn vendor(&self, first: u64, rng: &mut Rng) -> u64 {
        let half = names::VENDOR_COUNT / 2;
        first + (mix(&[self.seed, 5, self.domain.index]) + rng.low(3)) % half
    }

    /// What SPF says of an address that is not the domain's.
    pub fn refused(&self) -> &'static str {
        match mix(&[self.seed, 7, self.domain.index]) % 10 {
            0..5 => "softfail",
            5..9 => "fail",
            _ => "neutral",
        }
    }
}
