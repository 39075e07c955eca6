use super::look::Look;
use super::policies::published;
use super::query::Dimension;
use super::results::Results;
use super::run::STEP;
use super::texts::Texts;
use super::via::Via;
use super::zone::{Day, Zone, month};
use crate::dataset::{ABSENT, Code, Dataset, Dictionary, ReportRow, Source};
use crate::domains::Part;
use crate::fold::fold;
use crate::report::keyword::{Disposition, Evaluation, ReasonType, RequestedPolicy};
use crate::report::ours::Ours;
use crate::report::verdict::{Outcome, Verdict};

/// The keys of a dimension by number, nought being "not stated", and which of them each entry has: worked out once over the
/// entries, so that rows cost look-ups only. It is for the entries that are there at the start.
///
/// There may be nearly as many combinations of raw results as rows. Those are worked out when they are first
/// [needed](Self::learn), all others at the start.
#[derive(Debug)]
pub struct Keys {
    pub(super) by: Dimension,
    pub(super) via: Via,
    entries: usize,
    /// For each entry, as far as worked out, its number, or the place of its list in `lists`; [`UNKNOWN`] where it is not.
    numbers: Vec<u32>,
    /// How many of those that are worked out when they are needed are not.
    left: usize,
    /// The numbers of entries that may have several: how many, and those.
    lists: Vec<u32>,
    /// For each number one more than the last entry that was given it.
    given: Vec<u32>,
    pub(super) texts: Texts,
    pub(super) results: Results,
    /// For each unreadable source's text the number of its first source; for each published policy its number, and one more.
    firsts: Vec<u32>,
    /// Whose days.
    zone: Zone,
    /// The first day of each day or month.
    pub(super) days: Dictionary<Day>,
}

const UNKNOWN: u32 = u32::MAX;

/// Whether keys are texts, or may be.
const fn has_texts(by: Dimension) -> bool {
    let is_whole = matches!(by, Dimension::Dkim | Dimension::Spf);
    let is_of_days = matches!(by, Dimension::Day | Dimension::Month);
    !is_whole && !is_of_days && !matches!(by, Dimension::Report | Dimension::Outcome | Dimension::Verdict)
}

impl Keys {
    /// Nothing is worked out yet.
    #[must_use]
    pub fn of(by: Dimension, zone: &Zone, dataset: &Dataset) -> Self {
        let via = by.via();
        let is_of_days = matches!(by, Dimension::Day | Dimension::Month);
        let is_late = via == Via::Auth;
        let entries = via.entries(dataset);
        Self {
            by,
            via,
            entries,
            numbers: vec![UNKNOWN; if is_late { entries } else { 0 }],
            left: if is_late { entries } else { 0 },
            lists: Vec::new(),
            given: Vec::new(),
            texts: if has_texts(by) { Texts::of(&dataset.tables.strings) } else { Texts::default() },
            results: Results::of(by, dataset),
            firsts: Vec::new(),
            zone: if is_of_days { zone.clone() } else { Zone::UTC },
            days: Dictionary::default(),
        }
    }

    /// Whether they are those of a dimension, with days of a zone.
    #[must_use]
    pub fn is_for(&self, by: Dimension, zone: &Zone) -> bool {
        self.by == by && (!matches!(by, Dimension::Day | Dimension::Month) || self.zone == *zone)
    }

