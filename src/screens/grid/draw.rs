use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::html::Scope;
use yew::prelude::*;

use dmarcscope::text::Value;

use super::super::glossary;
use super::chosen::MOST;
use super::component::{Grid, Message, value};
use super::drawer::drawer;
use super::save::SaveTable;
use super::state::{Said, State};
use super::{Column, Line, Props, Width};

type Link = Scope<Grid>;

/// Stands for a row's name in a label.
const NAME: &str = "\u{1}";

/// A table with its tools.
pub fn whole(grid: &Grid, props: &Props, link: &Link) -> Html {
    let (state, words) = (&grid.state, &props.words);
    let shown: Vec<_> = (0..).zip(props.columns).filter(|(_, column)| grid.is_shown(column)).collect();
    let (above, below) = state.scale.spacers(state.place, &state.drawn);
    // Put together once: texts with values cost more than the rest of a row.
    let label = words.say_with("grid-select", &[("row", Value::Text(NAME))]);
    let rows = state.drawn.clone().map(|row| line(grid, props, &shown, row, &label));
    let widths = shown.iter().map(|(_, column)| html! { <col key={column.key} class={width(column)} /> });
    let heads = shown.iter().map(|(_, column)| head(grid, props, link, column));
    let none = match state.total {
        Some(0) if state.find.is_empty() => words.say("grid-none"),
        Some(0) => words.say("grid-not-found"),
        _ => String::new(),
    };
    let rowcount = state.total.map_or_else(|| "-1".to_owned(), |total| total.saturating_add(1).to_string());
    let is_busy = state.total.is_none().to_string();
    let keys = format!("{}-keys", props.name);
    html! {
        <>
        <div class="grid">
            { tools(grid, props, link) }
            <p id={keys.clone()} class="unseen">{ words.say("grid-keys") }</p>
            <div
                id={format!("{}-box", props.name)} class="grid-box" ref={grid.at_box.clone()} tabindex="0" role="group"
                aria-labelledby={props.labelled_by.clone()} aria-describedby={keys} onscroll={link.callback(|_| Message::Scrolled)}
                onkeydown={link.callback(Message::Key)} onclick={rows_not_windows(link)}
                onmousedown={rows_not_text()}
            >
                <table
                    role="grid" aria-labelledby={props.labelled_by.clone()} aria-rowcount={rowcount} aria-busy={is_busy}
                    aria-multiselectable="true"
                >
                    <colgroup><col key="pick" class="grid-tick" />{ for widths }</colgroup>
                    <thead><tr aria-rowindex="1">{ pick_all(grid, props, link) }{ for heads }</tr></thead>
                    <tbody>{ space("above", above) }{ for rows }{ space("below", below) }</tbody>
                </table>
            </div>
            <p class="quiet grid-none">{ none }</p>
        </div>
        <div class="drawer-place">{ drawer(grid, props, link) }</div>
        </>
    }
}

/// A click with Shift selects rows; text between them is not meant.
fn rows_not_text() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        if event.shift_key() {
            event.prevent_default();
        }
    })
}

/// A click with Shift selects rows, on a door too; another window is not meant.
fn rows_not_windows(link: &Link) -> Callback<MouseEvent> {
    link.callback(|event: MouseEvent| {
        let at: Option<Element> = event.target().and_then(|at| at.dyn_into().ok());
        if event.shift_key() && at.is_some_and(|at| at.closest("a").is_ok_and(|door| door.is_some())) {
            event.prevent_default();
        }
        Message::Click(event)
    })
}

fn space(key: &'static str, height: f64) -> Html {
    html! { <tr {key} class="grid-space" aria-hidden="true"><td height={height.round().to_string()}></td></tr> }
}

const fn width(column: &Column) -> &'static str {
    match column.width {
        Width::Narrow => "grid-narrow",
        Width::Normal => "grid-normal",
        Width::Wide => "grid-wide",
        Width::Widest => "grid-widest",
    }
}

