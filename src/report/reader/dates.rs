use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

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
    if let Ok(whole) = text.parse::<i64>() {
        return match whole {
            0..=LATEST_SECONDS => Some(whole),
            ..0 => None,
            whole if whole < 100_000_000_000_000 => Some(whole / 1_000),
            whole if whole < 100_000_000_000_000_000 => Some(whole / 1_000_000),
            whole => Some(whole / 1_000_000_000),
        };
    }
    let value = text.replacen(',', ".", 1).parse::<f64>().ok().filter(|value| (0.0..1e15).contains(value))?;
    let value = if value > LATEST_SECONDS as f64 { value / 1_000.0 } else { value };
    Some(value.floor() as i64)
}

/// ISO 8601 in its usual forms; UTC where it names no zone.
fn iso(text: &str) -> Option<i64> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_second());
    }
    let text = ["UTC", "GMT", "Z", "utc", "z"].iter().find_map(|zone| text.strip_suffix(zone)).unwrap_or(text).trim();
    // `+0000` after a blank, as many programs print it.
    if let Some((moment, zone)) = text.rsplit_once(' ')
        && zone.starts_with(['+', '-'])
    {
        return format!("{}{zone}", moment.trim()).parse::<Timestamp>().ok().map(|moment| moment.as_second());
    }
    let civil = text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(|date| date.at(0, 0, 0, 0))).ok()?;
    civil.to_zoned(TimeZone::UTC).ok().map(|moment| moment.timestamp().as_second())
}
