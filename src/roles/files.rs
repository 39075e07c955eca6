use crate::analysis::Needle;
use crate::intake::FileId;
use crate::ledger::{FileEntry, Ledger, Status};
use crate::protocol::{FilePage, FileQuery, FileRow};

/// Some files of the ledger. Every file is looked at once: its status and, where it is asked for, its name.
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
            && needle.is_in(&entry.name)
            && let Some(found) = found.get_mut(place)
        {
            page.matched += 1;
            found.push((file, entry));
        }
    }
    let in_order = found.iter().rev().flatten();
    let asked = in_order.skip(query.skip as usize).take(query.take as usize);
    page.rows = asked.map(|(file, entry)| row(*file, entry)).collect();
    page
}

fn row(file: FileId, entry: &FileEntry) -> FileRow {
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
    }
}
