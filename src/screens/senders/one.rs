use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Answer, Ask, Dimension, Group, Key, Order};
use dmarcscope::senders::{Marks, Sender};
use dmarcscope::text::Value;

use super::super::address::{Show, View, go};
use super::super::asked::{query, use_answers};
use super::super::attention::{Told, use_calm};
use super::super::breakdown::passing;
use super::super::client::Client;
use super::super::grid::{Grid, Lines, Span};
use super::super::names::name;
use super::super::ui::{Ui, use_words};
use super::mark::MarkForm;
use super::table;

/// Properties of [`One`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view, whose filter asks for the sender.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// The sender.
    pub sender: Key,
    /// All that is said of senders.
    pub marks: Rc<Marks>,
    /// Says something else.
    pub set_marks: Callback<Marks>,
}

/// A sender: its figures, why its mail fails and what to do, what is said and known of it, and its addresses.
#[component]
pub fn One(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth, sender, marks, set_marks } = props;
    let (order, find) = (Order::default(), String::new());
    let ask = Ask::Groups { by: Dimension::Sender, order, skip: 0, take: 1, find, within: vec![], most: 0 };
    let answers = use_answers(client, query(view, vec![ask]), *growth);
    let group = match answers.as_deref() {
        Some([Answer::Groups(groups)]) => groups.rows.first().cloned(),
        _ => None,
    };
    let service = use_service(client, sender, *growth);
    let deps = (client.clone(), view.clone(), words.clone(), marks.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, view, words, marks)| {
        let of = table::Of::new(Dimension::Source, client, view, words, marks);
        table::load(&of, span, reply);
    });
    let on_open = use_callback(view.clone(), |id: AttrValue, view| {
        if let Ok(address) = id.parse() {
            go(&view.on(Show::Source(address)));
        }
    });
    // As it is spelt among the groups; where there are no records, as the filter has it.
    let key = group.as_ref().map_or(sender, |group| &group.key);
    let own = name(&words, Dimension::Sender, key);
    let mark = marks.get(&own).filter(|mark| !mark.name.is_empty());
    let calm = use_calm(*growth);
    let mark_form = match key {
        Key::Text(_) => {
            html! { <MarkForm senders={vec![own.clone()]} marks={marks.clone()} set_marks={set_marks.clone()} /> }
        }
        _ => html! { <p class="quiet">{ words.say("mark-nothing-proven") }</p> },
    };
    html! {
        <>
            <div class="screen-head">
                <h2>{ mark.map_or_else(|| own.clone(), |mark| mark.name.clone()) }</h2>
                if mark.is_some() {
                    <span class="quiet">{ &own }</span>
                }
                <a class="back" href={all(view).href()}>{ words.say("senders-back") }</a>
                <a href={view.on(Show::Overview).href()}>{ words.say("sender-records") }</a>
            </div>
            <p class="quiet sender-figures">{ group.as_ref().map(|group| figures(&words, group)).unwrap_or_default() }</p>
            <section class="attention" aria-labelledby="likely-title">
                <h2 id="likely-title">{ words.say("likely-title") }</h2>
                if let Some(growth) = calm {
                    <Told client={client.clone()} view={view.clone()} {growth} />
                }
            </section>
            <section class="card marks" aria-labelledby="marks-title">
                <h2 id="marks-title">{ words.say("mark-title") }</h2>
                { mark_form }
            </section>
            <div class="sender-service">{ service.map(|service| known(&words, &service)) }</div>
            <section class="sender-sources" aria-labelledby="sender-sources-title">
                <h2 id="sender-sources-title">{ words.say("sender-sources-title") }</h2>
                <Grid
                    words={words.clone()} name="sender-sources" labelled_by="sender-sources-title" columns={table::SOURCES}
                    of={view.write()} growth={*growth} {load} {on_open} has_search=true
                />
            </section>
        </>
    }
}

/// The view of all senders.
fn all(view: &View) -> View {
    let place = view.filter.clauses.iter().position(|clause| !clause.negated && clause.term.field() == "sender");
    let filter = place.map_or_else(|| view.filter.clone(), |place| view.filter.without(place));
    View { filter, ..view.clone() }
}

/// Messages, how many of them pass, and when.
fn figures(words: &Ui, group: &Group) -> String {
    let day = |day: Option<_>| day.map(|day| words.locale().day(day)).unwrap_or_default();
    let (passing, first, last) = (passing(words, &group.figures), day(group.first), day(group.last));
    let values = [
        ("messages", Value::Number(group.figures.messages())),
        ("share", Value::Text(&passing)),
        ("first", Value::Text(&first)),
        ("last", Value::Text(&last)),
    ];
    words.say_with("sender-figures", &values)
}

/// What the catalogue knows of the sender, asked for again whenever there is more: the catalogue may come late.
#[hook]
fn use_service(client: &Rc<Client>, sender: &Key, growth: u32) -> Option<Box<Sender>> {
    let service = use_state_eq(|| None::<Box<Sender>>);
    let setter = service.setter();
    use_effect_with((client.clone(), sender.clone(), growth), move |(client, sender, _)| {
        if let Key::Text(name) = sender {
            client.service(name.clone(), Callback::from(move |told| setter.set(told)));
        }
    });
    (*service).clone()
}

/// What the catalogue knows: facts, each with where it is from.
fn known(words: &Ui, service: &Sender) -> Html {
    let listed = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    let facts = [
        ("service-kind", Some(words.say(&format!("service-{}", service.kind.word())))),
        ("service-dkim", listed(&service.dkim)),
        ("service-return-path", listed(&service.return_path)),
        ("service-include", service.include.as_ref().map(|include| format!("include:{include}"))),
        ("service-own-dkim", service.own_dkim.clone()),
        (
            "service-own-return-path",
            service.own_return_path.clone().or_else(|| service.has_no_return_path.then(|| words.say("service-none"))),
        ),
    ];
    let facts = facts.into_iter().filter_map(|(label, text)| {
        let text = text?;
        Some(html! { <div key={label} data-fact={label}><dt>{ words.say(label) }</dt><dd>{ text }</dd></div> })
    });
    let sources = service.sources.iter().map(|source| {
        html! { <li key={source.clone()}><a href={source.clone()} target="_blank" rel="noreferrer noopener">{ source }</a></li> }
    });
    html! {
        <section class="card service" aria-labelledby="service-title">
            <h2 id="service-title">{ words.say_with("service-title", &[("service", Value::Text(&service.name))]) }</h2>
            <dl class="facts">{ for facts }</dl>
            <p class="quiet">{ words.say("service-sources") }</p>
            <ul class="service-sources">{ for sources }</ul>
        </section>
    }
}
