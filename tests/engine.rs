//! The query engine against a recount by hand, the filter's text form, and queries worked on while reports come in.

#[path = "engine/agreement.rs"]
mod agreement;
#[path = "engine/causes.rs"]
mod causes;
#[path = "engine/grammar.rs"]
mod grammar;
#[path = "engine/recount.rs"]
mod recount;
#[path = "engine/steps.rs"]
mod steps;
mod support;
#[path = "engine/terms.rs"]
mod terms;
#[path = "engine/values.rs"]
mod values;
