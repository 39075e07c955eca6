//! What sources have in common: the same cause and the same next step. That is what a person can do something about at once.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::collector::{Found, Weight};
use super::context::Context;
use super::rules::{Evidence, RULES, Row, Rule};
use super::signs::{Own, Signs};
use super::step::{Step, StepKind};
use super::telling::{address, filter, is_about_dkim, mechanism, network, signs_at, step, verdicts};
use super::traits::Traits;
use super::{Cause, Confidence};
use crate::analysis::field::Field;
use crate::analysis::filter::{Clause, Filter, Network, Term};
use crate::analysis::keys::Keys;
use crate::analysis::pattern::{Parts, Pattern};
use crate::analysis::query::Dimension;
use crate::dataset::{ABSENT, Dataset, Dictionary, TextId};
use crate::domains::Part;
use crate::report::verdict::Verdict;
use crate::sort::{Item, sort};

/// Sources with the same cause and the same next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What becomes of the messages: they fail, or they pass and would fail if anything changed, or nobody knows.
    pub of: Verdict,
    /// The cause.
    pub cause: Cause,
    /// How sure it is.
    pub confidence: Confidence,
    /// What to do next, with the names of the source that has the most messages.
    pub step: Step,
    /// Messages that show it. The evidence may have more: those of sources that show it beside something else.
    pub messages: u64,
    /// The condition that rows must meet to be the evidence, within what was asked about.
    pub evidence: Filter,
}

/// What sources have in common, the most urgent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// How many there are that a person can do something about.
    pub total: u64,
    /// Those of them that were asked for, the most urgent first; then all others, by messages.
    pub rows: Vec<Finding>,
}

/// So many addresses at the most are named in a condition. More are told by what their messages show, or else these stand for all.
const LISTED: usize = 30;

/// Gathers what sources have in common.
#[derive(Debug)]
pub(super) struct Gathering {
    take: usize,
    subjects: Dictionary<Subject>,
    /// Organizational domains.
    organizations: Dictionary<Box<str>>,
    all: Vec<Shared>,
}

/// What sources must share to be one finding. Numbers are those of texts, of another organization one of `organizations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Subject {
    of: Verdict,
    /// The reporter's verdict.
    theirs: Verdict,
    cause: Cause,
    step: StepKind,
    domain: TextId,
    other: u32,
    /// The number of the key of who sends, where a person marked them.
    sender: u32,
}

/// What was found of a subject.
#[derive(Clone, Debug, Default)]
struct Shared {
    messages: u64,
    /// Of the source that has the most: the rule, the row and the source.
    best: Weight,
    rule: u32,
    source: u32,
    /// Sources with the most messages; all of them while there are not more than [`LISTED`].
    sources: Vec<Item>,
    /// How many sources there are, a source counted for each rule.
    count: u64,
    /// A bit for each rule.
    rules: u128,
    /// Whether `sources` lacks some.
    is_incomplete: bool,
    /// Whether one is no address.
    has_texts: bool,
    /// Whether the reporter tells the verdict of some rows of a source, and of some it does not.
    has_both: bool,
    /// Whether any row has a result that is a pass.
    has_pass: bool,
    /// The name of the other organization, and whether there is another name of it.
    other: TextId,
    has_names: bool,
    /// Whether another organization signed; then it did for all of them, or the evidence is mixed.
    is_signed: bool,
    /// Whether rules look for different evidence.
    is_mixed: bool,
}

impl Gathering {
    /// For some of the findings.
    pub fn of(take: u32) -> Self {
        Self {
            take: take as usize,
            subjects: Dictionary::default(),
            organizations: Dictionary::default(),
            all: Vec::new(),
        }
    }

