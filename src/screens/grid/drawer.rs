//! The drawer beside a table: the row that keys are at, whole. It follows them, and has keys of its own to the next and the
//! previous row in the table's order.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::html::Scope;
use yew::prelude::*;

use dmarcscope::text::Value;

use super::Props;
use super::component::{Grid, Message};
use super::page::focus;

/// The drawer, if it is open.
pub fn drawer(grid: &Grid, props: &Props, link: &Scope<Grid>) -> Html {
    let (Some(detail), Some(row), true) = (&props.detail, grid.state.current, grid.is_open) else {
        return Html::default();
    };
    let (words, state) = (&props.words, &grid.state);
    let line = state.rows.get(row);
    let name = line.and_then(|line| line.cells.first()).map(|cell| cell.text.clone()).unwrap_or_default();
    let total = state.total.unwrap_or_default();
    let values = [("place", Value::Number(u64::from(row) + 1)), ("total", Value::Number(total))];
    let way = |label: &'static str, sign: &'static str, to: Option<u32>| {
        let onclick = link.batch_callback(move |_: MouseEvent| to.map(Message::Turn));
        let label = words.say(label);
        html! {
            <button key={sign} type="button" class="button" title={label.clone()} aria-label={label} disabled={to.is_none()} {onclick}>
                { sign }
            </button>
        }
    };
    let next = row.checked_add(1).filter(|next| u64::from(*next) < total);
    let page = props.on_open.clone().zip(line.map(|line| line.id.clone())).map(|(on_open, id)| {
        let onclick = on_open.reform(move |_: MouseEvent| id.clone());
        html! { <button key="page" type="button" class="button" {onclick}>{ words.say("drawer-page") }</button> }
    });
    // A drawer may stand in another one's: a key is for the innermost.
    let onkeydown = link.batch_callback(|event: KeyboardEvent| {
        let is_ours = event.key() == "Escape" && !event.default_prevented();
        if is_ours {
            event.prevent_default();
        }
        is_ours.then_some(Message::Close)
    });
    let title = format!("{}-drawer", props.name);
    html! {
        <aside class="drawer" aria-labelledby={title.clone()} {onkeydown}>
            <div class="drawer-head">
                <p class="drawer-title" id={title} ref={grid.at_title.clone()} tabindex="-1">
                    <b>{ name }</b>{ " " }<span class="quiet">{ words.say_with("drawer-place", &values) }</span>
                </p>
                { way("drawer-previous", "↑", row.checked_sub(1)) }
                { way("drawer-next", "↓", next) }
                { page }
                <button key="close" type="button" class="button" onclick={link.callback(|_| Message::Close)}>{ words.say("drawer-close") }</button>
            </div>
            <div class="drawer-body">
                { line.map_or_else(
                    || html! { <div key="waiting" class="waiting" aria-busy="true"></div> },
                    |line| html! { <div key={line.id.to_string()}>{ detail.emit(line.id.clone()) }</div> },
                ) }
            </div>
        </aside>
    }
}

impl Grid {
    /// Opens a row: in the drawer if there is one, else as whoever shows the table wants it.
    pub(super) fn open(&mut self, props: &Props, row: u32) -> bool {
        if props.detail.is_some() {
            self.state.current = Some(row);
            (self.must_enter, self.is_open) = (true, true);
            return true;
        }
        match (&props.on_open, self.state.rows.get(row)) {
            (Some(on_open), Some(line)) => on_open.emit(line.id.clone()),
            _ => return false,
        }
        true
    }

    /// Closes the drawer and goes back to its row.
    pub(super) fn close(&mut self) {
        (self.is_open, self.must_focus) = (false, true);
    }

    /// Goes on in the drawer that was just opened.
    pub(super) fn enter(&mut self) {
        if std::mem::take(&mut self.must_enter)
            && let Some(title) = self.at_title.cast::<HtmlElement>()
        {
            focus(title.unchecked_ref());
        }
    }
}
