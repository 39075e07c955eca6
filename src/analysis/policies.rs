//! What domains publish: as a text, and when that changed.

use std::ops::Range;

use super::compile::{Compiled, DATELESS};
use super::keys::Keys;
use super::pairs::Pairs;
use super::query::{Dimension, Policies, PolicyChange};
use super::zone::{Day, of_rank, rank_of};
use crate::dataset::{Code, Dataset, Policy, Strings};
use crate::report::keyword::{Alignment, RequestedPolicy};
use crate::sort::{Item, sort};

/// A published policy as a record in the DNS would have it, without what is so anyway: `p=reject; sp=none; adkim=s; pct=50`.
/// None where nothing of it is stated.
pub fn published(policy: &Policy, strings: &Strings) -> Option<String> {
    let word = |code: Code, word: Option<&'static str>| word.or_else(|| strings.get(code.other()?));
    let requested = |code: Code| word(code, code.word::<RequestedPolicy>());
    let alignment = |code: Code| word(code, code.word::<Alignment>()).filter(|word| *word != "r");
    let p = requested(policy.p);
    let parts = [
        ("p", p),
        ("sp", requested(policy.sp).filter(|sp| Some(*sp) != p)),
        ("np", requested(policy.np).filter(|np| Some(*np) != p)),
        ("adkim", alignment(policy.adkim)),
        ("aspf", alignment(policy.aspf)),
        ("pct", strings.get(policy.pct).filter(|pct| *pct != "100")),
    ];
    let mut text = String::new();
    for (name, word) in parts {
        if let Some(word) = word {
            for part in [if text.is_empty() { "" } else { "; " }, name, "=", word] {
                text.push_str(part);
            }
        }
    }
    (!text.is_empty()).then_some(text)
}

/// Gathers which policy of which domain was seen on which day, by how many reports.
#[derive(Debug, Default)]
pub struct ByPolicy {
    take: usize,
    /// Domains and policies by their numbers.
    policies: Pairs,
    /// Those and days, as ranks.
    seen: Pairs,
    /// How many reports of each of these.
    reports: Vec<u32>,
}

impl ByPolicy {
    /// For the newest changes.
    #[must_use]
    pub fn of(take: u32) -> Self {
        Self { take: take as usize, ..Self::default() }
    }

    /// Takes in reports.
    pub fn reports(&mut self, reports: Range<usize>, compiled: &Compiled, keys: &[Keys]) {
        let (Some(domains), Some(policies)) =
            (Keys::find(keys, Dimension::Domain), Keys::find(keys, Dimension::Published))
        else {
            return;
        };
        for id in reports.filter_map(|id| u32::try_from(id).ok()).filter(|id| compiled.takes_report(*id)) {
            let (day, domain, policy) = (compiled.day(id), domains.of_entry(id), policies.of_entry(id));
            let ([domain], [policy]) = (domain, policy) else { continue };
            // A report without a policy says nothing of any change.
            if day == DATELESS || *policy == 0 {
                continue;
            }
            let policy = self.policies.number(*domain, *policy);
            let place = self.seen.number(policy, rank_of(day)) as usize;
            self.reports.resize(self.reports.len().max(place.saturating_add(1)), 0);
            if let Some(reports) = self.reports.get_mut(place) {
                *reports = reports.saturating_add(1);
            }
        }
    }

    /// The changes, newest first.
    #[must_use]
    pub fn finish(self, keys: &[Keys], dataset: &Dataset) -> Policies {
        let (Some(domains), Some(policies)) =
            (Keys::find(keys, Dimension::Domain), Keys::find(keys, Dimension::Published))
        else {
            return Policies::default();
        };
        let changes = self.changes(&|a, b| policies.compare(a, b, dataset).is_lt());
        let mut newest: Vec<Item> =
            (0..).zip(&changes).map(|(place, change)| (!u64::from(rank_of(change.0)), place)).collect();
        let domain = |item: &Item| changes.get(item.1 as usize).map_or(0, |change| change.1);
        sort(&mut newest, &|a, b| a.0.cmp(&b.0).then_with(|| domains.compare(domain(a), domain(b), dataset)));
        let rows = newest.iter().take(self.take).filter_map(|(_, place)| {
            let (day, domain, before, after) = changes.get(*place as usize)?;
            let text = |number: u32| policies.whole(number, dataset);
            Some(PolicyChange {
                domain: domains.whole(*domain, dataset),
                day: *day,
                before: text(*before),
                after: text(*after),
            })
        });
        Policies { total: changes.len() as u64, rows: rows.collect() }
    }

    /// Day, domain, policy before and after of each change. What most reports of a day saw is what was published on it; where as
    /// many saw one as another it is the one before if that is among them, else the first by name.
    fn changes(&self, comes_first: &dyn Fn(u32, u32) -> bool) -> Vec<(Day, u32, u32, u32)> {
        let seen = |item: &Item| {
            let (pair, rank) = self.seen.get(item.1)?;
            let (domain, policy) = self.policies.get(pair)?;
            Some((domain, rank, policy, *self.reports.get(item.1 as usize)?))
        };
        let mut all: Vec<Item> = (0..)
            .zip(self.seen.iter_from(0))
            .map(|(place, (pair, rank))| {
                let domain = self.policies.get(pair).map_or(0, |(domain, _)| domain);
                ((u64::from(domain) << 32) | u64::from(rank), place)
            })
            .collect();
        sort(&mut all, &Item::cmp);
        let (mut changes, mut last) = (Vec::new(), None::<(u32, u32)>);
        for day in all.chunk_by(|a, b| a.0 == b.0) {
            let mut most: Option<(u32, u32, u32, u32)> = None;
            for one in day.iter().filter_map(seen) {
                let is_last = |policy: u32| last == Some((one.0, policy));
                let is_more = most.is_none_or(|most| {
                    one.3 > most.3
                        || one.3 == most.3 && !is_last(most.2) && (is_last(one.2) || comes_first(one.2, most.2))
                });
                if is_more {
                    most = Some(one);
                }
            }
            let Some((domain, rank, policy, _)) = most else { continue };
            if let Some((known, before)) = last
                && known == domain
                && before != policy
            {
                changes.push((of_rank(rank), domain, before, policy));
            }
            last = Some((domain, policy));
        }
        changes
    }
}
