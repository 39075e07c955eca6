//! Two sets of records side by side: figures, trends, groups, and what rose and fell.
//!
//! ```text
//!   Compare      the screen
//!    ├ times        two sets that belong together: a period and the one before, before and after a day
//!    ├ choices      ways to choose the two sets
//!    ├ figures      the headline figures and their differences
//!    ├ trends       both trends, on one scale
//!    ├ table        the groups of a dimension, by how much they changed
//!    └ changes      changes of published policies, also for the board
//! ```

pub mod changes;
mod choices;
mod figures;
mod table;
pub mod times;
mod trends;

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Compared, Dimension, Filter, Order, Policies, Query, Series, Totals};

use super::address::{Show, View, go};
use super::asked::{query, use_answers};
use super::client::Client;
use super::grid::{Grid, Lines, Span};
use super::groups::bars::paints;
use super::groups::choice;
use super::ui::use_words;
pub use times::around;

/// Changes of policies that are offered at the most.
const CHANGES: u32 = 6;

/// Properties of [`Compare`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view: its own records, and those that they are compared with.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// What the groups are by.
    pub by: Dimension,
}

/// What is told of one of the two sets.
#[derive(Clone, PartialEq)]
pub struct Side {
    /// Which records.
    pub filter: Filter,
    /// Their figures.
    pub totals: Totals,
    /// Their messages by day.
    pub series: Series,
}

/// Two sets of records side by side.
#[component]
pub fn Compare(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth, by } = props;
    let by = *by;
    let (order, find) = (Order::default(), String::new());
    let against = view.against.clone();
    let most = Ask::Compare { by, against, order, skip: 0, take: table::TOP, find };
    let asks = vec![Ask::Totals, Ask::Series, most, Ask::Policies { take: CHANGES }];
    let own = use_answers(client, query(view, asks), *growth);
    let question =
        Query { filter: view.against.clone(), zone: view.clock.zone(), asks: vec![Ask::Totals, Ask::Series] };
    let other = use_answers(client, question, *growth);
    let deps = (client.clone(), view.clone(), words.clone(), by);
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, view, words, by)| {
        let (words, of, by) = (words.clone(), view.clone(), *by);
        let Span { skip, take, order, find } = span;
        let ask = Ask::Compare { by, against: view.against.clone(), order, skip, take, find };
        let reply = reply.reform(move |answers: Vec<Answer>| match answers.into_iter().next() {
            Some(Answer::Compared(compared)) => table::lines(&words, &of, by, compared),
            _ => Lines::default(),
        });
        client.answers(query(view, vec![ask]), reply);
    });
    let on_open = use_callback(view.clone(), |id: AttrValue, view| {
        if let Ok(filter) = id.parse::<Filter>() {
            go(&View { filter, ..view.on(Show::Overview) });
        }
    });
    let (Some(own), Some(other)) = (own.as_deref().and_then(own_told), other.as_deref().and_then(other_told)) else {
        return html! { <div class="screen"><section class="waiting" aria-busy="true"></section></div> };
    };
    let (totals, series, compared, policies) = own;
    let own = Side { filter: view.filter.clone(), totals, series };
    let other = Side { filter: view.against.clone(), totals: other.0, series: other.1 };
    let is_same = own.filter == other.filter;
    let pick = {
        let view = view.clone();
        choice(&words, "compare-of", Some(by), None, move |new| go(&view.on(Show::Compare(new.unwrap_or(by)))))
    };
    html! {
        <div class="screen">
            { paints() }
            <section class="compare-head" aria-labelledby="compare-title">
                <h2 id="compare-title">{ words.say("compare-title") }</h2>
                { choices::sides(&words, view) }
                { choices::choices(&words, view, &own.totals, &policies) }
            </section>
            if is_same {
                <section class="compare-none"><p>{ words.say("compare-same") }</p></section>
            } else {
                <section class="compare-figures" aria-labelledby="compare-figures">
                    { figures::figures(&words, view, &own, &other) }
                </section>
                <section class="compare-trends" aria-labelledby="compare-trends">{ trends::trends(&words, &own, &other) }</section>
                <section class="compared" aria-labelledby="compared-title">
                    <div class="groups-head"><h2 id="compared-title">{ words.say("compared-title") }</h2>{ pick }</div>
                    { table::chart(&words, view, by, &compared) }
                    <Grid
                        key={by.name()} words={words.clone()} name="compared" labelled_by="compared-title"
                        columns={table::columns(by)} of={view.write()} growth={*growth} {load} {on_open} has_search=true
                    />
                </section>
            }
        </div>
    }
}

fn own_told(answers: &[Answer]) -> Option<(Totals, Series, Compared, Policies)> {
    match answers {
        [Answer::Totals(totals), Answer::Series(series), Answer::Compared(compared), Answer::Policies(policies)] => {
            Some((*totals, series.clone(), compared.clone(), policies.clone()))
        }
        _ => None,
    }
}

fn other_told(answers: &[Answer]) -> Option<(Totals, Series)> {
    match answers {
        [Answer::Totals(totals), Answer::Series(series)] => Some((*totals, series.clone())),
        _ => None,
    }
}
