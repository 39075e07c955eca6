//! Whose addresses are: what is known at once, what databases tell, what registries and resolvers tell where a person asks them.
//!
//! ```text
//!   Networks    the program that knows: started when it is needed, asked, listened to
//!    ├ panel      all that is known of one address, on a source's screen
//!    │  └ abuse     the facts of a source as a text for its abuse contact
//!    ├ batch      the biggest sources looked up, one after the other
//!    ├ consent    what look-ups tell others, before the first one
//!    ├ databases  which are asked, on every screen that shows what they tell
//!    └ map        countries on a map
//! ```

mod abuse;
mod batch;
mod consent;
mod country;
mod databases;
mod map;
mod panel;
mod program;

pub use batch::Batch;
pub use country::country_name;
pub use databases::Databases;
pub use map::CountryMap;
pub use panel::Whois;
pub use program::Networks;
