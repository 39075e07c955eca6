//! What is asked of others on a person's word: whose range an address is in (RDAP, STD 95), and its name in the reverse DNS
//! (JSON over HTTPS). Only what is asked and what answers mean is here; the program that asks knows the browser.
//!
//! ```text
//!   model   what look-ups tell, and why one tells nothing
//!   rdap    an answer's JSON (RFC 9083) → a holding
//!   dns     an answer's JSON → names, addresses
//!   json    values of JSON
//!   export  what was found, as JSON
//!   queue   whom to ask when: one line for each registry, slower where one asks for it
//! ```

#[cfg(feature = "lookups")]
pub mod dns;
#[cfg(feature = "lookups")]
mod export;
#[cfg(feature = "lookups")]
pub mod json;
mod model;
#[cfg(feature = "lookups")]
mod queue;
#[cfg(feature = "lookups")]
pub mod rdap;

#[cfg(feature = "lookups")]
pub use export::export;
pub use model::{Holding, Looked, Name, Party, Refusal, Reverse};
#[cfg(feature = "lookups")]
pub use queue::{Next, Queue, RESOLVER};

/// Bytes of an answer at the most: ordinary ones have some thousand.
pub const MOST: usize = 1 << 20;
/// Milliseconds until an answer is no longer waited for.
pub const PATIENCE: u32 = 15_000;
/// Seconds for which what a registry told is kept.
pub const HOLDING_AGE: i64 = 30 * 86_400;
/// Seconds for which a name is kept.
pub const NAME_AGE: i64 = 7 * 86_400;
