use std::cell::RefCell;
use std::collections::HashMap;

use yew::prelude::*;

use dmarcscope::analysis::{Column as ByColumn, Compared, Dimension, Sides};
use dmarcscope::report::verdict::Verdict;

use super::super::address::View;
use super::super::breakdown::passing;
use super::super::doors::{self, By, count, inside};
use super::super::grid::{Cell, Cells, Column, Line, Lines, Width};
use super::super::groups::dimensions::key_of;
use super::super::names::name;
use super::super::ui::Ui;
use super::figures::signed;

/// Groups of the chart.
pub const TOP: u32 = 10;

/// Columns behind the one that names the group.
const FIGURES: [Column; 8] = [
    Column::number("column-change").by(ByColumn::Messages),
    Column::number("column-own-messages"),
    Column::number("column-other-messages"),
    Column::number("column-change-failed").by(ByColumn::Failed),
    Column::number("column-own-failed"),
    Column::number("column-other-failed"),
    Column::number("column-own-passed"),
    Column::number("column-other-passed"),
];

/// The columns of a table, one set for each dimension that is ever shown: tables want columns that live as long as the program.
pub fn columns(by: Dimension) -> &'static [Column] {
    thread_local!(static MADE: RefCell<HashMap<Dimension, &'static [Column]>> = RefCell::default());
    MADE.with_borrow_mut(|made| {
        *made.entry(by).or_insert_with(|| {
            let head = Column::text(key_of(by), Width::Wide).by(ByColumn::Key);
            &*std::iter::once(head).chain(FIGURES.map(Column::wide)).collect::<Vec<_>>().leak()
        })
    })
}

/// The rows of an answer.
pub fn lines(words: &Ui, view: &View, by: Dimension, compared: Compared) -> Lines {
    let line = |row: Sides| {
        let id = match inside(view, By(by, None), &row.key) {
            Some(filter) => filter.to_string(),
            // No filter, and yet another id for each.
            None => format!("{:?}", row.key),
        };
        let (words, view) = (words.clone(), view.clone());
        Line { id: id.into(), cells: Cells::later(move || cells(&words, &view, by, &row)), ..Line::default() }
    };
    Lines { total: compared.total, all: Some(compared.all), lines: compared.rows.into_iter().map(line).collect() }
}

fn cells(words: &Ui, view: &View, by: Dimension, row: &Sides) -> Vec<Cell> {
    let other = View { filter: view.against.clone(), ..view.clone() };
    let number = |view: &View, messages: u64, verdict| {
        let text = words.locale().number(messages);
        let of = inside(view, By(by, None), &row.key);
        Cell::new(count(view, of, messages, verdict, &text, false), messages.to_string())
    };
    let change = |now: u64, then: u64| Cell::text(signed(words, now, then));
    let (text, (now, then)) = (name(words, by, &row.key), (&row.own, &row.other));
    // What is on one side only leads to where it is.
    let door = if now.messages() > 0 { view } else { &other };
    vec![
        Cell::new(doors::door(words, door, By(by, None), &row.key, false), text),
        change(now.messages(), then.messages()),
        number(view, now.messages(), None),
        number(&other, then.messages(), None),
        change(now.failed, then.failed),
        number(view, now.failed, Some(Verdict::Fail)),
        number(&other, then.failed, Some(Verdict::Fail)),
        Cell::text(passing(words, now)),
        Cell::text(passing(words, then)),
    ]
}

/// What rose and fell most: bars to the right for more, to the left for fewer, each with its number and sign.
pub fn chart(words: &Ui, view: &View, by: Dimension, compared: &Compared) -> Html {
    let difference = |row: &Sides| row.own.messages().abs_diff(row.other.messages());
    let most = compared.rows.iter().map(difference).max().unwrap_or(0);
    if most == 0 {
        return Html::default();
    }
    let other = View { filter: view.against.clone(), ..view.clone() };
    let rows = compared.rows.iter().filter(|row| difference(row) > 0).enumerate().map(|(place, row)| {
        let (now, then) = (row.own.messages(), row.other.messages());
        #[expect(clippy::cast_precision_loss, reason = "a length on the screen")]
        let wide = (difference(row) as f64 * 50.0 / most as f64).max(0.4);
        let (class, x) = if now > then { ("rose", 50.0) } else { ("fell", 50.0 - wide) };
        let door = if now > 0 { view } else { &other };
        html! {
            <li key={place} data-own={now.to_string()} data-other={then.to_string()}>
                <span class="group-name">{ doors::door(words, door, By(by, None), &row.key, true) }</span>
                <span class="group-bar">
                    <svg class="fates" aria-hidden="true">
                        <rect class="middle" x="50%" width="1" height="100%" />
                        <rect {class} x={format!("{x:.2}%")} width={format!("{wide:.2}%")} height="100%" />
                    </svg>
                </span>
                <span class="group-count">{ signed(words, now, then) }</span>
            </li>
        }
    });
    html! {
        <figure class="chart" aria-labelledby="compared-chart">
            <figcaption id="compared-chart" class="chart-title">{ words.say("compared-chart") }</figcaption>
            <ol class="group-bars">{ for rows }</ol>
        </figure>
    }
}
