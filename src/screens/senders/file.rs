use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::senders::Marks;
use dmarcscope::text::Value;

use super::super::labels::file;
use super::super::ui::{Ui, use_words};

/// The name of the file.
const NAME: &str = "dmarcscope-senders.txt";

/// Properties of [`MarksFile`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// All that is said of senders.
    pub marks: Rc<Marks>,
    /// Says something else.
    pub set_marks: Callback<Marks>,
}

/// What happened to a file.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    Read(usize, Vec<usize>),
    Unreadable,
    NotSaved,
}

/// Keeps what is said of senders as a file, and takes such files.
#[component]
pub fn MarksFile(props: &Props) -> Html {
    let words = use_words();
    let Props { marks, set_marks } = props;
    let (input, said) = (use_node_ref(), use_state_eq(|| Said::Nothing));
    let save = {
        let (marks, said) = (Rc::clone(marks), said.setter());
        Callback::from(move |_: MouseEvent| {
            let is_saved = file::save(&marks.to_string(), NAME, "text/plain");
            said.set(if is_saved { Said::Nothing } else { Said::NotSaved });
        })
    };
    let pick = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let onchange = {
        let (marks, set_marks, said) = (Rc::clone(marks), set_marks.clone(), said.setter());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let (marks, set_marks, said) = (Rc::clone(&marks), set_marks.clone(), said.clone());
            spawn_local(async move {
                let Some(text) = file::picked(&input).await else { return said.set(Said::Unreadable) };
                let (read, bad) = Marks::read(&text);
                said.set(Said::Read(read.iter().count(), bad));
                let mut all = (*marks).clone();
                all.merge(&read);
                set_marks.emit(all);
            });
        })
    };
    html! {
        <>
            <div class="labels-tools">
                <button key="save" type="button" class="button" onclick={save} disabled={marks.is_empty()}>
                    { words.say("marks-save") }
                </button>
                <button key="read" type="button" class="button" onclick={pick}>{ words.say("marks-read") }</button>
                <input key="file" ref={input} id="marks-file" type="file" accept=".txt,text/plain" hidden=true {onchange} />
                <p key="said" class="quiet labels-said" role="status">{ told(&words, &said) }</p>
            </div>
        </>
    }
}

fn told(words: &Ui, said: &Said) -> String {
    match said {
        Said::Nothing => String::new(),
        Said::Unreadable => words.say("labels-unreadable"),
        Said::NotSaved => words.say("labels-not-saved"),
        Said::Read(lines, bad) => {
            let mut text = words.say_with("marks-were-read", &[("lines", Value::Number(*lines as u64))]);
            if !bad.is_empty() {
                let numbers = bad.iter().take(10).map(|line| words.locale().number(*line as u64)).collect::<Vec<_>>();
                let values =
                    [("lines", Value::Number(bad.len() as u64)), ("numbers", Value::Text(&numbers.join(", ")))];
                text.push(' ');
                text.push_str(&words.say_with("marks-bad", &values));
            }
            text
        }
    }
}
