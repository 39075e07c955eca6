//! The sample set that the page offers: that it is what its program makes, and that reading it tells its story.
#![cfg(feature = "text")]

use std::io::{Cursor, Read};

use dmarcscope::analysis::{Answer, Ask, Column, Dimension, Filter, Group, Key, Order, Period, Query, Term, Zone};
use dmarcscope::report::Figures;
use dmarcscope::text::{Plain, Words, finding_text};
use support::Page;

#[path = "../examples/sample/archive.rs"]
mod archive;
#[path = "../examples/sample/model.rs"]
mod model;
#[path = "../examples/sample/report.rs"]
mod report;
#[path = "../examples/sample/reporters.rs"]
mod reporters;
#[path = "../examples/sample/set.rs"]
mod set;
#[path = "../examples/sample/story.rs"]
mod story;
mod support;
#[path = "../examples/sample/verdict.rs"]
mod verdict;
#[path = "../examples/sample/volume.rs"]
mod volume;
#[path = "../examples/sample/xml.rs"]
mod xml;

const SAMPLE: &[u8] = include_bytes!("../assets/sample.zip");
const HOW: &str = "make it anew: cargo run --release --example sample -- assets/sample.zip";

/// A day of June 2026.
fn june(day: i64) -> i32 {
    i32::try_from(story::START / 86_400 + day - 1).unwrap()
}

fn page() -> Page {
    Page::of([SAMPLE.to_vec()])
}

fn messages(page: &mut Page, filter: &str) -> u64 {
    page.totals(filter).figures.messages()
}

/// The archive within an archive.
fn inner(bytes: &[u8]) -> Vec<u8> {
    let mut outer = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut inner = Vec::new();
    outer.by_index(0).unwrap().read_to_end(&mut inner).unwrap();
    inner
}

#[test]
fn the_set_is_what_its_program_makes() {
    let made = archive::pack(&set::files()).unwrap();
    assert!(inner(&made) == inner(SAMPLE), "the reports differ; {HOW}");
    assert!(made == SAMPLE, "only the packing differs; {HOW}");
}

#[test]
fn the_headline_is_that_of_the_story() {
    let totals = page().totals("");
    assert_eq!((totals.reports, totals.reporters, totals.domains, totals.sources), (251, 8, 2, 122));
    assert_eq!((totals.first, totals.last), (Some(june(1)), Some(june(30))));
    // Nine messages in ten pass.
    assert_eq!(totals.figures, Figures { records: 1_860, passed: 77_963, failed: 8_376, unknown: 0 });
}

#[test]
fn the_new_server_stands_out_from_its_first_day() {
    let mut page = page();
    let failing = page.groups(Dimension::Source, Column::Failed, false);
    // Only the two addresses of the newsletter have more failing mail.
    let address = |group: &Group| match group.key {
        Key::Address(address) => address.to_string(),
        _ => String::new(),
    };
    let first: Vec<String> = failing.iter().take(3).map(address).collect();
    assert_eq!(first, ["198.51.100.31", "198.51.100.32", "192.0.2.200"]);
    let server = &failing[2];
    assert_eq!((server.first, server.last), (Some(june(18)), Some(june(30))));
    assert_eq!((server.figures.passed, server.figures.failed), (0, 1_081));
    let days = page.series("ip:192.0.2.200", &Zone::UTC).days;
    let on = |day| days.iter().filter(|row| row.day == june(day)).flat_map(|row| row.messages).sum::<u64>();
    assert_eq!([18, 22, 26, 30].map(on), [12, 57, 100, 153], "more and more");
    let acted = ["none", "quarantine"].map(|word| messages(&mut page, &format!("ip:192.0.2.200 disposition:{word}")));
    assert_eq!(acted, [124, 957], "delivered at first, quarantined from 22 June on");
}

#[test]
fn every_part_of_the_story_shows() {
    let mut page = page();
    let figures = [
        ("outcome:passed_both", 67_242),
        ("outcome:passed_dkim", 2_664),
        ("outcome:passed_spf", 8_057),
        ("outcome:monitoring", 5_915),
        ("outcome:forwarded", 143),
        ("outcome:trusted_forwarder", 63),
        ("outcome:mailing_list", 19),
        ("outcome:local_policy", 152),
        ("outcome:quarantined", 1_341),
        ("outcome:rejected", 743),
        ("disposition:none", 71_240),
        ("disposition:pass", 13_015),
        ("disposition:quarantine", 1_341),
        ("disposition:reject", 743),
        // The newsletter: below the domain sp=none holds, in the domain's own name p=quarantine does.
        ("from:news.harbour.example verdict:fail disposition:none", 2_525),
        ("from:news.harbour.example", 2_525),
        ("from:harbour.example ip:198.51.100.31,198.51.100.32 disposition:quarantine", 347),
        // The wave, and who stopped it.
        ("verdict:fail period:2026-06-10..2026-06-12", 3_104),
        ("domain:harbour-shop.example outcome:rejected", 635),
        ("from:invoices.harbour.example outcome:rejected", 108),
        ("from:invoices.harbour.example outcome:monitoring", 163),
    ];
    let found = figures.map(|(filter, _)| (filter, messages(&mut page, filter)));
    assert_eq!(found, figures);
    assert_eq!(page.totals("verdict:fail period:2026-06-10..2026-06-12").sources, 110);
}

