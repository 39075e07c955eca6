//! From files through readers to the store and its answers, as in the browser, with every message packed on its way.

#[path = "store/again.rs"]
mod again;
#[path = "store/arrival.rs"]
mod arrival;
#[path = "store/facts.rs"]
mod facts;
#[path = "store/figures.rs"]
mod figures;
#[path = "store/first.rs"]
mod first;
#[path = "store/groups.rs"]
mod groups;
#[path = "store/judge.rs"]
mod judge;
#[path = "store/known.rs"]
mod known;
#[path = "store/labels.rs"]
mod labels;
#[path = "store/ledger.rs"]
mod ledger;
#[path = "store/ours.rs"]
mod ours;
#[path = "store/rows.rs"]
mod rows;
#[path = "store/senders.rs"]
mod senders;
mod support;
#[path = "store/turns.rs"]
mod turns;
#[path = "store/whole.rs"]
mod whole;
