//! How fast reports become a dataset and queries become answers, held against what is wanted.
//!
//! `cargo bench` prints a table at the end; `cargo bench -- queries` runs a part of it.
#![forbid(unsafe_code)]

mod queries;
mod reading;
mod set;
mod table;
mod timing;

// The generator's own modules: the very code that makes the test sets makes what is measured, without a file.
#[path = "../../examples/generate"]
#[allow(dead_code, reason = "the generator itself uses the rest")]
mod generate {
    pub mod archetypes;
    pub mod domains;
    pub mod habits;
    pub mod names;
    pub mod plan;
    pub mod record;
    pub mod report;
    pub mod reporters;
    pub mod rng;
    pub mod rows;
    pub mod scene;
    pub mod sources;
    pub mod totals;
    pub mod xml;
}
// They call each other by these names.
use generate::{domains, habits, names, plan, record, report, reporters, rng, rows, scene, sources, totals, xml};

use std::time::Duration;

use criterion::Criterion;

use table::Table;

fn main() {
    // Ten samples are few, but each is a pass over a million rows or over tens of megabytes.
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(300))
        .configure_from_args();
    let mut table = Table::default();
    reading::run(&mut criterion, &mut table);
    queries::run(&mut criterion, &mut table);
    criterion.final_summary();
    table.print();
}