    /// Whether anything is worked out that others may have worked out already.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.via != Via::Auth && !self.numbers.is_empty()
    }

    /// Takes in the entries that have come since. The numbers of those that were there stay.
    pub fn extend(&mut self, dataset: &Dataset) {
        self.entries = self.via.entries(dataset);
        if self.via == Via::Auth {
            self.left = self.left.saturating_add(self.entries.saturating_sub(self.numbers.len()));
            self.numbers.resize(self.entries, UNKNOWN);
        }
        if has_texts(self.by) {
            self.texts.extend(&dataset.tables.strings);
        }
        self.results.extend(dataset);
    }

    /// The one for a dimension.
    #[must_use]
    pub fn find(all: &[Self], by: Dimension) -> Option<&Self> {
        all.iter().find(|keys| keys.by == by)
    }

    /// The one for a dimension, to learn.
    pub fn find_mut(all: &mut [Self], by: Dimension) -> Option<&mut Self> {
        all.iter_mut().find(|keys| keys.by == by)
    }

    /// How many numbers there are by now.
    #[must_use]
    pub fn len(&self) -> usize {
        let keys = match self.by {
            Dimension::Source | Dimension::Report => self.entries,
            Dimension::Outcome => Outcome::COUNT,
            Dimension::Verdict => Verdict::ALL.len(),
            Dimension::Dkim | Dimension::Spf => self.results.len(),
            Dimension::Day | Dimension::Month => self.days.len(),
            _ => return self.texts.len(),
        };
        keys.saturating_add(1)
    }

    /// How many entries there are.
    #[must_use]
    pub const fn entries(&self) -> usize {
        self.entries
    }

    /// Whether entries have lists.
    const fn has_lists(&self) -> bool {
        matches!(self.via, Via::Auth) || matches!(self.by, Dimension::Reason | Dimension::Label)
    }

    /// The numbers of an entry's keys, once it is worked out.
    #[inline]
    #[must_use]
    pub fn of_entry(&self, entry: u32) -> &[u32] {
        let entry = entry as usize;
        if !self.has_lists() {
            return self.numbers.get(entry..=entry).unwrap_or_default();
        }
        let Some(list) = self.numbers.get(entry).and_then(|place| self.lists.get(*place as usize..)) else {
            return &[];
        };
        list.split_first().and_then(|(len, rest)| rest.get(..*len as usize)).unwrap_or_default()
    }

    /// The number of each entry's key, where each has exactly one.
    #[inline]
    #[must_use]
    pub fn singles(&self) -> Option<&[u32]> {
        if self.has_lists() { None } else { Some(&self.numbers) }
    }

    /// The numbers of a row's keys.
    #[inline]
    #[must_use]
    pub fn of_row(&self, row: usize, block: &Look<'_>) -> &[u32] {
        self.via.entry(row, block).map_or(&[], |entry| self.of_entry(entry))
    }

    /// Works out some more of what is worked out at the start; true while there are more.
    pub fn prepare(&mut self, dataset: &Dataset) -> bool {
        let from = self.numbers.len();
        let upto = self.entries.min(from.saturating_add(STEP));
        for entry in from..upto {
            let number = self.entry(entry, dataset);
            self.numbers.push(number);
        }
        upto < self.entries
    }

    /// Works out what these rows need.
    pub fn learn(&mut self, rows: &[u32], block: &Look<'_>, dataset: &Dataset) {
        if self.left > 0 {
            for entry in rows.iter().filter_map(|row| block.rows.auth.get(*row as usize)) {
                self.learn_entry(*entry as usize, dataset);
            }
        }
    }

    /// Works out an entry.
    pub fn learn_entry(&mut self, entry: usize, dataset: &Dataset) {
        if self.left > 0 && self.numbers.get(entry) == Some(&UNKNOWN) {
            self.left = self.left.saturating_sub(1);
            let number = self.entry(entry, dataset);
            if let Some(known) = self.numbers.get_mut(entry) {
                *known = number;
            }
        }
    }

    /// The number of a keyword.
    fn code(&mut self, code: Code, word: fn(Code) -> Option<&'static str>, dataset: &Dataset) -> u32 {
        self.texts.code(code, word, &dataset.tables.strings)
    }

    /// An entry's number, or the place of its list.
    fn entry(&mut self, entry: usize, dataset: &Dataset) -> u32 {
        if !self.has_lists() {
            return self.one(entry, dataset).unwrap_or_default();
        }
        let place = self.lists.len();
        self.lists.push(0);
        if self.by == Dimension::Reason {
            let evaluation = dataset.tables.evaluations.items().get(entry);
            for reason in evaluation.map_or(&[][..], |evaluation| &evaluation.reasons) {
                let number = self.code(reason.kind, Code::word::<ReasonType>, dataset);
                self.give(entry, number);
            }
        } else if self.by == Dimension::Label {
            let policy = dataset.reports.get(entry).and_then(|report| dataset.policies.get(report.policy));
            for label in dataset.labels(policy.map_or(ABSENT, |policy| policy.domain)) {
                let number = self.texts.number(label, &dataset.tables.strings);
                self.give(entry, number);
            }
        } else {
            let auth = dataset.tables.auths.items().get(entry);
            let ids = auth.map_or(&[][..], |auth| if self.by.is_of_dkim() { &auth.dkim } else { &auth.spf });
            for id in ids {
                let number = self.results.number(*id, &mut self.texts, dataset);
                self.give(entry, number);
            }
        }
        let mut len = self.lists.len().saturating_sub(place.saturating_add(1));
        if len == 0 {
            self.lists.push(0);
            len = 1;
        }
        if let Some(slot) = self.lists.get_mut(place) {
            *slot = u32::try_from(len).unwrap_or(u32::MAX);
        }
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Gives an entry a number that it does not have yet.
    fn give(&mut self, entry: usize, number: u32) {
        let (place, own) = (number as usize, u32::try_from(entry).unwrap_or(u32::MAX).saturating_add(1));
        if number == 0 {
            return;
        }
        if place >= self.given.len() {
            self.given.resize(self.len().max(place.saturating_add(1)), 0);
        }
        if let Some(last) = self.given.get_mut(place)
            && *last != own
        {
            *last = own;
            self.lists.push(number);
        }
    }

    /// The number of an entry that has exactly one.
    fn one(&mut self, entry: usize, dataset: &Dataset) -> Option<u32> {
        let tables = &dataset.tables;
        let strings = &tables.strings;
        let own = u32::try_from(entry).unwrap_or(u32::MAX).saturating_add(1);
        let report = || dataset.reports.get(entry);
        let policy = |report: &ReportRow| dataset.policies.get(report.policy);
        let identifiers = || tables.identifiers.items().get(entry);
        let evaluation = || tables.evaluations.items().get(entry);
        Some(match self.by {
            Dimension::Source => match tables.sources.items().get(entry)? {
                Source::Address(_) => own,
                Source::Unreadable(id) => {
                    let text = self.texts.number(*id, strings) as usize;
                    if text >= self.firsts.len() {
                        self.firsts.resize(text.saturating_add(1), 0);
                    }
                    let first = self.firsts.get_mut(text).filter(|_| text > 0)?;
                    if *first == 0 {
                        *first = own;
                    }
                    *first
                }
            },
            Dimension::Sender => return Some(self.sender(u32::try_from(entry).ok()?, dataset)),
            Dimension::HeaderFrom => self.texts.number(identifiers()?.header_from, strings),
            Dimension::EnvelopeFrom => self.texts.number(identifiers()?.envelope_from, strings),
            Dimension::EnvelopeTo => self.texts.number(identifiers()?.envelope_to, strings),
            Dimension::Reporter => self.texts.number(report()?.meta.org_name, strings),
            Dimension::ReportId => self.texts.number(report()?.meta.report_id, strings),
            Dimension::File => self.texts.number(report()?.file, strings),
            Dimension::Domain => self.texts.number(policy(report()?)?.domain, strings),
            Dimension::Policy => self.code(policy(report()?)?.p, Code::word::<RequestedPolicy>, dataset),
            Dimension::Disposition => self.code(evaluation()?.disposition, Code::word::<Disposition>, dataset),
            Dimension::DkimAligned => self.code(evaluation()?.dkim, Code::word::<Evaluation>, dataset),
            Dimension::SpfAligned => self.code(evaluation()?.spf, Code::word::<Evaluation>, dataset),
            Dimension::Verdict => {
                let verdict = Outcome::ALL.get(entry)?.verdict();
                let place = Verdict::ALL.iter().position(|known| *known == verdict)?;
                u32::try_from(place).ok()?.saturating_add(1)
            }
            Dimension::OurVerdict => {
                let ours = Ours::of_number(u32::try_from(entry).ok()?)?;
                self.texts.word(ours.verdict().word(), strings)
            }
            Dimension::Difference => {
                let ours = Ours::of_number(u32::try_from(entry).ok()?)?;
                self.texts.word(ours.difference().word(), strings)
            }
            Dimension::Published => self.published(report()?.policy, dataset),
            Dimension::Day | Dimension::Month => {
                let at = self.zone.day(report()?.meta.midpoint()?);
                let first = if self.by == Dimension::Day { at } else { month(at).0 };
                self.days.intern(first).saturating_add(1)
            }
            by => match by.fact() {
                Some(fact) => self.texts.number(dataset.fact(entry, fact), strings),
                // Reports and outcomes are their own keys.
                None => own,
            },
        })
    }
}

