//! The sources of mail.

use std::net::IpAddr;
use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{
    Ask, Column as ByColumn, Dimension, Field, Group, Groups, Key, Order, Pattern, Term, Within,
};
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::Verdict;

use super::address::{Show, View, go};
use super::cards::{Cards, SOURCE};
use super::client::Client;
use super::doors::{By, Door};
use super::grid::{Cell, Cells, Column, Grid, Line, Lines, Span, Width};
use super::names::{name, only};
use super::ui::{Ui, use_words};
use super::whois::{Batch, Whois};

const COLUMNS: &[Column] = &[
    Column::text("column-source", Width::Wide).by(ByColumn::Key).meaning("source"),
    Column::number("column-messages").by(ByColumn::Messages),
    Column::number("column-share-passed"),
    Column::number("column-failed").by(ByColumn::Failed),
    Column::number("column-dkim-aligned").wide().meaning("dkim_aligned"),
    Column::number("column-spf-aligned").wide().meaning("spf_aligned"),
    Column::text("column-signatures", Width::Widest).optional().meaning("dkim"),
    Column::text("column-checks", Width::Widest).optional().meaning("spf"),
    Column::text("column-from", Width::Wide).optional().meaning("header_from"),
    Column::text("column-reporters", Width::Wide).optional().meaning("reporter"),
    Column::text("column-first", Width::Normal).by(ByColumn::First).optional(),
    Column::text("column-last", Width::Normal).by(ByColumn::Last).optional(),
    Column::number("column-passed").by(ByColumn::Passed).hidden(),
    Column::number("column-unknown").by(ByColumn::Unknown).hidden(),
    Column::text("column-network", Width::Wide).hidden(),
    Column::text("column-country", Width::Normal).hidden(),
    Column::text("column-city", Width::Normal).hidden(),
];

/// What is told of each source beside its figures, in this order.
const WITHIN: [Dimension; 6] = [
    Dimension::DkimAligned,
    Dimension::SpfAligned,
    Dimension::Dkim,
    Dimension::Spf,
    Dimension::HeaderFrom,
    Dimension::Reporter,
];
/// What is told of each in the table beside that, once there is who knows it.
const FACTS: [Dimension; 3] = [Dimension::Network, Dimension::Country, Dimension::City];
/// Values of each. Three is all that an aligned verdict can be: pass, fail, not stated.
const MOST: u32 = 3;

/// The question for some sources.
pub fn ask(order: Order, skip: u32, take: u32, find: String) -> Ask {
    Ask::Groups { by: Dimension::Source, order, skip, take, find, within: WITHIN.to_vec(), most: MOST }
}

/// Properties of [`Sources`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// The table of sources.
#[component]
pub fn Sources(props: &Props) -> Html {
    let words = use_words();
    let deps = (props.client.clone(), props.view.clone(), words.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, view, words)| {
        let (words, of) = (words.clone(), view.clone());
        let reply = reply.reform(move |groups: Groups| Lines {
            total: groups.total,
            all: Some(groups.all),
            lines: groups.rows.into_iter().map(|group| line(&words, group, &of)).collect(),
        });
        let mut ask = ask(span.order, span.skip, span.take, span.find);
        if let Ask::Groups { within, .. } = &mut ask
            && client.known_networks().is_wanted()
        {
            within.extend(FACTS);
        }
        client.groups(view, ask, reply);
    });
    let on_open = use_callback(props.view.clone(), |id: AttrValue, view| {
        if let Ok(address) = id.parse() {
            go(&view.on(Show::Source(address)));
        }
    });
    let deps = (props.client.clone(), props.view.clone(), props.growth);
    let detail = use_callback(deps, |id: AttrValue, (client, view, growth)| {
        let (client, view, growth) = (client.clone(), of(view, &id), *growth);
        let whois = match view.show {
            Show::Source(address) => {
                html! { <Whois client={client.clone()} view={view.clone()} {address} {growth} /> }
            }
            _ => html! { <div></div> },
        };
        html! { <>{ whois }<Cards {client} {view} {growth} cards={SOURCE} /></> }
    });
    html! {
        <section class="sources" aria-labelledby="sources-title">
            <h2 id="sources-title">{ words.say("sources-title") }</h2>
            <Batch client={props.client.clone()} view={props.view.clone()} />
            <Grid
                words={words.clone()} name="sources" labelled_by="sources-title" columns={COLUMNS} of={props.view.write()}
                growth={props.growth} {load} {on_open} {detail} has_search=true
            />
        </section>
    }
}

/// The view of the source that a row is known by.
fn of(view: &View, id: &str) -> View {
    let key = match (id.parse(), id.strip_prefix(TEXT)) {
        (Ok(address), _) => return view.on(Show::Source(address)),
        (_, Some(text)) => Key::Text(text.to_owned()),
        _ => Key::Absent,
    };
    key.term(Dimension::Source).map_or_else(|| view.clone(), |term| only(view, term))
}

/// What the id of a source begins with that is no address: what stands in a report may be anything.
const TEXT: &str = "text ";

