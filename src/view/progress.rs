use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::text::Value;

use super::session::reading::Progress;
use super::ui::Ui;

/// What [`progress_bar`] shows.
pub struct Props {
    /// How far reading has come.
    pub progress: Progress,
    /// The file being read.
    pub reading: Option<Rc<str>>,
    /// Called when the person wants no more.
    pub on_cancel: Callback<()>,
}

/// How far reading has come, and the way out.
pub fn progress_bar(words: &Ui, props: &Props) -> Html {
    let progress = &props.progress;
    let name = match &props.reading {
        Some(name) => words.say_with("reading", &[("name", Value::Text(name))]),
        None => words.say("reading-idle"),
    };
    let far = [
        ("done", Value::Number(progress.done)),
        ("total", Value::Number(progress.total)),
        ("bytes", Value::Number(megabytes(progress.bytes))),
        ("size", Value::Number(megabytes(progress.size))),
    ];
    html! {
        <section class="progress">
            <div class="progress-text">
                <p class="progress-name" id="progress-name">{ name }</p>
                <p class="quiet">{ words.say_with("reading-progress", &far) }</p>
            </div>
            <progress max={progress.size.max(1).to_string()} value={progress.bytes.to_string()}
                aria-labelledby="progress-name"></progress>
            <button type="button" id="cancel" class="button" onclick={props.on_cancel.reform(|_| ())}>
                { words.say("cancel") }
            </button>
        </section>
    }
}

/// Rounded up: a file of any size is something.
const fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}
