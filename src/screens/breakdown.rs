//! Cards that break the messages down by a dimension: the biggest groups, each a door to the filter.

use yew::prelude::*;

use dmarcscope::analysis::{Ask, Dimension, Group, Groups};
use dmarcscope::report::Figures;

use super::address::View;
use super::asked::biggest;
use super::bars::bar;
use super::doors::Door;
use super::glossary;
use super::names::{door, only};
use super::ui::{Ui, use_words};

/// Groups of a card at first, and when more are asked for.
const FEW: u32 = 6;
const MANY: u32 = 200;

/// The question behind a card.
pub fn ask(by: Dimension, is_long: bool) -> Ask {
    biggest(by, if is_long { MANY } else { FEW })
}

/// Properties of [`Breakdown`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The screen it stands on.
    pub view: View,
    /// The dimension.
    pub by: Dimension,
    /// The key of its title.
    pub title: &'static str,
    /// The answer to [`ask`].
    pub groups: Groups,
    /// Whether all that is asked for is to be shown.
    pub is_long: bool,
    /// Called with the dimension when more or fewer groups are wanted.
    pub on_more: Callback<Dimension>,
}

/// The biggest groups of a dimension.
#[component]
pub fn Breakdown(props: &Props) -> Html {
    let words = use_words();
    let Props { view, by, title, groups, is_long, on_more } = props;
    let most = groups.rows.iter().map(|group| group.figures.messages()).max().unwrap_or(0);
    let rows = groups.rows.iter().enumerate().map(|(place, group)| row(&words, view, *by, place, group, most));
    let id = format!("by-{title}");
    let onclick = {
        let by = *by;
        on_more.reform(move |_: MouseEvent| by)
    };
    let is_more = groups.total > u64::from(FEW);
    let label = if *is_long { "breakdown-less" } else { "breakdown-more" };
    html! {
        <section class="card" aria-labelledby={id.clone()} data-by={*title}>
            <div class="card-head"><h2 {id}>{ words.say(title) }</h2>{ term(*by).map(|id| glossary::about(&words, id)) }</div>
            <table class="breakdown">
                <thead><tr>
                    <th scope="col">{ words.say(title) }</th>
                    <td class="bar-head"></td>
                    <th scope="col">{ words.say("column-messages") }</th>
                    <th scope="col">{ words.say("column-share-passed") }</th>
                </tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
            <p class="more">
                if is_more {
                    <button type="button" class="link" {onclick} aria-expanded={is_long.to_string()}>
                        { words.say_with(label, &[("total", dmarcscope::text::Value::Number(groups.total))]) }
                    </button>
                }
            </p>
        </section>
    }
}

/// The share that passes; where nobody can tell of any message, that.
pub fn passing(words: &Ui, figures: &Figures) -> String {
    match words.share(figures.passed, figures.messages()) {
        Some(_) if figures.unknown > 0 && figures.unknown == figures.messages() => words.say("verdict-unknown"),
        share => share.unwrap_or_default(),
    }
}

/// What the glossary calls a dimension.
const fn term(by: Dimension) -> Option<&'static str> {
    Some(match by {
        Dimension::HeaderFrom => "header_from",
        Dimension::Reporter => "reporter",
        Dimension::Disposition => "disposition",
        Dimension::Dkim => "dkim",
        Dimension::Spf => "spf",
        Dimension::EnvelopeFrom => "envelope_from",
        _ => return None,
    })
}

fn row(words: &Ui, view: &View, by: Dimension, place: usize, group: &Group, most: u64) -> Html {
    let figures = &group.figures;
    let way = Door::to(group.key.term(by).map(|term| only(view, term)));
    html! {
        <tr key={place} data-messages={figures.messages().to_string()} data-passed={figures.passed.to_string()}>
            <th scope="row">{ door(words, view, by, group) }</th>
            <td>{ bar(figures, most) }</td>
            <td>{ way.number(words, figures.messages()).html }</td>
            <td>{ way.share(words, figures).html }</td>
        </tr>
    }
}
