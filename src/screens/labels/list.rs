use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Group, Key};
use dmarcscope::dataset::Labels;
use dmarcscope::report::Figures;
use dmarcscope::report::verdict::Verdict;
use dmarcscope::text::Value;

use super::super::address::{Show, View};
use super::super::breakdown::passing;
use super::super::doors::{By, count, inside};
use super::super::ui::{Ui, use_words};
use super::file;

/// Properties of [`LabelList`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The view.
    pub view: View,
    /// All labels.
    pub labels: Rc<Labels>,
    /// The figures of those with messages.
    pub groups: Vec<Group>,
    /// Called with the labels as they are to be.
    pub on_labels: Callback<Labels>,
}

/// What happened to a file of labels.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    Read(usize, Vec<usize>),
    Unreadable,
    NotSaved,
}

/// Every label with the figures of its domains together, each a way to the rest of the page filtered to it.
#[component]
pub fn LabelList(props: &Props) -> Html {
    let words = use_words();
    let Props { view, labels, groups, on_labels } = props;
    let (input, said) = (use_node_ref(), use_state_eq(|| Said::Nothing));
    let rows = labels.names().map(|(label, domains)| {
        let key = Key::Text(label.to_owned());
        let group = groups.iter().find(|group| group.key == key);
        let figures = group.map_or_else(Figures::default, |group| group.figures);
        let seen = group.and_then(|group| group.within.first()).map_or(0, |within| within.total);
        row(&words, view, (label, domains, seen), &figures, labels, on_labels)
    });
    let save = {
        let (labels, said) = (Rc::clone(labels), said.setter());
        Callback::from(move |_: MouseEvent| {
            said.set(if file::save(&labels.to_string(), file::NAME, "text/plain") {
                Said::Nothing
            } else {
                Said::NotSaved
            });
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
        let (labels, on_labels, said) = (Rc::clone(labels), on_labels.clone(), said.setter());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let (labels, on_labels, said) = (Rc::clone(&labels), on_labels.clone(), said.clone());
            spawn_local(async move {
                let Some(text) = file::picked(&input).await else { return said.set(Said::Unreadable) };
                let (read, bad) = Labels::read(&text);
                said.set(Said::Read(read.iter().count(), bad));
                let mut all = (*labels).clone();
                all.merge(&read);
                on_labels.emit(all);
            });
        })
    };
    let is_empty = labels.is_empty();
    html! {
        <>
            <div class="labels-head">
                <h2 id="labels-title">{ words.say("labels-title") }</h2>
                <div class="labels-tools">
                    <button key="save" type="button" class="button" onclick={save} disabled={is_empty}>{ words.say("labels-save") }</button>
                    <button key="read" type="button" class="button" onclick={pick}>{ words.say("labels-read") }</button>
                    <input key="file" ref={input} id="labels-file" type="file" accept=".txt,text/plain" hidden=true {onchange} />
                </div>
            </div>
            <p class="quiet labels-none">{ if is_empty { words.say("labels-none") } else { String::new() } }</p>
            <p class="quiet labels-said" role="status">{ told(&words, &said) }</p>
            <ul class="label-list">{ for rows }</ul>
        </>
    }
}

fn told(words: &Ui, said: &Said) -> String {
    match said {
        Said::Nothing => String::new(),
        Said::Unreadable => words.say("labels-unreadable"),
        Said::NotSaved => words.say("labels-not-saved"),
        Said::Read(lines, bad) => {
            let mut text = words.say_with("labels-were-read", &[("lines", Value::Number(*lines as u64))]);
            if !bad.is_empty() {
                let numbers = bad.iter().take(10).map(|line| words.locale().number(*line as u64)).collect::<Vec<_>>();
                let values =
                    [("lines", Value::Number(bad.len() as u64)), ("numbers", Value::Text(&numbers.join(", ")))];
                text.push(' ');
                text.push_str(&words.say_with("labels-bad", &values));
            }
            text
        }
    }
}

/// A label: its name, how many domains have it and how many of those are in the reports, and its figures.
fn row(
    words: &Ui,
    view: &View,
    (label, domains, seen): (&str, usize, u64),
    figures: &Figures,
    labels: &Rc<Labels>,
    on_labels: &Callback<Labels>,
) -> Html {
    let key = Key::Text(label.to_owned());
    let of = inside(view, By(Dimension::Label, None), &key);
    let door = |messages: u64, verdict, key: &str| {
        let text = words.say_with(key, &[("messages", Value::Number(messages))]);
        count(view, of.clone(), messages, verdict, &text, true)
    };
    let own = View { filter: of.clone().unwrap_or_default(), ..view.on(Show::Domains) }.href();
    let all = View { filter: of.clone().unwrap_or_default(), ..view.on(Show::Overview) }.href();
    let count = [("domains", Value::Number(domains as u64)), ("seen", Value::Number(seen))];
    let onclick = {
        let (labels, on_labels, label) = (Rc::clone(labels), on_labels.clone(), label.to_owned());
        Callback::from(move |_: MouseEvent| {
            let mut labels = (*labels).clone();
            labels.remove(&label);
            on_labels.emit(labels);
        })
    };
    let remove = words.say_with("label-remove", &[("label", Value::Text(label))]);
    html! {
        <li key={label.to_owned()} data-label={label.to_owned()} data-messages={figures.messages().to_string()}>
            <a class="door label-name" href={all}>{ label }</a>
            <a class="door" href={own}>{ words.say_with("label-domains", &count) }</a>
            <span>{ door(figures.messages(), None, "label-messages") }</span>
            <span>{ passing(words, figures) }{ " " }<span class="quiet">{ words.say("label-pass") }</span></span>
            <span>{ door(figures.failed, Some(Verdict::Fail), "label-failed") }</span>
            <button type="button" class="label-remove" aria-label={remove.clone()} title={remove} {onclick}>{ "×" }</button>
        </li>
    }
}
