//! Aggregate reports as they are found in the wild: what each oddity reads as, and which notes it leaves.
//!
//! One test for each oddity. Reports are put together from small pieces, so that a test shows what is odd and nothing else.

#[path = "reading/dates.rs"]
mod dates;
#[path = "reading/limits.rs"]
mod limits;
#[path = "reading/markup.rs"]
mod markup;
#[path = "reading/plain.rs"]
mod plain;
#[path = "reading/structure.rs"]
mod structure;
#[path = "reading/support.rs"]
mod support;
#[path = "reading/values.rs"]
mod values;
