use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::grammar::{date, day, last_of_month};
use dmarcscope::analysis::{DayRow, Period, Series, Term, Totals};
use dmarcscope::report::verdict::Fate;
use dmarcscope::text::Value;

use super::address::{Unit, View, go};
use super::chart::{Day as Bar, Pattern, Series as Part, TrendChart, Words as ChartWords};
use super::glossary;
use super::names::only;
use super::ui::{Ui, use_words};

/// How many bars a chart has at the most, before weeks or months take the place of days.
const MOST_BARS: i64 = 370;

impl Unit {
    /// The shortest unit that keeps the number of bars readable.
    fn of(rows: &[DayRow]) -> Self {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Self::Day };
        match i64::from(last.day) - i64::from(first.day) {
            ..MOST_BARS => Self::Day,
            days if days < MOST_BARS * 7 => Self::Week,
            _ => Self::Month,
        }
    }

    /// The first day of the bar that a day falls into.
    fn start(self, at: i32) -> i32 {
        match self {
            Self::Day => at,
            // 1970-01-01 was a Thursday; weeks begin on Monday (ISO 8601).
            Self::Week => at - (at + 3).rem_euclid(7),
            Self::Month => date(at).and_then(|date| date.replace_day(1).ok()).map_or(at, day),
        }
    }

    /// The first day of the bar after.
    fn next(self, start: i32) -> i32 {
        match self {
            Self::Day => start.saturating_add(1),
            Self::Week => start.saturating_add(7),
            Self::Month => {
                date(start).and_then(last_of_month).map_or(start.saturating_add(30), |last| day(last).saturating_add(1))
            }
        }
    }

    /// A bar's name under the axis.
    fn label(self, words: &Ui, start: i32) -> String {
        match self {
            Self::Day => words.locale().day_short(start),
            Self::Week => words.locale().day(start),
            Self::Month => words.locale().month(start),
        }
    }

    /// A bar's name in a sentence.
    fn name(self, words: &Ui, start: i32) -> String {
        match self {
            Self::Day => words.locale().day(start),
            Self::Week => words.say_with("trend-week", &[("day", Value::Text(&words.locale().day(start)))]),
            Self::Month => words.locale().month(start),
        }
    }
}

/// The fates, bottom first, with the marks over their colours.
const FATES: [(Fate, &str, &str, Pattern); Fate::COUNT] = [
    (Fate::Passed, "fate-passed", "fate-passed", Pattern::Plain),
    (Fate::PassedYetActed, "fate-passed-yet-acted", "fate-passed-yet-acted", Pattern::Dotted),
    (Fate::Rejected, "fate-rejected", "fate-rejected", Pattern::Crossed),
    (Fate::Quarantined, "fate-quarantined", "fate-quarantined", Pattern::Slanted),
    (Fate::Excepted, "fate-excepted", "fate-excepted", Pattern::Falling),
    (Fate::Monitored, "fate-monitored", "fate-monitored", Pattern::Level),
    (Fate::Unstated, "fate-unstated", "fate-unstated", Pattern::Upright),
    (Fate::Unknown, "fate-unknown", "fate-unknown", Pattern::Dotted),
];

