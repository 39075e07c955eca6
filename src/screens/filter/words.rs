use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::Term;

use super::said;
use crate::ui::use_words;

/// Properties of [`AnyText`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What is looked for, a text each.
    pub terms: Vec<Term>,
    /// Called with what is to be looked for; none: what is typed cannot be taken.
    pub on_terms: Callback<Option<Vec<Term>>>,
    /// Called when it is to hold.
    pub on_enter: Callback<()>,
}

/// A text to look for in everything. Where there are several already, one more.
#[component]
pub fn AnyText(props: &Props) -> Html {
    let words = use_words();
    let kept = use_state(|| if props.terms.len() > 1 { props.terms.clone() } else { Vec::new() });
    let typed = use_state_eq(|| match props.terms.as_slice() {
        [Term::Words(texts)] => texts.first().cloned().unwrap_or_default(),
        _ => String::new(),
    });
    let oninput = {
        let (typed, kept, on_terms) = (typed.setter(), (*kept).clone(), props.on_terms.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let own = (!text.trim().is_empty()).then(|| Term::Words(vec![text.trim().to_owned()]));
            on_terms.emit(Some(kept.iter().cloned().chain(own).collect()));
            typed.set(text);
        })
    };
    let onkeydown = {
        let on_enter = props.on_enter.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !event.is_composing() {
                event.prevent_default();
                on_enter.emit(());
            }
        })
    };
    let shown: Vec<String> = kept.iter().map(|term| said::value(&words, term)).collect();
    html! {
        <div class="values">
            <p class="values-said">{ shown.join(", ") }</p>
            <div class="values-find">
                <input type="text" autocomplete="off" spellcheck="false" aria-label={words.say("filter-field-text")}
                    value={(*typed).clone()} {oninput} {onkeydown} />
            </div>
            <p class="values-said">{ words.say("filter-text-about") }</p>
        </div>
    }
}
