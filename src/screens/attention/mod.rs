//! What needs attention: the few things that matter, the one safest next step first, each with its evidence.

mod catalogue;
mod finding;
mod news;
mod source;

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use dmarcscope::analysis::causes::{Cause, Finding, Findings};
use dmarcscope::analysis::{Answer, Ask, Filter};
use dmarcscope::text::Value;

use super::address::{Show, View};
use super::asked::{query, use_late_answers};
use super::client::{Client, document};
use super::ui::use_words;
pub use catalogue::use_catalogue;
use finding::{Other, Shown};
use news::News;
pub use source::SourceCause;

/// Findings at first, and when all are asked for.
const FEW: usize = 5;
const MANY: u32 = 100;

/// Milliseconds between two looks at whether everything is read.
const LOOK: u32 = 100;

/// Properties of [`Attention`] and of [`SourceCause`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// The section at the top of the overview.
#[component]
pub fn Attention(props: &Props) -> Html {
    let words = use_words();
    let calm = use_calm(props.growth);
    let senders = props.view.on(Show::Senders).href();
    let body = match calm {
        Some(growth) => html! {
            <>
                <Told client={props.client.clone()} view={props.view.clone()} {growth} />
                <News client={props.client.clone()} view={props.view.clone()} {growth} />
                <p class="more"><a class="link" href={senders}>{ words.say("attention-senders") }</a></p>
            </>
        },
        None => html! { <p class="quiet">{ words.say("attention-waiting") }</p> },
    };
    html! {
        <section class="attention" aria-labelledby="attention-title">
            <h2 id="attention-title">{ words.say("attention-title") }</h2>
            { body }
        </section>
    }
}

/// The findings.
#[component]
pub fn Told(props: &Props) -> Html {
    let Props { client, view, growth } = props;
    let words = use_words();
    let is_long = use_state_eq(|| false);
    let Some(answers) = use_late_answers(client, query(view, vec![Ask::Findings { take: MANY }]), *growth) else {
        return html! { <div class="attention-waiting" aria-busy="true"></div> };
    };
    let Some(Answer::Findings(Findings { total, rows })) = answers.first() else { return html! { <div></div> } };
    let (own, others): (Vec<&Finding>, Vec<&Finding>) = rows.iter().partition(|row| row.step.kind.ease() > 0);
    let shown = if *is_long { own.len() } else { FEW };
    let items = own.iter().take(shown).enumerate().map(|(place, row)| {
        let key = row.evidence.to_string();
        html! {
            <Shown {key} client={client.clone()} view={view.clone()} growth={*growth} finding={(*row).clone()} is_first={place == 0} />
        }
    });
    let other = |is_asked: fn(&Finding) -> bool, label: &'static str| {
        let all: Vec<&&Finding> = others.iter().filter(|row| is_asked(row)).collect();
        let items = all.iter().map(|row| {
            html! {
                <Other key={row.evidence.to_string()} client={client.clone()} view={view.clone()} growth={*growth} finding={(**row).clone()} />
            }
        });
        html! {
            <div key={label} class="attention-others quiet">
                if !all.is_empty() {
                    <span>{ words.say(label) }</span>
                    <ul>{ for items }</ul>
                }
            </div>
        }
    };
    let onclick = {
        let is_long = is_long.clone();
        Callback::from(move |_: MouseEvent| is_long.set(!*is_long))
    };
    let more = if *is_long {
        words.say_with("attention-less", &[("shown", Value::Number(FEW as u64))])
    } else {
        words.say_with("attention-more", &[("total", Value::Number(*total))])
    };
    html! {
        <>
            <div class="attention-state">
                if own.is_empty() {
                    <p class="attention-well"><strong>{ words.say("attention-well") }</strong>{ " " }{ words.say("attention-well-about") }</p>
                }
            </div>
            <ol class="findings">{ for items }</ol>
            <p class="more">
                if own.len() > FEW {
                    <button type="button" class="link" {onclick} aria-expanded={is_long.to_string()}>{ more }</button>
                }
            </p>
            { other(|row| row.cause != Cause::NotEnough, "attention-others") }
            { other(|row| row.cause == Cause::NotEnough, "attention-unjudged") }
        </>
    }
}

/// The overview of the records that are the evidence, among those that are looked at.
fn evidence(view: &View, evidence: &Filter) -> View {
    let mut filter = view.selected();
    let new = evidence.clauses.iter().filter(|clause| !view.filter.clauses.contains(clause));
    filter.clauses.extend(new.cloned());
    View { filter, ..view.on(Show::Overview) }
}

/// The number of the last growth after which nothing was being read; none before the first such. What takes two looks at all
/// rows is not asked while they are still coming.
#[hook]
pub fn use_calm(growth: u32) -> Option<u32> {
    let calm = use_state_eq(|| None::<u32>);
    let setter = calm.setter();
    use_effect_with(growth, move |growth| {
        let timer = Rc::new(RefCell::new(None));
        look(&timer, setter, *growth);
        move || drop(timer.take())
    });
    *calm
}

fn look(timer: &Rc<RefCell<Option<Timeout>>>, setter: UseStateSetter<Option<u32>>, growth: u32) {
    if !is_reading() {
        return setter.set(Some(growth));
    }
    let own = Rc::downgrade(timer);
    *timer.borrow_mut() = Some(Timeout::new(LOOK, move || {
        if let Some(timer) = own.upgrade() {
            look(&timer, setter, growth);
        }
    }));
}

fn is_reading() -> bool {
    let phase = document().document_element().and_then(|root| root.get_attribute("data-phase"));
    phase.is_some_and(|phase| phase == "reading")
}
