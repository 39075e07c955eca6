//! Reports that lie beside the page, named by `reports/index.txt`: it opens on them by itself. They come in the way all others do.

use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array, encode_uri_component};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{CustomEvent, File, RequestCache, RequestInit, Response};

use dmarcscope::intake::{ListFault, Listed, read_list};
use dmarcscope::ledger::Note;
use dmarcscope::protocol::{Screens, ToStore};

use super::{Session, words_of};

/// The folder, below the page's own.
const FOLDER: &str = "reports/";
/// The list in it.
const LIST: &str = "index.txt";
/// How many files are being fetched at a time.
const AHEAD: usize = 8;
/// Folders inside each other that are looked into.
const DEEPEST: usize = 8;

impl Session {
    /// Fetches and reads what lies beside the page, if there is a list of it.
    pub(super) fn open_beside(self: &Rc<Self>) {
        let session = Rc::clone(self);
        spawn_local(async move {
            match list("").await {
                Ok(Some(lines)) => session.fetch_all(lines).await,
                Ok(None) => {}
                Err(error) => session.add(vec![(Some(format!("{FOLDER}{LIST}")), Err(words_of(&error)))]),
            }
        });
    }

    async fn fetch_all(self: &Rc<Self>, lines: Vec<Listed>) {
        let mut coming = VecDeque::new();
        let mut waiting: Vec<(Listed, usize)> = lines.into_iter().rev().map(|line| (line, 0)).collect();
        while let Some((line, depth)) = waiting.pop() {
            match line {
                Listed::Reports(path) => coming.push_back(path),
                Listed::Aid(path) => tell_aid(&path),
                Listed::Folder(path) => match inner(&path, depth).await {
                    Ok(lines) => waiting.extend(lines.into_iter().rev().map(|line| (within(&path, line), depth + 1))),
                    Err(error) => self.add(vec![(Some(path), Err(words_of(&error)))]),
                },
            }
        }
        self.beside.set(coming.len());
        self.take_in();
        self.draw_now();
        let mut fetched: VecDeque<(String, Promise)> = VecDeque::new();
        loop {
            while fetched.len() < AHEAD
                && let Some(path) = coming.pop_front()
            {
                let file = future_to_promise(fetch_file(path.clone()));
                fetched.push_back((path, file));
            }
            let Some((path, file)) = fetched.pop_front() else { break };
            let file = JsFuture::from(file).await.map(JsCast::unchecked_into::<File>);
            // A cancel says that nothing is awaited any more.
            let Some(left) = self.beside.get().checked_sub(1) else {
                let rest = std::iter::once(path).chain(fetched.into_iter().map(|(path, _)| path)).chain(coming);
                return self.give_up(rest);
            };
            self.beside.set(left);
            self.add(vec![(Some(path), file.map_err(|error| words_of(&error)))]);
        }
    }

    /// Tells of files that are not fetched any more.
    fn give_up(self: &Rc<Self>, names: impl Iterator<Item = String>) {
        let files = names.map(|name| {
            self.files.borrow_mut().push((name.as_str().into(), None));
            (self.reading.borrow_mut().add_closed(), name)
        });
        let files = files.collect();
        self.tell(ToStore::Unread { files, note: Note::Cancelled });
    }
}

/// The list of a folder below [`FOLDER`]; none where there is no such list.
async fn list(folder: &str) -> Result<Option<Vec<Listed>>, JsValue> {
    let response = get(&format!("{folder}{LIST}")).await?;
    if matches!(response.status(), 204 | 404 | 410) {
        return Ok(None);
    }
    let bytes = Uint8Array::new(&JsFuture::from(good(&response)?.array_buffer()?).await?).to_vec();
    match read_list(&bytes) {
        Ok(lines) => Ok(Some(lines)),
        Err(ListFault::Page) => Ok(None),
        Err(ListFault::Binary) => Err("this is no list".into()),
    }
}

/// The list of a folder that another list names.
async fn inner(folder: &str, depth: usize) -> Result<Vec<Listed>, JsValue> {
    if depth >= DEEPEST {
        return Err("too many folders inside each other".into());
    }
    list(folder).await?.ok_or_else(|| format!("no {LIST}").into())
}

/// A line of a folder's list, seen from [`FOLDER`].
fn within(folder: &str, line: Listed) -> Listed {
    let path = |path: String| if path.starts_with('/') { path } else { format!("{folder}{path}") };
    match line {
        Listed::Reports(name) => Listed::Reports(path(name)),
        Listed::Folder(name) => Listed::Folder(path(name)),
        Listed::Aid(name) => Listed::Aid(path(name)),
    }
}

/// A file, handed out as the promise of one.
async fn fetch_file(path: String) -> Result<JsValue, JsValue> {
    let response = get(&path).await?;
    let blob = JsFuture::from(good(&response)?.blob()?).await?;
    let name = path.rsplit('/').next().unwrap_or_default();
    File::new_with_blob_sequence(&Array::of1(&blob), name).map(JsValue::from)
}

/// Asks for a path as it stands in a list. A cache is asked whether it is up to date: a mailbox grows under the same name.
async fn get(path: &str) -> Result<Response, JsValue> {
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoCache);
    let window = web_sys::window().ok_or("no window")?;
    Ok(JsFuture::from(window.fetch_with_str_and_init(&address(path), &init)).await?.unchecked_into())
}

fn good(response: &Response) -> Result<&Response, JsValue> {
    if response.ok() { Ok(response) } else { Err(response.status().to_string().into()) }
}

/// The address of a path in a list: from the page's own folder, or from the host's root where it begins with `/`.
fn address(path: &str) -> String {
    let names: Vec<String> = path.split('/').map(|name| encode_uri_component(name).into()).collect();
    let path = names.join("/");
    if path.starts_with('/') { path } else { format!("{FOLDER}{path}") }
}

/// Lets the screens know of what is no report. They may not be there yet: the page's root keeps the addresses.
fn tell_aid(path: &str) {
    let document = web_sys::window().and_then(|window| window.document()).unwrap_throw();
    let root = document.document_element().unwrap_throw();
    let known = root.get_attribute(Screens::AIDS).map(|known| known + "\n").unwrap_or_default();
    root.set_attribute(Screens::AIDS, &(known + &address(path))).unwrap_throw();
    document.dispatch_event(&CustomEvent::new(Screens::AIDS).unwrap_throw()).unwrap_throw();
}
