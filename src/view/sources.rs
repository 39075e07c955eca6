use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Column, Group, Groups, Key, Order};
use dmarcscope::text::Value;

use super::ui::Ui;

/// The columns: their heads' keys, and what orders by them.
const COLUMNS: [(&str, Column); 7] = [
    ("column-source", Column::Key),
    ("column-messages", Column::Messages),
    ("column-passed", Column::Passed),
    ("column-failed", Column::Failed),
    ("column-unknown", Column::Unknown),
    ("column-first", Column::First),
    ("column-last", Column::Last),
];

/// What [`sources`] shows.
pub struct Props {
    /// Some of the sources.
    pub groups: Rc<Groups>,
    /// Their order.
    pub order: Order,
    /// Called with another order.
    pub on_order: Callback<Order>,
    /// Called when more sources are wanted.
    pub on_more: Callback<()>,
    /// Called with a source that was chosen.
    pub on_select: Callback<std::net::IpAddr>,
}

/// The sources, those with the most messages first.
pub fn sources(words: &Ui, props: &Props) -> Html {
    let heads = COLUMNS.iter().map(|(label, column)| {
        let is_ordered = props.order.by == *column;
        let sort = match (is_ordered, props.order.ascending) {
            (false, _) => "none",
            (true, true) => "ascending",
            (true, false) => "descending",
        };
        let next =
            Order { by: *column, ascending: if is_ordered { !props.order.ascending } else { *column == Column::Key } };
        let onclick = props.on_order.reform(move |_| next);
        html! {
            <th key={*label} scope="col" aria-sort={sort}>
                <button type="button" class="sort" {onclick}>{ words.say(label) }</button>
            </th>
        }
    });
    let rows = props.groups.rows.iter().map(|group| row(words, group, &props.on_select));
    let shown = props.groups.rows.len() as u64;
    html! {
        <section class="sources" aria-labelledby="sources-title">
            <h2 id="sources-title">{ words.say("sources-title") }</h2>
            <p class="quiet">{ words.say_with("sources-summary", &[("total", Value::Number(props.groups.total))]) }</p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="sources-title">
                <table>
                    <thead><tr>{ for heads }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <p class="more">
                if shown < props.groups.total {
                    <button type="button" class="button" onclick={props.on_more.reform(|_| ())}>
                        { words.say("sources-more") }
                    </button>
                }
            </p>
        </section>
    }
}

fn row(words: &Ui, group: &Group, on_select: &Callback<std::net::IpAddr>) -> Html {
    let figures = &group.figures;
    let number = |count: u64| words.locale().number(count);
    let day = |day: Option<i32>| day.map(|day| words.locale().day(day)).unwrap_or_default();
    let (key, name) = match &group.key {
        Key::Address(address) => {
            let (address, text) = (*address, address.to_string());
            let label = words.say_with("filter-source", &[("source", Value::Text(&text))]);
            let onclick = on_select.reform(move |_| address);
            let button = html! { <button type="button" class="cell" title={label} {onclick}>{ text.clone() }</button> };
            (text, button)
        }
        Key::Text(text) => (format!("text {text}"), html! { <span>{ text }</span> }),
        Key::Absent => ("absent".to_owned(), html! { <span class="quiet">{ words.say("source-absent") }</span> }),
    };
    html! {
        <tr key={key}>
            <th scope="row">{ name }</th>
            <td>{ number(figures.messages()) }</td>
            <td>{ number(figures.passed) }</td>
            <td class={classes!((figures.failed > 0).then_some("has-failures"))}>{ number(figures.failed) }</td>
            <td>{ number(figures.unknown) }</td>
            <td>{ day(group.first) }</td>
            <td>{ day(group.last) }</td>
        </tr>
    }
}
