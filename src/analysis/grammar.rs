//! The text form of a filter.
//!
//! ```text
//! filter = [clause *(blank clause)]
//! clause = ["-"] field ":" value *("," value)
//! field  = "from" | "domain" | "reporter" | "ip" | "outcome" | "verdict" | "disposition" | "period"
//! value  = word | '"' *(any character, with \" and \\) '"'
//! ```
//!
//! Words end at a blank or comma. `ip` takes an address or CIDR range; `period` a day `2026-10-31`, a month `2026-10`,
//! a year, or two days `2026-10-01..2026-10-31`; names take `*` for any run of characters.

use std::fmt;
use std::str::FromStr;

use time::{Date, Month};

use super::filter::{Clause, Filter, Network, Pattern, Period, Term};
use super::zone::Day;
use crate::report::keyword::{Disposition, Word};
use crate::report::verdict::{Outcome, Verdict};

/// What is wrong with a typed filter, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {at}")]
pub struct FilterError {
    /// Byte offset of the spot in the text.
    pub at: usize,
    /// What is wrong there.
    pub kind: FilterErrorKind,
}

/// What can be wrong with a typed filter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterErrorKind {
    /// A clause without `field:`.
    #[error("no field before ':'")]
    NoField,
    /// A field that there is not.
    #[error("unknown field {0:?}")]
    UnknownField(String),
    /// A field without a value.
    #[error("no value")]
    NoValue,
    /// A quote that is not closed.
    #[error("unclosed quote")]
    UnclosedQuote,
    /// A value that the field does not take.
    #[error("unknown value {0:?}")]
    UnknownValue(String),
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, clause) in self.clauses.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{clause}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}:", if self.negated { "-" } else { "" }, self.term.field())?;
        for (place, value) in self.term.values().iter().enumerate() {
            if place > 0 {
                f.write_str(",")?;
            }
            if value.is_empty() || value.contains(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\\')) {
                write!(f, "\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))?;
            } else {
                f.write_str(value)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (date(self.first), date(self.last)) {
            (Some(first), Some(last)) if first == last => write!(f, "{first}"),
            (Some(first), Some(last)) if first.day() == 1 && last_of_month(first) == Some(last) => {
                write!(f, "{:04}-{:02}", first.year(), u8::from(first.month()))
            }
            (Some(first), Some(last)) => write!(f, "{first}..{last}"),
            _ => write!(f, "{}..{}", self.first, self.last),
        }
    }
}

/// The Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;

/// The calendar date of a day, within the years −9999 to 9999.
#[must_use]
pub fn date(day: Day) -> Option<Date> {
    Date::from_julian_day(day.checked_add(EPOCH)?).ok()
}

/// The day of a calendar date.
#[must_use]
pub const fn day(date: Date) -> Day {
    date.to_julian_day() - EPOCH
}

/// The last date of a date's month.
#[must_use]
pub fn last_of_month(date: Date) -> Option<Date> {
    date.replace_day(date.month().length(date.year())).ok()
}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        let mut clauses = Vec::new();
        let mut rest = Cursor { text, at: 0 };
        loop {
            rest.skip_blanks();
            if rest.is_over() {
                return Ok(Self { clauses });
            }
            clauses.push(rest.clause()?);
        }
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn is_over(&self) -> bool {
        self.rest().is_empty()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    const fn error(at: usize, kind: FilterErrorKind) -> FilterError {
        FilterError { at, kind }
    }

    fn clause(&mut self) -> Result<Clause, FilterError> {
        let negated = self.eat('-');
        let start = self.at;
        let end = self.rest().find(|c: char| c == ':' || c.is_whitespace()).unwrap_or(self.rest().len());
        let field = self.rest().get(..end).unwrap_or_default();
        self.at += end;
        if !self.eat(':') || field.is_empty() {
            return Err(Self::error(start, FilterErrorKind::NoField));
        }
        let mut values = vec![self.value()?];
        while self.eat(',') {
            values.push(self.value()?);
        }
        Ok(Clause { negated, term: term(field, start, values)? })
    }

    fn value(&mut self) -> Result<(usize, String), FilterError> {
        let start = self.at;
        if !self.eat('"') {
            let end = self.rest().find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(self.rest().len());
            let word = self.rest().get(..end).unwrap_or_default().to_owned();
            self.at += end;
            if word.is_empty() {
                return Err(Self::error(start, FilterErrorKind::NoValue));
            }
            return Ok((start, word));
        }
        let mut word = String::new();
        let mut escaped = false;
        for c in self.rest().chars() {
            self.at += c.len_utf8();
            match c {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => return Ok((start, word)),
                _ => {
                    escaped = false;
                    word.push(c);
                }
            }
        }
        Err(Self::error(start, FilterErrorKind::UnclosedQuote))
    }
}

fn term(field: &str, at: usize, values: Vec<(usize, String)>) -> Result<Term, FilterError> {
    let patterns = |values: Vec<(usize, String)>| values.into_iter().map(|(_, value)| Pattern(value)).collect();
    Ok(match field.to_ascii_lowercase().as_str() {
        "from" => Term::From(patterns(values)),
        "domain" => Term::Domain(patterns(values)),
        "reporter" => Term::Reporter(patterns(values)),
        "ip" => Term::Ip(each(values, network)?),
        "outcome" => Term::Outcome(each(values, |word| {
            Outcome::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
        })?),
        "verdict" => Term::Verdict(each(values, |word| {
            Verdict::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
        })?),
        "disposition" => Term::Disposition(each(values, Disposition::from_word)?),
        "period" => Term::Period(each(values, period)?),
        _ => return Err(FilterError { at, kind: FilterErrorKind::UnknownField(field.to_owned()) }),
    })
}

fn each<T>(values: Vec<(usize, String)>, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, FilterError> {
    let read = |(at, value): (usize, String)| {
        read(&value).ok_or(FilterError { at, kind: FilterErrorKind::UnknownValue(value) })
    };
    values.into_iter().map(read).collect()
}

fn network(text: &str) -> Option<Network> {
    let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let address = address.parse().ok()?;
    let full = Network::full(address);
    let prefix = prefix.map_or(Some(full), |prefix| prefix.parse().ok())?;
    (prefix <= full).then_some(Network { address, prefix })
}

fn period(text: &str) -> Option<Period> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let (first, _) = days(first)?;
    let (_, last) = days(last)?;
    (first <= last).then_some(Period { first, last })
}

/// First and last day of `2026`, `2026-10` or `2026-10-31`.
fn days(text: &str) -> Option<(Day, Day)> {
    let mut parts = text.split('-');
    let year: i32 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month: Option<u8> = parts.next().map(str::parse).transpose().ok()?;
    let number: Option<u8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let first_month = Month::try_from(month.unwrap_or(1)).ok()?;
    let first = Date::from_calendar_date(year, first_month, number.unwrap_or(1)).ok()?;
    let last = match (month, number) {
        (None, _) => Date::from_calendar_date(year, Month::December, 31).ok()?,
        (_, None) => last_of_month(first)?,
        _ => first,
    };
    Some((day(first), day(last)))
}
