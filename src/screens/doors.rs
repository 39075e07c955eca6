//! Ways on from tables: a group's name, its numbers and its days lead to the records that they tell of.

use yew::prelude::*;

use dmarcscope::analysis::{Clause, Day, Dimension, Filter, Key, Period, Term};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::Verdict;

use super::address::{Show, View};
use super::breakdown::passing;
use super::grid::Cell;
use super::names::{name, only};
use super::ui::Ui;

/// Where the cells of a table's row lead to: a screen with the row's records. In a table, which is one stop of the Tab key, they are
/// none themselves.
#[derive(Clone)]
pub struct Door(Option<View>);

impl Door {
    /// To a screen; to none where no filter tells the records apart.
    pub const fn to(view: Option<View>) -> Self {
        Self(view)
    }

    /// To all about a group.
    pub fn group(view: &View, by: By, key: &Key) -> Self {
        Self(inside(view, by, key).map(|filter| View { filter, ..view.on(Show::Overview) }))
    }

    /// The same records on another screen.
    pub fn on(&self, show: Show) -> Self {
        Self(self.0.as_ref().map(|view| view.on(show)))
    }

    /// To those of them that meet a condition.
    pub fn only(&self, term: Term) -> Self {
        Self(self.0.as_ref().map(|view| only(view, term)))
    }

    /// To those with a verdict.
    pub fn verdict(&self, verdict: Verdict) -> Self {
        self.only(Term::Verdict(vec![verdict]))
    }

    /// To those that a term of a record's tells; nowhere without one.
    pub fn of(&self, term: Option<Term>) -> Self {
        term.map_or(Self(None), |term| self.only(term))
    }

    /// What is shown, with what is copied.
    pub fn cell(&self, html: Html, text: impl Into<AttrValue>) -> Cell {
        let text = text.into();
        let html = match &self.0 {
            Some(view) if !text.is_empty() => html! { <a class="door" tabindex="-1" href={view.href()}>{ html }</a> },
            _ => html,
        };
        Cell { html, text }
    }

    /// A drawing, with what it says for who does not see it.
    pub fn drawn(&self, drawing: Html, said: String) -> Cell {
        self.cell(html! { <>{ drawing }<span class="unseen">{ &said }</span></> }, said)
    }

    /// A text.
    pub fn text(&self, text: impl Into<AttrValue>) -> Cell {
        let text = text.into();
        self.cell(Html::from(&*text), text)
    }

    /// Whether it leads anywhere.
    pub const fn leads(&self) -> bool {
        self.0.is_some()
    }

    /// The share of messages that pass, which leads to those.
    pub fn share(&self, words: &Ui, figures: &Figures) -> Cell {
        let text = passing(words, figures);
        if figures.passed == 0 { Cell::text(text) } else { self.verdict(Verdict::Pass).text(text) }
    }

    /// A number; none leads nowhere.
    pub fn number(&self, words: &Ui, number: u64) -> Cell {
        let Cell { html, text } = Cell::number(words, number);
        if number == 0 { Cell { html, text } } else { self.cell(html, text) }
    }

    /// Messages with a verdict. Failing ones stand out.
    pub fn count(&self, words: &Ui, messages: u64, verdict: Verdict) -> Cell {
        let mut cell = self.verdict(verdict).number(words, messages);
        if verdict == Verdict::Fail && messages > 0 {
            cell.html = html! { <span class="has-failures">{ cell.html }</span> };
        }
        cell
    }

    /// A day, which leads to what was sent on it.
    pub fn day(&self, words: &Ui, day: Option<Day>) -> Cell {
        let Some(day) = day else { return Cell::text("") };
        self.only(Term::Period(vec![Period { first: day, last: day }])).text(words.locale().day(day))
    }
}

/// What the records are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct By(pub Dimension, pub Option<Dimension>);

impl By {
    /// The parts of a group's key, each with its dimension.
    pub fn parts(self, key: &Key) -> Vec<(Dimension, &Key)> {
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
