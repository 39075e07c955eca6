use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::UnwrapThrowExt;
use yew::prelude::*;

use dmarcscope::analysis::Dimension;
use dmarcscope::text::{Value, Words};

use super::address::{Show, View};
use super::figures::{self, figures};
use super::filter::nothing;
use super::focus::use_focus_kept;
use super::incoming::{pickers, use_drop, use_paste};
use super::locale::BrowserLocale;
use super::mark::mark;
use super::progress::{self, progress_bar};
use super::session::{Files, Phase, Session, Shown, Trouble};
use super::ui::{Ui, use_words};

/// The whole page.
#[component]
pub fn App() -> Html {
    let words = use_memo((), |()| Ui(Rc::new(Words::english(Box::new(BrowserLocale::new())))));
    html! {
        <ContextProvider<Ui> context={(*words).clone()}>
            <Page />
        </ContextProvider<Ui>>
    }
}

#[component]
fn Page() -> Html {
    let words = use_words();
    let shown = use_state_eq(Shown::default);
    let session = {
        let setter = shown.setter();
        use_memo((), |()| Session::start(Callback::from(move |shown| setter.set(shown))))
    };
    let view = use_view(&session);

    let on_files = {
        let session = Rc::clone(&session);
        use_callback((), move |files: Files, ()| session.add(files))
    };
    let is_over = use_drop(on_files.clone());
    use_paste(on_files.clone(), words.say("pasted-name"));
    use_focus_kept();
    use_effect_with(shown.phase, |phase| {
        let root = root();
        root.set_attribute("data-phase", phase.word()).unwrap_throw();
    });

    let on_sample = with(&session, |session, _: MouseEvent| session.add_sample());
    let on_cancel = with(&session, |session, _: ()| session.cancel());

    let is_empty = shown.phase == Phase::Empty;
    let is_nothing = shown.phase == Phase::Ready && shown.trouble.is_none() && shown.totals.figures.records == 0;
    html! {
        <>
            <header class="top">
                <p class="brand">{ mark() }{ words.say("app-title") }</p>
                <div class="top-actions">
                    if !is_empty {
                        { pickers(&words, &on_files) }
                        <button type="button" class="button" onclick={Callback::from(|_: MouseEvent| reload())}>
                            { words.say("start-over") }
                        </button>
                    }
                    // Drawn by the second program.
                    <div id="share"></div>
                </div>
            </header>
            <main>
                <div class="notices" role="status">{ trouble(&words, shown.trouble.as_ref()) }</div>
                <div class="welcome">
                    if is_empty {
                        { welcome(&words, &on_files, on_sample) }
                    } else {
                        <h1 class="unseen">{ words.say("app-purpose") }</h1>
                    }
                </div>
                <div class="progress-area">
                    if shown.phase == Phase::Reading && !shown.trouble.as_ref().is_some_and(Trouble::is_final) {
                        { progress_bar(&words, &progress::Props { progress: shown.progress, reading: shown.reading.clone(), on_cancel }) }
                    }
                </div>
                <div class="results">
                    // Drawn by the second program.
                    <div id="filter"></div>
                    if !is_empty {
                        { figures(&words, &figures::Props { totals: shown.totals, of: view.clone() }) }
                        if is_nothing {
                            { nothing(&words, &view) }
                        }
                        { screens_bar(&words, &view) }
                    }
                    // This too.
                    <div id="screens"></div>
                </div>
            </main>
            <div class={classes!("overlay", is_over.then_some("overlay-shown"))} aria-hidden="true">
                <p>{ words.say("drop-now") }</p>
            </div>
        </>
    }
}

