//! The worker program. One program, two roles: `reader` reads files and hands over rows; `store` owns them and answers.
//!
//! Only the browser's side of it is here: the roles themselves are the library's, tested on the host.

mod charsets;
mod file;
mod port;
mod reader;
mod store;

use wasm_bindgen::prelude::wasm_bindgen;

const fn main() {}

/// Starts a role; called by `boot.js` once the program is compiled.
#[wasm_bindgen]
pub fn start(role: &str) {
    match role {
        "store" => store::start(),
        _ => reader::start(),
    }
}
