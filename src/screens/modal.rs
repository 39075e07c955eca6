//! Modal dialogs: the browser keeps the focus in them, closes them at Escape and gives the focus back.

use gloo::events::EventListener;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

/// Opens a dialog once there is something to open it for; gives the reference for its element, and what closes it. `on_open` is
/// called with the element once it is shown, `on_close` once it is closed, by whatever way.
#[hook]
pub fn use_modal<T: PartialEq + 'static>(
    opening: Option<T>,
    on_open: fn(&HtmlDialogElement, &T),
    on_close: Callback<()>,
) -> (NodeRef, Callback<()>) {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(opening, move |opening| {
            let (Some(opening), Some(dialog)) = (opening, node.cast::<HtmlDialogElement>()) else { return };
            // A browser without modal dialogs shows nothing.
            if !dialog.open() && dialog.show_modal().is_ok() {
                on_open(&dialog, opening);
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with(on_close, move |on_close| {
            let on_close = on_close.clone();
            let listener =
                node.cast::<Element>().map(|dialog| EventListener::new(&dialog, "close", move |_| on_close.emit(())));
            move || drop(listener)
        });
    }
    let close = use_callback(node.clone(), |(), node: &NodeRef| {
        if let Some(dialog) = node.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    });
    (node, close)
}
