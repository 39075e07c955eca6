use std::rc::Rc;

use js_sys::Reflect;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Key};
use dmarcscope::dataset::Labels;
use dmarcscope::export::{Format, Redaction};
use dmarcscope::protocol::Screens;
use dmarcscope::text::Value;

use super::super::address::View;
use super::super::client::Client;
use super::super::print;
use super::super::ui::{Ui, use_words};
use super::choice::Kind;
use super::order::{Made, Order, Orders, State};

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Closes the dialog.
    pub close: Callback<()>,
}

/// What the person chose.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Chosen {
    kind: Kind,
    is_all: bool,
    is_each_label: bool,
    redaction: Redaction,
}

/// What is in the dialog: what to make, how, and then how far it is, how large it came out and the way to save it.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, close } = props;
    let kinds = use_memo((), |()| kinds());
    let chosen = use_state_eq(|| Chosen {
        kind: kinds.first().copied().unwrap_or(Kind::Summary),
        is_all: false,
        is_each_label: false,
        redaction: Redaction::default(),
    });
    let (state, labels) = (use_state_eq(State::default), use_state_eq(Labels::default));
    let orders = use_mut_ref(|| None::<Rc<Orders>>);
    {
        let setter = labels.setter();
        use_effect_with(client.clone(), move |client| {
            client.labels(None, Callback::from(move |labels| setter.set(labels)));
        });
    }
    let set = {
        let (chosen, state, orders) = (chosen.clone(), state.setter(), Rc::clone(&orders));
        Callback::from(move |new: Chosen| {
            chosen.set(new);
            // What was made was made of another choice.
            *orders.borrow_mut() = None;
            state.set(State::Idle);
        })
    };
    let begin = {
        let (client, words, view, chosen) = (client.clone(), words.clone(), view.clone(), *chosen);
        let (state, orders, labels) = (state.setter(), Rc::clone(&orders), labels.clone());
        Callback::from(move |_: MouseEvent| {
            let state = state.clone();
            let on_state = Callback::from(move |new| state.set(new));
            let list = ordered(&view, chosen, &labels);
            *orders.borrow_mut() = Some(Orders::begin(client.clone(), words.clone(), list, on_state));
        })
    };
    let stop = {
        let (state, orders) = (state.setter(), Rc::clone(&orders));
        Callback::from(move |_: MouseEvent| {
            *orders.borrow_mut() = None;
            state.set(State::Idle);
        })
    };
    let print = {
        let (close, view) = (close.clone(), view.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            print::print(&view);
        })
    };
    let close = close.reform(|_: MouseEvent| ());
    let (is_making, is_made) = (matches!(*state, State::Making(..)), matches!(*state, State::Made(_)));
    let radios = kinds.iter().map(|kind| radio(&words, *kind, *chosen, is_making, &set));
    html! {
        <div class="share dialog-body">
            <h2 id="share-title">{ words.say("share-title") }</h2>
            <fieldset class="share-kinds">
                <legend class="unseen">{ words.say("share-what") }</legend>
                { for radios }
            </fieldset>
            { options(&words, view, *chosen, &labels, is_making, &set) }
            <div class="dialog-foot">
                <div class="share-state" role="status">{ told(&words, &state) }</div>
                <div class="dialog-actions">
                    if is_making {
                        <button key="stop" id="share-stop" type="button" class="button" onclick={stop}>{ words.say("share-stop") }</button>
                    } else {
                        <button key="make" id="share-make" type="button" class={classes!("button", (!is_made).then_some("button-main"))} onclick={begin}>{ words.say("share-make") }</button>
                    }
                    <button key="print" type="button" class="button" onclick={print}>{ words.say("share-print") }</button>
                    <button key="close" type="button" class="button" onclick={close}>{ words.say("share-close") }</button>
                </div>
            </div>
        </div>
    }
}

/// What can be made here: a page that is one file does not have the parts to make another one.
fn kinds() -> Vec<Kind> {
    let is_one_file = web_sys::window().is_some_and(|window| Reflect::has(&window, &Screens::START.into()) == Ok(true));
    Kind::ALL.into_iter().filter(|kind| !is_one_file || *kind != Kind::Records(Format::Page)).collect()
}

fn radio(words: &Ui, kind: Kind, chosen: Chosen, disabled: bool, set: &Callback<Chosen>) -> Html {
    let onchange = set.reform(move |_: Event| Chosen { kind, ..chosen });
    let word = kind.word();
    html! {
        <label key={word} class="share-kind">
            <input type="radio" name="share-kind" value={word} checked={chosen.kind == kind} {disabled} {onchange} />
            <span class="share-name">{ words.say(&format!("share-as-{word}")) }</span>
            <span class="quiet">{ words.say(&format!("share-about-{word}")) }</span>
        </label>
    }
}

