//! Files on their way from the person to a reader.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::UnwrapThrowExt;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, MessageChannel};

use dmarcscope::dataset::ReaderId;
use dmarcscope::intake::{FileId, Raise};
use dmarcscope::protocol::{FileInfo, ToReader, ToStore};

use super::launcher::fetch;
use super::{Session, unreadable, words_of};

/// A file, or why the browser does not give it, and its name, where that is known already (from the walk through a folder).
pub type Incoming = (Option<String>, Result<File, String>);
/// Files that come in.
pub type Files = Vec<Incoming>;

/// What the name of a database of networks ends with, in MaxMind's format.
const DATABASE: &str = ".mmdb";
/// What the name of a file ends with that says whose senders are.
const MARKS: &str = "senders.txt";
/// And what it begins with, as it is saved: browsers number what is saved again.
const SAVED_MARKS: &str = "dmarcscope-senders";
/// Bytes of such a file at the most.
const MOST_MARKS: f64 = (4 << 20) as f64;
/// The sample data, beside the page.
const SAMPLE: &str = "sample.zip";
/// Milliseconds of taking in files at a time.
const TAKE_IN: f64 = 8.0;

impl Session {
    /// Takes in files, and reads them.
    pub fn add(self: &Rc<Self>, files: Files) {
        if files.is_empty() {
            return;
        }
        self.coming.borrow_mut().extend(files);
        self.take_in();
        self.draw_now();
    }

    /// Fetches the sample data that lies beside the page, and reads it as if it had been dropped.
    pub fn add_sample(self: &Rc<Self>) {
        let session = Rc::clone(self);
        spawn_local(async move {
            let file = sample().await.map_err(|error| words_of(&error));
            session.add(vec![(Some(SAMPLE.to_owned()), file)]);
        });
    }

    /// Takes in files for some milliseconds, and the rest later: browsers look a file up on the disk each time they are asked
    /// for its size.
    pub(super) fn take_in(self: &Rc<Self>) {
        let until = js_sys::Date::now() + TAKE_IN;
        while let Some((name, file)) = { self.coming.borrow_mut().pop_front() } {
            self.take(name, file, size_of_file);
            if js_sys::Date::now() >= until {
                break;
            }
        }
        self.reading.borrow_mut().expect(self.coming.borrow().len().saturating_add(self.beside.get()));
        self.go_on();
        *self.intake.borrow_mut() = (!self.coming.borrow().is_empty()).then(|| {
            let session = Rc::clone(self);
            Timeout::new(0, move || session.take_in())
        });
    }

    fn take(&self, name: Option<String>, file: Result<File, String>, size: impl Fn(&File) -> u64) {
        match file {
            // What holds networks, or what a person says of senders, and no reports is for the screens.
            Ok(file) if file.name().ends_with(DATABASE) || is_of_marks(&file) => {
                self.to_screens.port2().post_message(&file).unwrap_throw();
            }
            Ok(file) => {
                self.reading.borrow_mut().add([size(&file)]);
                self.files.borrow_mut().push((name_of(name, &file), Some(file)));
            }
            Err(words) => {
                let name = name.unwrap_or_default();
                let file = self.reading.borrow_mut().add_closed();
                self.files.borrow_mut().push((name.as_str().into(), None));
                self.tell(ToStore::Unread { files: vec![(file, name)], note: unreadable(&words) });
            }
        }
    }

    /// Reads no more of what was dropped so far.
    pub fn cancel(self: &Rc<Self>) {
        *self.intake.borrow_mut() = None;
        // What was not even taken in is told of as well.
        for (name, file) in std::mem::take(&mut *self.coming.borrow_mut()) {
            self.take(name, file, |_| 0);
        }
        self.beside.set(0);
        self.reading.borrow_mut().expect(0);
        let command = self.reading.borrow_mut().cancel();
        self.carry_out(command);
        self.is_stale.set(true);
        self.refresh_now();
    }

    /// Reads a file that is over once more, with limits raised for it.
    pub(super) fn read_again(self: &Rc<Self>, file: FileId, raises: Vec<Raise>) {
        if self.is_over() || !self.reading.borrow_mut().again(file) {
            return;
        }
        self.raises.borrow_mut().extend(raises.into_iter().map(|raise| (file, raise)));
        self.tell(ToStore::Again(file));
        self.go_on();
        self.draw_now();
    }

    /// Gives a reader its files, and a line to the store of its own.
    pub(super) fn hand_files(&self, reader: ReaderId, files: &[FileId]) {
        let (all, reading, raises) = (self.files.borrow(), self.reading.borrow(), self.raises.borrow());
        let (mut infos, handles) = (Vec::with_capacity(files.len()), js_sys::Array::new());
        for file in files {
            let Some((name, Some(handle))) = all.get(*file as usize) else { continue };
            let raises = raises.iter().filter(|(of, _)| of == file).map(|(_, raise)| *raise).collect();
            infos.push(FileInfo { file: *file, name: name.to_string(), size: reading.size(*file), raises });
            handles.push(handle);
        }
        let channel = MessageChannel::new().unwrap_throw();
        let (to, from) = (channel.port1(), channel.port2());
        self.with_store(|store| store.send(&ToStore::Reader(reader), &[("port", &from)], &[&from]));
        if let Some(link) = &*self.reader.borrow() {
            link.send(&ToReader::Read(infos), &[("files", &handles), ("port", &to)], &[&to]);
        }
    }
}

async fn sample() -> Result<File, JsValue> {
    let blob = JsFuture::from(fetch(SAMPLE).await?.blob()?).await?;
    File::new_with_blob_sequence(&Array::of1(&blob), SAMPLE)
}

/// A file's name, with its folder where one was picked.
fn name_of(known: Option<String>, file: &File) -> Rc<str> {
    let name = known.unwrap_or_else(|| {
        let path = js_sys::Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
        path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
    });
    name.into()
}

/// Whether a file is what a person says of senders: it has no form of its own, so the name decides.
fn is_of_marks(file: &File) -> bool {
    let name = file.name();
    let is_saved = name.starts_with(SAVED_MARKS) && name.ends_with(".txt");
    (name == MARKS || is_saved) && file.size() <= MOST_MARKS
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
fn size_of_file(file: &File) -> u64 {
    file.size() as u64
}
