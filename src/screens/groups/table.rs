use std::cell::RefCell;
use std::collections::HashMap;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Column as ByColumn, Dimension, Group, Within};
use dmarcscope::report::verdict::Verdict;

use super::super::address::{Show, View};
use super::super::doors::{By, Door, inside};
use super::super::grid::{Cell, Cells, Column, Line, Lines, Width};
use super::super::names::name;
use super::super::ui::Ui;
use super::bars;
use super::dimensions::key_of;

/// Columns behind those that name the group.
const FIGURES: [Column; 11] = [
    Column::number("column-messages").by(ByColumn::Messages),
    Column::number("column-share"),
    Column::number("column-share-passed"),
    Column::text("column-fates", Width::Normal).optional(),
    Column::number("column-passed").by(ByColumn::Passed),
    Column::number("column-failed").by(ByColumn::Failed),
    Column::number("column-unknown").by(ByColumn::Unknown),
    Column::number("column-sources"),
    Column::number("column-reporters"),
    Column::text("column-first", Width::Normal).by(ByColumn::First).optional(),
    Column::text("column-last", Width::Normal).by(ByColumn::Last).optional(),
];

/// The columns of a table. Their heads name what is grouped by, and tables want columns that live as long as the program: one
/// set is made for each choice that is ever shown.
pub fn columns(by: Dimension, and: Option<Dimension>) -> &'static [Column] {
    thread_local!(static MADE: RefCell<HashMap<By, &'static [Column]>> = RefCell::default());
    MADE.with_borrow_mut(|made| {
        let make = || {
            let head = |by| Column::text(key_of(by), Width::Wide);
            let heads = std::iter::once(head(by).by(ByColumn::Key)).chain(and.map(head));
            &*heads.chain(FIGURES).collect::<Vec<_>>().leak()
        };
        *made.entry(By(by, and)).or_insert_with(make)
    })
}

/// The rows of an answer to totals and groups.
pub fn lines(words: &Ui, view: &View, by: By, answers: Vec<Answer>) -> Lines {
    let mut all = 0;
    for answer in answers {
        match answer {
            Answer::Totals(totals) => all = totals.figures.messages(),
            Answer::Groups(groups) => {
                let lines = groups.rows.into_iter().map(|group| line(words, view, by, group, all)).collect();
                return Lines { total: groups.total, all: Some(groups.all), lines };
            }
            _ => {}
        }
    }
    Lines::default()
}

fn line(words: &Ui, view: &View, by: By, group: Group, all: u64) -> Line {
    let id = match inside(view, by, &group.key) {
        Some(filter) => filter.to_string(),
        // No filter, and yet another id for each.
        None => format!("{:?}", group.key),
    };
    let (words, view) = (words.clone(), view.clone());
    Line { id: id.into(), cells: Cells::later(move || cells(&words, &view, by, &group, all)), ..Line::default() }
}

fn cells(words: &Ui, view: &View, by: By, group: &Group, all: u64) -> Vec<Cell> {
    let figures = &group.figures;
    let messages = figures.messages();
    let names = by.parts(&group.key).into_iter().map(|(by, key)| {
        match (Door::group(view, By(by, None), key), name(words, by, key)) {
            (door, text) if door.leads() => door.text(text),
            (_, text) => Cell::new(html! { <span class="quiet">{ &text }</span> }, text),
        }
    });
    let door = Door::group(view, by, &group.key);
    let [outcomes, sources, reporters] = std::array::from_fn(|place| group.within.get(place));
    let values = |within: Option<&Within>, show| door.on(show).number(words, within.map_or(0, |within| within.total));
    let fates = outcomes.map(bars::fates).unwrap_or_default();
    let figures = [
        door.number(words, messages),
        door.text(words.share(messages, all).unwrap_or_default()),
        door.share(words, figures),
        door.drawn(bars::bar(&fates, messages), bars::said(words, &fates)),
        door.count(words, figures.passed, Verdict::Pass),
        door.count(words, figures.failed, Verdict::Fail),
        door.count(words, figures.unknown, Verdict::Unknown),
        values(sources, Show::Sources),
        values(reporters, Show::Groups(Dimension::Reporter, None)),
        door.day(words, group.first),
        door.day(words, group.last),
    ];
    names.chain(figures).collect()
}
