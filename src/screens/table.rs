//! Tables of groups: asked for, sorted by their heads, and as long as wanted.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Column, Dimension, Filter, Group, Groups, Order};
use dmarcscope::text::Value;

use super::client::Client;
use super::ui::{Ui, use_words};

/// Rows at first, and with each "more".
const PAGE: u32 = 50;

/// Properties of [`GroupTable`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// Which records.
    pub filter: Filter,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// What the rows are.
    pub by: Dimension,
    /// The first part of the keys of its words.
    pub name: &'static str,
    /// The heads of the columns before the figures, and what orders by them.
    pub heads: &'static [(&'static str, Option<Column>)],
    /// The cells of these columns.
    pub cells: Callback<(Ui, Group), Vec<Html>>,
}

/// Heads of the columns that every table has.
const FIGURES: [(&str, Option<Column>); 4] = [
    ("column-messages", Some(Column::Messages)),
    ("column-passed", Some(Column::Passed)),
    ("column-failed", Some(Column::Failed)),
    ("column-unknown", Some(Column::Unknown)),
];

/// A table of groups.
#[component]
pub fn GroupTable(props: &Props) -> Html {
    let words = use_words();
    let (order, take) = (use_state_eq(Order::default), use_state_eq(|| PAGE));
    let groups = use_state(|| None::<Rc<Groups>>);
    {
        // An answer to a question that is no longer the latest is not shown.
        let (setter, latest) = (groups.setter(), use_mut_ref(|| 0_u32));
        let deps = (props.filter.clone(), props.by, *order, *take, props.growth, props.client.clone());
        use_effect_with(deps, move |(filter, by, order, take, _, client)| {
            let number = latest.borrow().wrapping_add(1);
            *latest.borrow_mut() = number;
            let reply = Callback::from(move |groups: Groups| {
                if *latest.borrow() == number {
                    setter.set(Some(Rc::new(groups)));
                }
            });
            client.groups(filter, *by, *order, *take, reply);
        });
    }
    let heads = props.heads.iter().chain(&FIGURES).map(|(label, column)| head(&words, label, *column, &order));
    let Some(groups) = &*groups else { return html! { <section class="quiet" aria-busy="true"></section> } };
    let rows = groups.rows.iter().enumerate().map(|(place, group)| row(&words, place, group, &props.cells));
    let more = {
        let take = take.clone();
        Callback::from(move |_: MouseEvent| take.set(take.saturating_add(PAGE * 4)))
    };
    let title = format!("{}-title", props.name);
    html! {
        <section class={props.name} aria-labelledby={title.clone()}>
            <h2 id={title.clone()}>{ words.say(&title) }</h2>
            <p class="quiet">{ words.say_with(&format!("{}-summary", props.name), &[("total", Value::Number(groups.total))]) }</p>
            <div class="scroll" tabindex="0" role="region" aria-labelledby={title}>
                <table>
                    <thead><tr>{ for heads }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <p class="more">
                if (groups.rows.len() as u64) < groups.total {
                    <button type="button" class="button" onclick={more}>{ words.say("table-more") }</button>
                }
            </p>
        </section>
    }
}

fn head(words: &Ui, label: &'static str, column: Option<Column>, order: &UseStateHandle<Order>) -> Html {
    let Some(column) = column else { return html! { <th key={label} scope="col">{ words.say(label) }</th> } };
    let is_ordered = order.by == column;
    let sort = match (is_ordered, order.ascending) {
        (false, _) => "none",
        (true, true) => "ascending",
        (true, false) => "descending",
    };
    let ascending = if is_ordered { !order.ascending } else { column == Column::Key };
    let onclick = {
        let order = order.clone();
        Callback::from(move |_: MouseEvent| order.set(Order { by: column, ascending }))
    };
    html! {
        <th key={label} scope="col" aria-sort={sort}>
            <button type="button" class="sort" {onclick}>{ words.say(label) }</button>
        </th>
    }
}

fn row(words: &Ui, place: usize, group: &Group, cells: &Callback<(Ui, Group), Vec<Html>>) -> Html {
    let figures = &group.figures;
    let number = |count: u64| words.locale().number(count);
    html! {
        <tr key={place}>
            { for cells.emit((words.clone(), group.clone())) }
            <td>{ number(figures.messages()) }</td>
            <td>{ number(figures.passed) }</td>
            <td class={classes!((figures.failed > 0).then_some("has-failures"))}>{ number(figures.failed) }</td>
            <td>{ number(figures.unknown) }</td>
        </tr>
    }
}
