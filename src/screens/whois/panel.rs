use std::net::IpAddr;
use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::Dimension;
use dmarcscope::lookups::{Looked, Name, Party, Refusal, Reverse};
use dmarcscope::networks::Known;
use dmarcscope::text::{Value, instant};

use super::abuse;
use super::consent::Consent;
use super::country::country_name;
use super::databases::Databases;
use super::program::use_networks;
use crate::address::{Show, View};
use crate::asked::{query, use_answers};
use crate::client::Client;
use crate::copy::CopyButton;
use crate::names::only;
use crate::ui::{Ui, use_words};

/// Properties of [`Whois`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the programs.
    pub client: Rc<Client>,
    /// The view of the source.
    pub view: View,
    /// Its address.
    pub address: IpAddr,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// All that is known of an address, and the way to more.
#[component]
pub fn Whois(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, address, growth } = props;
    let address = *address;
    let state = use_networks(client);
    let known = use_state(|| None::<(IpAddr, Known)>);
    let asking = use_state(|| None::<Rc<[IpAddr]>>);
    {
        let setter = known.setter();
        // Anew whenever something may have been learned.
        let deps = (address, state.databases.clone(), state.progress.clone(), state.settings.clone());
        let client = client.clone();
        use_effect_with(deps, move |_| {
            client.networks().known(address, Callback::from(move |known| setter.set(Some((address, known)))));
        });
    }
    let answers = use_answers(client, query(view, abuse::asks()), *growth);
    let Some((_, known)) = known.as_ref().filter(|(of, _)| *of == address) else {
        let is_waiting = state.trouble.is_none();
        return html! {
            <section class="card whois" aria-labelledby="whois-title">
                <h2 id="whois-title">{ words.say("whois-title") }</h2>
                <Databases client={client.clone()} />
                <div class={is_waiting.then_some("waiting")} aria-busy={is_waiting.to_string()}></div>
            </section>
        };
    };
    let can_look = !state.resolvers.is_empty() && !known.hosts.is_empty();
    let is_known = known.looked.is_some();
    let onclick = {
        let (asking, client, is_on) = (asking.setter(), client.clone(), state.settings.is_on);
        Callback::from(move |_: MouseEvent| {
            if is_on {
                let look =
                    dmarcscope::protocol::networks::ToNetworks::Look { addresses: vec![address], again: is_known };
                client.networks().tell(look);
            } else {
                asking.set(Some(Rc::from([address])));
            }
        })
    };
    let on_close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
    let refused = state.progress.refused.iter().filter(|(_, of, _)| *of == address);
    let refused = refused.map(|(service, _, refusal)| {
        let text = said(&words, service, *refusal);
        html! { <li key={text.clone()} class="problem" data-refusal={refusal.word()}>{ text }</li> }
    });
    let copied = answers.map(|answers| abuse::text(&words, &address.to_string(), known, &answers));
    html! {
        <section class="card whois" aria-labelledby="whois-title">
            <h2 id="whois-title">{ words.say("whois-title") }</h2>
            <dl class="facts">{ for facts(&words, view, known) }</dl>
            <Databases client={client.clone()} has_hint=true />
            <div role="status"><ul class="whois-refused">{ for refused }</ul></div>
            <div class="whois-actions">
                if can_look {
                    <button key="look" type="button" class="button" {onclick} disabled={state.progress.is_active}>
                        { words.say(if state.progress.is_active { "whois-looking" } else if is_known { "whois-again" } else { "whois-look" }) }
                    </button>
                }
                if let Some(text) = copied {
                    <CopyButton key="copy" {text} label={words.say("whois-copy")} />
                }
            </div>
            <div>
                if let Some(looked) = &known.looked {
                    { raw(&words, looked) }
                }
            </div>
            <Consent client={client.clone()} addresses={(*asking).clone()} again={is_known} {on_close} />
        </section>
    }
}

/// Why a look-up told nothing.
pub fn said(words: &Ui, service: &str, refusal: Refusal) -> String {
    let key = format!("refusal-{}", refusal.word());
    let status = if let Refusal::Status(status) = refusal { status.to_string() } else { String::new() };
    let of = words.say(if service == "resolver" { "refusal-of-name" } else { "refusal-of-holder" });
    let why = words.say_with(&key, &[("status", Value::Text(&status))]);
    format!("{of} {why}")
}

