//! Files that come in: dropped anywhere on the page, picked, pasted, or a whole folder. One way on for all of them.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    ClipboardEvent, DataTransfer, DragEvent, Element, File, FileSystemDirectoryEntry, FileSystemDirectoryReader,
    FileSystemEntry, FileSystemFileEntry, HtmlInputElement,
};
use yew::prelude::*;

use super::session::{Files, words_of};
use super::ui::Ui;

/// The files of an input, which is cleared so that the same file can be picked again.
pub fn picked(input: &HtmlInputElement) -> Files {
    let list = input.files();
    let files = (0..list.as_ref().map_or(0, web_sys::FileList::length)).filter_map(|place| list.as_ref()?.get(place));
    let files = files.map(|file| (None, Ok(file))).collect();
    input.set_value("");
    files
}

/// Takes files dropped anywhere on the page; true while some are held over it.
#[hook]
pub fn use_drop(on_files: Callback<Files>) -> bool {
    let is_over = use_state_eq(|| false);
    let setter = is_over.setter();
    use_effect_with(on_files, move |on_files| {
        let window = web_sys::window().unwrap_throw();
        // Entering a child element leaves its parent, so enters and leaves are counted.
        let depth = Rc::new(Cell::new(0_i32));
        let active = EventListenerOptions::enable_prevent_default();
        let listen = |name: &'static str, handle: Box<dyn Fn(&DragEvent)>| {
            EventListener::new_with_options(&window, name, active, move |event| {
                let event: &DragEvent = event.unchecked_ref();
                if event.data_transfer().is_some_and(|data| holds_files(&data)) {
                    event.prevent_default();
                    handle(event);
                }
            })
        };
        let (enter, leave, over) = (Rc::clone(&depth), Rc::clone(&depth), Rc::clone(&depth));
        let (entering, leaving, dropping) = (setter.clone(), setter.clone(), setter);
        let on_files = on_files.clone();
        let listeners = [
            listen(
                "dragenter",
                Box::new(move |_| {
                    enter.set(enter.get() + 1);
                    entering.set(true);
                }),
            ),
            listen(
                "dragleave",
                Box::new(move |_| {
                    leave.set((leave.get() - 1).max(0));
                    leaving.set(leave.get() > 0);
                }),
            ),
            listen("dragover", Box::new(|_| {})),
            listen(
                "drop",
                Box::new(move |event| {
                    over.set(0);
                    dropping.set(false);
                    if let Some(data) = event.data_transfer() {
                        take(&data, on_files.clone());
                    }
                }),
            ),
        ];
        move || drop(listeners)
    });
    *is_over
}

/// Takes what is pasted anywhere but into a field: files, or the text of a report, which becomes a file of this name.
#[hook]
pub fn use_paste(on_files: Callback<Files>, name: String) {
    use_effect_with((on_files, name), move |(on_files, name)| {
        let (on_files, name) = (on_files.clone(), name.clone());
        let window = web_sys::window().unwrap_throw();
        let listener = EventListener::new(&window, "paste", move |event| {
            let event: &ClipboardEvent = event.unchecked_ref();
            let is_field = event.target().is_some_and(|target| {
                target.dyn_ref::<Element>().is_some_and(|target| matches!(&*target.tag_name(), "INPUT" | "TEXTAREA"))
            });
            let Some(data) = event.clipboard_data().filter(|_| !is_field) else { return };
            if holds_files(&data) {
                return take(&data, on_files.clone());
            }
            let text = data.get_data("text/plain").unwrap_or_default();
            if !text.trim().is_empty() {
                let file = File::new_with_str_sequence(&js_sys::Array::of1(&text.into()), &name);
                on_files.emit(vec![(Some(name.clone()), file.map_err(|error| words_of(&error)))]);
            }
        });
        move || drop(listener)
    });
}

fn holds_files(data: &DataTransfer) -> bool {
    data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
}

/// Takes what was dropped. Entries can be asked for during the event only; walking folders takes longer.
fn take(data: &DataTransfer, on_files: Callback<Files>) {
    let items = data.items();
    let (mut files, mut folders) = (Files::new(), Vec::new());
    for place in 0..items.length() {
        let Some(item) = items.get(place).filter(|item| item.kind() == "file") else { continue };
        let entry = item.webkit_get_as_entry().ok().flatten();
        match entry {
            Some(entry) if entry.is_directory() => folders.push(entry),
            _ => files.extend(item.get_as_file().ok().flatten().map(|file| (None, Ok(file)))),
        }
    }
    spawn_local(async move {
        for folder in folders {
            walk(folder, &mut files).await;
        }
        on_files.emit(files);
    });
}

/// Gathers every file below a folder, in the browser's order, and what of it cannot be opened.
async fn walk(folder: FileSystemEntry, files: &mut Files) {
    let mut waiting = vec![folder];
    while let Some(entry) = waiting.pop() {
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_file() {
            let entry: FileSystemFileEntry = entry.unchecked_into();
            let file = promise(|ok, failed| entry.file_with_callback_and_callback(ok, failed));
            let file = JsFuture::from(file).await.map(JsCast::unchecked_into);
            files.push((Some(path), file.map_err(|error| words_of(&error))));
            continue;
        }
        let reader = entry.unchecked_into::<FileSystemDirectoryEntry>().create_reader();
        // A call gives a hundred entries at the most; an empty answer is the end.
        loop {
            let entries = match next_entries(&reader).await {
                Ok(entries) => entries,
                Err(error) => {
                    files.push((Some(path), Err(words_of(&error))));
                    break;
                }
            };
            if entries.length() == 0 {
                break;
            }
            waiting.extend(entries.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
        }
    }
}

async fn next_entries(reader: &FileSystemDirectoryReader) -> Result<js_sys::Array, JsValue> {
    let entries = promise(|ok, failed| {
        // Failing at once and failing later are the same to the caller.
        let _ = reader.read_entries_with_callback_and_callback(ok, failed);
    });
    Ok(JsFuture::from(entries).await?.unchecked_into())
}

/// A promise of what an old-style call gives its callbacks.
fn promise(start: impl FnOnce(&js_sys::Function, &js_sys::Function)) -> js_sys::Promise {
    let start = Cell::new(Some(start));
    js_sys::Promise::new(&mut |ok, failed| {
        if let Some(start) = start.take() {
            start(&ok, &failed);
        }
    })
}

/// The file picker and the folder picker.
pub fn pickers(words: &Ui, on_files: &Callback<Files>) -> Html {
    let onchange = on_files.reform(|event: Event| picked(&event.target_unchecked_into()));
    html! {
        <div class="pickers">
            <label class="button button-main">
                <input type="file" id="file-input" class="unseen" multiple=true onchange={onchange.clone()} />
                <span>{ words.say("pick-files") }</span>
            </label>
            <label class="button">
                <input type="file" id="folder-input" class="unseen" multiple=true webkitdirectory=true {onchange} />
                <span>{ words.say("pick-folder") }</span>
            </label>
        </div>
    }
}
