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
