//! What the keys of a dimension are called, how that is ordered, and what is found by it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt::Write;

use super::filter::{Period, Term};
use super::key::{Check, Key, ReportKey, Signature};
use super::keys::Keys;
use super::pattern::{Needle, Parts};
use super::query::Dimension;
use super::results::entries;
use super::via::Via;
use super::zone::{civil, month};
use crate::dataset::{ABSENT, Code, Dataset, Source};
use crate::fold::fold;
use crate::report::keyword::{AuthResult, SpfScope};
use crate::report::verdict::{Outcome, Verdict};

type ReportParts<'a> = (Option<&'a str>, Option<&'a str>, Option<i64>, Option<i64>, Option<&'a str>, u32);

impl Keys {
    /// Compared in place: many groups tie, and a key of its own for each look would cost more than the whole pass.
    #[must_use]
    pub fn compare(&self, a: u32, b: u32, dataset: &Dataset) -> Ordering {
        if a == 0 || b == 0 {
            return (a == 0).cmp(&(b == 0));
        }
        match self.by {
            Dimension::Source => {
                let parts = |number: u32| match source(number, dataset) {
                    Some(Source::Address(address)) => (false, Some(address), None),
                    other => (true, None, self.source_text(other, dataset)),
                };
                parts(a).cmp(&parts(b))
            }
            Dimension::Report => report(a, dataset).cmp(&report(b, dataset)),
            Dimension::Outcome | Dimension::Verdict => a.cmp(&b),
            Dimension::Dkim | Dimension::Spf => self.compare_parts(a, b, dataset),
            Dimension::Day | Dimension::Month => self.period(a).cmp(&self.period(b)),
            _ => self.text(a, dataset).cmp(&self.text(b, dataset)),
        }
    }

    /// A key, whole.
    #[must_use]
    pub fn whole(&self, number: u32, dataset: &Dataset) -> Key {
        self.named(number, dataset).unwrap_or(Key::Absent)
    }

    fn named(&self, number: u32, dataset: &Dataset) -> Option<Key> {
        let place = number.checked_sub(1)?;
        let owned = |text: Option<&str>| text.map(ToOwned::to_owned);
        Some(match self.by {
            Dimension::Source => match source(number, dataset)? {
                Source::Address(address) => Key::Address(address),
                other => Key::Text(self.source_text(Some(other), dataset)?.to_owned()),
            },
            Dimension::Report => {
                let (reporter, domain, begin, end, report_id, report) = report(number, dataset)?;
                let (reporter, domain, report_id) = (owned(reporter), owned(domain), owned(report_id));
                Key::Report(Box::new(ReportKey { reporter, domain, begin, end, report_id, report }))
            }
            Dimension::Outcome => Key::Outcome(*Outcome::ALL.get(place as usize)?),
            Dimension::Verdict => Key::Verdict(*Verdict::ALL.get(place as usize)?),
            Dimension::Dkim => {
                let [domain, selector, result] = self.parts(number, dataset).map(|part| part.map(Cow::into_owned));
                Key::Dkim(Box::new(Signature { domain, selector, result }))
            }
            Dimension::Spf => {
                let [domain, scope, result] = self.parts(number, dataset).map(|part| part.map(Cow::into_owned));
                Key::Spf(Box::new(Check { domain, scope, result }))
            }
            Dimension::Day | Dimension::Month => Key::Days(self.period(number)?),
            _ => Key::Text(self.text(number, dataset)?.to_owned()),
        })
    }

    /// Whether a key's text contains what is looked for. `buffer` is for addresses to be written into.
    #[must_use]
    pub fn contains(&self, number: u32, needle: &Needle, buffer: &mut String, dataset: &Dataset) -> bool {
        let place = number.wrapping_sub(1) as usize;
        let holds = |text: Option<&str>| text.is_some_and(|text| needle.is_in_folded(text));
        if needle.is_empty() || number == 0 {
            return needle.is_empty();
        }
        match self.by {
            Dimension::Source => match source(number, dataset) {
                Some(Source::Address(address)) => {
                    buffer.clear();
                    // Writing into memory does not fail.
                    let _ = write!(buffer, "{address}");
                    holds(Some(buffer))
                }
                Some(Source::Unreadable(id)) => holds(self.texts.known(id).and_then(|text| self.texts.folded(text))),
                None => false,
            },
            Dimension::Report => report(number, dataset).is_some_and(|(reporter, domain, _, _, report_id, _)| {
                [reporter, domain, report_id].into_iter().flatten().any(|text| needle.is_in(text))
            }),
            Dimension::Outcome => holds(Outcome::ALL.get(place).map(|outcome| outcome.word())),
            Dimension::Verdict => holds(Verdict::ALL.get(place).map(|verdict| verdict.word())),
            Dimension::Dkim | Dimension::Spf => self.parts(number, dataset).iter().any(|part| holds(part.as_deref())),
            // As filters have them.
            Dimension::Day | Dimension::Month => {
                buffer.clear();
                let (year, month, day) = self.period(number).map_or((0, 0, 0), |period| civil(period.first));
                let _ = write!(buffer, "{year:04}-{month:02}");
                if self.by == Dimension::Day {
                    let _ = write!(buffer, "-{day:02}");
                }
                holds(Some(buffer))
            }
            _ => holds(self.texts.folded(number)),
        }
    }

