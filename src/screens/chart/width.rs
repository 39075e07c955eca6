//! How wide an element is, kept up to date.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};
use yew::prelude::*;

/// Widths that a chart is drawn for; beyond them the SVG is scaled.
const NARROWEST: f64 = 280.0;
const WIDEST: f64 = 3000.0;

type Seen = Closure<dyn FnMut(Array)>;

/// Width of the element behind `node`, in CSS pixels: `fallback` until it is known.
#[hook]
pub fn use_width(node: &NodeRef, fallback: u32) -> u32 {
    let width = use_state_eq(|| fallback);
    let (node, setter) = (node.clone(), width.setter());
    use_effect_with((), move |()| {
        let watch = node.cast::<Element>().and_then(|element| observe(&element, setter));
        move || {
            // The closure has to outlive the observer, hence both in one place.
            if let Some((observer, _seen)) = watch {
                observer.disconnect();
            }
        }
    });
    *width
}

fn observe(element: &Element, width: UseStateSetter<u32>) -> Option<(ResizeObserver, Seen)> {
    let seen = Seen::new(move |entries: Array| {
        let newest = entries.pop().dyn_into::<ResizeObserverEntry>();
        // An element that is not shown has no width: keep the last one.
        if let Some(now) = newest.ok().map(|entry| entry.content_rect().width()).filter(|now| *now >= 1.0) {
            width.set(now.floor().clamp(NARROWEST, WIDEST) as u32);
        }
    });
    let observer = ResizeObserver::new(seen.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some((observer, seen))
}
