//! The page's second program: the screens behind the first figures. It is loaded when those are there, so that nobody waits for
//! it, asks the store through a line of its own, and follows the address as the first program does.
#![forbid(unsafe_code)]

mod app;
mod client;
mod report;
mod reports;
mod sources;
mod table;
#[cfg(test)]
mod tests;

// Shared with the first program.
#[path = "../view/address.rs"]
mod address;
#[path = "../view/locale.rs"]
mod locale;
#[path = "../view/source.rs"]
mod source;
#[path = "../view/ui.rs"]
mod ui;

fn main() {
    client::start(|client| {
        if let Some(place) = client::element("screens") {
            yew::Renderer::<app::App>::with_root_and_props(place, app::Props { client }).render();
        }
    });
}