    /// Takes in what a rule explains of a source.
    pub fn add(&mut self, source: u32, number: u32, weight: &Weight, dataset: &Dataset) {
        let Some(rule) = RULES.get(number as usize).filter(|rule| rule.cause != Cause::None) else { return };
        let theirs = weight.theirs;
        let signs = signs_at(weight.row as usize, dataset);
        let (domain, other) = signs.as_ref().map_or((ABSENT, ABSENT), |signs| self.about(rule, signs, dataset));
        let name = signs.as_ref().map_or(ABSENT, |signs| match rule.evidence {
            Evidence::OtherCheck => signs.other_spf,
            _ => signs.other(),
        });
        let sender = if rule.evidence == Evidence::Sender { weight.sender } else { 0 };
        let subject = Subject { of: rule.of, theirs, cause: rule.cause, step: rule.step, domain, other, sender };
        let place = self.subjects.intern(subject) as usize;
        if place >= self.all.len() {
            self.all.push(Shared { best: *weight, rule: number, source, other: name, ..Shared::default() });
        }
        let Some(shared) = self.all.get_mut(place) else { return };
        let is_signed = signs.as_ref().is_some_and(|signs| signs.other_dkim != ABSENT);
        if shared.count == 0 {
            shared.is_signed = is_signed;
        }
        shared.is_mixed |= shared.is_signed != is_signed;
        shared.is_mixed |= RULES.get(shared.rule as usize).is_none_or(|known| known.evidence != rule.evidence);
        if (weight.messages, u32::MAX - weight.row) > (shared.best.messages, u32::MAX - shared.best.row) {
            (shared.best, shared.rule, shared.source) = (*weight, number, source);
        }
        shared.has_names |= shared.other != name;
        shared.has_both |= weight.is_stated && weight.is_unstated;
        shared.has_pass |= weight.has_pass;
        shared.messages = shared.messages.saturating_add(weight.messages);
        shared.rules |= 1_u128.checked_shl(number).unwrap_or_default();
        shared.count = shared.count.saturating_add(1);
        shared.has_texts |= address(source, dataset).is_none();
        shared.sources.push((weight.messages, source));
        if shared.sources.len() > LISTED * 4 {
            shared.shorten();
        }
    }

    /// The domain and the other part that all rows of a finding share.
    fn about(&mut self, rule: &Rule, signs: &Signs, dataset: &Dataset) -> (TextId, u32) {
        let mut organization = |id: TextId| {
            let name = dataset.domain(id).map(|domain| domain.organization(Part::Whole));
            name.map_or(ABSENT, |name| self.organizations.intern(name.into()))
        };
        match rule.step {
            StepKind::CustomDkim => (signs.from, organization(signs.other())),
            StepKind::CustomReturnPath => (signs.from, organization(signs.other_spf)),
            StepKind::FixDkimKey => (signs.dkim_domain, signs.selector),
            StepKind::LastHopSigns => (signs.dkim_domain, ABSENT),
            StepKind::CheckDns if is_about_dkim(signs) => (signs.dkim_domain, signs.selector),
            StepKind::CheckDns | StepKind::AddToSpf | StepKind::ShortenSpf => (signs.spf_domain, ABSENT),
            StepKind::FixAlignment if is_about_dkim(signs) => (signs.from, signs.dkim_domain),
            StepKind::FixAlignment => (signs.from, signs.spf_domain),
            StepKind::AuthenticateServer => (signs.from, ABSENT),
            // Forged from a domain of the forger's: that is what such mail shares.
            StepKind::WhoseAddress => (ABSENT, organization(signs.other())),
            StepKind::None | StepKind::CheckOverride | StepKind::Revoke | StepKind::GatherMore => (ABSENT, ABSENT),
        }
    }

    /// The findings asked for. `found` has each source with each rule that explains rows of it.
    pub fn finish(mut self, found: &[Found], context: &Context, senders: Option<&Keys>, dataset: &Dataset) -> Findings {
        let subjects = self.subjects.items();
        let urgency = |(subject, shared): (&Subject, &Shared)| urgency(subject, shared.messages);
        let mut order: Vec<Item> =
            subjects.iter().zip(&self.all).map(urgency).zip(0..).map(|(urgency, place)| (!urgency, place)).collect();
        let by = |place: u32| self.all.get(place as usize).map_or((0, 0), |one| (!one.messages, one.best.row));
        sort(&mut order, &|a, b| a.0.cmp(&b.0).then_with(|| by(a.1).cmp(&by(b.1))));
        let can_mend = |(_, place): &&Item| subjects.get(*place as usize).is_some_and(|one| one.step.ease() > 0);
        let total = order.iter().filter(can_mend).count();
        // What nobody can mend is told by what it is alone: that is never many.
        let own = order.iter().filter(can_mend).take(self.take);
        let asked: Vec<u32> = own.chain(order.iter().filter(|item| !can_mend(item))).map(|(_, place)| *place).collect();
        let mut rows: Vec<(Subject, Told)> = Vec::new();
        for place in asked {
            let (Some(subject), Some(shared)) = (subjects.get(place as usize), self.all.get_mut(place as usize)) else {
                continue;
            };
            let sender = senders.and_then(|senders| senders.whole(subject.sender, dataset).term(Dimension::Sender));
            let told = told(subject, shared, sender, &self.organizations, context, dataset);
            rows.extend(told.map(|told| (*subject, told)));
        }
        narrow(&mut rows, found);
        Findings { total: total as u64, rows: rows.into_iter().map(|(_, told)| told.finding).collect() }
    }
}

