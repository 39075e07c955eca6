//! The text form of a filter.
//!
//! ```text
//! filter = [clause *(blank clause)]
//! clause = ["-"] (field ":" text *("," text) / parts-field ":" parts *("," parts) / word-field ":" word *("," word)
//!        / ["text:"] word *("," word))
//! field  = "from" / "domain" / "reporter" / "report" / "file" / "policy" / "source" / "envelope_from" / "envelope_to"
//!        / "disposition" / "reason" / "dkim" / "spf" / "dkim_domain" / "selector" / "dkim_result"
//!        / "spf_domain" / "spf_scope" / "spf_result" / "ours" / "differs" / "label" / "published"
//!        / "registry" / "special" / "network" / "country" / "city" / "holder" / "abuse" / "ptr"
//! parts-field = "signature" / "spf_check"
//! word-field  = "ip" / "outcome" / "verdict" / "judge" / "period"
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
//! Words without a field are looked for anywhere: a record meets the clause if one of its texts, its address, or a text of its
//! report contains one of them. There `*` is a star. A word with a colon, or that begins with `-`, stands in quotes.
//!
//! `dkim` and `spf` are the aligned verdicts of `policy_evaluated`. `report` is the report's id, `file` the name of the dropped file; `source` is what stands in
//! place of an address and is none. `ip` takes an address or CIDR range; `period` a day `2026-10-31`, a month `2026-10`,
//! a year, or two days `2026-10-01..2026-10-31`. `label` is what the person called the policy domain; `published` is the
//! domain's whole policy without what is so anyway, as `"p=reject; sp=none"`.
//!
//! The fields from `registry` on are what is known of the source's address from elsewhere than the reports (see
//! [`Fact`](crate::dataset::Fact)): `network:"as64496 *"`, `country:ch`, `ptr:*.example`; `?` is "not known".
//!
//! `ours` is our own verdict from the raw results (`pass`, `fail`, `unknown`); `differs` tells why it is another than the reporter's:
//! `agrees` (it is not), `list`, `left_out`, `reporter`, `cannot_tell`, `unjudged` (see [`Difference`](crate::report::ours::Difference)).
//!
//! `judge:ours` leaves nothing out: with it verdicts and outcomes, of the filter as of all figures, are ours in place of the
//! reporters' (`judge:reporter`).
//!
//! `sender` is who sends from the source, by what most of its mail proves: the name of a service, another organization's domain, or
//! the own domain with its selector (`"shop.example/s1"`); `?` where nothing is proven.
//!
//! A record with several values of a field (signatures, checks, reasons) meets a clause if one of them does; it meets a clause
//! with `-` if none does.

use std::fmt;
use std::str::FromStr;

use time::{Date, Month};

use super::cursor::{Cursor, Value};
use super::field::Field;
use super::filter::{Clause, Filter, Judge, Network, Period, Term};
use super::pattern::{Parts, Pattern, Written};
use super::zone::Day;
use crate::report::verdict::{Outcome, Verdict};

/// What is wrong with a typed filter, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at bytes {at} to {end}")]
pub struct FilterError {
    /// Byte offset of the spot in the text.
    pub at: usize,
    /// Byte offset of its end; the same where something is missing.
    pub end: usize,
    /// What is wrong there.
    pub kind: FilterErrorKind,
}

/// What can be wrong with a typed filter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterErrorKind {
    /// A colon with nothing before it. Expected is one of [`names`].
    #[error("no field before ':'")]
    NoField,
    /// A field that there is not. Expected is one of [`names`].
    #[error("unknown field {0:?}")]
    UnknownField(String),
    /// A value is expected and there is none.
    #[error("no value")]
    NoValue,
    /// A quote that is not closed. Expected is another quote.
    #[error("unclosed quote")]
    UnclosedQuote,
    /// A value is over, and neither a blank nor a comma follows.
    #[error("no blank or comma")]
    NoBlank,
    /// A value that the field does not take.
    #[error("{field} takes no {text:?}")]
    UnknownValue {
        /// The field's name, which says what is expected.
        field: &'static str,
        /// What stands in its place.
        text: String,
    },
}

/// The fields that take other things than texts. Words that have none may be said to be `text`.
const OTHERS: [&str; 8] = ["signature", "spf_check", "ip", "outcome", "verdict", "judge", "period", "text"];

