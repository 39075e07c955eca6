//! What a typed filter may go on with: fields, and values that occur.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::grammar::date;
use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Order, Query, Term};

use super::complete::{At, typed};
use super::said;
use super::subject::{Kind, Subject};
use crate::address::View;
use crate::asked::query;
use crate::client::Client;
use crate::ui::Ui;

/// Suggestions at once.
const MOST: u32 = 10;
/// Months that are suggested.
const MONTHS: i32 = 6;

/// A field, and what the store told of its values.
type Told = (&'static Subject, Rc<[Answer]>);

/// Something that the text may go on with.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is typed for it.
    pub with: String,
    /// What it is, where that is not the same.
    pub about: String,
    /// Messages that have it, where they are counted.
    pub count: Option<u64>,
}

/// What stands at the caret may go on with these, as far as is known of what was sought.
#[hook]
pub fn use_choices(words: &Ui, client: &Rc<Client>, view: &View, here: &At, sought: &At, growth: u32) -> Vec<Choice> {
    let told = use_state(|| None::<Told>);
    let (setter, latest) = (told.setter(), use_mut_ref(|| 0_u32));
    let question = match sought {
        At::Value { field, typed, .. } => {
            Subject::of_name(field).map(|subject| (subject, question(view, subject, typed)))
        }
        _ => None,
    };
    use_effect_with((client.clone(), question, growth), move |(client, question, _)| {
        let number = latest.borrow().wrapping_add(1);
        *latest.borrow_mut() = number;
        if let Some((subject, query)) = question.clone() {
            let reply = Callback::from(move |answers: Vec<Answer>| {
                if *latest.borrow() == number {
                    setter.set(Some((subject, answers.into())));
                }
            });
            client.answers(query, reply);
        }
    });
    choices(words, here, told.as_ref())
}

/// The values of a field that contain what is typed, or the days there are.
fn question(view: &View, subject: &Subject, typed: &str) -> Query {
    // Each part of a signature or a check is a text of its own.
    let find = typed.rsplit('/').next().unwrap_or_default().to_owned();
    let ask = match subject.dimension() {
        Some(by) => {
            Ask::Groups { by, order: Order::default(), skip: 0, take: MOST * 3, find, within: Vec::new(), most: 0 }
        }
        None => Ask::Totals,
    };
    query(&rest(view, subject), vec![ask])
}

/// The screen with what values are counted under: all of the filter but what it asks of the same field.
fn rest(view: &View, subject: &Subject) -> View {
    let mut filter = view.filter.clone();
    filter.clauses.retain(|clause| clause.term.field() != subject.name);
    View { filter: subject.among(filter), ..view.clone() }
}

/// What the text may go on with. What was told may be of something else than stands at the caret by now.
fn choices(words: &Ui, here: &At, told: Option<&Told>) -> Vec<Choice> {
    match here {
        At::Nothing => Vec::new(),
        At::Field { typed, .. } => {
            let typed = typed.to_lowercase();
            let label = |subject: &Subject| said::field(words, subject.name);
            let has =
                |subject: &&Subject| subject.name.starts_with(&typed) || label(subject).to_lowercase().contains(&typed);
            let found = Subject::all().filter(|subject| subject.kind != Kind::Words).filter(has);
            let mut found: Vec<&Subject> = found.collect();
            found.sort_by_key(|subject| !subject.name.starts_with(&typed));
            found
                .into_iter()
                .map(|subject| Choice { with: format!("{}:", subject.name), about: label(subject), count: None })
                .collect()
        }
        At::Value { field, .. } => match told {
            Some((subject, answers)) if subject.name.eq_ignore_ascii_case(field) => {
                values(words, subject, here, answers)
            }
            _ => Vec::new(),
        },
    }
}

fn values(words: &Ui, subject: &Subject, here: &At, answers: &[Answer]) -> Vec<Choice> {
    let At::Value { typed: begun, .. } = here else { return Vec::new() };
    let begun = begun.to_lowercase();
    let choice = |term: &Term, count: Option<u64>| {
        let (with, about) = (typed(term), said::value(words, term));
        let about = if with == about { String::new() } else { about };
        Choice { with, about, count }
    };
    match answers.first() {
        Some(Answer::Groups(groups)) => {
            let by = subject.dimension().unwrap_or(Dimension::HeaderFrom);
            let terms = groups.rows.iter().filter_map(|group| Some((group.key.term(by)?, group.figures.messages())));
            let own = terms.filter(|(term, _)| term.field() == subject.name);
            // Parts are looked for one by one: here they have to be as typed.
            let is_begun = |choice: &Choice| !begun.contains('/') || choice.with.to_lowercase().starts_with(&begun);
            own.map(|(term, count)| choice(&term, Some(count))).filter(is_begun).take(MOST as usize).collect()
        }
        Some(Answer::Totals(totals)) if subject.kind == Kind::Days => {
            let months = totals.first.zip(totals.last).map(|(first, last)| months(first, last)).unwrap_or_default();
            let months = months.into_iter().filter_map(|month| format!("period:{month}").parse::<Filter>().ok());
            let terms = months.filter_map(|filter| filter.clauses.into_iter().next()).map(|clause| clause.term);
            terms.map(|term| choice(&term, None)).filter(|choice| choice.with.starts_with(&begun)).collect()
        }
        _ => Vec::new(),
    }
}

/// The last months of a time, the newest first.
fn months(first: i32, last: i32) -> Vec<String> {
    let month = |at: i32| date(at).map(|date| format!("{:04}-{:02}", date.year(), u8::from(date.month())));
    let mut all: Vec<String> =
        (0..=MONTHS * 31).map(|back| last.saturating_sub(back)).filter(|day| *day >= first).filter_map(month).collect();
    all.dedup();
    all.truncate(MONTHS as usize);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_the_newest_of_the_data() {
        assert_eq!(months(20_000, 20_040), ["2024-11", "2024-10"]);
        assert_eq!(months(10_000, 20_040).len(), 6);
    }
}
