use std::ops::Range;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::Filter;
use dmarcscope::analysis::grammar::FilterError;

use super::complete::{At, at, completed};
use super::error::sentence;
use super::suggest::{Choice, use_choices};
use crate::address::View;
use crate::client::Client;
use crate::ui::{Ui, use_words};

/// The id of the text field.
pub const INPUT: &str = "filter-input";
/// Milliseconds without a key after which values are looked for.
const PAUSE: u32 = 120;

/// Properties of [`Typed`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The screen, with the filter.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// Called with the filter as typed.
    pub on_set: Callback<Filter>,
    /// Called when nothing more is to be typed.
    pub on_leave: Callback<()>,
}

/// What is typed, and where the caret stands: byte offsets.
#[derive(Clone, Debug, Default, PartialEq)]
struct Draft {
    text: String,
    caret: usize,
}

/// The whole filter as a text, with completion.
#[component]
pub fn Typed(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth, on_set, on_leave } = props;
    let draft = use_state_eq(|| draft_of(&view.filter));
    // What is looked for, some time after the last key.
    let sought = use_state_eq(|| At::Nothing);
    let waiting = use_mut_ref(|| None::<Timeout>);
    let (is_open, active, is_tried) = (use_state_eq(|| false), use_state_eq(|| None::<usize>), use_state_eq(|| false));
    let input = use_node_ref();
    {
        let input = input.clone();
        use_effect_with((), move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let _ = input.focus();
            }
        });
    }
    {
        let (draft, is_tried) = (draft.setter(), is_tried.setter());
        use_effect_with(view.filter.clone(), move |filter| {
            draft.set(draft_of(filter));
            is_tried.set(false);
        });
    }
    let here = at(&draft.text, draft.caret);
    let choices = use_choices(&words, client, view, &here, &sought, *growth);
    let is_shown = *is_open && !choices.is_empty();
    let error = draft.text.parse::<Filter>().err().filter(|error| *is_tried || is_behind(error, &here));

    let write = {
        let (draft, sought, is_open, active, is_tried) =
            (draft.setter(), sought.setter(), is_open.setter(), active.setter(), is_tried.setter());
        Callback::from(move |(new, opens): (Draft, bool)| {
            let here = at(&new.text, new.caret);
            let sought = sought.clone();
            *waiting.borrow_mut() = Some(Timeout::new(PAUSE, move || sought.set(here)));
            draft.set(new);
            is_open.set(opens);
            active.set(None);
            is_tried.set(false);
        })
    };
    let take = {
        let (here, text, write, input) = (here.clone(), draft.text.clone(), write.clone(), input.clone());
        Callback::from(move |choice: Choice| {
            let (At::Field { span, .. } | At::Value { span, .. }) = &here else { return };
            let (text, caret) = completed(&text, span, &choice.with);
            select(&input, &text, caret..caret);
            write.emit((Draft { text, caret }, matches!(here, At::Field { .. })));
        })
    };
    let oninput = {
        let write = write.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                write.emit((draft_in(&input), true));
            }
        })
    };
    // The caret may move without any text.
    let onselect = {
        let (draft, sought) = (draft.clone(), sought.setter());
        Callback::from(move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let new = draft_in(&input);
                sought.set(at(&new.text, new.caret));
                draft.set(new);
            }
        })
    };
    let onkeydown = {
        let deps = ((*draft).clone(), choices.clone(), is_shown, *active);
        let (on_set, on_leave, filter, input) = (on_set.clone(), on_leave.clone(), view.filter.clone(), input.clone());
        let (is_open, active, is_tried) = (is_open.setter(), active.setter(), is_tried.setter());
        let (take, write) = (take.clone(), write.clone());
        Callback::from(move |event: KeyboardEvent| {
            let (draft, choices, is_shown, chosen) = &deps;
            if event.is_composing() || event.ctrl_key() || event.meta_key() {
                return;
            }
            match event.key().as_str() {
                "ArrowDown" | "ArrowUp" if !is_shown => is_open.set(true),
                "ArrowDown" => active.set(Some(chosen.map_or(0, |at| (at + 1) % choices.len().max(1)))),
                "ArrowUp" => active.set(match chosen {
                    None | Some(0) => choices.len().checked_sub(1),
                    Some(at) => Some(at - 1),
                }),
                "Escape" if *is_shown => is_open.set(false),
                "Escape" => {
                    let known = draft_of(&filter);
                    if *draft == known || draft.text == known.text {
                        on_leave.emit(());
                    } else {
                        write.emit((known, false));
                    }
                }
                "Enter" => match chosen.filter(|_| *is_shown).and_then(|at| choices.get(at)) {
                    Some(choice) => take.emit(choice.clone()),
                    None => {
                        is_open.set(false);
                        match draft.text.parse::<Filter>() {
                            Ok(filter) => on_set.emit(filter),
                            Err(error) => {
                                is_tried.set(true);
                                select(&input, &draft.text, error.at..error.end);
                            }
                        }
                    }
                },
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onblur = {
        let is_open = is_open.setter();
        Callback::from(move |_: FocusEvent| is_open.set(false))
    };
    let options = choices.iter().enumerate().map(|(place, choice)| {
        let onmousedown = {
            let (take, choice) = (take.clone(), choice.clone());
            // Before the field loses the focus, which closes the list.
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                take.emit(choice.clone());
            })
        };
        option(&words, place, choice, *active == Some(place), onmousedown)
    });
    html! {
        <div class="typed">
            <div class="typed-field">
                <input ref={input} id={INPUT} type="text" role="combobox" autocomplete="off" autocapitalize="off" spellcheck="false"
                    aria-label={words.say("filter-typed-label")} placeholder={words.say("filter-typed-example")}
                    aria-expanded={is_shown.to_string()} aria-controls="filter-choices" aria-autocomplete="list"
                    aria-activedescendant={active.filter(|_| is_shown).map(|place| format!("filter-choice-{place}"))}
                    aria-invalid={error.is_some().to_string()} aria-describedby="filter-typed-error filter-typed-help"
                    value={draft.text.clone()} {oninput} {onselect} {onkeydown} {onblur} />
                <ul id="filter-choices" class="typed-choices" role="listbox" aria-label={words.say("filter-typed-choices")} hidden={!is_shown}>
                    { for options }
                </ul>
            </div>
            <div id="filter-typed-error" class="typed-error" role="status">{ error.map(|error| pointed(&words, &draft.text, &error)) }</div>
            <p id="filter-typed-help" class="quiet typed-help">{ words.say("filter-typed-help") }</p>
        </div>
    }
}

fn option(words: &Ui, place: usize, choice: &Choice, is_active: bool, onmousedown: Callback<MouseEvent>) -> Html {
    html! {
        <li key={place} id={format!("filter-choice-{place}")} role="option" aria-selected={is_active.to_string()} {onmousedown}>
            <span class="typed-with">{ &choice.with }</span>
            <span class="typed-about">{ &choice.about }</span>
            <span class="value-count">{ choice.count.map(|count| words.locale().number(count)).unwrap_or_default() }</span>
        </li>
    }
}

/// The text again with the spot marked, and what is wrong there.
fn pointed(words: &Ui, text: &str, error: &FilterError) -> Html {
    let part = |span: Range<usize>| text.get(span).unwrap_or_default().to_owned();
    let class = if error.at == error.end { "typed-spot typed-gap" } else { "typed-spot" };
    html! {
        <>
            <p class="typed-echo" aria-hidden="true">
                <span>{ part(0..error.at) }</span><mark {class}>{ part(error.at..error.end) }</mark><span>{ part(error.end..text.len()) }</span>
            </p>
            <p>{ sentence(words, error) }</p>
        </>
    }
}

/// Whether an error is told while typing: not where the caret is, as what stands there may be half of something.
fn is_behind(error: &FilterError, here: &At) -> bool {
    match here {
        At::Field { span, .. } | At::Value { span, .. } => error.end < span.start,
        At::Nothing => false,
    }
}

fn draft_of(filter: &Filter) -> Draft {
    let text = filter.to_string();
    Draft { caret: text.len(), text }
}

/// What is in the field. Browsers count in units of UTF-16.
fn draft_in(input: &HtmlInputElement) -> Draft {
    let text = input.value();
    let units = input.selection_end().ok().flatten().unwrap_or(u32::MAX) as usize;
    Draft { caret: bytes(&text, units), text }
}

fn bytes(text: &str, units: usize) -> usize {
    let mut seen = 0;
    let place = text.char_indices().find(|(_, c)| {
        let is_there = seen >= units;
        seen += c.len_utf16();
        is_there
    });
    place.map_or(text.len(), |(place, _)| place)
}

/// Puts a text into the field and selects a part of it.
fn select(input: &NodeRef, text: &str, span: Range<usize>) {
    let Some(input) = input.cast::<HtmlInputElement>() else { return };
    let units = |end: usize| {
        let units = text.get(..end).unwrap_or_default().encode_utf16().count();
        u32::try_from(units).unwrap_or(u32::MAX)
    };
    input.set_value(text);
    // A field that cannot be selected in has been taken away.
    let _ = input.set_selection_range(units(span.start), units(span.end));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_is_counted_in_bytes() {
        assert_eq!([0, 1, 2, 4, 5, 9].map(|units| bytes("aß🦀b", units)), [0, 1, 3, 7, 8, 8]);
    }

    #[test]
    fn an_error_is_told_once_the_caret_has_left_it() {
        let is_told = |text: &str| {
            let error = text.parse::<Filter>().unwrap_err();
            is_behind(&error, &at(text, text.len()))
        };
        assert!(is_told("frmo:x dk") && is_told("ip:1.2 from:a,") && is_told("dkim:fail frmo:"));
        assert!(!is_told("from:") && !is_told("from:\"a b"));
    }
}
