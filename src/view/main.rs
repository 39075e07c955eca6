//! The page. Draws what the store answers and sends files to readers; it never holds a record.
#![forbid(unsafe_code)]

mod address;
mod app;
mod chart;
mod figures;
mod filter;
mod incoming;
mod items;
mod ledger;
mod locale;
mod progress;
mod session;
mod source;
#[cfg(test)]
mod tests;
mod trend;
mod ui;

fn main() {
    yew::Renderer::<app::App>::new().render();
}
