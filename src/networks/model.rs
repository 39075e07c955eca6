use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::analysis::Network;
use crate::lookups::{Looked, Reverse};

/// What a database says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatabaseInfo {
    /// The file's name.
    pub file: String,
    /// What it calls its kind, as `GeoLite2-City`.
    pub kind: String,
    /// What it says of itself in English: often who made it and under which licence.
    pub description: Option<String>,
    /// When it was made, in seconds since the epoch.
    pub built: u64,
}

/// What a database tells of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The number of the autonomous system and its name, as `AS64496 Example Ltd`.
    pub network: Option<String>,
    /// The country in two letters.
    pub country: Option<String>,
    /// The city, in English where it has several names.
    pub city: Option<String>,
}

/// Why a file is no database that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum DatabaseError {
    /// It is not in MaxMind's format, or broken.
    #[error("no database in MaxMind's format: {0}")]
    Broken(String),
    /// The browser does not give its bytes.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

/// All that is known of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The registry that has given it out: its name.
    pub registry: Option<String>,
    /// Of when the table of registries is.
    pub registries: String,
    /// The range it is in that is kept for a special purpose, the purpose's word and the RFC that says so.
    pub special: Option<(Network, String, String)>,
    /// What databases tell.
    pub place: Place,
    /// The databases that were asked.
    pub databases: Vec<DatabaseInfo>,
    /// What its registry tells.
    pub looked: Option<Box<Looked>>,
    /// Its name.
    pub reverse: Option<Reverse>,
    /// The hosts that are asked for it where look-ups are on: its registry's service and the resolver.
    pub hosts: Vec<String>,
}

/// A source and its address.
pub type Numbered = (u32, IpAddr);
