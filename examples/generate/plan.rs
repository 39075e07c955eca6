//! Which reports there are: from whom, on which domain, for which days, and how many rows each has.

use crate::domains;
use crate::names;
use crate::reporters::{self, Reporter};
use crate::rng::{POSITIONS, Quantiles, Rng, mix, quantile, scatter};

/// The number of days all reports are spread over.
pub const DAYS: u64 = 90;
/// The seconds of a day.
pub const DAY: u64 = 86_400;
/// The end of the last day, 2026-10-31 (UTC).
pub const END: u64 = 1_793_404_800 + DAY;

/// Records in a report: half of the real ones have one, 1 % have more than 130, the largest has 3,555.
const SIZES: &Quantiles = &[
    (0, 1),
    (50_000, 1),
    (62_000, 2),
    (72_000, 4),
    (80_000, 6),
    (90_000, 16),
    (95_000, 38),
    (99_000, 130),
    (99_900, 900),
    (100_000, 3_555),
];

/// One report to be written.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its place in the set.
    pub index: u64,
    /// The reporter's index.
    pub reporter: usize,
    /// The policy domain's index.
    pub domain: usize,
    /// How many records.
    pub records: u64,
    /// The days covered: the first and the one after the last.
    pub days: (u64, u64),
    /// The covered seconds: the first and the last.
    pub range: (u64, u64),
    /// Different for each report.
    pub unique: u64,
}

/// Record counts, the largest first: the shape of `SIZES`, stretched to the exact total.
///
/// Only what exceeds one record is stretched, so that half of the reports keep a single one.
fn sizes(seed: u64, reports: u64, records: u64) -> Vec<u64> {
    let mut rng = Rng::new(&[seed, 10]);
    // One draw from each of equal parts: the shape is right for few reports too.
    let mut sizes: Vec<u64> = (0..reports)
        .map(|part| quantile(SIZES, ((part * 1000 + rng.below(1000)) * (POSITIONS / 1000)) / reports))
        .collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let extra: u64 = sizes.iter().map(|size| size - 1).sum();
    let wanted = records - reports;
    for size in &mut sizes {
        let scaled = u128::from(*size - 1) * u128::from(wanted) / u128::from(extra.max(1));
        *size = 1 + scaled as u64;
    }
    // What rounding lost goes to the large ones; there may be a single report to take all.
    let mut lost = records - sizes.iter().sum::<u64>();
    let takers = (reports / 3).max(1);
    for (index, size) in (0..takers).zip(&mut sizes) {
        let share = lost.div_ceil(takers - index);
        *size += share;
        lost -= share;
    }
    sizes
}

/// All reports, in the order they are written. There are at least as many records as reports.
pub fn all(seed: u64, reports: u64, records: u64, habits: &[Reporter]) -> Vec<Plan> {
    let mut rng = Rng::new(&[seed, 11]);
    let from: Vec<u64> = (0..names::REPORTERS).map(reporters::weight).collect();
    let about: Vec<u64> = (0..names::DOMAINS).map(domains::weight).collect();
    let base = mix(&[seed, 12]);
    let mut plans: Vec<Plan> = (0..reports)
        .map(|index| {
            let first = index as usize;
            // The first reports see to it that everyone occurs; 7 and the number of reporters share no factor.
            let reporter = if first < names::REPORTERS { first * 7 % names::REPORTERS } else { rng.weighted(&from) };
            let domain = if first < names::DOMAINS { first } else { rng.weighted(&about) };
            let (days, range) = period(&habits[reporter], &mut rng);
            let unique = scatter(base.wrapping_add(index));
            Plan { index, reporter, domain, records: 1, days, range, unique }
        })
        .collect();
    // Busy domains tend to have the large reports. The reporters all get some, so that each habit is frequent
    // among the rows too.
    let mut busy: Vec<(u64, usize)> =
        plans.iter().enumerate().map(|(place, plan)| (about[plan.domain] << rng.below(14), place)).collect();
    busy.sort_unstable_by(|a, b| b.cmp(a));
    for ((_, place), size) in busy.into_iter().zip(sizes(seed, reports, records)) {
        plans[place].records = size;
    }
    plans
}

/// The days and seconds of one report, within the 90 days.
fn period(reporter: &Reporter, rng: &mut Rng) -> ((u64, u64), (u64, u64)) {
    let first = rng.below(DAYS - reporter.days + 1);
    let days = (first, first + reporter.days);
    let start = END - DAYS * DAY;
    let shift = if first > 0 { reporter.hours_ahead * 3600 } else { 0 };
    let (begin, end) = (start + days.0 * DAY - shift, start + days.1 * DAY - shift);
    // Most end with the last second of the day, some with the first of the next.
    let end = if reporter.index % 4 == 3 && end < END { end } else { end - 1 };
    (days, (begin, end))
}
