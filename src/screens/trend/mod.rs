//! Messages by time and fate, and how time is counted and chosen.

mod bars;
mod controls;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Period, Series, Term, Totals};
use dmarcscope::report::verdict::Fate;
use dmarcscope::text::Value;

use super::address::{View, go};
use super::chart::{Day as Bar, Pattern, Series as Part, TrendChart, Words as ChartWords};
use super::clock::Clock;
use super::glossary;
use super::names::only;
use super::place;
use super::ui::{Ui, use_words};
use bars::Cut;
use controls::controls;

/// The fates, bottom first, with the marks over their colours.
pub const FATES: [(Fate, &str, &str, Pattern); Fate::COUNT] = [
    (Fate::Passed, "fate-passed", "fate-passed", Pattern::Plain),
    (Fate::PassedYetActed, "fate-passed-yet-acted", "fate-passed-yet-acted", Pattern::Dotted),
    (Fate::Rejected, "fate-rejected", "fate-rejected", Pattern::Crossed),
    (Fate::Quarantined, "fate-quarantined", "fate-quarantined", Pattern::Slanted),
    (Fate::Excepted, "fate-excepted", "fate-excepted", Pattern::Falling),
    (Fate::Monitored, "fate-monitored", "fate-monitored", Pattern::Level),
    (Fate::Unstated, "fate-unstated", "fate-unstated", Pattern::Upright),
    (Fate::Unknown, "fate-unknown", "fate-unknown", Pattern::Dotted),
];

/// Properties of [`TrendSection`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Messages by day.
    pub series: Series,
    /// The headline figures, which the chart sums up to.
    pub totals: Totals,
    /// The screen it stands on: a bar leads to its days, an entry of the legend to its outcomes.
    pub view: View,
}

/// Messages by day and fate.
#[component]
pub fn TrendSection(props: &Props) -> Html {
    let words = use_words();
    let week = *use_memo((), |()| place::week_start());
    let cut = Cut::of(&props.series, props.view.unit, week);
    let parts = use_memo((words.clone(), props.series.clone(), props.view.clone()), |(words, series, view)| {
        parts(words, series, view)
    });
    let days = use_memo((props.series.clone(), words.clone(), cut), |(series, words, cut)| {
        Rc::<[Bar]>::from(cut.bars(series, &fates(series), |start| cut.label(words, start)))
    });
    let chart_words = use_memo((words.clone(), props.totals, cut), |(words, totals, cut)| ChartWords {
        title: words.say(&format!("trend-title-{}", cut.unit.word())).into(),
        summary: summary(words, totals).into(),
        help: words.say("trend-help").into(),
        table: words.say("trend-table").into(),
        save: ["trend-save-svg", "trend-save-png"].map(|key| words.say(key).into()),
        date: words.say("column-day").into(),
        total: words.say("column-messages").into(),
        gap: words.say("trend-gap").into(),
        incomplete: words.say("trend-incomplete").into(),
        long: words.say("trend-long").into(),
    });
    let number = use_callback(words.clone(), |count: u64, words| words.locale().number(count));
    let compact = use_callback(words.clone(), |count: u64, words| words.locale().compact(count));
    let readout = {
        let deps = (words.clone(), (*days).clone(), (*parts).clone());
        use_callback(deps, move |(first, last): (usize, usize), (words, days, parts)| {
            days.get(first..=last).map_or_else(String::new, |bars| readout(words, bars, parts))
        })
    };
    let on_select = use_callback(props.view.clone(), move |(first, last): (i64, i64), view| {
        if let (Ok(first), Ok(last)) = (first.try_into(), last.try_into()) {
            go(&within(view, first, last));
        }
    });
    let dateless: u64 = props.series.dateless.iter().sum();
    html! {
        <section class="trend">
            <div class="trend-body">
                if days.is_empty() {
                    <p class="quiet">{ words.say("trend-empty") }</p>
                } else {
                    <TrendChart id="trend" words={(*chart_words).clone()} days={(*days).clone()} series={(*parts).clone()}
                        {compact} {number} {readout} {on_select} />
                }
            </div>
            { controls(&words, &props.view, cut.unit) }
            <p class="quiet">
                { words.say(if props.view.clock == Clock::Utc { "trend-days-utc" } else { "trend-days-local" }) }
                { " " }
                if days.iter().any(Bar::is_incomplete) {
                    { glossary::term("incomplete_day", &words.say("trend-incomplete-days")) }
                    { " " }
                }
                if dateless > 0 {
                    { words.say_with("trend-dateless", &[("messages", Value::Number(dateless))]) }
                }
            </p>
        </section>
    }
}

