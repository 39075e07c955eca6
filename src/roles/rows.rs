use crate::dataset::Dataset;
use crate::protocol::{RowPage, RowReport};
use crate::report::ReportId;

/// Rows by their numbers, those of a report one after the other, and reports without any.
pub fn page(dataset: &Dataset, rows: &[u32], empty: &[ReportId]) -> RowPage {
    let mut page = RowPage::default();
    for row in rows {
        let row = *row as usize;
        let (Some((id, count, entry)), Some(outcome), Some(ours)) =
            (dataset.records.get(row), dataset.records.outcome(row), dataset.records.ours(row))
        else {
            continue;
        };
        if page.reports.last().is_none_or(|last| last.id != id) {
            page.reports.extend(report(dataset, id));
        }
        let (Some(record), Some(last)) = (dataset.tables.record(count, entry), page.reports.last_mut()) else {
            continue;
        };
        let entry = page.tables.intern(&record);
        page.rows.push(count, entry);
        page.judged.push((outcome, ours));
        last.rows += 1;
    }
    page.reports.extend(empty.iter().filter_map(|id| report(dataset, *id)));
    page
}

fn report(dataset: &Dataset, id: ReportId) -> Option<RowReport> {
    let row = dataset.reports.get(id as usize)?;
    let item = row.item.and_then(|item| dataset.ledger.item(item));
    let name = dataset.tables.strings.get(row.file).unwrap_or_default().to_owned();
    Some(RowReport {
        id,
        report: dataset.report(id)?,
        rows: 0,
        file: (item.map_or(u32::MAX, |item| item.file), name),
        locator: item.map(|item| item.locator.clone()).unwrap_or_default(),
    })
}
