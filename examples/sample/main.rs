//! Makes the sample set that the page offers to try: one month of an organization's DMARC reports, with a story in it.
//!
//! `cargo run --release --example sample -- assets/sample.zip`
//!
//! `story` tells who sends and what goes wrong, `reporters` who reports. The rest works out the files from them: `volume` how
//! many messages each sender has on a day, `verdict` what a receiver makes of them, `report` and `set` what is sent. The bytes
//! are always the same. Every name and every address is invented and reserved for examples.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod archive;
mod model;
mod report;
mod reporters;
mod set;
mod story;
#[cfg(test)]
mod tests;
mod verdict;
mod volume;
mod xml;

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: sample OUT.zip");
        return ExitCode::from(2);
    };
    match archive::pack(&set::files()).and_then(|bytes| std::fs::write(&path, bytes)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}