/// A wave has too many addresses to name them. Those of another cause, where they are few, and senders whom a person marked are taken
/// out of its evidence.
fn narrow(rows: &mut [(Subject, Told)], found: &[Found]) {
    let few = rows.iter().filter(|(_, told)| told.is_listed && told.marked.is_none() && !told.has_pass);
    let others: Vec<(Verdict, u32, IpAddr)> = few
        .flat_map(|(one, told)| told.sources.iter().map(|(source, address)| (one.theirs, *source, *address)))
        .collect();
    let marked: Vec<(Verdict, Term)> =
        rows.iter().filter_map(|(one, told)| Some((one.of, told.marked.clone()?))).collect();
    for (subject, told) in
        rows.iter_mut().filter(|(_, told)| !told.is_listed && told.marked.is_none() && !told.has_pass)
    {
        let is_own = |rule: u32| told.rules.checked_shr(rule).unwrap_or_default() & 1 == 1;
        let mut own: Vec<bool> = Vec::new();
        for (source, ..) in found.iter().filter(|(_, rule, _)| is_own(*rule)) {
            let place = *source as usize;
            if place >= own.len() {
                own.resize(place.saturating_add(1), false);
            }
            own.get_mut(place).into_iter().for_each(|own| *own = true);
        }
        let is_alike = |source: u32| own.get(source as usize).copied().unwrap_or(false);
        let count = own.iter().filter(|own| **own).count() as u64;
        told.finding.step.others = count.saturating_sub(1);
        let mut networks: Vec<Network> = Vec::new();
        for (_, _, address) in
            others.iter().filter(|(theirs, source, _)| *theirs == subject.theirs && !is_alike(*source))
        {
            if !networks.contains(&network(*address)) {
                networks.push(network(*address));
            }
        }
        let mut leave_out = |term| told.finding.evidence.clauses.push(Clause { negated: true, term });
        if !networks.is_empty() {
            leave_out(Term::Ip(networks));
        }
        marked.iter().filter(|(of, _)| *of == subject.of).for_each(|(_, term)| leave_out(term.clone()));
    }
}

