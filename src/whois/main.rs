//! The program that knows whose addresses are: a worker that is loaded when a screen needs it. It tells the store the facts of
//! every address there, answers the screens about single ones, and asks registries and a resolver where a person wants that.
//!
//! Only the browser's side of it is here: what is known and what answers mean is the library's, tested on the host.
#![forbid(unsafe_code)]

#[cfg(feature = "lookups")]
mod ask;
#[cfg(feature = "lookups")]
mod looking;
#[path = "../worker/port.rs"]
mod port;
mod program;
mod store;

use wasm_bindgen::prelude::wasm_bindgen;

const fn main() {}

/// Starts the program; called by `boot.js` once it is compiled. It has one role.
#[wasm_bindgen]
pub fn start(_role: &str) {
    program::start();
}
