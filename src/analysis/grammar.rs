//! The text form of a filter.
//!
//! ```text
//! filter = [clause *(blank clause)]
//! clause = ["-"] (field ":" text *("," text) / parts-field ":" parts *("," parts) / word-field ":" word *("," word))
//! field  = "from" / "domain" / "reporter" / "report" / "policy" / "source" / "envelope_from" / "envelope_to"
//!        / "disposition" / "reason" / "dkim" / "spf" / "dkim_domain" / "selector" / "dkim_result"
//!        / "spf_domain" / "spf_scope" / "spf_result" / "ours" / "differs"
//! parts-field = "signature" / "spf_check"
//! word-field  = "ip" / "outcome" / "verdict" / "period"
//! text   = bare / '"' *(any character, with \" and \\ and \*) '"' / "?"
//! parts  = text ["/" text ["/" text]]
//! word   = bare / '"' *(any character) '"'
//! ```
//!
//! Bare texts end at a blank or comma; those in `parts`, at a slash too. In both kinds of text `*` is any run of characters;
//! in quotes a backslash takes the character after it as it stands, so that `"\*"` is a star. A bare `?` alone is "not
//! stated": the record has no value of the field; `"?"` is a question mark, and `""` a text that is stated and empty (as
//! `envelope_from:""`, the null sender). Letter case never matters.
//!
//! `signature` takes `result/domain/selector`, `spf_check` `result/domain/scope`, all of one and the same signature or check.
//! Parts left out are `*`, which takes anything here, stated or not. A `?` without any slash: there is none at all.
//!
//! `dkim` and `spf` are the aligned verdicts of `policy_evaluated`. `report` is the report's id; `source` is what stands in
//! place of an address and is none. `ip` takes an address or CIDR range; `period` a day `2026-10-31`, a month `2026-10`,
//! a year, or two days `2026-10-01..2026-10-31`.
//!
//! `ours` is our own verdict from the raw results (`pass`, `fail`, `unknown`); `differs` tells why it is another than the reporter's:
//! `agrees` (it is not), `list`, `left_out`, `reporter`, `cannot_tell`, `unjudged` (see [`Difference`](crate::report::ours::Difference)).
//!
//! A record with several values of a field (signatures, checks, reasons) meets a clause if one of them does; it meets a clause
//! with `-` if none does.

use std::fmt;
use std::str::FromStr;

use time::{Date, Month};

use super::cursor::{Cursor, Value};
use super::field::Field;
use super::filter::{Clause, Filter, Network, Period, Term};
use super::pattern::{Parts, Pattern};
use super::zone::Day;
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
        let mut values = Values { f, is_first: true };
        match &self.term {
            Term::Text(_, patterns) => patterns.iter().try_for_each(|pattern| pattern.write(values.next()?, false)),
            Term::Signature(all) | Term::SpfCheck(all) => {
                all.iter().try_for_each(|parts| write_parts(parts, values.next()?))
            }
            Term::Ip(networks) => {
                networks.iter().try_for_each(|value| values.next()?.write_fmt(format_args!("{value}")))
            }
            Term::Outcome(words) => words.iter().try_for_each(|word| values.next()?.write_str(word.word())),
            Term::Verdict(words) => words.iter().try_for_each(|word| values.next()?.write_str(word.word())),
            Term::Period(periods) => {
                periods.iter().try_for_each(|value| values.next()?.write_fmt(format_args!("{value}")))
            }
        }
    }
}

/// Puts commas between values.
struct Values<'a, 'b> {
    f: &'a mut fmt::Formatter<'b>,
    is_first: bool,
}

impl<'b> Values<'_, 'b> {
    fn next(&mut self) -> Result<&mut fmt::Formatter<'b>, fmt::Error> {
        if !std::mem::replace(&mut self.is_first, false) {
            self.f.write_str(",")?;
        }
        Ok(self.f)
    }
}

fn write_parts(parts: &Parts, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(parts) = parts else { return f.write_str("?") };
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str("/")?;
        }
        part.write(f, true)?;
    }
    Ok(())
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
        let mut rest = Cursor::of(text);
        loop {
            rest.skip_blanks();
            if rest.is_over() {
                return Ok(Self { clauses });
            }
            clauses.push(clause(&mut rest)?);
        }
    }
}

fn clause(rest: &mut Cursor<'_>) -> Result<Clause, FilterError> {
    let negated = rest.eat('-');
    let at = rest.at();
    let field = rest.bare(&|c| c == ':' || c.is_whitespace());
    if !rest.eat(':') || field.is_empty() {
        return Err(FilterError { at, kind: FilterErrorKind::NoField });
    }
    let has_parts = ["signature", "spf_check"].iter().any(|name| name.eq_ignore_ascii_case(field));
    let most = if has_parts { 3 } else { 1 };
    let mut values = vec![rest.value(most)?];
    while rest.eat(',') {
        values.push(rest.value(most)?);
    }
    Ok(Clause { negated, term: term(field, at, values)? })
}

fn term(field: &str, at: usize, values: Vec<Value>) -> Result<Term, FilterError> {
    if let Some(field) = Field::of_name(field) {
        return Ok(Term::Text(field, values.into_iter().filter_map(|value| value.parts.into_iter().next()).collect()));
    }
    Ok(match field.to_ascii_lowercase().as_str() {
        "signature" => Term::Signature(values.into_iter().map(parts).collect()),
        "spf_check" => Term::SpfCheck(values.into_iter().map(parts).collect()),
        "ip" => Term::Ip(each(values, network)?),
        "outcome" => Term::Outcome(each(values, |word| {
            Outcome::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
        })?),
        "verdict" => Term::Verdict(each(values, |word| {
            Verdict::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
        })?),
        "period" => Term::Period(each(values, period)?),
        _ => return Err(FilterError { at, kind: FilterErrorKind::UnknownField(field.to_owned()) }),
    })
}

fn parts(value: Value) -> Parts {
    let mut parts = value.parts.into_iter();
    let (first, second) = (parts.next()?, parts.next());
    if second.is_none() && first == Pattern::NOTHING {
        return None;
    }
    Some([first, second.unwrap_or_else(Pattern::anything), parts.next().unwrap_or_else(Pattern::anything)])
}

fn each<T>(values: Vec<Value>, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, FilterError> {
    let read = |value: Value| {
        let text = value.text();
        read(&text).ok_or(FilterError { at: value.at, kind: FilterErrorKind::UnknownValue(text) })
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
