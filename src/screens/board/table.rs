use std::collections::HashMap;
use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{
    Answer, Ask, Clause, Column as By, Day, Dimension, Filter, Group, Groups, Key, MOST, Order, Query, Term, Totals,
    Within,
};
use dmarcscope::dataset::Labels;
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::{Outcome, Verdict};

use super::super::address::{Show, View};
use super::super::asked::query;
use super::super::client::Client;
use super::super::doors::{self, Door, count, inside};
use super::super::grid::{Cell, Cells, Column, Line, Lines, Span, Width};
use super::super::groups::bars;
use super::super::names::name;
use super::super::sources::{listed, values};
use super::super::ui::Ui;
use super::spark::spark;

/// The columns of the board.
pub const COLUMNS: &[Column] = &[
    Column::text("column-domain", Width::Wide).by(By::Key).meaning("policy_domain"),
    Column::number("column-messages").by(By::Messages),
    Column::number("column-share-passed"),
    Column::text("column-trend", Width::Normal).optional(),
    Column::number("column-failed").by(By::Failed),
    Column::text("column-worst", Width::Wide).optional(),
    Column::text("column-fates", Width::Normal).optional(),
    Column::text("column-published", Width::Wide).optional(),
    Column::text("column-labels", Width::Normal).optional(),
    Column::number("column-reporters"),
    Column::text("column-last", Width::Normal).by(By::Last).optional(),
    Column::text("column-first", Width::Normal).by(By::First).hidden(),
    Column::number("column-passed").by(By::Passed).hidden(),
    Column::number("column-unknown").by(By::Unknown).hidden(),
];

/// What the rows are groups by.
const BY: doors::By = doors::By(Dimension::Domain, None);

/// What is told of each domain beside its figures, in this order.
const WITHIN: [Dimension; 3] = [Dimension::Outcome, Dimension::Reporter, Dimension::Published];

/// What the rows are of.
#[derive(Clone)]
pub struct Of {
    client: Rc<Client>,
    view: View,
    words: Ui,
    labels: Rc<Labels>,
}

impl Of {
    /// The records of a view, and what domains are called.
    pub fn new(client: &Rc<Client>, view: &View, words: &Ui, labels: &Rc<Labels>) -> Self {
        Self { client: client.clone(), view: view.clone(), words: words.clone(), labels: labels.clone() }
    }
}

/// Asks for rows: for the figures and the days first, then for the source behind most failures of just these domains.
pub fn load(of: &Of, span: Span, reply: Callback<Lines>) {
    by_time(of, span, Dimension::Day, reply);
}

/// With trends by day, or by month where there are more days than are told.
fn by_time(of: &Of, span: Span, unit: Dimension, reply: Callback<Lines>) {
    let ask = |within: &[Dimension], most| {
        let Span { skip, take, order, find } = span.clone();
        Ask::Groups { by: Dimension::Domain, order, skip, take, find, within: within.to_vec(), most }
    };
    let asks = vec![Ask::Totals, ask(&WITHIN, Outcome::COUNT as u32), ask(&[unit], MOST)];
    let again = of.clone();
    let told = Callback::from(move |answers: Vec<Answer>| {
        let [Answer::Totals(totals), Answer::Groups(groups), Answer::Groups(days)] = &answers[..] else { return };
        let days: Vec<Within> =
            days.rows.iter().map(|group| group.within.first().cloned().unwrap_or_default()).collect();
        if unit == Dimension::Day && days.iter().any(|days| days.total > days.top.len() as u64) {
            return by_time(&again, span.clone(), Dimension::Month, reply.clone());
        }
        worst(&again, *totals, groups.clone(), days, reply.clone());
    });
    of.client.answers(query(&of.view, asks), told);
}

/// Adds the source behind most failing messages of each domain.
fn worst(of: &Of, totals: Totals, groups: Groups, days: Vec<Within>, reply: Callback<Lines>) {
    let failing = groups.rows.iter().filter(|group| group.figures.failed > 0);
    let domains: Vec<_> = failing.filter_map(|group| group.key.term(Dimension::Domain)).collect();
    let patterns = domains.into_iter().flat_map(|term| if let Term::Text(_, all) = term { all } else { Vec::new() });
    let patterns: Vec<_> = patterns.collect();
    let of = of.clone();
    if patterns.is_empty() {
        return reply.emit(lines(&of, totals, groups, days, &HashMap::new()));
    }
    let mut filter = of.view.selected();
    let mut add = |term| filter.clauses.push(Clause { negated: false, term });
    add(Term::Text(dmarcscope::analysis::Field::Domain, patterns));
    add(Term::Verdict(vec![Verdict::Fail]));
    let (take, within) = (u32::try_from(groups.rows.len()).unwrap_or(u32::MAX), vec![Dimension::Source]);
    let (order, find) = (Order::default(), String::new());
    let ask = Ask::Groups { by: Dimension::Domain, order, skip: 0, take, find, within, most: 1 };
    let question = Query { filter, zone: of.view.clock.zone(), asks: vec![ask] };
    let client = of.client.clone();
    let told = Callback::from(move |answers: Vec<Answer>| {
        let Some(Answer::Groups(failing)) = answers.into_iter().next() else { return };
        let first = |group: Group| Some((group.key, group.within.into_iter().next()?.top.into_iter().next()?));
        let worst: HashMap<Key, (Key, Figures)> = failing.rows.into_iter().filter_map(first).collect();
        reply.emit(lines(&of, totals, groups.clone(), days.clone(), &worst));
    });
    client.answers(question, told);
}

