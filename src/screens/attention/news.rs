//! What is new in the period, and what has gone quiet: senders, names in From, selectors and addresses.

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Column, Day, Dimension, Group, Key, Order, Totals};
use dmarcscope::text::Value;

use super::super::address::{Show, View};
use super::super::asked::{query, use_answers};
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
/// So many of each are asked for, and so many told of.
const TAKE: u32 = 50;
const FEW: usize = 4;
/// Fewer messages are chance.
const LEAST: u64 = 20;
/// What begins in the first days, or ends in the last ones, may only look so: reports come late, and small senders rest.
const EDGE: Day = 7;

/// First seen, and no longer seen.
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
    let Some(answers) = use_answers(client, query(view, asks), *growth) else { return html! { <div></div> } };
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
    html! {
        <div class="news">
            { list("news-first", first, |group, totals| group.first.filter(|day| totals.first.is_some_and(|first| *day >= first + EDGE))) }
            { list("news-last", last, |group, totals| group.last.filter(|day| totals.last.is_some_and(|last| *day <= last - EDGE))) }
        </div>
    }
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
