//! Both trends, one above the other: as many bars of as many days, on one scale.

use yew::prelude::*;

use dmarcscope::analysis::{Day, Period};
use dmarcscope::report::verdict::Fate;
use dmarcscope::text::Value;

use super::super::groups::bars::{Fates, column, legend};
use super::super::ui::Ui;
use super::Side;
use super::choices::said;
use super::times::period_of;

/// Bars of a trend at the most.
const BARS: i64 = 62;

/// Messages of equal lengths of time, by fate.
#[derive(Clone, Debug, Default, PartialEq)]
struct Bars {
    first: Day,
    bars: Vec<Fates>,
}

/// The days of a side: those asked for, else those seen.
fn period(side: &Side) -> Option<Period> {
    let seen = side.totals.first.zip(side.totals.last).map(|(first, last)| Period { first, last });
    period_of(&side.filter).or(seen)
}

const fn length(period: Period) -> i64 {
    period.last as i64 - period.first as i64 + 1
}

fn bars(side: &Side, period: Period, days: i64) -> Bars {
    let count = usize::try_from((length(period) + days - 1) / days).unwrap_or(0);
    let mut bars = vec![Fates::default(); count];
    for row in &side.series.days {
        let at = usize::try_from((i64::from(row.day) - i64::from(period.first)).div_euclid(days)).ok();
        if let Some(bar) = at.and_then(|at| bars.get_mut(at)) {
            bar.iter_mut().zip(Fate::sums(&row.messages)).for_each(|(sum, more)| *sum += more);
        }
    }
    Bars { first: period.first, bars }
}

/// Both trends.
pub fn trends(words: &Ui, own: &Side, other: &Side) -> Html {
    let title = html! { <h2 id="compare-trends">{ words.say("compare-trends") }</h2> };
    let (own_time, other_time) = (period(own), period(other));
    let longest = [own_time, other_time].into_iter().flatten().map(length).max().unwrap_or(1);
    let days = (longest + BARS - 1) / BARS;
    let both = [(own, own_time), (other, other_time)];
    let both = both.map(|(side, time)| time.map(|time| bars(side, time, days)).unwrap_or_default());
    let all = || both.iter().flat_map(|bars| &bars.bars);
    let most = all().map(|bar| bar.iter().sum::<u64>()).max().unwrap_or(0);
    if most == 0 {
        return html! { <>{ title }<p class="quiet">{ words.say("trend-empty") }</p></> };
    }
    let count = both.iter().map(|bars| bars.bars.len()).max().unwrap_or(1);
    let mut sums = Fates::default();
    all().for_each(|bar| sums.iter_mut().zip(bar).for_each(|(sum, more)| *sum += more));
    let key = if days == 1 { "compare-bar-day" } else { "compare-bar-days" };
    let sides = ["compare-own", "compare-other"].into_iter().zip([own, other]).zip(&both);
    let drawn = sides.map(|((key, side), bars)| drawn(words, key, side, bars, (count, days, most)));
    html! {
        <>
            { title }
            <p class="quiet">{ words.say_with(key, &[("days", Value::Number(days.unsigned_abs())), ("most", Value::Number(most))]) }</p>
            { legend(words, &sums) }
            { for drawn }
            { table(words, &both, days, count) }
        </>
    }
}

