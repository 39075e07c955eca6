use yew::prelude::*;

use dmarcscope::analysis::Filter;
use dmarcscope::text::Value;

use super::address::{Show, View};
use super::ui::Ui;

/// What [`filter_bar`] shows.
pub struct Props {
    /// The filter.
    pub filter: Filter,
    /// Parts of the address that are no filter.
    pub bad: Vec<String>,
    /// Called with the place of a clause that is not wanted any more.
    pub on_remove: Callback<usize>,
}

/// Said where there is no record to show: the filter takes none, or none was read. Each with a way on.
pub fn nothing(words: &Ui, view: &View) -> Html {
    let all = View { filter: Filter::default(), ..view.clone() };
    let (said, way, href) = if all.filter != view.filter {
        ("nothing-meets", "filter-remove-all", all.href())
    } else if matches!(view.show, Show::Source(_)) {
        ("nothing-of-source", "screen-sources", all.on(Show::Sources).href())
    } else {
        ("nothing-read", "nothing-files", all.on(Show::Files).href())
    };
    html! { <p class="nothing">{ words.say(said) }{ " " }<a {href}>{ words.say(way) }</a></p> }
}

/// The filter's clauses as chips.
pub fn filter_bar(words: &Ui, props: &Props) -> Html {
    let chips = props.filter.clauses.iter().enumerate().map(|(place, clause)| {
        let onclick = props.on_remove.reform(move |_| place);
        html! {
            <li key={clause.to_string()} class="chip">
                <span>{ clause.to_string() }</span>
                <button type="button" aria-label={words.say("filter-remove")} title={words.say("filter-remove")} {onclick}>
                    { "×" }
                </button>
            </li>
        }
    });
    let bad = props.bad.iter().map(|text| {
        let said = words.say_with("filter-bad", &[("text", Value::Text(text))]);
        html! { <li key={text.clone()} class="problem">{ said }</li> }
    });
    html! {
        <div class={classes!("filter", props.filter.clauses.is_empty().then_some("filter-none"))}>
            <span class="quiet">{ words.say("filter-label") }</span>
            <ul class="chips">{ for chips }</ul>
            <ul class="chips">{ for bad }</ul>
        </div>
    }
}
