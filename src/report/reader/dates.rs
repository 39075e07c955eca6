use time::{Date, Month, PrimitiveDateTime, Time, UtcOffset};

use super::super::decimal::decimal;
use crate::ledger::{Note, Notes};

/// The last second of the year 9999: what is larger counts in smaller units.
const LATEST: i64 = 253_402_300_799;
/// The last second before the year 5138. Thirteen digits are milliseconds.
const LATEST_SECONDS: i64 = 99_999_999_999;

/// A moment in seconds since the epoch, UTC; notes tell another form, and one that cannot be read.
pub(super) fn moment(text: &str, notes: &mut Notes) -> Option<i64> {
    if let Ok(seconds @ 0..=LATEST_SECONDS) = text.parse::<i64>() {
        return Some(seconds);
    }
    let moment = number(text).or_else(|| iso(text)).filter(|seconds| (0..=LATEST).contains(seconds));
    notes.add(match moment {
        Some(_) => Note::DateConverted(text.into()),
        None => Note::DateUnreadable(text.into()),
    });
    moment
}

/// Milli-, micro- and nanoseconds, and numbers with a fraction or an exponent.
fn number(text: &str) -> Option<i64> {
    let (whole, _) = decimal(text)?;
    let whole = i64::try_from(whole).ok()?;
    let divisor = match whole.checked_ilog10().unwrap_or(0) {
        ..=10 => 1,
        11..=13 => 1_000,
        14..=16 => 1_000_000,
        _ => 1_000_000_000,
    };
    Some(whole / divisor)
}

/// ISO 8601 in its usual forms, extended or basic; UTC where it names no zone.
fn iso(text: &str) -> Option<i64> {
    let (text, offset) = zone(text.trim())?;
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "0"));
    let (year, rest) = digits(date, 4)?;
    let (month, rest) = digits(rest.strip_prefix('-').unwrap_or(rest), 2)?;
    let (day, rest) = digits(rest.strip_prefix('-').unwrap_or(rest), 2)?;
    if !rest.is_empty() {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    Some(PrimitiveDateTime::new(date, clock(time.trim())?).assume_offset(offset).unix_timestamp())
}

/// Parts a moment from its zone: `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`, with or without a blank before it.
fn zone(text: &str) -> Option<(&str, UtcOffset)> {
    if let Some(moment) = ["UTC", "GMT", "Z", "utc", "z"].iter().find_map(|zone| text.strip_suffix(zone)) {
        return Some((moment.trim_end(), UtcOffset::UTC));
    }
    // A sign after the clock's colon or blank is the zone's; those before it belong to the date.
    let clock = text.find(':').or_else(|| text.find(['T', 't', ' '])).unwrap_or(text.len());
    let Some(sign) = text.get(clock..)?.find(['+', '-']).map(|at| clock + at) else {
        return Some((text, UtcOffset::UTC));
    };
    let (moment, offset) = text.split_at_checked(sign)?;
    let (hours, rest) = digits(offset.get(1..)?, 2)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let minutes = if rest.is_empty() { 0 } else { digits(rest, 2).filter(|(_, rest)| rest.is_empty())?.0 };
    let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
    let seconds = if offset.starts_with('-') { -seconds } else { seconds };
    Some((moment.trim_end(), UtcOffset::from_whole_seconds(seconds).ok()?))
}

/// `12:34:56.789`, `12:34`, `123456`, `12`; a leap second counts as the one before it.
fn clock(text: &str) -> Option<Time> {
    let whole = text.split_once(['.', ',']).map_or(text, |(whole, _)| whole);
    if whole == "0" {
        return Some(Time::MIDNIGHT);
    }
    let (hour, rest) = digits(whole, 2)?;
    let part = |rest: &str| -> Option<(u32, usize)> {
        if rest.is_empty() {
            return Some((0, 0));
        }
        let (value, left) = digits(rest.strip_prefix(':').unwrap_or(rest), 2)?;
        Some((value, left.len()))
    };
    let (minute, left) = part(rest)?;
    let rest = rest.get(rest.len() - left..)?;
    let (second, left) = part(rest)?;
    (left == 0).then_some(())?;
    Time::from_hms(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?, u8::try_from(second.min(59)).ok()?).ok()
}

/// A number of so many digits at the front, and the rest.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (front, rest) = text.split_at_checked(count)?;
    front.bytes().all(|byte| byte.is_ascii_digit()).then(|| front.parse().ok()).flatten().map(|value| (value, rest))
}

#[cfg(test)]
mod tests {
    use super::iso;

    #[test]
    fn iso_8601_in_the_forms_that_programs_print() {
        for text in [
            "2023-11-14T22:13:20Z",
            "2023-11-14 22:13:20",
            "2023-11-14 22:13:20 UTC",
            "2023-11-14T22:13:20.123456",
            "2023-11-14T23:13:20+01:00",
            "2023-11-14 16:13:20 -0600",
            "20231114T221320Z",
            "2023-11-15T00:13:20+02",
        ] {
            assert_eq!(iso(text), Some(1_700_000_000), "{text}");
        }
        assert_eq!(iso("2023-11-14"), Some(1_699_920_000));
        assert_eq!(iso("2023-11-14T22:13"), Some(1_700_000_000 - 20));
        for text in
            ["", "2023", "2023-13-01", "2023-02-30", "2023-11-14T25:00", "yesterday", "2023-11-14T22:13:20+1", "ü-ü"]
        {
            assert_eq!(iso(text), None, "{text}");
        }
    }
}
