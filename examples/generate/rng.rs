//! A small random generator whose stream is fixed by this file alone.
//!
//! Only integers are used: floating-point functions differ between machines, and the same
//! arguments must give the same bytes everywhere.

/// Splitmix64's finalizer: a bijection of the 64-bit numbers that scatters them well.
pub fn scatter(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A number that depends on every part and on their order.
pub fn mix(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |state, part| {
        scatter(state.wrapping_add(0x9e37_79b9_7f4a_7c15) ^ scatter(part.wrapping_add(1)))
    })
}

/// A table of (position in parts per 100,000, value): the inverse of a distribution function.
pub type Quantiles = [(u32, u64)];

/// The splitmix64 generator.
pub struct Rng(u64);

impl Rng {
    /// A stream for this purpose: the same parts give the same stream.
    pub fn new(parts: &[u64]) -> Self {
        Self(mix(parts))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scatter(self.0)
    }

    /// A number in `0..limit`. The tiny bias of the multiplication does not matter here.
    pub fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(limit)) >> 64) as u64
    }

    /// A number in `0..limit` that prefers the small ones.
    pub fn low(&mut self, limit: u64) -> u64 {
        let bound = self.below(limit) + 1;
        self.below(bound)
    }

    /// True in so many of 1,000 cases.
    pub fn permille(&mut self, share: u64) -> bool {
        self.below(1000) < share
    }

    /// One of the items.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len() as u64) as usize]
    }

    /// The index of one of the weights, each as likely as it is heavy.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// A draw from the distribution.
    pub fn quantile(&mut self, table: &Quantiles) -> u64 {
        quantile(table, self.below(POSITIONS))
    }
}

/// Positions in a table: thousandths of its unit, so that a long tail has more than a few values.
pub const POSITIONS: u64 = 100_000_000;

/// The value at that position, straight between the table's points.
pub fn quantile(table: &Quantiles, at: u64) -> u64 {
    let (mut before, mut low) = (0, table[0].1);
    for (point, value) in table {
        let point = u64::from(*point) * 1000;
        if at < point {
            return low + (value - low) * (at - before) / (point - before);
        }
        (before, low) = (point, *value);
    }
    low
}
