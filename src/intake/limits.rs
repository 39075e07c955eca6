use serde::{Deserialize, Serialize};

use crate::ledger::LimitKind;

/// A limit and what it is to be in place of the usual.
pub type Raise = (LimitKind, u64);

/// How many times as much a person allows who has a file read anyway; after that it is [`Limits::MOST`].
const STEP: u64 = 10;

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

    /// As far as a person can raise them for a file: no limit but memory's, and that of the program's own stack.
    ///
    /// A report's source is read again within these: no more is read for it than was read before.
    pub const MOST: Self = Self {
        unpacked_size: u64::MAX,
        ratio: u64::MAX,
        ratio_from: Self::DEFAULT.ratio_from,
        // Each container takes its share of the stack.
        depth: 64,
        entries: u64::MAX,
        // A buffer that grows is there twice for a moment, and a browser gives a program 4 GiB.
        element_size: 1 << 30,
        element_depth: 1 << 20,
        nested_archive: 1 << 30,
    };

    /// What a limit that stopped a file at `value` is raised to next; `None` where no more can be done.
    #[must_use]
    pub fn next(kind: LimitKind, value: u64) -> Option<u64> {
        let most = Self::MOST.get(kind)?;
        let usual = Self::DEFAULT.get(kind)?;
        (value < most).then(|| if value > usual { most } else { usual.saturating_mul(STEP).min(most) })
    }

    /// The usual limits but for those that are raised; of a limit that is raised more than once the highest counts.
    #[must_use]
    pub fn raised(raises: &[Raise]) -> Self {
        let mut limits = Self::DEFAULT;
        for (kind, value) in raises {
            limits.raise(*kind, *value);
        }
        limits
    }

    /// A limit; `None` for what no setting of ours decides.
    const fn get(&self, kind: LimitKind) -> Option<u64> {
        Some(match kind {
            LimitKind::UnpackedSize => self.unpacked_size,
            LimitKind::Ratio => self.ratio,
            LimitKind::Depth => self.depth as u64,
            LimitKind::Entries => self.entries,
            LimitKind::ElementSize => self.element_size as u64,
            LimitKind::ElementDepth => self.element_depth as u64,
            LimitKind::NestedArchive => self.nested_archive as u64,
            LimitKind::Memory => return None,
        })
    }

    /// Raises a limit to what may be had of the value.
    fn raise(&mut self, kind: LimitKind, value: u64) {
        let value = value.min(Self::MOST.get(kind).unwrap_or_default());
        let size = usize::try_from(value).unwrap_or(usize::MAX);
        match kind {
            LimitKind::UnpackedSize => self.unpacked_size = self.unpacked_size.max(value),
            LimitKind::Ratio => self.ratio = self.ratio.max(value),
            LimitKind::Depth => self.depth = self.depth.max(size),
            LimitKind::Entries => self.entries = self.entries.max(value),
            LimitKind::ElementSize => self.element_size = self.element_size.max(size),
            LimitKind::ElementDepth => self.element_depth = self.element_depth.max(size),
            LimitKind::NestedArchive => self.nested_archive = self.nested_archive.max(size),
            LimitKind::Memory => {}
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [LimitKind; 7] = [
        LimitKind::UnpackedSize,
        LimitKind::Ratio,
        LimitKind::Depth,
        LimitKind::Entries,
        LimitKind::ElementSize,
        LimitKind::ElementDepth,
        LimitKind::NestedArchive,
    ];

    #[test]
    fn a_limit_is_raised_ten_times_then_as_far_as_it_goes() {
        for kind in ALL {
            let usual = Limits::DEFAULT.get(kind).unwrap();
            let most = Limits::MOST.get(kind).unwrap();
            let once = Limits::next(kind, usual).unwrap();
            assert_eq!(once, (usual * 10).min(most), "{kind:?}");
            let limits = Limits::raised(&[(kind, once), (kind, usual)]);
            assert_eq!(limits.get(kind), Some(once));
            for other in ALL.into_iter().filter(|other| *other != kind) {
                assert_eq!(limits.get(other), Limits::DEFAULT.get(other), "{other:?} is not raised with {kind:?}");
            }
            assert_eq!(Limits::next(kind, once), (once < most).then_some(most), "{kind:?}");
            assert_eq!(Limits::next(kind, most), None);
            assert_eq!(Limits::raised(&[(kind, once), (kind, u64::MAX)]).get(kind), Some(most), "never more");
        }
        assert_eq!(Limits::next(LimitKind::Memory, 0), None);
        assert_eq!(Limits::raised(&[(LimitKind::Memory, 9)]), Limits::DEFAULT);
    }
}
