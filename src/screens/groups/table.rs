use std::cell::RefCell;
use std::collections::HashMap;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Clause, Column as ByColumn, Dimension, Filter, Group, Key, Term, Within};
use dmarcscope::report::verdict::Verdict;

use super::super::address::{Show, View};
use super::super::breakdown::passing;
use super::super::grid::{Cell, Cells, Column, Line, Lines, Width};
use super::super::names::name;
use super::super::ui::Ui;
use super::bars;
use super::dimensions::key_of;

/// What the records are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct By(pub Dimension, pub Option<Dimension>);

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
        let text = name(words, by, key);
        let html = match inside(view, By(by, None), key) {
            Some(filter) => link(view, &filter, &text, false),
            None => html! { <span class="quiet">{ &text }</span> },
        };
        Cell::new(html, text)
    });
    let number = |messages: u64, verdict| {
        let text = words.locale().number(messages);
        Cell::new(count(view, inside(view, by, &group.key), messages, verdict, &text, false), messages.to_string())
    };
    let [outcomes, sources, reporters] = std::array::from_fn(|place| group.within.get(place));
    let values = |within: Option<&Within>| Cell::number(words, within.map_or(0, |within| within.total));
    let day = |day: Option<i32>| Cell::text(day.map(|day| words.locale().day(day)).unwrap_or_default());
    let fates = outcomes.map(bars::fates).unwrap_or_default();
    let figures = [
        number(messages, None),
        Cell::text(words.share(messages, all).unwrap_or_default()),
        Cell::text(passing(words, figures)),
        Cell::new(bars::bar(&fates, messages), bars::said(words, &fates)),
        number(figures.passed, Some(Verdict::Pass)),
        number(figures.failed, Some(Verdict::Fail)),
        number(figures.unknown, Some(Verdict::Unknown)),
        values(sources),
        values(reporters),
        day(group.first),
        day(group.last),
    ];
    names.chain(figures).collect()
}

impl By {
    /// The parts of a group's key, each with its dimension.
    fn parts(self, key: &Key) -> Vec<(Dimension, &Key)> {
        match (self, key) {
            (Self(by, Some(and)), Key::Pair(pair)) => vec![(by, &pair.0), (and, &pair.1)],
            (Self(by, _), key) => vec![(by, key)],
        }
    }
}

/// With a condition more. One on the same field goes only where the new one is within it.
fn with(filter: &Filter, is_single: bool, term: Term) -> Filter {
    if is_single {
        return filter.narrowed(term);
    }
    let mut filter = filter.clone();
    let clause = Clause { negated: false, term };
    if !filter.clauses.contains(&clause) {
        filter.clauses.push(clause);
    }
    filter
}

/// Exactly the records of a group; none where no filter tells them apart.
pub fn inside(view: &View, by: By, key: &Key) -> Option<Filter> {
    by.parts(key).into_iter().try_fold(view.filter.clone(), |filter, (by, key)| {
        // A record may have two selectors: one that has this one and the one asked for is not any record with this one.
        Some(with(&filter, by.is_single(), key.term(by)?))
    })
}

/// Leads to all about some records. In a table, which is one stop of the Tab key, it is none itself.
fn link(view: &View, filter: &Filter, text: &str, is_stop: bool) -> Html {
    let href = View { filter: filter.clone(), ..view.on(Show::Overview) }.href();
    html! { <a class="door" {href} tabindex={(!is_stop).then_some("-1")} title={text.to_owned()}>{ text }</a> }
}

/// A number of messages of some records, those with a verdict where one is said, which leads to them. Failing ones stand out.
pub fn count(
    view: &View,
    of: Option<Filter>,
    messages: u64,
    verdict: Option<Verdict>,
    text: &str,
    is_stop: bool,
) -> Html {
    let filter = of.filter(|_| messages > 0).map(|filter| match verdict {
        Some(verdict) => with(&filter, true, Term::Verdict(vec![verdict])),
        None => filter,
    });
    let html = match filter {
        Some(filter) => link(view, &filter, text, is_stop),
        None => Html::from(text),
    };
    if verdict == Some(Verdict::Fail) && messages > 0 {
        html! { <span class="has-failures">{ html }</span> }
    } else {
        html
    }
}

/// A group's name, which leads to all about it.
pub fn door(words: &Ui, view: &View, by: By, key: &Key, is_stop: bool) -> Html {
    let names: Vec<String> = by.parts(key).into_iter().map(|(by, key)| name(words, by, key)).collect();
    let text = names.join(" · ");
    match inside(view, by, key) {
        Some(filter) => link(view, &filter, &text, is_stop),
        None => html! { <span title={text.clone()}>{ text }</span> },
    }
}
