use serde::{Deserialize, Serialize};

/// A day: days since 1970-01-01 in some [`Zone`].
pub type Day = i32;

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