/// The bars, without holes between the first and the last. Dates far off (a reporter's broken clock) would make millions of
/// empty bars: past a thousand years only bars with reports are drawn.
fn bars(series: &Series, fates: &[Fate], unit: Unit, label: impl Fn(i32) -> String) -> Vec<Bar> {
    let by_fate = |row: &DayRow| -> Vec<u64> {
        let sums = Fate::sums(&row.messages);
        fates.iter().map(|fate| sums.get(*fate as usize).copied().unwrap_or(0)).collect()
    };
    let mut bars: Vec<Bar> = Vec::new();
    let mut expected: Option<i32> = None;
    for row in &series.days {
        let start = unit.start(row.day);
        let values = by_fate(row);
        if let Some(bar) = bars.last_mut().filter(|bar| bar.start == i64::from(start)) {
            bar.values.iter_mut().zip(&values).for_each(|(sum, value)| *sum += value);
            bar.long |= row.long;
            bar.gap &= row.reports == 0;
            continue;
        }
        while let Some(hole) = expected.filter(|hole| *hole < start && start - *hole < 366_000) {
            let values = vec![0; fates.len()];
            bars.push(Bar { start: i64::from(hole), label: label(hole), values, gap: true, ..Bar::default() });
            expected = Some(unit.next(hole));
        }
        // In a week or a month some reporter is nearly always missing on some day: that would tell nothing.
        let missing = if unit == Unit::Day { row.missing } else { 0 };
        let (gap, long) = (row.reports == 0, row.long);
        bars.push(Bar { start: i64::from(start), label: label(start), values, gap, missing, long });
        expected = Some(unit.next(start));
    }
    bars
}

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
    let unit = Unit::of(&props.series.days);
    let parts = use_memo((words.clone(), props.series.clone(), props.view.clone()), |(words, series, view)| {
        parts(words, series, view)
    });
    let days = use_memo((props.series.clone(), words.clone()), |(series, words)| {
        Rc::<[Bar]>::from(bars(series, &fates(series), unit, |start| unit.label(words, start)))
    });
    let chart_words = use_memo((words.clone(), props.totals, unit), |(words, totals, unit)| ChartWords {
        title: words.say(&format!("trend-title-{}", unit.word())).into(),
        summary: summary(words, totals).into(),
        help: words.say("trend-help").into(),
        table: words.say("trend-table").into(),
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
        use_callback(deps, move |place: usize, (words, days, parts)| {
            days.get(place).map_or_else(String::new, |bar| readout(words, unit, bar, parts))
        })
    };
    let on_select = use_callback(props.view.clone(), move |start: i64, view| {
        if let Ok(first) = i32::try_from(start) {
            let last = unit.next(first).saturating_sub(1);
            go(&only(view, Term::Period(vec![Period { first, last }])));
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
            <p class="quiet">
                { words.say(&format!("trend-unit-{}", unit.word())) }
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

fn readout(words: &Ui, unit: Unit, bar: &Bar, parts: &[Part]) -> String {
    let day = i32::try_from(bar.start).map_or_else(|_| String::new(), |start| unit.name(words, start));
    if bar.gap {
        return words.say_with("trend-readout-gap", &[("day", Value::Text(&day))]);
    }
    let counted: Vec<String> = parts
        .iter()
        .enumerate()
        .filter(|(place, _)| bar.value(*place) > 0)
        .map(|(place, part)| {
            let count = words.locale().number(bar.value(place));
            words.say_with("trend-part", &[("label", Value::Text(&part.label)), ("count", Value::Text(&count))])
        })
        .collect();
    let values = [("day", Value::Text(&day)), ("messages", Value::Number(bar.total()))];
    let mut said = words.say_with("trend-readout", &values);
    if !counted.is_empty() {
        said.push_str(&format!(" {}.", counted.join("; ")));
    }
    if bar.missing > 0 {
        said.push(' ');
        said.push_str(&words.say_with("trend-readout-missing", &[("reporters", Value::Number(bar.missing.into()))]));
    }
    said
}

#[cfg(test)]
mod tests {
    use dmarcscope::report::verdict::Outcome;

    use super::*;

    fn row(day: i32, passed: u64) -> DayRow {
        let mut messages = [0; Outcome::COUNT];
        messages[Outcome::PassedBoth as usize] = passed;
        messages[Outcome::FailedRejected as usize] = 1;
        DayRow { day, messages, reports: 1, missing: 0, long: day % 2 == 0 }
    }

    fn series(days: &[(i32, u64)]) -> Series {
        Series { days: days.iter().map(|(day, passed)| row(*day, *passed)).collect(), dateless: [0; Outcome::COUNT] }
    }

    fn drawn(series: &Series) -> (Unit, Vec<Bar>) {
        let unit = Unit::of(&series.days);
        (unit, bars(series, &fates(series), unit, |start| start.to_string()))
    }

    #[test]
    fn a_day_without_a_report_is_a_gap() {
        let (unit, bars) = drawn(&series(&[(20_000, 5), (20_003, 7)]));
        assert_eq!(unit, Unit::Day);
        assert_eq!(bars.iter().map(|bar| bar.gap).collect::<Vec<_>>(), [false, true, true, false]);
        assert_eq!(bars[3].values, [7, 1], "passed and rejected alone: nothing else occurs");
    }

    #[test]
    fn long_times_are_drawn_in_weeks_and_months_and_lose_nothing() {
        // 2024-10-04 is a Friday; the week begins on Monday the 30th of September.
        for (last, unit, start) in [(20_400, Unit::Week, 19_996), (24_000, Unit::Month, 19_997)] {
            let (drawn, bars) = drawn(&series(&[(20_000, 5), (20_001, 6), (last, 7)]));
            assert_eq!(drawn, unit);
            assert_eq!((bars[0].start, &*bars[0].values), (start, &[11, 2][..]));
            assert_eq!(bars.iter().map(Bar::total).sum::<u64>(), 5 + 6 + 7 + 3);
            assert!(bars.windows(2).all(|pair| pair[0].start < pair[1].start));
            assert!(bars.len() <= MOST_BARS as usize + 1);
        }
    }

    #[test]
    fn a_clock_that_is_off_by_ages_makes_no_million_bars() {
        let (_, bars) = drawn(&series(&[(0, 1), (2_932_896, 1)]));
        assert!(bars.len() < 15_000, "{}", bars.len());
        let (_, bars) = drawn(&series(&[(i32::MIN + 1, 1), (0, 1), (i32::MAX, 1)]));
        assert_eq!(bars.len(), 3);
    }
}
