//! The worker program. One program, two roles: `reader` reads files and hands over rows; `store` owns them and answers.
//!
//! Only the browser's side of it is here: the roles themselves are the library's, tested on the host. It is built twice: this
//! one is small, as the page waits for it; `fast.rs` is made for speed.

mod charsets;
mod file;
mod port;
mod reader;
mod start;
mod store;

const fn main() {}
