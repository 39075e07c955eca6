//! A text looked for in everything that a record and its report say.

use std::fmt::Write;

use super::look::Look;
use super::pattern::Needle;
use super::run::STEP;
use super::via::Via;
use crate::dataset::{Auth, Code, Dataset, Source, TextId};
use crate::report::keyword::{AuthResult, Disposition, Evaluation, ReasonType, RequestedPolicy, SpfScope};

/// What leads from a row to texts.
const PLACES: [Via; 6] = [Via::Source, Via::Identifiers, Via::Auth, Via::Evaluation, Via::Extra, Via::Report];

/// Which entries have a text that contains one of some others; worked out in steps, first over the texts, then over the entries.
#[derive(Debug)]
pub struct Anywhere {
    needles: Vec<Needle>,
    negated: bool,
    /// For each text of the dataset whether it contains one.
    texts: Vec<bool>,
    /// For each of [`PLACES`] which entries do.
    met: [Vec<bool>; PLACES.len()],
    is_done: bool,
    buffer: String,
}

impl Anywhere {
    /// For any of these texts; with `negated` for none of them.
    #[must_use]
    pub fn of(texts: &[String], negated: bool) -> Self {
        let needles = texts.iter().map(|text| Needle::of(text)).collect();
        Self { needles, negated, texts: Vec::new(), met: Default::default(), is_done: false, buffer: String::new() }
    }

    /// Whether there is more to work out.
    #[must_use]
    pub const fn is_in_work(&self) -> bool {
        !self.is_done
    }

    /// Works out some more; true while there is more.
    pub fn step(&mut self, dataset: &Dataset) -> bool {
        let strings = &dataset.tables.strings;
        let from = self.texts.len();
        if from < strings.len() {
            let upto = strings.len().min(from.saturating_add(STEP));
            self.texts.resize(upto, false);
            for needle in &self.needles {
                let (text, ends) = strings.stretch(from, STEP);
                let mut found = self.texts.iter_mut().skip(from);
                needle.is_in_each(text, ends, &mut |is_in| found.next().into_iter().for_each(|slot| *slot |= is_in));
            }
            return true;
        }
        for (place, via) in PLACES.into_iter().enumerate() {
            let mut met = self.met.get_mut(place).map(std::mem::take).unwrap_or_default();
            let (from, upto) = (met.len(), via.entries(dataset));
            for entry in (from..upto).take(STEP) {
                met.push(self.is_met(via, entry, dataset).unwrap_or(false));
            }
            if let Some(slot) = self.met.get_mut(place) {
                *slot = met;
            }
            if from < upto {
                return true;
            }
        }
        self.is_done = true;
        false
    }

    /// Whether a row meets the clause.
    #[must_use]
    pub fn takes(&self, row: usize, block: &Look<'_>) -> bool {
        let is_met = PLACES.into_iter().zip(&self.met).any(|(via, met)| {
            let entry = via.entry(row, block).and_then(|entry| met.get(entry as usize));
            entry.copied().unwrap_or(false)
        });
        is_met != self.negated
    }

    fn is_met(&mut self, via: Via, entry: usize, dataset: &Dataset) -> Option<bool> {
        let tables = &dataset.tables;
        Some(match via {
            Via::Source => match tables.sources.items().get(entry)? {
                Source::Address(_) if !self.needles.iter().any(Needle::may_be_in_address) => false,
                Source::Address(address) => {
                    self.buffer.clear();
                    // Writing into memory does not fail.
                    let _ = write!(self.buffer, "{address}");
                    self.word(Some(&self.buffer))
                }
                Source::Unreadable(id) => self.text(*id),
            },
            Via::Identifiers => {
                let own = tables.identifiers.items().get(entry)?;
                [own.header_from, own.envelope_from, own.envelope_to].into_iter().any(|id| self.text(id))
            }
            Via::Auth => self.auth(tables.auths.items().get(entry)?, dataset),
            Via::Evaluation => {
                let own = tables.evaluations.items().get(entry)?;
                self.code(own.disposition, Code::word::<Disposition>)
                    || [own.dkim, own.spf].into_iter().any(|code| self.code(code, Code::word::<Evaluation>))
                    || own
                        .reasons
                        .iter()
                        .any(|reason| self.code(reason.kind, Code::word::<ReasonType>) || self.text(reason.comment))
            }
            Via::Extra => self.text(tables.extras.items().get(entry)?.source_text),
            Via::Report => {
                let report = dataset.reports.get(entry)?;
                let (meta, policy) = (&report.meta, dataset.policies.get(report.policy)?);
                let texts = [
                    meta.org_name,
                    meta.email,
                    meta.contact.0,
                    meta.report_id,
                    meta.generator,
                    report.file,
                    policy.domain,
                ];
                texts.into_iter().chain(meta.errors.iter().map(|error| error.0)).any(|id| self.text(id))
                    || [policy.p, policy.sp, policy.np]
                        .into_iter()
                        .any(|code| self.code(code, Code::word::<RequestedPolicy>))
            }
            // Nothing that the report says.
            Via::Outcome | Via::Ours => false,
        })
    }

    fn auth(&self, auth: &Auth, dataset: &Dataset) -> bool {
        let (dkim, spf) = (&dataset.tables.dkim, &dataset.tables.spf);
        let all = auth.dkim.iter().filter_map(|id| dkim.get(*id)).chain(auth.spf.iter().filter_map(|id| spf.get(*id)));
        all.into_iter().any(|result| {
            [result.domain, result.selector, result.human_result].into_iter().any(|id| self.text(id))
                || self.code(result.scope, Code::word::<SpfScope>)
                || self.code(result.result, Code::word::<AuthResult>)
        })
    }

    fn text(&self, id: TextId) -> bool {
        self.texts.get(id as usize).copied().unwrap_or(false)
    }

    fn word(&self, word: Option<&str>) -> bool {
        word.is_some_and(|word| self.needles.iter().any(|needle| needle.is_in(word)))
    }

    /// A keyword: a word of the standard, or a text.
    fn code(&self, code: Code, word: fn(Code) -> Option<&'static str>) -> bool {
        code.other().map_or_else(|| self.word(word(code)), |id| self.text(id))
    }
}
