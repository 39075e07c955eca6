//! A domain's trend, as small as a row: messages as a line, failing ones as bars below it.

use std::fmt::Write;

use yew::prelude::*;

use dmarcscope::analysis::{Day, Key, Within};
use dmarcscope::text::Value;

use super::super::grid::Cell;
use super::super::names::name;
use super::super::ui::Ui;

/// Points of a line at the most.
const POINTS: usize = 60;
/// Height of the drawing in user units.
const HEIGHT: f64 = 20.0;

/// All and failing messages by time, from the first day to the last of all rows, so that rows can be compared.
pub fn spark(words: &Ui, days: &Within, ends: Option<(Day, Day)>) -> Cell {
    let Some((first, last)) = ends else { return Cell::text("") };
    let points = points(days, first, last);
    let most = points.iter().map(|(all, _)| *all).max().unwrap_or(0).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
    let height = |messages: u64| messages as f64 * (HEIGHT - 2.0) / most as f64;
    let (mut line, mut bars) = (String::new(), String::new());
    for (place, (all, failed)) in points.iter().enumerate() {
        let top = HEIGHT - 1.0 - height(*all);
        // Writing to a string cannot fail.
        let _ = write!(line, "{}{} {top:.1}h1", if place == 0 { 'M' } else { 'L' }, place);
        if *failed > 0 {
            // What is there at all can be seen.
            let tall = height(*failed).max(1.0);
            let _ = write!(bars, "M{place} {HEIGHT}v-{tall:.1}h1v{tall:.1}z");
        }
    }
    let text = said(words, days);
    let view = format!("0 0 {} {HEIGHT}", points.len());
    let html = html! {
        <>
            <svg class="spark" viewBox={view} preserveAspectRatio="none" aria-hidden="true">
                <path class="spark-fail" d={bars} />
                <path class="spark-all" d={line} />
            </svg>
            <span class="unseen">{ &text }</span>
        </>
    };
    Cell::new(html, text)
}

/// All and failing messages of equal lengths of time.
fn points(days: &Within, first: Day, last: Day) -> Vec<(u64, u64)> {
    let length = usize::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(1);
    let mut points = vec![(0, 0); length.min(POINTS)];
    let count = points.len();
    for (key, figures) in &days.top {
        let Key::Days(period) = key else { continue };
        // A month may begin before the first day.
        let from = usize::try_from(i64::from(period.first) - i64::from(first)).unwrap_or(0);
        if let Some((all, failed)) = points.get_mut((from.min(length - 1) * count) / length) {
            *all += figures.messages();
            *failed += figures.failed;
        }
    }
    points
}

/// When most messages came, and when most failed.
fn said(words: &Ui, days: &Within) -> String {
    let dated = || days.top.iter().filter(|(key, _)| matches!(key, Key::Days(_)));
    let say = |key: &str, at: &Key, messages: u64| {
        let day = name(words, dmarcscope::analysis::Dimension::Day, at);
        words.say_with(key, &[("day", Value::Text(&day)), ("messages", Value::Number(messages))])
    };
    let mut said = match dated().next() {
        Some((at, figures)) => say("domains-most", at, figures.messages()),
        None => return words.say("domains-dateless"),
    };
    // The first of equals, as days stand by messages.
    let worst = dated().rev().max_by_key(|(_, figures)| figures.failed).filter(|(_, figures)| figures.failed > 0);
    if let Some((at, figures)) = worst {
        said.push(' ');
        said.push_str(&say("domains-most-failed", at, figures.failed));
    }
    said
}

#[cfg(test)]
mod tests {
    use dmarcscope::analysis::Period;
    use dmarcscope::report::Figures;

    use super::*;

    fn day(first: Day, failed: u64) -> (Key, Figures) {
        (Key::Days(Period { first, last: first }), Figures { records: 1, passed: 10, failed, unknown: 0 })
    }

    #[test]
    fn every_message_is_in_a_point_however_long_the_time() {
        for last in [0, 1, 29, 59, 60, 61, 365, 100_000] {
            let top: Vec<_> = (0..=last.min(400)).map(|at| day(at, 1)).chain([day(last, 3)]).collect();
            let days = Within { total: top.len() as u64, top };
            let points = points(&days, 0, last);
            assert_eq!(points.len(), usize::try_from(last + 1).unwrap().min(POINTS));
            let sum: u64 = points.iter().map(|(_, failed)| failed).sum();
            assert_eq!(sum, u64::try_from(last.min(400) + 1).unwrap() + 3);
            assert!(points.last().unwrap().1 >= 3, "the last day is in the last point");
        }
        assert_eq!(points(&Within { total: 1, top: vec![day(-5, 2)] }, 0, 9)[0], (12, 2), "a month begins earlier");
    }
}
