use yew::prelude::*;

use dmarcscope::analysis::Totals;
use dmarcscope::text::Value;

use super::ui::Ui;

/// What [`figures`] shows.
pub struct Props {
    /// The headline figures.
    pub totals: Totals,
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
        html! {
            <div key={metric} class={class}>
                <dt>{ words.say(&format!("metric-{metric}")) }</dt>
                <dd class="tile-share">{ share.unwrap_or_default() }</dd>
                <dd data-metric={metric} data-value={value.to_string()}>{ words.locale().number(value) }</dd>
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
    html! {
        <section class="figures" aria-labelledby="figures-title">
            <h2 id="figures-title">{ words.say("figures-title") }<span class="period">{ period }</span></h2>
            <dl class="tiles">{ for tiles }</dl>
        </section>
    }
}
