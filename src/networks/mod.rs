//! Whose an address is, as far as that is known without asking anyone: its registry and special purpose from tables that come
//! with the program, its network and place from databases that the person has.
//!
//! ```text
//!   registries   ranges → registry and the base of its look-up service (IANA, dated)
//!   special      ranges → special purpose (IANA)
//!   database     a file in MaxMind's format → network, country, city
//!   book         all of it together with what was looked up: the facts of addresses
//! ```

#[cfg(feature = "networks")]
mod book;
#[cfg(feature = "networks")]
mod database;
mod model;
mod ranges;
mod registries;
mod special;

#[cfg(feature = "networks")]
pub use book::{Book, Found};
#[cfg(feature = "networks")]
pub use database::Database;
pub use model::{DatabaseError, DatabaseInfo, Known, Numbered, Place};
pub use ranges::Ranges;
pub use registries::{Registries, Registry};
pub use special::{Purpose, Specials};