fn lines(of: &Of, totals: Totals, groups: Groups, days: Vec<Within>, worst: &HashMap<Key, (Key, Figures)>) -> Lines {
    let rows = groups.rows.into_iter().zip(days).map(|(group, days)| {
        let worst = worst.get(&group.key).cloned();
        let id = inside(&of.view, BY, &group.key);
        let id = id.map_or_else(String::new, |filter| filter.to_string());
        let (of, row) = (of.clone(), Row { group, days, worst, ends: totals.first.zip(totals.last) });
        Line { id: id.into(), cells: Cells::later(move || cells(&of, &row)), ..Line::default() }
    });
    Lines { total: groups.total, all: Some(groups.all), lines: rows.collect() }
}

/// The domain of a row, by its id.
pub fn domain_of(id: &str) -> Option<String> {
    let filter: Filter = id.parse().ok()?;
    let last = filter.clauses.last().filter(|clause| clause.term.field() == "domain")?;
    let Term::Text(_, patterns) = &last.term else { return None };
    patterns.first()?.pieces().map(|pieces| pieces.join("*"))
}

struct Row {
    group: Group,
    days: Within,
    worst: Option<(Key, Figures)>,
    /// First and last day of all rows.
    ends: Option<(Day, Day)>,
}

fn cells(of: &Of, row: &Row) -> Vec<Cell> {
    let (Of { view, words, labels, .. }, group) = (of, &row.group);
    let (figures, door) = (&group.figures, Door::group(view, BY, &group.key));
    let [outcomes, reporters, published] =
        std::array::from_fn(|place| group.within.get(place).cloned().unwrap_or_default());
    let fates = bars::fates(&outcomes);
    let trend = spark(words, &row.days, row.ends);
    let told = listed(words, Dimension::Published, &published);
    let all: Vec<String> = published.top.iter().map(|(key, _)| name(words, Dimension::Published, key)).collect();
    let own: Vec<&str> = if let Key::Text(domain) = &group.key { labels.of(domain).collect() } else { Vec::new() };
    vec![
        door.text(name(words, Dimension::Domain, &group.key)),
        door.number(words, figures.messages()),
        door.share(words, figures),
        door.cell(trend.html, trend.text),
        door.count(words, figures.failed, Verdict::Fail),
        worst_cell(of, row),
        door.drawn(bars::bar(&fates, figures.messages()), bars::said(words, &fates)),
        Cell::new(values(view, Dimension::Published, &published, &told, false), all.join(" | ")),
        Cell::text(own.join(", ")),
        door.on(Show::Groups(Dimension::Reporter, None)).number(words, reporters.total),
        door.day(words, group.last),
        door.day(words, group.first),
        door.count(words, figures.passed, Verdict::Pass),
        door.count(words, figures.unknown, Verdict::Unknown),
    ]
}

/// The source behind most failing messages, and how many; it leads to those.
fn worst_cell(of: &Of, row: &Row) -> Cell {
    let Some((key, figures)) = &row.worst else { return Cell::text("") };
    let text =
        format!("{} · {}", name(&of.words, Dimension::Source, key), of.words.locale().number(figures.messages()));
    let domain = inside(&of.view, BY, &row.group.key);
    let html = match (domain, key, key.term(Dimension::Source)) {
        (Some(filter), Key::Address(address), _) => {
            let filter = filter.narrowed(Term::Verdict(vec![Verdict::Fail]));
            let href = View { filter, ..of.view.on(Show::Source(*address)) }.href();
            html! { <a class="door" {href} tabindex="-1">{ &text }</a> }
        }
        (Some(filter), _, Some(term)) => {
            count(&of.view, Some(filter.narrowed(term)), figures.messages(), Some(Verdict::Fail), &text, false)
        }
        _ => Html::from(text.clone()),
    };
    Cell::new(html, text)
}
