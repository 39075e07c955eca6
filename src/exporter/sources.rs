use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::File;

use super::file::FileSource;
use dmarcscope::export::zip::Archive;
use dmarcscope::export::{Head, Redaction};
use dmarcscope::intake::charset::Utf8Only;
use dmarcscope::intake::{Again, Context, Limits};
use dmarcscope::protocol::{RowPage, RowReport};
use dmarcscope::report::ReportId;

/// No more of a report is read than was read of it before, whatever was raised for its file.
const CONTEXT: Context<'static> = Context { limits: &Limits::MOST, charsets: &Utf8Only };

/// Reports as they came, read again into an archive.
pub struct Sources {
    files: Array,
    archive: Archive,
    out: Vec<u8>,
    last: Option<ReportId>,
    /// Reports written, and reports whose source is not to be had any more.
    pub written: u64,
    pub missing: u64,
}

impl Sources {
    /// Begins an archive; the files are in the order of their numbers, `undefined` where one cannot be had.
    pub fn new(files: Array) -> Self {
        Self { files, archive: Archive::default(), out: Vec::new(), last: None, written: 0, missing: 0 }
    }

    /// Adds the reports of a page. Those of a file come one after the other, so it is opened once for all of them.
    pub fn page(&mut self, page: &RowPage) {
        let mut last = self.last;
        let new: Vec<&RowReport> =
            page.reports.iter().filter(|report| last.replace(report.id) != Some(report.id)).collect();
        self.last = last;
        for same in new.chunk_by(|a, b| a.file.0 == b.file.0) {
            let file = same.first().and_then(|report| self.files.get(report.file.0).dyn_into::<File>().ok());
            let mut file = file.and_then(|file| FileSource::of(file).ok());
            let mut again = file.as_mut().and_then(|file| Again::of(file).ok());
            for report in same {
                let source = again.as_mut().and_then(|file| file.read(&report.locator, &CONTEXT, u64::MAX).ok());
                match source {
                    Some(source) => {
                        let name = Head::of(report, 0, Redaction::default()).member();
                        self.archive.add(&name, &source.bytes, &mut self.out);
                        self.written += 1;
                    }
                    None => self.missing += 1,
                }
            }
        }
    }

    /// Ends the archive.
    pub fn finish(&mut self) {
        self.archive.finish(&mut self.out);
    }

    /// What is written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// How many bytes wait to be taken.
    pub fn waiting(&self) -> usize {
        self.out.len()
    }
}
