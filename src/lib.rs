//! DMARCscope's core.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod intake;
pub mod ledger;
pub mod report;
