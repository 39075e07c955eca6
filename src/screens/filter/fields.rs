use yew::prelude::*;

use super::said;
use super::subject::{SUBJECTS, Subject};
use crate::ui::Ui;

/// All fields, by what they are about.
pub fn fields(words: &Ui, on_choose: &Callback<&'static Subject>) -> Html {
    let lists = SUBJECTS.into_iter().map(|(title, subjects)| {
        let id = format!("filter-about-{title}");
        let buttons = subjects.iter().map(|subject| {
            let onclick = on_choose.reform(move |_: MouseEvent| subject);
            html! {
                <li key={subject.name}>
                    <button type="button" class="pick field" data-field={subject.name} {onclick}>
                        { said::field(words, subject.name) }
                    </button>
                </li>
            }
        });
        html! {
            <div key={title} class="field-list">
                <h3 id={id.clone()}>{ words.say(&format!("filter-about-{title}")) }</h3>
                <ul aria-labelledby={id}>{ for buttons }</ul>
            </div>
        }
    });
    html! {
        <div class="fields">
            <h2 id="filter-dialog-title">{ words.say("filter-add-title") }</h2>
            <div class="field-lists">{ for lists }</div>
        </div>
    }
}