impl Shared {
    /// Keeps the sources with the most messages, each once.
    fn shorten(&mut self) {
        sort(&mut self.sources, &|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen = Vec::with_capacity(LISTED);
        self.sources.retain(|(_, source)| {
            let is_new = !seen.contains(source) && seen.len() <= LISTED;
            if is_new {
                seen.push(*source);
            }
            is_new
        });
        self.is_incomplete |= self.sources.len() > LISTED;
    }
}

/// What counts most: messages at risk, times how easy the step is. Mail that passes today is at risk if it is forwarded or
/// anything changes: a tenth. Forged mail is nobody's loss, but whoever finds out whose it is knows more: a fifth.
const fn urgency(subject: &Subject, messages: u64) -> u64 {
    let weight = match (subject.of, subject.cause) {
        (Verdict::Unknown, _) => 0,
        // Whoever it is can do it with more.
        (Verdict::Pass, Cause::Spoofing) => 20,
        (Verdict::Pass, _) => 1,
        (Verdict::Fail, Cause::Spoofing) => 2,
        (Verdict::Fail, _) => 10,
    };
    messages.saturating_mul(weight).saturating_mul(subject.step.ease())
}

/// A finding, and which sources it is about, where they are few.
struct Told {
    finding: Finding,
    rules: u128,
    sources: Vec<(u32, IpAddr)>,
    is_listed: bool,
    /// Whether anything passes for anybody.
    has_pass: bool,
    /// The sender whom a person marked, where that is what it is about.
    marked: Option<Term>,
}

fn told(
    subject: &Subject,
    shared: &mut Shared,
    sender: Option<Term>,
    organizations: &Dictionary<Box<str>>,
    context: &Context,
    dataset: &Dataset,
) -> Option<Told> {
    let rule = RULES.get(shared.rule as usize)?;
    shared.shorten();
    let known = |(_, source): &Item| Some((*source, address(*source, dataset)?));
    let sources: Vec<(u32, IpAddr)> = shared.sources.iter().filter_map(known).collect();
    let addresses: Vec<IpAddr> = sources.iter().map(|(_, address)| *address).collect();
    let has_pass = shared.has_pass;
    let signs = signs_at(shared.best.row as usize, dataset);
    let row = signs.as_ref().map(|signs| Row {
        signs,
        traits: Traits::default(),
        context,
        dataset,
        source: shared.source,
        address: address(shared.source, dataset),
        silent_sources: 0,
        standing: None,
    });
    let mut step = step(subject.step, row.as_ref(), address(shared.source, dataset));
    let is_listed = !shared.is_incomplete && !shared.has_texts;
    let count = if is_listed { addresses.len() as u64 } else { shared.count };
    step.others = count.saturating_sub(1);
    if step.others > 0 && !is_listed {
        step.copy = None;
    } else if step.others > 0 {
        let each = |tell: fn(IpAddr) -> String| addresses.iter().copied().map(tell).collect::<Vec<_>>().join(" ");
        match step.kind {
            // A service lists its addresses itself.
            StepKind::AddToSpf if step.copy.as_ref().is_some_and(|copy| copy.starts_with("include:")) => {}
            StepKind::AddToSpf | StepKind::AuthenticateServer => step.copy = Some(each(mechanism)),
            StepKind::WhoseAddress => step.copy = Some(each(|address| address.to_string())),
            _ => {}
        }
    }
    let mut terms = verdicts(subject.theirs, subject.of);
    if shared.has_both {
        terms = vec![Term::Verdict(vec![subject.of, Verdict::Unknown])];
    }
    terms.extend(signs.as_ref().and_then(|signs| from(subject, signs, dataset)));
    let shown = signs.as_ref().filter(|_| !shared.is_mixed);
    terms.extend(shown.and_then(|signs| shows(rule, subject, signs, organizations, shared.has_names, dataset)));
    // All have a verdict.
    let is_vague = terms.len() <= verdicts(subject.theirs, subject.of).len() && has_pass;
    let marked = sender.filter(|_| rule.evidence == Evidence::Sender);
    terms.extend(marked.clone());
    let mut evidence = filter(terms);
    if marked.is_some() {
        // Whatever they send is meant.
    } else if is_listed || is_vague && !shared.has_texts {
        let networks = addresses.into_iter().map(network).collect();
        evidence.clauses.push(Clause { negated: false, term: Term::Ip(networks) });
    } else if !has_pass {
        // Too many to name: nothing passes for anybody is what they share.
        for field in [Field::DkimResult, Field::SpfResult] {
            evidence.clauses.push(Clause { negated: true, term: Term::Text(field, vec![Pattern::exactly("pass")]) });
        }
    }
    let (of, cause, confidence, messages) = (subject.of, subject.cause, rule.confidence, shared.messages);
    let rules = shared.rules;
    Some(Told {
        rules,
        finding: Finding { of, cause, confidence, step, messages, evidence },
        sources,
        is_listed,
        has_pass,
        marked,
    })
}

/// The From domain, where all rows share it.
fn from(subject: &Subject, signs: &Signs, dataset: &Dataset) -> Option<Term> {
    let is_shared = matches!(
        subject.step,
        StepKind::CustomDkim | StepKind::CustomReturnPath | StepKind::FixAlignment | StepKind::AuthenticateServer
    );
    let from = Pattern::stated(dataset.tables.strings.get(signs.from));
    is_shared.then(|| Term::Text(Field::From, vec![from]))
}

/// The result that all rows share.
fn shows(
    rule: &Rule,
    subject: &Subject,
    signs: &Signs,
    organizations: &Dictionary<Box<str>>,
    is_mixed: bool,
    dataset: &Dataset,
) -> Option<Term> {
    let text = |id: TextId| Pattern::stated(dataset.tables.strings.get(id));
    let (pass, anything) = (|| Pattern::exactly("pass"), Pattern::anything);
    let is_shared = subject.domain != ABSENT || subject.other != ABSENT;
    // The names of one organization may be many: all of them, unless some are in U-labels, which a pattern does not see.
    let other = |own: TextId| -> Option<Vec<Parts>> {
        let name = organizations.get(subject.other)?;
        if !is_mixed {
            return Some(vec![Some([pass(), text(own), anything()])]);
        }
        let names = [Pattern::exactly(name), Pattern::like(&format!("*.{name}"))];
        let has_letters_of_its_own = name.split('.').any(|label| label.starts_with("xn--"));
        let all = names.into_iter().map(|name| Some([pass(), name, anything()])).collect();
        (!has_letters_of_its_own).then_some(all)
    };
    match rule.evidence {
        Evidence::Reasons(words) => {
            Some(Term::Text(Field::Reason, words.iter().map(|word| Pattern::exactly(word)).collect()))
        }
        _ if !is_shared => None,
        Evidence::OwnSignature => {
            let selector = if matches!(subject.step, StepKind::FixDkimKey | StepKind::CheckDns) {
                text(signs.selector)
            } else {
                anything()
            };
            Some(Term::Signature(vec![Some([anything(), text(signs.dkim_domain), selector])]))
        }
        Evidence::OwnCheck if signs.spf != Own::Absent => {
            Some(Term::SpfCheck(vec![Some([anything(), text(signs.spf_domain), anything()])]))
        }
        Evidence::OtherSignature if signs.other_dkim != ABSENT => other(signs.other_dkim).map(Term::Signature),
        Evidence::OtherCheck | Evidence::OtherSignature => other(signs.other_spf).map(Term::SpfCheck),
        Evidence::OwnCheck | Evidence::Sender | Evidence::Any => None,
    }
}
