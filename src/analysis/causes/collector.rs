use super::context::{Context, Seeing};
use super::findings::{Findings, Gathering};
use super::rules::{RULES, Row};
use super::signs::Signs;
use super::telling::{address, evidence, signs, signs_at, step};
use super::traits::Traits;
use super::{Cause, Causes, Confidence, Likely};
use crate::analysis::compile::Compiled;
use crate::analysis::keys::Keys;
use crate::analysis::order::Sorter;
use crate::analysis::query::Dimension;
use crate::analysis::run::STEP;
use crate::dataset::{ABSENT, Block, Dataset, Dictionary, TextId};
use crate::report::Figures;
use crate::report::verdict::Verdict;
use crate::sort::Item;

/// Gathers what is likely of each source.
#[derive(Debug)]
pub struct ByCause {
    skip: usize,
    /// What all rows tell, whichever are asked about.
    context: Context,
    /// By the number of the source's key the figures of the rows that are asked about.
    figures: Vec<Figures>,
    silent_sources: usize,
    /// By text, as far as worked out.
    traits: Vec<Traits>,
    found: Dictionary<Found>,
    weights: Vec<Weight>,
    /// For each source the rule that explains most.
    chosen: Vec<Option<Chosen>>,
    /// How many of `found` were looked at, and of `chosen` given to the sorter.
    looked: usize,
    sorted: usize,
    sorter: Sorter,
    sums: [(u64, u64); Cause::ALL.len()],
    total: u64,
    /// What sources have in common, where that is what is asked for, and how many of `found` were looked at for it.
    findings: Option<Gathering>,
    told: usize,
}

/// A source and a rule that explains rows of it; where it is asked what sources have in common, apart for each From domain.
pub(super) type Found = (u32, u32, TextId);

/// Fewer messages fail than one in so many: hardly any.
const HARDLY: u64 = 50;

/// Rows of a source that a rule explains.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    pub messages: u64,
    records: u64,
    /// The row of most messages, and how many those are.
    pub row: u32,
    most: u64,
    /// Whether any of them has a result that is a pass, or may have.
    pub has_pass: bool,
    /// Whether the reporter tells the verdict of some of them, and of some it does not.
    pub is_stated: bool,
    pub is_unstated: bool,
}

#[derive(Clone, Copy, Debug)]
struct Chosen {
    rule: u32,
    weight: Weight,
}

impl ByCause {
    /// For some of the sources, those with the most failing messages first.
    #[must_use]
    pub fn of(skip: u32, take: u32) -> Self {
        Self {
            skip: skip as usize,
            context: Context::default(),
            figures: Vec::new(),
            silent_sources: 0,
            traits: Vec::new(),
            found: Dictionary::default(),
            weights: Vec::new(),
            chosen: Vec::new(),
            looked: 0,
            sorted: 0,
            sorter: Sorter::of((skip as usize).saturating_add(take as usize)),
            sums: [(0, 0); Cause::ALL.len()],
            total: 0,
            findings: None,
            told: 0,
        }
    }

    /// For what sources have in common, the most urgent first.
    #[must_use]
    pub fn findings(take: u32) -> Self {
        Self { findings: Some(Gathering::of(take)), ..Self::of(0, 0) }
    }

    /// Takes in rows of a block that are asked about.
    pub fn rows(&mut self, rows: &[u32], block: &Block, keys: &[Keys]) {
        let Some(keys) = Keys::find(keys, Dimension::Source) else { return };
        self.figures.resize(keys.len(), Figures::default());
        for row in rows {
            let Some((count, source, _)) = at(*row, block, keys) else { continue };
            let figures = self.figures.get_mut(source as usize).zip(block.outcome.get(*row as usize));
            figures.into_iter().for_each(|(figures, outcome)| figures.add(count, *outcome));
        }
    }

    /// Takes in rows of a block, asked about or not: what is known of their sources, keys and networks.
    pub fn all(&mut self, rows: &[u32], block: &Block, compiled: &Compiled, keys: &[Keys], dataset: &Dataset) {
        let Some(keys) = Keys::find(keys, Dimension::Source) else { return };
        for row in rows {
            let Some((count, source, report)) = at(*row, block, keys) else { continue };
            let Some(outcome) = block.outcome.get(*row as usize) else { continue };
            let signs = signs(*row, block, dataset);
            self.context.see(&Seeing {
                signs: signs.as_ref(),
                outcome: *outcome,
                source,
                address: address(source, dataset),
                reporter: dataset.reports.get(report as usize).map_or(ABSENT, |report| report.meta.org_name),
                count,
                day: compiled.day(report),
            });
        }
    }