/// Lines of what is known; what is not is left out.
fn facts(words: &Ui, view: &View, known: &Known) -> Vec<Html> {
    let mut all = Vec::new();
    let mut fact = |label: &'static str, value: Option<Html>| {
        if let Some(value) = value {
            all.push(
                html! { <div key={label} data-fact={label}><dt>{ words.say(label) }</dt><dd>{ value }</dd></div> },
            );
        }
    };
    // A door to all mail of the same: of the whole set, not of this source.
    let door = |by: Dimension, text: &str, shown: String| {
        let term = dmarcscope::analysis::Key::Text(text.to_owned()).term(by);
        let all = view.on(Show::Sources);
        match term {
            Some(term) => html! { <a class="door" href={only(&all, term).href()}>{ shown }</a> },
            None => Html::from(shown),
        }
    };
    let plain = |text: &Option<String>| text.clone().map(Html::from);
    let place = &known.place;
    if let Some((range, word, rfc)) = &known.special {
        let text = words.say(&format!("special-{word}"));
        fact(
            "whois-special",
            Some(html! { <>{ text }{ " " }<span class="quiet">{ format!("{range}, {rfc}") }</span></> }),
        );
    }
    fact(
        "whois-registry",
        known.registry.as_ref().map(|name| {
            let of = words.say_with("whois-registry-of", &[("date", Value::Text(&known.registries))]);
            html! { <>{ door(Dimension::Registry, name, name.clone()) }{ " " }<span class="quiet">{ of }</span></> }
        }),
    );
    let country = |code: &String| {
        let name = country_name(code);
        if name == *code { name } else { format!("{name} ({code})") }
    };
    fact("whois-network", place.network.as_ref().map(|name| door(Dimension::Network, name, name.clone())));
    fact("whois-country", place.country.as_ref().map(|code| door(Dimension::Country, code, country(code))));
    fact("whois-city", place.city.as_ref().map(|name| door(Dimension::City, name, name.clone())));
    fact("whois-name", known.reverse.as_ref().map(|reverse| reverse_name(words, reverse)));
    let Some(looked) = &known.looked else { return all };
    let own = &looked.holding;
    let cidrs: Vec<String> = own.cidrs.iter().map(ToString::to_string).collect();
    let holder = own.holder.as_ref().and_then(|party| party.name.as_ref());
    fact("whois-holder", holder.map(|name| door(Dimension::Holder, name, name.clone())));
    fact("whois-abuse", own.abuse.as_ref().map(|party| contact(party, &door)));
    fact("whois-net-name", plain(&own.name));
    fact("whois-range", Some(Html::from(format!("{} – {} ({})", own.first, own.last, cidrs.join(", ")))));
    fact("whois-handle", plain(&own.handle));
    fact("whois-type", plain(&own.kind));
    let registered = own.country_code.as_ref().map(country).or_else(|| own.country.clone());
    fact("whois-held-in", registered.map(Html::from));
    fact("whois-registered", plain(&own.registered));
    fact("whois-changed", plain(&own.changed));
    fact("whois-status", (!own.status.is_empty()).then(|| Html::from(own.status.join(", "))));
    fact("whois-parent", plain(&own.parent));
    let remarks = own.remarks.iter().enumerate().map(|(place, text)| html! { <p key={place}>{ text }</p> });
    fact(
        "whois-remarks",
        (!own.remarks.is_empty()).then(|| html! { <div class="whois-remarks">{ for remarks }</div> }),
    );
    let asked = html! {
        <>
            <a href={looked.url.clone()} target="_blank" rel="noopener noreferrer">{ &looked.url }</a>
            { " " }<span class="quiet">{ instant(looked.asked) }</span>
        </>
    };
    fact("whois-asked", Some(asked));
    all
}

/// A contact: where mail for it goes, as text. Nothing is sent from here.
fn contact(party: &Party, door: &dyn Fn(Dimension, &str, String) -> Html) -> Html {
    let mails = party.mails.iter().enumerate().map(|(place, mail)| {
        let shown = if place == 0 { door(Dimension::Abuse, mail, mail.clone()) } else { Html::from(mail.clone()) };
        html! { <span key={mail.clone()} class="whois-mail">{ shown }{ " " }</span> }
    });
    let others = [party.name.clone(), Some(party.phones.join(", "))];
    let others: Vec<String> = others.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    html! { <>{ for mails }<span class="quiet">{ others.join(", ") }</span></> }
}

fn reverse_name(words: &Ui, reverse: &Reverse) -> Html {
    let (name, state) = match &reverse.name {
        Name::None => (String::new(), words.say("name-none")),
        Name::Confirmed(name) => (name.clone(), words.say("name-confirmed")),
        Name::Unconfirmed(name) => (name.clone(), words.say("name-unconfirmed")),
        Name::Failed(refusal) => (String::new(), said(words, "resolver", *refusal)),
    };
    let asked = format!("{}, {}", reverse.resolver, instant(reverse.asked));
    html! { <>{ name }{ " " }<span>{ state }</span>{ " " }<span class="quiet">{ asked }</span></> }
}

/// The answer as it came, as text.
fn raw(words: &Ui, looked: &Looked) -> Html {
    html! {
        <details class="whois-raw">
            <summary>{ words.say("whois-raw") }</summary>
            <pre class="source" tabindex="0" aria-label={words.say("whois-raw")}>{ &looked.raw }</pre>
        </details>
    }
}