fn kind(column: &Column) -> Option<&'static str> {
    column.is_number.then_some("grid-number")
}

fn pick_all(grid: &Grid, props: &Props, link: &Link) -> Html {
    let onclick = link.callback(|_| Message::All);
    let label = props.words.say("grid-select-all");
    html! {
        <th key="pick" scope="col" class="grid-pick">
            <input type="checkbox" aria-label={label} checked={grid.state.is_all_chosen()} {onclick} />
        </th>
    }
}

fn head(grid: &Grid, props: &Props, link: &Link, column: &'static Column) -> Html {
    let (label, order) = (props.words.say(column.key), grid.state.order);
    let Some(by) = column.sort else {
        return html! {
            <th key={column.key} scope="col" class={classes!(kind(column))} title={label.clone()}>
                { label }{ meaning(props, column) }
            </th>
        };
    };
    let sort = match (order.by == by, order.ascending) {
        (false, _) => "none",
        (true, true) => "ascending",
        (true, false) => "descending",
    };
    let onclick = link.callback(move |_| Message::Sort(column));
    html! {
        <th key={column.key} scope="col" class={classes!(kind(column))} aria-sort={sort}>
            <button type="button" class="sort" {onclick}>{ label }</button>{ meaning(props, column) }
        </th>
    }
}

/// The way to what the glossary says of a column.
fn meaning(props: &Props, column: &Column) -> Option<Html> {
    (!column.term.is_empty()).then(|| html! { <>{ " " }{ glossary::about(&props.words, column.term) }</> })
}

