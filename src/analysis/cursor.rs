use super::grammar::{FilterError, FilterErrorKind};
use super::pattern::Pattern;

/// A place in a typed filter.
#[derive(Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

/// A value as typed: the parts between its slashes, or one.
#[derive(Debug)]
pub struct Value {
    /// Byte offset in the text.
    pub at: usize,
    /// Byte offset of its end.
    pub end: usize,
    /// The parts.
    pub parts: Vec<Pattern>,
}

impl Value {
    /// The value where it is no pattern but a word.
    #[must_use]
    pub fn text(&self) -> String {
        match self.parts.first().and_then(Pattern::pieces) {
            Some(pieces) => pieces.join("*"),
            None => "?".to_owned(),
        }
    }
}

impl<'a> Cursor<'a> {
    /// The start of a text.
    #[must_use]
    pub const fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Byte offset in the text.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.rest().is_empty()
    }

    /// Whether this character is the next.
    #[must_use]
    pub fn is_at(&self, wanted: char) -> bool {
        self.rest().starts_with(wanted)
    }

    /// Whether a blank is next, or nothing is left.
    #[must_use]
    pub fn is_at_blank(&self) -> bool {
        self.rest().chars().next().is_none_or(char::is_whitespace)
    }

    /// Goes back to a place that it was at.
    pub const fn go_back(&mut self, at: usize) {
        self.at = at;
    }

    /// Something is wrong from a place that it was at up to here.
    #[must_use]
    pub const fn error(&self, at: usize, kind: FilterErrorKind) -> FilterError {
        FilterError { at, end: self.at, kind }
    }

    /// Passes over blanks.
    pub fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Passes over a character, if it is the next.
    pub fn eat(&mut self, wanted: char) -> bool {
        let found = self.is_at(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// What stands before the first character that ends it.
    pub fn bare(&mut self, ends: &dyn Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let bare = rest.find(ends).and_then(|end| rest.get(..end)).unwrap_or(rest);
        self.at += bare.len();
        bare
    }

    /// A value of at most so many parts.
    pub fn value(&mut self, most: usize) -> Result<Value, FilterError> {
        let at = self.at;
        let mut parts = vec![self.part(most > 1)?];
        while parts.len() < most && self.eat('/') {
            parts.push(self.part(true)?);
        }
        Ok(Value { at, end: self.at, parts })
    }

    fn part(&mut self, is_one_of_many: bool) -> Result<Pattern, FilterError> {
        let start = self.at;
        if !self.eat('"') {
            let bare = self.bare(&|c| c == ',' || c.is_whitespace() || is_one_of_many && c == '/');
            return match bare {
                "" => Err(self.error(start, FilterErrorKind::NoValue)),
                "?" => Ok(Pattern::NOTHING),
                bare => Ok(Pattern::like(bare)),
            };
        }
        let (mut pieces, mut piece) = (Vec::new(), String::new());
        let mut escaped = false;
        for c in self.rest().chars() {
            self.at += c.len_utf8();
            match c {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => {
                    pieces.push(piece);
                    return Ok(Pattern::of_pieces(pieces));
                }
                '*' if !escaped => pieces.push(std::mem::take(&mut piece)),
                _ => {
                    escaped = false;
                    piece.push(c);
                }
            }
        }
        Err(self.error(start, FilterErrorKind::UnclosedQuote))
    }
}
