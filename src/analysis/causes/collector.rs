use super::context::Seeing;
use super::findings::{Findings, Gathering};
use super::known::{Explained, Known};
use super::rules::{RULES, Row};
use super::signs::Signs;
use super::telling::{address, evidence, signs, signs_at, step};
use super::traits::Traits;
use super::{Cause, Causes, Confidence, Likely, StepKind};
use crate::analysis::compile::Compiled;
use crate::analysis::key::Key;
use crate::analysis::keys::Keys;
use crate::analysis::look::Look;
use crate::analysis::order::Sorter;
use crate::analysis::query::Dimension;
use crate::analysis::run::STEP;
use crate::dataset::{ABSENT, Dataset, Dictionary, TextId};
use crate::report::Figures;
use crate::report::verdict::Verdict;
use crate::senders::Standing;
use crate::sort::Item;

/// Gathers what is likely of each source, or of each sender.
#[derive(Debug)]
pub struct ByCause {
    /// What to tell the cause of.
    by: Dimension,
    skip: usize,
    /// What all rows tell, whichever are asked about.
    known: Known,
    /// By the number of the key, as all that follows, the figures of the rows that are asked about.
    figures: Vec<Figures>,
    /// By the number of a sender's key whose mail a person says that it is.
    standings: Vec<Option<Standing>>,
    /// By text, as far as worked out.
    traits: Vec<Traits>,
    found: Dictionary<Found>,
    weights: Vec<Weight>,
    /// Of senders each of `found` with each of its sources.
    sources: Dictionary<(u32, u32)>,
    /// The rule that explains most.
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

/// A source, or a sender, and a rule that explains rows of it; where it is asked what sources have in common, apart for each From
/// domain.
pub(super) type Found = (u32, u32, TextId);

/// Fewer messages fail than one in so many: hardly any.
const HARDLY: u64 = 50;

/// Rows of a source that a rule explains.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    pub messages: u64,
    records: u64,
    /// The row of most messages, its verdict, and how many those are.
    pub row: u32,
    pub theirs: Verdict,
    most: u64,
    /// Whether any of them has a result that is a pass, or may have.
    pub has_pass: bool,
    /// Whether the reporter tells the verdict of some of them, and of some it does not.
    pub is_stated: bool,
    pub is_unstated: bool,
    /// The number of the key of who sends from the source, where a person says anything of senders.
    pub sender: u32,
    /// How many sources they come from; only counted for senders.
    sources: u64,
}

#[derive(Clone, Copy, Debug)]
struct Chosen {
    rule: u32,
    weight: Weight,
}

