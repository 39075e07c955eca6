//! Taking in what a reader hands over.

use super::again::Before;
use super::batch::{Batch, Part, ReportPart};
use super::meta::{Meta, Policy};
use super::strings::{ABSENT, TextId};
use super::tables::{Entry, Renumbering};
use super::{Dataset, ReaderId, ReportRow};
use crate::intake::{FileId, Locator};
use crate::ledger::{Note, Notes};
use crate::report::keyword::Keyword;
use crate::report::ours::Ours;
use crate::report::verdict::{self, Outcome};
use crate::report::{Evaluated, Figures, PolicyPublished, ReportId};

/// What a reader has begun and not ended.
#[derive(Debug, Default)]
pub(super) struct Open {
    file: Option<FileId>,
    /// The file's name, as one of the texts.
    name: Option<TextId>,
    report: Option<ReportId>,
    /// What a reading before found in it.
    before: Option<Before>,
}

impl Dataset {
    /// Takes in a batch: its values get new numbers, its rows their outcomes; finished reports are compared with those
    /// that are there. Gives the files that came to an end.
    pub fn absorb(&mut self, reader: ReaderId, batch: &Batch) -> Vec<FileId> {
        let mut closed = Vec::new();
        self.changes += 1;
        self.settled = self.records.len();
        let numbers = self.tables.absorb(&batch.tables);
        self.signatures.extend(&self.tables.dkim, &mut self.tables.strings);
        self.checks.extend(&self.tables.spf, &mut self.tables.strings);
        let mut open = self.open.remove(&reader).unwrap_or_default();
        let mut taken = 0;
        for part in &batch.parts {
            match part {
                Part::Open { file, name } => {
                    let before = self.open_file(*file, name);
                    let name = Some(self.tables.strings.intern(name));
                    open = Open { file: Some(*file), name, report: None, before };
                }
                Part::Report(part) => {
                    let upto = taken + part.rows as usize;
                    self.absorb_report(&mut open, part, batch, taken..upto, &numbers);
                    taken = upto;
                }
                Part::Other { kind, notes, locator } => {
                    if let Some(file) = open.file {
                        self.replace(open.before.as_mut(), locator, false);
                        self.ledger.add_other(file, *kind, notes.clone(), locator.clone());
                    }
                }
                Part::Close => {
                    if let Some(file) = open.file.take() {
                        self.end_file(file, open.before.take(), true);
                        self.ledger.close(file);
                        closed.push(file);
                    }
                }
            }
        }
        self.open.insert(reader, open);
        closed
    }

    /// A reader is gone: what it had open ends here, with a note that says why.
    /// Gives the file that came to an end so.
    pub fn lose(&mut self, reader: ReaderId, note: &Note) -> Vec<FileId> {
        self.changes += 1;
        self.settled = self.records.len();
        let Some(open) = self.open.remove(&reader) else { return Vec::new() };
        // Of a report that is read again, what was read before is worth more than a part.
        if let (Some(file), Some(report), None) = (open.file, open.report, &open.before) {
            let mut notes = Notes::default();
            notes.add(note.clone());
            self.finish_report(file, report, notes, Locator::default());
        }
        if let Some(file) = open.file {
            self.end_file(file, open.before, false);
            self.ledger.add_note(file, note.clone());
            self.ledger.close(file);
        }
        open.file.into_iter().collect()
    }

    fn absorb_report(
        &mut self,
        open: &mut Open,
        part: &ReportPart,
        batch: &Batch,
        rows: std::ops::Range<usize>,
        numbers: &Renumbering,
    ) {
        let id = match open.report {
            Some(id) if part.continued => id,
            _ => self.begin_report(part, open.name.unwrap_or(ABSENT), open.before.is_none()),
        };
        self.update_report(id, part);
        let mut judge = Judge::of(&part.report.policy);
        for row in rows {
            let Some((count, entry)) = batch.rows.get(row) else { break };
            let entry = numbers.entry(entry);
            let outcome = judge.outcome(self, entry);
            let ours = self.ours(id, entry, outcome);
            self.records.push(id, count, entry, outcome, ours);
            if let Some(report) = self.reports.get_mut(id as usize) {
                report.figures.add(count, outcome);
                report.rows.end = self.records.len();
            }
        }
        open.report = Some(id);
        if part.finished {
            open.report = None;
            if let Some(file) = open.file {
                self.replace(open.before.as_mut(), &part.locator, true);
                self.finish_report(file, id, part.notes.clone(), part.locator.clone());
            }
        }
    }

    fn ours(&mut self, id: ReportId, entry: Entry, outcome: Outcome) -> Ours {
        let policy = self.reports.get(id as usize).map_or(ABSENT, |report| report.policy);
        match self.policies.get(policy) {
            Some(published) => self.judge.ours(&self.tables, (policy, published), entry, outcome),
            None => Ours::UNJUDGED,
        }
    }

