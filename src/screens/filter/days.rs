use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::grammar::{date, day};
use dmarcscope::analysis::{Answer, Ask, Filter, Period, Query, Term, Totals};

use super::said;
use crate::address::View;
use crate::asked::use_answers;
use crate::client::Client;
use crate::ui::use_words;

/// Properties of [`Days`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// The screen: whose days.
    pub view: View,
    /// The periods, one each.
    pub terms: Vec<Term>,
    /// Called with the periods as they are to be; none: the dates make none.
    pub on_terms: Callback<Option<Vec<Term>>>,
    /// Called when they are to hold.
    pub on_enter: Callback<()>,
}

/// A first and a last day, and what is asked for most. Where there are several periods already, one more.
#[component]
pub fn Days(props: &Props) -> Html {
    let words = use_words();
    let kept = use_state(|| if props.terms.len() > 1 { props.terms.clone() } else { Vec::new() });
    let dates = use_state_eq(|| match props.terms.as_slice() {
        [Term::Period(periods)] => {
            periods.first().map(|one| [written(one.first), written(one.last)]).unwrap_or_default()
        }
        _ => Default::default(),
    });
    let query = Query { filter: Filter::default(), zone: props.view.clock.zone(), asks: vec![Ask::Totals] };
    let answers = use_answers(&props.client, query, props.growth);
    let all = answers.as_deref().and_then(|answers| match answers.first() {
        Some(Answer::Totals(totals)) => known(totals),
        _ => None,
    });
    let is_wrong = read(&dates, all).is_none();
    let set = {
        let (dates, kept, on_terms) = (dates.setter(), (*kept).clone(), props.on_terms.clone());
        Callback::from(move |new: [String; 2]| {
            let terms = read(&new, all).map(|own| {
                kept.iter().cloned().chain(own.map(|period| Term::Period(vec![period]))).collect::<Vec<_>>()
            });
            on_terms.emit(terms);
            dates.set(new);
        })
    };
    let onkeydown = {
        let on_enter = props.on_enter.clone();
        Callback::from(move |event: KeyboardEvent| {
            let is_input = event.target_dyn_into::<HtmlInputElement>().is_some();
            if event.key() == "Enter" && is_input {
                event.prevent_default();
                on_enter.emit(());
            }
        })
    };
    let input = |place: usize, label: &'static str| {
        let oninput = {
            let (dates, set) = ((*dates).clone(), set.clone());
            Callback::from(move |event: InputEvent| {
                let mut dates = dates.clone();
                if let (Some(input), Some(slot)) = (event.target_dyn_into::<HtmlInputElement>(), dates.get_mut(place)) {
                    *slot = input.value();
                }
                set.emit(dates);
            })
        };
        let value = dates.get(place).cloned().unwrap_or_default();
        html! {
            <label class="day">
                <span>{ words.say(label) }</span>
                <input type="date" {value} aria-invalid={is_wrong.to_string()} aria-describedby="filter-days-said" {oninput} />
            </label>
        }
    };
    let quick = |label: &'static str, period: Option<Period>| {
        let onclick = {
            let set = set.clone();
            let dates = period.map(|period| [written(period.first), written(period.last)]).unwrap_or_default();
            Callback::from(move |_: MouseEvent| set.emit(dates.clone()))
        };
        let is_chosen = match (period, read(&dates, all)) {
            (None, Some(None)) => true,
            (Some(period), Some(Some(chosen))) => period == chosen,
            _ => false,
        };
        html! {
            <button type="button" class="choice" aria-pressed={is_chosen.to_string()} {onclick}>{ words.say(label) }</button>
        }
    };
    let several: Vec<String> = kept.iter().map(|term| said::value(&words, term)).collect();
    html! {
        <div class="days" {onkeydown}>
            <p class="values-said">{ several.join(", ") }</p>
            <div class="day-inputs">{ input(0, "filter-first") }{ input(1, "filter-last") }</div>
            <p id="filter-days-said" class="values-said values-wrong" role="status">
                { if is_wrong { words.say("filter-error-days") } else { String::new() } }
            </p>
            <div class="choices" role="group" aria-label={words.say("filter-quick")}>
                if let Some((_, last)) = all {
                    { quick("filter-last-7", Some(until(last, 7))) }
                    { quick("filter-last-30", Some(until(last, 30))) }
                    { quick("filter-month", Some(month(last))) }
                }
                { quick("filter-all-days", None) }
            </div>
        </div>
    }
}

/// First and last day of what was read.
const fn known(totals: &Totals) -> Option<(i32, i32)> {
    match (totals.first, totals.last) {
        (Some(first), Some(last)) => Some((first, last)),
        _ => None,
    }
}

/// So many days, the last of them this one.
const fn until(last: i32, days: i32) -> Period {
    Period { first: last.saturating_sub(days - 1), last }
}

/// The month of a day.
fn month(last: i32) -> Period {
    let first = date(last).and_then(|date| date.replace_day(1).ok()).map_or(last, day);
    let end = date(last).and_then(dmarcscope::analysis::grammar::last_of_month).map_or(last, day);
    Period { first, last: end }
}

/// A day as date fields have it.
fn written(at: i32) -> String {
    date(at).map(|date| date.to_string()).unwrap_or_default()
}

/// What date fields say; none if they make no period. Where one is empty it is the end of what was read.
fn read([first, last]: &[String; 2], all: Option<(i32, i32)>) -> Option<Option<Period>> {
    let end = |text: &String, other: Option<i32>| if text.is_empty() { other } else { parsed(text) };
    if first.is_empty() && last.is_empty() {
        return Some(None);
    }
    let (first, last) = (end(first, all.map(|(first, _)| first))?, end(last, all.map(|(_, last)| last))?);
    (first <= last).then_some(Some(Period { first, last }))
}

fn parsed(text: &str) -> Option<i32> {
    let filter: Filter = format!("period:{text}").parse().ok()?;
    match &filter.clauses.first()?.term {
        Term::Period(periods) => periods.first().map(|period| period.first),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_make_a_period_or_none() {
        let all = Some((20_000, 20_100));
        let read = |first: &str, last: &str| read(&[first.to_owned(), last.to_owned()], all);
        let period = |first, last| Some(Some(Period { first, last }));
        assert_eq!(written(20_010), "2024-10-14");
        assert_eq!(read("2024-10-14", "2024-10-15"), period(20_010, 20_011));
        assert_eq!(read("2024-10-14", ""), period(20_010, 20_100));
        assert_eq!(read("", "2024-10-14"), period(20_000, 20_010));
        assert_eq!(read("", ""), Some(None));
        assert_eq!((read("2024-10-15", "2024-10-14"), read("junk", "2024-10-14")), (None, None));
    }

    #[test]
    fn choices_count_from_the_newest_day() {
        assert_eq!(until(20_010, 7), Period { first: 20_004, last: 20_010 });
        assert_eq!(month(20_010), Period { first: 19_997, last: 20_027 });
    }
}
