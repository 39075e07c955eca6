//! The worker program with the store in it, loaded once the page has started and made for speed: it takes over what `main.rs`
//! has by then, and readers are started from it from then on.

mod charsets;
mod deliveries;
mod file;
mod port;
mod reader;
mod store;

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts a role; called by `boot.js` once the program is compiled.
#[wasm_bindgen]
pub fn start(role: &str) {
    match role {
        "store" => store::start(),
        _ => reader::start(),
    }
}

const fn main() {}
