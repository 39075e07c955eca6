#![no_main]
#![allow(dead_code)]

#[path = "../../tests/support_fuzz/mod.rs"]
mod support_fuzz;

libfuzzer_sys::fuzz_target!(|data: &[u8]| support_fuzz::containers::msg(data));
