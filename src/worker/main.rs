//! The worker program that the page waits for: it reads files, hands over rows, and counts the headline figures of them. All
//! other questions are for the store, which is in the program of `fast.rs`.
//!
//! Only the browser's side of it is here: the roles themselves are the library's, tested on the host.

mod charsets;
mod deliveries;
mod file;
mod first;
mod port;
mod reader;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts a role; called by `boot.js` once the program is compiled.
#[wasm_bindgen]
pub fn start(role: &str) {
    match role {
        "store" => first::start(),
        _ => reader::start(),
    }
}

const fn main() {}
