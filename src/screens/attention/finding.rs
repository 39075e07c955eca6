use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::causes::{Cause, Finding, Step, StepKind};
use dmarcscope::analysis::{Answer, Ask, Totals};
use dmarcscope::report::verdict::Verdict;
use dmarcscope::text::{Value, confidence_text, finding_text, setting_text, step_sentence};

use super::super::address::View;
use super::super::asked::{query, use_late_answers};
use super::super::client::Client;
use super::super::copy::CopyButton;
use super::super::ui::{Ui, use_words};
use super::evidence;

/// Properties of [`Shown`] and of [`Other`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
    /// What was found.
    pub finding: Finding,
    /// Whether it is the one to begin with.
    #[prop_or_default]
    pub is_first: bool,
}

/// A finding that a person can do something about. Its numbers are those of the filter that it leads to.
#[component]
pub fn Shown(props: &Props) -> Html {
    let words = use_words();
    let Props { finding, is_first, .. } = props;
    let (view, totals) = use_evidence(props);
    let confidence = confidence_text(&words, finding.confidence);
    html! {
        <li class={classes!("finding", is_first.then_some("finding-first"))} data-cause={finding.cause.code()}
            data-step={finding.step.kind.code()} data-messages={totals.map(|totals| totals.figures.messages().to_string())}>
            <h3>
                if *is_first {
                    <span class="finding-mark">{ words.say("attention-first") }</span>
                }
                <span>{ finding_text(&words, finding) }</span>
            </h3>
            <p class="finding-figures">
                <a class="door" href={view.href()}>{ totals.map(|totals| figures(&words, finding, &totals)).unwrap_or_default() }</a>
                <span class="quiet">
                    { totals.map(|totals| words.say_with("attention-sources", &[("sources", Value::Number(totals.sources))])) }
                </span>
                <span class="quiet">{ totals.and_then(|totals| days(&words, &totals)) }</span>
                <span class="quiet">{ words.say_with("attention-likely", &[("confidence", Value::Text(&confidence))]) }</span>
            </p>
            { step(&words, &finding.step) }
        </li>
    }
}

/// A finding that nobody can do anything about, in a few words.
#[component]
pub fn Other(props: &Props) -> Html {
    let words = use_words();
    let (view, totals) = use_evidence(props);
    let what = finding_text(&words, &props.finding);
    let messages = totals.map(|totals| figures(&words, &props.finding, &totals)).unwrap_or_default();
    html! {
        <li data-cause={props.finding.cause.code()} data-messages={totals.map(|totals| totals.figures.messages().to_string())}>
            <a class="door" href={view.href()}>
                { words.say_with("attention-other", &[("what", Value::Text(&what)), ("messages", Value::Text(&messages))]) }
            </a>
        </li>
    }
}

/// The view of the evidence, and its figures once they have come.
#[hook]
fn use_evidence(props: &Props) -> (View, Option<Totals>) {
    let view = evidence(&props.view, &props.finding.evidence);
    let answers = use_late_answers(&props.client, query(&view, vec![Ask::Totals]), props.growth);
    let totals = answers.and_then(|answers| match answers.first() {
        Some(Answer::Totals(totals)) => Some(*totals),
        _ => None,
    });
    (view, totals)
}

/// On which days they were sent.
fn days(words: &Ui, totals: &Totals) -> Option<String> {
    Some(words.locale().days(totals.first?, totals.last?))
}

/// How many messages a finding is about, and what becomes of them.
fn figures(words: &Ui, finding: &Finding, totals: &Totals) -> String {
    let key = match (finding.of, finding.cause) {
        (Verdict::Fail, _) => "attention-failing",
        (Verdict::Unknown, _) => "attention-unknown",
        // SPF alone carries it.
        (_, Cause::NoDkim | Cause::VendorDkimOnly | Cause::GatewayRewriting | Cause::DkimKeyTrouble) => {
            "attention-passing"
        }
        _ => "attention-carried",
    };
    words.say_with(key, &[("messages", Value::Number(totals.figures.messages()))])
}

/// What to do: a sentence, what the service calls it, and what to copy.
pub fn step(words: &Ui, step: &Step) -> Html {
    let setting = setting_text(words, step);
    let source = step.service.as_ref().filter(|_| setting.is_some());
    let source = source.map(|service| {
        let label = words.say_with("attention-says", &[("service", Value::Text(&service.name))]);
        html! { <a href={service.source.clone()} target="_blank" rel="noreferrer noopener">{ label }</a> }
    });
    let copy = step.copy.clone().map(|text| {
        let is_told = setting.as_ref().is_some_and(|setting| setting.contains(&text));
        let label = match (step.kind, step.others) {
            (StepKind::WhoseAddress | StepKind::AddToSpf | StepKind::AuthenticateServer, others) if others > 0 => {
                let sources = text.split(' ').count() as u64;
                words.say_with("attention-copy-all", &[("sources", Value::Number(sources))])
            }
            _ => words.say("attention-copy"),
        };
        html! {
            <span class="finding-copy">
                if !is_told {
                    <code>{ &text }</code>
                }
                <CopyButton {text} {label} />
            </span>
        }
    });
    html! {
        <div class="finding-step">
            <p>{ step_sentence(words, step) }{ " " }{ setting.clone() }</p>
            <p class="finding-ways">{ copy }{ source }</p>
        </div>
    }
}
