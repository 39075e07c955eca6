use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::{Day, Dimension, Filter, Period, Policies, Totals};
use dmarcscope::text::Value;

use super::super::address::{View, go};
use super::super::doors::{By, inside};
use super::super::filter::clause;
use super::super::names::name;
use super::super::ui::{Ui, use_words};
use super::times::{around, before, period_of, periods};

/// A filter as a person reads it; as it is typed where a pointer rests on it.
pub fn said(words: &Ui, filter: &Filter) -> Html {
    let all: Vec<String> = filter.clauses.iter().map(|one| clause(words, one)).collect();
    let text = if all.is_empty() { words.say("compare-everything") } else { all.join("; ") };
    html! { <span class="compare-said" title={filter.to_string()}>{ text }</span> }
}

/// Which two sets are compared, and how the other one is typed.
pub fn sides(words: &Ui, view: &View) -> Html {
    let swapped = View { filter: view.against.clone(), against: view.filter.clone(), ..view.clone() }.href();
    html! {
        <div class="compare-sides">
            <dl>
                <div><dt>{ words.say("compare-own") }</dt><dd>{ said(words, &view.filter) }</dd></div>
                <div><dt>{ words.say("compare-other") }</dt><dd>{ said(words, &view.against) }</dd></div>
            </dl>
            <a href={swapped}>{ words.say("compare-swap") }</a>
        </div>
    }
}

/// Ways to choose the two sets.
pub fn choices(words: &Ui, view: &View, totals: &Totals, policies: &Policies) -> Html {
    let link = |key: &'static str, view: View| html! { <a key={key} class="choice-link" href={view.href()}>{ words.say(key) }</a> };
    let mut links: Vec<Html> = Vec::new();
    if let Some(period) = period_of(&view.filter) {
        links.push(link("compare-before", periods(view, period, before(period))));
    }
    // Counted from the last day there is.
    if let (None, Some(last)) = (period_of(&view.filter), totals.last) {
        for (key, days) in [("compare-week", 7), ("compare-weeks", 28)] {
            let own = Period { first: last.saturating_sub(days - 1), last };
            links.push(link(key, periods(view, own, before_of(own, days))));
        }
    }
    let changes = policies.rows.iter().enumerate().map(|(place, change)| {
        let domain = name(words, Dimension::Domain, &change.domain);
        let day = words.locale().day(change.day);
        let (before, after) = (name(words, Dimension::Published, &change.before), name(words, Dimension::Published, &change.after));
        let values = [
            ("domain", Value::Text(&domain)),
            ("day", Value::Text(&day)),
            ("before", Value::Text(&before)),
            ("after", Value::Text(&after)),
        ];
        let of = inside(view, By(Dimension::Domain, None), &change.domain).unwrap_or_default();
        let href = around(&View { filter: of, ..view.clone() }, change.day).href();
        html! { <a key={format!("change-{place}")} class="choice-link" {href}>{ words.say_with("compare-change", &values) }</a> }
    });
    let all: Vec<Html> = links.into_iter().chain(changes).collect();
    html! {
        <div class="compare-choices">
            <nav aria-label={words.say("compare-choices")}>{ for all }</nav>
            <Typed view={view.clone()} />
        </div>
    }
}

/// As many days before, where a month is none of the calendar's.
const fn before_of(own: Period, days: Day) -> Period {
    Period { first: own.first.saturating_sub(days), last: own.first.saturating_sub(1) }
}

/// Properties of [`Typed`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The view.
    pub view: View,
}

/// A day, or the other set as a filter, by hand.
#[component]
fn Typed(props: &Props) -> Html {
    let words = use_words();
    let bad = use_state_eq(|| None::<usize>);
    let (day, text) = (use_node_ref(), use_node_ref());
    let value = |node: &NodeRef| node.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
    let on_day = {
        let (view, day) = (props.view.clone(), day.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let filter = format!("period:{}", value(&day)).parse::<Filter>();
            if let Some(period) = filter.ok().and_then(|filter| period_of(&filter)) {
                go(&around(&view, period.first));
            }
        })
    };
    let on_text = {
        let (view, text, bad) = (props.view.clone(), text.clone(), bad.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match value(&text).parse::<Filter>() {
                Ok(against) => {
                    bad.set(None);
                    go(&View { against, ..view.clone() });
                }
                Err(error) => bad.set(Some(error.at)),
            }
        })
    };
    let error = match *bad {
        Some(at) => words.say_with("compare-bad", &[("at", Value::Number(at as u64 + 1))]),
        None => String::new(),
    };
    html! {
        <>
            <form class="groups-label" onsubmit={on_day}>
                <label for="compare-day">{ words.say("compare-day") }</label>
                <input id="compare-day" ref={day} type="date" required=true />
                <button class="button">{ words.say("compare-show") }</button>
            </form>
            <form class="groups-label" onsubmit={on_text}>
                <label for="compare-text">{ words.say("compare-text") }</label>
                <input id="compare-text" key={props.view.against.to_string()} ref={text} type="text" autocomplete="off" spellcheck="false"
                    value={props.view.against.to_string()} aria-describedby="compare-bad" />
                <button class="button">{ words.say("compare-show") }</button>
            </form>
            <p id="compare-bad" class="problem" role="status">{ error }</p>
        </>
    }
}
