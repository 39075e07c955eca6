use std::net::IpAddr;

use super::context::{At, Context, Seeing};
use super::rules::{Evidence, RULES, Row, Rule};
use super::signs::{Own, Signs};
use super::step::{Service, Step, StepKind};
use super::traits::Traits;
use super::{Cause, Causes, Confidence, Likely};
use crate::analysis::compile::Compiled;
use crate::analysis::field::Field;
use crate::analysis::filter::{Clause, Filter, Network, Term};
use crate::analysis::key::Key;
use crate::analysis::keys::Keys;
use crate::analysis::order::Sorter;
use crate::analysis::pattern::Pattern;
use crate::analysis::query::Dimension;
use crate::analysis::run::STEP;
use crate::dataset::{BLOCK, Block, Dataset, Dictionary, Source, TextId};
use crate::report::verdict::Verdict;
use crate::sort::Item;

/// Gathers what is likely of each source.
#[derive(Debug)]
pub struct ByCause {
    skip: usize,
    context: Context,
    silent_sources: usize,
    /// By text, as far as worked out.
    traits: Vec<Traits>,
    /// Pairs of a source and a rule that explains rows of it.
    found: Dictionary<(u32, i32)>,
    weights: Vec<Weight>,
    /// For each source the rule that explains most.
    chosen: Vec<Option<Chosen>>,
    /// How many of `found` were looked at, and of `chosen` given to the sorter.
    looked: usize,
    sorted: usize,
    sorter: Sorter,
    sums: [(u64, u64); Cause::ALL.len()],
    total: u64,
}

/// Fewer messages fail than one in so many: hardly any.
const HARDLY: u64 = 50;

