//! The two roles of the worker program, without the browser: what a reader does with files and what the store does with messages.

mod files;
mod packer;
mod rows;
mod store;

pub use packer::{Outbox, Packer};
pub use store::{ClientId, Store, Worked};
