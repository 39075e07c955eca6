//! The biggest sources, on the overview: who they are, what counts and what does not.

use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Field, Group, Groups, Key};
use dmarcscope::report::verdict::Verdict;

use super::address::{Show, View};
use super::bars::bar;
use super::glossary;
use super::names::name;
use super::sources::{aligned, inside, listed, values, way};
use super::ui::Ui;

/// The biggest sources and what proves their mail.
pub fn top_sources(words: &Ui, view: &View, groups: &Groups, by_failed: &UseStateHandle<bool>) -> Html {
    let most = groups.rows.iter().map(|group| group.figures.messages()).max().unwrap_or(0);
    let rows = groups.rows.iter().enumerate().map(|(place, group)| row(words, view, place, group, most));
    let head = |key: &'static str| {
        let class = matches!(key, "column-signatures" | "column-checks").then_some("text");
        let about = match key {
            "column-dkim-aligned" => Some("dkim_aligned"),
            "column-spf-aligned" => Some("spf_aligned"),
            "column-signatures" => Some("dkim"),
            "column-checks" => Some("spf"),
            _ => None,
        };
        html! { <th {key} scope="col" {class}>{ words.say(key) }{ " " }{ about.map(|id| glossary::about(words, id)) }</th> }
    };
    let heads = [
        "column-messages",
        "column-failed",
        "column-share-passed",
        "column-dkim-aligned",
        "column-signatures",
        "column-spf-aligned",
        "column-checks",
    ];
    html! {
        <section class="top-sources" aria-labelledby="by-source" data-by="by-source">
            <div class="card-head">
                <h2 id="by-source">{ words.say(if **by_failed { "by-source-failed" } else { "by-source" }) }</h2>
                <div class="choices" role="group" aria-label={words.say("order-label")}>
                    { order(words, by_failed, "order-failed", true) }
                    { order(words, by_failed, "order-messages", false) }
                </div>
            </div>
            <div class="scroll" tabindex="0" role="group" aria-labelledby="by-source">
                <table>
                    <thead><tr>
                        <th key="source" scope="col">{ words.say("column-source") }</th>
                        <th key="bar" scope="col" class="bar-head"><span class="unseen">{ words.say("column-bar") }</span></th>
                        { for heads.map(head) }
                    </tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <p class="more">
                <a class="link" href={view.on(Show::Sources).href()}>
                    { words.say("sources-all") }
                </a>
            </p>
        </section>
    }
}

/// A button that puts first what fails most, or what sends most.
fn order(words: &Ui, by_failed: &UseStateHandle<bool>, label: &str, is_failed: bool) -> Html {
    let onclick = {
        let by_failed = by_failed.clone();
        Callback::from(move |_: MouseEvent| by_failed.set(is_failed))
    };
    let is_chosen = (**by_failed == is_failed).to_string();
    html! { <button type="button" class="choice" aria-pressed={is_chosen} {onclick}>{ words.say(label) }</button> }
}

fn row(words: &Ui, view: &View, place: usize, group: &Group, most: u64) -> Html {
    let figures = &group.figures;
    let text = name(words, Dimension::Source, &group.key);
    let source = match &group.key {
        Key::Address(address) => {
            html! { <a class="door" href={view.on(Show::Source(*address)).href()}>{ text }</a> }
        }
        _ => html! { <span>{ text }</span> },
    };
    let [dkim_aligned, spf_aligned, dkim, spf, ..] = inside(group);
    let door = way(view, &group.key);
    let raw = |by, within| {
        let text = listed(words, by, within);
        html! { <td class="text raw-result" title={text.clone()}>{ values(view, by, within, &text, true) }</td> }
    };
    html! {
        <tr key={place} data-messages={figures.messages().to_string()} data-passed={figures.passed.to_string()}>
            <th scope="row">{ source }</th>
            <td class="bar-cell">{ bar(figures, most) }</td>
            <td>{ door.number(words, figures.messages()).html }</td>
            <td>{ door.count(words, figures.failed, Verdict::Fail).html }</td>
            <td>{ door.share(words, figures).html }</td>
            <td>{ aligned(words, &door, Field::Dkim, &dkim_aligned, figures).html }</td>
            { raw(Dimension::Dkim, &dkim) }
            <td>{ aligned(words, &door, Field::Spf, &spf_aligned, figures).html }</td>
            { raw(Dimension::Spf, &spf) }
        </tr>
    }
}
