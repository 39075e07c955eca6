use super::filter::{Clause, Filter, Pattern, Term};
use super::zone::{Day, Zone};
use crate::dataset::{Dataset, Source, Strings, TextId};
use crate::report::keyword::Disposition;
use crate::report::verdict::Outcome;

/// The day of a report without a readable period.
pub const DATELESS: Day = Day::MIN;

/// A filter worked out over the dictionaries: a row is decided by a look-up for each table that the filter asks about.
#[derive(Debug)]
pub struct Compiled {
    /// For each report whether it counts and meets every clause about reports.
    reports: Vec<bool>,
    /// For each report its day, or [`DATELESS`].
    pub days: Vec<Day>,
    sources: Option<Vec<bool>>,
    identifiers: Option<Vec<bool>>,
    evaluations: Option<Vec<bool>>,
    outcomes: Option<[bool; Outcome::COUNT]>,
}

impl Compiled {
    /// Works a filter out over the dataset as it is now. Rows that come later are not covered.
    #[must_use]
    pub fn of(filter: &Filter, zone: &Zone, dataset: &Dataset) -> Self {
        let days: Vec<Day> =
            dataset.reports.iter().map(|report| report.meta.midpoint().map_or(DATELESS, |at| zone.day(at))).collect();
        let mut compiled = Self {
            reports: dataset.reports.iter().map(|report| report.counts).collect(),
            days,
            sources: None,
            identifiers: None,
            evaluations: None,
            outcomes: None,
        };
        for clause in &filter.clauses {
            compiled.narrow(clause, dataset);
        }
        compiled
    }

    fn narrow(&mut self, clause: &Clause, dataset: &Dataset) {
        let tables = &dataset.tables;
        match &clause.term {
            Term::Domain(patterns) => {
                let mut texts = Matches::of(patterns, &tables.strings);
                let policies: Vec<bool> =
                    dataset.policies.items().iter().map(|policy| texts.has(policy.domain)).collect();
                let meets = |policy: u32| policies.get(policy as usize).copied().unwrap_or(false);
                self.narrow_reports(clause.negated, dataset.reports.iter().map(|r| meets(r.policy)));
            }
            Term::Reporter(patterns) => {
                let mut texts = Matches::of(patterns, &tables.strings);
                self.narrow_reports(clause.negated, dataset.reports.iter().map(|r| texts.has(r.meta.org_name)));
            }
            Term::Period(periods) => {
                let days = std::mem::take(&mut self.days);
                let meets = |day: &Day| periods.iter().any(|p| *day != DATELESS && (p.first..=p.last).contains(day));
                self.narrow_reports(clause.negated, days.iter().map(meets));
                self.days = days;
            }
            Term::From(patterns) => {
                let mut texts = Matches::of(patterns, &tables.strings);
                let meets = tables.identifiers.items().iter().map(|item| texts.has(item.header_from));
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

    fn narrow_reports(&mut self, negated: bool, meets: impl Iterator<Item = bool>) {
        for (report, meets) in self.reports.iter_mut().zip(meets) {
            *report &= meets != negated;
        }
    }

    fn narrow_outcomes(&mut self, negated: bool, meets: impl Fn(Outcome) -> bool) {
        let outcomes = self.outcomes.get_or_insert([true; Outcome::COUNT]);
        for (slot, outcome) in outcomes.iter_mut().zip(Outcome::ALL) {
            *slot &= meets(outcome) != negated;
        }
    }

    /// Whether a report meets the clauses about reports.
    #[must_use]
    pub fn takes_report(&self, report: u32) -> bool {
        self.reports.get(report as usize).copied().unwrap_or(false)
    }

    /// The day of a report.
    #[must_use]
    pub fn day(&self, report: u32) -> Day {
        self.days.get(report as usize).copied().unwrap_or(DATELESS)
    }

    /// Puts the numbers of the rows of a range that meet the filter into `selected`.
    pub fn select(&self, dataset: &Dataset, rows: std::ops::Range<usize>, selected: &mut Vec<u32>) {
        selected.clear();
        let start = rows.start;
        let reports = dataset.report_of.get(rows.clone()).unwrap_or_default();
        let number = |place: usize| u32::try_from(start + place).unwrap_or(u32::MAX);
        selected.extend(
            reports
                .iter()
                .enumerate()
                .filter(|(_, report)| self.takes_report(**report))
                .map(|(place, _)| number(place)),
        );
        keep(selected, self.sources.as_deref(), &dataset.rows.source);
        keep(selected, self.identifiers.as_deref(), &dataset.rows.identifiers);
        keep(selected, self.evaluations.as_deref(), &dataset.rows.evaluation);
        if let Some(outcomes) = &self.outcomes {
            let takes = |outcome: &Outcome| outcomes.get(*outcome as usize).copied().unwrap_or(false);
            selected.retain(|row| dataset.outcome.get(*row as usize).is_some_and(takes));
        }
    }
}

/// Which texts match. Each is looked at once and only if asked for: most texts are of other fields.
struct Matches<'a> {
    patterns: &'a [Pattern],
    strings: &'a Strings,
    known: Vec<Option<bool>>,
}

impl<'a> Matches<'a> {
    fn of(patterns: &'a [Pattern], strings: &'a Strings) -> Self {
        Self { patterns, strings, known: vec![None; strings.len()] }
    }

    fn has(&mut self, id: TextId) -> bool {
        let (Some(known), Some(text)) = (self.known.get_mut(id as usize), self.strings.get(id)) else { return false };
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
