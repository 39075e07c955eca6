//! The same report again. Resends are common (the file name of a resend even stays the same), and a pile of files often
//! holds a mailbox and the files saved from it; yet a few reporters use one id for reports of different content, and those all count.

use super::Dataset;
use super::strings::TextId;
use super::tables::Entry;
use crate::ledger::{Note, Status};
use crate::report::ReportId;
use crate::sort::{Item, sort};

/// What names a report (RFC 9990 §3.1.1): reporter, id, policy domain and period.
pub(super) type Key = (TextId, TextId, TextId, Option<i64>, Option<i64>);

/// What became of a report among those with its key.
#[derive(Debug, Default)]
pub(super) struct Resolution {
    /// Whether it is a twin and its rows must not count.
    pub is_twin: bool,
    /// What to tell about it.
    pub notes: Vec<Note>,
}

impl Dataset {
    /// Compares a finished report with those of the same key. Records are compared as a multiset: order does not matter.
    ///
    /// Where a counted one is a cut-off copy of the new report, the old one becomes the twin, so that the totals do not hang
    /// on the order of arrival: every whole report counts, and a cut-off one if no other holds all that it holds.
    ///
    /// `place` is where the new report lies, as people write it.
    pub(super) fn resolve_twins(&mut self, id: ReportId, status: Status, place: &str) -> Resolution {
        let mut resolution = Resolution::default();
        let Some(key) = self.key(id) else { return resolution };
        let known = self.keys.get(&key).cloned().unwrap_or_default();
        if !known.is_empty() {
            let new =
                Sibling { id, place: place.to_owned(), is_cut: status >= Status::Partial, rows: self.multiset(id) };
            let others: Vec<Sibling> = known.into_iter().filter_map(|id| self.counted(id)).collect();
            // First of all whether it is a twin: a twin is no "other content" of anything, and puts nothing out.
            if let Some(note) = new.twin_among(&others) {
                return Resolution { is_twin: true, notes: vec![note] };
            }
            for other in others {
                if other.is_cut && contains(&new.rows, &other.rows) {
                    self.retire(other.id, Note::PartOf(place.into()));
                } else {
                    resolution.notes.push(Note::SameKeyOtherContent(other.place.into()));
                    self.remark(other.id, Note::SameKeyOtherContent(place.into()));
                }
            }
        }
        self.keys.entry(key).or_default().push(id);
        resolution
    }

    pub(super) fn key(&self, id: ReportId) -> Option<Key> {
        let report = self.reports.get(id as usize)?;
        let policy = self.policies.get(report.policy)?;
        let meta = &report.meta;
        // A report that names neither its reporter nor itself cannot be told from others.
        let says = |text| self.tables.strings.get(text).is_some_and(|text| !text.is_empty());
        if !says(meta.org_name) && !says(meta.report_id) {
            return None;
        }
        Some((meta.org_name, meta.report_id, policy.domain, meta.begin, meta.end))
    }

    /// A report's rows, sorted: equal for equal multisets of records.
    fn multiset(&self, id: ReportId) -> Vec<(u64, Entry)> {
        let Some(report) = self.reports.get(id as usize) else { return Vec::new() };
        let rows: Vec<(u64, Entry)> =
            self.records.of_report(id, report.rows.clone()).map(|(_, count, entry)| (count, entry)).collect();
        let row = |place: u32| rows.get(place as usize).copied();
        let mut order: Vec<Item> = rows.iter().zip(0..).map(|((count, _), place)| (*count, place)).collect();
        sort(&mut order, &|a, b| a.0.cmp(&b.0).then_with(|| row(a.1).cmp(&row(b.1))));
        order.into_iter().filter_map(|(_, place)| row(place)).collect()
    }

    fn counted(&self, id: ReportId) -> Option<Sibling> {
        let report = self.reports.get(id as usize).filter(|_| self.counts(id))?;
        let item = self.ledger.item(report.item?)?;
        Some(Sibling {
            id,
            place: self.ledger.place(item.file, &item.locator),
            is_cut: item.status >= Status::Partial,
            rows: self.multiset(id),
        })
    }

    fn retire(&mut self, id: ReportId, note: Note) {
        self.withdraw(id);
        self.remark(id, note);
    }

    fn remark(&mut self, id: ReportId, note: Note) {
        if let Some(item) = self.reports.get(id as usize).and_then(|report| report.item) {
            self.ledger.remark(item, note);
        }
    }
}

/// A report among those of its key.
struct Sibling {
    id: ReportId,
    place: String,
    /// Whether something of it is missing.
    is_cut: bool,
    rows: Vec<(u64, Entry)>,
}

impl Sibling {
    /// What makes it a twin of one that counts, if it is one. A whole report is no twin of a cut-off one.
    fn twin_among(&self, others: &[Self]) -> Option<Note> {
        let same = others.iter().find(|other| self.rows == other.rows && (self.is_cut || !other.is_cut));
        let around = || others.iter().find(|other| self.is_cut && contains(&other.rows, &self.rows));
        same.map(|other| Note::TwinOf(other.place.as_str().into()))
            .or_else(|| around().map(|other| Note::PartOf(other.place.as_str().into())))
    }
}

/// Whether the sorted `whole` holds everything that the sorted `part` holds, as multisets.
fn contains(whole: &[(u64, Entry)], part: &[(u64, Entry)]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|wanted| rest.by_ref().any(|row| row == wanted))
}