    /// Makes ready for the second pass; false if there is nothing to explain.
    pub fn begin(&mut self) -> bool {
        self.silent_sources = self.context.silent_sources();
        self.figures.iter().any(|figures| figures.records > 0)
    }

    /// Takes in the same rows again, of the block that begins with row `start`, and explains them.
    pub fn again(&mut self, rows: &[u32], block: &Block, start: usize, keys: &[Keys], dataset: &Dataset) {
        let Some(keys) = Keys::find(keys, Dimension::Source) else { return };
        for row in rows {
            let Some((count, source, _)) = at(*row, block, keys) else { continue };
            let own = *row as usize;
            let signs = signs(*row, block, dataset);
            let traits = signs.as_ref().map(|signs| self.traits(signs, dataset)).unwrap_or_default();
            let row_around = signs.as_ref().map(|signs| Row {
                signs,
                traits,
                context: &self.context,
                dataset,
                source,
                address: address(source, dataset),
                silent_sources: self.silent_sources,
            });
            let rule = match &row_around {
                Some(row) => RULES.iter().position(|rule| rule.of == row.signs.verdict && (rule.when)(row)),
                // Nothing is known but the verdict: the last rule of it takes what is left.
                None => {
                    let verdict = block.outcome.get(*row as usize).map(|outcome| outcome.verdict());
                    RULES.iter().rposition(|rule| Some(rule.of) == verdict)
                }
            };
            let Some(rule) = rule else { continue };
            let from = signs.filter(|_| self.findings.is_some()).map_or(ABSENT, |signs| signs.from);
            let place = self.found.intern((source, u32::try_from(rule).unwrap_or(u32::MAX), from)) as usize;
            if place >= self.weights.len() {
                self.weights.push(Weight::default());
            }
            if let Some(weight) = self.weights.get_mut(place) {
                if weight.records == 0 || count > weight.most {
                    let row = start.saturating_add(*row as usize);
                    (weight.row, weight.most) = (u32::try_from(row).unwrap_or(u32::MAX), count);
                }
                let is_stated = RULES.get(rule).map(|rule| rule.of) == block.outcome.get(own).map(|one| one.verdict());
                weight.is_stated |= is_stated;
                weight.is_unstated |= !is_stated;
                weight.has_pass |= signs.is_none_or(|signs| signs.has_pass);
                weight.records = weight.records.saturating_add(1);
                weight.messages = weight.messages.saturating_add(count);
            }
        }
    }

    /// What the names of other organizations are like that a row tells of.
    fn traits(&mut self, signs: &Signs, dataset: &Dataset) -> Traits {
        let mut all = Traits::default();
        for id in signs.others() {
            let Some(domain) = dataset.domain(id) else { continue };
            let place = id as usize;
            if place >= self.traits.len() {
                self.traits.resize(dataset.tables.strings.len(), Traits::default());
            }
            if let Some(known) = self.traits.get_mut(place) {
                if !known.has(Traits::KNOWN) {
                    *known = Traits::of(domain.name(), dataset.catalogue());
                }
                all = all.and(*known);
            }
        }
        all
    }

