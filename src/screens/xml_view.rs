//! A report's XML, read again from its file when asked for.

use yew::prelude::*;

use dmarcscope::intake::SourceError;
use dmarcscope::ledger::ItemId;
use dmarcscope::text::{Value, note_text};

use super::copy::CopyButton;
use super::ui::{Ui, use_words};
use super::xml;

/// A report's source, or why there is none; true where it is only the beginning.
pub type SourceReply = Result<(String, bool), SourceError>;

/// Asks for a report's source.
pub type OnSource = Callback<(ItemId, Callback<SourceReply>)>;

/// Properties of [`SourceView`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The report.
    pub item: ItemId,
    /// Called when its source is wanted.
    pub on_source: OnSource,
}

/// A button that shows the XML, and the XML.
#[component]
pub fn SourceView(props: &Props) -> Html {
    let words = use_words();
    let source = use_state(|| None::<SourceReply>);
    let onclick = {
        let (setter, on_source, item, is_shown) =
            (source.setter(), props.on_source.clone(), props.item, source.is_some());
        Callback::from(move |_: MouseEvent| {
            if is_shown {
                setter.set(None);
            } else {
                let setter = setter.clone();
                on_source.emit((item, Callback::from(move |reply| setter.set(Some(reply)))));
            }
        })
    };
    html! {
        <>
            <p class="entry-actions">
                <button type="button" class="link" aria-expanded={source.is_some().to_string()} {onclick}>
                    { words.say(if source.is_some() { "ledger-source-hide" } else { "ledger-source" }) }
                </button>
            </p>
            <div class="entry-source">{ source.as_ref().map(|source| shown(&words, source)) }</div>
        </>
    }
}

fn shown(words: &Ui, source: &SourceReply) -> Html {
    match source {
        Ok((text, cut)) => html! { <Source text={text.clone()} cut={*cut} /> },
        Err(SourceError::Changed) => html! { <p class="problem">{ words.say("ledger-source-changed") }</p> },
        Err(SourceError::Io(note)) => {
            let text = note_text(words, note, 1);
            html! { <p class="problem">{ words.say_with("ledger-source-error", &[("text", Value::Text(&text))]) }</p> }
        }
    }
}

/// Properties of [`Source`].
#[derive(Properties, PartialEq)]
struct SourceProps {
    text: AttrValue,
    /// Whether it is only the beginning.
    cut: bool,
}

/// The XML, as written or indented, and a way to copy what is shown.
#[component]
fn Source(props: &SourceProps) -> Html {
    let words = use_words();
    let is_indented = use_state_eq(|| false);
    let text = use_memo((props.text.clone(), *is_indented), |(text, is_indented)| {
        if *is_indented { AttrValue::from(xml::indented(text)) } else { text.clone() }
    });
    let coloured = use_memo((*text).clone(), |text| xml::coloured(text));
    let onchange = {
        let is_indented = is_indented.clone();
        Callback::from(move |_: Event| is_indented.set(!*is_indented))
    };
    html! {
        <>
            <p class="quiet">{ if props.cut { words.say("ledger-source-cut") } else { String::new() } }</p>
            <p class="source-actions">
                <label><input type="checkbox" checked={*is_indented} {onchange} />{ " " }{ words.say("source-indented") }</label>
                <CopyButton text={(*text).clone()} label={words.say("source-copy")} />
            </p>
            <pre class="source" tabindex="0">{ (*coloured).clone() }</pre>
        </>
    }
}
