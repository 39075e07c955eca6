use serde::{Deserialize, Serialize};

/// How much of an input is read before it is stopped. The one home of every limit; each ends in a note that names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Unpacked bytes of one member of a file.
    pub unpacked_size: u64,
    /// Unpacked bytes for each packed byte, over a whole file, once [`ratio_from`](Self::ratio_from) bytes have been unpacked.
    pub ratio: u64,
    /// Unpacked bytes below which the ratio does not matter: small reports pack very well.
    pub ratio_from: u64,
    /// Containers inside each other.
    pub depth: usize,
    /// Entries of one archive.
    pub entries: u64,
    /// Bytes of one record, or of any other piece of a report that is read at once.
    pub element_size: usize,
    /// Elements inside each other.
    pub element_depth: usize,
    /// Bytes of an archive inside another container, which has to be held in memory to be read.
    pub nested_archive: usize,
}

impl Limits {
    /// The limits that the page uses.
    pub const DEFAULT: Self = Self {
        unpacked_size: 4 << 30,
        // Deflate can do no more than 1,032; the most repetitive of 3,000 real reports comes to 166.
        ratio: 500,
        ratio_from: 64 << 20,
        depth: 8,
        entries: 1_000_000,
        element_size: 8 << 20,
        element_depth: 64,
        nested_archive: 32 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
