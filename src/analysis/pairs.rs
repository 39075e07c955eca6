use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

/// Numbers for pairs of numbers, in the order in which they are first asked for.
///
/// Nearly every row asks: a pair is found by two multiplications and, as a rule, one look.
#[derive(Debug, Default)]
pub struct Pairs {
    all: Vec<(u32, u32)>,
    /// Numbers, each at the place that its pair is hashed to or at the next free one. A power of two of places, at the most half
    /// of them used.
    table: Vec<u32>,
    /// Made up anew for each table, so that nobody can aim at one place.
    seed: u32,
}

/// The number in a place that is free. No pair ever has it: there would be no room for so many.
const FREE: u32 = u32::MAX;
/// Places at first.
const LEAST: usize = 1 << 10;

impl Pairs {
    /// The number of a pair, which may be a new one.
    #[inline]
    pub fn number(&mut self, a: u32, b: u32) -> u32 {
        match self.look(a, b) {
            Ok(number) => number,
            Err(place) => self.add(a, b, place),
        }
    }

    /// A pair's number, or the place that is free for it; none where there is no table yet.
    #[inline]
    fn look(&self, a: u32, b: u32) -> Result<u32, Option<usize>> {
        let mask = self.table.len().wrapping_sub(1);
        let mut place = mix(self.seed, a, b) & mask;
        while let Some(number) = self.table.get(place) {
            match self.all.get(*number as usize) {
                Some(known) if *known == (a, b) => return Ok(*number),
                Some(_) => {}
                None => return Err(Some(place)),
            }
            place = place.wrapping_add(1) & mask;
        }
        Err(None)
    }

    fn add(&mut self, a: u32, b: u32, mut place: Option<usize>) -> u32 {
        if self.all.len().saturating_mul(2) >= self.table.len() {
            let places = self.table.len().saturating_mul(2).max(LEAST);
            self.table = vec![FREE; places];
            self.seed = DefaultHashBuilder::default().hash_one(places) as u32 | 1;
            for number in 0..self.all.len() {
                let Some((a, b)) = self.all.get(number).copied() else { continue };
                // All are different: the first free place is its own.
                let mut place = mix(self.seed, a, b);
                loop {
                    place &= places.wrapping_sub(1);
                    match self.table.get_mut(place) {
                        Some(slot) if *slot == FREE => break *slot = u32::try_from(number).unwrap_or(FREE),
                        Some(_) => place = place.wrapping_add(1),
                        None => break,
                    }
                }
            }
            place = self.look(a, b).err().flatten();
        }
        let number = u32::try_from(self.all.len()).unwrap_or(FREE);
        if let Some(slot) = place.and_then(|place| self.table.get_mut(place)) {
            *slot = number;
        }
        self.all.push((a, b));
        number
    }

    /// The pair of a number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<(u32, u32)> {
        self.all.get(number as usize).copied()
    }

    /// The pairs from a number on, in order.
    pub fn iter_from(&self, number: usize) -> impl Iterator<Item = (u32, u32)> {
        self.all.iter().skip(number).copied()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }
}

/// Spreads pairs: numbers are given one after the other, so that neighbours are the rule.
const fn mix(seed: u32, a: u32, b: u32) -> usize {
    let mixed = (a.wrapping_mul(seed) ^ b).wrapping_mul(0x85EB_CA6B);
    (mixed ^ (mixed >> 15)) as usize
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
