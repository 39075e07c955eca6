use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::networks::{DatabaseError, DatabaseInfo};
use dmarcscope::text::Value;

use super::program::{State, use_networks};
use crate::client::Client;
use crate::ui::{Ui, use_words};

/// Properties of [`Databases`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// Whether to say how a database is given, where there is none.
    #[prop_or_default]
    pub has_hint: bool,
}

/// Which databases tell networks and places, and what is wrong with one that was given.
#[component]
pub fn Databases(props: &Props) -> Html {
    let words = use_words();
    let state = use_networks(&props.client);
    html! { <div class="databases" role="status">{ for told(&words, &state, props.has_hint) }</div> }
}

/// A paragraph each.
fn told(words: &Ui, state: &State, has_hint: bool) -> Vec<Html> {
    let paragraph = |class: &'static str, text: String| html! { <p key={text.clone()} {class}>{ text }</p> };
    let mut all: Vec<Html> =
        state.databases.iter().map(|database| paragraph("quiet", named(words, database))).collect();
    if let Some((file, error)) = &state.refused {
        let (key, why) = match error {
            DatabaseError::Broken(why) => ("networks-broken", why),
            DatabaseError::Unreadable(why) => ("networks-unreadable", why),
        };
        all.push(paragraph("problem", words.say_with(key, &[("file", Value::Text(file)), ("why", Value::Text(why))])));
    }
    if let Some(why) = &state.trouble {
        all.push(paragraph("problem", words.say_with("networks-trouble", &[("why", Value::Text(why))])));
    }
    if all.is_empty() && has_hint {
        all.push(paragraph("quiet", words.say("networks-none")));
    }
    all
}

/// Where what is told comes from: whoever made it wants to be named.
fn named(words: &Ui, database: &DatabaseInfo) -> String {
    let day = i32::try_from(database.built / 86_400).map(|day| words.locale().day(day)).unwrap_or_default();
    let text = words.say_with(
        "networks-from",
        &[("file", Value::Text(&database.file)), ("kind", Value::Text(&database.kind)), ("day", Value::Text(&day))],
    );
    match &database.description {
        Some(description) => format!("{text} {description}"),
        None => text,
    }
}
