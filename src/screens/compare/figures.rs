use yew::prelude::*;

use dmarcscope::report::verdict::Verdict;
use dmarcscope::text::Value;

use super::super::address::View;
use super::super::doors::count;
use super::super::ui::Ui;
use super::Side;

/// A headline figure: the key of its name, its number, and the verdict of the messages that it counts; none where it does not
/// count messages.
type Figure = (&'static str, fn(&Side) -> u64, Option<Option<Verdict>>);

const FIGURES: [Figure; 9] = [
    ("metric-messages", |side| side.totals.figures.messages(), Some(None)),
    ("metric-passed", |side| side.totals.figures.passed, Some(Some(Verdict::Pass))),
    ("metric-failed", |side| side.totals.figures.failed, Some(Some(Verdict::Fail))),
    ("metric-unknown", |side| side.totals.figures.unknown, Some(Some(Verdict::Unknown))),
    ("metric-reports", |side| side.totals.reports, None),
    ("metric-records", |side| side.totals.figures.records, None),
    ("metric-sources", |side| side.totals.sources, None),
    ("metric-reporters", |side| side.totals.reporters, None),
    ("metric-domains", |side| side.totals.domains, None),
];

/// The figures of both sides and by how much they differ.
pub fn figures(words: &Ui, view: &View, own: &Side, other: &Side) -> Html {
    let rows = FIGURES.iter().map(|(key, number, messages)| {
        let cell = |side: &Side| {
            let value = number(side);
            let text = words.locale().number(value);
            let text = match words.share(value, side.totals.figures.messages()).filter(|_| matches!(messages, Some(Some(_)))) {
                Some(share) => format!("{text} · {share}"),
                None => text,
            };
            match messages {
                Some(verdict) => count(view, Some(side.filter.clone()), value, *verdict, &text, true),
                None => Html::from(text),
            }
        };
        let (now, then) = (number(own), number(other));
        html! {
            <tr key={*key} data-figure={key.trim_start_matches("metric-").to_owned()} data-own={now.to_string()} data-other={then.to_string()}>
                <th scope="row">{ words.say(key) }</th>
                <td>{ cell(own) }</td>
                <td>{ cell(other) }</td>
                <td class="compare-change">{ change(words, now, then) }</td>
            </tr>
        }
    });
    html! {
        <>
            <h2 id="compare-figures">{ words.say("compare-figures") }</h2>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="compare-figures">
                <table class="compare-table">
                    <thead><tr>
                        <td></td>
                        <th scope="col">{ words.say("compare-own") }</th>
                        <th scope="col">{ words.say("compare-other") }</th>
                        <th scope="col">{ words.say("compare-change-head") }</th>
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <p class="quiet">{ words.say("compare-note") }</p>
        </>
    }
}

/// By how much a number is more or less than another: `+12 (+5.0%)`. The sign says which way, not a colour.
pub fn change(words: &Ui, now: u64, then: u64) -> String {
    let difference = signed(words, now, then);
    if then == 0 || now == then {
        return difference;
    }
    #[expect(clippy::cast_precision_loss, reason = "a share shown with one decimal")]
    let share = now.abs_diff(then) as f64 / then as f64;
    let sign = if now > then { "+" } else { "−" };
    let share = format!("{sign}{}", words.locale().percent(share));
    words.say_with("compare-by", &[("difference", Value::Text(&difference)), ("share", Value::Text(&share))])
}

/// The difference with its sign.
pub fn signed(words: &Ui, now: u64, then: u64) -> String {
    let number = words.locale().number(now.abs_diff(then));
    match now.cmp(&then) {
        std::cmp::Ordering::Greater => format!("+{number}"),
        std::cmp::Ordering::Less => format!("−{number}"),
        std::cmp::Ordering::Equal => number,
    }
}
