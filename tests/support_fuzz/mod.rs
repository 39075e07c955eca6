//! What is fuzzed: one function a target, fed with any bytes at all. `fuzz/` runs them by the million, `tests/replay.rs` a few
//! thousand times in every test run. Each panics where something that must always hold does not.

pub mod archives;
pub mod containers;
pub mod intake;
pub mod seeds;
pub mod xml;

use dmarcscope::intake::charset::HostCharsets;
use dmarcscope::intake::{Context, Limits};

/// A target.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: [(&str, Target); 8] = [
    ("sniff", containers::sniff),
    ("gzip", containers::gzip),
    ("zip", containers::zip),
    ("mail", containers::mail),
    ("tar", containers::tar),
    ("msg", containers::msg),
    ("xml", xml::xml),
    ("intake", intake::intake),
];

/// Limits so low that every one of them is met, and that no input takes long.
pub const LOW: Limits = Limits {
    unpacked_size: 256 << 10,
    ratio: 100,
    ratio_from: 64 << 10,
    depth: 3,
    entries: 32,
    element_size: 1 << 10,
    element_depth: 12,
    nested_archive: 32 << 10,
};

/// The context of a reading within limits.
pub fn context(limits: &Limits) -> Context<'_> {
    Context { limits, charsets: &HostCharsets }
}
