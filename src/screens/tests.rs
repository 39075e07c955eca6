//! Screens rendered to text on the host.

use std::rc::Rc;

use yew::LocalServerRenderer;
use yew::prelude::*;

use dmarcscope::analysis::{Filter, Group, Key, ReportKey};
use dmarcscope::ledger::{Note, Notes, Status};
use dmarcscope::protocol::{RecordRow, ReportPage};
use dmarcscope::report::keyword::{AuthResult, Disposition, Evaluation, Keyword, RequestedPolicy};
use dmarcscope::report::verdict::Outcome;
use dmarcscope::report::{Dkim, Evaluated, Figures, PolicyPublished, Reason, Record, Report, Spf};
use dmarcscope::text::{Plain, Words};

use super::address::{Show, View};
use super::ui::Ui;
use super::{report, reports, sources};

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
fn a_source_is_chosen_by_its_address_and_else_only_shown() {
    let cells = |key: Key| {
        rendered(move |words| {
            let cells = sources::cells(words, &group(key.clone()), &Callback::noop());
            html! { <table><tr>{ for cells }</tr></table> }
        })
    };
    let address = cells(Key::Address("2001:db8::1".parse().unwrap()));
    assert!(
        address.contains("<button") && address.contains("2001:db8::1") && address.contains("2024-10-04"),
        "{address}"
    );
    let text = cells(Key::Text("<b>unknown</b>".into()));
    assert!(!text.contains("<button") && text.contains("&lt;b&gt;unknown"), "{text}");
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
