//! The reporters and their habits.

use crate::habits::habit;
use crate::names;
use crate::rng::Rng;

/// How a reporter breaks its lines.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// One level of indentation, or nothing at all between the tags.
    pub indent: Option<&'static str>,
    /// The end of a line.
    pub newline: &'static str,
}

/// Someone who receives mail and reports on it. The habits never change from report to report.
#[derive(Clone, Debug)]
pub struct Reporter {
    /// Its place among the reporters, the busiest first.
    pub index: u64,
    /// The organization's name.
    pub name: String,
    /// Its domain.
    pub domain: String,
    /// Writes RFC 9990 rather than RFC 7489.
    pub modern: bool,
    /// Qualifies every name with a prefix.
    pub prefix: &'static str,
    /// Writes `envelope_from`.
    pub envelope_from: bool,
    /// Writes `envelope_to`.
    pub envelope_to: bool,
    /// Writes the scope of an SPF result.
    pub spf_scope: bool,
    /// Writes `version`.
    pub version: bool,
    /// Writes `sp` even where it only repeats `p`.
    pub always_sp: bool,
    /// Writes DKIM selectors (RFC 9990 requires them).
    pub selector: bool,
    /// Says why a signature failed.
    pub human_result: bool,
    /// Quarantines where the policy asks to reject.
    pub never_rejects: bool,
    /// Its reports cover so many days (1 or more).
    pub days: u64,
    /// Its day begins so many hours before that of UTC.
    pub hours_ahead: u64,
    /// Writes IPv6 addresses in full.
    pub full_v6: bool,
    /// How it breaks its lines.
    pub layout: Layout,
}

/// How many reports a reporter sends in comparison with the others (a Zipf-like tail).
pub fn weight(index: usize) -> u64 {
    1_000_000 / (index as u64 + 4)
}

/// All reporters. The shares are those counted in some 3,200 real reports of 287 reporters.
pub fn all(seed: u64) -> Vec<Reporter> {
    let weights: Vec<u64> = (0..names::REPORTERS).map(weight).collect();
    let habit = |number, permille| habit(number, permille, &weights);
    let (modern, envelope_from, spf_scope) = (habit(1, 100), habit(2, 580), habit(3, 560));
    // 60 % of the domains publish no sp: 36 % of the reports lack it where 60 % of the reporters leave it out.
    let (version, always_sp, long) = (habit(4, 390), habit(5, 400), habit(6, 220));
    (0..names::REPORTERS)
        .map(|index| {
            let mut rng = Rng::new(&[seed, 2, index as u64]);
            let (name, domain) = names::reporter(index);
            let indent = [Some("  "), Some("    "), Some("\t"), None][rng.weighted(&[60, 10, 12, 18])];
            Reporter {
                index: index as u64,
                name,
                domain,
                modern: modern[index],
                prefix: if modern[index] && rng.permille(150) { "ns0:" } else { "" },
                envelope_from: envelope_from[index],
                envelope_to: rng.permille(150),
                spf_scope: spf_scope[index],
                version: version[index],
                always_sp: always_sp[index],
                selector: modern[index] || rng.permille(700),
                human_result: rng.permille(200),
                never_rejects: rng.permille(120),
                days: if long[index] { [2, 3, 7][rng.weighted(&[50, 10, 40])] } else { 1 },
                hours_ahead: if rng.permille(250) { 1 + rng.below(11) } else { 0 },
                full_v6: rng.permille(80),
                layout: Layout { indent, newline: if rng.permille(120) { "\r\n" } else { "\n" } },
            }
        })
        .collect()
}
