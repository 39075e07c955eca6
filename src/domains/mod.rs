//! Domain names: when two spellings are one name, and which organization a name belongs to.
//!
//! The organizational domain comes from the Public Suffix List (RFC 7489 §3.2), which is read at run time from an asset, so
//! that no program carries it and a newer one can take its place.

mod domain;
mod idn;
mod list;

pub use domain::Domain;
pub use idn::to_ascii;
pub use list::{ListError, ListErrorKind, Part, Section, SuffixList};
