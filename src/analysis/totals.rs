use std::ops::Range;

use super::compile::DATELESS;
use super::look::Look;
use super::query::Totals;
use super::zone::{Day, Zone};
use crate::dataset::{ABSENT, BLOCK, Dataset, ReportRow, Source, Strings, TextId};
use crate::fold::fold;
use crate::report::ReportId;

/// The headline figures of all that is there, at once: what a [`Query`](super::Query) without a filter gives.
#[must_use]
pub fn totals(dataset: &Dataset, zone: &Zone) -> Totals {
    let mut headline = Headline::of(dataset);
    let mut selected = Vec::with_capacity(BLOCK);
    for block in (0..).map_while(|number| dataset.records.block(number)) {
        selected.clear();
        let reports = (0..).zip(&block.report_of);
        selected.extend(reports.filter(|(_, report)| dataset.counts(**report)).map(|(place, _)| place));
        headline.rows(&selected, &Look::of(block));
    }
    let day = |_, report: &ReportRow| report.meta.midpoint().map_or(DATELESS, |at| zone.day(at));
    headline.reports(0..dataset.reports.len(), false, &|report| dataset.counts(report), &day, dataset);
    headline.finish(dataset)
}

/// Gathers the headline figures.
#[derive(Debug)]
pub struct Headline {
    totals: Totals,
    /// Which reports were among the rows.
    reports: Vec<bool>,
    sources: Vec<bool>,
    reporters: Distinct,
    domains: Distinct,
}

/// Texts, letter case aside. Reports that do not name theirs are one more, as in the tables.
#[derive(Debug)]
struct Distinct {
    /// For each text of the dataset whether it was looked at.
    seen: Vec<bool>,
    folded: Strings,
    absent: bool,
}

impl Headline {
    /// Nothing yet.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        Self {
            totals: Totals::default(),
            reports: vec![false; dataset.reports.len()],
            sources: vec![false; dataset.tables.sources.len()],
            reporters: Distinct::of(dataset.tables.strings.len()),
            domains: Distinct::of(dataset.tables.strings.len()),
        }
    }

    /// Takes in selected rows of a block.
    pub fn rows(&mut self, rows: &[u32], block: &Look<'_>) {
        for row in rows {
            let row = *row as usize;
            let (Some(count), Some(outcome), Some(report), Some(source)) = (
                block.rows.count.get(row),
                block.outcome.get(row),
                block.report_of.get(row),
                block.rows.source.get(row),
            ) else {
                continue;
            };
            self.totals.figures.add(*count, *outcome);
            mark(&mut self.reports, *report);
            mark(&mut self.sources, *source);
        }
    }

    /// Takes in reports.
    pub fn reports(
        &mut self,
        reports: Range<usize>,
        asks_of_rows: bool,
        takes: &dyn Fn(ReportId) -> bool,
        day: &dyn Fn(ReportId, &ReportRow) -> Day,
        dataset: &Dataset,
    ) {
        let all = reports
            .clone()
            .zip(dataset.reports.iter_from(reports.start))
            .filter_map(|(id, report)| Some((u32::try_from(id).ok()?, report)));
        for (id, report) in all {
            let has_row = self.reports.get(id as usize).copied().unwrap_or(false);
            let is_empty = || report.figures.records == 0 && report.item.is_some() && takes(id);
            if !has_row && (asks_of_rows || !is_empty()) {
                continue;
            }
            let totals = &mut self.totals;
            totals.reports += 1;
            let strings = &dataset.tables.strings;
            self.reporters.mark(report.meta.org_name, strings);
            self.domains.mark(dataset.policies.get(report.policy).map_or(ABSENT, |policy| policy.domain), strings);
            let day = day(id, report);
            if day != DATELESS {
                totals.first = Some(totals.first.map_or(day, |first| first.min(day)));
                totals.last = Some(totals.last.map_or(day, |last| last.max(day)));
            }
        }
    }

    /// The figures.
    #[must_use]
    pub fn finish(self, dataset: &Dataset) -> Totals {
        let addresses = dataset.tables.sources.items().iter().zip(&self.sources);
        let is_seen = |(source, seen): &(&Source, &bool)| **seen && matches!(source, Source::Address(_));
        Totals {
            sources: addresses.filter(is_seen).count() as u64,
            reporters: self.reporters.count(),
            domains: self.domains.count(),
            ..self.totals
        }
    }
}

impl Distinct {
    fn of(texts: usize) -> Self {
        Self { seen: vec![false; texts], folded: Strings::default(), absent: false }
    }

    fn mark(&mut self, id: TextId, strings: &Strings) {
        match (self.seen.get_mut(id as usize), strings.get(id)) {
            (Some(true), _) => {}
            (Some(seen), Some(text)) => {
                *seen = true;
                self.folded.intern(&fold(text));
            }
            _ => self.absent = true,
        }
    }

    fn count(&self) -> u64 {
        self.folded.len() as u64 + u64::from(self.absent)
    }
}

fn mark(seen: &mut [bool], id: u32) {
    if let Some(slot) = seen.get_mut(id as usize) {
        *slot = true;
    }
}
