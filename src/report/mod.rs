//! Aggregate reports, typed and tolerant: what they say, and the reader that takes them from bytes.

pub mod keyword;
mod model;
mod sink;

pub use model::{Dialect, Dkim, Evaluated, PolicyPublished, Reason, Record, Report, Spf, Worded};
pub use sink::Sink;
