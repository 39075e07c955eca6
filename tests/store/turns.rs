//! Who passed before and fails now.

use dmarcscope::analysis::{Answer, Ask, Dimension, Filter, Key, Query, Turn, Zone};

use crate::support::xml::DAY;
use crate::support::{Made, Page, row};

fn turns(page: &mut Page, filter: &str, by: Dimension) -> Vec<Turn> {
    let filter: Filter = filter.parse().unwrap();
    let answers = page.ask(Query { filter, zone: Zone::UTC, asks: vec![Ask::Turns { by, take: 9 }] });
    let [Answer::Turns(turns)] = answers.as_slice() else { panic!("{answers:?}") };
    turns.clone()
}

#[test]
fn what_turned_is_told_with_the_day_and_the_filter_shows_it() {
    let day = |number: u32| {
        let is_late = number >= 5;
        let judged = |address, count, fails| if fails { row(address, count).failing() } else { row(address, count) };
        let rows = vec![
            judged("192.0.2.1", 10, is_late),
            // Turned as well, to fewer failures, after an odd day.
            judged("192.0.2.2", 8, is_late || number == 2),
            judged("192.0.2.3", 30, false),
            judged("192.0.2.4", 30, true),
            // The other way round, and now and then.
            judged("192.0.2.5", 30, !is_late),
            judged("192.0.2.6", 30, number.is_multiple_of(2)),
        ];
        Made::new(&number.to_string(), rows)
            .period(Some(i64::from(number) * DAY), Some(i64::from(number + 1) * DAY - 1))
            .xml()
    };
    let mut page = Page::of((0..10).map(day));
    let told = turns(&mut page, "", Dimension::Source);
    let key = |address: &str| Key::Address(address.parse().unwrap());
    assert_eq!(told.iter().map(|turn| turn.key.clone()).collect::<Vec<_>>(), ["192.0.2.1", "192.0.2.2"].map(key));
    assert_eq!((told[0].before, told[0].since), ([50, 0], [0, 50]));
    assert_eq!((told[1].before, told[1].since), ([32, 8], [0, 40]));
    for turn in &told {
        let first = dmarcscope::analysis::grammar::date(turn.day).unwrap();
        let term = Filter { clauses: vec![] }.narrowed(turn.key.term(Dimension::Source).unwrap());
        let since = page.totals(&format!("{term} verdict:fail period:{first}..1970-12-31"));
        assert_eq!((since.figures.failed, since.figures.messages()), (turn.since[1], turn.since[1]), "{term}");
        assert_eq!(page.totals(&format!("{term} verdict:fail")).figures.failed, turn.before[1] + turn.since[1]);
    }
    assert_eq!(turns(&mut page, "ip:192.0.2.2", Dimension::Source).len(), 1);
    assert_eq!(turns(&mut page, "verdict:fail", Dimension::Source), []);
    assert_eq!(turns(&mut page, "", Dimension::Reporter), []);
}
