//! Charts: drawn by plotters on a canvas of ours into plain nodes ([`scene`]), shown as SVG by a Yew component.
//!
//! ```text
//! days, series ─ trend (plotters) ─ backend ─→ scene ─ svg ─→ component (figure, legend, keys, table)
//! ```
//!
//! Everything up to `scene` knows no browser and gives the same shapes everywhere. Colours are in `styles/` alone.

mod axis;
mod backend;
mod component;
mod ink;
mod metrics;
mod save;
mod scene;
mod svg;
mod table;
mod trend;
mod width;

pub use component::{TrendChart, Words};
pub use svg::paint;
pub use trend::{Day, Pattern, Series};
