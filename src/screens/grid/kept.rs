//! How a person left a table, for when they come back to it in this session.

use std::cell::RefCell;
use std::collections::BTreeMap;

use yew::AttrValue;

use dmarcscope::analysis::Order;

use super::window::{Place, Scale};

thread_local! {
    static KEPT: RefCell<BTreeMap<&'static str, Kept>> = const { RefCell::new(BTreeMap::new()) };
}

/// How a table was left.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// Columns that are shown although they were hidden at first, or the other way round.
    pub turned: Vec<&'static str>,
    /// The order.
    pub order: Order,
    /// What the rows were of (only there the place is the same one), where it was scrolled to, its sizes, and the row that keys
    /// had come to; none of a search.
    pub at: Option<(AttrValue, Place, Scale, Option<u32>)>,
}

/// How the table of this name was left.
pub fn recall(name: &'static str) -> Option<Kept> {
    KEPT.with_borrow(|all| all.get(name).cloned())
}

/// Keeps how the table of this name is left.
pub fn keep(name: &'static str, kept: Kept) {
    KEPT.with_borrow_mut(|all| all.insert(name, kept));
}
