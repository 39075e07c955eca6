//! Screens rendered to text on the host.

use std::rc::Rc;

use yew::LocalServerRenderer;
use yew::prelude::*;

use dmarcscope::analysis::{Filter, Group, Key, ReportKey};
use dmarcscope::ledger::{Found, Kind, Note, Notes, Status};
use dmarcscope::protocol::{FilePage, FileRow, ItemRow, RecordRow, ReportPage};
use dmarcscope::report::keyword::{AuthResult, Disposition, Evaluation, Keyword, RequestedPolicy};
use dmarcscope::report::verdict::Outcome;
use dmarcscope::report::{Dkim, Evaluated, Figures, PolicyPublished, Reason, Record, Report, Spf};
use dmarcscope::text::{Plain, Words};

use super::address::{Show, View};
use super::ui::Ui;
use super::{items, ledger, report, reports, sources};

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
fn Within(props: &Props) -> Html {
    let words = Ui(Rc::new(Words::english_screens(Box::new(Plain))));
    html! { <ContextProvider<Ui> context={words.clone()}>{ (props.draw)(&words) }</ContextProvider<Ui>> }
}

fn rendered(draw: impl Fn(&Ui) -> Html + 'static) -> String {
    let props = Props { draw: Rc::new(draw) };
    let html = pollster::block_on(LocalServerRenderer::<Within>::with_props(props).hydratable(false).render());
    assert!(!html.contains("style="), "an inline style, which the page's policy blocks: {html}");
    html
}

fn group(key: Key) -> Group {
    let figures = Figures { records: 1, passed: 10, failed: 3, unknown: 0 };
    Group { key, figures, first: Some(20_000), last: None }
}

#[test]
fn a_source_leads_to_its_screen_by_its_address_and_is_else_only_shown() {
    let cells = |key: Key| {
        rendered(move |words| {
            let cells = sources::cells(words, &group(key.clone()), &View::default());
            html! { <table><tr>{ for cells }</tr></table> }
        })
    };
    let address = cells(Key::Address("2001:db8::1".parse().unwrap()));
    assert!(address.contains("#v1&amp;source=2001%3Adb8%3A%3A1") && address.contains("2024-10-04"), "{address}");
    let text = cells(Key::Text("<b>unknown</b>".into()));
    assert!(!text.contains("<a ") && text.contains("&lt;b&gt;unknown"), "{text}");
    assert!(cells(Key::Absent).contains("not stated"));
}

#[test]
fn a_report_is_a_link_that_keeps_the_filter() {
    let filter: Filter = "verdict:fail".parse().unwrap();
    let view = View { filter, show: Show::Reports };
    let day = 20_000 * 86_400;
    let key = ReportKey {
        domain: Some("example.org".into()),
        begin: Some(day),
        end: Some(day + 86_399),
        report: 7,
        ..ReportKey::default()
    };
    let html = rendered(move |words| {
        let cells = reports::cells(words, &group(Key::Report(Box::new(key.clone()))), &view);
        html! { <table><tr>{ for cells }</tr></table> }
    });
    assert!(html.contains("#v1&amp;only=verdict%3Afail&amp;report=7"), "{html}");
    assert!(html.contains("not stated") && html.contains("example.org") && html.contains(">2024-10-04<"), "{html}");
}

fn page() -> ReportPage {
    let record = Record {
        source: Some("192.0.2.1".parse().unwrap()),
        count: 1_234,
        evaluated: Some(Evaluated {
            disposition: Keyword::Known(Disposition::Quarantine),
            dkim: Keyword::Known(Evaluation::Fail),
            spf: Keyword::Absent,
        }),
        reasons: vec![Reason { kind: Keyword::Other("odd".into()), comment: Some("arc=<i>".into()), lang: None }],
        header_from: Some("example.org".into()),
        envelope_from: Some("".into()),
        dkim: vec![Dkim {
            domain: Some("vendor.example".into()),
            selector: Some("one".into()),
            result: Keyword::Known(AuthResult::Pass),
            human_result: Some("2048-bit".into()),
            lang: None,
        }],
        spf: vec![Spf::default()],
        ..Record::default()
    };
    let mut notes = Notes::default();
    notes.add(Note::JunkBefore);
    ReportPage {
        report: Report {
            org_name: Some("<b>receiver</b>".into()),
            report_id: Some(String::new()),
            begin: Some(20_000 * 86_400),
            policy: PolicyPublished { p: Keyword::Known(RequestedPolicy::Reject), ..PolicyPublished::default() },
            ..Report::default()
        },
        figures: Figures { records: 5, passed: 0, failed: 1_234, unknown: 0 },
        status: Some(Status::Mended),
        item: Some(3),
        place: "a.zip › b.xml".into(),
        notes,
        records: vec![RecordRow { record, outcome: Outcome::FailedQuarantined }],
    }
}

#[test]
fn a_report_tells_all_that_it_says_and_nothing_of_its_markup() {
    let html = rendered(|words| report::whole(words, &page(), &Callback::noop(), Callback::noop()));
    for said in [
        "&lt;b&gt;receiver&lt;/b&gt; on not stated, 2024-10-04",
        "5 records, 1,234 messages",
        "a.zip › b.xml",
        "Mended",
        "(empty)",
        "2024-10-04 00:00:00 UTC",
        "reject",
        "Something stood before the XML",
        "192.0.2.1",
        "envelope from &lt;&gt;",
        "Fail, quarantined",
        "aligned: fail",
        "aligned: not stated",
        "pass · vendor.example · s=one · 2048-bit",
        "odd · arc=&lt;i&gt;",
        "Show the XML",
        "Show more",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
    assert!(!html.contains("<b>") && !html.contains("<i>"), "{html}");
    // What is not stated has no line.
    assert!(!html.contains("np") && !html.contains("Extensions"), "{html}");
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
    let rows = [row, twin, open, archive];
    let html = rendered(move |_| {
        let (on_items, on_source) = (Callback::noop(), Callback::noop());
        let entries = rows.iter().map(|row| html! {
            <ledger::Entry key={row.file} row={row.clone()} on_items={on_items.clone()} on_source={on_source.clone()} />
        });
        html! { <ul>{ for entries }</ul> }
    });
    assert_eq!(html.matches(r#"data-ledger-status="refused""#).count(), 1, "one that is being read has no fate yet");
    assert_eq!(html.matches(r#"data-ledger-status="duplicate""#).count(), 1);
    assert_eq!(html.matches("Show the XML").count(), 1);
    assert_eq!(html.matches("Show what is in it (11)").count(), 1, "{html}");
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
fn the_ledger_sums_up() {
    let words = Ui(Rc::new(Words::english_screens(Box::new(Plain))));
    let page = FilePage { total: 9, tally: [7, 0, 1, 0, 1], ..FilePage::default() };
    assert_eq!(ledger::summary(&words, &page), "9 files: 7 read, 1 duplicate, 1 refused.");
}
