//! The same report again. Resends are common (the file name of a resend even stays the same), and a pile of files often
//! holds a mailbox and the files saved from it; yet a few reporters use one id for reports of different content, and those all count.

use super::Dataset;
use super::strings::{ABSENT, TextId};
use super::tables::Entry;
use crate::ledger::{Note, Status};
use crate::report::ReportId;

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
    /// Where the new report is whole and a counted one is a cut-off copy of it, the old one becomes the twin, so that the
    /// totals do not hang on the order of arrival.
    ///
    /// `place` is where the new report lies, as people write it.
    pub(super) fn resolve_twins(&mut self, id: ReportId, status: Status, place: &str) -> Resolution {
        let mut resolution = Resolution::default();
        let Some(key) = self.key(id) else { return resolution };
        let others = self.keys.entry(key).or_default().clone();
        if !others.is_empty() {
            let partial = status >= Status::Partial;
            let own = self.multiset(id);
            for other in others {
                let Some((other_place, other_partial)) = self.place_and_state(other) else { continue };
                let theirs = self.multiset(other);
                if own == theirs {
                    resolution.is_twin = true;
                    resolution.notes.push(Note::TwinOf(other_place.into()));
                    break;
                } else if partial && contains(&theirs, &own) {
                    resolution.is_twin = true;
                    resolution.notes.push(Note::PartOf(other_place.into()));
                    break;
                } else if other_partial && contains(&own, &theirs) {
                    self.retire(other, Note::PartOf(place.into()));
                } else {
                    resolution.notes.push(Note::SameKeyOtherContent(other_place.into()));
                    self.remark(other, Note::SameKeyOtherContent(place.into()));
                }
            }
        }
        if !resolution.is_twin {
            self.keys.entry(key).or_default().push(id);
        } else {
            // A twin is no longer "other content" of anything: it is one of those that count.
            resolution.notes.retain(|note| !matches!(note, Note::SameKeyOtherContent(_)));
        }
        resolution
    }

    fn key(&self, id: ReportId) -> Option<Key> {
        let report = self.reports.get(id as usize)?;
        let policy = self.policies.get(report.policy)?;
        let meta = &report.meta;
        // A report that names neither its reporter nor itself cannot be told from others.
        if meta.org_name == ABSENT && meta.report_id == ABSENT {
            return None;
        }
        Some((meta.org_name, meta.report_id, policy.domain, meta.begin, meta.end))
    }

    /// A report's rows, sorted: equal for equal multisets of records.
    fn multiset(&self, id: ReportId) -> Vec<(u64, Entry)> {
        let Some(report) = self.reports.get(id as usize) else { return Vec::new() };
        let mut rows: Vec<_> = report
            .rows
            .clone()
            .filter(|row| self.report_of.get(*row) == Some(&id))
            .filter_map(|row| self.rows.get(row))
            .collect();
        rows.sort_unstable();
        rows
    }

    fn place_and_state(&self, id: ReportId) -> Option<(String, bool)> {
        let report = self.reports.get(id as usize)?;
        if !report.counts {
            return None;
        }
        let item = self.ledger.item(report.item?)?;
        Some((self.ledger.place(item.file, &item.locator), item.status >= Status::Partial))
    }

    fn retire(&mut self, id: ReportId, note: Note) {
        if let Some(report) = self.reports.get_mut(id as usize) {
            report.counts = false;
        }
        self.remark(id, note);
        if let Some(key) = self.key(id)
            && let Some(ids) = self.keys.get_mut(&key)
        {
            ids.retain(|known| *known != id);
        }
    }

    fn remark(&mut self, id: ReportId, note: Note) {
        if let Some(item) = self.reports.get(id as usize).and_then(|report| report.item) {
            self.ledger.remark(item, note);
        }
    }
}

/// Whether the sorted `whole` holds everything that the sorted `part` holds, as multisets.
fn contains(whole: &[(u64, Entry)], part: &[(u64, Entry)]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|wanted| rest.by_ref().any(|row| row == wanted))
}
