//! The one query engine: a filter, worked out over the dictionaries, selects rows; collectors answer every question in one
//! pass, and in further ones where it is asked what is inside groups.
//!
//! Filters and groups read the same keys: what a record's values of a dimension are is worked out in one place, once
//! for each entry of the dictionaries.

mod anywhere;
pub mod causes;
mod chosen;
mod collect;
mod compared;
mod compile;
mod cursor;
mod field;
mod filter;
pub mod grammar;
mod grouping;
mod groups;
mod kept;
mod key;
mod keys;
mod look;
mod names;
mod order;
mod pairs;
mod pattern;
mod policies;
mod query;
mod results;
mod run;
mod series;
mod texts;
mod totals;
mod turns;
mod via;
mod within;
mod zone;

pub use field::Field;
pub use filter::{Clause, Filter, Judge, Network, Period, Term};
pub use kept::Kept;
pub use key::{Check, Key, ReportKey, Signature};
pub use pattern::{Needle, Parts, Pattern};
pub use query::{
    Answer, Ask, Chosen, Column, Compared, DayRow, Dimension, Group, Groups, MOST, Order, Policies, PolicyChange,
    Query, Series, Sides, Totals, Turn, Within,
};
pub use run::{Run, answer};
pub use series::{AROUND, LONG_PERIOD, USUAL};
pub use totals::totals;
pub use zone::{Day, Zone};
