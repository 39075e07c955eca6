use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Dimension, Field, Groups, Order, Pattern, Term, grammar};
use dmarcscope::text::Value;

use super::said;
use super::subject::{Kind, Subject};
use crate::address::View;
use crate::asked::{query, use_answers};
use crate::client::Client;
use crate::ui::{Ui, use_words};

/// Values that are shown.
const MOST: u32 = 60;
/// Milliseconds without a key after which what is typed is looked for.
const PAUSE: u32 = 120;

/// Properties of [`Values`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The screen, with the rest of the filter.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// The field.
    pub subject: &'static Subject,
    /// What is chosen, a value each.
    pub terms: Vec<Term>,
    /// Called with what is chosen.
    pub on_terms: Callback<Option<Vec<Term>>>,
    /// Called with what is typed, as a value; `None` within: nothing; an error: it can be none.
    pub on_typed: Callback<Result<Option<Term>, Wrong>>,
    /// Called when all is to hold.
    pub on_enter: Callback<()>,
}

/// What is typed can be no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong;

/// The values of a field that occur, with their messages; several can be chosen, and patterns be typed.
#[component]
pub fn Values(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth, subject, terms, on_terms, .. } = props;
    let (typed, find) = (use_state_eq(String::new), use_state_eq(String::new));
    let waiting = use_mut_ref(|| None::<Timeout>);
    // What was chosen before stands first, what is chosen now stays where it stands.
    let first = use_state(|| terms.clone());
    let by = subject.dimension().unwrap_or(Dimension::HeaderFrom);
    let take = if matches!(subject.kind, Kind::Choices(_)) { MOST * 2 } else { MOST };
    let ask =
        Ask::Groups { by, order: Order::default(), skip: 0, take, find: (*find).clone(), within: Vec::new(), most: 0 };
    let answers = use_answers(client, query(view, vec![ask]), *growth);
    let groups = answers.as_deref().and_then(|answers| match answers.first() {
        Some(Answer::Groups(groups)) => Some(groups),
        _ => None,
    });
    let has_search = !matches!(subject.kind, Kind::Choices(_));
    let own = own(subject, &typed);
    let is_wrong = own.is_err();

    let mut shown: Vec<(Term, Option<u64>)> = own.into_iter().flatten().map(|term| (term, None)).collect();
    let occurring = occurring(subject, by, groups);
    let messages =
        |term: &Term| occurring.iter().find(|(other, _)| is_same(other, term)).map(|(_, messages)| *messages);
    // Patterns that were typed before are not among those that occur.
    let others = terms.iter().filter(|term| messages(term).is_none());
    for term in first.iter().chain(others).filter(|_| find.is_empty()) {
        if !shown.iter().any(|(known, _)| is_same(known, term)) {
            shown.push((term.clone(), messages(term)));
        }
    }
    for (term, messages) in &occurring {
        if !shown.iter().any(|(known, _)| is_same(known, term)) {
            shown.push((term.clone(), Some(*messages)));
        }
    }
    let rows = shown.into_iter().map(|(term, messages)| {
        let is_chosen = terms.iter().any(|known| is_same(known, &term));
        let toggle = {
            let (terms, term, on_terms) = (terms.clone(), term.clone(), on_terms.clone());
            Callback::from(move |_: Event| {
                let mut terms = terms.clone();
                match terms.iter().position(|known| is_same(known, &term)) {
                    Some(place) => drop(terms.remove(place)),
                    None => terms.push(term.clone()),
                }
                on_terms.emit(Some(terms));
            })
        };
        row(&words, &term, messages, is_chosen, toggle)
    });
    let rows: Vec<Html> = rows.collect();
    let oninput = {
        let (typed, find, subject, on_typed) = (typed.setter(), find.setter(), *subject, props.on_typed.clone());
        Callback::from(move |event: InputEvent| {
            let text = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            on_typed.emit(self::own(subject, &text));
            typed.set(text.clone());
            let find = find.clone();
            *waiting.borrow_mut() = Some(Timeout::new(PAUSE, move || find.set(text.trim().to_owned())));
        })
    };
    let onkeydown = {
        let on_enter = props.on_enter.clone();
        Callback::from(move |event: KeyboardEvent| {
            let is_on_button = event.target_dyn_into::<HtmlInputElement>().is_none();
            if event.key() == "Enter" && !event.is_composing() && !is_on_button {
                event.prevent_default();
                on_enter.emit(());
            }
        })
    };
    let placeholder = words.say(match subject.kind {
        Kind::Address => "filter-find-address",
        _ => "filter-find",
    });
    let summary = match groups {
        None => String::new(),
        Some(groups) if is_wrong || !has_search && groups.total > 0 => String::new(),
        Some(groups) if groups.total == 0 => words.say("filter-no-values"),
        Some(groups) if groups.total > u64::from(take) => {
            let values = [("shown", Value::Number(take.into())), ("total", Value::Number(groups.total))];
            words.say_with("filter-values-some", &values)
        }
        Some(groups) => words.say_with("filter-values", &[("total", Value::Number(groups.total))]),
    };
    html! {
        <div class="values" {onkeydown}>
            <div class="values-find">
                if has_search {
                    <input type="text" autocomplete="off" spellcheck="false" aria-label={placeholder.clone()} {placeholder} value={(*typed).clone()}
                        aria-invalid={is_wrong.to_string()} aria-describedby="filter-values-said" {oninput} />
                }
            </div>
            <p id="filter-values-said" class={if is_wrong { "values-said values-wrong" } else { "values-said" }} role="status">
                { if is_wrong { words.say("filter-error-ip") } else { summary } }
            </p>
            <ul class="value-list" aria-busy={groups.is_none().to_string()}>{ for rows }</ul>
        </div>
    }
}

