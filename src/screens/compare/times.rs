//! Two sets of records that belong together in time.

use dmarcscope::analysis::grammar::{date, day, last_of_month};
use dmarcscope::analysis::{Day, Dimension, Filter, Period, Term};

use super::super::address::{Show, View};

/// Days on either side of a day: whole weeks, so that each side has as many of every weekday.
const WEEKS: Day = 28;

/// The one period that a filter asks for.
pub fn period_of(filter: &Filter) -> Option<Period> {
    let mut periods = filter.clauses.iter().filter_map(|clause| match &clause.term {
        Term::Period(periods) if !clause.negated => Some(periods),
        _ => None,
    });
    let (Some(one), None) = (periods.next(), periods.next()) else { return None };
    if let [period] = one[..] { Some(period) } else { None }
}

/// A period of the view's records with another one.
pub fn periods(view: &View, own: Period, other: Period) -> View {
    let by = if let Show::Compare(by) = view.show { by } else { Dimension::HeaderFrom };
    let with = |period| view.selected().narrowed(Term::Period(vec![period]));
    View { filter: with(own), against: with(other), ..view.on(Show::Compare(by)) }
}

/// The time from a day on with the time before it: both within the period that is chosen where the day is inside it, otherwise
/// four weeks each.
pub fn around(view: &View, at: Day) -> View {
    let weeks = Period { first: at.saturating_sub(WEEKS), last: at.saturating_add(WEEKS - 1) };
    let all = period_of(&view.filter).filter(|period| period.first < at && at <= period.last).unwrap_or(weeks);
    periods(view, Period { first: at, ..all }, Period { last: at.saturating_sub(1), ..all })
}

/// As long before: of a whole month it is the month before.
pub fn before(period: Period) -> Period {
    let last = period.first.saturating_sub(1);
    let is_month =
        date(period.first).is_some_and(|first| first.day() == 1 && last_of_month(first) == date(period.last));
    let month = date(last).filter(|_| is_month).and_then(|last| last.replace_day(1).ok()).map(day);
    let length = period.last.saturating_sub(period.first);
    Period { first: month.unwrap_or(last.saturating_sub(length)), last }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(filter: &str) -> View {
        View { filter: filter.parse().unwrap(), ..View::default() }
    }

    fn texts(view: &View) -> (String, String) {
        (view.filter.to_string(), view.against.to_string())
    }

    fn day_of(text: &str) -> Day {
        period_of(&format!("period:{text}").parse().unwrap()).unwrap().first
    }

    #[test]
    fn around_a_day_are_four_weeks_or_the_period_around_it() {
        let at = day_of("2026-10-10");
        let both = texts(&around(&view("from:a.example"), at));
        let expected = ["period:2026-10-10..2026-11-06", "period:2026-09-12..2026-10-09"];
        assert_eq!(both, (format!("from:a.example {}", expected[0]), format!("from:a.example {}", expected[1])));
        let both = texts(&around(&view("period:2026-10"), at));
        assert_eq!(both, ("period:2026-10-10..2026-10-31".into(), "period:2026-10-01..2026-10-09".into()));
        // Nothing of the period is before its first day.
        let both = texts(&around(&view("period:2026-10"), day_of("2026-10-01")));
        assert_eq!(both.1, "period:2026-09-03..2026-09-30");
        assert!(texts(&around(&view(""), Day::MIN + 1)).0.len() > 7);
    }

    #[test]
    fn as_long_before_ends_on_the_day_before() {
        let before = |text: &str| before(period_of(&format!("period:{text}").parse().unwrap()).unwrap()).to_string();
        assert_eq!(before("2026-10-08..2026-10-14"), "2026-10-01..2026-10-07");
        assert_eq!(before("2026-10-08"), "2026-10-07");
        assert_eq!(before("2026-10"), "2026-09");
        assert_eq!(before("2026-03"), "2026-02");
        assert_eq!(before("2026"), "2025-01-01..2025-12-31");
    }

    #[test]
    fn only_one_period_is_the_period() {
        for none in ["", "-period:2026", "period:2026 period:2025", "period:2025,2026"] {
            assert_eq!(period_of(&none.parse().unwrap()), None, "{none}");
        }
    }
}
