use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Clause, Filter};
use dmarcscope::text::Value;

use super::dialog::{Dialog, Opening};
use super::history::History;
use super::keys::{Hotkey, use_hotkeys};
use super::said;
use super::subject::Subject;
use super::typed::{INPUT, Typed};
use crate::address::{View, go};
use crate::client::{Client, focus};
use crate::ui::{Ui, use_words};

const ADD: &str = "filter-add";
const TYPE: &str = "filter-type";

/// Properties of [`FilterBar`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The screen, with the filter.
    pub view: View,
    /// Parts of the address that were left out.
    pub bad: Rc<[String]>,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// The filter's clauses as chips, and all that can be done to them.
#[component]
pub fn FilterBar(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, bad, growth } = props;
    let history = use_mut_ref(|| History::of(view.filter.clone()));
    history.borrow_mut().see(&view.filter);
    let opening = use_state_eq(|| None::<Opening>);
    let is_typing = use_state_eq(|| false);
    let removed = use_mut_ref(|| None::<usize>);
    {
        // Whoever removes a filter by keys goes on at the next one.
        let removed = Rc::clone(&removed);
        use_effect_with(view.filter.clauses.len(), move |left| {
            if let Some(place) = removed.borrow_mut().take() {
                match left.checked_sub(1) {
                    Some(last) => focus(&format!("filter-remove-{}", place.min(last))),
                    None => focus(ADD),
                }
            }
        });
    }
    let set = use_callback(view.clone(), |filter: Filter, view| go(&View { filter, ..view.clone() }));
    let step = {
        let history = Rc::clone(&history);
        use_callback((set.clone(), is_typing.setter()), move |hotkey: Hotkey, (set, is_typing)| {
            let filter = match hotkey {
                Hotkey::Undo => history.borrow_mut().undo(),
                Hotkey::Redo => history.borrow_mut().redo(),
                Hotkey::Type => {
                    is_typing.set(true);
                    // Where it is not there yet it takes the focus itself.
                    focus(INPUT);
                    None
                }
            };
            if let Some(filter) = filter {
                set.emit(filter);
            }
        })
    };
    use_hotkeys(step.clone());

    let act = {
        let (filter, set, opening) = (view.filter.clone(), set.clone(), opening.setter());
        Callback::from(move |(place, act): (usize, Act)| {
            let Some(clause) = filter.clauses.get(place) else { return };
            match act {
                Act::Edit => opening.set(Some(Opening {
                    at: format!("filter-chip-{place}"),
                    place: Some(place),
                    subject: Subject::of_term(&clause.term),
                })),
                Act::Negate => set.emit(filter.negated(place)),
                Act::Remove => {
                    *removed.borrow_mut() = Some(place);
                    set.emit(filter.without(place));
                }
            }
        })
    };
    let chips = view.filter.clauses.iter().enumerate().map(|(place, clause)| chip(&words, place, clause, &act));
    let bad = bad.iter().enumerate().map(|(place, text)| {
        let said = words.say_with("filter-bad", &[("text", Value::Text(text))]);
        html! { <li key={place} class="problem">{ said }</li> }
    });
    let on_add = {
        let opening = opening.setter();
        Callback::from(move |_: MouseEvent| {
            opening.set(Some(Opening { at: ADD.to_owned(), place: None, subject: None }));
        })
    };
    let on_clear = {
        let set = set.clone();
        Callback::from(move |_: MouseEvent| {
            set.emit(Filter::default());
            focus(ADD);
        })
    };
    let on_type = {
        let is_typing = is_typing.clone();
        Callback::from(move |_: MouseEvent| is_typing.set(!*is_typing))
    };
    let on_leave = {
        let is_typing = is_typing.setter();
        Callback::from(move |()| {
            focus(TYPE);
            is_typing.set(false);
        })
    };
    let on_close = {
        let opening = opening.setter();
        Callback::from(move |()| opening.set(None))
    };
    let (can_undo, can_redo) = history.borrow().can();
    let is_empty = view.filter.clauses.is_empty();
    let is_new = !can_undo && !can_redo;
    html! {
        <div class="filter" role="group" aria-label={words.say("filter-title")}>
            <div class="filter-line">
                <ul class="chips" role="list">{ for chips }</ul>
                <div class="filter-actions">
                    <button type="button" id={ADD} class="filter-button filter-add" aria-haspopup="dialog" onclick={on_add}>
                        { words.say("filter-add") }
                    </button>
                    <button type="button" id={TYPE} class="filter-button" aria-expanded={is_typing.to_string()}
                        aria-controls="filter-typed" aria-keyshortcuts="/" title={words.say("filter-type-title")} onclick={on_type}>
                        { words.say("filter-type") }
                    </button>
                    { way_button(&words, Hotkey::Undo, can_undo, is_new, &step) }
                    { way_button(&words, Hotkey::Redo, can_redo, is_new, &step) }
                    <button type="button" class="filter-button" hidden={is_empty} onclick={on_clear}>
                        { words.say("filter-clear") }
                    </button>
                </div>
            </div>
            <div id="filter-typed">
                if *is_typing {
                    <Typed client={client.clone()} view={view.clone()} growth={*growth} on_set={set.clone()} {on_leave} />
                }
            </div>
            <ul class="filter-bad">{ for bad }</ul>
            <Dialog client={client.clone()} view={view.clone()} growth={*growth} opening={(*opening).clone()} on_set={set} {on_close} />
        </div>
    }
}

