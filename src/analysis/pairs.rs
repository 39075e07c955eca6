use crate::dataset::Dictionary;

/// How many pairs are found without a look into the dictionary: a power of two.
const RECENT: usize = 1 << 13;
/// So many looks pay for the room that this takes.
const PAYS: u32 = 1 << 10;

/// Numbers for pairs of numbers, in the order in which they are first asked for.
///
/// Rows have few pairs as a rule, each of them again and again: a pair met a short while ago is found by two multiplications.
#[derive(Debug, Default)]
pub struct Pairs {
    /// With a sign, as a dictionary of such pairs is there already for days.
    known: Dictionary<(u32, i32)>,
    /// Pairs and their numbers, each at the only place where it may stand.
    recent: Vec<(u32, u32, u32)>,
    /// Looks so far, up to [`PAYS`].
    looks: u32,
}

impl Pairs {
    /// The number of a pair, which may be a new one.
    #[inline]
    pub fn number(&mut self, a: u32, b: u32) -> u32 {
        if self.looks < PAYS {
            self.looks += 1;
            if self.looks == PAYS {
                self.recent = vec![(0, 0, u32::MAX); RECENT];
            }
        }
        let mixed = a.wrapping_mul(0x9E37_79B1).wrapping_add(b).wrapping_mul(0x85EB_CA6B);
        let place = (mixed >> (u32::BITS - RECENT.trailing_zeros())) as usize;
        if let Some((known_a, known_b, number)) = self.recent.get(place)
            && (*known_a, *known_b) == (a, b)
            && *number != u32::MAX
        {
            return *number;
        }
        let number = self.known.intern((a, b.cast_signed()));
        if let Some(slot) = self.recent.get_mut(place) {
            *slot = (a, b, number);
        }
        number
    }

    /// The pair of a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<(u32, u32)> {
        self.known.get(number).map(|(a, b)| (*a, b.cast_unsigned()))
    }

    /// The pairs from a number on, in order.
    pub fn iter_from(&self, number: usize) -> impl Iterator<Item = (u32, u32)> {
        self.known.items().iter().skip(number).map(|(a, b)| (*a, b.cast_unsigned()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_keeps_its_number_however_many_come_between() {
        let mut pairs = Pairs::default();
        let all = || (0..300_u32).flat_map(|a| (0..100_u32).map(move |b| (a, b * 77)));
        for _ in 0..2 {
            for (number, (a, b)) in (0..).zip(all()) {
                assert_eq!(pairs.number(a, b), number);
            }
        }
        assert_eq!((pairs.len(), pairs.get(101), pairs.get(30_000)), (30_000, Some((1, 77)), None));
    }
}