/// The names of all fields.
pub fn names() -> impl Iterator<Item = &'static str> {
    Field::all().map(Field::name).chain(OTHERS)
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
        f.write_str(if self.negated { "-" } else { "" })?;
        if !matches!(self.term, Term::Words(_)) {
            write!(f, "{}:", self.term.field())?;
        }
        let mut values = Values { f, is_first: true };
        match &self.term {
            Term::Text(_, patterns) => {
                patterns.iter().try_for_each(|pattern| pattern.write(values.next()?, Written::Value))
            }
            Term::Words(texts) => {
                texts.iter().try_for_each(|text| Pattern::exactly(text).write(values.next()?, Written::Word))
            }
            Term::Signature(all) | Term::SpfCheck(all) => {
                all.iter().try_for_each(|parts| write_parts(parts, values.next()?))
            }
            Term::Ip(networks) => {
                networks.iter().try_for_each(|value| values.next()?.write_fmt(format_args!("{value}")))
            }
            Term::Outcome(words) => words.iter().try_for_each(|word| values.next()?.write_str(word.word())),
            Term::Verdict(words) => words.iter().try_for_each(|word| values.next()?.write_str(word.word())),
            Term::Judge(words) => words.iter().try_for_each(|word| values.next()?.write_str(word.word())),
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
        part.write(f, Written::Part)?;
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
            if !rest.is_at_blank() {
                return Err(rest.error(rest.at(), FilterErrorKind::NoBlank));
            }
        }
    }
}

fn clause(rest: &mut Cursor<'_>) -> Result<Clause, FilterError> {
    let negated = rest.eat('-');
    let at = rest.at();
    let field = if rest.is_at('"') { "" } else { rest.bare(&|c| matches!(c, ':' | ',' | '"') || c.is_whitespace()) };
    let end = rest.at();
    let has_field = rest.eat(':');
    if has_field && field.is_empty() {
        return Err(rest.error(at, FilterErrorKind::NoField));
    }
    let field = if has_field { field } else { "text" };
    if !has_field {
        rest.go_back(at);
    } else if !names().any(|name| name.eq_ignore_ascii_case(field)) {
        return Err(FilterError { at, end, kind: FilterErrorKind::UnknownField(field.to_owned()) });
    }
    let has_parts = ["signature", "spf_check"].iter().any(|name| name.eq_ignore_ascii_case(field));
    let most = if has_parts { 3 } else { 1 };
    let mut values = vec![rest.value(most)?];
    while rest.eat(',') {
        values.push(rest.value(most)?);
    }
    Ok(Clause { negated, term: term(field, values)? })
}

fn term(field: &str, values: Vec<Value>) -> Result<Term, FilterError> {
    if let Some(field) = Field::of_name(field) {
        return Ok(Term::Text(field, values.into_iter().filter_map(|value| value.parts.into_iter().next()).collect()));
    }
    Ok(match field.to_ascii_lowercase().as_str() {
        "signature" => Term::Signature(values.into_iter().map(parts).collect()),
        "spf_check" => Term::SpfCheck(values.into_iter().map(parts).collect()),
        "ip" => Term::Ip(each("ip", values, network)?),
        "outcome" => Term::Outcome(each("outcome", values, |word| {
            Outcome::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
        })?),
        "verdict" => Term::Verdict(each("verdict", values, |word| {
            Verdict::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
        })?),
        "judge" => Term::Judge(each("judge", values, |word| {
            Judge::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))
        })?),
        "period" => Term::Period(each("period", values, period)?),
        _ => Term::Words(values.into_iter().map(word).collect::<Result<_, _>>()?),
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

/// Nothing is in everything, which nobody looks for.
fn word(value: Value) -> Result<String, FilterError> {
    let text = value.text();
    if text.is_empty() {
        return Err(FilterError { at: value.at, end: value.end, kind: FilterErrorKind::NoValue });
    }
    Ok(text)
}

fn each<T>(field: &'static str, values: Vec<Value>, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, FilterError> {
    let read = |value: Value| {
        let text = value.text();
        let (at, end) = (value.at, value.end);
        read(&text).ok_or(FilterError { at, end, kind: FilterErrorKind::UnknownValue { field, text } })
    };
    values.into_iter().map(read).collect()
}

/// An address, or a range as `203.0.113.0/24`.
#[must_use]
pub fn network(text: &str) -> Option<Network> {
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
