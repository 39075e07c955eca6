use std::collections::HashMap;

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::File;

use super::file::FileSource;
use dmarcscope::export::zip::Archive;
use dmarcscope::export::{Head, Redaction};
use dmarcscope::intake::charset::Utf8Only;
use dmarcscope::intake::{Context, FileId, Limits, read_source};
use dmarcscope::protocol::{RowPage, RowReport};
use dmarcscope::report::ReportId;

const CONTEXT: Context<'static> = Context { limits: &Limits::DEFAULT, charsets: &Utf8Only };

/// Reports as they came, read again into an archive.
pub struct Sources {
    files: Array,
    /// The file that was last read from: most reports lie beside the one before.
    open: HashMap<FileId, FileSource>,
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
        Self {
            files,
            open: HashMap::new(),
            archive: Archive::default(),
            out: Vec::new(),
            last: None,
            written: 0,
            missing: 0,
        }
    }

    /// Adds the reports of a page.
    pub fn page(&mut self, page: &RowPage) {
        for report in &page.reports {
            if self.last.replace(report.id) == Some(report.id) {
                continue;
            }
            match self.source(report) {
                Some(bytes) => {
                    let name = Head::of(report, 0, Redaction::default()).member();
                    self.archive.add(&name, &bytes, &mut self.out);
                    self.written += 1;
                }
                None => self.missing += 1,
            }
        }
    }

    fn source(&mut self, report: &RowReport) -> Option<Vec<u8>> {
        let id = report.file.0;
        if !self.open.contains_key(&id) {
            let file: File = self.files.get(id).dyn_into().ok()?;
            self.open.clear();
            self.open.insert(id, FileSource::of(file).ok()?);
        }
        let file = self.open.get_mut(&id)?;
        read_source(file, &report.locator, &CONTEXT, u64::MAX).ok().map(|source| source.bytes)
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
