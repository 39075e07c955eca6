//! All rows of a table as a file for spreadsheets, in the order and with the columns that are shown.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use dmarcscope::analysis::Order;
use dmarcscope::text::csv_line;

use super::super::export::save;
use super::super::ui::Ui;
use super::{Column, Lines, Span};

/// Rows asked for at a time, so that nobody waits long for anything.
const PIECE: u32 = 1_000;

/// Properties of [`SaveTable`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The words.
    pub words: Ui,
    /// The table's name, which is the file's too.
    pub name: &'static str,
    /// The columns that are shown, with their places among the cells.
    pub columns: Vec<(usize, &'static Column)>,
    /// The order of the rows.
    pub order: Order,
    /// Only rows with this text; all where it is empty.
    pub find: String,
    /// Asks for rows.
    pub load: Callback<(Span, Callback<Lines>)>,
}

/// A button that saves a table.
#[component]
pub fn SaveTable(props: &Props) -> Html {
    let is_saving = use_state_eq(|| false);
    let onclick = {
        let Props { words, name, columns, order, find, load } = props;
        let head: Vec<String> = columns.iter().map(|(_, column)| words.say(column.key)).collect();
        let span = Span { skip: 0, take: PIECE, order: *order, find: find.clone() };
        let places: Vec<usize> = columns.iter().map(|(place, _)| *place).collect();
        let (load, saving, name) = (load.clone(), is_saving.setter(), *name);
        Callback::from(move |_: MouseEvent| {
            saving.set(true);
            // The mark tells spreadsheets that this is UTF-8.
            let text = RefCell::new(format!("\u{FEFF}{}", csv_line(&head)));
            let (places, load, saving) = (places.clone(), load.clone(), saving.clone());
            Rc::new(Saving { places, text, load, saving, name }).go_on(span.clone());
        })
    };
    let label = props.words.say(if *is_saving { "grid-saving" } else { "grid-save" });
    html! { <button type="button" class="button" disabled={*is_saving} {onclick}>{ label }</button> }
}

/// A table on its way into a file.
struct Saving {
    places: Vec<usize>,
    text: RefCell<String>,
    load: Callback<(Span, Callback<Lines>)>,
    saving: UseStateSetter<bool>,
    name: &'static str,
}

impl Saving {
    /// Asks for rows from here on.
    fn go_on(self: Rc<Self>, span: Span) {
        let own = Rc::clone(&self);
        let next = Span { skip: span.skip.saturating_add(PIECE), ..span.clone() };
        let on_lines = Callback::from(move |lines: Lines| {
            for line in &lines.lines {
                let cell = |place: &usize| line.cells.get(*place).map(|cell| cell.text.to_string()).unwrap_or_default();
                own.text.borrow_mut().push_str(&csv_line(&own.places.iter().map(cell).collect::<Vec<_>>()));
            }
            if lines.lines.len() >= PIECE as usize {
                // The page comes first.
                let (own, next) = (Rc::clone(&own), next.clone());
                Timeout::new(0, move || own.go_on(next)).forget();
                return;
            }
            // Without a file to save to there is nothing to say that the browser has not said.
            let _ = save(&own.text.borrow(), &format!("{}.csv", own.name));
            own.saving.set(false);
        });
        self.load.emit((span, on_lines));
    }
}
