use super::anywhere::Anywhere;
use super::filter::{Clause, Judge, Period, Term};
use super::keys::Keys;
use super::look::Look;
use super::run::STEP;
use super::via::Via;
use super::zone::{Day, Zone};
use crate::dataset::{Dataset, Dictionary, Source};
use crate::report::verdict::Outcome;

/// The day of a report without a readable period.
pub const DATELESS: Day = Day::MIN;

/// A filter worked out over the dictionaries: a row is decided by a look-up for each table that the filter asks about.
///
/// It is worked out in steps: first every clause ([`clause`](Self::clause)), then the reports ([`reports`](Self::reports)).
#[derive(Debug, Default)]
pub struct Compiled {
    /// For each report whether it counts and meets every clause about reports.
    takes: Vec<bool>,
    /// The days that reports fall on, [`DATELESS`] among them, in no order.
    days: Dictionary<Day>,
    /// The place of each report's day.
    day_of: Vec<u32>,
    /// The clauses about days: whether they are negated, and what they ask.
    periods: Vec<(bool, Vec<Period>)>,
    /// For each of [`TABLES`] which entries meet the clauses, where any asks about it.
    tables: [Option<Vec<bool>>; TABLES.len()],
    /// The clauses about any text at all.
    anywhere: Vec<Anywhere>,
    /// Whether verdicts are ours.
    is_ours: bool,
    /// How many entries there were at the start.
    lens: [usize; TABLES.len()],
    /// The clause in hand.
    work: Work,
    is_done: bool,
}

/// What clauses ask about, but for reports.
const TABLES: [Via; 6] = [Via::Source, Via::Identifiers, Via::Auth, Via::Evaluation, Via::Outcome, Via::Ours];

/// A clause being worked out.
#[derive(Debug, Default)]
struct Work {
    /// What it asks, folded.
    term: Option<Term>,
    /// For each key whether it is met.
    met: Vec<bool>,
    /// The keys of entries before this one are worked out.
    learned: usize,
    /// Entries before this one are done.
    done: usize,
}

