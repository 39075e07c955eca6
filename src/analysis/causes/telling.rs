//! What is told of a row: the condition that shows the evidence, and the step with all that it names.

use std::net::IpAddr;

use super::rules::{Evidence, Row, Rule};
use super::signs::{Own, Signs};
use super::step::{Service, Step, StepKind};
use crate::analysis::field::Field;
use crate::analysis::filter::{Clause, Filter, Network, Term};
use crate::analysis::look::Look;
use crate::analysis::pattern::Pattern;
use crate::dataset::{ABSENT, BLOCK, Dataset, Source, TextId};
use crate::report::verdict::Verdict;

/// The address of a source, where it has one.
pub(super) fn address(source: u32, dataset: &Dataset) -> Option<IpAddr> {
    match dataset.tables.sources.get(source.checked_sub(1)?)? {
        Source::Address(address) => Some(*address),
        Source::Unreadable(_) => None,
    }
}

/// What a row of a block shows.
pub(super) fn signs(row: u32, block: &Look<'_>, dataset: &Dataset) -> Option<Signs> {
    let row = row as usize;
    let (_, entry) = block.rows.get(row)?;
    let policy = dataset.policies.get(dataset.reports.get(*block.report_of.get(row)? as usize)?.policy)?;
    Signs::of(entry, policy, *block.outcome.get(row)?, block.ours.get(row)?.verdict(), dataset)
}

/// What a row of the dataset shows.
pub(super) fn signs_at(row: usize, dataset: &Dataset) -> Option<Signs> {
    signs(u32::try_from(row % BLOCK).ok()?, &Look::of(dataset.records.block(row / BLOCK)?), dataset)
}

/// The condition that the rows which show it meet, of those that `whose` tells.
pub(super) fn evidence(rule: &Rule, theirs: Verdict, whose: Term, signs: Option<&Signs>, dataset: &Dataset) -> Filter {
    let mut terms = vec![whose];
    terms.extend(verdicts(theirs, rule.of));
    terms.extend(signs.and_then(|signs| shown(rule.evidence, signs, dataset)));
    filter(terms)
}

/// Rows that the reporter judges like this. Where it does not, ours stands in for it.
pub(super) fn verdicts(theirs: Verdict, own: Verdict) -> Vec<Term> {
    let mut terms = vec![Term::Verdict(vec![theirs])];
    if theirs != own {
        terms.push(Term::Text(Field::Ours, vec![Pattern::exactly(own.word())]));
    }
    terms
}

/// Rows that meet all of some conditions.
pub(super) fn filter(terms: Vec<Term>) -> Filter {
    Filter { clauses: terms.into_iter().map(|term| Clause { negated: false, term }).collect() }
}

/// An address alone.
pub(super) const fn network(address: IpAddr) -> Network {
    Network { address, prefix: Network::full(address) }
}

/// The result that a row is evidence by.
fn shown(evidence: Evidence, signs: &Signs, dataset: &Dataset) -> Option<Term> {
    let text = |id: TextId| Pattern::stated(dataset.tables.strings.get(id));
    let (pass, anything) = (|| Pattern::exactly("pass"), Pattern::anything);
    Some(match evidence {
        Evidence::Any | Evidence::Sender => return None,
        Evidence::OwnSignature => {
            Term::Signature(vec![Some([anything(), text(signs.dkim_domain), text(signs.selector)])])
        }
        Evidence::OtherSignature if signs.other_dkim == ABSENT => {
            Term::SpfCheck(vec![Some([pass(), text(signs.other_spf), anything()])])
        }
        Evidence::OtherSignature => Term::Signature(vec![Some([pass(), text(signs.other()), anything()])]),
        Evidence::OwnCheck => Term::SpfCheck(vec![Some([anything(), text(signs.spf_domain), anything()])]),
        Evidence::OtherCheck => Term::SpfCheck(vec![Some([pass(), text(signs.other_spf), anything()])]),
        Evidence::Reasons(words) => {
            Term::Text(Field::Reason, words.iter().map(|word| Pattern::exactly(word)).collect())
        }
    })
}

