use wasm_bindgen::prelude::wasm_bindgen;

use super::{reader, store};

/// Starts a role; called by `boot.js` once the program is compiled.
#[wasm_bindgen]
pub fn start(role: &str) {
    match role {
        "store" => store::start(),
        _ => reader::start(),
    }
}
