//! The page's second program: the screens behind the first figures. It is loaded when those are there, so that nobody waits for
//! it, asks the store through a line of its own, and follows the address as the first program does.
#![forbid(unsafe_code)]

mod app;
mod asked;
mod attention;
mod bars;
mod beside;
mod board;
mod breakdown;
mod cards;
mod chart;
mod client;
mod clipboard;
mod compare;
mod copy;
mod doors;
mod explain;
mod export;
mod filter;
mod glossary;
mod grid;
mod groups;
mod items;
mod labels;
mod ledger;
mod modal;
mod names;
mod place;
mod print;
mod record;
mod records;
mod report;
mod reports;
mod senders;
mod share;
mod sources;
#[cfg(test)]
mod tests;
mod top_sources;
mod trend;
mod whois;
mod xml;
mod xml_view;

// Shared with the first program.
#[path = "../view/address.rs"]
mod address;
#[path = "../view/clock.rs"]
mod clock;
#[path = "../view/session/launcher.rs"]
mod launcher;
#[path = "../view/session/link.rs"]
mod link;
#[path = "../view/locale.rs"]
mod locale;
#[path = "../view/ui.rs"]
mod ui;

fn main() {
    client::start(|client| {
        beside::take_beside(&client);
        if let Some(place) = client::element("screens") {
            yew::Renderer::<app::App>::with_root_and_props(place, app::Props { client }).render();
        }
    });
}
