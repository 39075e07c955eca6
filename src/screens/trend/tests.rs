use dmarcscope::analysis::{DayRow, Filter, Series};
use dmarcscope::report::verdict::Outcome;

use super::super::address::{Unit, View};
use super::super::chart::Day as Bar;
use super::bars::{Cut, MOST_BARS};
use super::{fates, within};

fn row(day: i32, passed: u64) -> DayRow {
    let mut messages = [0; Outcome::COUNT];
    messages[Outcome::PassedBoth as usize] = passed;
    messages[Outcome::FailedRejected as usize] = 1;
    DayRow { day, messages, reports: 1, missing: 0, long: day % 2 == 0 }
}

fn series(days: &[(i32, u64)]) -> Series {
    Series { days: days.iter().map(|(day, passed)| row(*day, *passed)).collect(), dateless: [0; Outcome::COUNT] }
}

fn drawn(series: &Series, unit: Option<Unit>, week: u8) -> (Unit, Vec<Bar>) {
    let cut = Cut::of(series, unit, week);
    (cut.unit, cut.bars(series, &fates(series), |start| start.to_string()))
}

#[test]
fn a_day_without_a_report_is_a_gap() {
    let (unit, bars) = drawn(&series(&[(20_000, 5), (20_003, 7)]), None, 1);
    assert_eq!(unit, Unit::Day);
    assert_eq!(bars.iter().map(|bar| bar.gap).collect::<Vec<_>>(), [false, true, true, false]);
    assert_eq!(bars[3].values, [7, 1], "passed and rejected alone: nothing else occurs");
    assert!(bars.iter().all(|bar| bar.start == bar.end));
}

#[test]
fn long_times_are_drawn_in_weeks_and_months_and_lose_nothing() {
    // Some report every 60 days, so that no hole is long. 2024-10-04 is a Friday; its week begins on Monday the 30th of September.
    for (last, unit, start) in [(20_420, Unit::Week, 19_996), (24_000, Unit::Month, 19_997)] {
        let days: Vec<_> = (20_000..=last).step_by(60).chain([20_001]).map(|day| (day, 5)).collect();
        let mut days = days;
        days.sort_unstable();
        let (drawn, bars) = drawn(&series(&days), None, 1);
        assert_eq!(drawn, unit);
        assert_eq!((bars[0].start, &*bars[0].values), (start, &[10, 2][..]));
        assert_eq!(bars.iter().map(Bar::total).sum::<u64>(), days.len() as u64 * 6);
        assert!(bars.windows(2).all(|pair| pair[0].end + 1 == pair[1].start));
        assert!(bars.len() <= MOST_BARS);
    }
}

#[test]
fn the_unit_asked_for_is_drawn_and_a_week_begins_where_the_person_begins_it() {
    let series = series(&[(20_000, 5), (20_002, 1)]);
    // Friday and Sunday, 2024-10-04 and 06: one week from Monday, two from Sunday or Saturday.
    for (week, starts) in [(1, vec![19_996]), (7, vec![19_995, 20_002]), (6, vec![19_994, 20_001])] {
        let (_, bars) = drawn(&series, Some(Unit::Week), week);
        assert_eq!(bars.iter().map(|bar| bar.start).collect::<Vec<_>>(), starts, "{week}");
    }
    assert_eq!(drawn(&series, Some(Unit::Month), 1).1.len(), 1);
    assert_eq!(drawn(&series, Some(Unit::Day), 1).1.len(), 3);
}

#[test]
fn a_clock_that_is_off_by_years_leaves_room_for_the_others() {
    let (unit, bars) = drawn(&series(&[(0, 1), (20_000, 2), (20_030, 3)]), None, 1);
    assert_eq!(unit, Unit::Day);
    assert_eq!(bars.len(), 33, "the first day, the hole as one, and 31 days");
    assert_eq!((bars[1].start, bars[1].end, bars[1].gap, &*bars[1].label), (1, 19_999, true, "…"));
    for days in [[0, 1, 2_932_896], [i32::MIN + 1, 0, i32::MAX]] {
        let (_, bars) = drawn(&series(&days.map(|day| (day, 1))), None, 1);
        assert_eq!(bars.iter().map(Bar::total).sum::<u64>(), 6);
        assert!(bars.len() <= 5, "{}", bars.len());
    }
}

#[test]
fn chosen_days_stay_within_those_that_were_chosen_before() {
    let chosen = |filter: &str, first, last| {
        let view = View { filter: filter.parse::<Filter>().unwrap(), ..View::default() };
        within(&view, first, last).filter.to_string()
    };
    assert_eq!(chosen("verdict:fail", 20_000, 20_006), "verdict:fail period:2024-10-04..2024-10-10");
    assert_eq!(chosen("period:2024-10-06..2024-10-20", 20_000, 20_006), "period:2024-10-06..2024-10-10");
    assert_eq!(chosen("period:2024-11", 20_000, 20_006), "period:2024-10-04..2024-10-10", "nothing in common");
    assert_eq!(chosen("-period:2024-10-05", 20_000, 20_006), "-period:2024-10-05 period:2024-10-04..2024-10-10");
}
