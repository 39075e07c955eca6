//! The same report again, in every shape: what counts, and what is told.

#[path = "twins/order.rs"]
mod order;
#[path = "twins/shapes.rs"]
mod shapes;
mod support;
