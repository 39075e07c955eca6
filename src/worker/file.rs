use std::io::{self, Read, Seek, SeekFrom};

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::{File, FileReaderSync};

use dmarcscope::intake::Stop;
use dmarcscope::ledger::Note;

/// A file of the person's, read in place. Each read is a call into the browser that costs about a millisecond whatever its
/// size, so whoever reads asks for large blocks.
pub struct FileSource {
    file: File,
    reader: FileReaderSync,
    at: u64,
    size: u64,
}

impl FileSource {
    /// Opens a file.
    pub fn of(file: File) -> io::Result<Self> {
        let reader = FileReaderSync::new().map_err(|error| failed(&error))?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a file's size is a whole number")]
        let size = file.size() as u64;
        Ok(Self { file, reader, at: 0, size })
    }
}

impl Read for FileSource {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.size.min(self.at.saturating_add(buffer.len() as u64));
        if end <= self.at {
            return Ok(0);
        }
        #[expect(clippy::cast_precision_loss, reason = "no file has 2^53 bytes")]
        let blob = self.file.slice_with_f64_and_f64(self.at as f64, end as f64).map_err(|error| failed(&error))?;
        let contents = self.reader.read_as_array_buffer(&blob).map_err(|error| failed(&error))?;
        let bytes = Uint8Array::new(&contents);
        let length = bytes.length() as usize;
        let Some(part) = buffer.get_mut(..length) else { return Err(io::ErrorKind::InvalidData.into()) };
        bytes.copy_to(part);
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for FileSource {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// The browser's words for what went wrong, as an error that ends in the ledger.
pub fn failed(error: &JsValue) -> io::Error {
    let words = error
        .dyn_ref::<web_sys::DomException>()
        .map(|error| format!("{}: {}", error.name(), error.message()))
        .or_else(|| error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message())))
        .unwrap_or_else(|| "the browser gives no reason".to_owned());
    Stop(Note::Unreadable(words.into())).into()
}
