//! The dialog beside a chip, or beside the button that adds one.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use dmarcscope::analysis::{Clause, Filter};

use super::fields::fields;
use super::panel::Panel;
use super::subject::Subject;
use crate::address::View;
use crate::client::{Client, element};
use crate::modal::use_modal;
use crate::ui::use_words;

/// What is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The id of the button that it opens beside.
    pub at: String,
    /// The clause; none for a new one.
    pub place: Option<usize>,
    /// The field; none while it is to be chosen.
    pub subject: Option<&'static Subject>,
}

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The screen, with the filter.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// What is to be changed; none: nothing, and the dialog is closed.
    pub opening: Option<Opening>,
    /// Called with the filter as it was changed.
    pub on_set: Callback<Filter>,
    /// Called once the dialog is closed.
    pub on_close: Callback<()>,
}

/// A dialog to choose a field and what is asked of it.
#[component]
pub fn Dialog(props: &Props) -> Html {
    let words = use_words();
    let chosen = use_state_eq(|| None::<(&'static Subject, Option<usize>)>);
    let on_close = use_callback((props.on_close.clone(), chosen.setter()), |(), (on_close, chosen)| {
        chosen.set(None);
        on_close.emit(());
    });
    let (node, close) = use_modal(props.opening.clone(), |dialog, opening| place(dialog, &opening.at), on_close);
    let on_done = {
        let (filter, on_set, close) = (props.view.filter.clone(), props.on_set.clone(), close.clone());
        Callback::from(move |(place, clause): (Option<usize>, Option<Clause>)| {
            // First, so that the focus is back before anything is drawn anew.
            close.emit(());
            on_set.emit(filter.with(place, clause));
        })
    };
    let on_choose = {
        let (chosen, filter) = (chosen.setter(), props.view.filter.clone());
        Callback::from(move |subject: &'static Subject| chosen.set(Some((subject, place_of(&filter, subject)))))
    };
    let onclick = {
        let (node, close) = (node.clone(), close.clone());
        // What is around a modal dialog is the dialog itself to events.
        Callback::from(move |event: MouseEvent| {
            let (at, dialog) = (event.target().and_then(|at| at.dyn_into::<Element>().ok()), node.cast::<Element>());
            if at.is_some() && at == dialog {
                close.emit(());
            }
        })
    };
    let given = props.opening.as_ref().and_then(|opening| Some((opening.subject?, opening.place)));
    let content = match (&props.opening, (*chosen).or(given)) {
        (None, _) => html! { <div key="none"></div> },
        (Some(_), None) => html! { <div key="fields">{ fields(&words, &on_choose) }</div> },
        (Some(opening), Some((subject, place))) => {
            let on_back = {
                let chosen = chosen.setter();
                opening.subject.is_none().then(|| Callback::from(move |()| chosen.set(None)))
            };
            html! {
                <Panel key={subject.name} client={props.client.clone()} view={props.view.clone()} growth={props.growth}
                    {subject} {place} on_done={on_done.reform(move |clause| (place, clause))}
                    on_cancel={close.clone()} {on_back} />
            }
        }
    };
    html! {
        <dialog ref={node.clone()} class="filter-dialog" aria-labelledby="filter-dialog-title" {onclick} onkeydown={arrows(node)}>
            <div class="filter-dialog-body">{ content }</div>
        </dialog>
    }
}

/// The clause that a choice of the field goes on with: a second one would leave nothing, as records have one value of it.
fn place_of(filter: &Filter, subject: &Subject) -> Option<usize> {
    let is_same = |clause: &Clause| !clause.negated && clause.term.field() == subject.name;
    filter.clauses.iter().position(is_same).filter(|_| subject.is_single)
}

/// Places the dialog below a button, and the focus in it. The place is set as properties, for the style sheet to keep it in the
/// window.
fn place(dialog: &HtmlDialogElement, at: &str) {
    let first = dialog.query_selector(".panel-body input, .panel-body button, .pick").ok().flatten();
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
    let (Some(at), Some(root)) = (element(at), web_sys::window().and_then(|w| w.document()?.document_element())) else {
        return;
    };
    let (at, root) = (at.get_bounding_client_rect(), root.get_bounding_client_rect());
    let style = dialog.unchecked_ref::<HtmlElement>().style();
    // A browser that refuses leaves the dialog at the foot of the window.
    let _ = style.set_property("--x", &format!("{}px", at.left() - root.left()));
    let _ = style.set_property("--y", &format!("{}px", at.bottom() - root.top()));
}

/// Arrows go from entry to entry of what can be picked.
fn arrows(node: NodeRef) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let Some(dialog) = node.cast::<Element>() else { return };
        let is_down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        let at = event.target().and_then(|at| at.dyn_into::<Element>().ok());
        let is_own =
            |at: &Element| at.closest("input[type=date], input[type=radio]").is_ok_and(|found| found.is_some());
        let Ok(picks) = dialog.query_selector_all(".pick") else { return };
        if at.as_ref().is_none_or(is_own) || picks.length() == 0 {
            return;
        }
        let pick = |place: u32| picks.item(place).and_then(|pick| pick.dyn_into::<HtmlElement>().ok());
        let current = (0..picks.length()).find(|place| pick(*place).map(Element::from) == at);
        let next = match (current, is_down) {
            (None, true) => 0,
            (None, false) => return,
            (Some(place), true) => (place + 1).min(picks.length() - 1),
            // Above the first is what is searched with.
            (Some(0), false) => {
                if let Ok(Some(search)) = dialog.query_selector("input[type=text]") {
                    let _ = search.unchecked_ref::<HtmlElement>().focus();
                }
                event.prevent_default();
                return;
            }
            (Some(place), false) => place - 1,
        };
        if let Some(pick) = pick(next) {
            let _ = pick.focus();
        }
        event.prevent_default();
    })
}
