use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::dataset::Labels;
use dmarcscope::text::Value;

use super::super::client;
use super::super::ui::use_words;

/// Properties of [`LabelForm`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The domains to name.
    pub domains: Rc<[String]>,
    /// All labels.
    pub labels: Rc<Labels>,
    /// Called with the labels as they are to be; with none where nothing is to change.
    pub on_named: Callback<Option<Labels>>,
}

/// Gives domains a label, or takes it off.
#[component]
pub fn LabelForm(props: &Props) -> Html {
    let words = use_words();
    let Props { domains, labels, on_named } = props;
    let (input, refused) = (use_node_ref(), use_state_eq(|| false));
    use_effect_with((), |()| client::focus("label-name"));
    let change = |add: bool| {
        let (labels, domains, on_named) = ((**labels).clone(), Rc::clone(domains), on_named.clone());
        let (input, refused) = (input.clone(), refused.setter());
        move || {
            let name = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let mut labels = labels.clone();
            let is_done = domains.iter().fold(true, |is_done, domain| {
                if !add {
                    labels.take(&name, domain);
                    return is_done;
                }
                labels.add(&name, domain) && is_done
            });
            if is_done {
                on_named.emit(Some(labels))
            } else {
                refused.set(true)
            }
            if is_done {
                client::focus("domains-box");
            }
        }
    };
    let onsubmit = {
        let add = change(true);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            add();
        })
    };
    let take = {
        let take = change(false);
        Callback::from(move |_: MouseEvent| take())
    };
    let cancel = {
        let on_named = on_named.clone();
        move || {
            on_named.emit(None);
            client::focus("domains-box");
        }
    };
    let onkeydown = {
        let cancel = cancel.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                cancel();
            }
        })
    };
    let cancel = Callback::from(move |_: MouseEvent| cancel());
    let known = labels.names().map(|(name, _)| html! { <option key={name.to_owned()} value={name.to_owned()} /> });
    let count = Value::Number(domains.len() as u64);
    html! {
        <form class="label-form" {onsubmit} {onkeydown}>
            <label for="label-name">{ words.say_with("label-name", &[("domains", count)]) }</label>
            <input id="label-name" ref={input} type="text" required=true maxlength="80" autocomplete="off" list="label-known"
                aria-describedby="label-refused" />
            <datalist id="label-known">{ for known }</datalist>
            <button key="add" class="button button-main">{ words.say("label-add") }</button>
            <button key="take" type="button" class="button" onclick={take} disabled={labels.is_empty()}>{ words.say("label-take") }</button>
            <button key="cancel" type="button" class="button" onclick={cancel}>{ words.say("label-cancel") }</button>
            <p id="label-refused" class="problem" role="status">
                { if *refused { words.say("label-refused") } else { String::new() } }
            </p>
        </form>
    }
}
