//! Screens rendered to text on the host.

use std::rc::Rc;

use yew::LocalServerRenderer;
use yew::prelude::*;

use dmarcscope::analysis::{Column as By, Filter, Group, Key, ReportKey};
use dmarcscope::intake::Limits;
use dmarcscope::ledger::{Found, Kind, LimitKind, Note, Notes, Status};
use dmarcscope::protocol::{FilePage, FileRow, ItemRow, RecordRow, ReportPage};
use dmarcscope::report::keyword::{AuthResult, Disposition, Evaluation, Keyword, RequestedPolicy};
use dmarcscope::report::ours::Ours;
use dmarcscope::report::verdict::Outcome;
use dmarcscope::report::{Dkim, Evaluated, Figures, PolicyPublished, Reason, Record, Report, Spf};
use dmarcscope::text::{Plain, Words};

use super::address::{Show, View};
use super::clock::Clock;
use super::grid::{Cell, Column, Grid, Line, Lines, Span, Width};
use super::ui::Ui;
use super::{export, items, ledger, record, records, report, reports, sources};

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
    Group { key, figures, first: Some(20_000), last: None, within: Vec::new() }
}

/// A row's cells, and what is copied of them.
fn shown(line: &Line) -> Html {
    let cells = line.cells.iter().enumerate().map(|(place, cell)| {
        html! { <p key={place} title={cell.text.clone()}>{ cell.html.clone() }</p> }
    });
    html! { <div id={line.id.clone()}>{ for cells }</div> }
}

#[test]
fn a_source_leads_to_its_screen_by_its_address_and_its_figures_to_what_they_count() {
    let cells = |key: Key| rendered(move |words| shown(&sources::line(words, group(key.clone()), &View::default())));
    let address = cells(Key::Address("2001:db8::1".parse().unwrap()));
    assert!(address.contains("#v1&amp;source=2001%3Adb8%3A%3A1") && address.contains("2024-10-04"), "{address}");
    let text = cells(Key::Text("<b>unknown</b>".into()));
    assert!(text.contains("&lt;b&gt;unknown") && !text.contains("source="), "{text}");
    for (cells, of) in [(address, "&amp;source=2001%3Adb8%3A%3A1"), (text, "")] {
        for (only, said) in
            [("verdict%3Afail", ">3<"), ("verdict%3Apass", ">76.9%<"), ("period%3A2024-10-04", ">2024-10-04<")]
        {
            let link = cells.split("<a ").find(|link| link.contains(said)).unwrap();
            assert!(link.contains(only) && link.contains(of) && link.contains("tabindex=\"-1\""), "{only} in {link}");
        }
    }
    assert!(cells(Key::Absent).contains("not stated"));
}

#[test]
fn a_report_is_a_link_that_keeps_the_filter() {
    let filter: Filter = "verdict:fail".parse().unwrap();
    let view = View { filter, show: Show::Reports, ..View::default() };
    let day = 20_000 * 86_400;
    let key = ReportKey {
        domain: Some("example.org".into()),
        begin: Some(day),
        end: Some(day + 86_399),
        report: 7,
        ..ReportKey::default()
    };
    let html =
        rendered(move |words| shown(&reports::line(words, group(Key::Report(Box::new(key.clone()))), &view).unwrap()));
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
        records: vec![RecordRow { record, outcome: Outcome::FailedQuarantined, ours: Ours::UNJUDGED }],
    }
}

