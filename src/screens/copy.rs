//! A button that copies a text.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::clipboard;
use super::ui::use_words;

/// Milliseconds that "Copied" stays.
const SHOWN: u32 = 4_000;

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is copied.
    pub text: AttrValue,
    /// What the button says.
    pub label: AttrValue,
}

/// Copies a text and says whether it could.
#[component]
pub fn CopyButton(props: &Props) -> Html {
    let words = use_words();
    let copied = use_state_eq(|| None::<bool>);
    let timeout = use_mut_ref(|| None::<Timeout>);
    {
        // What was said was said of another text.
        let setter = copied.setter();
        use_effect_with(props.text.clone(), move |_| setter.set(None));
    }
    let onclick = {
        let (setter, text) = (copied.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            let (setter, timeout, text) = (setter.clone(), Rc::clone(&timeout), text.clone());
            spawn_local(async move {
                let is_done = clipboard::copy(&text, None).await;
                setter.set(Some(is_done));
                *timeout.borrow_mut() = is_done.then(|| Timeout::new(SHOWN, move || setter.set(None)));
            });
        })
    };
    let said = match *copied {
        None => String::new(),
        Some(true) => words.say("copied"),
        Some(false) => words.say("copy-refused"),
    };
    html! {
        <span class="copy">
            <button type="button" class="link" {onclick}>{ &props.label }</button>
            <span role="status">{ said }</span>
        </span>
    }
}
