//! The reports.

use yew::prelude::*;

use dmarcscope::analysis::{Column, Group, Key, ReportKey, Zone};

use super::address::{Show, View};
use super::ui::Ui;

/// The columns before the figures.
pub const HEADS: &[(&str, Option<Column>)] =
    &[("column-reporter", Some(Column::Key)), ("column-domain", None), ("column-period", Some(Column::First))];

/// The cells of a report.
pub fn cells(words: &Ui, group: &Group, view: &View) -> Vec<Html> {
    let Key::Report(report) = &group.key else { return Vec::new() };
    let absent = || words.say("source-absent");
    let href = format!("#{}", view.on(Show::Report(report.report)).write());
    vec![
        html! { <th key="name" scope="row"><a {href}>{ report.reporter.clone().unwrap_or_else(absent) }</a></th> },
        html! { <td key="domain" class="text">{ report.domain.clone().unwrap_or_else(absent) }</td> },
        html! { <td key="period" class="text">{ period(words, report) }</td> },
    ]
}

fn period(words: &Ui, report: &ReportKey) -> String {
    days(words, report.begin, report.end)
}

/// A period's days, as far as known.
pub fn days(words: &Ui, begin: Option<i64>, end: Option<i64>) -> String {
    let day = |second: Option<i64>| second.map(|second| words.locale().day(Zone::UTC.day(second)));
    match (day(begin), day(end)) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (first, last) => first.or(last).unwrap_or_else(|| words.say("source-absent")),
    }
}
