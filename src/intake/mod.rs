//! From files to reports: containers are told by content and opened within limits.

pub mod charset;
mod limits;
mod locator;
mod receiver;

pub use limits::Limits;
pub use locator::{Locator, Step};
pub use receiver::{Context, Receiver, Stop};
