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
    let share = |part: u64| share(words, part, messages);
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
                <dd data-metric={metric} data-value={value.to_string()}>{ words.locale().number(value) }</dd>
                <dd class="tile-share">{ share.unwrap_or_default() }</dd>
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

/// A part of a whole in words. What is not nothing is not shown as 0 %, and what is not all not as 100 %.
fn share(words: &Ui, part: u64, whole: u64) -> Option<String> {
    if whole == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "a share shown with one decimal")]
    let share = part as f64 / whole as f64;
    let (key, share) = match share {
        share if part > 0 && share < 0.001 => ("metric-share-under", 0.001),
        share if part < whole && share > 0.999 => ("metric-share-over", 0.999),
        share => ("metric-share", share),
    };
    Some(words.say_with(key, &[("share", Value::Text(&words.locale().percent(share)))]))
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use dmarcscope::text::{Plain, Words};

    use super::*;

    #[test]
    fn a_little_is_not_nothing_and_nearly_all_is_not_all() {
        let words = Ui(Rc::new(Words::english(Box::new(Plain))));
        let said = |part, whole| share(&words, part, whole).unwrap_or_default();
        assert_eq!(said(0, 1_000_000), "0.0% of messages");
        assert_eq!(said(19, 129_885), "under 0.1% of messages");
        assert_eq!(said(1, 2), "50.0% of messages");
        assert_eq!(said(999_999, 1_000_000), "over 99.9% of messages");
        assert_eq!(said(7, 7), "100.0% of messages");
        assert_eq!(said(0, 0), "");
    }
}
