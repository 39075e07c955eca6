//! The export program: loaded when something is to leave the page, a worker of its own so that nobody waits for it. It asks the
//! store for rows through a line of its own, writes them in the form that is asked for, and hands the page a file.
#![forbid(unsafe_code)]

mod sources;
mod work;

// Shared with the worker program.
#[path = "../worker/file.rs"]
mod file;
#[path = "../worker/port.rs"]
mod port;

use wasm_bindgen::prelude::wasm_bindgen;

const fn main() {}

/// Starts the program; called by `boot.js` once it is compiled. It has one role.
#[wasm_bindgen]
pub fn start(_role: &str) {
    work::start();
}
