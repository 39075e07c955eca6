//! What leaves the page: the records of a filter in forms that other programs take. The one home of these forms.
//!
//! # The forms, version 1
//!
//! All are UTF-8, and every time is UTC. A row is a record; numbers are plain digits; what a report does not state stays empty
//! (CSV), `null` (JSON) or absent (XML). Words of the standards are spelt as the standards do, whatever the report's letter case.
//! New columns and keys may be added at the end; anything else makes a new [`VERSION`].
//!
//! | Form | What it is |
//! |---|---|
//! | CSV | One line a row ([`csv`]; the names of its columns are [`csv::COLUMNS`]), RFC 4180, with a byte order mark. Columns that parsedmarc has are called as there. Several signatures, checks or reasons stand in one field, joined by `; `. A text that a spreadsheet would run as a formula has an apostrophe before it. |
//! | NDJSON | One JSON object a line and row ([`ndjson`]), with the names of the CSV; signatures, checks and reasons are arrays. |
//! | JSON | One array of reports in parsedmarc's names ([`parsedmarc`], which tells where it differs from parsedmarc's own). |
//! | Reports | A zip with an XML file for each report ([`xml`]), written anew from what was read, with the chosen records only; foreign elements are left out. Read again, each record is the same. |
//!
//! [`Redaction`] goes over a row before any form is written, so that no form can forget it.

pub mod base64;
pub mod csv;
mod job;
pub mod json;
pub mod ndjson;
pub mod parsedmarc;
mod redact;
mod row;
pub mod xml;
pub mod zip;

pub use job::{Format, Job, Saved, Taken};
pub use redact::Redaction;
pub use row::{Head, Row, time};

use crate::protocol::RowPage;

/// The version of the forms.
pub const VERSION: u32 = 1;

/// Writes records in a form, page by page; what is written is taken away in between.
#[derive(Debug)]
pub struct Writer {
    form: Form,
    redaction: Redaction,
    out: Vec<u8>,
    rows: u64,
    reports: u64,
    /// The report of the last row.
    last: Option<u32>,
}

#[derive(Debug)]
enum Form {
    Csv,
    Ndjson,
    Parsedmarc(parsedmarc::Reports),
    Reports(Box<xml::Reports>),
}

impl Writer {
    /// Begins a file of a form.
    #[must_use]
    pub fn new(format: Format, redaction: Redaction) -> Self {
        let mut out = Vec::new();
        let form = match format {
            Format::Csv => {
                csv::head(&mut out);
                Form::Csv
            }
            Format::Ndjson => Form::Ndjson,
            Format::Parsedmarc => Form::Parsedmarc(parsedmarc::Reports::default()),
            Format::Reports | Format::Page | Format::Raw => Form::Reports(Box::default()),
        };
        Self { form, redaction, out, rows: 0, reports: 0, last: None }
    }

    /// Writes the rows of a page. Pages come in the order of their reports; a report may go on in the next page.
    pub fn page(&mut self, page: &RowPage) {
        let mut places = 0..page.rows.len();
        for report in &page.reports {
            let is_new = self.last != Some(report.id);
            self.last = Some(report.id);
            self.reports += u64::from(is_new);
            let head = Head::of(report, self.reports, self.redaction);
            match &mut self.form {
                Form::Parsedmarc(reports) if is_new => reports.begin(&head, &mut self.out),
                Form::Reports(reports) if is_new => reports.begin(&head, &mut self.out),
                _ => {}
            }
            let beginning = if matches!(self.form, Form::Csv) { csv::beginning(&head) } else { Vec::new() };
            for place in places.by_ref().take(report.rows as usize) {
                let Some(row) = Row::of(page, place, &head, self.redaction) else { continue };
                self.rows += 1;
                match &mut self.form {
                    Form::Csv => csv::row(&row, &beginning, &mut self.out),
                    Form::Ndjson => ndjson::row(&row, &mut self.out),
                    Form::Parsedmarc(reports) => reports.row(&row, &mut self.out),
                    Form::Reports(reports) => reports.row(&row),
                }
            }
        }
    }

    /// Ends the file.
    pub fn finish(&mut self) {
        match &mut self.form {
            Form::Csv | Form::Ndjson => {}
            Form::Parsedmarc(reports) => reports.end(&mut self.out),
            Form::Reports(reports) => reports.end(&mut self.out),
        }
    }

    /// What is written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out)
    }

    /// How many bytes wait to be taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.out.len()
    }

    /// Rows and reports written so far.
    #[must_use]
    pub const fn written(&self) -> (u64, u64) {
        (self.rows, self.reports)
    }
}
