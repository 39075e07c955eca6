//! The sources of mail.

use std::net::IpAddr;

use yew::prelude::*;

use dmarcscope::analysis::{Column, Group, Key};

use super::address::{Show, View};
use super::ui::Ui;

/// The columns before the figures.
pub const HEADS: &[(&str, Option<Column>)] =
    &[("column-source", Some(Column::Key)), ("column-first", Some(Column::First)), ("column-last", Some(Column::Last))];

/// The cells of a source.
pub fn cells(words: &Ui, group: &Group, view: &View) -> Vec<Html> {
    let day = |day: Option<i32>| day.map(|day| words.locale().day(day)).unwrap_or_default();
    let name = match &group.key {
        Key::Address(address) => {
            let (href, text) = (view.on(Show::Source(*address)).href(), address.to_string());
            html! { <a class="door" {href} title={text.clone()}>{ text }</a> }
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

/// What stands above a source's figures.
pub fn head(words: &Ui, view: &View, address: IpAddr) -> Html {
    html! {
        <header class="screen-head">
            <p><a class="back" href={view.on(Show::Sources).href()}>{ words.say("sources-title") }</a></p>
            <h2>{ address.to_string() }</h2>
        </header>
    }
}
