//! The sources of mail.

use std::net::IpAddr;

use yew::prelude::*;

use dmarcscope::analysis::{Column, Group, Key};
use dmarcscope::text::Value;

use super::ui::Ui;

/// The columns before the figures.
pub const HEADS: &[(&str, Option<Column>)] =
    &[("column-source", Some(Column::Key)), ("column-first", Some(Column::First)), ("column-last", Some(Column::Last))];

/// The cells of a source.
pub fn cells(words: &Ui, group: &Group, on_select: &Callback<IpAddr>) -> Vec<Html> {
    let day = |day: Option<i32>| day.map(|day| words.locale().day(day)).unwrap_or_default();
    let name = match &group.key {
        Key::Address(address) => {
            let (address, text) = (*address, address.to_string());
            let label = words.say_with("filter-source", &[("source", Value::Text(&text))]);
            let onclick = on_select.reform(move |_| address);
            html! { <button type="button" class="cell" title={label} {onclick}>{ text }</button> }
        }
        Key::Text(text) => html! { <span>{ text }</span> },
        _ => html! { <span class="quiet">{ words.say("source-absent") }</span> },
    };
    vec![
        html! { <th key="name" scope="row">{ name }</th> },
        html! { <td key="first">{ day(group.first) }</td> },
        html! { <td key="last">{ day(group.last) }</td> },
    ]
}