    /// Whether a key meets what a folded term asks.
    #[must_use]
    pub fn is_met(&self, number: u32, term: &Term, dataset: &Dataset) -> bool {
        match term {
            Term::Text(_, patterns) => {
                let text = match source(number, dataset).filter(|_| self.by == Dimension::Source) {
                    Some(Source::Address(_)) => return false,
                    Some(Source::Unreadable(id)) => self.texts.known(id).and_then(|text| self.texts.folded(text)),
                    None => self.texts.folded(number),
                };
                patterns.iter().any(|pattern| pattern.takes(text))
            }
            Term::Signature(all) | Term::SpfCheck(all) => {
                let parts = self.parts(number, dataset);
                let [domain, third, result] = parts.each_ref().map(Option::as_deref);
                let takes = |parts: &Parts| match parts {
                    None => number == 0,
                    Some(parts) => {
                        number != 0
                            && parts
                                .iter()
                                .zip([result, domain, third])
                                .all(|(p, text)| p.is_anything() || p.takes(text))
                    }
                };
                all.iter().any(takes)
            }
            _ => false,
        }
    }

    /// A day or a month.
    fn period(&self, number: u32) -> Option<Period> {
        let first = *self.days.get(number.checked_sub(1)?)?;
        let last = if self.by == Dimension::Month { month(first).1 } else { first };
        Some(Period { first, last })
    }

    /// As [`parts`](Self::parts) compare, looking no further than needed: names are long, and most domains differ.
    fn compare_parts(&self, a: u32, b: u32, dataset: &Dataset) -> Ordering {
        let domain = |number: u32| {
            let entry = number.checked_sub(1).and_then(|id| entries(self.by, dataset).get(id));
            entry.map_or(ABSENT, |entry| entry.domain)
        };
        let (own, other) = (domain(a), domain(b));
        let text = |id: u32| dataset.tables.strings.get(id).map(fold);
        let by_domain = if own == other { Ordering::Equal } else { text(own).cmp(&text(other)) };
        by_domain.then_with(|| self.parts(a, dataset).cmp(&self.parts(b, dataset)))
    }

    /// Domain, selector or scope, and result, in small letters.
    fn parts<'a>(&self, number: u32, dataset: &'a Dataset) -> [Option<Cow<'a, str>>; 3] {
        let strings = &dataset.tables.strings;
        let entry = number.checked_sub(1).and_then(|id| entries(self.by, dataset).get(id));
        let Some(entry) = entry else { return [const { None }; 3] };
        let code = |code: Code, word: Option<&'static str>| code.other().and_then(|id| strings.get(id)).or(word);
        let third = match self.by {
            Dimension::Spf => code(entry.scope, entry.scope.word::<SpfScope>()),
            _ => strings.get(entry.selector),
        };
        let result = code(entry.result, entry.result.word::<AuthResult>());
        [strings.get(entry.domain), third, result].map(|part| part.map(fold))
    }

    /// A text as it is shown: those of raw results in small letters, as it is not known how all of them are spelt.
    fn text<'a>(&'a self, number: u32, dataset: &'a Dataset) -> Option<&'a str> {
        if self.via == Via::Auth {
            return self.texts.folded(number);
        }
        self.texts.shown(number, &dataset.tables.strings)
    }

    /// What stands in place of an address, as shown.
    fn source_text<'a>(&'a self, source: Option<Source>, dataset: &'a Dataset) -> Option<&'a str> {
        let Some(Source::Unreadable(id)) = source else { return None };
        self.texts.shown(self.texts.known(id)?, &dataset.tables.strings)
    }
}

fn source(number: u32, dataset: &Dataset) -> Option<Source> {
    dataset.tables.sources.get(number.checked_sub(1)?).copied()
}

/// As [`ReportKey`] has it, without a copy of the texts.
fn report(number: u32, dataset: &Dataset) -> Option<ReportParts<'_>> {
    let id = number.checked_sub(1)?;
    let report = dataset.reports.get(id as usize)?;
    let text = |id: u32| dataset.tables.strings.get(id);
    let domain = dataset.policies.get(report.policy).and_then(|policy| text(policy.domain));
    let meta = &report.meta;
    Some((text(meta.org_name), domain, meta.begin, meta.end, text(meta.report_id), id))
}
