//! Changes of published policies, found in the reports.

use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Policies, PolicyChange};
use dmarcscope::text::Value;

use super::super::address::{Show, View};
use super::super::doors::{By, inside};
use super::super::names::name;
use super::super::ui::Ui;
use super::around;

/// The newest changes.
pub fn changes(words: &Ui, view: &View, policies: &Policies) -> Html {
    let rows = policies.rows.iter().enumerate().map(|(place, change)| row(words, view, place, change));
    let shown = policies.rows.len() as u64;
    let more = match shown {
        0 => words.say("changes-none"),
        shown if shown < policies.total => {
            words.say_with("changes-more", &[("shown", Value::Number(shown)), ("total", Value::Number(policies.total))])
        }
        _ => String::new(),
    };
    html! {
        <>
            <h2 id="changes-title">{ words.say("changes-title") }</h2>
            <ol class="change-list">{ for rows }</ol>
            <p class="quiet changes-more">{ more }</p>
        </>
    }
}

fn row(words: &Ui, view: &View, place: usize, change: &PolicyChange) -> Html {
    let (day, domain) = (words.locale().day(change.day), name(words, Dimension::Domain, &change.domain));
    let text = |key| name(words, Dimension::Published, key);
    let filter = inside(view, By(Dimension::Domain, None), &change.domain).unwrap_or_default();
    let href = View { filter: filter.clone(), ..view.on(Show::Overview) }.href();
    let compared = around(&View { filter, ..view.clone() }, change.day).href();
    html! {
        <li key={place}>
            <span class="change-day">{ day }</span>
            <a class="door change-domain" {href}>{ domain }</a>
            <span class="change-what">
                <code>{ text(&change.before) }</code>
                <span aria-hidden="true">{ " → " }</span><span class="unseen">{ words.say("changes-to") }</span>
                <code>{ text(&change.after) }</code>
            </span>
            <a class="change-compare" href={compared}>{ words.say("changes-compare") }</a>
        </li>
    }
}
