//! What the screens and the program that knows addresses say to each other. That program, which is loaded when a screen needs
//! it, has a line to the store of its own: it asks there which addresses there are and tells what is known of them.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::lookups::Refusal;
use crate::networks::{DatabaseError, DatabaseInfo, Known};

/// From the screens to the program.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ToNetworks {
    /// Speak to the store through the port that comes along.
    Store,
    /// Ask this database from now on; its bytes, an `ArrayBuffer`, come along.
    Database {
        /// The file's name.
        file: String,
    },
    /// Tell all that is known of an address.
    Tell {
        /// Comes back with the answer.
        id: u32,
        /// The address.
        address: IpAddr,
    },
    /// Tell whom look-ups of these addresses would ask, leaving out what is known already.
    Plan {
        /// Comes back with the answer.
        id: u32,
        /// The addresses.
        addresses: Vec<IpAddr>,
    },
    /// Use these settings from now on.
    Set(Settings),
    /// Look these addresses up, if look-ups are on.
    Look {
        /// The addresses.
        addresses: Vec<IpAddr>,
        /// Whether to ask again for what is known.
        again: bool,
    },
    /// Rest, or go on.
    Pause(bool),
    /// Ask nothing more.
    Cancel,
    /// Forget what was looked up.
    Clear,
    /// Give out what was looked up.
    Export {
        /// Comes back with the answer.
        id: u32,
    },
}

/// What a person decides of look-ups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whether they are on at all.
    pub is_on: bool,
    /// The word of the resolver that is asked for names; none: names are not asked for.
    pub resolver: Option<String>,
}

/// From the program to the screens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum FromNetworks {
    /// The program runs.
    Ready {
        /// Which build it is.
        build: String,
        /// The resolvers that can be chosen: their words and hosts. None: this build looks nothing up.
        resolvers: Vec<(String, String)>,
    },
    /// What is decided of look-ups.
    Settings(Settings),
    /// What is known of an address.
    Known {
        /// The id of the question.
        id: u32,
        /// All of it.
        known: Box<Known>,
    },
    /// The databases that are asked now, or why the one that came is none.
    Databases(Result<Vec<DatabaseInfo>, (String, DatabaseError)>),
    /// Whom look-ups would ask.
    Plan {
        /// The id of the question.
        id: u32,
        /// Hosts and what they would be asked for.
        hosts: Vec<(String, Vec<IpAddr>)>,
    },
    /// How look-ups get on.
    Progress(Progress),
    /// What was looked up, as JSON.
    Export {
        /// The id of the question.
        id: u32,
        /// The text.
        text: String,
    },
    /// The program stops here, with these words.
    Panicked(String),
}

/// How look-ups get on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Questions in all: an address's holder and its name are two.
    pub all: u32,
    /// Answered, or known by an answer to another.
    pub done: u32,
    /// Without an answer, and why: the last of each.
    pub refused: Vec<(String, IpAddr, Refusal)>,
    /// Whether it rests because the person wants that.
    pub is_paused: bool,
    /// Seconds until the next question, where a service asked for peace.
    pub waits: Option<u32>,
    /// Whether questions are left.
    pub is_active: bool,
}