impl Compiled {
    /// For what is there; nothing is worked out yet.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        let lens = TABLES.map(|via| via.entries(dataset));
        Self { takes: dataset.counts.clone(), lens, ..Self::default() }
    }

    /// Whether all is worked out.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.is_done
    }

    /// Whether verdicts are ours.
    #[must_use]
    pub const fn is_ours(&self) -> bool {
        self.is_ours
    }

    /// Works out some more of a clause; true while there is more of it.
    pub fn clause(&mut self, clause: &Clause, keys: &mut [Keys], dataset: &Dataset) -> bool {
        let negated = clause.negated;
        match &clause.term {
            Term::Period(periods) => {
                self.periods.push((negated, periods.clone()));
                return false;
            }
            Term::Ip(networks) => {
                let sources = dataset.tables.sources.items();
                let upto = self.lens.first().copied().unwrap_or_default();
                return self.entries(Via::Source, upto, negated, &|entry| match sources.get(entry as usize) {
                    Some(Source::Address(address)) => networks.iter().any(|network| network.contains(*address)),
                    _ => false,
                });
            }
            Term::Outcome(words) => return self.outcomes(negated, &|outcome| words.contains(&outcome)),
            Term::Verdict(words) => return self.outcomes(negated, &|outcome| words.contains(&outcome.verdict())),
            Term::Judge(judges) => {
                self.is_ours = judges.contains(&Judge::Ours) != negated;
                return false;
            }
            Term::Words(texts) => {
                if !self.anywhere.last().is_some_and(Anywhere::is_in_work) {
                    self.anywhere.push(Anywhere::of(texts, negated));
                }
                return self.anywhere.last_mut().is_some_and(|anywhere| anywhere.step(dataset));
            }
            Term::Text(..) | Term::Signature(_) | Term::SpfCheck(_) => {}
        }
        let Some(keys) = clause.term.dimension().and_then(|by| Keys::find_mut(keys, by)) else { return false };
        if self.work.learned < keys.entries() {
            let upto = keys.entries().min(self.work.learned.saturating_add(STEP));
            (self.work.learned..upto).for_each(|entry| keys.learn_entry(entry, dataset));
            self.work.learned = upto;
            return true;
        }
        let term = self.work.term.take().unwrap_or_else(|| clause.term.folded());
        let mut met = std::mem::take(&mut self.work.met);
        let has_more = if met.len() < keys.len() {
            let upto = keys.len().min(met.len().saturating_add(STEP));
            for number in met.len()..upto {
                met.push(keys.is_met(u32::try_from(number).unwrap_or(u32::MAX), &term, dataset));
            }
            true
        } else {
            let is_met = |number: &u32| met.get(*number as usize).copied().unwrap_or(false);
            self.entries(keys.via, keys.entries(), negated, &|entry| keys.of_entry(entry).iter().any(is_met))
        };
        if has_more {
            (self.work.term, self.work.met) = (Some(term), met);
        } else {
            self.work = Work::default();
        }
        has_more
    }

    fn outcomes(&mut self, negated: bool, meets: &dyn Fn(Outcome) -> bool) -> bool {
        let outcome = |entry: u32| Outcome::ALL.get(entry as usize).copied();
        self.entries(Via::Outcome, Outcome::COUNT, negated, &|entry| outcome(entry).is_some_and(meets))
    }

    /// Asks the next entries of a table; true while there are more.
    fn entries(&mut self, via: Via, upto: usize, negated: bool, meets: &dyn Fn(u32) -> bool) -> bool {
        let from = self.work.done;
        let end = upto.min(from.saturating_add(STEP));
        let table = match TABLES.iter().position(|known| *known == via) {
            Some(place) => {
                let len = self.lens.get(place).copied().unwrap_or_default();
                self.tables.get_mut(place).map(|table| table.get_or_insert_with(|| vec![true; len]))
            }
            None => Some(&mut self.takes),
        };
        let entries = table.and_then(|table| table.get_mut(from..end)).unwrap_or_default();
        for (slot, entry) in entries.iter_mut().zip(u32::try_from(from).unwrap_or(u32::MAX)..) {
            *slot = *slot && meets(entry) != negated;
        }
        self.work.done = if end < upto { end } else { 0 };
        end < upto
    }

    /// Works out the next `count` reports; true while there are more.
    pub fn reports(&mut self, count: usize, zone: &Zone, dataset: &Dataset) -> bool {
        let from = self.day_of.len();
        let upto = self.takes.len().min(from.saturating_add(count));
        let reports = dataset.reports.iter_from(from).take(upto.saturating_sub(from));
        for (takes, report) in self.takes.iter_mut().skip(from).zip(reports) {
            let day = report.meta.midpoint().map_or(DATELESS, |at| zone.day(at));
            self.day_of.push(self.days.intern(day));
            let falls = |periods: &[Period]| {
                day != DATELESS && periods.iter().any(|period| (period.first..=period.last).contains(&day))
            };
            *takes = *takes && self.periods.iter().all(|(negated, periods)| falls(periods) != *negated);
        }
        self.is_done = upto >= self.takes.len();
        !self.is_done
    }

    /// How many reports there were at the start.
    #[must_use]
    pub fn reports_len(&self) -> usize {
        self.takes.len()
    }

    /// Whether a report meets the clauses about reports.
    #[must_use]
    pub fn takes_report(&self, report: u32) -> bool {
        self.takes.get(report as usize).copied().unwrap_or(false)
    }

    /// The days that reports fall on, [`DATELESS`] among them, in no order.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        self.days.items()
    }

    /// The place of a report's day in [`days`](Self::days).
    #[must_use]
    pub fn day_place(&self, report: u32) -> usize {
        self.day_of.get(report as usize).map_or(usize::MAX, |place| *place as usize)
    }

    /// The day of a report.
    #[must_use]
    pub fn day(&self, report: u32) -> Day {
        self.days().get(self.day_place(report)).copied().unwrap_or(DATELESS)
    }

    /// Puts the places of a block's first `count` rows that meet the filter into `selected`.
    pub fn select(&self, block: &Look<'_>, count: usize, selected: &mut Vec<u32>) {
        selected.clear();
        let reports = (0..).zip(block.report_of).take(count);
        selected.extend(reports.filter(|(_, report)| self.takes_report(**report)).map(|(place, _)| place));
        for (via, table) in TABLES.into_iter().zip(&self.tables) {
            if let Some(table) = table {
                let takes = |entry: u32| table.get(entry as usize).copied().unwrap_or(false);
                selected.retain(|row| via.entry(*row as usize, block).is_some_and(takes));
            }
        }
        for anywhere in &self.anywhere {
            selected.retain(|row| anywhere.takes(*row as usize, block));
        }
    }
}
