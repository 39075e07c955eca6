//! What is on the page, saved: to go on with in other programs, or to give to others. One button, one dialog.

mod choice;
mod dialog;
mod making;
mod order;
mod page;
pub mod summary;

use std::rc::Rc;

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::address::View;
use super::client::Client;
use super::ui::use_words;
use dialog::Dialog;

/// Properties of [`Share`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
}

/// The button, and the dialog that it opens.
#[component]
pub fn Share(props: &Props) -> Html {
    let words = use_words();
    let (node, is_open) = (use_node_ref(), use_state_eq(|| false));
    {
        let node = node.clone();
        use_effect_with(*is_open, move |is_open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>().filter(|dialog| *is_open && !dialog.open()) {
                // A browser without dialogs does nothing; all that are supported have them.
                let _ = dialog.show_modal();
            }
        });
    }
    let onclick = {
        let setter = is_open.setter();
        Callback::from(move |_: MouseEvent| setter.set(true))
    };
    let onclose = {
        let setter = is_open.setter();
        Callback::from(move |_: Event| setter.set(false))
    };
    html! {
        <>
            <button key="share" id="share-open" type="button" class="button" aria-haspopup="dialog" {onclick}>
                { words.say("share-open") }
            </button>
            <dialog key="dialog" ref={node.clone()} class="share-dialog" aria-labelledby="share-title" {onclose}>
                if *is_open {
                    <Dialog client={props.client.clone()} view={props.view.clone()} {node} />
                }
            </dialog>
        </>
    }
}
