//! The worker program again, made for speed: the page loads it once it has started. Nothing but how it is compiled differs.

mod charsets;
mod file;
mod port;
mod reader;
mod start;
mod store;

const fn main() {}
