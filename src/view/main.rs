//! The page. Draws what the store answers and sends files to readers; it never holds a record.
#![forbid(unsafe_code)]

mod address;
mod app;
mod clock;
mod figures;
mod filter;
mod focus;
mod incoming;
mod locale;
mod mark;
mod progress;
mod session;
#[cfg(test)]
mod tests;
mod ui;

fn main() {
    yew::Renderer::<app::App>::new().render();
}
