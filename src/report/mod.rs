//! Aggregate reports, typed and tolerant: what they say, and the reader that takes them from bytes.

mod decimal;
mod figures;
pub mod keyword;
mod model;
pub mod ours;
mod reader;
mod sink;
pub mod verdict;

pub use figures::Figures;
pub use model::{Dialect, Dkim, Evaluated, PolicyPublished, Reason, Record, Report, Spf, Worded};
pub use reader::{Ending, read_reports};
pub use sink::Sink;

/// A report's number in a dataset, in the order of reading.
pub type ReportId = u32;
