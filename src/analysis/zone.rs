use serde::{Deserialize, Serialize};

/// A day: days since 1970-01-01 in some [`Zone`].
pub type Day = i32;

/// A day as a number without a sign, in the same order.
#[must_use]
pub const fn rank_of(day: Day) -> u32 {
    day.cast_unsigned() ^ (1 << 31)
}

/// The day of a [rank](rank_of).
#[must_use]
pub const fn of_rank(rank: u32) -> Day {
    (rank ^ (1 << 31)).cast_signed()
}

/// The year, month and day of a day, in the Gregorian calendar without any end. (After Howard Hinnant's `civil_from_days`.)
#[must_use]
pub const fn civil(day: Day) -> (i64, u8, u8) {
    // Counted from the first of March of the year 0, in eras of 400 years.
    let days = day as i64 + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + (month <= 2) as i64, month as u8, day as u8)
}

/// The first and the last day of the month that a day is in.
#[must_use]
pub const fn month(day: Day) -> (Day, Day) {
    let first = day.saturating_sub(civil(day).2 as Day - 1);
    // 31 days on is always in the next month, but for where numbers end.
    let next = first.saturating_add(31);
    let last = next.saturating_sub(civil(next).2 as Day);
    (first, if last < day { day } else { last })
}

/// A time zone as far as it is needed: its offsets over the period of the data. The browser, which knows the zones, fills it in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Zone {
    /// From which second (since the epoch, UTC) on which offset (seconds east of UTC) holds, in order of time.
    /// Before the first, the first holds; without any, UTC.
    pub offsets: Vec<(i64, i32)>,
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self { offsets: Vec::new() };

    /// The offsets that hold from the first second to the last, found by asking for those of single seconds. Two changes
    /// within a month are taken for one.
    #[must_use]
    pub fn between((first, last): (i64, i64), offset: impl Fn(i64) -> i32) -> Self {
        const MONTH: i64 = 28 * 86_400;
        let mut known = offset(first);
        let mut offsets = vec![(first, known)];
        let mut at = first;
        while at < last {
            let next = at.saturating_add(MONTH).min(last);
            let later = offset(next);
            if later != known {
                // Of these two seconds the first has the offset before the change, the second the one after it.
                let (mut before, mut after) = (at, next);
                while after - before > 1 {
                    let middle = i64::midpoint(before, after);
                    if offset(middle) == known { before = middle } else { after = middle }
                }
                offsets.push((after, later));
                known = later;
            }
            at = next;
        }
        Self { offsets }
    }

    /// The day that a second falls on.
    #[must_use]
    pub fn day(&self, second: i64) -> Day {
        let after = self.offsets.partition_point(|(from, _)| *from <= second);
        let offset = self.offsets.get(after.saturating_sub(1)).map_or(0, |(_, offset)| *offset);
        let day = second.saturating_add(i64::from(offset)).div_euclid(86_400);
        Day::try_from(day).unwrap_or(if day < 0 { Day::MIN + 1 } else { Day::MAX })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_in_the_order_of_days() {
        let days = [Day::MIN, -1, 0, 1, Day::MAX];
        assert!(days.map(rank_of).is_sorted());
        assert_eq!(days.map(rank_of).map(of_rank), days);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in (-800_000..2_932_000).step_by(13) {
            let date = super::super::grammar::date(day).unwrap();
            let expected = (i64::from(date.year()), u8::from(date.month()), date.day());
            assert_eq!(civil(day), expected);
            let last = super::super::grammar::last_of_month(date).map(super::super::grammar::day).unwrap();
            assert_eq!(month(day), (day - Day::from(date.day()) + 1, last));
        }
        for day in [Day::MIN, Day::MAX] {
            let (first, last) = month(day);
            assert!(first <= day && first <= last);
        }
    }

    #[test]
    fn offsets_are_found_to_the_second() {
        let changes = [(10_000_000, 7_200), (25_000_000, 3_600), (41_000_001, 7_200)];
        let zone = Zone { offsets: [(0, 3_600)].into_iter().chain(changes).collect() };
        let offset = |second| zone.offsets[zone.offsets.partition_point(|(from, _)| *from <= second) - 1].1;
        assert_eq!(Zone::between((0, 60_000_000), offset), zone);
        assert_eq!(Zone::between((5, 5), |_| -60), Zone { offsets: vec![(5, -60)] });
    }

    #[test]
    fn a_day_begins_at_midnight_of_its_zone() {
        assert_eq!(Zone::UTC.day(86_399), 0);
        assert_eq!(Zone::UTC.day(-1), -1);
        let berlin = Zone { offsets: vec![(0, 3_600), (1_000_000, 7_200)] };
        assert_eq!(berlin.day(86_400 - 3_600), 1);
        assert_eq!(berlin.day(86_400 - 3_601), 0);
        assert_eq!(berlin.day(86_400 * 20 - 7_200), 20, "summer time");
        assert_eq!(Zone::UTC.day(i64::MAX), Day::MAX);
    }
}
