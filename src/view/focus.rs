//! Whoever works by keys keeps their place. When the element with the focus goes away (a filter that was removed, a screen
//! that was left), browsers let the focus fall to the page as a whole, and people start again from the top; here it goes to
//! what stands nearest.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Document, Element, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit};
use yew::prelude::*;

/// Milliseconds that whoever took the element away has to choose a better place.
const COURTESY: u32 = 30;

/// Looks after the focus from now on.
#[hook]
pub fn use_focus_kept() {
    use_effect_with((), |()| {
        let document = web_sys::window().and_then(|window| window.document()).unwrap_throw();
        // The element that has the focus, and those around it.
        let path = Rc::new(RefCell::new(Vec::<Element>::new()));
        let listener = {
            let path = Rc::clone(&path);
            EventListener::new(&document, "focusin", move |event| {
                let at = event.target().and_then(|target| target.dyn_into().ok());
                *path.borrow_mut() = std::iter::successors(at, |at: &Element| at.parent_element()).collect();
            })
        };
        let timer = RefCell::new(None::<Timeout>);
        let keep = {
            let document = document.clone();
            Closure::<dyn Fn()>::new(move || {
                if is_lost(&document, &path.borrow()) {
                    let (document, path) = (document.clone(), Rc::clone(&path));
                    *timer.borrow_mut() = Some(Timeout::new(COURTESY, move || {
                        let path = path.borrow().clone();
                        if is_lost(&document, &path) {
                            find(&path);
                        }
                    }));
                }
            })
        };
        let observer = MutationObserver::new(keep.as_ref().unchecked_ref()).unwrap_throw();
        let all = MutationObserverInit::new();
        all.set_child_list(true);
        all.set_subtree(true);
        observer.observe_with_options(&document, &all).unwrap_throw();
        move || {
            observer.disconnect();
            drop((listener, keep));
        }
    });
}

fn is_lost(document: &Document, path: &[Element]) -> bool {
    path.first().is_some_and(|at| !at.is_connected())
        && document.active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Gives the focus to the nearest thing that is left: the next entry of a list, else the head of the part of the page. On a
/// screen whose head is not there yet, that comes with what is drawn next.
fn find(path: &[Element]) {
    for around in path.iter().filter(|element| element.is_connected()) {
        let wanted = if around.tag_name() == "UL" { "button" } else { "h2" };
        let is_screen = around.id() == "screens";
        if let Some(head) =
            around.query_selector(wanted).ok().flatten().and_then(|head| head.dyn_into::<HtmlElement>().ok())
        {
            if wanted == "h2" {
                head.set_tab_index(-1);
            }
            let options = FocusOptions::new();
            // Only another screen is a reason to move what people look at.
            options.set_prevent_scroll(!is_screen);
            let _ = head.focus_with_options(&options);
            return;
        }
        if is_screen {
            return;
        }
    }
}