/// A row, or its place while it is on its way.
fn line(grid: &Grid, props: &Props, shown: &[(usize, &'static Column)], row: u32, label: &str) -> Html {
    let (state, line) = (&grid.state, grid.state.rows.get(row).map(|line| &**line));
    let is_chosen = line.is_some_and(|line| state.chosen.has(line));
    let class = classes!(
        line.map(|line| line.class.clone()),
        is_chosen.then_some("is-chosen"),
        (state.current == Some(row)).then_some("is-current"),
        (props.on_open.is_some() || props.detail.is_some()).then_some("is-opened"),
    );
    let cells = shown.iter().map(|(place, column)| cell(line, *place, column));
    let name = line.and_then(|line| line.cells.first()).map(|cell| cell.text.clone()).unwrap_or_default();
    let label = label.replace(NAME, &name);
    html! {
        <tr key={row} {class} tabindex="-1" aria-rowindex={row.saturating_add(2).to_string()} aria-selected={is_chosen.to_string()}>
            <td key="pick" class="grid-pick">
                <input type="checkbox" tabindex="-1" aria-label={label} checked={is_chosen} disabled={line.is_none()} />
            </td>
            { for cells }
        </tr>
    }
}

fn cell(line: Option<&Line>, place: usize, column: &Column) -> Html {
    let cell = line.and_then(|line| line.cells.get(place));
    let html = match cell {
        Some(cell) => cell.html.clone(),
        None => html! { <span class={classes!(line.is_none().then_some("grid-wait"))}></span> },
    };
    let title = cell.filter(|cell| !column.is_number && !cell.text.is_empty()).map(|cell| cell.text.clone());
    if place == 0 {
        html! { <th key={column.key} scope="row" {title}>{ html }</th> }
    } else {
        html! { <td key={column.key} class={classes!(kind(column))} {title}>{ html }</td> }
    }
}

/// What stands above the table: how many rows there are, what to do with those that are selected, search and columns.
fn tools(grid: &Grid, props: &Props, link: &Link) -> Html {
    let (state, words) = (&grid.state, &props.words);
    let number = |number: u64| Value::Number(number);
    let summary = match (state.total, state.all) {
        (None, _) => String::new(),
        (Some(total), Some(all)) if !state.find.is_empty() => {
            words.say_with(&format!("{}-found", props.name), &[("total", number(total)), ("all", number(all))])
        }
        (Some(total), _) => words.say_with(&format!("{}-summary", props.name), &[("total", number(total))]),
    };
    // While files are read the number changes all the time: only a search is worth telling.
    let live = if state.find.is_empty() { "off" } else { "polite" };
    html! {
        <div class="grid-tools">
            <p class="quiet grid-summary" aria-live={live}>{ summary }</p>
            <p class="quiet grid-said" role="status">{ said(grid, props) }</p>
            <div class="grid-bar">{ bar(grid, props, link) }</div>
            <div class="grid-search">{ if props.has_search { search(grid, props, link) } else { Html::default() } }</div>
            <div class="grid-menu">{ menu(grid, props, link) }</div>
            <div class="grid-menu">{ save(grid, props) }</div>
        </div>
    }
}

fn bar(grid: &Grid, props: &Props, link: &Link) -> Html {
    let (words, count) = (&props.words, grid.state.chosen.len());
    if count == 0 {
        return Html::default();
    }
    let act = props.on_act.as_ref().map(|_| {
        let label = words.say(&format!("{}-act", props.name));
        html! { <button key="act" type="button" class="button" onclick={link.callback(|_| Message::Act)}>{ label }</button> }
    });
    html! {
        <>
            <span key="count">{ words.say_with("grid-selected", &[("rows", Value::Number(count as u64))]) }</span>
            { for act }
            <button key="copy" type="button" class="button" onclick={link.callback(|_| Message::Copy)}>{ words.say("grid-copy") }</button>
            <button key="clear" type="button" class="button" onclick={link.callback(|_| Message::Clear)}>{ words.say("grid-clear") }</button>
        </>
    }
}

fn search(grid: &Grid, props: &Props, link: &Link) -> Html {
    let label = props.words.say(&format!("{}-search", props.name));
    let oninput = link.callback(|event: InputEvent| Message::Typed(value(&event)));
    html! {
        <input
            type="search" id={format!("{}-search", props.name)} aria-label={label.clone()} placeholder={label} autocomplete="off"
            spellcheck="false" value={grid.typed.clone()} {oninput}
        />
    }
}

fn menu(grid: &Grid, props: &Props, link: &Link) -> Html {
    let words = &props.words;
    let optional = props.columns.iter().filter(|column| column.optional).map(|column| {
        let onchange = link.callback(move |_| Message::Turned(column.key));
        html! {
            <li key={column.key}><label>
                <input type="checkbox" checked={grid.is_shown(column)} {onchange} />
                <span>{ words.say(column.key) }</span>
            </label></li>
        }
    });
    let optional: Vec<_> = optional.collect();
    if optional.is_empty() {
        return Html::default();
    }
    html! {
        <details ref={grid.at_menu.clone()} onkeydown={link.batch_callback(|event: KeyboardEvent| {
            (event.key() == "Escape").then(|| Message::Leave)
        })}>
            <summary class="button">{ words.say("grid-columns") }</summary>
            <ul>{ for optional }</ul>
        </details>
    }
}

fn save(grid: &Grid, props: &Props) -> Html {
    let columns: Vec<_> = (0..).zip(props.columns).filter(|(_, column)| grid.is_shown(column)).collect();
    let State { order, find, .. } = &grid.state;
    html! {
        <SaveTable words={props.words.clone()} name={props.name} {columns} order={*order} find={find.clone()} load={props.load.clone()} />
    }
}

fn said(grid: &Grid, props: &Props) -> String {
    let words = &props.words;
    let rows = |key: &str, rows: usize| words.say_with(key, &[("rows", Value::Number(rows as u64))]);
    match grid.state.said {
        Said::Nothing => String::new(),
        Said::Selecting => words.say("grid-selecting"),
        Said::Limit => rows("grid-limit", MOST),
        Said::Copied(count) => rows("grid-copied", count),
        Said::NotCopied => words.say("grid-not-copied"),
    }
}
