//! What all rows tell of why mail fails is worked out once and taken over by the next query, whatever that asks about.

use dmarcscope::analysis::{Ask, Dimension, Query, Zone, answer};
use dmarcscope::protocol::{Question, Reply};
use dmarcscope::roles::Worked;

use crate::support::{Made, Page, Row, row};

/// Files of several senders, with failing and passing mail.
fn files(ids: std::ops::Range<u64>) -> impl Iterator<Item = Vec<u8>> {
    ids.map(|id| {
        let rows = (0..60).map(|n| {
            let row = row(&format!("10.{}.0.{}", n % 4, id * 7 % 50 + n), n * id % 9 + 1);
            match n % 4 {
                0 => row,
                1 => row.failing(),
                2 => row.from("sub.example.org").judged("quarantine", "fail", "fail"),
                _ => row.from("example.net").failing(),
            }
        });
        Made::new(&id.to_string(), rows.collect::<Vec<Row>>()).xml()
    })
}

fn asks() -> [Ask; 3] {
    let causes = |by| Ask::Causes { by, skip: 1, take: 30 };
    [Ask::Findings { take: 9 }, causes(Dimension::Source), causes(Dimension::Sender)]
}

/// One query after the other is answered as if it were the first.
fn check(page: &mut Page) {
    for round in 0..2 {
        for filter in
            ["", "verdict:fail", "-from:example.net", "judge:ours", "judge:ours verdict:pass", "ip:10.1.0.0/16"]
        {
            for asks in asks().into_iter().map(|ask| vec![ask]).chain([asks().to_vec()]) {
                for zone in [Zone::UTC, Zone { offsets: vec![(0, 50_400)] }] {
                    let query = Query { filter: filter.parse().unwrap(), zone, asks: asks.clone() };
                    let fresh = answer(&query, page.dataset());
                    assert_eq!(page.ask(query), fresh, "{round} {filter} {asks:?}");
                }
            }
        }
    }
}

#[test]
fn it_is_as_good_as_new() {
    let mut page = Page::of(files(1..6));
    check(&mut page);
    page.drop(files(6..9));
    check(&mut page);
}

#[test]
fn what_takes_long_lets_others_go_first() {
    let mut page = Page::of(files(1..6));
    let mut asked = |all: &[(u32, Ask)]| {
        for (id, ask) in all {
            let query = Query { asks: vec![ask.clone()], ..Query::default() };
            assert!(page.question(&Question::Query { id: *id, query }).is_none());
        }
        let mut answered = Vec::new();
        while page.store.is_busy() {
            if let Some(Worked::Screens(_, Reply::Answers { id, .. })) = page.store.work(|| true) {
                answered.push(id);
            }
        }
        answered
    };
    let findings = Ask::Findings { take: 9 };
    assert_eq!(asked(&[(1, findings.clone()), (2, Ask::Totals), (3, Ask::Series)]), [2, 3, 1]);
    assert_eq!(asked(&[(4, findings)]), [4]);
}
