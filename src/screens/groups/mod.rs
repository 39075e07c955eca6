//! Groups by anything: a table and a chart of one dimension, or of two.
//!
//! ```text
//!   Groups       the screen: chooser, chart, table
//!    ├ dimensions   what can be chosen, and what it is called
//!    ├ chart        the biggest groups as bars
//!    ├ table        columns, rows and their doors
//!    └ bars         what became of a group's messages, drawn; for other screens too
//! ```

pub mod bars;
mod chart;
pub mod dimensions;
pub mod table;

use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Order};

use super::address::{Show, View, go};
use super::asked::{query, use_answers};
use super::client::Client;
use super::doors::By;
use super::glossary;
use super::grid::{Grid, Lines, Span};
use super::ui::{Ui, use_words};
use super::whois::{CountryMap, Databases};
use dimensions::{SECTIONS, term_of};

/// Values of each dimension that are told of a group: all outcomes there are.
const MOST: u32 = dmarcscope::report::verdict::Outcome::COUNT as u32;

/// What is told of each group beside its figures, in this order.
const WITHIN: [Dimension; 3] = [Dimension::Outcome, Dimension::Source, Dimension::Reporter];

/// The question for some groups.
fn ask(by: Dimension, and: Option<Dimension>, span: Span, within: &[Dimension]) -> Ask {
    let (Span { skip, take, order, find }, within) = (span, within.to_vec());
    match and {
        None => Ask::Groups { by, order, skip, take, find, within, most: MOST },
        Some(and) => Ask::Pairs { by: [by, and], order, skip, take, find, within, most: MOST },
    }
}

/// Properties of [`Groups`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// What the records are grouped by.
    pub by: Dimension,
    /// And by what else.
    pub and: Option<Dimension>,
}

/// Groups of the records that are looked at.
#[component]
pub fn Groups(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth, by, and } = props;
    let (by, and) = (*by, *and);
    let deps = (client.clone(), view.clone(), words.clone(), by, and);
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, view, words, by, and)| {
        let (words, of, by) = (words.clone(), view.clone(), By(*by, *and));
        let reply = reply.reform(move |answers: Vec<Answer>| table::lines(&words, &of, by, answers));
        let question = query(view, vec![Ask::Totals, ask(by.0, by.1, span, &WITHIN)]);
        client.answers(question, reply);
    });
    let on_open = use_callback(view.clone(), |id: AttrValue, view| {
        // Rows that no filter tells apart have no filter for an id.
        if let Ok(filter) = id.parse::<Filter>() {
            go(&View { filter, ..view.on(Show::Overview) });
        }
    });
    let top = Span { skip: 0, take: chart::TOP, order: Order::default(), find: String::new() };
    let top = use_answers(client, query(view, vec![ask(by, and, top, &WITHIN[..1])]), *growth);
    let top = match top.as_deref() {
        Some([Answer::Groups(groups)]) => Some(groups),
        _ => None,
    };
    let (on_by, on_and) = {
        let (own, other) = (view.clone(), view.clone());
        let on_by = move |new: Option<Dimension>| {
            let new = new.unwrap_or(by);
            go(&own.on(Show::Groups(new, and.filter(|and| *and != new))));
        };
        (on_by, move |new: Option<Dimension>| go(&other.on(Show::Groups(by, new))))
    };
    let columns = table::columns(by, and);
    let name = if and.is_some() { "pairs" } else { "groups" };
    html! {
        <section class="groups" aria-labelledby="groups-title">
            <div class="groups-head">
                <h2 id="groups-title">{ words.say("groups-title") }</h2>
                <div class="groups-choice">
                    { choice(&words, "groups-by", Some(by), None, on_by) }
                    { choice(&words, "groups-and", and, Some(by), on_and) }
                </div>
            </div>
            <div>
                if [Some(by), and].into_iter().flatten().any(|by| by.fact().is_some()) {
                    <Databases client={client.clone()} has_hint=true />
                }
            </div>
            <div>
                if by == Dimension::Country && and.is_none() {
                    <CountryMap client={client.clone()} view={view.clone()} growth={*growth} />
                }
            </div>
            <div class="groups-chart">
                if let Some(groups) = top {
                    { chart::chart(&words, view, By(by, and), groups) }
                } else {
                    <div class="waiting" aria-busy="true"></div>
                }
            </div>
            // Other columns make it another table.
            <div>
                <Grid
                    key={format!("{by:?} {and:?}")} words={words.clone()} {name} labelled_by="groups-title" {columns} of={view.write()}
                    growth={*growth} {load} {on_open} has_search=true
                />
            </div>
        </section>
    }
}

/// Chooses a dimension. Where there is one, `not` cannot be chosen, but nothing can.
pub fn choice(
    words: &Ui,
    label: &'static str,
    chosen: Option<Dimension>,
    not: Option<Dimension>,
    pick: impl Fn(Option<Dimension>) + 'static,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        let name = event.target_dyn_into::<HtmlSelectElement>().map(|list| list.value()).unwrap_or_default();
        pick(Dimension::of_name(&name));
    });
    let sections = SECTIONS.iter().map(|(title, dimensions)| {
        let shown = dimensions.iter().filter(|(by, ..)| Some(*by) != not);
        let options = shown.map(|(by, key, _)| {
            html! { <option key={by.name()} value={by.name()} selected={chosen == Some(*by)}>{ words.say(key) }</option> }
        });
        html! { <optgroup key={*title} label={words.say(title)}>{ for options }</optgroup> }
    });
    let nothing = not.map(
        |_| html! { <option key="" value="" selected={chosen.is_none()}>{ words.say("groups-no-more") }</option> },
    );
    html! {
        <div class="groups-label">
            <label for={label}>{ words.say(label) }</label>
            <select id={label} {onchange}>{ for nothing }{ for sections }</select>
            { chosen.map(term_of).filter(|term| !term.is_empty()).map(|term| glossary::about(words, term)) }
        </div>
    }
}