/// A trend. Its numbers are in the table below.
fn drawn(words: &Ui, key: &str, side: &Side, bars: &Bars, (count, days, most): (usize, i64, u64)) -> Html {
    #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
    let wide = 100.0 / count.max(1) as f64;
    #[expect(clippy::cast_precision_loss, reason = "a place on the screen")]
    let columns = bars.bars.iter().enumerate().map(|(place, bar)| column(bar, most, place as f64 * wide, wide * 0.8));
    let columns: Vec<Html> = columns.flatten().collect();
    let last = bars.bars.len().checked_sub(1).map(|last| start(bars.first, last, days));
    let ends = [Some(bars.first), last].into_iter().flatten().map(|day| words.locale().day(day)).collect::<Vec<_>>();
    let figures = &side.totals.figures;
    let values = [
        ("messages", Value::Number(figures.messages())),
        ("passed", Value::Number(figures.passed)),
        ("failed", Value::Number(figures.failed)),
        ("unknown", Value::Number(figures.unknown)),
    ];
    html! {
        <figure class="compare-trend">
            <figcaption><b>{ words.say(key) }</b>{ " " }{ said(words, &side.filter) }{ " " }
                <span class="quiet">{ words.say_with("compare-sum", &values) }</span>
            </figcaption>
            <svg class="columns" aria-hidden="true">{ for columns }</svg>
            <div class="compare-ends quiet" aria-hidden="true">{ for ends.into_iter().map(|end| html! { <span>{ end }</span> }) }</div>
        </figure>
    }
}

fn start(first: Day, place: usize, days: i64) -> Day {
    let after = i64::try_from(place).unwrap_or(0).saturating_mul(days);
    Day::try_from(i64::from(first).saturating_add(after)).unwrap_or(Day::MAX)
}

/// The numbers of both, side by side.
fn table(words: &Ui, both: &[Bars; 2], days: i64, count: usize) -> Html {
    let rows = (0..count).map(|place| {
        let cells = both.iter().enumerate().flat_map(|(side, bars)| {
            let bar = bars.bars.get(place);
            let day = bar.map(|_| words.locale().day(start(bars.first, place, days))).unwrap_or_default();
            let number = |number: Option<u64>| number.map(|number| words.locale().number(number)).unwrap_or_default();
            let failed = bar.map(|bar| {
                let of = |fate: Fate| bar.get(fate as usize).copied().unwrap_or(0);
                bar.iter().sum::<u64>() - of(Fate::Passed) - of(Fate::PassedYetActed) - of(Fate::Unknown)
            });
            let all = number(bar.map(|bar| bar.iter().sum()));
            let texts = [day, all, number(failed)];
            texts
                .into_iter()
                .enumerate()
                .map(move |(part, text)| html! { <td key={format!("{side} {part}")}>{ text }</td> })
        });
        let cells: Vec<Html> = cells.collect();
        html! { <tr key={place}>{ for cells }</tr> }
    });
    let heads = ["own", "other"].iter().flat_map(|side| {
        let side = words.say(&format!("compare-{side}"));
        ["column-day", "column-messages", "column-failed"]
            .map(|key| html! { <th scope="col">{ &side }{ ": " }{ words.say(key) }</th> })
    });
    let heads: Vec<Html> = heads.collect();
    html! {
        <details class="chart-table">
            <summary id="compare-table">{ words.say("trend-table") }</summary>
            <div class="chart-table-scroll" role="region" tabindex="0" aria-labelledby="compare-table">
                <table><thead><tr>{ for heads }</tr></thead><tbody>{ for rows }</tbody></table>
            </div>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use dmarcscope::analysis::{DayRow, Series, Totals};
    use dmarcscope::report::verdict::Outcome;

    use super::*;

    #[test]
    fn no_message_is_lost_however_long_a_bar() {
        let row = |day| DayRow { day, messages: [1; Outcome::COUNT], reports: 1, ..DayRow::default() };
        let series = Series { days: (10..110).map(row).collect(), ..Series::default() };
        let side = Side { filter: "".parse().unwrap(), totals: Totals::default(), series };
        for days in [1, 2, 7, 99, 100, 101] {
            let bars = bars(&side, Period { first: 10, last: 109 }, days);
            assert_eq!(bars.bars.len() as i64, (100 + days - 1) / days);
            assert_eq!(bars.bars.iter().flatten().sum::<u64>(), 100 * Outcome::COUNT as u64);
        }
        assert_eq!(bars(&side, Period { first: 50, last: 59 }, 1).bars.iter().flatten().sum::<u64>(), 170);
    }
}
