//! A summary in Markdown: what a mail or an issue begins with.

use std::fmt::Write as _;

use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Groups, Order, Query, Totals};
use dmarcscope::text::Value;

use super::super::address::View;
use super::super::names::name;
use super::super::ui::Ui;

/// Groups told of each dimension.
const MOST: u32 = 10;

/// The dimensions told of, their titles, and what their groups are ordered by.
const PARTS: [(Dimension, &str, Column); 4] = [
    (Dimension::HeaderFrom, "by-from", Column::Messages),
    (Dimension::Outcome, "by-outcome", Column::Messages),
    (Dimension::Source, "summary-sources", Column::Failed),
    (Dimension::Reporter, "by-reporter", Column::Messages),
];

/// What a summary asks.
pub fn asked(view: &View) -> Query {
    let groups = |(by, _, column): (Dimension, _, Column)| Ask::Groups {
        by,
        order: Order { by: column, ascending: false },
        skip: 0,
        take: MOST,
        find: String::new(),
        within: Vec::new(),
        most: 0,
    };
    let asks = std::iter::once(Ask::Totals).chain(PARTS.map(groups)).collect();
    Query { filter: view.selected(), zone: view.clock.zone(), asks }
}

/// The headline in words: a line each of names and values.
pub fn headline(words: &Ui, totals: &Totals) -> Vec<(String, String)> {
    let number = |value: u64| words.locale().number(value);
    let of = |part: u64| {
        let share = words.share(part, totals.figures.messages());
        share.map_or_else(|| number(part), |share| format!("{} ({share})", number(part)))
    };
    let period = match (totals.first, totals.last) {
        (Some(first), Some(last)) => words.locale().days(first, last),
        _ => words.say("source-absent"),
    };
    vec![
        (words.say("summary-period"), period),
        (words.say("summary-messages"), number(totals.figures.messages())),
        (words.say("summary-passed"), of(totals.figures.passed)),
        (words.say("summary-failed"), of(totals.figures.failed)),
        (words.say("summary-unknown"), of(totals.figures.unknown)),
        (words.say("summary-reports"), number(totals.reports)),
        (words.say("summary-addresses"), number(totals.sources)),
    ]
}

/// The whole summary.
pub fn markdown(words: &Ui, view: &View, answers: &[Answer]) -> String {
    let mut text = format!("# {}\n\n", words.say("summary-title"));
    if !view.selected().clauses.is_empty() {
        let filter = view.selected().to_string();
        let said =
            words.say_with("summary-filter", &[("filter", Value::Text(&format!("`{}`", filter.replace('`', "'"))))]);
        // Writing into a string cannot fail; so below.
        let _ = writeln!(text, "{said}\n");
    }
    let mut answers = answers.iter();
    if let Some(Answer::Totals(totals)) = answers.next() {
        for (name, value) in headline(words, totals) {
            let _ = writeln!(text, "- {name}: **{value}**");
        }
    }
    for ((by, title, _), answer) in PARTS.into_iter().zip(answers) {
        if let Answer::Groups(groups) = answer {
            table(words, by, title, groups, &mut text);
        }
    }
    text
}

fn table(words: &Ui, by: Dimension, title: &str, groups: &Groups, text: &mut String) {
    let title = words.say(title);
    let head = ["summary-messages", "summary-passed", "summary-failed"].map(|key| words.say(key)).join(" | ");
    let _ = writeln!(text, "\n## {title}\n\n| {title} | {head} |\n|---|---:|---:|---:|");
    for group in &groups.rows {
        let figures = &group.figures;
        let numbers = [figures.messages(), figures.passed, figures.failed].map(|value| words.locale().number(value));
        let _ = writeln!(text, "| {} | {} |", plain(&name(words, by, &group.key)), numbers.join(" | "));
    }
    if groups.total > groups.rows.len() as u64 {
        let more = Value::Number(groups.total - groups.rows.len() as u64);
        let _ = writeln!(text, "\n{}", words.say_with("summary-more", &[("more", more)]));
    }
}

/// A text that Markdown shows as it stands.
pub fn plain(text: &str) -> String {
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '!' | '~' | '&' => {
                out.push('\\');
                out.push(sign);
            }
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}
