//! Components rendered to text on the host.

use std::rc::Rc;

use yew::LocalServerRenderer;
use yew::prelude::*;

use dmarcscope::analysis::{Filter, Totals};
use dmarcscope::ledger::{Found, Kind, Note, Notes, Status};
use dmarcscope::protocol::{FilePage, FileRow, ItemRow};
use dmarcscope::report::Figures;
use dmarcscope::text::{Plain, Words};

use super::session::reading::Progress;
use super::ui::Ui;
use super::{figures, filter, items, ledger, progress};

/// Shows what it is given, in plain English.
#[derive(Properties)]
struct Props {
    draw: Rc<dyn Fn(&Ui) -> Html>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.draw, &other.draw)
    }
}

#[component]
fn Show(props: &Props) -> Html {
    (props.draw)(&Ui(Rc::new(Words::english(Box::new(Plain)))))
}

fn rendered(draw: impl Fn(&Ui) -> Html + 'static) -> String {
    let props = Props { draw: Rc::new(draw) };
    let html = pollster::block_on(LocalServerRenderer::<Show>::with_props(props).hydratable(false).render());
    assert!(!html.contains("style="), "an inline style, which the page's policy blocks: {html}");
    html
}

#[test]
fn each_figure_carries_its_plain_integer() {
    let totals = Totals {
        figures: Figures { records: 4, passed: 1_234_567, failed: 5, unknown: 6 },
        reports: 2,
        sources: 3,
        reporters: 1,
        domains: 9,
        first: Some(20_000),
        last: Some(20_001),
    };
    let html = rendered(move |words| figures::figures(words, &figures::Props { totals }));
    for (metric, value) in
        [("messages", 1_234_578), ("passed", 1_234_567), ("failed", 5), ("unknown", 6), ("records", 4)]
    {
        assert!(html.contains(&format!(r#"data-metric="{metric}" data-value="{value}""#)), "{metric} in {html}");
    }
    assert!(html.contains("1,234,578") && html.contains("2024-10-04 to 2024-10-05"), "{html}");
}

#[test]
fn an_entry_tells_its_status_its_notes_and_nothing_of_its_markup() {
    let mut notes = Notes::default();
    notes.add(Note::NotAReport(Found::Xml("<img src=x onerror=alert(1)>".into())));
    let row = FileRow {
        file: 0,
        name: "<script>alert(1)</script>.xml".into(),
        status: Status::Refused,
        is_open: false,
        kind: None,
        tally: [0, 0, 0, 0, 1],
        reports: 0,
        figures: Figures::default(),
        notes,
        item: None,
    };
    let twin = FileRow {
        file: 1,
        name: "a.xml".into(),
        kind: Some(Kind::Aggregate),
        reports: 1,
        item: Some(7),
        ..row.clone()
    };
    let open = FileRow { file: 2, is_open: true, ..row.clone() };
    let archive = FileRow { file: 3, status: Status::Partial, tally: [9, 0, 0, 2, 0], ..twin.clone() };
    let twin = FileRow { status: Status::Duplicate, notes: Notes::default(), ..twin };
    let page = Rc::new(FilePage { total: 9, tally: [7, 0, 1, 0, 1], rows: vec![row, twin, open, archive] });
    let html = rendered(move |words| {
        let (on_more, on_items, on_source) = (Callback::noop(), Callback::noop(), Callback::noop());
        ledger::ledger(words, &ledger::Props { page: page.clone(), on_more, on_items, on_source })
    });
    assert_eq!(html.matches(r#"data-ledger-status="refused""#).count(), 1, "one that is being read has no fate yet");
    assert_eq!(html.matches(r#"data-ledger-status="duplicate""#).count(), 1);
    assert_eq!(html.matches("Show the XML").count(), 1);
    assert_eq!(html.matches("Show what is in it (11)").count(), 1, "{html}");
    assert!(html.contains("9 files: 7 read, 1 duplicate, 1 refused.") && html.contains("Show more"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<img") && html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn an_item_tells_which_report_it_is() {
    let row = ItemRow {
        item: 4,
        path: "b.zip › <i>c</i>.xml".into(),
        status: Status::Mended,
        kind: Some(Kind::Aggregate),
        names: [Some("receiver.example".into()), Some("example.org".into()), None],
        period: (Some(20_000 * 86_400), Some(20_000 * 86_400 + 86_399)),
        figures: Figures { records: 1, passed: 2, failed: 0, unknown: 0 },
        notes: Notes::default(),
    };
    let html = rendered(move |words| items::item(words, &row, &Callback::noop()));
    assert!(html.contains("receiver.example · example.org · 2024-10-04<"), "{html}");
    assert!(html.contains("1 record, 2 messages") && html.contains("b.zip › &lt;i&gt;c&lt;/i&gt;.xml"), "{html}");
    assert!(html.contains(r#"data-item-status="mended""#) && html.contains("Show the XML"), "{html}");
}

#[test]
fn chips_and_progress_say_what_they_stand_for() {
    let only: Filter = r#"reporter:"<i>x</i>" -verdict:pass"#.parse().unwrap();
    let html = rendered(move |words| {
        let props = filter::Props { filter: only.clone(), bad: vec!["tab=<u>".into()], on_remove: Callback::noop() };
        filter::filter_bar(words, &props)
    });
    assert_eq!(html.matches(r#"class="chip""#).count(), 2);
    assert!(!html.contains("<i>") && !html.contains("<u>") && html.contains("-verdict:pass"), "{html}");

    let html = rendered(|words| {
        let far = Progress { done: 1, total: 1_000, bytes: 1, size: 2_500_000, at: Some(1) };
        let props = progress::Props { progress: far, reading: Some("a.zip".into()), on_cancel: Callback::noop() };
        progress::progress_bar(words, &props)
    });
    assert!(html.contains("1 of 1,000 files, 1 of 3 MB") && html.contains("Reading a.zip"), "{html}");
    assert!(html.contains(r#"id="cancel""#) && html.contains(r#"max="2500000""#), "{html}");
}
