use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Blob, BlobPropertyBag, MessagePort};

use super::port::{Incoming, on_page_message, on_port_message, scope, tell, tell_page};
use super::sources::Sources;
use dmarcscope::analysis::{Answer, Ask, Chosen, Query};
use dmarcscope::export::base64::Encoder;
use dmarcscope::export::{Format, Job, Saved, Taken, Writer};
use dmarcscope::protocol::{BUILD, Question, Reply, RowPage, pack};
use dmarcscope::report::ReportId;

/// Rows asked for at a time: the store gives them within some milliseconds.
const ROWS: usize = 2_048;
/// Reports without any record asked for at a time.
const REPORTS: usize = 256;
/// Questions that are on their way at a time, so that store and this program work side by side.
const AHEAD: usize = 3;
/// Bytes after which what is written becomes a piece of the file, which the browser may put on the disk.
const PIECE: usize = 4 << 20;
/// Milliseconds between two words on how far it is.
const PULSE: f64 = 100.0;

/// Waits for a job, with a line to the store and the page's files.
pub fn start() {
    std::panic::set_hook(Box::new(|info| tell_page(&Taken::Failed(info.to_string()))));
    on_page_message(|event| {
        let incoming = Incoming::<Job>::of(&event);
        let files = incoming.get("files").dyn_into::<Array>().unwrap_or_default();
        let port: MessagePort = incoming.get("port").unchecked_into();
        begin(incoming.message, port, files);
    });
    tell_page(&Taken::Ready(BUILD.to_owned()));
}

fn begin(job: Job, port: MessagePort, files: Array) {
    let query = Query { filter: job.filter.clone(), zone: job.zone.clone(), asks: vec![Ask::Rows] };
    let work = Rc::new(RefCell::new(Work::new(job, port.clone(), files)));
    on_port_message(&port, move |event| {
        let reply = Incoming::<Reply>::of(&event).message;
        work.borrow_mut().on_reply(reply);
    });
    tell(&port, &Question::Query { id: 0, query });
}

/// What writes.
enum Hand {
    /// Rows in a form.
    Rows(Box<Writer>),
    /// Reports as they came.
    Sources(Box<Sources>),
}

/// A file in the making.
struct Work {
    job: Job,
    port: MessagePort,
    hand: Hand,
    encoder: Option<Encoder>,
    /// Rows, and reports without any, still to be asked for.
    asks: VecDeque<(Vec<u32>, Vec<ReportId>)>,
    waiting: usize,
    rows: u64,
    done: u64,
    pieces: Array,
    told: f64,
}

impl Work {
    fn new(job: Job, port: MessagePort, files: Array) -> Self {
        let hand = match job.format {
            Format::Raw => Hand::Sources(Box::new(Sources::new(files))),
            format => Hand::Rows(Box::new(Writer::new(format, job.redaction))),
        };
        let encoder = job.around.is_some().then(Encoder::default);
        let (asks, pieces) = (VecDeque::new(), Array::new());
        Self { job, port, hand, encoder, asks, waiting: 0, rows: 0, done: 0, pieces, told: 0.0 }
    }

    fn on_reply(&mut self, reply: Reply) {
        match reply {
            Reply::Answers { answers, .. } => {
                if let Some(Answer::Rows(chosen)) = answers.into_iter().next() {
                    self.chosen(&chosen);
                }
            }
            Reply::Rows { page, .. } => self.page(&page),
            _ => {}
        }
    }

    fn chosen(&mut self, chosen: &Chosen) {
        self.rows = chosen.rows.len() as u64;
        self.asks.extend(chosen.rows.chunks(ROWS).map(|rows| (rows.to_vec(), Vec::new())));
        self.asks.extend(chosen.empty.chunks(REPORTS).map(|empty| (Vec::new(), empty.to_vec())));
        if let Some((before, _)) = &self.job.around {
            self.pieces.push(&before.as_str().into());
        }
        (0..AHEAD).for_each(|_| self.ask_next());
        self.end_if_done();
    }

    fn ask_next(&mut self) {
        if let Some((rows, empty)) = self.asks.pop_front() {
            self.waiting += 1;
            tell(&self.port, &Question::Rows { id: 1, rows, empty });
        }
    }

    fn page(&mut self, page: &RowPage) {
        self.waiting = self.waiting.saturating_sub(1);
        self.ask_next();
        let bytes = match &mut self.hand {
            Hand::Rows(writer) => {
                writer.page(page);
                if writer.waiting() < PIECE { Vec::new() } else { writer.take() }
            }
            Hand::Sources(sources) => {
                sources.page(page);
                if sources.waiting() < PIECE { Vec::new() } else { sources.take() }
            }
        };
        self.keep(&bytes);
        self.done = self.done.saturating_add(page.rows.len() as u64);
        let now = js_sys::Date::now();
        if now - self.told >= PULSE {
            self.told = now;
            tell_page(&Taken::Rows(self.done, self.rows));
        }
        self.end_if_done();
    }

    /// Makes bytes a piece of the file.
    fn keep(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let encoded = self.encoder.as_mut().map(|encoder| encoder.push(bytes));
        let bytes = Uint8Array::from(encoded.as_deref().unwrap_or(bytes));
        match Blob::new_with_u8_array_sequence(&Array::of1(&bytes)) {
            Ok(blob) => drop(self.pieces.push(&blob)),
            Err(error) => fail(&error),
        }
    }

    fn end_if_done(&mut self) {
        if self.waiting > 0 || !self.asks.is_empty() {
            return;
        }
        let (bytes, saved) = match &mut self.hand {
            Hand::Rows(writer) => {
                writer.finish();
                let (rows, reports) = writer.written();
                (writer.take(), Saved { rows, reports, missing: 0 })
            }
            Hand::Sources(sources) => {
                sources.finish();
                let saved = Saved { rows: self.done, reports: sources.written, missing: sources.missing };
                (sources.take(), saved)
            }
        };
        self.keep(&bytes);
        if let Some(last) = self.encoder.take().map(Encoder::finish) {
            self.keep(&last);
        }
        if let Some((_, after)) = &self.job.around {
            self.pieces.push(&after.as_str().into());
        }
        let kind = BlobPropertyBag::new();
        kind.set_type(self.job.format.media_type());
        match Blob::new_with_blob_sequence_and_options(&self.pieces, &kind) {
            Ok(file) => hand_over(saved, &file),
            Err(error) => fail(&error),
        }
    }
}

fn hand_over(saved: Saved, file: &Blob) {
    let (bytes, data) = (Uint8Array::from(pack(&Taken::Done(saved)).as_slice()), Object::new());
    for (name, value) in [("bytes", bytes.as_ref()), ("file", file.as_ref())] {
        Reflect::set(&data, &name.into(), value).unwrap_throw();
    }
    scope().post_message(&data).unwrap_throw();
}

fn fail(error: &JsValue) {
    let words = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    tell_page(&Taken::Failed(words.unwrap_or_else(|| format!("{error:?}"))));
}