    /// A report that may have been read before does not count before it is read whole.
    fn begin_report(&mut self, part: &ReportPart, file: TextId, counts: bool) -> ReportId {
        let id = u32::try_from(self.reports.len()).unwrap_or(u32::MAX);
        let policy = self.policies.intern(Policy::of(&part.report.policy, &mut self.tables.strings));
        self.reports.push(ReportRow {
            meta: Meta::of(&part.report, &mut self.tables.strings),
            policy,
            rows: self.records.len()..self.records.len(),
            figures: Figures::default(),
            file,
            item: None,
        });
        self.counts.push(counts);
        id
    }

    /// Takes over what is known of the report by now. Where its policy turns up after records, those are judged again.
    fn update_report(&mut self, id: ReportId, part: &ReportPart) {
        if !part.continued {
            return;
        }
        let policy = self.policies.intern(Policy::of(&part.report.policy, &mut self.tables.strings));
        let meta = Meta::of(&part.report, &mut self.tables.strings);
        let Some(report) = self.reports.get_mut(id as usize) else { return };
        if report.meta != meta || report.policy != policy {
            self.rewrites += 1;
        }
        report.meta = meta;
        if report.policy == policy {
            return;
        }
        report.policy = policy;
        let rows = report.rows.clone();
        let mut judge = Judge::of(&part.report.policy);
        let mut figures = Figures::default();
        for row in rows {
            let Some((owner, count, entry)) = self.records.get(row) else { break };
            if owner == id {
                let outcome = judge.outcome(self, entry);
                figures.add(count, outcome);
                let ours = self.ours(id, entry, outcome);
                self.records.judge(row, outcome, ours);
            }
        }
        if let Some(report) = self.reports.get_mut(id as usize) {
            report.figures = figures;
        }
    }

    fn finish_report(&mut self, file: FileId, id: ReportId, mut notes: Notes, locator: Locator) {
        let place = self.ledger.place(file, &locator);
        let resolution = self.resolve_twins(id, notes.status(), &place);
        for note in resolution.notes {
            notes.add(note);
        }
        let Some(report) = self.reports.get_mut(id as usize) else { return };
        report.item = Some(self.ledger.add_report(file, id, report.figures, notes, locator));
        if let Some(counts) = self.counts.get_mut(id as usize) {
            *counts = !resolution.is_twin;
        }
        let rows = report.rows.clone();
        if !resolution.is_twin {
            self.prove(id, rows);
        }
        let Some(report) = self.reports.get_mut(id as usize) else { return };
        // A twin's rows are not needed: its own figures are kept, and its original has the same rows. Those that came with
        // earlier batches stay nevertheless, for a query may be looking at them.
        if resolution.is_twin && report.rows.start >= self.settled && report.rows.end == self.records.len() {
            let rows = report.rows.clone();
            if self.records.of_report(id, rows.clone()).count() == rows.len() {
                report.rows = 0..0;
                self.records.truncate(rows.start);
            }
        }
    }
}

/// Judges rows of one report; neighbours are often alike, so the last answer is kept.
struct Judge<'a> {
    policy: &'a PolicyPublished,
    last: Option<(u32, u32, Outcome)>,
}

impl<'a> Judge<'a> {
    const fn of(policy: &'a PolicyPublished) -> Self {
        Self { policy, last: None }
    }

    fn outcome(&mut self, dataset: &Dataset, entry: Entry) -> Outcome {
        if let Some((identifiers, evaluation, outcome)) = self.last
            && (identifiers, evaluation) == (entry.identifiers, entry.evaluation)
        {
            return outcome;
        }
        let strings = &dataset.tables.strings;
        let header_from = dataset
            .tables
            .identifiers
            .get(entry.identifiers)
            .and_then(|identifiers| strings.get(identifiers.header_from));
        let evaluation = dataset.tables.evaluations.get(entry.evaluation);
        let evaluated = evaluation.filter(|evaluation| evaluation.present).map(|evaluation| Evaluated {
            disposition: evaluation.disposition.keyword(strings),
            dkim: evaluation.dkim.keyword(strings),
            spf: evaluation.spf.keyword(strings),
        });
        let reasons: Vec<Keyword<_>> = evaluation
            .map(|evaluation| evaluation.reasons.iter().map(|reason| reason.kind.keyword(strings)).collect())
            .unwrap_or_default();
        let outcome = verdict::outcome(self.policy, header_from, evaluated.as_ref(), &reasons);
        self.last = Some((entry.identifiers, entry.evaluation, outcome));
        outcome
    }
}
