//! Every word that people read, from one catalogue a language (`en.ftl`, Project Fluent), with the language's plurals.

mod causes;
mod csv;
mod notes;

use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

pub use causes::{cause_text, confidence_text, finding_text, setting_text, step_sentence, step_text};
pub use csv::csv_line;
pub use notes::note_text;

/// The English catalogue, and those of the screens behind the first figures.
const EN: &str = include_str!("en.ftl");
const EN_SCREENS: &str = include_str!("screens.en.ftl");
const EN_GLOSSARY: &str = include_str!("glossary.en.ftl");
const EN_CAUSES: &str = include_str!("causes.en.ftl");

/// How a locale writes numbers and dates. The browser knows; on the host there is [`Plain`].
pub trait Locale {
    /// A whole number with the locale's digits and groups.
    fn number(&self, number: u64) -> String;
    /// A short number for an axis: `12K`.
    fn compact(&self, number: u64) -> String;
    /// A share between 0 and 1 as per cent, with one decimal.
    fn percent(&self, share: f64) -> String;
    /// A day (days since 1970-01-01), short, with its year.
    fn day(&self, day: i32) -> String;
    /// Days from the first to the last, as short as it can be said: a month or a year where it is a whole one.
    fn days(&self, first: i32, last: i32) -> String {
        if first == last {
            return self.day(first);
        }
        match whole(first, last) {
            Some(Whole::Month) => self.month(first),
            Some(Whole::Year(year)) => year.to_string(),
            None => self.range(first, last),
        }
    }
    /// Two days and those between.
    fn range(&self, first: i32, last: i32) -> String {
        format!("{} – {}", self.day(first), self.day(last))
    }
    /// A day for an axis: no year.
    fn day_short(&self, day: i32) -> String;
    /// The month of a day, with its year.
    fn month(&self, day: i32) -> String;
}

/// What is more than days.
enum Whole {
    Month,
    Year(i32),
}

fn whole(first: i32, last: i32) -> Option<Whole> {
    use crate::analysis::grammar::{date, last_of_month};
    let (first, last) = (date(first)?, date(last)?);
    if first.day() == 1 && last_of_month(first) == Some(last) {
        return Some(Whole::Month);
    }
    let is_year = first.year() == last.year()
        && first.ordinal() == 1
        && last.month() == time::Month::December
        && last.day() == 31;
    is_year.then(|| Whole::Year(first.year()))
}

/// A second since the epoch as RFC 3339 writes it, in UTC; the bare number where no calendar reaches.
#[must_use]
pub fn instant(second: i64) -> String {
    match time::OffsetDateTime::from_unix_timestamp(second) {
        Ok(at) => {
            let (date, (hour, minute, second)) = (at.date(), at.to_hms());
            format!("{date} {hour:02}:{minute:02}:{second:02} UTC")
        }
        Err(_) => second.to_string(),
    }
}

/// Numbers and dates as ISO standards write them, for the host.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plain;

impl Locale for Plain {
    fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped
    }

    fn compact(&self, number: u64) -> String {
        match number {
            0..10_000 => self.number(number),
            10_000..10_000_000 => format!("{}K", self.number(number / 1_000)),
            _ => format!("{}M", self.number(number / 1_000_000)),
        }
    }

    fn percent(&self, share: f64) -> String {
        format!("{:.1}%", share * 100.0)
    }

    fn day(&self, day: i32) -> String {
        crate::analysis::grammar::date(day).map_or_else(|| day.to_string(), |date| date.to_string())
    }

    fn day_short(&self, day: i32) -> String {
        self.day(day).split_once('-').map_or_else(String::new, |(_, rest)| rest.to_owned())
    }

    fn month(&self, day: i32) -> String {
        self.day(day).rsplit_once('-').map_or_else(String::new, |(month, _)| month.to_owned())
    }
}

/// A catalogue and a locale: turns keys and values into text.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    locale: Box<dyn Locale>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("locales", &self.bundle.locales).finish_non_exhaustive()
    }
}

/// A value inside a text.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A number: written the locale's way, and what plurals go by.
    Number(u64),
    /// A text, as it stands.
    Text(&'a str),
}

impl Words {
    /// English.
    #[must_use]
    pub fn english(locale: Box<dyn Locale>) -> Self {
        let mut bundle = FluentBundle::new(vec![LanguageIdentifier::default()]);
        // Isolation marks around values would end up in exports and copies; texts are set apart by elements instead.
        bundle.set_use_isolating(false);
        let mut words = Self { bundle, locale };
        words.add(EN);
        words
    }

    /// English, with the words of the screens behind the first figures and the glossary.
    #[must_use]
    pub fn english_screens(locale: Box<dyn Locale>) -> Self {
        let mut words = Self::english(locale);
        words.add(EN_SCREENS);
        words.add(EN_GLOSSARY);
        words.add(EN_CAUSES);
        words
    }

    fn add(&mut self, catalogue: &str) {
        let resource = FluentResource::try_new(catalogue.to_owned()).unwrap_or_else(|(resource, _)| resource);
        self.bundle.add_resource_overriding(resource);
    }

    /// How the locale writes numbers and dates.
    #[must_use]
    pub fn locale(&self) -> &dyn Locale {
        &*self.locale
    }

    /// The text of a key. A key without a text is shown as it is, which a test rules out.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The text of a key with values put in. For a number `n` the text uses `{ $n }`, and `{ $n-count }` selects its plural.
    #[must_use]
    pub fn say_with(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            match value {
                Value::Text(text) => args.set(*name, *text),
                Value::Number(number) => {
                    args.set(*name, self.locale.number(*number));
                    #[expect(clippy::cast_precision_loss, reason = "plural rules look at small numbers only")]
                    let plural = FluentNumber::from(*number as f64);
                    args.set(format!("{name}-count"), FluentValue::Number(plural));
                }
            }
        }
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
    }

    /// A part of a whole in per cent. What is not nothing is not said as 0 %, and what is not all not as 100 %; `None` of nothing.
    #[must_use]
    pub fn share(&self, part: u64, whole: u64) -> Option<String> {
        if whole == 0 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share shown with one decimal")]
        let share = part as f64 / whole as f64;
        let (key, share) = match share {
            share if part > 0 && share < 0.001 => ("share-under", 0.001),
            share if part < whole && share > 0.999 => ("share-over", 0.999),
            share => return Some(self.locale.percent(share)),
        };
        Some(self.say_with(key, &[("share", Value::Text(&self.locale.percent(share)))]))
    }

    /// Whether the catalogue has a text for a key.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_little_is_not_nothing_and_nearly_all_is_not_all() {
        let words = Words::english(Box::new(Plain));
        let said = |part, whole| words.share(part, whole).unwrap_or_default();
        assert_eq!(said(0, 1_000_000), "0.0%");
        assert_eq!(said(19, 129_885), "< 0.1%");
        assert_eq!(said(1, 2), "50.0%");
        assert_eq!(said(999_999, 1_000_000), "> 99.9%");
        assert_eq!(said(7, 7), "100.0%");
        assert_eq!(said(0, 0), "");
    }
}
