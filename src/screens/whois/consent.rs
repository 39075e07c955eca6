use std::collections::BTreeSet;
use std::net::IpAddr;
use std::rc::Rc;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use dmarcscope::protocol::networks::{Settings, ToNetworks};
use dmarcscope::text::Value;

use super::program::{State, use_networks};
use crate::client::Client;
use crate::modal::use_modal;
use crate::ui::{Ui, use_words};

/// Addresses of a host that are written out.
const MOST: usize = 40;

/// Properties of [`Consent`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the programs.
    pub client: Rc<Client>,
    /// What is to be looked up; none: the dialog is closed.
    pub addresses: Option<Rc<[IpAddr]>>,
    /// Whether to ask again for what is known.
    pub again: bool,
    /// Called once the dialog is closed.
    pub on_close: Callback<()>,
}

/// Says which addresses go to which hosts, and what those learn by it; looks them up if the person wants that.
#[component]
pub fn Consent(props: &Props) -> Html {
    let words = use_words();
    let state = use_networks(&props.client);
    let (node, close) = use_modal(props.addresses.clone(), |_, _| (), props.on_close.clone());
    let plan = use_state(|| None::<Vec<(String, Vec<IpAddr>)>>);
    // Until the person chooses, names are asked of the first resolver.
    let chosen = use_state(|| None::<Option<String>>);
    let usual = state.settings.resolver.clone().or_else(|| state.resolvers.first().map(|(code, _)| code.clone()));
    let resolver =
        (*chosen).clone().unwrap_or(if state.settings.is_on { state.settings.resolver.clone() } else { usual });
    {
        let setter = plan.setter();
        let deps = (props.client.clone(), props.addresses.clone(), resolver.clone(), state.settings.clone());
        use_effect_with(deps, move |(client, addresses, resolver, settings)| {
            let Some(addresses) = addresses else { return };
            // The plan is of the resolver that is chosen here; look-ups are not on by that.
            let networks = client.networks();
            let wanted = Settings { resolver: resolver.clone(), ..settings.clone() };
            if wanted != *settings {
                networks.tell(ToNetworks::Set(wanted));
            }
            networks.plan(addresses.to_vec(), Callback::from(move |hosts| setter.set(Some(hosts))));
        });
    }
    let on_look = {
        let (client, addresses, close, again) =
            (props.client.clone(), props.addresses.clone(), close.clone(), props.again);
        let resolver = resolver.clone();
        Callback::from(move |_: MouseEvent| {
            let networks = client.networks();
            networks.tell(ToNetworks::Set(Settings { is_on: true, resolver: resolver.clone() }));
            let addresses = addresses.as_deref().unwrap_or_default().to_vec();
            networks.tell(ToNetworks::Look { addresses, again });
            close.emit(());
        })
    };
    let onclose = close.reform(|_: MouseEvent| ());
    let on_resolver = {
        let chosen = chosen.setter();
        Callback::from(move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|list| list.value()).unwrap_or_default();
            chosen.set(Some(Some(value).filter(|value| !value.is_empty())));
        })
    };
    html! {
        <dialog ref={node} class="middle-dialog consent" aria-labelledby="consent-title">
            <div class="dialog-body">
                <h2 id="consent-title">{ words.say("consent-title") }</h2>
                <div>
                    <p>{ words.say("consent-what") }</p>
                    <ul class="consent-hosts">{ for plan.iter().flatten().map(|(host, own)| asked(&words, host, own)) }</ul>
                </div>
                <p>{ words.say("consent-learn") }</p>
                { resolvers(&words, &state, resolver.as_deref(), on_resolver) }
                <p class="quiet">{ words.say("consent-later") }</p>
                <div class="dialog-foot dialog-actions">
                    <button type="button" class="button button-main" onclick={on_look} disabled={plan.as_ref().is_none_or(Vec::is_empty)}>
                        { words.say("consent-yes") }
                    </button>
                    <button type="button" class="button" onclick={onclose}>{ words.say("consent-no") }</button>
                </div>
            </div>
        </dialog>
    }
}

/// A host and what it is asked for.
fn asked(words: &Ui, host: &str, addresses: &[IpAddr]) -> Html {
    let all: BTreeSet<&IpAddr> = addresses.iter().collect();
    let shown: Vec<String> = all.iter().take(MOST).map(ToString::to_string).collect();
    let more = all.len().saturating_sub(MOST);
    let count = [("host", Value::Text(host)), ("addresses", Value::Number(all.len() as u64))];
    html! {
        <li key={host.to_owned()} data-host={host.to_owned()}>
            <b>{ words.say_with("consent-host", &count) }</b>{ " " }
            <span class="consent-addresses">{ shown.join(", ") }</span>
            if more > 0 {
                { " " }{ words.say_with("consent-more", &[("more", Value::Number(more as u64))]) }
            }
        </li>
    }
}

fn resolvers(words: &Ui, state: &State, chosen: Option<&str>, onchange: Callback<Event>) -> Html {
    let options = state.resolvers.iter().map(|(code, host)| {
        html! { <option key={code.clone()} value={code.clone()} selected={chosen == Some(code)}>{ host }</option> }
    });
    html! {
        <p class="groups-label">
            <label for="consent-resolver">{ words.say("consent-resolver") }</label>
            <select id="consent-resolver" {onchange}>
                { for options }
                <option key="" value="" selected={chosen.is_none()}>{ words.say("consent-no-names") }</option>
            </select>
        </p>
    }
}
