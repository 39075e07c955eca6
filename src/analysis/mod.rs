//! The one query engine: a filter, worked out over the dictionaries, selects rows; collectors answer every question in one pass.

mod collect;
mod compile;
mod filter;
pub mod grammar;
mod groups;
mod order;
mod query;
mod run;
mod series;
mod totals;
mod zone;

pub use filter::{Clause, Filter, Network, Pattern, Period, Term};
pub use query::{Answer, Ask, Column, DayRow, Dimension, Group, Groups, Key, Order, Query, ReportKey, Series, Totals};
pub use run::{Run, answer};
pub use series::{AROUND, LONG_PERIOD, USUAL};
pub use zone::{Day, Zone};