/// The row of a source; its id is the address, if it is one.
pub fn line(words: &Ui, group: Group, view: &View) -> Line {
    let id = match &group.key {
        Key::Address(address) => address.to_string(),
        Key::Text(text) => format!("{TEXT}{text}"),
        _ => String::new(),
    };
    let (words, view) = (words.clone(), view.clone());
    Line { id: id.into(), cells: Cells::later(move || cells(&words, &group, &view)), ..Line::default() }
}

fn cells(words: &Ui, group: &Group, view: &View) -> Vec<Cell> {
    let absent = || words.say("source-absent");
    let source = match &group.key {
        Key::Address(address) => {
            let text = AttrValue::from(address.to_string());
            let href = view.on(Show::Source(*address)).href();
            Cell::new(html! { <a class="door" {href} tabindex="-1">{ &text }</a> }, text)
        }
        Key::Text(text) => Cell::text(text.clone()),
        _ => Cell::new(html! { <span class="quiet">{ absent() }</span> }, absent()),
    };
    let figures = &group.figures;
    let door = way(view, &group.key);
    let [dkim_aligned, spf_aligned, dkim, spf, from, reporters] = inside(group);
    let told = |by, within: &Within| {
        // What there is room for is shown, all that is known is copied.
        let names: Vec<String> = within.top.iter().map(|(key, _)| name(words, by, key)).collect();
        let more = within.total.saturating_sub(names.len() as u64);
        let more = if more > 0 { format!(" +{}", words.locale().number(more)) } else { String::new() };
        Cell::new(values(view, by, within, &listed(words, by, within), false), names.join("; ") + &more)
    };
    let [network, country, city] = std::array::from_fn(|place| {
        let within = group.within.get(WITHIN.len().saturating_add(place)).cloned().unwrap_or_default();
        let by = FACTS.get(place).copied().unwrap_or(Dimension::Network);
        // An address has one of each at the most; what is not known says nothing.
        if within.top.first().is_some_and(|(key, _)| *key == Key::Absent) {
            return Cell::text(String::new());
        }
        told(by, &within)
    });
    vec![
        source,
        door.number(words, figures.messages()),
        door.share(words, figures),
        door.count(words, figures.failed, Verdict::Fail),
        aligned(words, &door, Field::Dkim, &dkim_aligned, figures),
        aligned(words, &door, Field::Spf, &spf_aligned, figures),
        told(Dimension::Dkim, &dkim),
        told(Dimension::Spf, &spf),
        told(Dimension::HeaderFrom, &from),
        told(Dimension::Reporter, &reporters),
        door.day(words, group.first),
        door.day(words, group.last),
        door.count(words, figures.passed, Verdict::Pass),
        door.count(words, figures.unknown, Verdict::Unknown),
        network,
        country,
        city,
    ]
}

/// What is told of a source, in the order of [`WITHIN`].
pub fn inside(group: &Group) -> [Within; 6] {
    let mut all = group.within.iter().cloned();
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// Where a source's numbers lead: to its own screen if it has one.
pub fn way(view: &View, source: &Key) -> Door {
    match source {
        Key::Address(address) => Door::to(Some(view.on(Show::Source(*address)))),
        key => Door::group(view, By(Dimension::Source, None), key),
    }
}

/// The share of a source's messages that pass one of the two checks, aligned; it leads to those.
pub fn aligned(words: &Ui, door: &Door, field: Field, aligned: &Within, figures: &Figures) -> Cell {
    let part = passing(aligned);
    let text = words.share(part, figures.messages()).unwrap_or_default();
    let pass = Term::Text(field, vec![Pattern::exactly("pass")]);
    if part == 0 { Cell::text(text) } else { door.only(pass).text(text) }
}

/// The messages whose aligned verdict is a pass.
fn passing(aligned: &Within) -> u64 {
    let pass = aligned.top.iter().filter(|(key, _)| matches!(key, Key::Text(word) if word == "pass"));
    pass.map(|(_, figures)| figures.messages()).sum()
}

/// A text of a source's values, which leads to the records that have the biggest of them.
///
/// In a table that is one stop of the Tab key it is none itself.
pub fn values(view: &View, by: Dimension, within: &Within, text: &str, is_stop: bool) -> Html {
    let tabindex = (!is_stop).then_some("-1");
    match within.top.first().and_then(|(key, _)| key.term(by)) {
        Some(term) => html! { <a class="door" {tabindex} href={only(view, term).href()}>{ text }</a> },
        None => Html::from(text),
    }
}

/// The biggest value, and how many there are beside it.
pub fn listed(words: &Ui, by: Dimension, within: &Within) -> String {
    let Some((key, _)) = within.top.first() else { return String::new() };
    let first = name(words, by, key);
    match within.total.saturating_sub(1) {
        0 => first,
        more => format!("{first} +{}", words.locale().number(more)),
    }
}

/// What a source's screen begins with: its address, and ways on.
pub fn head(words: &Ui, view: &View, address: IpAddr) -> Html {
    // The reports that name the source are those that the screen's own filter leaves.
    let reports = View { filter: view.selected(), ..view.on(Show::Reports) };
    html! {
        <div class="screen-head">
            <h2>{ address.to_string() }</h2>
            <a class="back" href={view.on(Show::Sources).href()}>{ words.say("sources-back") }</a>
            <a href={reports.href()}>{ words.say("source-reports") }</a>
        </div>
    }
}
