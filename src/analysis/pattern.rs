use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use crate::find::{find, find_all};
use crate::fold::fold;

/// What a value must be: a text, letter case aside and with `*` for any run of characters; or not stated at all.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pattern(Option<Vec<String>>);

/// What a signature or an SPF check must be: result, domain, and selector or scope, all of the same one. A part that is a mere
/// `*` takes anything, be it stated or not. `None`: there is no signature, or no check, at all.
pub type Parts = Option<[Pattern; 3]>;

/// Where a pattern is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// As a value of a field.
    Value,
    /// As a part of several, where a slash would end it.
    Part,
    /// Without a field, where a colon would make it one.
    Word,
}

impl Pattern {
    /// Nothing is stated.
    pub const NOTHING: Self = Self(None);

    /// This very text, letter case aside.
    #[must_use]
    pub fn exactly(text: &str) -> Self {
        Self(Some(vec![text.to_owned()]))
    }

    /// This text, with `*` for any run of characters.
    #[must_use]
    pub fn like(text: &str) -> Self {
        Self(Some(text.split('*').map(ToOwned::to_owned).collect()))
    }

    /// An optional text: this one, or none.
    #[must_use]
    pub fn stated(text: Option<&str>) -> Self {
        text.map_or(Self::NOTHING, Self::exactly)
    }

    /// Any text.
    pub(super) fn anything() -> Self {
        Self::like("*")
    }

    pub(super) const fn of_pieces(pieces: Vec<String>) -> Self {
        Self(Some(pieces))
    }

    /// What stands between the runs of any characters; `None` where nothing must be stated.
    #[must_use]
    pub fn pieces(&self) -> Option<&[String]> {
        self.0.as_deref()
    }

    /// Whether it takes any text.
    #[must_use]
    pub fn is_anything(&self) -> bool {
        self.pieces().is_some_and(|pieces| pieces.len() > 1 && pieces.iter().all(String::is_empty))
    }

    /// The same in small letters, for [`takes`](Self::takes).
    pub(super) fn folded(&self) -> Self {
        Self(self.pieces().map(|pieces| pieces.iter().map(|piece| fold(piece).into_owned()).collect()))
    }

    /// Whether it takes a value. Both are [folded](crate::fold::fold).
    pub(super) fn takes(&self, text: Option<&str>) -> bool {
        let (Some(pieces), Some(text)) = (self.pieces(), text) else { return self.0.is_none() && text.is_none() };
        let Some((first, pieces)) = pieces.split_first() else { return false };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        let Some((last, pieces)) = pieces.split_last() else { return rest.is_empty() };
        for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
            let after =
                find(rest.as_bytes(), piece.as_bytes()).and_then(|at| rest.get(at.saturating_add(piece.len())..));
            let Some(after) = after else { return false };
            rest = after;
        }
        rest.ends_with(last.as_str())
    }

    /// Writes it as a filter has it.
    pub(super) fn write(&self, f: &mut fmt::Formatter<'_>, written: Written) -> fmt::Result {
        let Some(pieces) = self.pieces() else { return f.write_char('?') };
        let is_odd = |c: char| {
            c.is_whitespace()
                || matches!(c, ',' | '"' | '\\' | '*')
                || c == '/' && written == Written::Part
                || c == ':' && written == Written::Word
        };
        let is_quoted = match pieces {
            [text] if text.is_empty() || text == "?" => true,
            [text, ..] if text.starts_with('-') && written == Written::Word => true,
            pieces => pieces.iter().any(|piece| piece.contains(is_odd)),
        };
        let quote = if is_quoted { "\"" } else { "" };
        f.write_str(quote)?;
        for (place, piece) in pieces.iter().enumerate() {
            if place > 0 {
                f.write_char('*')?;
            }
            for c in piece.chars() {
                if matches!(c, '"' | '\\' | '*') {
                    f.write_char('\\')?;
                }
                f.write_char(c)?;
            }
        }
        f.write_str(quote)
    }
}

/// A text to look for in others, letter case aside. An empty one is in all.
#[derive(Clone, Debug)]
pub struct Needle(String);

impl Needle {
    /// For this text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(fold(text).into_owned())
    }

    /// Whether it is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text contains it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        // Most names are short and of ASCII: those need no memory of their own.
        let mut buffer = [0; 256];
        match buffer.get_mut(..text.len()).filter(|_| text.is_ascii()) {
            _ if self.is_empty() => true,
            Some(small) => {
                small.copy_from_slice(text.as_bytes());
                small.make_ascii_lowercase();
                find(small, self.0.as_bytes()).is_some()
            }
            None => self.is_in_folded(&fold(text)),
        }
    }

    /// Whether each of many texts contains it: they stand one after the other, and end at these places.
    pub fn is_in_each(&self, texts: &str, ends: impl Iterator<Item = usize>, call: &mut dyn FnMut(bool)) {
        if !texts.is_ascii() {
            let mut start = 0;
            for end in ends {
                call(texts.get(start..end).is_some_and(|text| self.is_in(text)));
                start = end;
            }
            return;
        }
        // All of them at a time: each alone is too short for a search to be worth its beginning.
        let small = texts.to_ascii_lowercase();
        let mut places = find_all(small.as_bytes(), self.0.as_bytes()).peekable();
        let mut start = 0;
        for end in ends {
            while places.next_if(|place| *place < start).is_some() {}
            let is_in = |place: &usize| place.saturating_add(self.0.len()) <= end;
            call(self.is_empty() || places.peek().is_some_and(is_in));
            start = end;
        }
    }

    /// Whether it may be in the usual form of an address.
    #[must_use]
    pub fn may_be_in_address(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':'))
    }

    /// Whether a [folded](crate::fold::fold) text contains it.
    #[must_use]
    pub fn is_in_folded(&self, text: &str) -> bool {
        self.is_empty() || find(text.as_bytes(), self.0.as_bytes()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn many_texts_at_a_time_are_as_each_alone(texts in prop::collection::vec("[aAbB.é]{0,6}", 0..12), needle in "[aAbBé.]{0,3}") {
            let needle = Needle::of(&needle);
            let ends = texts.iter().scan(0, |end, text| {
                *end += text.len();
                Some(*end)
            });
            let mut found = Vec::new();
            needle.is_in_each(&texts.concat(), ends, &mut |is_in| found.push(is_in));
            prop_assert_eq!(found, texts.iter().map(|text| needle.is_in(text)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn what_no_address_can_hold_is_not_looked_for_in_any() {
        let may_be = |text| Needle::of(text).may_be_in_address();
        assert!(["", "192.0.2", "2001:DB8::", "fe"].into_iter().all(may_be));
        assert!(!["bakery", "192.0.2.1/24", "g"].into_iter().any(may_be));
    }
}
