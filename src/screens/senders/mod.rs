//! Who sends: by what their mail proves, and by what a person says of them.
//!
//! ```text
//!   Senders      the screen: the table, or the sender that the filter asks for
//!    ├ table        senders, or a sender's addresses, each with its likely cause
//!    ├ one          a sender, whole
//!    ├ mark         what a person says of it
//!    └ file         all that is said, as a file
//! ```

mod file;
mod mark;
mod one;
mod table;

use std::rc::Rc;

use yew::prelude::*;

use dmarcscope::analysis::{Dimension, Field, Filter, Key, Term};
use dmarcscope::senders::Marks;

use super::address::{Show, View, go};
use super::client::Client;
use super::grid::{Grid, Lines, Span};
use super::ui::use_words;
use file::MarksFile;
pub use mark::MarkSource;
use one::One;

/// Properties of [`Senders`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
    /// The view.
    pub view: View,
    /// Another number whenever there is more in the store.
    pub growth: u32,
}

/// Who sends.
#[component]
pub fn Senders(props: &Props) -> Html {
    let words = use_words();
    let Props { client, view, growth } = props;
    let (marks, set_marks) = use_marks(client, *growth);
    let deps = (client.clone(), view.clone(), words.clone(), marks.clone());
    let load = use_callback(deps, |(span, reply): (Span, Callback<Lines>), (client, view, words, marks)| {
        let of = table::Of::new(Dimension::Sender, client, view, words, marks);
        table::load(&of, span, reply);
    });
    let on_open = use_callback(view.clone(), |id: AttrValue, view| {
        if let Ok(filter) = id.parse::<Filter>() {
            go(&View { filter, ..view.on(Show::Senders) });
        }
    });
    if let Some(sender) = asked(view) {
        let growth = *growth;
        return html! {
            <div key={format!("{sender:?}")} class="screen">
                <One client={client.clone()} view={view.clone()} {growth} {sender} {marks} {set_marks} />
            </div>
        };
    }
    html! {
        <section key="all" class="senders" aria-labelledby="senders-title">
            <h2 id="senders-title">{ words.say("senders-title") }</h2>
            <MarksFile {marks} {set_marks} />
            <Grid
                words={words.clone()} name="senders" labelled_by="senders-title" columns={table::SENDERS} of={view.write()}
                growth={*growth} {load} {on_open} has_search=true
            />
        </section>
    }
}

/// The one sender that the filter asks for.
fn asked(view: &View) -> Option<Key> {
    let mut clauses = view.filter.clauses.iter().filter(|clause| !clause.negated);
    let patterns = clauses.find_map(|clause| match &clause.term {
        Term::Text(Field::Sender, patterns) => Some(patterns),
        _ => None,
    });
    let [pattern] = patterns?.as_slice() else { return None };
    match pattern.pieces() {
        None => Some(Key::Absent),
        Some([name]) => Some(Key::Text(name.clone())),
        Some(_) => None,
    }
}

/// What is said of senders, as the store keeps it, and a way to say something else.
#[hook]
fn use_marks(client: &Rc<Client>, growth: u32) -> (Rc<Marks>, Callback<Marks>) {
    let marks = use_state_eq(|| Rc::new(Marks::default()));
    let reply = {
        let marks = marks.setter();
        use_callback((), move |told: Marks, ()| marks.set(Rc::new(told)))
    };
    use_effect_with((client.clone(), growth, reply.clone()), |(client, _, reply)| {
        client.marks(None, reply.clone());
    });
    let set = use_callback((client.clone(), reply), |marks: Marks, (client, reply)| {
        client.marks(Some(&marks), reply.clone());
    });
    ((*marks).clone(), set)
}