/// What is done to a chip.
#[derive(Clone, Copy, Debug)]
enum Act {
    Edit,
    Negate,
    Remove,
}

fn chip(words: &Ui, place: usize, clause: &Clause, act: &Callback<(usize, Act)>) -> Html {
    let on = |what: Act| act.reform(move |_: MouseEvent| (place, what));
    let (raw, text) = (clause.to_string(), said::clause(words, clause));
    let onkeydown = {
        let act = act.clone();
        Callback::from(move |event: KeyboardEvent| {
            let what = match event.key().as_str() {
                "Delete" | "Backspace" => Act::Remove,
                "-" | "!" => Act::Negate,
                _ => return,
            };
            event.prevent_default();
            act.emit((place, what));
        })
    };
    let plain = said::clause(words, &Clause { negated: false, ..clause.clone() });
    let label = |key: &str, text: &str| words.say_with(key, &[("text", Value::Text(text))]);
    html! {
        <li key={place} class={classes!("chip", clause.negated.then_some("chip-not"))} data-clause={raw.clone()}>
            <button type="button" id={format!("filter-chip-{place}")} class="chip-text" title={raw} aria-haspopup="dialog"
                onclick={on(Act::Edit)} {onkeydown}>
                { &text }
            </button>
            <button type="button" class="chip-button chip-negate" aria-pressed={clause.negated.to_string()}
                aria-label={label("filter-exclude", &plain)} title={words.say("filter-exclude-title")} onclick={on(Act::Negate)}>
                <span aria-hidden="true">{ "≠" }</span>
            </button>
            <button type="button" id={format!("filter-remove-{place}")} class="chip-button" aria-label={label("filter-remove", &text)}
                title={words.say("filter-remove-title")} onclick={on(Act::Remove)}>
                <span aria-hidden="true">{ "×" }</span>
            </button>
        </li>
    }
}

/// A button for a step back or forth. One that leads nowhere keeps the focus that it may have.
fn way_button(words: &Ui, way: Hotkey, can: bool, hidden: bool, step: &Callback<Hotkey>) -> Html {
    let (key, sign, shortcut) = match way {
        Hotkey::Redo => ("filter-redo", "↷", "Control+Shift+Z Meta+Shift+Z"),
        _ => ("filter-undo", "↶", "Control+Z Meta+Z"),
    };
    let onclick = step.reform(move |_: MouseEvent| way);
    html! {
        <button type="button" class="filter-button filter-way" {hidden} aria-disabled={(!can).to_string()} aria-label={words.say(key)}
            title={words.say(key)} aria-keyshortcuts={shortcut} {onclick}>
            <span aria-hidden="true">{ sign }</span>
        </button>
    }
}
