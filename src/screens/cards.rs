//! The trend and what stands out, of all records that are looked at or of a source's.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Groups, Order, Series, Totals};

use super::address::View;
use super::asked::{query, use_answers};
use super::breakdown::{Breakdown, ask};
use super::client::Client;
use super::sources;
use super::top_sources::top_sources;
use super::trend::TrendSection;
use super::ui::use_words;

/// Sources on the overview.
const TOP: u32 = 8;

/// What the overview's cards break the messages down by, and their titles.
pub const OVERVIEW: &[(Dimension, &str)] = &[
    (Dimension::Outcome, "by-outcome"),
    (Dimension::Disposition, "by-disposition"),
    (Dimension::HeaderFrom, "by-from"),
    (Dimension::Reporter, "by-reporter"),
];
/// The same of a source's screen.
pub const SOURCE: &[(Dimension, &str)] = &[
    (Dimension::Outcome, "by-outcome"),
    (Dimension::HeaderFrom, "by-from"),
    (Dimension::Dkim, "by-dkim"),
    (Dimension::Spf, "by-spf"),
    (Dimension::Reporter, "by-reporter"),
    (Dimension::EnvelopeFrom, "by-envelope"),
];

/// Properties of [`Cards`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// What the cards break the messages down by.
    pub cards: &'static [(Dimension, &'static str)],
    /// Whether the biggest sources are shown.
    #[prop_or_default]
    pub has_sources: bool,
}

/// The trend and cards, all from one query, so that their numbers agree.
#[component]
pub fn Cards(props: &Props) -> Html {
    let Props { client, view, growth, cards, has_sources } = props;
    let words = use_words();
    let long = use_state_eq(Vec::<Dimension>::new);
    let by_failed = use_state_eq(|| true);
    let on_more = use_callback(long.clone(), |by: Dimension, long| {
        let mut now = (**long).clone();
        match now.iter().position(|known| *known == by) {
            Some(place) => drop(now.remove(place)),
            None => now.push(by),
        }
        long.set(now);
    });
    let asks = [Ask::Totals, Ask::Series].into_iter();
    let asks = asks.chain(cards.iter().map(|(by, _)| ask(*by, long.contains(by))));
    let by = if *by_failed { Column::Failed } else { Column::Messages };
    let order = Order { by, ascending: false };
    let asks = asks.chain(has_sources.then(|| sources::ask(order, 0, TOP, String::new())));
    let Some(answers) = use_answers(client, query(view, asks.collect()), *growth) else {
        return html! { <div class="waiting" aria-busy="true"></div> };
    };
    let (totals, series, groups) = told(&answers);
    if totals.figures.records == 0 {
        // The first program says so, and what to do: an empty chart and empty tables would only be in the way.
        return Html::default();
    }
    // While more groups are on their way the old ones are shown, which are those of other questions.
    let sources =
        groups.get(cards.len()).filter(|_| *has_sources).map(|groups| top_sources(&words, view, groups, &by_failed));
    let shown = cards.iter().zip(groups).map(|((by, title), groups)| {
        html! {
            <Breakdown key={*title} view={view.clone()} by={*by} {title} {groups} is_long={long.contains(by)} on_more={on_more.clone()} />
        }
    });
    html! {
        <>
            <TrendSection {series} {totals} view={view.clone()} />
            <div class="cards">{ for shown }</div>
            <div class="screen">{ sources }</div>
        </>
    }
}

/// The answers by kind.
fn told(answers: &[Answer]) -> (Totals, Series, Vec<Groups>) {
    let (mut totals, mut series, mut groups) = (Totals::default(), Series::default(), Vec::new());
    for answer in answers {
        match answer {
            Answer::Totals(told) => totals = *told,
            Answer::Series(told) => series = told.clone(),
            Answer::Groups(told) => groups.push(told.clone()),
            // Nothing here asks for them.
            _ => {}
        }
    }
    (totals, series, groups)
}
