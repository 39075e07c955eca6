use yew::prelude::*;

use dmarcscope::analysis::causes::Cause;
use dmarcscope::analysis::{Answer, Ask, Dimension};
use dmarcscope::text::{Value, cause_text, confidence_text};

use super::super::asked::{query, use_answers};
use super::super::ui::use_words;
use super::finding::step;
use super::{Props, evidence, use_calm};

/// Why a source's mail fails, and what to do: on that source's screen.
#[component]
pub fn SourceCause(props: &Props) -> Html {
    match use_calm(props.growth) {
        Some(growth) => html! { <Told client={props.client.clone()} view={props.view.clone()} {growth} /> },
        None => html! { <div></div> },
    }
}

#[component]
fn Told(props: &Props) -> Html {
    let Props { client, view, growth } = props;
    let words = use_words();
    let asks = vec![Ask::Causes { by: Dimension::Source, skip: 0, take: 1 }];
    let answers = use_answers(client, query(view, asks), *growth);
    let causes = answers.as_ref().and_then(|answers| answers.first());
    let Some(Answer::Causes(causes)) = causes else { return html! { <div></div> } };
    let Some(likely) = causes.rows.first() else { return html! { <div></div> } };
    let confidence = confidence_text(&words, likely.confidence);
    let is_told = !matches!(likely.cause, Cause::None);
    html! {
        <section class="attention likely" aria-labelledby="likely-title" data-cause={likely.cause.code()}>
            <h2 id="likely-title">{ words.say("likely-title") }</h2>
            <p>
                <strong>{ cause_text(&words, likely.cause, likely.step.kind) }</strong>
                if is_told {
                    <span class="quiet">{ " (" }{ confidence }{ ")" }</span>
                    { " " }
                    <a class="door" href={evidence(view, &likely.evidence).href()}>
                        { words.say_with("likely-evidence", &[("messages", Value::Number(likely.messages))]) }
                    </a>
                }
            </p>
            { step(&words, &likely.step) }
        </section>
    }
}
