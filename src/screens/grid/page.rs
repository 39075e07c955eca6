//! What a table does with its elements on the page: scrolling, sizes, focus, and the way to the clipboard.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement};
use yew::prelude::*;

use super::component::{Grid, Message};
use super::copy;
use super::state::Said;
use super::window::Scale;

impl Grid {
    /// Shows the current row and gives it the focus.
    pub(super) fn come_to(&mut self, ctx: &Context<Self>, row: u32) {
        self.state.come_to(row);
        (self.must_scroll, self.must_focus) = (true, true);
        let question = self.state.missing();
        self.ask(ctx, question);
    }

    /// Lets the row that keys are at have the focus.
    pub(super) fn focus_row(&mut self) {
        self.must_focus = true;
    }

    pub(super) fn focus_box(&self) {
        if let Some(at_box) = self.at_box.cast::<HtmlElement>() {
            focus(&at_box);
        }
    }

    pub(super) fn scrolled(&mut self, ctx: &Context<Self>) -> bool {
        let Some(at_box) = self.at_box.cast::<Element>() else { return false };
        let top = f64::from(at_box.scroll_top());
        if self.must_scroll || (top - self.state.place.top).abs() < 1.0 {
            return false;
        }
        let place = self.state.scale.scrolled(self.state.place, top);
        let is_other = self.state.go(place);
        if is_other {
            self.must_scroll = (place.top - top).abs() >= 1.0;
            let question = self.state.missing();
            self.ask(ctx, question);
            // A focus in a row that goes out of sight would be lost to the page.
            if self.state.current.is_some_and(|row| !self.state.drawn.contains(&row)) && self.has_row_focus() {
                self.focus_box();
            }
        }
        is_other
    }

    fn has_row_focus(&self) -> bool {
        let focused =
            web_sys::window().and_then(|window| window.document()).and_then(|document| document.active_element());
        let at_box = self.at_box.cast::<Element>();
        focused.zip(at_box).is_some_and(|(focused, at_box)| focused != at_box && at_box.contains(Some(&focused)))
    }

    /// Looks how tall rows are and what they are seen through; whether other rows must be drawn.
    pub(super) fn measure(&mut self, ctx: &Context<Self>) -> bool {
        let Some(at_box) = self.at_box.cast::<Element>() else { return false };
        let height =
            |of: &str| at_box.query_selector(of).ok().flatten().map(|row| row.get_bounding_client_rect().height());
        let Some(row) = height("[aria-rowindex]:not([aria-rowindex=\"1\"])") else { return false };
        self.is_measured = true;
        let view = f64::from(at_box.client_height()) - height("thead").unwrap_or_default();
        let old: Scale = self.state.scale;
        let is_other = self.state.measured(row, view);
        if is_other {
            // The same row stays the first one, wherever it is now.
            self.must_scroll = (old.row - row).abs() > 0.1;
            let question = self.state.missing();
            self.ask(ctx, question);
        }
        is_other
    }

    pub(super) fn listen(&mut self, ctx: &Context<Self>) {
        let Some(window) = web_sys::window() else { return };
        let (resized, pressed) = (ctx.link().clone(), ctx.link().clone());
        self.listeners.push(EventListener::new(&window, "resize", move |_| resized.send_message(Message::Resized)));
        self.listeners.push(EventListener::new(&window, "pointerdown", move |event| {
            if let Some(at) = event.target().and_then(|at| at.dyn_into::<Element>().ok()) {
                pressed.send_message(Message::Pressed(at));
            }
        }));
    }

    pub(super) fn copy(&self, ctx: &Context<Self>) {
        let (props, lines) = (ctx.props(), self.state.chosen.lines());
        let shown: Vec<_> = (0..).zip(props.columns).filter(|(_, column)| self.is_shown(column)).collect();
        let head = shown.iter().map(|(_, column)| props.words.say(column.key)).collect();
        let rows = lines.iter().map(|line| {
            let cell = |place: usize| line.cells.get(place).map(|cell| cell.text.to_string()).unwrap_or_default();
            shown.iter().map(|(place, _)| cell(*place)).collect()
        });
        let (table, count): (Vec<Vec<String>>, _) = (std::iter::once(head).chain(rows).collect(), lines.len());
        ctx.link().send_future(async move {
            Message::Copied(if copy::copy(table).await { Said::Copied(count) } else { Said::NotCopied })
        });
    }
}

/// Gives an element the focus where it stands.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    drop(element.focus_with_options(&options));
}