    /// Goes on choosing causes and bringing sources into order; true while there is more to do.
    pub fn gather(&mut self, dataset: &Dataset) -> bool {
        if let Some(findings) = &mut self.findings {
            let all = self.found.items().iter().zip(&self.weights).skip(self.told).take(STEP);
            for ((source, rule, _), weight) in all {
                findings.add(*source, *rule, weight, dataset);
            }
            self.told = self.told.saturating_add(STEP);
            return self.told < self.weights.len();
        }
        self.chosen.resize(self.figures.len(), None);
        if self.looked < self.weights.len() {
            let all = self.found.items().iter().zip(&self.weights).skip(self.looked).take(STEP);
            for ((source, rule, _), weight) in all {
                let Some(chosen) = self.chosen.get_mut(*source as usize) else { continue };
                let new = Chosen { rule: *rule, weight: *weight };
                let figures = self.figures.get(*source as usize).copied().unwrap_or_default();
                if chosen.is_none_or(|known| new.rank(&figures) > known.rank(&figures)) {
                    *chosen = Some(new);
                }
            }
            self.looked = self.looked.saturating_add(STEP);
            return true;
        }
        let figures = &self.figures;
        let of = |source: u32| figures.get(source as usize).copied().unwrap_or_default();
        // Those that fail most come first, then those that send most.
        let compare = |a: &Item, b: &Item| {
            let messages = |item: &Item| of(item.1).messages();
            a.0.cmp(&b.0).then_with(|| messages(b).cmp(&messages(a))).then(a.1.cmp(&b.1))
        };
        if self.sorted < self.chosen.len() {
            let chosen = (0..).zip(&self.chosen).skip(self.sorted).take(STEP);
            let mut items = Vec::new();
            for (source, chosen) in chosen {
                let Some(rule) = chosen.and_then(|chosen| RULES.get(chosen.rule as usize)) else { continue };
                let failed = of(source).failed;
                self.total = self.total.saturating_add(1);
                if let Some((all, messages)) = self.sums.get_mut(rule.cause as usize) {
                    *all = all.saturating_add(1);
                    *messages = messages.saturating_add(failed);
                }
                items.push((!failed, source));
            }
            self.sorter.add(&mut items.into_iter(), &compare);
            self.sorted = self.sorted.saturating_add(STEP);
            return true;
        }
        self.sorter.merge(STEP, &compare)
    }

    /// What is likely of the sources asked for.
    #[must_use]
    pub fn finish(self, keys: &[Keys], dataset: &Dataset) -> Causes {
        let keys = Keys::find(keys, Dimension::Source);
        let sources = self.sorter.sorted().iter().skip(self.skip);
        let rows = sources.filter_map(|(_, source)| self.likely(*source, keys?, dataset)).collect();
        Causes { total: self.total, sums: self.sums, rows }
    }

    /// What sources have in common.
    #[must_use]
    pub fn finish_findings(self, dataset: &Dataset) -> Findings {
        let Self { findings, found, context, .. } = self;
        findings.map(|findings| findings.finish(found.items(), &context, dataset)).unwrap_or_default()
    }

    fn likely(&self, source: u32, keys: &Keys, dataset: &Dataset) -> Option<Likely> {
        let Chosen { rule, weight } = self.chosen.get(source as usize).copied()??;
        let rule = RULES.get(rule as usize)?;
        let address = address(source, dataset);
        let row = weight.row as usize;
        let signs = signs_at(row, dataset);
        let around = signs.as_ref().map(|signs| Row {
            signs,
            traits: Traits::default(),
            context: &self.context,
            dataset,
            source,
            address,
            silent_sources: self.silent_sources,
        });
        let key = keys.whole(source, dataset);
        let theirs = dataset.records.outcome(row)?.verdict();
        let evidence = evidence(rule, theirs, &key, signs.as_ref(), dataset);
        let is_little = weight.messages < 3 && rule.confidence != Confidence::High;
        let confidence = if is_little { rule.confidence.lowered() } else { rule.confidence };
        let step = step(rule.step, around.as_ref(), address);
        Some(Likely {
            source: key,
            figures: self.figures.get(source as usize).copied()?,
            cause: rule.cause,
            messages: weight.messages,
            confidence,
            step,
            evidence,
        })
    }
}

impl Chosen {
    /// What fails is explained first, then what passes, then what nobody knows; by messages, then by the order of the rules. Where
    /// hardly anything fails, what is wrong with all that passes comes before it.
    fn rank(&self, figures: &Figures) -> (u8, u64, u32) {
        let rule = RULES.get(self.rule as usize);
        let hardly_fails = figures.failed.saturating_mul(HARDLY) < figures.passed;
        let kind = match rule.map(|rule| (rule.of, rule.cause)) {
            Some((Verdict::Pass, cause)) if cause != Cause::None && hardly_fails => 3,
            Some((Verdict::Fail, _)) => 2,
            Some((Verdict::Pass, _)) => 1,
            _ => 0,
        };
        (kind, self.weight.messages, !self.rule)
    }
}

/// A row's messages, the number of its source's key, and its report.
fn at(row: u32, block: &Block, keys: &Keys) -> Option<(u64, u32, u32)> {
    let row = row as usize;
    let source = *keys.of_row(row, block).first()?;
    Some((*block.rows.count.get(row)?, source, *block.report_of.get(row)?))
}
