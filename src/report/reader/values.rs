use std::borrow::Cow;

use super::super::decimal::decimal;
use crate::ledger::{Note, Notes};
use crate::report::keyword::{Keyword, Word};

/// Reads a keyword, with a note where it had to be mended or is in no standard.
#[inline]
pub(super) fn word<T: Word>(text: &str, field: &'static str, notes: &mut Notes) -> Keyword<T> {
    let first = text.as_bytes().first();
    // Words differ in their first letter or in their length, nearly all: so one of them is compared whole.
    let is_it = |word: &T| word.word().as_bytes().first() == first && word.word() == text;
    if let Some(word) = T::ALL.iter().copied().find(is_it) {
        return Keyword::Known(word);
    }
    odd_word(text, field, notes)
}

#[cold]
fn odd_word<T: Word>(text: &str, field: &'static str, notes: &mut Notes) -> Keyword<T> {
    let read = match Keyword::read(text) {
        Keyword::Other(other) => T::from_older_word(&other).map_or(Keyword::Other(other), Keyword::Known),
        read => read,
    };
    match &read {
        Keyword::Known(_) => notes.add(Note::WordMended { field: field.into(), found: text.into() }),
        Keyword::Other(other) => notes.add(Note::WordUnknown { field: field.into(), found: other.clone() }),
        Keyword::Absent | Keyword::Empty => {}
    }
    read
}

/// Reads a keyword that may stand once: a second one changes nothing but the notes.
#[inline]
pub(super) fn set_word<T: Word>(place: &mut Keyword<T>, text: &str, field: &'static str, notes: &mut Notes) {
    if matches!(place, Keyword::Absent) {
        *place = word(text, field, notes);
    } else {
        notes.add(Note::ElementRepeated(field.into()));
    }
}

/// Sets a field that may stand once: a second one changes nothing but the notes.
#[inline]
pub(super) fn set<T>(place: &mut Option<T>, value: T, field: &'static str, notes: &mut Notes) {
    if place.is_none() {
        *place = Some(value);
    } else {
        notes.add(Note::ElementRepeated(field.into()));
    }
}

/// Lower-cases text.
#[inline]
pub(super) fn lower(text: Cow<'_, str>) -> Cow<'_, str> {
    // Without an early end, so that many bytes are looked at at once.
    if text.bytes().fold(false, |odd, byte| odd | byte.is_ascii_uppercase() | !byte.is_ascii()) {
        Cow::Owned(text.to_lowercase())
    } else {
        text
    }
}

/// A domain name in lower case, without a final dot.
#[inline]
pub(super) fn domain(text: Cow<'_, str>) -> Cow<'_, str> {
    let text = lower(text);
    match text.strip_suffix('.') {
        None => text,
        Some("") => text,
        Some(_) => match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.strip_suffix('.').unwrap_or(text)),
            Cow::Owned(mut text) => {
                text.pop();
                Cow::Owned(text)
            }
        },
    }
}

/// No reporter gets a million millions of messages in a period: more is no count, and sums of counts stay exact.
const MOST_MESSAGES: u64 = 1_000_000_000_000;

/// A number of messages: 0 with a note where there is none to read.
#[inline]
pub(super) fn count(text: &str, notes: &mut Notes) -> u64 {
    match text.parse::<u64>() {
        Ok(count @ 0..=MOST_MESSAGES) => count,
        _ => odd_count(text, notes),
    }
}

#[cold]
fn odd_count(text: &str, notes: &mut Notes) -> u64 {
    // `+1`, `1.0` and `1e3` are whole numbers in other words; `1.5` messages are none.
    match decimal(text) {
        Some((count @ 0..=MOST_MESSAGES, false)) => count,
        _ => {
            notes.add(Note::CountUnreadable(text.into()));
            0
        }
    }
}
