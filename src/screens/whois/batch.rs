use std::net::IpAddr;
use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Groups, Key};
use dmarcscope::protocol::networks::{Progress, Settings, ToNetworks};
use dmarcscope::text::Value;

use super::consent::Consent;
use super::databases::Databases;
use super::panel::said;
use super::program::{State, use_networks};
use crate::address::View;
use crate::asked::biggest;
use crate::client::Client;
use crate::labels::file::save;
use crate::ui::{Ui, use_words};

/// How many sources may be looked up at once.
const COUNTS: [u32; 4] = [10, 25, 50, 100];
/// The name of the file of what was looked up.
const FILE: &str = "dmarcscope-lookups.json";
/// Refusals that are shown.
const MOST: usize = 8;

/// Properties of [`Batch`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the programs.
    pub client: Rc<Client>,
    /// The view: of whose records sources are looked up.
    pub view: View,
}

/// Looks up the sources with the most messages, and says how that gets on.
#[component]
pub fn Batch(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view } = props;
    let state = use_networks(client);
    let count = use_state_eq(|| COUNTS[0]);
    let asking = use_state(|| None::<Rc<[IpAddr]>>);
    let tell = |message: ToNetworks| {
        let client = client.clone();
        Callback::from(move |_: MouseEvent| client.networks().tell(message.clone()))
    };
    let ontoggle = {
        let client = client.clone();
        // Whoever opens it wants to know what can be done, which the program says.
        Callback::from(move |_: Event| drop(Rc::clone(client.networks())))
    };
    let on_count = {
        let count = count.setter();
        Callback::from(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().and_then(|list| list.value().parse().ok());
            count.set(value.unwrap_or(COUNTS[0]));
        })
    };
    let on_look = {
        let (client, view, asking) = (client.clone(), view.clone(), asking.setter());
        let (take, is_on) = (*count, state.settings.is_on);
        Callback::from(move |_: MouseEvent| {
            let (networks, asking) = (Rc::clone(client.networks()), asking.clone());
            let reply = Callback::from(move |groups: Groups| {
                let address = |key: &Key| if let Key::Address(address) = key { Some(*address) } else { None };
                let addresses: Vec<IpAddr> = groups.rows.iter().filter_map(|group| address(&group.key)).collect();
                if is_on {
                    networks.tell(ToNetworks::Look { addresses, again: false });
                } else {
                    asking.set(Some(addresses.into()));
                }
            });
            client.groups(&view, biggest(Dimension::Source, take), reply);
        })
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    let on_save = {
        let client = client.clone();
        Callback::from(move |_: MouseEvent| {
            // A browser that refuses the file says so itself.
            client.networks().export(Callback::from(|text: String| {
                let _ = save(&text, FILE, "application/json");
            }));
        })
    };
    let counts = COUNTS.map(|n| {
        html! { <option key={n} value={n.to_string()} selected={n == *count}>{ words.locale().number(u64::from(n)) }</option> }
    });
    let off = tell(ToNetworks::Set(Settings { is_on: false, ..state.settings.clone() }));
    let can_look = !state.resolvers.is_empty();
    html! {
        <details class="whois-batch" {ontoggle}>
            <summary>{ words.say("batch-title") }</summary>
            <Databases client={client.clone()} has_hint=true />
            if can_look {
                <div key="look" class="whois-actions">
                    <p class="groups-label">
                        <label for="batch-count">{ words.say("batch-count") }</label>
                        <select id="batch-count" onchange={on_count}>{ for counts }</select>
                    </p>
                    <button type="button" class="button" onclick={on_look} disabled={state.progress.is_active}>{ words.say("batch-look") }</button>
                    <button type="button" class="link" onclick={on_save}>{ words.say("batch-save") }</button>
                    <button type="button" class="link" onclick={tell(ToNetworks::Clear)}>{ words.say("batch-clear") }</button>
                </div>
                <p key="state" class="quiet" role="status">
                    { words.say(if state.settings.is_on { "lookups-on" } else { "lookups-off" }) }{ " " }
                    if state.settings.is_on {
                        <button type="button" class="link" onclick={off}>{ words.say("lookups-turn-off") }</button>
                    }
                </p>
                <div key="progress">
                    { progress(&words, &state, &tell) }
                </div>
            } else {
                <p key="none" class="quiet">{ words.say("lookups-none") }</p>
            }
            <Consent client={client.clone()} addresses={(*asking).clone()} again=false {on_close} />
        </details>
    }
}

fn progress(words: &Ui, state: &State, tell: &dyn Fn(ToNetworks) -> Callback<MouseEvent>) -> Html {
    let Progress { all, done, refused, is_paused, waits, is_active } = &state.progress;
    if *all == 0 && refused.is_empty() {
        return html! { <div class="batch-progress"></div> };
    }
    let values = [("done", Value::Number(u64::from(*done))), ("all", Value::Number(u64::from(*all)))];
    let waiting = waits
        .filter(|_| *is_active)
        .map(|seconds| words.say_with("batch-waits", &[("seconds", Value::Number(u64::from(seconds)))]));
    let shown = refused.iter().rev().take(MOST).map(|(service, address, refusal)| {
        let text = format!("{address}: {}", said(words, service, *refusal));
        html! { <li key={text.clone()} data-refusal={refusal.word()}>{ text }</li> }
    });
    let more = refused.len().saturating_sub(MOST);
    html! {
        <div class="batch-progress">
            <label for="batch-bar" role="status">{ words.say_with("batch-progress", &values) }{ " " }{ waiting }</label>
            <progress id="batch-bar" max={all.to_string()} value={done.to_string()}></progress>
            if *is_active {
                <button key="pause" type="button" class="button" onclick={tell(ToNetworks::Pause(!is_paused))}>
                    { words.say(if *is_paused { "batch-go-on" } else { "batch-pause" }) }
                </button>
                <button key="cancel" type="button" class="button" onclick={tell(ToNetworks::Cancel)}>{ words.say("batch-cancel") }</button>
            }
            <ul class="whois-refused">{ for shown }</ul>
            if more > 0 {
                <p key="more" class="quiet">{ words.say_with("consent-more", &[("more", Value::Number(more as u64))]) }</p>
            }
        </div>
    }
}
