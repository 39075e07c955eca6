//! The overview on paper: a report of a few pages. `styles/screens/print.css` makes it one; here is what only paper needs.

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use dmarcscope::text::Value;

use super::address::{Show, View, go};
use super::client::document;
use super::ui::use_words;

/// Milliseconds between two looks whether the overview is drawn, and how many looks are taken at the most.
const WAIT: u32 = 100;
const LOOKS: u32 = 100;
/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// Properties of [`PrintHead`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The view.
    pub view: View,
}

/// Title, filter and the day of printing: on paper alone.
#[component]
pub fn PrintHead(props: &Props) -> Html {
    let words = use_words();
    let filter = props.view.selected();
    #[expect(clippy::cast_possible_truncation, reason = "days are few")]
    let today = words.locale().day((js_sys::Date::now() / DAY).floor() as i32);
    let said = match filter.clauses.is_empty() {
        true => String::new(),
        false => words.say_with("summary-filter", &[("filter", Value::Text(&filter.to_string()))]),
    };
    html! {
        <div class="print-head">
            <h1>{ words.say("summary-title") }</h1>
            <p>{ said }</p>
            <p class="quiet">{ words.say_with("print-made", &[("day", Value::Text(&today))]) }</p>
        </div>
    }
}

/// Prints the overview of a view, once it is there.
pub fn print(view: &View) {
    go(&view.on(Show::Overview));
    later(LOOKS);
}

fn later(looks: u32) {
    Timeout::new(WAIT, move || {
        let is_ready =
            document().query_selector("html[data-screens=\"ready\"] .cards").is_ok_and(|found| found.is_some());
        if !is_ready && looks > 0 {
            return later(looks - 1);
        }
        if let Some(window) = web_sys::window() {
            // Where there is nothing to print to, the browser says so.
            let _ = window.print();
        }
    })
    .forget();
}