/// The fates that occur, bottom first. Passing is always shown, as what the others are compared with.
fn fates(series: &Series) -> Vec<Fate> {
    let mut sums = [0_u64; Fate::COUNT];
    let all = series.days.iter().map(|row| &row.messages).chain(std::iter::once(&series.dateless));
    for messages in all {
        sums.iter_mut().zip(Fate::sums(messages)).for_each(|(sum, more)| *sum = sum.saturating_add(more));
    }
    let occurs = |(fate, sum): &(Fate, u64)| *sum > 0 || *fate == Fate::Passed;
    FATES
        .iter()
        .map(|(fate, ..)| (*fate, sums.get(*fate as usize).copied().unwrap_or(0)))
        .filter(occurs)
        .map(|(fate, _)| fate)
        .collect()
}

fn parts(words: &Ui, series: &Series, view: &View) -> Rc<[Part]> {
    let shown = fates(series);
    let parts = FATES.iter().filter(|(fate, ..)| shown.contains(fate)).map(|(fate, label, class, pattern)| Part {
        label: words.say(label),
        class,
        pattern: *pattern,
        href: only(view, Term::Outcome(fate.outcomes())).href(),
    });
    parts.collect()
}

fn summary(words: &Ui, totals: &Totals) -> String {
    let (Some(first), Some(last)) = (totals.first, totals.last) else { return String::new() };
    let key = if first == last { "trend-summary-day" } else { "trend-summary" };
    let (first, last) = (words.locale().day(first), words.locale().day(last));
    let figures = &totals.figures;
    words.say_with(
        key,
        &[
            ("messages", Value::Number(figures.messages())),
            ("first", Value::Text(&first)),
            ("last", Value::Text(&last)),
            ("passed", Value::Number(figures.passed)),
            ("failed", Value::Number(figures.failed)),
            ("unknown", Value::Number(figures.unknown)),
        ],
    )
}

/// The figures of a bar, or of several in a row, in one sentence.
fn readout(words: &Ui, bars: &[Bar], parts: &[Part]) -> String {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else { return String::new() };
    let day = |at: i64| i32::try_from(at).map_or_else(|_| String::new(), |day| words.locale().day(day));
    let mut name = day(first.start);
    if first.start != last.end {
        name = words.say_with("trend-span", &[("first", Value::Text(&name)), ("last", Value::Text(&day(last.end)))]);
    }
    if bars.iter().all(|bar| bar.gap) {
        return words.say_with("trend-readout-gap", &[("day", Value::Text(&name))]);
    }
    let sum = |count: &dyn Fn(&Bar) -> u64| bars.iter().fold(0_u64, |sum, bar| sum.saturating_add(count(bar)));
    let counted = parts.iter().enumerate().map(|(place, part)| (part, sum(&|bar| bar.value(place))));
    let counted = counted.filter(|(_, count)| *count > 0).map(|(part, count)| {
        let count = words.locale().number(count);
        words.say_with("trend-part", &[("label", Value::Text(&part.label)), ("count", Value::Text(&count))])
    });
    let counted: Vec<String> = counted.collect();
    let values = [("day", Value::Text(&name)), ("messages", Value::Number(sum(&Bar::total)))];
    let mut said = words.say_with("trend-readout", &values);
    if !counted.is_empty() {
        said.push_str(&format!(" {}.", counted.join("; ")));
    }
    // Of several days it would be several reporters, or the same one again.
    if first.missing > 0 && bars.len() == 1 {
        said.push(' ');
        said.push_str(&words.say_with("trend-readout-missing", &[("reporters", Value::Number(first.missing.into()))]));
    }
    said
}

/// Only the days from the first to the last, of those that are looked at already: a week's bar may reach beyond them.
fn within(view: &View, first: i32, last: i32) -> View {
    let chosen = Period { first, last };
    let known = view.filter.clauses.iter().filter(|clause| !clause.negated).find_map(|clause| match &clause.term {
        Term::Period(periods) => Some(periods.as_slice()),
        _ => None,
    });
    let common = known
        .unwrap_or_default()
        .iter()
        .map(|known| Period { first: known.first.max(first), last: known.last.min(last) });
    let mut common: Vec<Period> = common.filter(|period| period.first <= period.last).collect();
    if common.is_empty() {
        common.push(chosen);
    }
    only(view, Term::Period(common))
}
