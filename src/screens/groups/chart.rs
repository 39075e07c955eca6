use yew::prelude::*;

use dmarcscope::analysis::{Group, Groups};
use dmarcscope::text::Value;

use super::super::address::View;
use super::super::doors::{By, door};
use super::super::ui::Ui;
use super::bars::{Fates, bar, fates, legend, paints, said};

/// Groups of the chart.
pub const TOP: u32 = 10;

/// The biggest groups, each with what became of its messages. It is a list with numbers: who cannot see the bars misses
/// nothing.
pub fn chart(words: &Ui, view: &View, by: By, groups: &Groups) -> Html {
    let of = |group: &Group| group.within.first().map(fates).unwrap_or_default();
    let most = groups.rows.iter().map(|group| group.figures.messages()).max().unwrap_or(0);
    if most == 0 {
        return Html::default();
    }
    let mut all: Fates = Fates::default();
    groups.rows.iter().for_each(|group| all.iter_mut().zip(of(group)).for_each(|(sum, more)| *sum += more));
    let rows = groups.rows.iter().enumerate().map(|(place, group)| {
        let fates = of(group);
        let said = said(words, &fates);
        html! {
            <li key={place} data-messages={group.figures.messages().to_string()}>
                <span class="group-name">{ door(words, view, by, &group.key, true) }</span>
                <span class="group-bar" title={said.clone()}>{ bar(&fates, most) }<span class="unseen">{ said }</span></span>
                <span class="group-count">{ words.locale().number(group.figures.messages()) }</span>
            </li>
        }
    });
    let shown = groups.rows.len() as u64;
    let title = match shown {
        shown if shown < groups.all => {
            words.say_with("groups-chart", &[("shown", Value::Number(shown)), ("all", Value::Number(groups.all))])
        }
        _ => words.say("groups-chart-all"),
    };
    html! {
        <figure class="chart" aria-labelledby="groups-chart">
            { paints() }
            <figcaption id="groups-chart" class="chart-title">{ title }</figcaption>
            { legend(words, &all) }
            <ol class="group-bars">{ for rows }</ol>
        </figure>
    }
}
