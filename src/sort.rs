use std::cmp::Ordering;

/// What is sorted: a number that decides, and the thing's own, which tells how to go on where the first is equal.
pub type Item = (u64, u32);

/// How things compare.
pub type Compare<'a> = &'a dyn Fn(&Item, &Item) -> Ordering;

/// Sorts things. One sort for all that is ever sorted, as each compiled copy weighs more than all else around it.
pub fn sort(items: &mut [Item], compare: Compare<'_>) {
    items.sort_unstable_by(compare);
}
