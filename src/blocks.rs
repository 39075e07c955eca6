//! A list that never moves what is in it.

/// Items in a block.
const BLOCK: usize = 4_096;

/// A list in blocks. A vector that grows moves everything it holds at once, which takes longer and longer; here an item stays
/// where it was put, so that adding one always takes as long.
#[derive(Clone, Debug)]
pub struct Blocks<T> {
    blocks: Vec<Vec<T>>,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Self { blocks: Vec::new() }
    }
}

impl<T> Blocks<T> {
    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.blocks.last().map_or(0, |last| self.blocks.len().saturating_sub(1).saturating_mul(BLOCK) + last.len())
    }

    /// Whether there is no item.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds an item.
    pub fn push(&mut self, item: T) {
        match self.blocks.last_mut().filter(|last| last.len() < BLOCK) {
            Some(last) => last.push(item),
            None => {
                // The first block grows with a small list; room for all items of the others is taken at once.
                let mut block = Vec::with_capacity(if self.blocks.is_empty() { 0 } else { BLOCK });
                block.push(item);
                self.blocks.push(block);
            }
        }
    }

    /// The item at a place.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&T> {
        self.blocks.get(place / BLOCK)?.get(place % BLOCK)
    }

    /// The item at a place, to be changed.
    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        self.blocks.get_mut(place / BLOCK)?.get_mut(place % BLOCK)
    }

    /// Every item in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.iter_from(0)
    }

    /// Every item from a place on, in order.
    pub fn iter_from(&self, place: usize) -> impl Iterator<Item = &T> {
        self.blocks.iter().skip(place / BLOCK).flatten().skip(place % BLOCK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_where_they_were_put() {
        let mut list = Blocks::default();
        assert!(list.is_empty());
        let count = 2 * BLOCK + 3;
        for n in 0..count {
            assert_eq!(list.len(), n);
            list.push(n);
        }
        assert_eq!(list.iter().copied().collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
        for place in [0, 1, BLOCK - 1, BLOCK, 2 * BLOCK + 2] {
            assert_eq!((list.get(place), list.iter_from(place).next()), (Some(&place), Some(&place)));
        }
        assert_eq!((list.get(count), list.iter_from(count).next()), (None, None));
        *list.get_mut(BLOCK).unwrap() = 7;
        assert_eq!(list.get(BLOCK), Some(&7));
    }
}