fn row(words: &Ui, term: &Term, messages: Option<u64>, is_chosen: bool, onchange: Callback<Event>) -> Html {
    let text = said::value(words, term);
    html! {
        <li key={term_text(term)}>
            <label class="value">
                <input type="checkbox" class="pick" checked={is_chosen} {onchange} />
                <span class="value-text" title={text.clone()}>{ &text }</span>
                <span class="value-count">{ messages.map(|messages| words.locale().number(messages)).unwrap_or_default() }</span>
            </label>
        </li>
    }
}

/// The values that occur, as far as they can be values of the field, with their messages.
fn occurring(subject: &Subject, by: Dimension, groups: Option<&Groups>) -> Vec<(Term, u64)> {
    let rows = groups.map(|groups| groups.rows.as_slice()).unwrap_or_default();
    let terms = rows.iter().filter_map(|group| Some((group.key.term(by)?, group.figures.messages())));
    // Sources are addresses or texts, two fields of the filter.
    terms.filter(|(term, _)| term.field() == subject.name).collect()
}

/// What is typed, as a value: a range of addresses, a pattern, or what values contain.
fn own(subject: &Subject, typed: &str) -> Result<Option<Term>, Wrong> {
    let text = typed.trim();
    Ok(match subject.kind {
        _ if text.is_empty() => None,
        Kind::Address => match grammar::network(text) {
            None if is_range(text) => return Err(Wrong),
            network => network.map(|network| Term::Ip(vec![network])),
        },
        Kind::Texts(by) => Field::of_dimension(by).map(|field| {
            let pattern = if text.contains('*') { Pattern::like(text) } else { Pattern::like(&format!("*{text}*")) };
            Term::Text(field, vec![pattern])
        }),
        _ => None,
    })
}

/// Whether what is typed is meant as an address or a range: what has nothing else may still be looked for in others.
fn is_range(text: &str) -> bool {
    text.contains('/') || text.chars().any(|c| !c.is_ascii_hexdigit() && !matches!(c, '.' | ':'))
}

/// Letter case aside.
fn is_same(a: &Term, b: &Term) -> bool {
    a == b || term_text(a) == term_text(b)
}

fn term_text(term: &Term) -> String {
    dmarcscope::analysis::Clause { negated: false, term: term.clone() }.to_string().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_a_pattern_or_a_range() {
        let own = |name: &str, typed: &str| {
            own(Subject::of_name(name).unwrap(), typed).map(|own| own.map(|term| term_text(&term)))
        };
        let is = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(own("from", " Shop "), is("from:*shop*"));
        assert_eq!(own("from", "*.shop"), is("from:*.shop"));
        assert_eq!(own("ip", " 203.0.113.0/24"), is("ip:203.0.113.0/24"));
        // What may become an address is looked for in others.
        assert_eq!([own("from", " "), own("ip", "203.0"), own("ip", "2001:db8")], [Ok(None), Ok(None), Ok(None)]);
        assert_eq!([own("ip", "203.0.113.0/40"), own("ip", "host")], [Err(Wrong), Err(Wrong)]);
    }
}
