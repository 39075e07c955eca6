//! The roles of the worker programs, without the browser: what a reader does with files and what the store does with messages;
//! and what stands in for the store until that is loaded.

mod files;
mod first;
mod held;
mod packer;
mod rows;
mod store;

pub use first::{First, Handled};
pub use packer::{Outbox, Packer};
pub use store::{ClientId, Store, Worked};
