use super::filter::{Clause, Pattern, Period, Term};
use super::zone::{Day, Zone};
use crate::dataset::{Block, Dataset, Dictionary, ReportRow, Source, Strings, TextId};
use crate::report::keyword::Disposition;
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
    tests: Vec<Test>,
    sources: Option<Vec<bool>>,
    identifiers: Option<Vec<bool>>,
    evaluations: Option<Vec<bool>>,
    outcomes: Option<[bool; Outcome::COUNT]>,
}

/// A clause about reports.
#[derive(Debug)]
struct Test {
    negated: bool,
    asks: Asks,
}

#[derive(Debug)]
enum Asks {
    /// For each policy whether it is asked for.
    Policies(Vec<bool>),
    Reporters(Matches),
    Days(Vec<Period>),
}

impl Compiled {
    /// For the reports that are there; nothing is worked out yet.
    #[must_use]
    pub fn of(dataset: &Dataset) -> Self {
        Self { takes: dataset.counts.clone(), ..Self::default() }
    }

    /// Works out a clause.
    pub fn clause(&mut self, clause: &Clause, dataset: &Dataset) {
        let tables = &dataset.tables;
        let mut test = |asks| self.tests.push(Test { negated: clause.negated, asks });
        match &clause.term {
            Term::Domain(patterns) => {
                let mut texts = Matches::of(patterns, &tables.strings);
                let policies = dataset.policies.items().iter();
                test(Asks::Policies(policies.map(|policy| texts.has(policy.domain, &tables.strings)).collect()));
            }
            Term::Reporter(patterns) => test(Asks::Reporters(Matches::of(patterns, &tables.strings))),
            Term::Period(periods) => test(Asks::Days(periods.clone())),
            Term::From(patterns) => {
                let mut texts = Matches::of(patterns, &tables.strings);
                let items = tables.identifiers.items().iter();
                let meets = items.map(|item| texts.has(item.header_from, &tables.strings));
                narrow(&mut self.identifiers, clause.negated, meets);
            }
            Term::Ip(networks) => {
                let meets = tables.sources.items().iter().map(|source| match source {
                    Source::Address(address) => networks.iter().any(|network| network.contains(*address)),
                    Source::Unreadable(_) => false,
                });
                narrow(&mut self.sources, clause.negated, meets);
            }
            Term::Disposition(words) => {
                let meets = tables.evaluations.items().iter().map(|evaluation| {
                    evaluation.disposition.known::<Disposition>().is_some_and(|word| words.contains(&word))
                });
                narrow(&mut self.evaluations, clause.negated, meets);
            }
            Term::Outcome(words) => self.narrow_outcomes(clause.negated, |outcome| words.contains(&outcome)),
            Term::Verdict(words) => self.narrow_outcomes(clause.negated, |outcome| words.contains(&outcome.verdict())),
        }
    }

    fn narrow_outcomes(&mut self, negated: bool, meets: impl Fn(Outcome) -> bool) {
        let outcomes = self.outcomes.get_or_insert([true; Outcome::COUNT]);
        for (slot, outcome) in outcomes.iter_mut().zip(Outcome::ALL) {
            *slot &= meets(outcome) != negated;
        }
    }

    /// Works out the next `count` reports; true while there are more.
    pub fn reports(&mut self, count: usize, zone: &Zone, dataset: &Dataset) -> bool {
        let from = self.day_of.len();
        let upto = self.takes.len().min(from.saturating_add(count));
        let reports = dataset.reports.iter_from(from).take(upto.saturating_sub(from));
        for (takes, report) in self.takes.iter_mut().skip(from).zip(reports) {
            let day = report.meta.midpoint().map_or(DATELESS, |at| zone.day(at));
            self.day_of.push(self.days.intern(day));
            *takes = *takes && self.tests.iter_mut().all(|test| test.meets(report, day, dataset) != test.negated);
        }
        upto < self.takes.len()
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
    pub fn select(&self, block: &Block, count: usize, selected: &mut Vec<u32>) {
        selected.clear();
        let reports = (0..).zip(&block.report_of).take(count);
        selected.extend(reports.filter(|(_, report)| self.takes_report(**report)).map(|(place, _)| place));
        keep(selected, self.sources.as_deref(), &block.rows.source);
        keep(selected, self.identifiers.as_deref(), &block.rows.identifiers);
        keep(selected, self.evaluations.as_deref(), &block.rows.evaluation);
        if let Some(outcomes) = &self.outcomes {
            let takes = |outcome: &Outcome| outcomes.get(*outcome as usize).copied().unwrap_or(false);
            selected.retain(|row| block.outcome.get(*row as usize).is_some_and(takes));
        }
    }
}

impl Test {
    fn meets(&mut self, report: &ReportRow, day: Day, dataset: &Dataset) -> bool {
        match &mut self.asks {
            Asks::Policies(policies) => policies.get(report.policy as usize).copied().unwrap_or(false),
            Asks::Reporters(texts) => texts.has(report.meta.org_name, &dataset.tables.strings),
            Asks::Days(periods) => day != DATELESS && periods.iter().any(|p| (p.first..=p.last).contains(&day)),
        }
    }
}

/// Which texts match. Each is looked at once and only if asked for: most texts are of other fields.
#[derive(Debug)]
struct Matches {
    patterns: Vec<Pattern>,
    known: Vec<Option<bool>>,
}

impl Matches {
    fn of(patterns: &[Pattern], strings: &Strings) -> Self {
        Self { patterns: patterns.to_vec(), known: vec![None; strings.len()] }
    }

    fn has(&mut self, id: TextId, strings: &Strings) -> bool {
        let (Some(known), Some(text)) = (self.known.get_mut(id as usize), strings.get(id)) else { return false };
        *known.get_or_insert_with(|| self.patterns.iter().any(|pattern| pattern.matches(text)))
    }
}

fn narrow(table: &mut Option<Vec<bool>>, negated: bool, meets: impl Iterator<Item = bool>) {
    match table {
        None => *table = Some(meets.map(|meets| meets != negated).collect()),
        Some(table) => {
            for (slot, meets) in table.iter_mut().zip(meets) {
                *slot &= meets != negated;
            }
        }
    }
}

fn keep(selected: &mut Vec<u32>, table: Option<&[bool]>, column: &[u32]) {
    if let Some(table) = table {
        let takes = |id: &u32| table.get(*id as usize).copied().unwrap_or(false);
        selected.retain(|row| column.get(*row as usize).is_some_and(takes));
    }
}
