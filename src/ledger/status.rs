use serde::{Deserialize, Serialize};

/// What became of an input. Ordered from best to worst.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Read whole, nothing had to be assumed.
    #[default]
    Read,
    /// A report of another kind: known for what it is, and counted, but not in the figures.
    Recognised,
    /// Read whole after named mends.
    Mended,
    /// A twin of a report that counts already.
    Duplicate,
    /// Some of it was read; a note says how far.
    Partial,
    /// Nothing of it was read; a note says what it is and what to do.
    Refused,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Recognised, Self::Mended, Self::Duplicate, Self::Partial, Self::Refused];

    /// The word that the page's `data-ledger-status` and the ledger's JSON use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Recognised => "recognised",
            Self::Mended => "mended",
            Self::Duplicate => "duplicate",
            Self::Partial => "partial",
            Self::Refused => "refused",
        }
    }
}

/// What kind of report an input holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// An aggregate report (RFC 7489 appendix C, RFC 9990).
    Aggregate,
    /// An SMTP TLS report (RFC 8460).
    Tls,
    /// A failure report (RFC 6591, RFC 9991).
    Failure,
}

impl Kind {
    /// The word that the ledger's JSON uses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Aggregate => "aggregate",
            Self::Tls => "tls",
            Self::Failure => "failure",
        }
    }
}
