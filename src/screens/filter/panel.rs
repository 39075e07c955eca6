use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use dmarcscope::analysis::{Clause, Judge, Term};

use super::days::Days;
use super::said;
use super::subject::{Kind, Subject};
use super::values::{Values, Wrong};
use super::words::AnyText;
use crate::address::View;
use crate::client::Client;
use crate::ui::{Ui, use_words};

/// Properties of [`Panel`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The screen, with the filter.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// The field.
    pub subject: &'static Subject,
    /// The clause; none for a new one.
    pub place: Option<usize>,
    /// Called with the clause as it is to be; none: there is to be none.
    pub on_done: Callback<Option<Clause>>,
    /// Called when all is to stay as it is.
    pub on_cancel: Callback<()>,
    /// Called when another field is to be chosen, where one can.
    pub on_back: Option<Callback<()>>,
}

/// What is asked of a field: nothing of it holds before it is applied.
#[component]
pub fn Panel(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth, subject, place, .. } = props;
    let before = place.and_then(|place| view.filter.clauses.get(place));
    let negated = use_state_eq(|| before.is_some_and(|clause| clause.negated));
    let terms = use_state_eq(|| before.map(|clause| clause.term.each()).unwrap_or_default());
    // Whether what is typed can be taken, and what it stands for where nothing is chosen.
    let (is_right, typed) = (use_state_eq(|| true), use_state_eq(|| None::<Term>));
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let at = node.cast::<Element>();
            let first = at.and_then(|at| at.query_selector(".panel-body input, .panel-body button").ok().flatten());
            if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                let _ = first.focus();
            }
        });
    }
    let apply = {
        let (negated, is_right, on_done) = (*negated, *is_right, props.on_done.clone());
        let own = if terms.is_empty() { (*typed).clone() } else { None };
        let term = terms.iter().cloned().chain(own).reduce(Term::or);
        Callback::from(move |()| {
            if is_right {
                on_done.emit(term.clone().map(|term| Clause { negated, term }));
            }
        })
    };
    let is_listed = !matches!(subject.kind, Kind::Days | Kind::Words | Kind::Judge);
    let on_terms = {
        let (terms, is_right) = (terms.setter(), is_right.setter());
        Callback::from(move |new: Option<Vec<Term>>| {
            // What is chosen from a list says nothing of what is typed beside it.
            if !is_listed {
                is_right.set(new.is_some());
            }
            if let Some(new) = new {
                terms.set(new);
            }
        })
    };
    let on_typed = {
        let (typed, is_right) = (typed.setter(), is_right.setter());
        Callback::from(move |own: Result<Option<Term>, Wrong>| {
            is_right.set(own.is_ok());
            typed.set(own.ok().flatten());
        })
    };
    // What there is to choose from is what the rest of the filter leaves.
    let rest = use_memo((view.clone(), *place, *subject), |(view, place, subject)| {
        let rest = place.map_or_else(|| view.filter.clone(), |place| view.filter.without(place));
        View { filter: subject.among(rest), ..view.clone() }
    });
    let body = match subject.kind {
        Kind::Days => {
            html! { <Days client={client.clone()} growth={*growth} view={view.clone()} terms={(*terms).clone()} {on_terms} on_enter={apply.clone()} /> }
        }
        Kind::Judge => judges(&words, &terms, &on_terms),
        Kind::Words => html! { <AnyText terms={(*terms).clone()} {on_terms} on_enter={apply.clone()} /> },
        Kind::Texts(_) | Kind::Choices(_) | Kind::Address => html! {
            <Values client={client.clone()} view={(*rest).clone()} growth={*growth} subject={*subject} terms={(*terms).clone()}
                {on_terms} {on_typed} on_enter={apply.clone()} />
        },
    };
    let way = |is_not: bool, label: &'static str| {
        let onchange = {
            let negated = negated.setter();
            Callback::from(move |_: Event| negated.set(is_not))
        };
        html! {
            <label class="segment">
                <input type="radio" name="filter-way" checked={*negated == is_not} {onchange} />
                <span>{ words.say(label) }</span>
            </label>
        }
    };
    let on_back = props.on_back.clone();
    let has_back = on_back.is_some();
    let on_back = Callback::from(move |_: MouseEvent| {
        if let Some(on_back) = &on_back {
            on_back.emit(());
        }
    });
    let on_apply = apply.reform(|_: MouseEvent| ());
    let on_cancel = props.on_cancel.reform(|_: MouseEvent| ());
    html! {
        <div class="panel" ref={node}>
            <div class="panel-head">
                <button type="button" class="panel-back" hidden={!has_back} aria-label={words.say("filter-back")} title={words.say("filter-back")}
                    onclick={on_back}>
                    <span aria-hidden="true">{ "‹" }</span>
                </button>
                <h2 id="filter-dialog-title">{ said::field(&words, subject.name) }</h2>
                <fieldset class="segments">
                    <legend class="unseen">{ words.say("filter-way") }</legend>
                    { way(false, "filter-include") }
                    { way(true, "filter-without") }
                </fieldset>
            </div>
            <div class="panel-body">{ body }</div>
            <div class="panel-foot">
                <button type="button" class="button button-main" aria-disabled={(!*is_right).to_string()} onclick={on_apply}>
                    { words.say("filter-apply") }
                </button>
                <button type="button" class="button" onclick={on_cancel}>{ words.say("filter-cancel") }</button>
            </div>
        </div>
    }
}

/// Whose verdicts: one or the other.
fn judges(words: &Ui, terms: &[Term], on_terms: &Callback<Option<Vec<Term>>>) -> Html {
    let each = Judge::ALL.map(|judge| {
        let term = Term::Judge(vec![judge]);
        let is_chosen = terms.contains(&term);
        let onchange = on_terms.reform(move |_: Event| Some(vec![term.clone()]));
        html! {
            <label key={judge.word()} class="judge">
                <input type="radio" name="filter-judge" checked={is_chosen} {onchange} />
                <span>{ words.say(&format!("judge-{}", judge.word())) }</span>
            </label>
        }
    });
    html! { <fieldset class="judges"><legend>{ words.say("judge-about") }</legend>{ for each }</fieldset> }
}