/// The step with the names that the row gives.
pub(super) fn step(kind: StepKind, row: Option<&Row<'_>>, address: Option<IpAddr>) -> Step {
    let bare = Step {
        kind,
        domain: None,
        selector: None,
        other: None,
        service: None,
        address,
        others: 0,
        reporter: None,
        copy: None,
    };
    let Some(row) = row else { return bare };
    let (signs, strings) = (row.signs, &row.dataset.tables.strings);
    let text = |id: TextId| strings.get(id).map(ToOwned::to_owned);
    let is_about_dkim = is_about_dkim(signs);
    let from = text(signs.from);
    let domain = match kind {
        StepKind::FixDkimKey | StepKind::LastHopSigns | StepKind::Revoke => text(signs.dkim_domain).or(from),
        StepKind::CheckDns if is_about_dkim => text(signs.dkim_domain),
        StepKind::CheckDns | StepKind::AddToSpf | StepKind::ShortenSpf => text(signs.spf_domain).or(from),
        _ => from,
    };
    let other = match kind {
        StepKind::CustomReturnPath => text(signs.other_spf),
        StepKind::FixAlignment if is_about_dkim => text(signs.dkim_domain),
        StepKind::FixAlignment => text(signs.spf_domain),
        StepKind::WhoseAddress => text(signs.other()),
        _ => text(signs.other()).or_else(|| text(signs.asked_spf)),
    };
    let service = row.service().map(|sender| Service {
        name: sender.name.clone(),
        setting: match kind {
            StepKind::CustomReturnPath => sender.own_return_path.clone(),
            StepKind::CustomDkim | StepKind::FixDkimKey => sender.own_dkim.clone(),
            _ => None,
        },
        source: sender.sources.first().cloned().unwrap_or_default(),
    });
    let reporter = row.context.only_one(row.source).filter(|_| signs.dkim == Own::Fail);
    let (selector, reporter) = (text(signs.selector), reporter.and_then(text));
    let mechanism = address.map(mechanism);
    let setting = service.as_ref().and_then(|service| service.setting.clone());
    let named = |before: &str| domain.as_ref().map(|domain| format!("{before}{domain}"));
    let key = || named(&format!("{}._domainkey.", selector.as_deref()?));
    let copy = match kind {
        StepKind::CustomDkim => setting.or_else(|| named("d=")),
        StepKind::CustomReturnPath => setting.or_else(|| named("bounces.")),
        StepKind::FixDkimKey => key(),
        StepKind::CheckDns if is_about_dkim => key(),
        StepKind::CheckDns | StepKind::ShortenSpf => domain.clone(),
        StepKind::AddToSpf => {
            row.service().and_then(|sender| Some(format!("include:{}", sender.include.as_ref()?))).or(mechanism)
        }
        StepKind::AuthenticateServer => mechanism,
        StepKind::FixAlignment => Some(if is_about_dkim { "adkim=r" } else { "aspf=r" }.to_owned()),
        StepKind::LastHopSigns => named("d="),
        // What lets the mail pass.
        StepKind::Revoke if signs.dkim == Own::Pass => key(),
        StepKind::Revoke => text(signs.spf_domain),
        StepKind::WhoseAddress => address.map(|address| address.to_string()),
        StepKind::None | StepKind::CheckOverride | StepKind::GatherMore => None,
    };
    Step { kind, domain, selector, other, service, address, others: 0, reporter, copy }
}

/// Whether the own signature is what stands in the way.
pub(super) const fn is_about_dkim(signs: &Signs) -> bool {
    matches!(signs.dkim, Own::NearPass | Own::Fail | Own::Trouble | Own::Temporary)
}

/// What lists an address in an SPF record.
pub(super) fn mechanism(address: IpAddr) -> String {
    format!("{}:{address}", if address.is_ipv4() { "ip4" } else { "ip6" })
}