/// Rows of a source that a rule explains.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    messages: u64,
    records: u64,
    /// The row of most messages, and how many those are.
    row: u32,
    most: u64,
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
        }
    }

    /// Takes in selected rows of a block: what is known of their sources, keys and networks.
    pub fn rows(&mut self, rows: &[u32], block: &Block, compiled: &Compiled, keys: &[Keys], dataset: &Dataset) {
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
                count,
                day: compiled.day(report),
            });
        }
    }

    /// Makes ready for the second pass; false if there is nothing to explain.
    pub fn begin(&mut self) -> bool {
        self.silent_sources = self.context.silent_sources();
        self.context.sources.iter().any(|at| at.figures.records > 0)
    }

    /// Takes in the same rows again, of the block that begins with row `start`, and explains them.
    pub fn again(&mut self, rows: &[u32], block: &Block, start: usize, keys: &[Keys], dataset: &Dataset) {
        let Some(keys) = Keys::find(keys, Dimension::Source) else { return };
        for row in rows {
            let Some((count, source, _)) = at(*row, block, keys) else { continue };
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
            let place = self.found.intern((source, i32::try_from(rule).unwrap_or(i32::MAX))) as usize;
            if place >= self.weights.len() {
                self.weights.push(Weight::default());
            }
            if let Some(weight) = self.weights.get_mut(place) {
                if weight.records == 0 || count > weight.most {
                    let row = start.saturating_add(*row as usize);
                    (weight.row, weight.most) = (u32::try_from(row).unwrap_or(u32::MAX), count);
                }
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
    pub fn gather(&mut self) -> bool {
        self.chosen.resize(self.context.sources.len(), None);
        if self.looked < self.weights.len() {
            let all = self.found.items().iter().zip(&self.weights).skip(self.looked).take(STEP);
            for ((source, rule), weight) in all {
                let Some(chosen) = self.chosen.get_mut(*source as usize) else { continue };
                let new = Chosen { rule: rule.cast_unsigned(), weight: *weight };
                let at = self.context.at(*source);
                if chosen.is_none_or(|known| new.rank(&at) > known.rank(&at)) {
                    *chosen = Some(new);
                }
            }
            self.looked = self.looked.saturating_add(STEP);
            return true;
        }
        let sources = &self.context.sources;
        let at = |source: u32| sources.get(source as usize).copied().unwrap_or_default();
        // Those that fail most come first, then those that send most.
        let compare = |a: &Item, b: &Item| {
            let messages = |item: &Item| at(item.1).figures.messages();
            a.0.cmp(&b.0).then_with(|| messages(b).cmp(&messages(a))).then(a.1.cmp(&b.1))
        };
        if self.sorted < self.chosen.len() {
            let chosen = (0..).zip(&self.chosen).skip(self.sorted).take(STEP);
            let mut items = Vec::new();
            for (source, chosen) in chosen {
                let Some(rule) = chosen.and_then(|chosen| RULES.get(chosen.rule as usize)) else { continue };
                let failed = at(source).figures.failed;
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

    fn likely(&self, source: u32, keys: &Keys, dataset: &Dataset) -> Option<Likely> {
        let Chosen { rule, weight } = self.chosen.get(source as usize).copied()??;
        let rule = RULES.get(rule as usize)?;
        let at = self.context.at(source);
        let address = address(source, dataset);
        let row = weight.row as usize;
        let signs = signs(u32::try_from(row % BLOCK).ok()?, dataset.records.block(row / BLOCK)?, dataset);
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
            figures: at.figures,
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
    fn rank(&self, at: &At) -> (u8, u64, u32) {
        let rule = RULES.get(self.rule as usize);
        let hardly_fails = at.figures.failed.saturating_mul(HARDLY) < at.figures.passed;
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

/// The address of a source, where it has one.
fn address(source: u32, dataset: &Dataset) -> Option<IpAddr> {
    match dataset.tables.sources.get(source.checked_sub(1)?)? {
        Source::Address(address) => Some(*address),
        Source::Unreadable(_) => None,
    }
}

fn signs(row: u32, block: &Block, dataset: &Dataset) -> Option<Signs> {
    let row = row as usize;
    let (_, entry) = block.rows.get(row)?;
    let policy = dataset.policies.get(dataset.reports.get(*block.report_of.get(row)? as usize)?.policy)?;
    Signs::of(entry, policy, *block.outcome.get(row)?, block.ours.get(row)?.verdict(), dataset)
}

/// The condition that the rows which show it meet.
fn evidence(rule: &Rule, theirs: Verdict, source: &Key, signs: Option<&Signs>, dataset: &Dataset) -> Filter {
    let mut terms = Vec::new();
    match source {
        Key::Address(address) => {
            terms.push(Term::Ip(vec![Network { address: *address, prefix: Network::full(*address) }]))
        }
        Key::Text(text) => terms.push(Term::Text(Field::Source, vec![Pattern::exactly(text)])),
        _ => terms.push(Term::Text(Field::Source, vec![Pattern::NOTHING])),
    }
    terms.push(Term::Verdict(vec![theirs]));
    if theirs != rule.of {
        // The reporter tells none: ours stands in for it.
        terms.push(Term::Text(Field::Ours, vec![Pattern::exactly(rule.of.word())]));
    }
    let text = |id: TextId| Pattern::stated(dataset.tables.strings.get(id));
    let pass = || Pattern::exactly("pass");
    if let Some(signs) = signs {
        match rule.evidence {
            Evidence::Any => {}
            Evidence::OwnSignature => {
                let parts = [Pattern::anything(), text(signs.dkim_domain), text(signs.selector)];
                terms.push(Term::Signature(vec![Some(parts)]));
            }
            Evidence::OtherSignature => {
                terms.push(Term::Signature(vec![Some([pass(), text(signs.other()), Pattern::anything()])]))
            }
            Evidence::OwnCheck => terms.push(Term::SpfCheck(vec![Some([
                Pattern::anything(),
                text(signs.spf_domain),
                Pattern::anything(),
            ])])),
            Evidence::OtherCheck => {
                terms.push(Term::SpfCheck(vec![Some([pass(), text(signs.other_spf), Pattern::anything()])]))
            }
            Evidence::Reasons(words) => {
                let patterns = words.iter().map(|word| Pattern::exactly(word)).collect();
                terms.push(Term::Text(Field::Reason, patterns));
            }
        }
    }
    Filter { clauses: terms.into_iter().map(|term| Clause { negated: false, term }).collect() }
}

/// The step with the names that the row gives.
fn step(kind: StepKind, row: Option<&Row<'_>>, address: Option<IpAddr>) -> Step {
    let bare = Step { kind, domain: None, selector: None, other: None, service: None, address, copy: None };
    let Some(row) = row else { return bare };
    let (signs, strings) = (row.signs, &row.dataset.tables.strings);
    let text = |id: TextId| strings.get(id).map(ToOwned::to_owned);
    let is_about_dkim = matches!(signs.dkim, Own::NearPass | Own::Fail | Own::Trouble | Own::Temporary);
    let from = text(signs.from);
    let domain = match kind {
        StepKind::FixDkimKey | StepKind::LastHopSigns => text(signs.dkim_domain).or(from),
        StepKind::CheckDns if is_about_dkim => text(signs.dkim_domain),
        StepKind::CheckDns | StepKind::AddToSpf | StepKind::ShortenSpf => text(signs.spf_domain).or(from),
        _ => from,
    };
    let other = match kind {
        StepKind::CustomReturnPath => text(signs.other_spf),
        StepKind::FixAlignment if is_about_dkim => text(signs.dkim_domain),
        StepKind::FixAlignment => text(signs.spf_domain),
        _ => text(signs.other()).or_else(|| text(signs.asked_spf)),
    };
    let service = row.service().map(|sender| Service {
        name: sender.name.clone(),
        setting: match kind {
            StepKind::CustomReturnPath => sender.own_return_path.clone(),
            _ => sender.own_dkim.clone(),
        },
        source: sender.sources.first().cloned().unwrap_or_default(),
    });
    let selector = text(signs.selector);
    let mechanism = address.map(|address| format!("{}:{address}", if address.is_ipv4() { "ip4" } else { "ip6" }));
    let setting = service.as_ref().and_then(|service| service.setting.clone());
    let named = |before: &str| domain.as_ref().map(|domain| format!("{before}{domain}"));
    let key = || named(&format!("{}._domainkey.", selector.as_deref()?));
    let copy = match kind {
        StepKind::CustomDkim => setting.or_else(|| named("d=")),
        StepKind::CustomReturnPath => setting.or_else(|| named("bounces.")),
        StepKind::FixDkimKey => key(),
        StepKind::CheckDns if is_about_dkim => key(),
        StepKind::CheckDns | StepKind::ShortenSpf => domain.clone(),
        StepKind::AddToSpf | StepKind::AuthenticateServer => mechanism,
        StepKind::FixAlignment => Some(if is_about_dkim { "adkim=r" } else { "aspf=r" }.to_owned()),
        StepKind::LastHopSigns => named("d="),
        StepKind::WhoseAddress => address.map(|address| address.to_string()),
        StepKind::None | StepKind::CheckOverride | StepKind::GatherMore => None,
    };
    Step { kind, domain, selector, other, service, address, copy }
}
