//! Rows that leave the store whole.

use dmarcscope::report::Record;

use crate::support::{Made, Page, row};

fn page() -> Page {
    Page::of([
        Made::new("1", [row("192.0.2.1", 3), row("192.0.2.2", 4).failing(), row("192.0.2.3", 5)]).xml(),
        Made::new("2", []).xml(),
        Made::new("3", [row("192.0.2.2", 6).failing()]).domain(Some("other.example")).xml(),
        // A twin's rows are its original's.
        Made::new("3", [row("192.0.2.2", 6).failing()]).domain(Some("other.example")).xml(),
    ])
}

#[test]
fn rows_leave_with_all_that_they_belong_to() {
    for at_a_time in [1, 2, 100] {
        let mut page = page();
        let pages = page.whole("", at_a_time);
        let mut found = Vec::new();
        for page in &pages {
            let mut rows = 0..page.rows.len();
            assert_eq!(page.judged.len(), rows.len());
            for report in &page.reports {
                for place in rows.by_ref().take(report.rows as usize) {
                    let (count, entry) = page.rows.get(place).unwrap();
                    let record: Record<'static> = page.tables.record(count, entry).unwrap().into_owned();
                    found.push((report.report.report_id.clone().unwrap(), record));
                }
            }
            assert!(rows.is_empty());
        }
        let dataset = page.dataset();
        let expected: Vec<_> = [("1", 0), ("1", 1), ("1", 2), ("3", 3)]
            .map(|(id, row)| (id.to_owned(), dataset.record(row).unwrap()))
            .into();
        assert_eq!(found, expected);
        let last = pages.last().unwrap();
        let empty: Vec<_> =
            last.reports.iter().map(|report| (report.report.report_id.as_deref(), report.rows)).collect();
        assert_eq!(empty, [(Some("2"), 0)]);
    }
}

#[test]
fn only_what_is_asked_for_leaves() {
    let mut page = page();
    let pages = page.whole("ip:192.0.2.2 domain:other.example", 10);
    assert_eq!(pages.iter().map(|page| page.rows.len()).sum::<usize>(), 1);
    assert!(pages.last().unwrap().reports.is_empty(), "a filter that asks of records takes no report without any");
    let told = format!("{pages:?}");
    assert!(told.contains("other.example") && !told.contains("192.0.2.1") && !told.contains("192.0.2.3"), "{told}");
    assert!(page.whole("domain:nobody.example", 10).iter().all(|page| page.reports.is_empty()));
}