/// What is shown before anything was dropped.
fn welcome(words: &Ui, on_files: &Callback<Files>, on_sample: Callback<MouseEvent>) -> Html {
    let note = |title: &'static str, text: &'static str| {
        html! { <div key={title}><h2>{ words.say(title) }</h2><p>{ words.say(text) }</p></div> }
    };
    html! {
        <>
            <h1>{ words.say("app-purpose") }</h1>
            <div class="dropzone">
                <p class="drop-hint">{ words.say("drop-hint") }</p>
                { pickers(words, on_files) }
                <p class="quiet">{ words.say("formats") }</p>
            </div>
            <p class="try"><button type="button" id="sample" class="link" onclick={on_sample}>{ words.say("try-sample") }</button></p>
            <div class="welcome-notes">
                { note("where-title", "where-text") }
                { note("what-title", "what-text") }
                { note("privacy-title", "privacy-text") }
            </div>
        </>
    }
}

/// Ways to the screens.
fn screens_bar(words: &Ui, view: &View) -> Html {
    let link = |label: &'static str, show: Show| {
        let is_here = std::mem::discriminant(&parent(view.show)) == std::mem::discriminant(&show);
        let href = view.on(show).href();
        html! { <a key={label} {href} aria-current={is_here.then_some("page")}>{ words.say(label) }</a> }
    };
    html! {
        <nav class="screens" aria-label={words.say("screens-label")}>
            { link("screen-overview", Show::Overview) }
            { link("screen-senders", Show::Senders) }
            { link("screen-domains", Show::Domains) }
            { link("screen-sources", Show::Sources) }
            { link("screen-reports", Show::Reports) }
            { link("screen-groups", Show::Groups(Dimension::HeaderFrom, None)) }
            { link("screen-compare", Show::Compare(Dimension::HeaderFrom)) }
            { link("screen-files", Show::Files) }
        </nav>
    }
}

/// The screen that leads to another one.
const fn parent(show: Show) -> Show {
    match show {
        Show::Source(_) => Show::Sources,
        Show::Report(_) => Show::Reports,
        show => show,
    }
}

/// The view, which lives in the address: reload, back and forward bring it back.
#[hook]
fn use_view(session: &Rc<Session>) -> View {
    let view = use_state_eq(|| View::read(&hash()).0);
    {
        let (session, setter) = (Rc::clone(session), view.setter());
        use_effect_with((), move |()| {
            let look = move |view: &View| session.look(view.selected(), view.clock.zone());
            look(&View::read(&hash()).0);
            let window = web_sys::window().unwrap_throw();
            let listener = EventListener::new(&window, "hashchange", move |_| {
                let (view, _) = View::read(&hash());
                look(&view);
                setter.set(view);
            });
            move || drop(listener)
        });
    }
    (*view).clone()
}

fn hash() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

fn root() -> web_sys::Element {
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element())
        .unwrap_throw()
}

fn with<T: 'static>(session: &Rc<Session>, call: impl Fn(&Rc<Session>, T) + 'static) -> Callback<T> {
    let session = Rc::clone(session);
    Callback::from(move |value| call(&session, value))
}

/// Begins anew: nothing that was read stays.
fn reload() {
    web_sys::window().unwrap_throw().location().reload().unwrap_throw();
}

fn trouble(words: &Ui, trouble: Option<&Trouble>) -> Html {
    let reload = || {
        let onclick = Callback::from(|_: MouseEvent| reload());
        html! { <button type="button" class="button" {onclick}>{ words.say("reload") }</button> }
    };
    let text = |key: &str, name: &str, value: &str| words.say_with(key, &[(name, Value::Text(value))]);
    let (text, action) = match trouble {
        None => return html! { <p class="no-trouble"></p> },
        Some(Trouble::Part(words)) => (text("trouble-part", "text", words), reload()),
        Some(Trouble::Start(words)) => (text("trouble-start", "text", words), reload()),
        Some(Trouble::Build) => (words.say("trouble-build"), reload()),
        Some(Trouble::Store(words)) => (text("trouble-store", "text", words), reload()),
        Some(Trouble::Reader(name)) => (text("trouble-reader", "name", name), html! { <span></span> }),
    };
    html! { <p class="problem">{ text }{ " " }{ action }</p> }
}
