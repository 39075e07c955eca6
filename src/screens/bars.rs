//! Figures of a group as a bar, beside their numbers.

use yew::prelude::*;

use dmarcscope::report::Figures;

/// Passed, failed and unknown messages side by side; `most` messages fill the width. The numbers stand beside it, so it is
/// nothing to a screen reader.
pub fn bar(figures: &Figures, most: u64) -> Html {
    #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
    let width = |messages: u64| messages as f64 * 100.0 / most.max(1) as f64;
    let parts = [("bar-pass", figures.passed), ("bar-fail", figures.failed), ("bar-unknown", figures.unknown)];
    let mut left = 0.0;
    let parts = parts.into_iter().filter(|(_, messages)| *messages > 0).map(|(class, messages)| {
        // What is there at all can be seen.
        let (x, wide) = (left, width(messages).max(0.8));
        left += wide;
        html! { <rect key={class} {class} x={format!("{x:.2}")} width={format!("{wide:.2}")} height="10" /> }
    });
    html! { <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{ for parts }</svg> }
}
