//! The board of policy domains: one row each, with its trend, what it publishes and what fails most; labels above.

mod spark;
mod table;

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Order, Policies};
use dmarcscope::dataset::Labels;

use super::address::{Show, View, go};
use super::asked::{query, use_answers};
use super::client::Client;
use super::compare::changes::changes;
use super::grid::{Grid, Lines, Span};
use super::groups::bars::paints;
use super::labels::{LabelForm, LabelList};
use super::ui::use_words;

/// Labels whose figures are shown at the most.
const LABELS: u32 = 1_000;
/// Changes of policies that are shown at the most.
const CHANGES: u32 = 12;

/// Properties of [`Board`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// The board of policy domains.
#[component]
pub fn Board(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth } = props;
    let (labels, set_labels) = use_labels(client, *growth);
    // The domains that are being named.
    let named = use_state(|| None::<Rc<[String]>>);
    let deps = (client.clone(), view.clone(), words.clone(), labels.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, view, words, labels)| {
        table::load(&table::Of::new(client, view, words, labels), span, reply);
    });
    let on_open = use_callback(view.clone(), |id: AttrValue, view| {
        if let Ok(filter) = id.parse::<Filter>() {
            go(&View { filter, ..view.on(Show::Overview) });
        }
    });
    let on_act = {
        let named = named.setter();
        use_callback((), move |ids: Vec<AttrValue>, ()| {
            let domains: Vec<String> = ids.iter().filter_map(|id| table::domain_of(id)).collect();
            named.set((!domains.is_empty()).then(|| domains.into()));
        })
    };
    let on_named = {
        let (named, set) = (named.setter(), set_labels.clone());
        use_callback((), move |labels: Option<Labels>, ()| {
            named.set(None);
            labels.into_iter().for_each(|labels| set.emit(labels));
        })
    };
    let (order, find) = (Order::default(), String::new());
    let within = vec![Dimension::Domain];
    let by_label = Ask::Groups { by: Dimension::Label, order, skip: 0, take: LABELS, find, within, most: 0 };
    let told = use_answers(client, query(view, vec![by_label, Ask::Policies { take: CHANGES }]), *growth);
    let (groups, policies) = match told.as_deref() {
        Some([Answer::Groups(groups), Answer::Policies(policies)]) => (groups.rows.clone(), policies.clone()),
        _ => (Vec::new(), Policies::default()),
    };
    html! {
        <div class="screen" aria-busy={told.is_none().to_string()}>
            { paints() }
            <section class="labels" aria-labelledby="labels-title">
                <LabelList view={view.clone()} labels={labels.clone()} {groups} on_labels={set_labels} />
            </section>
            <section class="domains" aria-labelledby="domains-title">
                <h2 id="domains-title">{ words.say("domains-title") }</h2>
                <div class="label-naming">
                    if let Some(domains) = &*named {
                        <LabelForm domains={Rc::clone(domains)} labels={labels.clone()} {on_named} />
                    }
                </div>
                <Grid
                    words={words.clone()} name="domains" labelled_by="domains-title" columns={table::COLUMNS} of={view.write()}
                    growth={*growth} {load} {on_open} {on_act} has_search=true
                />
            </section>
            <section class="changes" aria-labelledby="changes-title">{ changes(&words, view, &policies) }</section>
        </div>
    }
}

/// The labels that the store keeps, and a way to set them.
#[hook]
fn use_labels(client: &Rc<Client>, growth: u32) -> (Rc<Labels>, Callback<Labels>) {
    let labels = use_state_eq(|| Rc::new(Labels::default()));
    let reply = {
        let labels = labels.setter();
        use_callback((), move |told: Labels, ()| labels.set(Rc::new(told)))
    };
    use_effect_with((client.clone(), growth, reply.clone()), |(client, _, reply)| {
        client.labels(None, reply.clone());
    });
    let set = use_callback((client.clone(), reply), |labels: Labels, (client, reply)| {
        client.labels(Some(&labels), reply.clone());
    });
    ((*labels).clone(), set)
}