impl Keys {
    /// The number of who sends from a source.
    fn sender(&mut self, source: u32, dataset: &Dataset) -> u32 {
        let strings = &dataset.tables.strings;
        if let Some(name) = dataset.marked(source) {
            return self.texts.number(name, strings);
        }
        let Some(proof) = dataset.proof(source) else { return 0 };
        if let Some(name) = dataset.service(proof) {
            return self.texts.number(name, strings);
        }
        let domain = dataset.domain(proof.domain);
        match (domain, strings.get(proof.selector)) {
            (Some(domain), Some(selector)) if proof.is_own => {
                self.texts.word(&fold(&format!("{}/{selector}", domain.name())), strings)
            }
            (Some(domain), _) if proof.is_own => self.texts.word(domain.name(), strings),
            (Some(domain), _) => self.texts.word(domain.organization(Part::Whole), strings),
            (None, _) => 0,
        }
    }

    /// The number of a published policy. Many reports name the same.
    fn published(&mut self, policy: u32, dataset: &Dataset) -> u32 {
        let place = policy as usize;
        if place >= self.firsts.len() {
            self.firsts.resize(dataset.policies.len(), 0);
        }
        if let Some(known) = self.firsts.get(place).and_then(|known| known.checked_sub(1)) {
            return known;
        }
        let strings = &dataset.tables.strings;
        let text = dataset.policies.get(policy).and_then(|policy| published(policy, strings));
        let number = text.map_or(0, |text| self.texts.word(&fold(&text), strings));
        if let Some(slot) = self.firsts.get_mut(place) {
            *slot = number.saturating_add(1);
        }
        number
    }
}
