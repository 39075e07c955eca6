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
