use std::ops::Range;

use super::compile::Compiled;
use super::look::Look;
use super::query::Chosen;
use crate::dataset::{BLOCK, Dataset};
use crate::report::ReportId;
use crate::sort::{Item, sort};

/// Gathers which rows there are, by their reports.
#[derive(Debug)]
pub struct Choice {
    rows: Vec<u32>,
    /// Reports without any record.
    empty: Vec<ReportId>,
    /// Which reports were among the rows.
    reports: Vec<bool>,
    /// The first row of the next block.
    start: usize,
    /// The report of the last row, and whether any row stands behind one of a later report.
    last: ReportId,
    is_mixed: bool,
}

impl Choice {
    /// Nothing yet.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let reports = vec![false; dataset.reports.len()];
        Self { rows: Vec::new(), empty: Vec::new(), reports, start: 0, last: 0, is_mixed: false }
    }

    /// Takes in selected rows of the next block.
    pub fn rows(&mut self, rows: &[u32], block: &Look<'_>) {
        for place in rows {
            let Some(report) = block.report_of.get(*place as usize).copied() else { continue };
            self.is_mixed |= report < self.last;
            self.last = report;
            if let Some(seen) = self.reports.get_mut(report as usize) {
                *seen = true;
            }
            self.rows.push(u32::try_from(self.start).unwrap_or(u32::MAX).saturating_add(*place));
        }
        self.start = self.start.saturating_add(BLOCK);
    }

    /// Takes in reports.
    pub fn reports(&mut self, reports: Range<usize>, asks_of_rows: bool, compiled: &Compiled, dataset: &Dataset) {
        if asks_of_rows {
            return;
        }
        for (id, report) in reports.clone().zip(dataset.reports.iter_from(reports.start)) {
            let Ok(number) = u32::try_from(id) else { continue };
            let has_row = self.reports.get(id).copied().unwrap_or(false);
            if !has_row && report.figures.records == 0 && report.item.is_some() && compiled.takes_report(number) {
                self.empty.push(number);
            }
        }
    }

    /// The rows of each report one after the other.
    #[must_use]
    pub fn finish(self, dataset: &Dataset) -> Chosen {
        let mut rows = self.rows;
        if self.is_mixed {
            let report = |row: u32| dataset.records.get(row as usize).map_or(0, |(report, ..)| u64::from(report));
            let mut order: Vec<Item> = rows.iter().map(|row| (report(*row), *row)).collect();
            sort(&mut order, &Item::cmp);
            rows = order.into_iter().map(|(_, row)| row).collect();
        }
        Chosen { rows, empty: self.empty }
    }
}
