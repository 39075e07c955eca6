//! Keys that hold everywhere on the page, but where somebody types.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hotkey {
    /// The filter before.
    Undo,
    /// The filter that was undone.
    Redo,
    /// To type the filter.
    Type,
}

impl Hotkey {
    fn of(event: &KeyboardEvent) -> Option<Self> {
        let is_control = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            _ if event.alt_key() => None,
            "z" | "Z" if is_control => Some(if event.shift_key() { Self::Redo } else { Self::Undo }),
            "y" if is_control => Some(Self::Redo),
            "/" if !is_control => Some(Self::Type),
            _ => None,
        }
    }
}

/// Calls a function at each such key.
#[hook]
pub fn use_hotkeys(call: Callback<Hotkey>) {
    use_effect_with(call, |call| {
        let document = web_sys::window().and_then(|window| window.document()).unwrap_throw();
        let call = call.clone();
        let options = EventListenerOptions::enable_prevent_default();
        let listener = EventListener::new_with_options(&document, "keydown", options, move |event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            if event.default_prevented() || event.is_composing() || is_typed_into(event) {
                return;
            }
            if let Some(hotkey) = Hotkey::of(event) {
                event.prevent_default();
                call.emit(hotkey);
            }
        });
        move || drop(listener)
    });
}

/// Whether somebody types there, or has something open that is to be left first.
fn is_typed_into(event: &KeyboardEvent) -> bool {
    let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog";
    at.is_some_and(|at| at.closest(typing).is_ok_and(|found| found.is_some()))
}