impl ByCause {
    /// For some of the sources or senders, those with the most failing messages first.
    #[must_use]
    pub fn of(by: Dimension, skip: u32, take: u32) -> Self {
        Self {
            by,
            skip: skip as usize,
            known: Known::default(),
            figures: Vec::new(),
            standings: Vec::new(),
            traits: Vec::new(),
            found: Dictionary::default(),
            weights: Vec::new(),
            sources: Dictionary::default(),
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
        Self { findings: Some(Gathering::of(take)), ..Self::of(Dimension::Source, 0, 0) }
    }

    /// Takes in rows of a block that are asked about.
    pub fn rows(&mut self, rows: &[u32], block: &Look<'_>, keys: &[Keys]) {
        let Some(keys) = Keys::find(keys, self.by) else { return };
        self.figures.resize(keys.len(), Figures::default());
        for row in rows {
            let Some((count, own, _)) = at(*row, block, keys) else { continue };
            let figures = self.figures.get_mut(own as usize).zip(block.outcome.get(*row as usize));
            figures.into_iter().for_each(|(figures, outcome)| figures.add(count, *outcome));
        }
    }

    /// Takes in rows of a block, asked about or not: what is known of their sources, keys and networks.
    pub fn all(&mut self, rows: &[u32], block: &Look<'_>, compiled: &Compiled, keys: &[Keys], dataset: &Dataset) {
        let Some(keys) = Keys::find(keys, Dimension::Source) else { return };
        for row in rows {
            let Some((count, source, report)) = at(*row, block, keys) else { continue };
            let Some(outcome) = block.outcome.get(*row as usize) else { continue };
            let signs = signs(*row, block, dataset);
            self.known.context.see(&Seeing {
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
    pub fn begin(&mut self, keys: &[Keys], dataset: &Dataset) -> bool {
        if !self.known.is_whole {
            self.known.silent_sources = self.known.context.silent_sources();
            self.known.is_whole = true;
        }
        let (marks, senders) = (dataset.marks(), Keys::find(keys, Dimension::Sender));
        if let Some(senders) = senders.filter(|_| !marks.is_empty()) {
            let standing = |number| match senders.whole(number, dataset) {
                Key::Text(sender) => marks.get(&sender)?.standing,
                _ => None,
            };
            self.standings = (0..u32::try_from(senders.len()).unwrap_or(u32::MAX)).map(standing).collect();
        }
        self.figures.iter().any(|figures| figures.records > 0)
    }

    /// Takes in the same rows again, of the block that begins with row `start`, and explains them.
    pub fn again(&mut self, rows: &[u32], block: &Look<'_>, start: usize, keys: &[Keys], dataset: &Dataset) {
        let (sources, by, senders) =
            (Keys::find(keys, Dimension::Source), Keys::find(keys, self.by), Keys::find(keys, Dimension::Sender));
        let (Some(sources), Some(by)) = (sources, by) else { return };
        for row_in_block in rows {
            let own = *row_in_block as usize;
            let (Some((count, source, _)), Some(key)) =
                (at(*row_in_block, block, sources), by.of_row(own, block).first())
            else {
                continue;
            };
            let sender = senders.and_then(|senders| senders.of_row(own, block).first()).copied().unwrap_or_default();
            let row = start.saturating_add(own);
            let mut explained = self.known.explained(row);
            if explained.rule().is_none() {
                explained = self.explain(*row_in_block, block, source, sender, dataset);
                self.known.explain(row, explained);
            }
            let Some(rule) = explained.rule() else { continue };
            let is_apart = explained.has_signs() && self.findings.is_some();
            let from = is_apart.then(|| from(own, block, dataset)).flatten().unwrap_or(ABSENT);
            let place = self.found.intern((*key, u32::try_from(rule).unwrap_or(u32::MAX), from)) as usize;
            if place >= self.weights.len() {
                self.weights.push(Weight { sender, ..Weight::default() });
            }
            let known = self.sources.len();
            if self.by == Dimension::Sender {
                self.sources.intern((u32::try_from(place).unwrap_or(u32::MAX), source));
            }
            let is_new = self.sources.len() > known;
            if let Some(weight) = self.weights.get_mut(place) {
                if weight.records == 0 || count > weight.most {
                    (weight.row, weight.most) = (u32::try_from(row).unwrap_or(u32::MAX), count);
                    weight.theirs = block.outcome.get(own).map_or(Verdict::Unknown, |outcome| outcome.verdict());
                }
                let is_stated = RULES.get(rule).map(|rule| rule.of) == block.outcome.get(own).map(|one| one.verdict());
                weight.sources = weight.sources.saturating_add(u64::from(is_new));
                weight.is_stated |= is_stated;
                weight.is_unstated |= !is_stated;
                weight.has_pass |= explained.has_pass();
                weight.records = weight.records.saturating_add(1);
                weight.messages = weight.messages.saturating_add(count);
            }
        }
    }

    /// Which rule explains a row.
    fn explain(&mut self, row: u32, block: &Look<'_>, source: u32, sender: u32, dataset: &Dataset) -> Explained {
        let Some(signs) = signs(row, block, dataset) else {
            // Nothing is known but the verdict: the last rule of it takes what is left.
            let verdict = block.outcome.get(row as usize).map(|outcome| outcome.verdict());
            let rule = RULES.iter().rposition(|rule| Some(rule.of) == verdict);
            return rule.map(|rule| Explained::by(rule, false, true)).unwrap_or_default();
        };
        let row = Row {
            signs: &signs,
            traits: self.traits(&signs, dataset),
            context: &self.known.context,
            dataset,
            source,
            address: address(source, dataset),
            silent_sources: self.known.silent_sources,
            standing: self.standings.get(sender as usize).copied().flatten(),
        };
        let rule = RULES.iter().position(|rule| rule.of == signs.verdict && (rule.when)(&row));
        rule.map(|rule| Explained::by(rule, true, signs.has_pass)).unwrap_or_default()
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

    /// Takes over what a query before has worked out.
    pub fn know(&mut self, known: Known) {
        self.known = known;
    }

    /// Whether what all rows tell is known.
    pub const fn is_informed(&self) -> bool {
        self.known.is_whole
    }

    /// What is likely of the sources asked for, and what the next query may take over.
    #[must_use]
    pub fn finish(self, keys: &[Keys], dataset: &Dataset) -> (Causes, Known) {
        let sources = self.sorter.sorted().iter().skip(self.skip);
        let rows = sources.filter_map(|(_, own)| self.likely(*own, keys, dataset)).collect();
        (Causes { total: self.total, sums: self.sums, rows }, self.known)
    }

    /// What sources have in common.
    #[must_use]
    pub fn finish_findings(self, keys: &[Keys], dataset: &Dataset) -> (Findings, Known) {
        let Self { findings, found, known, .. } = self;
        let senders = Keys::find(keys, Dimension::Sender);
        let findings = findings.map(|findings| findings.finish(found.items(), &known.context, senders, dataset));
        (findings.unwrap_or_default(), known)
    }

    fn likely(&self, own: u32, keys: &[Keys], dataset: &Dataset) -> Option<Likely> {
        let Chosen { rule, weight } = self.chosen.get(own as usize).copied()??;
        let rule = RULES.get(rule as usize)?;
        let row = weight.row as usize;
        let (_, _, entry) = dataset.records.get(row)?;
        let source = *Keys::find(keys, Dimension::Source)?.of_entry(entry.source).first()?;
        let address = address(source, dataset);
        let signs = signs_at(row, dataset);
        let around = signs.as_ref().map(|signs| Row {
            signs,
            traits: Traits::default(),
            context: &self.known.context,
            dataset,
            source,
            address,
            silent_sources: self.known.silent_sources,
            standing: None,
        });
        let key = Keys::find(keys, self.by)?.whole(own, dataset);
        let evidence = evidence(rule, weight.theirs, key.term(self.by)?, signs.as_ref(), dataset);
        let is_little = weight.messages < 3 && rule.confidence < Confidence::High;
        let confidence = if is_little { rule.confidence.lowered() } else { rule.confidence };
        let mut step = step(rule.step, around.as_ref(), address);
        step.others = weight.sources.saturating_sub(1);
        // It names one address of several.
        let is_of_address = matches!(step.kind, StepKind::AuthenticateServer | StepKind::WhoseAddress)
            || step.copy.as_ref().is_some_and(|copy| copy.starts_with("ip"));
        step.copy = step.copy.filter(|_| step.others == 0 || !is_of_address);
        Some(Likely {
            key,
            figures: self.figures.get(own as usize).copied()?,
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

/// The From header's domain of a row.
fn from(row: usize, block: &Look<'_>, dataset: &Dataset) -> Option<TextId> {
    let (_, entry) = block.rows.get(row)?;
    Some(dataset.tables.identifiers.get(entry.identifiers)?.header_from)
}

/// A row's messages, the number of its source's key, and its report.
fn at(row: u32, block: &Look<'_>, keys: &Keys) -> Option<(u64, u32, u32)> {
    let row = row as usize;
    let source = *keys.of_row(row, block).first()?;
    Some((*block.rows.count.get(row)?, source, *block.report_of.get(row)?))
}
