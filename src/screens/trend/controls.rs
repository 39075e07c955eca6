//! How the trend counts time: the length of a bar, and whose days.

use yew::prelude::*;

use dmarcscope::analysis::{Filter, Judge, Term};
use dmarcscope::text::Value;

use super::super::address::{Unit, View};
use super::super::clock::Clock;
use super::super::compare::times::{around, before, period_of, periods};
use super::super::place;
use super::super::ui::Ui;

/// Choices beside the trend. Each is a link to the same view, counted otherwise.
pub fn controls(words: &Ui, view: &View, drawn: Unit) -> Html {
    let units = Unit::ALL.map(|unit| {
        let to = View { unit: Some(unit), ..view.clone() };
        (words.say(&format!("trend-by-{}", unit.word())), to, unit == drawn)
    });
    let yours = words.say_with("trend-clock-local", &[("place", Value::Text(&place::zone_name()))]);
    let clocks = [(words.say("trend-clock-utc"), Clock::Utc), (yours, Clock::Local)]
        .map(|(label, clock)| (label, View { clock, ..view.clone() }, clock == view.clock));
    let ours = view.filter.is_ours();
    let judges = Judge::ALL.map(|judge| {
        let filter = match judge {
            Judge::Reporter => {
                without(&view.filter, |term| matches!(term, Term::Judge(_))).unwrap_or_else(|| view.filter.clone())
            }
            Judge::Ours => view.filter.narrowed(Term::Judge(vec![judge])),
        };
        let to = View { filter, ..view.clone() };
        (words.say(&format!("judge-{}", judge.word())), to, ours == (judge == Judge::Ours))
    });
    // A day that was picked is where something begins; of several days the question is whether it was so before.
    let compared = period_of(&view.filter).map(|period| match period.first == period.last {
        true => ("trend-compare-day", around(view, period.first)),
        false => ("trend-compare-days", periods(view, period, before(period))),
    });
    let all = without_period(&view.filter).map(|filter| View { filter, ..view.clone() }.href());
    html! {
        <div class="trend-controls">
            { choice(words.say("trend-by"), units.into()) }
            { choice(words.say("trend-clock"), clocks.into()) }
            { choice(words.say("trend-judge"), judges.into()) }
            if let Some((key, to)) = compared {
                <a key="compare" class="trend-all" href={to.href()}>{ words.say(key) }</a>
            }
            if let Some(href) = all {
                <a key="all" class="trend-all" {href}>{ words.say("trend-all-days") }</a>
            }
        </div>
    }
}

fn choice(label: String, choices: Vec<(String, View, bool)>) -> Html {
    let links = choices.into_iter().map(|(label, to, is_chosen)| {
        html! { <li key={label.clone()}><a href={to.href()} aria-current={is_chosen.then_some("true")}>{ label }</a></li> }
    });
    html! { <div class="trend-choice" role="group" aria-label={label.clone()}><span>{ label }</span><ul>{ for links }</ul></div> }
}

/// The filter without its periods, if it has any.
fn without_period(filter: &Filter) -> Option<Filter> {
    without(filter, |term| matches!(term, Term::Period(_)))
}

/// The filter without some clauses, if it has any such.
fn without(filter: &Filter, is_meant: impl Fn(&Term) -> bool) -> Option<Filter> {
    let clauses: Vec<_> = filter.clauses.iter().filter(|clause| !is_meant(&clause.term)).cloned().collect();
    (clauses.len() < filter.clauses.len()).then_some(Filter { clauses })
}
