//! Letter case: texts that differ in nothing else are the same to filters and groups.

use std::borrow::Cow;

/// A text in small letters.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    if is_small(text) { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// Whether a text has nothing but ASCII's small letters and what is no letter: most names are so.
#[must_use]
pub fn is_small(text: &str) -> bool {
    // Without an early end, so that many bytes are looked at at once.
    !text.bytes().fold(false, |odd, byte| odd | byte.is_ascii_uppercase() | !byte.is_ascii())
}
