//! What is on the page, saved: to go on with in other programs, or to give to others. One button, one dialog.

mod choice;
mod dialog;
mod making;
mod order;
mod page;
pub mod summary;

use std::rc::Rc;

use yew::prelude::*;

use super::address::View;
use super::client::Client;
use super::modal::use_modal;
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
    let is_open = use_state_eq(|| false);
    let on_close = use_callback(is_open.setter(), |(), is_open| is_open.set(false));
    let (node, close) = use_modal(is_open.then_some(()), |_, ()| (), on_close);
    let onclick = {
        let setter = is_open.setter();
        Callback::from(move |_: MouseEvent| setter.set(true))
    };
    html! {
        <>
            <button key="share" id="share-open" type="button" class="button" aria-haspopup="dialog" {onclick}>
                { words.say("share-open") }
            </button>
            <dialog key="dialog" ref={node} class="middle-dialog" aria-labelledby="share-title">
                if *is_open {
                    <Dialog client={props.client.clone()} view={props.view.clone()} {close} />
                }
            </dialog>
        </>
    }
}
