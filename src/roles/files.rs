use crate::analysis::Needle;
use crate::intake::{FileId, Step};
use crate::ledger::{FileEntry, Item, ItemId, Ledger, Status};
use crate::protocol::{FilePage, FileQuery, FileRow};

/// Some files of the ledger. Every file is looked at once: its status and, where it is asked for, its name and those in it.
pub fn page(ledger: &Ledger, query: &FileQuery) -> FilePage {
    let needle = Needle::of(&query.find);
    let mut page = FilePage { total: u32::try_from(ledger.len()).unwrap_or(u32::MAX), ..FilePage::default() };
    // What is found, by status: the order of the statuses is that of the page, the wrong way round.
    let mut found: [Vec<(FileId, &FileEntry)>; Status::ALL.len()] = Default::default();
    for (file, entry) in ledger.files() {
        let status = entry.status();
        let place = status as usize;
        if let Some(count) = page.tally.get_mut(place) {
            *count += 1;
        }
        if (query.only.is_empty() || query.only.contains(&status))
            && is_found(ledger, &needle, entry)
            && let Some(found) = found.get_mut(place)
        {
            page.matched += 1;
            found.push((file, entry));
        }
    }
    let in_order = found.iter().rev().flatten();
    let asked = in_order.skip(query.skip as usize).take(query.take as usize);
    page.rows = asked.map(|(file, entry)| row(ledger, *file, entry)).collect();
    page
}

/// Whether a text is in the name of a file or of something in it.
fn is_found(ledger: &Ledger, needle: &Needle, entry: &FileEntry) -> bool {
    let is_in_item = |id: &ItemId| ledger.item(*id).is_some_and(|item| is_on_the_way(needle, item));
    needle.is_in(&entry.name) || entry.items.iter().any(is_in_item)
}

/// Whether a text is in the name of an archive's entry or the subject of a message on the way to an item.
pub fn is_on_the_way(needle: &Needle, item: &Item) -> bool {
    item.locator.steps.iter().filter_map(Step::name).any(|name| needle.is_in(name))
}

fn row(ledger: &Ledger, file: FileId, entry: &FileEntry) -> FileRow {
    let mut notes = entry.notes.clone();
    notes.extend(&entry.item_notes);
    FileRow {
        file,
        name: entry.name.to_string(),
        status: entry.status(),
        is_open: entry.is_open,
        kind: entry.kind,
        tally: entry.tally,
        reports: entry.reports,
        figures: entry.figures,
        notes,
        item: entry.first_report,
        report: entry.first_report.and_then(|item| ledger.item(item)?.report),
    }
}
