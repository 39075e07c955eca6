use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::rc::Rc;

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use dmarcscope::senders::{Mark, Marks, Standing};
use dmarcscope::text::Value;

use super::super::client::Client;
use super::super::ui::{Ui, use_words};
use super::use_marks;

/// Properties of [`MarkForm`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The senders that it may be about: one, or an address and ranges around it.
    pub senders: Vec<String>,
    /// All that is said.
    pub marks: Rc<Marks>,
    /// Says something else.
    pub set_marks: Callback<Marks>,
}

/// What a person says of a sender: whose it is, what to call it, and how they know.
#[component]
pub fn MarkForm(props: &Props) -> Html {
    let words = use_words();
    let Props { senders, marks, set_marks } = props;
    // The one that something is said of already, or the first.
    let known = senders.iter().position(|sender| marks.get(sender).is_some());
    let chosen = use_state_eq(|| None::<usize>);
    let refused = use_state_eq(|| false);
    let sender = senders.get((*chosen).or(known).unwrap_or_default()).cloned().unwrap_or_default();
    let mark = marks.get(&sender).cloned().unwrap_or_default();
    let (name, note, standing) = (use_node_ref(), use_node_ref(), use_node_ref());
    let onsubmit = {
        let (marks, set_marks, sender, refused) = (marks.clone(), set_marks.clone(), sender.clone(), refused.setter());
        let (name, note, standing) = (name.clone(), note.clone(), standing.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let text =
                |input: &NodeRef| input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let word = standing.cast::<HtmlSelectElement>().map(|list| list.value()).unwrap_or_default();
            let standing = Standing::ALL.into_iter().find(|known| known.word() == word);
            let mut all = (*marks).clone();
            let is_fine = all.set(&sender, Mark { standing, name: text(&name), note: text(&note) });
            refused.set(!is_fine);
            if is_fine {
                set_marks.emit(all);
            }
        })
    };
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            let list = event.target_dyn_into::<HtmlSelectElement>();
            chosen.set(list.and_then(|list| usize::try_from(list.selected_index()).ok()));
        })
    };
    let ranges = senders.iter().map(|own| {
        html! { <option key={own.clone()} value={own.clone()} selected={*own == sender}>{ own }</option> }
    });
    let standings = Standing::ALL.map(|own| {
        let word = own.word();
        html! {
            <option key={word} value={word} selected={mark.standing == Some(own)}>{ words.say(&format!("mark-{word}")) }</option>
        }
    });
    let field = |id: &'static str, input: &NodeRef, value: &str| {
        html! {
            <label key={id} for={id}>
                <span>{ words.say(id) }</span>
                // Another sender has another input: what was typed for one is not for the next.
                <input key={sender.clone()} {id} ref={input} type="text" maxlength="300" autocomplete="off" value={value.to_owned()} />
            </label>
        }
    };
    html! {
        <form class="mark-form" {onsubmit}>
            if senders.len() > 1 {
                <label key="range" for="mark-range">
                    <span>{ words.say("mark-range") }</span>
                    <select id="mark-range" {onchange}>{ for ranges }</select>
                </label>
            }
            <label key="standing" for="mark-standing">
                <span>{ words.say("mark-standing") }</span>
                <select key={format!("{sender} {:?}", mark.standing)} id="mark-standing" ref={standing}>
                    <option key="-" value="-" selected={mark.standing.is_none()}>{ words.say("mark-unsaid") }</option>
                    { for standings }
                </select>
            </label>
            { field("mark-name", &name, &mark.name) }
            { field("mark-note", &note, &mark.note) }
            <button key="set" class="button button-main">{ words.say("mark-set") }</button>
            <p key="said" class="quiet" role="status">{ said(&words, &mark, *refused) }</p>
        </form>
    }
}

/// What is said now, or why it cannot be.
fn said(words: &Ui, mark: &Mark, is_refused: bool) -> String {
    match (is_refused, mark.standing) {
        (true, _) => words.say("mark-refused"),
        (_, Some(Standing::NotOurs)) => words.say("mark-means-not-ours"),
        (_, Some(Standing::Ours)) => words.say("mark-means-ours"),
        (_, Some(Standing::Allowed)) => words.say("mark-means-allowed"),
        (_, None) => words.say("mark-means-nothing"),
    }
}

/// Properties of [`MarkSource`].
#[derive(Properties, PartialEq)]
pub struct SourceProps {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The source.
    pub address: IpAddr,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// What a person says of an address, or of the range around it: it is a sender of its own then. Folded away on a source's screen.
#[component]
pub fn MarkSource(props: &SourceProps) -> Html {
    let words = use_words();
    let (marks, set_marks) = use_marks(&props.client, props.growth);
    let known = marks.sender_of(props.address).and_then(|sender| Some((sender, marks.get(sender)?)));
    let about = known.map(|(sender, mark)| {
        let whose = super::table::standing(&words, Some(mark));
        let parts = [whose.as_str(), mark.name.as_str(), mark.note.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        words.say_with("mark-known", &[("sender", Value::Text(sender)), ("mark", Value::Text(&parts.join(", ")))])
    });
    html! {
        <section class="card marks" aria-labelledby="marks-title">
            <h2 id="marks-title">{ words.say("mark-title") }</h2>
            <p class="quiet">{ about.unwrap_or_else(|| words.say("mark-about-source")) }</p>
            <details>
                <summary>{ words.say("mark-open") }</summary>
                <MarkForm senders={around(props.address)} {marks} {set_marks} />
            </details>
        </section>
    }
}

/// An address, and the range that its neighbours are in: /24, or /64 of IPv6.
fn around(address: IpAddr) -> Vec<String> {
    let range = match address {
        IpAddr::V4(address) => format!("{}/24", Ipv4Addr::from(address.to_bits() & !0xFF)),
        IpAddr::V6(address) => format!("{}/64", Ipv6Addr::from(address.to_bits() & !u128::from(u64::MAX))),
    };
    vec![address.to_string(), range]
}
