//! Gives habits to some of many unequal members, so that a share of all reports shows each.

use crate::rng::scatter;

/// Which members have a habit: together they have that share (in 1,000) of the weight, as closely as can be.
///
/// Each number walks the members in an order of its own: the habits are independent.
pub fn habit(number: u64, permille: u64, weights: &[u64]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|index| (scatter(number * 1000 + *index as u64), *index));
    let (mut seen, mut taken, mut has) = (0, 0, vec![false; weights.len()]);
    for index in order {
        let weight = weights[index];
        seen += weight;
        // Rounding to the nearer side keeps the share after every member.
        if (taken * 2 + weight) * 1000 <= seen * 2 * permille {
            taken += weight;
            has[index] = true;
        }
    }
    has
}
