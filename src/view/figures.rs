use yew::prelude::*;

use dmarcscope::analysis::{Term, Totals};
use dmarcscope::report::verdict::Verdict;
use dmarcscope::text::Value;

use super::address::{Show, View};
use super::ui::Ui;

/// What [`figures`] shows.
pub struct Props {
    /// The headline figures.
    pub totals: Totals,
    /// Which records they are about.
    pub of: View,
}

/// The headline figures. Each carries its plain integer in `data-value`, for tests and scripts.
pub fn figures(words: &Ui, props: &Props) -> Html {
    let totals = &props.totals;
    let counts = &totals.figures;
    let messages = counts.messages();
    let share = |part: u64| words.share(part, messages);
    let tiles = [
        ("messages", messages, None, "tile tile-lead"),
        ("passed", counts.passed, share(counts.passed), "tile tile-pass"),
        ("failed", counts.failed, share(counts.failed), "tile tile-fail"),
        ("unknown", counts.unknown, share(counts.unknown), "tile tile-unknown"),
        ("reports", totals.reports, None, "tile tile-small"),
        ("records", counts.records, None, "tile tile-small"),
        ("sources", totals.sources, None, "tile tile-small"),
        ("reporters", totals.reporters, None, "tile tile-small"),
        ("domains", totals.domains, None, "tile tile-small"),
    ];
    let tiles = tiles.into_iter().map(|(metric, value, share, class)| {
        let label = words.say(&format!("metric-{metric}"));
        // The texts of the glossary come with the second program; before, the button does nothing.
        let label = match term(metric) {
            Some(id) => html! { <button type="button" class="term" popovertarget={id}>{ label }</button> },
            None => Html::from(label),
        };
        let number = words.locale().number(value);
        let number = match door(metric, &props.of) {
            Some(href) => html! { <a class="door" {href}>{ number }</a> },
            None => Html::from(number),
        };
        html! {
            <div key={metric} class={class}>
                <dt>{ label }</dt>
                <dd class="tile-share">{ share.unwrap_or_default() }</dd>
                <dd data-metric={metric} data-value={value.to_string()}>{ number }</dd>
            </div>
        }
    });
    let period = match (totals.first, totals.last) {
        (Some(first), Some(last)) => {
            let (first, last) = (words.locale().day(first), words.locale().day(last));
            let key = if first == last { "period-day" } else { "period" };
            words.say_with(key, &[("first", Value::Text(&first)), ("last", Value::Text(&last))])
        }
        _ => String::new(),
    };
    let title = match (props.of.show, props.of.filter.clauses.is_empty()) {
        // Which one its screen says.
        (Show::Source(_), true) => words.say("figures-source"),
        (_, true) => words.say("figures-title"),
        (_, false) => words.say("figures-filtered"),
    };
    // Tables need the room.
    let is_slim = !matches!(props.of.show, Show::Overview | Show::Source(_));
    html! {
        <section class={classes!("figures", is_slim.then_some("figures-slim"))} aria-labelledby="figures-title">
            <h2 id="figures-title">{ title }<span class="period">{ period }</span></h2>
            <dl class="tiles">{ for tiles }</dl>
        </section>
    }
}

/// Where a figure leads: to its messages, or to the table of what it counts.
fn door(metric: &str, view: &View) -> Option<String> {
    let only = |verdict| {
        let filter = view.filter.narrowed(Term::Verdict(vec![verdict]));
        Some(View { filter, ..view.clone() }.href())
    };
    match metric {
        "passed" => only(Verdict::Pass),
        "failed" => only(Verdict::Fail),
        "unknown" => only(Verdict::Unknown),
        "sources" => Some(view.on(Show::Sources).href()),
        "reports" => Some(view.on(Show::Reports).href()),
        _ => None,
    }
}

/// The glossary's text of a figure, by its element's id.
fn term(metric: &str) -> Option<&'static str> {
    Some(match metric {
        "passed" => "term-verdict-pass",
        "failed" => "term-verdict-fail",
        "unknown" => "term-verdict-unknown",
        "reports" => "term-aggregate_report",
        "records" => "term-record",
        "sources" => "term-source",
        "reporters" => "term-reporter",
        "domains" => "term-policy_domain",
        _ => return None,
    })
}
