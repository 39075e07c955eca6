use std::collections::HashMap;
use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::causes::{Cause, Likely, StepKind};
use dmarcscope::analysis::{Answer, Ask, Clause, Column as By, Dimension, Filter, Group, Groups, Key, Query, Term};
use dmarcscope::report::verdict::Verdict;
use dmarcscope::senders::{Mark, Marks};
use dmarcscope::text::{cause_text, step_sentence};

use super::super::address::{Show, View};
use super::super::asked::query;
use super::super::client::Client;
use super::super::doors::{self, Door};
use super::super::grid::{Cell, Cells, Column, Line, Lines, Span, Width};
use super::super::names::name;
use super::super::ui::Ui;

/// The columns of senders.
pub const SENDERS: &[Column] = &[
    Column::text("column-sender", Width::Wide).by(By::Key),
    Column::text("column-mark", Width::Normal).optional(),
    Column::number("column-messages").by(By::Messages),
    Column::number("column-share-passed"),
    Column::number("column-failed").by(By::Failed),
    Column::text("column-cause", Width::Widest).optional(),
    Column::text("column-step", Width::Widest).optional(),
    Column::number("column-addresses").wide(),
    Column::text("column-first", Width::Normal).by(By::First).optional(),
    Column::text("column-last", Width::Normal).by(By::Last).optional(),
];

/// The columns of a sender's addresses.
pub const SOURCES: &[Column] = &[
    Column::text("column-source", Width::Wide).by(By::Key).meaning("source"),
    Column::number("column-messages").by(By::Messages),
    Column::number("column-share-passed"),
    Column::number("column-failed").by(By::Failed),
    Column::text("column-cause", Width::Widest).optional(),
    Column::text("column-step", Width::Widest).optional(),
    Column::text("column-first", Width::Normal).by(By::First).optional(),
    Column::text("column-last", Width::Normal).by(By::Last).optional(),
];

/// What the rows are of.
#[derive(Clone)]
pub struct Of {
    by: Dimension,
    client: Rc<Client>,
    view: View,
    words: Ui,
    marks: Rc<Marks>,
}

impl Of {
    /// Senders, or sources, among the records of a view, and what is said of them.
    pub fn new(by: Dimension, client: &Rc<Client>, view: &View, words: &Ui, marks: &Rc<Marks>) -> Self {
        Self { by, client: client.clone(), view: view.clone(), words: words.clone(), marks: marks.clone() }
    }
}

/// Asks for rows: for the figures first, then for the causes of just these.
pub fn load(of: &Of, span: Span, reply: Callback<Lines>) {
    let Span { skip, take, order, find } = span;
    let ask = Ask::Groups { by: of.by, order, skip, take, find, within: vec![Dimension::Source], most: 0 };
    let (own, next) = (of.clone(), of.clone());
    let told = Callback::from(move |groups: Groups| causes(&next, groups, &reply));
    own.client.groups(&own.view, ask, told);
}

fn causes(of: &Of, groups: Groups, reply: &Callback<Lines>) {
    let Some(question) = question(of, &groups) else { return reply.emit(lines(of, groups, &HashMap::new())) };
    let (own, reply) = (of.clone(), reply.clone());
    let told = Callback::from(move |answers: Vec<Answer>| {
        let Some(Answer::Causes(causes)) = answers.into_iter().next() else { return };
        let causes = causes.rows.into_iter().map(|likely| (likely.key.clone(), likely)).collect();
        reply.emit(lines(&own, groups.clone(), &causes));
    });
    of.client.answers(question, told);
}

/// The question for the causes of some groups; none without groups.
fn question(of: &Of, groups: &Groups) -> Option<Query> {
    let terms: Vec<Term> = groups.rows.iter().map(|group| group.key.term(of.by)).collect::<Option<_>>()?;
    let first = terms.first()?.clone();
    let is_one_field = terms.iter().all(|term| term.field() == first.field());
    let take = if is_one_field { u32::try_from(terms.len()).unwrap_or(u32::MAX) } else { u32::MAX };
    let mut question = query(&of.view, vec![Ask::Causes { by: of.by, skip: 0, take }]);
    if is_one_field {
        let term = terms.into_iter().fold(first, Term::or);
        question.filter.clauses.push(Clause { negated: false, term });
    }
    Some(question)
}

fn lines(of: &Of, groups: Groups, causes: &HashMap<Key, Likely>) -> Lines {
    let lines = groups.rows.into_iter().map(|group| {
        let likely = causes.get(&group.key).cloned();
        let id = match (of.by, &group.key) {
            (Dimension::Source, Key::Address(address)) => address.to_string(),
            _ => inside(of, &group).to_string(),
        };
        let of = of.clone();
        Line { id: id.into(), cells: Cells::later(move || cells(&of, &group, likely.as_ref())), ..Line::default() }
    });
    let lines = lines.collect();
    Lines { total: groups.total, all: Some(groups.all), lines }
}

/// The records of a group.
fn inside(of: &Of, group: &Group) -> Filter {
    doors::inside(&of.view, doors::By(of.by, None), &group.key).unwrap_or_default()
}

fn cells(of: &Of, group: &Group, likely: Option<&Likely>) -> Vec<Cell> {
    let Of { by, view, words, marks, .. } = of;
    let figures = &group.figures;
    let is_sender = *by == Dimension::Sender;
    let door = match &group.key {
        Key::Address(address) if !is_sender => Door::to(Some(view.on(Show::Source(*address)))),
        key => Door::group(view, doors::By(*by, None), key),
    };
    let name = name(words, *by, &group.key);
    let mark = if is_sender { marks.get(&name) } else { None };
    let head = match mark.map(|mark| mark.name.as_str()).filter(|own| !own.is_empty()) {
        Some(own) => format!("{own} ({name})"),
        None => name,
    };
    let head = if is_sender { door.on(Show::Senders).text(head) } else { door.text(head) };
    let (cause, step) = likely.map(|likely| told(words, likely)).unwrap_or_default();
    let cause = match likely {
        Some(likely) if likely.cause != Cause::None => {
            let filter = evidence(view, &likely.evidence);
            Door::to(Some(View { filter, ..view.on(Show::Overview) })).text(cause)
        }
        _ => Cell::text(cause),
    };
    let mut all = vec![
        head,
        door.number(words, figures.messages()),
        door.share(words, figures),
        door.count(words, figures.failed, Verdict::Fail),
        cause,
        Cell::text(step),
    ];
    if is_sender {
        all.insert(1, Cell::text(standing(words, mark)));
        let sources = group.within.first().map_or(0, |within| within.total);
        all.push(door.on(Show::Sources).number(words, sources));
    }
    all.extend([door.day(words, group.first), door.day(words, group.last)]);
    all
}

/// The rows that show it, among those that are looked at.
fn evidence(view: &View, evidence: &Filter) -> Filter {
    let mut filter = view.selected();
    filter.clauses.extend(evidence.clauses.iter().filter(|clause| !view.filter.clauses.contains(clause)).cloned());
    filter
}

/// A cause and a step in words; nothing where there is nothing to do.
fn told(words: &Ui, likely: &Likely) -> (String, String) {
    let cause = cause_text(words, likely.cause, likely.step.kind);
    let step = if likely.step.kind == StepKind::None { String::new() } else { step_sentence(words, &likely.step) };
    (cause, step)
}

/// Whose a sender is, as a person says.
pub fn standing(words: &Ui, mark: Option<&Mark>) -> String {
    let standing = mark.and_then(|mark| mark.standing);
    standing.map_or_else(String::new, |standing| words.say(&format!("mark-{}", standing.word())))
}
