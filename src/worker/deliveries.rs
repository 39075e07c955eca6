use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, UnwrapThrowExt};

use super::port::scope;

/// Milliseconds without a delivery after which nothing more comes from a reader that stopped by itself.
const QUIET: i32 = 150;

/// How many deliveries of readers have come in.
#[derive(Debug, Default)]
pub struct Deliveries(Cell<u32>);

impl Deliveries {
    /// One more has come in.
    pub fn count(&self) {
        self.0.set(self.0.get().wrapping_add(1));
    }

    /// Does something once all is in that a reader had sent before it stopped by itself: that may still be on its way, and is good.
    pub fn once_quiet(self: &Rc<Self>, act: impl FnOnce() + 'static) {
        let (deliveries, before) = (Rc::clone(self), self.0.get());
        let look = Closure::once_into_js(
            move || {
                if deliveries.0.get() == before { act() } else { deliveries.once_quiet(act) }
            },
        );
        scope()
            .set_timeout_with_callback_and_timeout_and_arguments_0(look.unchecked_ref(), QUIET)
            .expect_throw("timers are there");
    }
}