/// What is taken along, and what is made unrecognizable.
fn options(words: &Ui, view: &View, chosen: Chosen, labels: &Labels, disabled: bool, set: &Callback<Chosen>) -> Html {
    let check = |id: &'static str, checked: bool, change: fn(Chosen, bool) -> Chosen| {
        let onchange = set.reform(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            change(chosen, input.checked())
        });
        html! {
            <label key={id} class="share-check">
                <input type="checkbox" id={id} {checked} {disabled} {onchange} />
                <span>{ words.say(id) }</span>
            </label>
        }
    };
    let filter = view.selected();
    let (has_filter, redaction) = (!filter.clauses.is_empty(), chosen.redaction);
    let is_cut = has_filter && !chosen.is_all;
    let about = match chosen.kind {
        Kind::Records(Format::Raw) if is_cut && filter.asks_of_rows() => words.say("share-raw-whole"),
        _ if is_cut => words.say_with("share-filtered", &[("filter", Value::Text(&filter.to_string()))]),
        _ => words.say("share-everything"),
    };
    html! {
        <div class="share-options">
            <p class="quiet">{ about }</p>
            if has_filter && chosen.kind != Kind::Summary {
                { check("share-all", chosen.is_all, |chosen, is_all| Chosen { is_all, ..chosen }) }
            }
            if !labels.is_empty() {
                { check("share-each", chosen.is_each_label, |chosen, is_each_label| Chosen { is_each_label, ..chosen }) }
            }
            if chosen.kind.can_redact() {
                <fieldset class="share-redact">
                    <legend>{ words.say("share-redact") }</legend>
                    { check("share-addresses", redaction.addresses, |chosen, addresses| {
                        Chosen { redaction: Redaction { addresses, ..chosen.redaction }, ..chosen }
                    }) }
                    { check("share-local-parts", redaction.local_parts, |chosen, local_parts| {
                        Chosen { redaction: Redaction { local_parts, ..chosen.redaction }, ..chosen }
                    }) }
                    { check("share-file-names", redaction.file_names, |chosen, file_names| {
                        Chosen { redaction: Redaction { file_names, ..chosen.redaction }, ..chosen }
                    }) }
                </fieldset>
            }
        </div>
    }
}

/// The files to make: one, or one for each label.
fn ordered(view: &View, chosen: Chosen, labels: &Labels) -> Vec<Order> {
    let Chosen { kind, is_all, is_each_label, redaction } = chosen;
    let name = kind.file_name();
    let all = is_all && kind != Kind::Summary;
    let order = |view: View, is_all: bool, name: String| Order { kind, view, is_all, redaction, name };
    if !is_each_label {
        return vec![order(view.clone(), all, name)];
    }
    let start = if all { View { filter: Default::default(), ..view.clone() } } else { view.clone() };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let of_label = |(label, _): (&str, usize)| {
        let term = Key::Text(label.to_owned()).term(Dimension::Label)?;
        let view = View { filter: start.filter.narrowed(term), ..start.clone() };
        let label: String = label.chars().map(|sign| if sign.is_alphanumeric() { sign } else { '-' }).collect();
        Some(order(view, false, format!("{stem}-{label}.{ending}")))
    };
    labels.names().filter_map(of_label).collect()
}

fn told(words: &Ui, state: &State) -> Html {
    match state {
        State::Idle => html! { <p key="idle"></p> },
        State::Failed(why) => {
            html! { <p key="failed" class="problem">{ words.say_with("share-failed", &[("why", Value::Text(why))]) }</p> }
        }
        State::Making(name, done, all) => {
            let values = [("name", Value::Text(name)), ("done", Value::Number(*done)), ("all", Value::Number(*all))];
            html! {
                <div key="making">
                    <p>{ words.say_with("share-making", &values) }</p>
                    <progress max={all.max(&1).to_string()} value={done.to_string()} aria-label={words.say("share-progress")}></progress>
                </div>
            }
        }
        State::Made(files) => html! {
            <ul key="made" class="share-made">{ for files.iter().map(|made| file(words, made)) }</ul>
        },
    }
}

fn file(words: &Ui, made: &Made) -> Html {
    let holds = made.saved.map(|saved| {
        let values = [("rows", Value::Number(saved.rows)), ("reports", Value::Number(saved.reports))];
        words.say_with("share-holds", &values)
    });
    let missing = made.saved.map_or(0, |saved| saved.missing);
    html! {
        <li key={made.name.clone()}>
            <a class="button button-main share-save" href={made.address.clone()} download={made.name.clone()}>
                { words.say_with("share-save", &[("name", Value::Text(&made.name))]) }
            </a>
            <span class="share-size">{ size(words, made.size) }</span>
            <span class="quiet">{ holds.unwrap_or_default() }</span>
            if missing > 0 {
                <span class="problem">{ words.say_with("share-missing", &[("reports", Value::Number(missing))]) }</span>
            }
        </li>
    }
}

/// A size as people say it.
fn size(words: &Ui, bytes: f64) -> String {
    let (key, number) = if bytes < 1e6 { ("share-kb", bytes / 1e3) } else { ("share-mb", bytes / 1e6) };
    let number = if number < 10.0 { format!("{number:.1}") } else { format!("{number:.0}") };
    words.say_with(key, &[("size", Value::Text(&number))])
}
