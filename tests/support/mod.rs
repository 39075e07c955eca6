//! What the tests of the store share: reports to order, and the way of their bytes through readers to a store.
#![allow(dead_code, reason = "each test program takes its share")]

pub mod files;
pub mod page;
pub mod xml;

pub use page::{Page, Reader};
pub use xml::{Made, Row, row};
