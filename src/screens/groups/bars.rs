//! What became of a group's messages, as a bar in the colours and marks of the trend.

use yew::prelude::*;

use dmarcscope::analysis::{Key, Within};
use dmarcscope::report::verdict::{Fate, Outcome};
use dmarcscope::text::Value;

use super::super::chart::paint;
use super::super::trend::FATES;
use super::super::ui::Ui;

/// The first part of the ids of the paints.
const PAINT: &str = "paint";

/// Messages by fate, in the order of the fates' numbers.
pub type Fates = [u64; Fate::COUNT];

/// The messages of the outcomes within a group, by fate.
pub fn fates(outcomes: &Within) -> Fates {
    let mut messages = [0; Outcome::COUNT];
    for (key, figures) in &outcomes.top {
        if let Key::Outcome(outcome) = key
            && let Some(slot) = messages.get_mut(*outcome as usize)
        {
            *slot = figures.messages();
        }
    }
    Fate::sums(&messages)
}

/// The fates that occur, as the trend orders them.
fn occurring(fates: &Fates) -> impl Iterator<Item = (&'static str, &'static str, u64)> + use<'_> {
    let all = FATES.iter().map(|(fate, label, class, _)| (*label, *class, fates.get(*fate as usize).copied()));
    all.filter_map(|(label, class, messages)| Some((label, class, messages?))).filter(|(.., messages)| *messages > 0)
}

/// A bar of which `most` messages fill the width. What it says stands beside it or in its title, so it is nothing to a screen
/// reader.
pub fn bar(fates: &Fates, most: u64) -> Html {
    #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
    let width = |messages: u64| messages as f64 * 100.0 / most.max(1) as f64;
    let mut left = 0.0;
    let parts = occurring(fates).map(|(_, class, messages)| {
        // What is there at all can be seen.
        let (x, wide) = (left, width(messages).max(0.8));
        left += wide;
        let fill = format!("url(#{PAINT}-{class})");
        html! { <rect key={class} {fill} x={format!("{x:.2}%")} width={format!("{wide:.2}%")} height="100%" /> }
    });
    let parts: Vec<Html> = parts.collect();
    html! { <svg class="fates" aria-hidden="true">{ for parts }</svg> }
}

/// The same upright, as rectangles: `most` messages are as high as the drawing. Place and width are per cent of it.
pub fn column(fates: &Fates, most: u64, x: f64, wide: f64) -> Vec<Html> {
    #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
    let height = |messages: u64| messages as f64 * 100.0 / most.max(1) as f64;
    let mut foot = 100.0;
    let parts = occurring(fates).map(|(_, class, messages)| {
        let tall = height(messages).max(0.8);
        foot -= tall;
        let (fill, key) = (format!("url(#{PAINT}-{class})"), format!("{x:.2} {class}"));
        html! { <rect {key} {fill} x={format!("{x:.2}%")} width={format!("{wide:.2}%")} y={format!("{foot:.2}%")} height={format!("{tall:.2}%")} /> }
    });
    parts.collect()
}

/// The paints that bars use: once on a screen that has any.
pub fn paints() -> Html {
    let all = FATES.iter().map(|(_, _, class, pattern)| paint(format!("{PAINT}-{class}"), class, *pattern));
    html! { <svg class="paints" aria-hidden="true"><defs>{ for all }</defs></svg> }
}

/// What a bar says, in words.
pub fn said(words: &Ui, fates: &Fates) -> String {
    let all = fates.iter().sum();
    let parts = occurring(fates).map(|(label, _, messages)| {
        let share = words.share(messages, all).unwrap_or_default();
        words.say_with("trend-part", &[("label", Value::Text(&words.say(label))), ("count", Value::Text(&share))])
    });
    parts.collect::<Vec<_>>().join("; ")
}

/// What the paints mean, of the fates that occur.
pub fn legend(words: &Ui, fates: &Fates) -> Html {
    let entries = occurring(fates).map(|(label, class, _)| {
        let fill = format!("url(#{PAINT}-{class})");
        html! {
            <li key={class}>
                <svg class="chart-swatch" viewBox="0 0 16 16" aria-hidden="true"><rect {fill} x="1" y="1" width="14" height="14" /></svg>
                <span>{ words.say(label) }</span>
            </li>
        }
    });
    html! { <ul class="chart-legend">{ for entries }</ul> }
}
