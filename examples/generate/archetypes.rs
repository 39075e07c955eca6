//! The kinds of senders, and the rows that each of them causes.

use crate::names;
use crate::rng::{Quantiles, Rng, mix};
use crate::rows::{Dkim, Excuse, Row, Spf};
use crate::scene::Scene;

/// Messages in a row of a sender that means to send.
const MANY: &Quantiles =
    &[(0, 1), (50_000, 1), (75_000, 3), (90_000, 12), (97_000, 80), (99_500, 900), (99_950, 8_000), (100_000, 60_000)];
/// Messages in a row of an address that is one of very many.
const FEW: &Quantiles = &[(0, 1), (80_000, 1), (95_000, 4), (99_500, 40), (100_000, 400)];
/// Subdomains that exist.
const SUBDOMAINS: [&str; 8] = ["mail", "news", "shop", "billing", "support", "app", "jobs", "status"];

impl Scene<'_> {
    /// One row.
    pub fn row(&self, mixture: &[u64; 7], wave: Option<u64>, rng: &mut Rng) -> Row {
        match rng.weighted(mixture) {
            0 => self.own(rng),
            1 => self.newsletter(rng),
            2 => self.crm(rng),
            3 => self.forwarded(rng),
            4 => self.list(rng),
            5 => self.forged(wave, rng),
            _ => self.without_keys(rng),
        }
    }

    fn own(&self, rng: &mut Rng) -> Row {
        let place = rng.low(self.domain.hosts);
        let header_from = self.sender_name(250, &SUBDOMAINS, rng);
        let mut row = self.start([0, self.domain.index], place, MANY, header_from, rng);
        self.sign(&mut row, 30, rng);
        if rng.permille(720) {
            let domain = format!("{}.hosted.example", self.domain.name.replace('.', "-"));
            row.dkim.push(Dkim { domain, selector: "platform", result: "pass" });
        }
        let host = format!("mx{}.{}", place % 40, self.domain.name);
        if self.reporter.envelope_from && self.reporter.spf_scope && rng.permille(60) {
            // A bounce: the null sender, so SPF is about the HELO name.
            row.envelope_from.clear();
            row.spf.push(Spf { domain: host, helo: !self.reporter.modern, result: "pass" });
            return row;
        }
        let result = if rng.permille(25) { "temperror" } else { "pass" };
        self.checked(&mut row, host, result, rng);
        row
    }

    fn newsletter(&self, rng: &mut Rng) -> Row {
        let vendor = self.vendor(0, rng);
        let header_from = self.sender_name(400, &["news", "mail", "offers"], rng);
        let mut row = self.start([1, vendor], rng.low(900), MANY, header_from, rng);
        // Whether the domain's own key is set up at the vendor is a property of the pair.
        if mix(&[self.seed, 6, self.domain.index, vendor]) % 100 < 45 {
            row.dkim.push(Dkim { domain: self.domain.name.clone(), selector: "nl1", result: "pass" });
        }
        let name = names::vendor(vendor);
        row.envelope_from = format!("bounce.{name}");
        row.dkim.push(Dkim { domain: name.clone(), selector: "20240801", result: "pass" });
        if rng.permille(850) {
            row.dkim.push(Dkim { domain: format!("fbl.{name}"), selector: "fbl", result: "pass" });
        }
        self.checked(&mut row, format!("out.{name}"), "pass", rng);
        row
    }

    fn crm(&self, rng: &mut Rng) -> Row {
        let vendor = self.vendor(names::VENDOR_COUNT / 2, rng);
        let header_from = self.sender_name(200, &["support", "billing"], rng);
        let mut row = self.start([1, vendor], rng.low(500), MANY, header_from, rng);
        let name = names::vendor(vendor);
        row.envelope_from = format!("bounces.{}", self.domain.name);
        for selector in ["crm1", "crm2"].into_iter().take(1 + rng.below(2) as usize) {
            row.dkim.push(Dkim { domain: name.clone(), selector, result: "pass" });
        }
        self.checked(&mut row, format!("relay.{name}"), "pass", rng);
        row
    }

    fn forwarded(&self, rng: &mut Rng) -> Row {
        let forwarder = rng.low(4000);
        let name = names::forwarder(forwarder);
        let header_from = self.sender_name(150, &SUBDOMAINS, rng);
        let mut row = self.start([2, forwarder], rng.below(4), FEW, header_from, rng);
        self.sign(&mut row, 150, rng);
        row.excuse = Excuse::Forwarded;
        let rewritten = rng.permille(550);
        let result = if rewritten { "pass" } else { self.refused() };
        if rewritten {
            row.envelope_from = name.clone();
        }
        if rng.permille(700) {
            row.dkim.push(Dkim { domain: name.clone(), selector: "fwd", result: "pass" });
        }
        self.checked(&mut row, format!("mx.{name}"), result, rng);
        row
    }

    fn list(&self, rng: &mut Rng) -> Row {
        let list = rng.low(400);
        let name = names::list_host(list);
        let header_from = self.domain.name.clone();
        let mut row = self.start([3, list], rng.below(2), FEW, header_from, rng);
        // The footer breaks the signature.
        self.sign(&mut row, 960, rng);
        row.dkim.push(Dkim { domain: name.clone(), selector: "list", result: "pass" });
        row.envelope_from = name.clone();
        row.excuse = Excuse::List;
        self.checked(&mut row, name, "pass", rng);
        row
    }

    fn forged(&self, wave: Option<u64>, rng: &mut Rng) -> Row {
        // Many addresses, most of them seen once or twice: the more rows, the more of them.
        let pool = [4 + wave.map_or(0, |wave| wave + 1), self.domain.index];
        let place = rng.below(300 + self.rows * 2);
        let header_from = self.sender_name(120, &SUBDOMAINS, rng);
        let mut row = self.start(pool, place, FEW, header_from, rng);
        if !self.domain.is_subdomain() && rng.permille(150) {
            row.header_from = format!("x{:04x}.{}", rng.below(0x10000), self.domain.name);
            row.envelope_from = row.header_from.clone();
            row.nonexistent = true;
        }
        let stranger = names::stranger(rng.bits());
        for selector in ["dkim", "a1"].into_iter().take(rng.weighted(&[22, 45, 33])) {
            let result = rng.pick(&["pass", "pass", "none", "fail", "permerror", "neutral"]);
            row.dkim.push(Dkim { domain: stranger.clone(), selector, result });
        }
        let result = if rng.permille(500) {
            row.envelope_from = stranger.clone();
            rng.pick(&["pass", "none", "softfail", "fail", "permerror", "neutral"])
        } else if row.nonexistent {
            "none"
        } else {
            self.refused()
        };
        self.checked(&mut row, stranger, result, rng);
        row
    }

    fn without_keys(&self, rng: &mut Rng) -> Row {
        let header_from = self.sender_name(600, &["printer", "legacy", "monitoring", "erp"], rng);
        let mut row = self.start([9, self.domain.index], rng.low(5), FEW, header_from, rng);
        if rng.permille(300) {
            row.dkim.push(Dkim { domain: self.domain.name.clone(), selector: "old", result: "permerror" });
        }
        let result = if row.header_from == self.domain.name { self.refused() } else { "none" };
        self.checked(&mut row, format!("host.{}", self.domain.name), result, rng);
        row
    }
}
