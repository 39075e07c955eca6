//! Messages by country on a map of the world. The list and the table of the same groups stand below it, for the keyboard, for who
//! cannot see it and for the exact numbers.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use dmarcscope::analysis::{Answer, Dimension, Group, Groups, Key};
use dmarcscope::text::Value;

use super::country::country_name;
use crate::address::{View, go};
use crate::asked::{biggest, query, use_answers};
use crate::client::Client;
use crate::launcher::fetch;
use crate::names::only;
use crate::ui::{Ui, use_words};

/// The outlines, beside the page.
const WORLD: &str = "world.tsv";
/// The picture's size.
const SIZE: &str = "0 0 1000 509";
/// Countries at the most: there are fewer.
const ALL: u32 = 400;
/// From these shares of the largest country's messages on a country has the level of the place, counted from one.
const LEVELS: [f64; 5] = [0.0, 0.01, 0.05, 0.2, 0.5];

thread_local! {
    /// The outlines, once they have come.
    static OUTLINES: RefCell<Option<Rc<[Outline]>>> = const { RefCell::new(None) };
}

/// A country's outline, or a point for a small one.
#[derive(Debug, PartialEq, Eq)]
pub struct Outline {
    code: String,
    shape: String,
}

/// The outlines of the asset's text: a country's code and its path, or two numbers, a line each.
pub fn outlines(text: &str) -> Vec<Outline> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let columns = lines.filter_map(|line| line.split_once('\t'));
    columns.map(|(code, shape)| Outline { code: code.to_owned(), shape: shape.to_owned() }).collect()
}

/// Properties of [`CountryMap`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// The map.
#[component]
pub fn CountryMap(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth } = props;
    let world = use_state(|| OUTLINES.with_borrow(Clone::clone));
    {
        let setter = world.setter();
        use_effect_with(world.is_none(), move |is_missing| {
            if *is_missing {
                spawn_local(async move {
                    // Without outlines the list below says the same.
                    if let Ok(text) = load().await {
                        let all: Rc<[Outline]> = outlines(&text).into();
                        OUTLINES.with_borrow_mut(|known| *known = Some(Rc::clone(&all)));
                        setter.set(Some(all));
                    }
                });
            }
        });
    }
    let answers = use_answers(client, query(view, vec![biggest(Dimension::Country, ALL)]), *growth);
    let groups = answers.as_deref().and_then(|answers| match answers.first() {
        Some(Answer::Groups(groups)) => Some(groups),
        _ => None,
    });
    match (&*world, groups) {
        (Some(world), Some(groups)) => map(&words, view, world, groups),
        _ => html! { <figure class="world"></figure> },
    }
}

async fn load() -> Result<String, JsValue> {
    let text = JsFuture::from(fetch(WORLD).await?.text()?).await?;
    text.as_string().ok_or(JsValue::NULL)
}

/// The level of a number of messages beside the largest: 1 to 5.
fn level(messages: u64, most: u64) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let share = messages as f64 / most.max(1) as f64;
    LEVELS.iter().filter(|from| share >= **from).count()
}

/// The map as it is drawn, by itself.
pub fn map(words: &Ui, view: &View, world: &[Outline], groups: &Groups) -> Html {
    let known = |group: &&Group| matches!(&group.key, Key::Text(_));
    let most = groups.rows.iter().filter(known).map(|group| group.figures.messages()).max().unwrap_or(0);
    let unknown: u64 = groups.rows.iter().filter(|group| !known(group)).map(|group| group.figures.messages()).sum();
    let of = |code: &str| {
        groups.rows.iter().find(|group| matches!(&group.key, Key::Text(own) if own.eq_ignore_ascii_case(code)))
    };
    let shapes = world.iter().map(|outline| shape(words, view, outline, of(&outline.code), most));
    let legend = (1..=LEVELS.len()).rev().filter(|_| most > 0).map(|level| {
        let from = LEVELS.get(level.saturating_sub(1)).copied().unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a part of it"
        )]
        let least = ((most as f64 * from).ceil() as u64).max(1);
        let text = words.say_with("map-from", &[("messages", Value::Number(least))]);
        html! { <li key={level}><span class={format!("swatch level-{level}")}></span>{ text }</li> }
    });
    let count = groups.rows.iter().filter(known).count() as u64;
    let values = [("countries", Value::Number(count)), ("unknown", Value::Number(unknown))];
    html! {
        <figure class="world" aria-labelledby="world-title">
            <figcaption id="world-title" class="chart-title">{ words.say("map-title") }</figcaption>
            <svg viewBox={SIZE} role="img" aria-label={words.say_with("map-summary", &values)}>{ for shapes }</svg>
            <ul class="world-legend">{ for legend }</ul>
            <p class="quiet">{ words.say_with("map-summary", &values) }{ " " }{ words.say("map-credit") }</p>
        </figure>
    }
}

fn shape(words: &Ui, view: &View, outline: &Outline, group: Option<&Group>, most: u64) -> Html {
    let key = outline.code.clone();
    let class = group
        .map_or_else(|| "land".to_owned(), |group| format!("land level-{}", level(group.figures.messages(), most)));
    let title = group
        .map(|group| format!("{}: {}", country_name(&outline.code), words.locale().number(group.figures.messages())));
    // A pointer's short cut: the same doors stand in the list below.
    let onclick = group.and_then(|group| group.key.term(Dimension::Country)).map(|term| {
        let to = only(view, term);
        Callback::from(move |_: MouseEvent| go(&to))
    });
    let country = group.map(|_| outline.code.clone());
    match outline.shape.split_once(' ').filter(|_| !outline.shape.starts_with('M')) {
        // A small country without messages would be a speck that says nothing.
        Some(_) if group.is_none() => html! { <g {key}></g> },
        Some((x, y)) => html! {
            <circle {key} {class} cx={x.to_owned()} cy={y.to_owned()} r="4" data-country={country} {onclick}><title>{ title }</title></circle>
        },
        None => html! {
            <path {key} {class} d={outline.shape.clone()} data-country={country} {onclick}><title>{ title }</title></path>
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_grow_with_messages() {
        assert_eq!([1, 9, 10, 199, 200, 500, 1000].map(|messages| level(messages, 1000)), [1, 1, 2, 3, 4, 5, 5]);
        assert_eq!(level(0, 0), 1);
    }

    #[test]
    fn the_asset_has_an_outline_or_a_point_for_each_country() {
        let all = outlines(include_str!("../../../assets/networks/world.tsv"));
        assert!(all.len() > 200, "{}", all.len());
        for outline in &all {
            let is_path = outline.shape.starts_with('M') && outline.shape.ends_with('z');
            let is_point = outline.shape.split(' ').all(|part| part.parse::<u32>().is_ok_and(|own| own <= 1000));
            assert!(is_path || is_point, "{outline:?}");
        }
        for code in ["CH", "SG", "US", "CN"] {
            assert_eq!(all.iter().filter(|outline| outline.code == code).count(), 1, "{code}");
        }
    }
}