#[test]
fn days_without_a_usual_report_and_weeks_at_once_are_seen() {
    let days = page().series("", &Zone::UTC).days;
    let on: Vec<u64> = days.iter().map(|row| row.messages.iter().sum()).collect();
    assert_eq!(days.len(), 30);
    // The week's rhythm: the month begins on a Monday.
    let (full, weekend): (Vec<_>, Vec<_>) = (0..).zip(on).partition(|(day, _)| day % 7 < 5);
    assert!(
        full.iter().all(|(_, messages)| *messages > 2_500) && weekend.iter().all(|(_, messages)| *messages < 2_000)
    );
    let missing: Vec<_> = days.iter().filter(|row| row.missing > 0).map(|row| (row.day, row.missing)).collect();
    assert_eq!(missing, [(june(16), 1), (june(17), 1)]);
    let long: Vec<_> = days.iter().filter(|row| row.long).map(|row| row.day).collect();
    assert_eq!(long, [4, 11, 18, 25].map(june));
}

#[test]
fn the_ledger_tells_of_the_resend_and_of_the_report_that_is_cut_off() {
    let mut page = page();
    let file = page.rows().remove(0);
    assert_eq!((file.status.word(), file.reports, file.tally), ("partial", 252, [250, 0, 0, 1, 1, 0]));
    assert_eq!(page.state(0).1, [("cut-off", 1), ("twin-of", 1)]);
}

/// What the story's parts are found to be: cause and step, and messages, first and last day of the filter that is the evidence.
#[test]
fn each_part_of_the_story_is_found_for_what_it_is() {
    let mut page = page();
    let asks = vec![Ask::Findings { take: 99 }];
    let answers = page.ask(Query { filter: Filter::default(), zone: Zone::UTC, asks });
    let [Answer::Findings(findings)] = answers.as_slice() else { panic!("{answers:?}") };
    let words = Words::english_screens(Box::new(Plain));
    let mut told = Vec::new();
    for finding in &findings.rows {
        let totals = page.totals(&finding.evidence.to_string());
        assert!(totals.figures.messages() >= finding.messages, "{}", finding.evidence);
        let june = |day: Option<i32>| day.map_or(0, |day| day - june(1) + 1);
        let [cause, step] = [finding.cause.code(), finding.step.kind.code()];
        let days = (june(totals.first), june(totals.last));
        told.push((cause, step, totals.figures.messages(), days, finding_text(&words, finding)));
    }
    let told: Vec<_> = told.iter().map(|(a, b, c, d, text)| (*a, *b, *c, *d, text.as_str())).collect();
    let story = [
        // The newsletter signs as itself only, on Tuesdays; the invitations twice.
        (
            "vendor-dkim-only",
            "custom-dkim",
            2_525,
            (2, 30),
            "larkletter.example signs news.harbour.example mail as itself only",
        ),
        // The thing to find.
        (
            "own-server-unauthenticated",
            "authenticate-server",
            1_081,
            (18, 30),
            "192.0.2.200: a server of yours that nobody authenticated?",
        ),
        // The CRM passes by SPF only.
        ("no-dkim", "custom-dkim", 8_057, (1, 30), "harbour.example mail is not signed with DKIM"),
        (
            "vendor-dkim-only",
            "custom-dkim",
            656,
            (4, 25),
            "larkletter.example signs harbour.example mail as itself only",
        ),
        // The wave and what is forged now and then, and the part of the wave from a domain of the forger's.
        ("spoofing", "whose-address", 2_466, (1, 30), "Forged? Nothing proves mail from 111 addresses"),
        (
            "spoofing",
            "whose-address",
            554,
            (11, 12),
            "Forged? Mail from 36 addresses is proven for parcel-notice.example only",
        ),
        // While a receiver's resolver timed out.
        ("dns-trouble", "check-dns", 23, (9, 9), "Receivers could not look up crm.harbour.example"),
        // Forwarders, one of which breaks signatures, and the list.
        ("forwarding", "none", 2_664, (1, 30), "Forwarded mail"),
        ("mailing-list", "check-override", 612, (1, 30), "Mail sent on by mailing lists"),
        ("forwarding", "check-override", 459, (1, 30), "Forwarded mail"),
        ("dkim-broken-in-transit", "gather-more", 459, (1, 30), "Signatures of harbour.example break on the way"),
    ];
    assert_eq!(told, story);
}

/// What is told to be new on a day has nothing before it, and what is no longer seen nothing after: as comparing the two shows.
#[test]
fn what_is_new_and_what_went_quiet_agrees_with_comparing() {
    let mut page = page();
    let kinds = [Dimension::Sender, Dimension::HeaderFrom, Dimension::Selector, Dimension::Source];
    let [begin, end] = [june(1), june(30)];
    let period = |first, last| Term::Period(vec![Period { first, last }]);
    let mut compared = 0;
    for by in kinds {
        for column in [Column::First, Column::Last] {
            for group in page.groups_of(&Filter::default(), by) {
                let (own, other) = match column {
                    Column::First => (period(group.first.unwrap(), end), period(begin, group.first.unwrap() - 1)),
                    _ => (period(begin, group.last.unwrap()), period(group.last.unwrap() + 1, end)),
                };
                let [filter, against] = [own, other].map(|term| Filter::default().narrowed(term));
                let ask =
                    Ask::Compare { by, against, order: Order::default(), skip: 0, take: 999, find: String::new() };
                // One question for each day would be enough; addresses are many and alike.
                if by == Dimension::Source && compared > 60 {
                    continue;
                }
                let answers = page.ask(Query { filter, zone: Zone::UTC, asks: vec![ask] });
                let [Answer::Compared(sides)] = answers.as_slice() else { panic!("{answers:?}") };
                let sides = sides.rows.iter().find(|sides| sides.key == group.key).unwrap();
                assert_eq!((sides.own, sides.other), (group.figures, Figures::default()), "{:?}", group.key);
                compared += 1;
            }
        }
    }
    assert!(compared > 40);
}
