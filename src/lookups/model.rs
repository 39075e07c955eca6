use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::analysis::Network;

/// What a registry tells of a range of addresses (RFC 9083, section 5.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// The first address of the range.
    pub first: IpAddr,
    /// The last one.
    pub last: IpAddr,
    /// The range in CIDR form.
    pub cidrs: Vec<Network>,
    /// The registry's own key of the range.
    pub handle: Option<String>,
    /// The network's name.
    pub name: Option<String>,
    /// Under which terms it was given out, in the registry's words.
    pub kind: Option<String>,
    /// The country as the registry writes it: two letters, or a name from an address.
    pub country: Option<String>,
    /// The same in two letters, where it is known which.
    pub country_code: Option<String>,
    /// Who holds it.
    pub holder: Option<Party>,
    /// Where abuse is to be told.
    pub abuse: Option<Party>,
    /// The day on which it was registered (`YYYY-MM-DD`).
    pub registered: Option<String>,
    /// The day on which the entry was last changed.
    pub changed: Option<String>,
    /// Its states.
    pub status: Vec<String>,
    /// The registry's or holder's remarks, a paragraph each.
    pub remarks: Vec<String>,
    /// The key of the range around it.
    pub parent: Option<String>,
    /// Where the answer can be seen again.
    pub link: Option<String>,
    /// Another service that tells more of the range: a national registry's.
    pub referral: Option<String>,
}

/// A person or organization that a registry names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The registry's key of it.
    pub handle: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its addresses for mail, the best first.
    pub mails: Vec<String>,
    /// Its telephone numbers.
    pub phones: Vec<String>,
}

/// An answer and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// What it tells.
    pub holding: Holding,
    /// The service that was asked.
    pub url: String,
    /// When, in seconds since the epoch.
    pub asked: i64,
    /// The answer as it came.
    pub raw: String,
}

/// What the reverse DNS tells of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reverse {
    /// The name.
    pub name: Name,
    /// The resolver that was asked.
    pub resolver: String,
    /// When, in seconds since the epoch.
    pub asked: i64,
}

/// The state of an address's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Name {
    /// It has none.
    None,
    /// It has this one, which leads back to the address.
    Confirmed(String),
    /// It has this one, which does not lead back to the address: anyone can give an address any name.
    Unconfirmed(String),
    /// Nobody could tell.
    Failed(Refusal),
}

impl Name {
    /// The name, confirmed or not.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Confirmed(name) | Self::Unconfirmed(name) => Some(name),
            Self::None | Self::Failed(_) => None,
        }
    }
}

/// Why a look-up tells nothing, as far as a browser lets one know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// No registry has given out the address.
    #[error("no registry is known for the address")]
    NoRegistry,
    /// The service knows nothing of it.
    #[error("not found")]
    NotFound,
    /// The service was asked too often.
    #[error("asked too often")]
    TooMany,
    /// The service does not want to answer: a status of its own.
    #[error("refused with status {0}")]
    Status(u16),
    /// What came is no such answer.
    #[error("an answer that cannot be read")]
    Malformed,
    /// What came is too long.
    #[error("an answer that is too long")]
    TooLong,
    /// Nothing came in time.
    #[error("no answer in time")]
    TimedOut,
    /// The browser has no network.
    #[error("no network")]
    Offline,
    /// The page's own policy does not allow the service.
    #[error("blocked by the page's policy")]
    Policy,
    /// The browser does not say why: no connection, or an answer that its rules keep from the page.
    #[error("no connection, or kept from the page by the browser")]
    Unreachable,
    /// The person ended it.
    #[error("ended")]
    Cancelled,
}

impl Refusal {
    /// Every kind, with any status.
    pub const ALL: [Self; 11] = [
        Self::NoRegistry,
        Self::NotFound,
        Self::TooMany,
        Self::Status(500),
        Self::Malformed,
        Self::TooLong,
        Self::TimedOut,
        Self::Offline,
        Self::Policy,
        Self::Unreachable,
        Self::Cancelled,
    ];

    /// Its word, the last part of the keys of its words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoRegistry => "no-registry",
            Self::NotFound => "not-found",
            Self::TooMany => "too-many",
            Self::Status(_) => "status",
            Self::Malformed => "malformed",
            Self::TooLong => "too-long",
            Self::TimedOut => "timed-out",
            Self::Offline => "offline",
            Self::Policy => "policy",
            Self::Unreachable => "unreachable",
            Self::Cancelled => "cancelled",
        }
    }
}
