//! What the tests of the store share: reports to order, and the way of their bytes through readers to a store.
#![allow(dead_code, reason = "each test program takes its share")]

pub mod batch;
pub mod files;
pub mod page;
pub mod xml;

#[allow(unused_imports, reason = "each test program takes its share")]
pub use page::{Page, Reader};
#[allow(unused_imports, reason = "each test program takes its share")]
pub use xml::{Made, Row, row};

/// So many random cases; a case that fails is told, not filed.
pub fn cases(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config { cases, failure_persistence: None, ..Default::default() }
}