#[test]
fn a_report_tells_all_that_it_says_and_nothing_of_its_markup() {
    let html = rendered(|words| {
        let page = page();
        let records = record::whole(words, &page.records[0]);
        report::whole(words, &page, Clock::Utc, &Callback::noop(), records)
    });
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
        tally: [0, 0, 0, 0, 0, 1],
        reports: 0,
        figures: Figures::default(),
        notes,
        item: None,
        report: None,
    };
    let twin = FileRow {
        file: 1,
        name: "a.xml".into(),
        kind: Some(Kind::Aggregate),
        reports: 1,
        item: Some(7),
        report: Some(5),
        ..row.clone()
    };
    let open = FileRow { file: 2, is_open: true, ..row.clone() };
    let archive = FileRow { file: 3, status: Status::Partial, tally: [9, 0, 0, 0, 2, 0], ..twin.clone() };
    let twin = FileRow { status: Status::Duplicate, notes: Notes::default(), ..twin };
    let rows = [row, twin, open, archive];
    let html = rendered(move |_| {
        let (on_items, on_source) = (Callback::noop(), Callback::noop());
        let entries = rows.iter().map(|row| html! {
            <ledger::Entry key={row.file} row={row.clone()} view={View::default()} on_items={on_items.clone()} on_source={on_source.clone()} on_again={Callback::noop()} />
        });
        html! { <ul>{ for entries }</ul> }
    });
    assert_eq!(html.matches(r#"data-ledger-status="refused""#).count(), 1, "one that is being read has no fate yet");
    assert_eq!(html.matches(r#"data-ledger-status="duplicate""#).count(), 1);
    assert_eq!(html.matches("Show the XML").count(), 1);
    assert_eq!(html.matches("Show what is in it (11)").count(), 1, "{html}");
    assert_eq!(html.matches("9 read, 2 partly read").count(), 1, "{html}");
    assert_eq!(html.matches("report=5").count(), 1, "a file that is one report leads to it: {html}");
    assert!(!html.contains("<script") && !html.contains("<img") && html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn an_entry_that_a_limit_stopped_can_be_read_whole_unless_no_more_can_be_done() {
    let row = |file: u32, is_open, limit, value| {
        let mut notes = Notes::default();
        notes.add(Note::Limit { limit, value });
        let (name, kind, tally) = (file.to_string(), None, [0, 0, 0, 0, 1, 0]);
        let (status, figures) = (Status::Partial, Figures::default());
        FileRow { file, name, status, is_open, kind, tally, reports: 0, figures, notes, item: None, report: None }
    };
    let most = Limits::MOST.unpacked_size;
    for (row, is_offered) in [
        (row(0, false, LimitKind::UnpackedSize, Limits::DEFAULT.unpacked_size), true),
        (row(1, true, LimitKind::UnpackedSize, Limits::DEFAULT.unpacked_size), false),
        (row(2, false, LimitKind::UnpackedSize, most), false),
        (row(3, false, LimitKind::Memory, 5), false),
    ] {
        let html = rendered(move |_| {
            let (on_items, on_source) = (Callback::noop(), Callback::noop());
            let (row, view) = (row.clone(), View::default());
            html! { <ledger::Entry {row} {view} {on_items} {on_source} on_again={Callback::noop()} /> }
        });
        assert_eq!(html.contains("Read it whole anyway"), is_offered, "{html}");
    }
}

#[test]
fn an_item_tells_which_report_it_is() {
    let row = ItemRow {
        item: 4,
        file: 0,
        report: Some(9),
        path: "b.zip › <i>c</i>.xml".into(),
        status: Status::Mended,
        kind: Some(Kind::Aggregate),
        names: [Some("receiver.example".into()), Some("example.org".into()), None],
        period: (Some(20_000 * 86_400), Some(20_000 * 86_400 + 86_399)),
        figures: Figures { records: 1, passed: 2, failed: 0, unknown: 0 },
        notes: Notes::default(),
    };
    let html = rendered(move |words| items::item(words, &row, &View::default(), &Callback::noop()));
    assert!(html.contains("receiver.example · example.org · 2024-10-04<"), "{html}");
    assert!(html.contains("1 record, 2 messages") && html.contains("b.zip › &lt;i&gt;c&lt;/i&gt;.xml"), "{html}");
    assert!(html.contains("report=9"), "{html}");
    assert!(html.contains(r#"data-item-status="mended""#) && html.contains("Show the XML"), "{html}");
}

#[test]
fn the_ledger_as_csv_has_a_line_for_each_item() {
    let words = Ui(Rc::new(Words::english_screens(Box::new(Plain))));
    let mut notes = Notes::default();
    notes.add(Note::Empty);
    let row = ItemRow {
        item: 4,
        file: 2,
        report: Some(9),
        path: "#1 =cmd()".into(),
        status: Status::Read,
        kind: Some(Kind::Aggregate),
        names: [Some("=receiver".into()), Some("example.org".into()), None],
        period: (Some(20_000 * 86_400), None),
        figures: Figures { records: 1, passed: 2_000, failed: 0, unknown: 3 },
        notes: Notes::default(),
    };
    let columns = |line: &str| line.trim_end().split("\",\"").count();
    let line = export::item_line(&words, "in,box.mbox", &row);
    assert_eq!(columns(&line), columns(&export::head(&words)));
    assert_eq!(
        line,
        "\"in,box.mbox\",\"#1 =cmd()\",\"Read\",\"aggregate report\",\"'=receiver\",\"example.org\",\"\",\
         \"2024-10-04 00:00:00 UTC\",\"\",\"1\",\"2003\",\"2000\",\"0\",\"3\",\"\"\r\n"
    );
    let other = ItemRow { report: None, kind: None, status: Status::Refused, notes, names: Default::default(), ..row };
    let line = export::item_line(&words, "a", &other);
    assert!(line.ends_with(",\"\",\"\",\"\",\"\",\"\",\"The file is empty.\"\r\n"), "{line}");
}

#[test]
fn the_ledger_sums_up() {
    let words = Ui(Rc::new(Words::english_screens(Box::new(Plain))));
    let page = FilePage { total: 11, tally: [7, 2, 0, 1, 0, 1], ..FilePage::default() };
    assert_eq!(ledger::summary(&words, &page), "11 files: 7 read, 2 recognised, 1 duplicate, 1 refused.");
}

#[test]
fn a_record_is_a_line_that_copies_all_it_holds() {
    let html = rendered(|words| {
        let mut page = page();
        let one = page.records[0].record.dkim[0].clone();
        page.records[0].record.dkim.push(one);
        let lines = records::lines(words, &View::default(), 200, Some(&page));
        assert_eq!((lines.total, lines.lines.len()), (5, 1));
        // A twin has no records, however many it counts: nobody waits for them.
        let total = |skip, page| records::lines(words, &View::default(), skip, page).total;
        page.records.clear();
        assert_eq!((total(0, Some(&page)), total(0, None)), (0, 0));
        shown(&lines.lines[0])
    });
    for said in [
        "id=\"200\"",
        "title=\"1234\"><a tabindex=\"-1\" href=\"#v1&amp;only=ip%3A192.0.2.1\" class=\"door\">1,234<",
        ">pass · vendor.example · s=one · 2048-bit<b class=\"more-than\"> +1</b>",
        "title=\"pass · vendor.example · s=one · 2048-bit; pass · vendor.example · s=one · 2048-bit\"",
        "odd · arc=&lt;i&gt;",
        "Fail, quarantined",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
}

#[test]
fn a_table_says_what_it_is_before_its_rows_come() {
    const COLUMNS: &[Column] =
        &[Column::text("column-source", Width::Wide).by(By::Key), Column::number("column-messages").by(By::Messages)];
    let asked = Rc::new(std::cell::RefCell::new(Vec::new()));
    let html = {
        let asked = Rc::clone(&asked);
        rendered(move |words| {
            let asked = Rc::clone(&asked);
            let load = Callback::from(move |(span, _): (Span, Callback<Lines>)| asked.borrow_mut().push(span));
            html! {
                <Grid
                    words={words.clone()} name="sources" labelled_by="title" columns={COLUMNS} of="" growth=0 {load}
                    has_search=true
                />
            }
        })
    };
    for said in [
        "role=\"grid\"",
        "aria-labelledby=\"title\"",
        "aria-rowcount=\"-1\"",
        "aria-busy=\"true\"",
        "aria-sort=\"descending\" class=\"grid-number\"><button type=\"button\" class=\"sort\">Messages",
        "aria-label=\"Select all rows\"",
        "type=\"search\"",
        "<summary class=\"button\">Columns",
    ] {
        assert!(html.contains(said), "{said} in {html}");
    }
    let span = Span { take: 100, ..Span::default() };
    assert_eq!(*asked.borrow(), [span]);
    assert_eq!(Cell::text("<i>").text, "<i>");
}
