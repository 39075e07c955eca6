//! DMARCscope's core.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod analysis;
pub mod dataset;
pub mod intake;
pub mod ledger;
pub mod protocol;
pub mod report;
pub mod roles;
pub mod storage;
#[cfg(feature = "text")]
pub mod text;
