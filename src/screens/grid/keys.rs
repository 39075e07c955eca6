//! What keys and clicks do in a table.

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::component::{Grid, Message};

impl Grid {
    /// A key was pressed somewhere in the box; whether something is shown differently.
    pub(super) fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let Some(at) = target(event) else { return false };
        let (key, is_control) = (event.key(), event.ctrl_key() || event.meta_key());
        let is_within = |selector: &str| at.closest(selector).is_ok_and(|found| found.is_some());
        // What is in a cell or a head keeps its own keys.
        let is_own = !is_within("thead, a, button") || is_control;
        if event.alt_key() || event.is_composing() || !is_own {
            return false;
        }
        let has_chosen = !self.state.chosen.is_empty();
        match key.as_str() {
            "c" if is_control && has_chosen && !is_text_selected() => ctx.link().send_message(Message::Copy),
            "a" if is_control => self.all(ctx),
            "Escape" if has_chosen => ctx.link().send_message(Message::Clear),
            "Enter" => {
                let row = self.state.current;
                if !row.is_some_and(|row| self.open(ctx.props(), row)) {
                    return false;
                }
            }
            "Escape" if self.is_open => self.close(),
            " " => match self.state.current {
                Some(row) if event.shift_key() => self.extend(ctx, row, row),
                Some(row) => self.state.toggle(row),
                None => return false,
            },
            key => match self.row_by(key) {
                Some(row) => {
                    let from = self.state.current.unwrap_or(row);
                    self.come_to(ctx, row);
                    if event.shift_key() {
                        self.extend(ctx, from, row);
                    }
                }
                None => return false,
            },
        }
        event.prevent_default();
        true
    }

    /// The row that a key leads to.
    fn row_by(&self, key: &str) -> Option<u32> {
        let last = self.state.scale.total.checked_sub(1)?;
        let seen = self.state.scale.seen(self.state.place);
        let Some(current) = self.state.current else {
            return match key {
                "ArrowDown" | "ArrowUp" | "PageDown" | "PageUp" => Some(seen.start.min(last)),
                "Home" => Some(0),
                "End" => Some(last),
                _ => None,
            };
        };
        let page = self.state.scale.page();
        let row = match key {
            "ArrowDown" => current.saturating_add(1),
            "ArrowUp" => current.saturating_sub(1),
            "PageDown" => current.saturating_add(page),
            "PageUp" => current.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        Some(row.min(last))
    }

    /// Something in the box was clicked; whether something is shown differently.
    pub(super) fn click(&mut self, ctx: &Context<Self>, event: &MouseEvent) -> bool {
        let Some(at) = target(event) else { return false };
        let Ok(Some(row)) = at.closest("tbody [aria-rowindex]") else { return false };
        let index = row.get_attribute("aria-rowindex").and_then(|index| index.parse::<u32>().ok());
        let Some(row) = index.and_then(|index| index.checked_sub(2)) else { return false };
        let is_within = |selector: &str| at.closest(selector).is_ok_and(|found| found.is_some());
        let (is_pick, is_control) = (is_within(".grid-pick"), event.ctrl_key() || event.meta_key());
        let is_door = is_within("a") && !event.shift_key();
        if !is_pick && (is_door || is_within("button, input, summary") || is_text_selected()) {
            return false;
        }
        let from = self.state.current.unwrap_or(row);
        self.state.current = Some(row);
        self.focus_row();
        if event.shift_key() {
            self.extend(ctx, from, row);
        } else if is_pick || is_control {
            self.state.toggle(row);
        } else {
            self.open(ctx.props(), row);
        }
        true
    }

    fn extend(&mut self, ctx: &Context<Self>, from: u32, to: u32) {
        let question = self.state.extend(from, to);
        self.ask_range(ctx, question);
    }

    /// Selects all rows, or none where all are.
    pub(super) fn all(&mut self, ctx: &Context<Self>) {
        let question = self.state.choose_all();
        self.ask_range(ctx, question);
    }
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Whether a person has selected text on the page: then copying and clicking are about that.
fn is_text_selected() -> bool {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok()).flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}
