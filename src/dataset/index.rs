use hashbrown::HashTable;

/// Finds places by hash. The hash is kept beside the place, so that growing asks nobody for it again, and so that one
/// compiled copy serves every dictionary.
#[derive(Clone, Debug, Default)]
pub(super) struct Index(HashTable<(u32, u32)>);

impl Index {
    /// The place with this hash for which `is` holds.
    pub(super) fn find(&self, hash: u64, is: &dyn Fn(u32) -> bool) -> Option<u32> {
        let short = shorten(hash);
        self.0.find(spread(short), |(known, place)| *known == short && is(*place)).map(|(_, place)| *place)
    }

    /// Adds a place that is not there yet.
    pub(super) fn insert(&mut self, hash: u64, place: u32) {
        let short = shorten(hash);
        self.0.insert_unique(spread(short), (short, place), |(known, _)| spread(*known));
    }

    /// Forgets all places, keeping the memory.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.0.allocation_size()
    }
}

/// The upper half: the hasher mixes it as well as the lower.
const fn shorten(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// The table looks at the highest and the lowest bits.
const fn spread(short: u32) -> u64 {
    (short as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
