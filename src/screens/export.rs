//! The ledger as a file for spreadsheets: a line for each item, and for each file without one.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};
use yew::prelude::*;

use dmarcscope::intake::FileId;
use dmarcscope::ledger::{Kind, Notes, Status};
use dmarcscope::protocol::{FilePage, FileQuery, FileRow, ItemQuery, ItemRow};
use dmarcscope::report::Figures;
use dmarcscope::text::{csv_line, instant, note_text};

use super::client::Client;
use super::ui::{Ui, use_words};

/// Items asked for at a time, so that nobody waits long for anything.
const PIECE: u32 = 2_000;
/// Milliseconds after which a browser has surely begun to save.
const SAVED: u32 = 60_000;

/// Properties of [`SaveButton`].
#[derive(Properties, PartialEq)]
pub struct Props {
    /// Asks the store.
    pub client: Rc<Client>,
}

/// A button that saves the whole ledger.
#[component]
pub fn SaveButton(props: &Props) -> Html {
    let words = use_words();
    let is_saving = use_state_eq(|| false);
    let onclick = {
        let (client, words, saving) = (props.client.clone(), words.clone(), is_saving.setter());
        Callback::from(move |_: MouseEvent| {
            saving.set(true);
            let (asked, words, saving) = (client.clone(), words.clone(), saving.clone());
            let on_files = Callback::from(move |page: FilePage| {
                Export::begin(asked.clone(), words.clone(), page, saving.clone()).go_on(0);
            });
            client.files(FileQuery { take: u32::MAX, ..FileQuery::default() }, on_files);
        })
    };
    html! {
        <button type="button" class="button" disabled={*is_saving} {onclick}>
            { words.say(if *is_saving { "ledger-saving" } else { "ledger-save" }) }
        </button>
    }
}

/// A ledger on its way into a file.
struct Export {
    client: Rc<Client>,
    words: Ui,
    names: HashMap<FileId, String>,
    text: RefCell<String>,
    saving: UseStateSetter<bool>,
}

impl Export {
    /// With the head, and the files that have no items.
    fn begin(client: Rc<Client>, words: Ui, page: FilePage, saving: UseStateSetter<bool>) -> Rc<Self> {
        // The mark tells spreadsheets that this is UTF-8.
        let mut text = String::from("\u{FEFF}");
        text += &head(&words);
        for row in page.rows.iter().filter(|row| row.tally.iter().all(|count| *count == 0)) {
            text += &file_line(&words, row);
        }
        let names = page.rows.into_iter().map(|row| (row.file, row.name)).collect();
        Rc::new(Self { client, words, names, text: RefCell::new(text), saving })
    }

    /// Asks for the items from here on.
    fn go_on(self: Rc<Self>, skip: u32) {
        let export = Rc::clone(&self);
        let on_items = Callback::from(move |rows: Vec<ItemRow>| {
            for row in &rows {
                let file = export.names.get(&row.file).map_or("", String::as_str);
                export.text.borrow_mut().push_str(&item_line(&export.words, file, row));
            }
            if rows.len() >= PIECE as usize {
                return Rc::clone(&export).go_on(skip.saturating_add(PIECE));
            }
            // Without a file to save to there is nothing to say that the browser has not said.
            let _ = save(&export.text.borrow(), &export.words.say("ledger-file-name"));
            export.saving.set(false);
        });
        self.client.items(ItemQuery { file: None, skip, take: PIECE, find: String::new() }, on_items);
    }
}

/// The names of the columns.
pub fn head(words: &Ui) -> String {
    let columns = [
        "csv-file",
        "csv-path",
        "csv-status",
        "csv-kind",
        "csv-reporter",
        "csv-domain",
        "csv-report-id",
        "csv-begin",
        "csv-end",
        "csv-records",
        "csv-messages",
        "csv-passed",
        "csv-failed",
        "csv-unknown",
        "csv-notes",
    ];
    csv_line(&columns.map(|column| words.say(column)))
}

/// A file without items.
pub fn file_line(words: &Ui, row: &FileRow) -> String {
    let [status, kind, notes] = told(words, row.status, row.kind, &row.notes);
    let before = [row.name.clone(), String::new(), status, kind].into_iter();
    let figures = counted(None);
    csv_line(&before.chain(std::iter::repeat_n(String::new(), 5)).chain(figures).chain([notes]).collect::<Vec<_>>())
}

/// An item of the file of this name.
pub fn item_line(words: &Ui, file: &str, row: &ItemRow) -> String {
    let [status, kind, notes] = told(words, row.status, row.kind, &row.notes);
    let names = row.names.iter().map(|name| name.clone().unwrap_or_default());
    let period = [row.period.0, row.period.1].map(|second| second.map(instant).unwrap_or_default());
    let figures = counted(row.report.map(|_| &row.figures));
    let before = [file.to_owned(), row.path.clone(), status, kind].into_iter();
    csv_line(&before.chain(names).chain(period).chain(figures).chain([notes]).collect::<Vec<_>>())
}

fn told(words: &Ui, status: Status, kind: Option<Kind>, notes: &Notes) -> [String; 3] {
    let notes: Vec<String> = notes.iter().map(|(note, times)| note_text(words, note, times)).collect();
    let kind = kind.map(|kind| words.say(&format!("kind-{}", kind.word()))).unwrap_or_default();
    [words.say(&format!("status-{}", status.word())), kind, notes.join(" ")]
}

/// Plain digits, which every spreadsheet reads.
fn counted(figures: Option<&Figures>) -> [String; 5] {
    let count = |of: fn(&Figures) -> u64| figures.map(|figures| of(figures).to_string()).unwrap_or_default();
    [
        count(|figures| figures.records),
        count(Figures::messages),
        count(|figures| figures.passed),
        count(|figures| figures.failed),
        count(|figures| figures.unknown),
    ]
}

/// Has the browser save a text as a file.
pub fn save(text: &str, name: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/csv;charset=utf-8");
    offer(&Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?, name)
}

/// Has the browser save a file.
pub fn offer(blob: &Blob, name: &str) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let link: HtmlElement = document.create_element("a")?.unchecked_into();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    Timeout::new(SAVED, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}
