//! The reports.

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Ask, Column as By, Dimension, Field, Group, Groups, Key, Pattern, Period, ReportKey, Term};
use dmarcscope::report::ReportId;
use dmarcscope::report::verdict::Verdict;

use super::address::{Show, View};
use super::client::Client;
use super::clock::Clock;
use super::doors::Door;
use super::grid::{Cell, Cells, Column, Grid, Line, Lines, Span, Width};
use super::names::only;
use super::report::ReportScreen;
use super::ui::{Ui, use_words};

const COLUMNS: &[Column] = &[
    Column::text("column-reporter", Width::Wide).by(By::Key).meaning("reporter"),
    Column::text("column-period", Width::Wide).by(By::First).optional().meaning("period"),
    Column::text("column-domain", Width::Wide).optional().meaning("policy_domain"),
    Column::number("column-messages").by(By::Messages),
    Column::number("column-share-passed"),
    Column::number("column-passed").by(By::Passed),
    Column::number("column-failed").by(By::Failed),
    Column::number("column-unknown").by(By::Unknown),
];

/// Properties of [`Reports`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// Which records, on this screen.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// Called with a report to show as a page.
    pub on_open: Callback<ReportId>,
}

/// The table of reports.
#[component]
pub fn Reports(props: &Props) -> Html {
    let words = use_words();
    let deps = (props.client.clone(), props.view.clone(), words.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, view, words)| {
        let (words, of) = (words.clone(), view.clone());
        let reply = reply.reform(move |groups: Groups| Lines {
            total: groups.total,
            all: Some(groups.all),
            lines: groups.rows.into_iter().filter_map(|group| line(&words, group, &of)).collect(),
        });
        let Span { skip, take, order, find } = span;
        let ask = Ask::Groups { by: Dimension::Report, order, skip, take, find, within: Vec::new(), most: 0 };
        client.groups(view, ask, reply);
    });
    let on_open = use_callback(props.on_open.clone(), |id: AttrValue, on_open| {
        if let Ok(report) = id.parse() {
            on_open.emit(report);
        }
    });
    let deps = (props.client.clone(), props.growth, props.view.clock);
    let detail = use_callback(deps, |id: AttrValue, (client, growth, clock)| {
        let (client, growth, clock) = (client.clone(), *growth, *clock);
        let screen = |report: ReportId| html! { <ReportScreen {client} {report} {growth} {clock} /> };
        id.parse().map(screen).unwrap_or_default()
    });
    html! {
        <section class="reports" aria-labelledby="reports-title">
            <h2 id="reports-title">{ words.say("reports-title") }</h2>
            <Grid
                words={words.clone()} name="reports" labelled_by="reports-title" columns={COLUMNS} of={props.view.on(Show::Reports).write()}
                growth={props.growth} {load} {on_open} {detail} has_search=true
            />
        </section>
    }
}

/// The row of a report; its id is the report's number.
pub fn line(words: &Ui, group: Group, view: &View) -> Option<Line> {
    let Key::Report(report) = &group.key else { return None };
    let (id, words, view) = (report.report.to_string().into(), words.clone(), view.clone());
    Some(Line { id, cells: Cells::later(move || cells(&words, &group, &view)), ..Line::default() })
}

fn cells(words: &Ui, group: &Group, view: &View) -> Vec<Cell> {
    let Key::Report(report) = &group.key else { return Vec::new() };
    let door = Door::to(Some(own(view, [&report.reporter, &report.domain, &report.report_id])));
    let absent = || words.say("source-absent");
    let href = view.on(Show::Report(report.report)).href();
    let name = AttrValue::from(report.reporter.clone().unwrap_or_else(absent));
    let name = Cell::new(html! { <a {href} tabindex="-1">{ &name }</a> }, name);
    let here = Door::to(Some(view.clone()));
    let domain = here.only(stated(Field::Domain, &report.domain)).text(report.domain.clone().unwrap_or_else(absent));
    let figures = &group.figures;
    vec![
        name,
        here.of(period(view.clock, report)).text(days(words, view.clock, report.begin, report.end)),
        domain,
        door.number(words, figures.messages()),
        door.share(words, figures),
        door.count(words, figures.passed, Verdict::Pass),
        door.count(words, figures.failed, Verdict::Fail),
        door.count(words, figures.unknown, Verdict::Unknown),
    ]
}

fn stated(field: Field, text: &Option<String>) -> Term {
    Term::Text(field, vec![Pattern::stated(text.as_deref())])
}

/// A report's own records, on the overview: those of its reporter, its policy domain and its id.
pub fn own(view: &View, names: [&Option<String>; 3]) -> View {
    let fields = [Field::Reporter, Field::Domain, Field::Report];
    fields.into_iter().zip(names).fold(view.on(Show::Overview), |view, (field, text)| only(&view, stated(field, text)))
}

/// The days of a report, if it tells both ends in order.
fn period(clock: Clock, report: &ReportKey) -> Option<Term> {
    let day = |second| clock.zone().day(second);
    let (first, last) = (day(report.begin?), day(report.end?));
    (first <= last).then(|| Term::Period(vec![Period { first, last }]))
}

/// A period's days, as far as known.
pub fn days(words: &Ui, clock: Clock, begin: Option<i64>, end: Option<i64>) -> String {
    let zone = clock.zone();
    let day = |second: Option<i64>| second.map(|second| words.locale().day(zone.day(second)));
    match (day(begin), day(end)) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (first, last) => first.or(last).unwrap_or_else(|| words.say("source-absent")),
    }
}
