//! What is new in the period, what has gone quiet, and what passed before and fails now: senders, names in From, selectors and
//! addresses.

use yew::prelude::*;

use dmarcscope::analysis::{
    Answer, Ask, Clause, Column, Day, Dimension, Group, Key, Order, Period, Term, Totals, Turn,
};
use dmarcscope::report::verdict::Verdict;
use dmarcscope::text::Value;

use super::super::address::{Show, View};
use super::super::asked::{query, use_late_answers};
use super::super::names::{name, only};
use super::super::ui::{Ui, use_words};
use super::Props;

/// What may be new, and the key of its word.
const KINDS: [(Dimension, &str); 4] = [
    (Dimension::Sender, "news-sender"),
    (Dimension::HeaderFrom, "news-from"),
    (Dimension::Selector, "news-selector"),
    (Dimension::Source, "news-source"),
];
/// What may have turned.
const TURNING: [(Dimension, &str); 2] = [(Dimension::Sender, "news-sender"), (Dimension::Source, "news-source")];
/// So many of each are asked for, and so many told of.
const TAKE: u32 = 50;
const FEW: usize = 4;
/// Fewer messages are chance.
const LEAST: u64 = 20;
/// What begins in the first days, or ends in the last ones, may only look so: reports come late, and small senders rest.
const EDGE: Day = 7;

/// Turned from passing to failing, first seen, and no longer seen.
#[component]
pub fn News(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth } = props;
    let groups = |by, column, ascending| {
        let order = Order { by: column, ascending };
        Ask::Groups { by, order, skip: 0, take: TAKE, find: String::new(), within: Vec::new(), most: 0 }
    };
    let mut asks = vec![Ask::Totals];
    asks.extend(KINDS.iter().map(|(by, _)| groups(*by, Column::First, false)));
    asks.extend(KINDS.iter().map(|(by, _)| groups(*by, Column::Last, true)));
    asks.extend(TURNING.iter().map(|(by, _)| Ask::Turns { by: *by, take: FEW as u32 }));
    let Some(answers) = use_late_answers(client, query(view, asks), *growth) else { return html! { <div></div> } };
    let Some((Answer::Totals(totals), groups)) = answers.split_first() else { return html! { <div></div> } };
    let rows: Vec<&[Group]> = groups
        .iter()
        .map(|answer| match answer {
            Answer::Groups(groups) => groups.rows.as_slice(),
            _ => &[],
        })
        .collect();
    let list = |label: &'static str, rows: &[&[Group]], day: fn(&Group, &Totals) -> Option<Day>| {
        let items: Vec<Html> = KINDS
            .iter()
            .zip(rows)
            .flat_map(|((by, kind), rows)| {
                let own = rows.iter().filter_map(|group| Some((group, day(group, totals)?)));
                let own = own.filter(|(group, _)| group.figures.messages() >= LEAST && group.key != Key::Absent);
                own.take(FEW).map(|(group, day)| item(&words, view, *by, kind, group, day)).collect::<Vec<_>>()
            })
            .collect();
        html! {
            <div key={label} class="news-list">
                if !items.is_empty() {
                    <h3>{ words.say(label) }</h3>
                    <ul>{ for items }</ul>
                }
            </div>
        }
    };
    let (first, last) = rows.split_at(KINDS.len().min(rows.len()));
    let turned: Vec<Html> = groups
        .iter()
        .filter_map(|answer| if let Answer::Turns(turns) = answer { Some(turns) } else { None })
        .zip(TURNING)
        .flat_map(|(turns, (by, kind))| turns.iter().filter_map(move |turn| Some((by, kind, turn, totals.last?))))
        .filter_map(|(by, kind, own, last)| turned(&words, view, by, kind, own, last))
        .collect();
    html! {
        <div class="news">
            <div key="news-turned" class="news-list">
                if !turned.is_empty() {
                    <h3>{ words.say("news-turned") }</h3>
                    <ul>{ for turned }</ul>
                }
            </div>
            { list("news-first", first, |group, totals| group.first.filter(|day| totals.first.is_some_and(|first| *day >= first + EDGE))) }
            { list("news-last", last, |group, totals| group.last.filter(|day| totals.last.is_some_and(|last| *day <= last - EDGE))) }
        </div>
    }
}

/// What passed before a day and fails since, which leads to what fails; none where no filter tells it apart.
fn turned(words: &Ui, view: &View, by: Dimension, kind: &str, turn: &Turn, last: Day) -> Option<Html> {
    let Turn { key, day, before, since } = turn;
    let text = name(words, by, key);
    let mut to = only(view, key.term(by)?).on(Show::Overview);
    to.filter = to.filter.narrowed(Term::Verdict(vec![Verdict::Fail]));
    // Of days that are asked for already these are some.
    to.filter.clauses.push(Clause { negated: false, term: Term::Period(vec![Period { first: *day, last }]) });
    let sum = |[passed, failed]: &[u64; 2]| Value::Number(passed.saturating_add(*failed));
    let [since_day, said] = [words.locale().day(*day), words.say(kind)];
    let values = [
        ("kind", Value::Text(&said)),
        ("day", Value::Text(&since_day)),
        ("failed", Value::Number(since[1])),
        ("messages", sum(since)),
        ("passed", Value::Number(before[0])),
        ("before", sum(before)),
    ];
    Some(html! {
        <li key={format!("{kind} {text}")} data-turned={kind.to_owned()} data-messages={since[1].to_string()}>
            <a class="door" href={to.href()}>{ &text }</a>{ " " }
            <span class="quiet">{ words.say_with("news-turned-about", &values) }</span>
        </li>
    })
}

fn item(words: &Ui, view: &View, by: Dimension, kind: &str, group: &Group, day: Day) -> Html {
    let text = name(words, by, &group.key);
    let href = match &group.key {
        Key::Address(address) => view.on(Show::Source(*address)).href(),
        key => key.term(by).map_or_else(|| view.href(), |term| only(view, term).href()),
    };
    let messages = Value::Number(group.figures.messages());
    let day = words.locale().day(day);
    let values = [("kind", Value::Text(&words.say(kind))), ("day", Value::Text(&day)), ("messages", messages)];
    html! {
        <li key={format!("{kind} {text}")} data-kind={kind.to_owned()} data-messages={group.figures.messages().to_string()}>
            <a class="door" {href}>{ &text }</a>{ " " }
            <span class="quiet">{ words.say_with("news-about", &values) }</span>
        </li>
    }
}
