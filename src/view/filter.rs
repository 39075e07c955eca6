use yew::prelude::*;

use dmarcscope::analysis::Filter;

use super::address::{Show, View};
use super::ui::Ui;

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
