use std::collections::VecDeque;
use std::io::Cursor;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, MessagePort};

use super::charsets::BrowserCharsets;
use super::file::{FileSource, failed};
use super::port::{Incoming, on_page_message, scope, tell, tell_page};
use dmarcscope::dataset::Batch;
use dmarcscope::intake::{Context, Limits, Locator, SourceError, Stop, charset, read_source};
use dmarcscope::ledger::Notes;
use dmarcscope::protocol::{BUILD, Delivery, FileInfo, FromReader, ToReader};
use dmarcscope::roles::{Outbox, Packer};

/// Files up to this size are fetched whole and ahead: the browser takes its time over each, but many go side by side.
const SMALL: u64 = 1 << 20;
/// How many small files are being fetched at a time.
const AHEAD: usize = 32;
/// Milliseconds between signs of life.
const PULSE: f64 = 100.0;

/// No more of a report's source is read than was read of it before, whatever was raised for its file.
const AGAIN: Context<'static> = Context { limits: &Limits::MOST, charsets: &BrowserCharsets };

/// Starts a reader: it waits for files and for the port that its results go to.
pub fn start() {
    std::panic::set_hook(Box::new(|info| tell_page(&FromReader::Panicked(info.to_string()))));
    on_page_message(|event| {
        let incoming = Incoming::<ToReader>::of(&event);
        match &incoming.message {
            ToReader::Read(files) => {
                let handles: Array = incoming.get("files").unchecked_into();
                let handles = handles.iter().map(|file| file.unchecked_into::<File>());
                let files = files.clone().into_iter().zip(handles).collect();
                spawn_local(read_all(files, incoming.get("port").unchecked_into()));
            }
            ToReader::Source { id, locator, most } => {
                let source = source(incoming.get("file").unchecked_into(), locator, *most);
                tell_page(&FromReader::Source { id: *id, source });
            }
        }
    });
    tell_page(&FromReader::Ready(BUILD.to_owned()));
}

/// Reads the files in order, fetching small ones ahead.
async fn read_all(files: Vec<(FileInfo, File)>, port: MessagePort) {
    let mut packer = Packer::new(PortOutbox::new(port.clone()));
    let mut coming = files.into_iter();
    let mut fetched: VecDeque<(FileInfo, File, Option<Promise>)> = VecDeque::new();
    loop {
        while fetched.len() < AHEAD
            && let Some((info, file)) = coming.next()
        {
            let bytes = (info.size <= SMALL).then(|| file.array_buffer().unchecked_into());
            fetched.push_back((info, file, bytes));
        }
        let Some((info, file, bytes)) = fetched.pop_front() else { break };
        tell_page(&FromReader::Opened(info.file));
        let context = Context { limits: &Limits::raised(&info.raises), charsets: &BrowserCharsets };
        match bytes {
            Some(bytes) => match JsFuture::from(bytes).await {
                Ok(bytes) => {
                    let mut bytes = Cursor::new(Uint8Array::new(&bytes).to_vec());
                    packer.read(info.file, &info.name, &mut bytes, &context);
                }
                Err(error) => refuse(&mut packer, &info, &failed(&error)),
            },
            None => match FileSource::of(file) {
                Ok(mut file) => packer.read(info.file, &info.name, &mut file, &context),
                Err(error) => refuse(&mut packer, &info, &error),
            },
        }
    }
    drop(packer.into_outbox());
    tell(&port, &Delivery::<&Batch>::Done);
    tell_page(&FromReader::Done);
}

fn refuse(packer: &mut Packer<PortOutbox>, info: &FileInfo, error: &std::io::Error) {
    let mut notes = Notes::default();
    notes.add(Stop::note_of(error));
    packer.refuse(info.file, &info.name, &notes);
}

fn source(file: File, locator: &Locator, most: u64) -> Result<(String, bool), SourceError> {
    let mut file = FileSource::of(file).map_err(|error| SourceError::Io(Stop::note_of(&error)))?;
    let source = read_source(&mut file, locator, &AGAIN, most)?;
    let text = charset::sniff(&source.bytes)
        .and_then(|label| charset::Charsets::decoder(AGAIN.charsets, &label))
        .map(|mut decoder| decoder.decode(&source.bytes, true));
    Ok((text.unwrap_or_else(|| String::from_utf8_lossy(&source.bytes).into_owned()), source.cut))
}

/// Results go to the store through its port, signs of life to the page.
struct PortOutbox {
    port: MessagePort,
    clock: web_sys::Performance,
    last: f64,
}

impl PortOutbox {
    fn new(port: MessagePort) -> Self {
        let clock = scope().performance().expect_throw("every browser with wasm has a clock");
        Self { port, clock, last: 0.0 }
    }
}

impl Outbox for PortOutbox {
    fn deliver(&mut self, batch: &Batch) {
        tell(&self.port, &Delivery::Batch(batch));
    }

    fn progress(&mut self, bytes: u64) {
        let now = self.now();
        if now - self.last >= PULSE {
            self.last = now;
            tell_page(&FromReader::Progress(bytes));
        }
    }

    fn now(&self) -> f64 {
        self.clock.now()
    }
}
