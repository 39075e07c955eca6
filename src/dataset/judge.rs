//! Our own verdict on every row, once the suffix list is there.

use std::ops::Range;

use super::meta::Policy;
use super::proofs::{Proof, Proofs};
use super::strings::{ABSENT, TextId};
use super::tables::{AuthEntry, Entry, Tables};
use super::{BLOCK, Dataset};
use crate::domains::{Domain, Part, SuffixList};
use crate::report::ReportId;
use crate::report::keyword::{AuthResult, Evaluation, SpfScope};
use crate::report::ours::{Case, Ours, Proof as Shown, mode};
use crate::report::verdict::Outcome;

/// Judges rows. Each distinct name is looked up in the list once; after that a row costs some comparisons of names.
#[derive(Debug, Default)]
pub(super) struct Judge {
    list: Option<SuffixList>,
    /// For each text one more than the place of its domain; nought until it is looked up.
    places: Vec<u32>,
    /// `None` for what is no name.
    domains: Vec<Option<Domain>>,
    /// The last answer: neighbours are often alike.
    last: Option<(Like, Ours)>,
    /// What mail of each source proves, and the last answer to that.
    proofs: Proofs,
    proved: Option<([u32; 2], Option<Proof>)>,
    /// Rows from this one on were judged when they came, or since.
    next: usize,
    /// Rows before this one came before the list.
    upto: usize,
}

/// What the answer hangs on: the numbers of policy, identifiers, results and evaluation.
type Like = [u32; 4];

impl Judge {
    /// Our verdict on a row; [`Ours::UNJUDGED`] as long as there is no list.
    pub fn ours(&mut self, tables: &Tables, policy: (u32, &Policy), entry: Entry, outcome: Outcome) -> Ours {
        let like = [policy.0, entry.identifiers, entry.auth, entry.evaluation];
        match self.last {
            Some((known, ours)) if known == like => ours,
            _ => {
                let ours = self.judged(tables, policy.1, entry, outcome).unwrap_or(Ours::UNJUDGED);
                self.last = Some((like, ours));
                ours
            }
        }
    }

    fn judged(&mut self, tables: &Tables, policy: &Policy, entry: Entry, outcome: Outcome) -> Option<Ours> {
        self.list.as_ref()?;
        let identifiers = tables.identifiers.get(entry.identifiers)?;
        let auth = tables.auths.get(entry.auth)?;
        let evaluation = tables.evaluations.get(entry.evaluation)?;
        let dkim = || auth.dkim.iter().filter_map(|id| tables.dkim.get(*id));
        let spf = || auth.spf.iter().filter_map(|id| tables.spf.get(*id));
        self.look_up(policy.domain, tables);
        self.look_up(identifiers.header_from, tables);
        dkim().chain(spf()).for_each(|result| self.look_up(result.domain, tables));
        let case = Case {
            from: self.domain(identifiers.header_from),
            policy: self.domain(policy.domain),
            adkim: mode(policy.adkim.known()),
            aspf: mode(policy.aspf.known()),
            envelope_from: tables.strings.get(identifiers.envelope_from),
            reported: evaluation
                .present
                .then(|| [evaluation.dkim, evaluation.spf].map(|code| code.known::<Evaluation>())),
            verdict: outcome.verdict(),
        };
        let proof = |result: &AuthEntry| Shown {
            domain: self.domain(result.domain),
            scope: result.scope.known::<SpfScope>(),
            result: result.result.known(),
            is_stated: result.result.is_stated(),
        };
        Some(case.judge(dkim().map(proof), spf().map(proof)))
    }

    /// Whether a row is still to be judged, as it came before the list.
    const fn is_to_come(&self, row: usize) -> bool {
        self.next <= row && row < self.upto
    }

    /// Whether there is a list.
    pub const fn is_ready(&self) -> bool {
        self.list.is_some()
    }

    /// Takes in who sent messages of a row that was judged.
    pub fn prove(&mut self, tables: &Tables, entry: Entry, count: u64) {
        let like = [entry.identifiers, entry.auth];
        let proof = match self.proved {
            Some((known, proof)) if known == like => proof,
            _ => self.proof(tables, entry),
        };
        self.proved = Some((like, proof));
        if let Some(proof) = proof {
            self.proofs.see(entry.source, proof, count);
        }
    }

    fn proof(&self, tables: &Tables, entry: Entry) -> Option<Proof> {
        let from = self.domain(tables.identifiers.get(entry.identifiers)?.header_from)?;
        let auth = tables.auths.get(entry.auth)?;
        let passes = |result: &&AuthEntry| result.result.known() == Some(AuthResult::Pass);
        let dkim = || auth.dkim.iter().filter_map(|id| tables.dkim.get(*id)).filter(passes);
        let spf = auth.spf.iter().filter_map(|id| tables.spf.get(*id)).filter(passes);
        let spf = || spf.clone().filter(|result| result.scope.known() != Some(SpfScope::Helo));
        let is = |result: &AuthEntry, is_own: bool| {
            let domain = self.domain(result.domain);
            domain.is_some_and(|domain| (domain.organization(Part::Whole) == from.organization(Part::Whole)) == is_own)
        };
        let other = dkim().chain(spf()).find(|result| is(result, false)).map(|result| Proof::other(result.domain));
        let own = || {
            let signed = dkim().find(|result| is(result, true)).map(|result| (result.domain, result.selector));
            let (domain, selector) =
                signed.or_else(|| Some((spf().find(|result| is(result, true))?.domain, ABSENT)))?;
            Some(Proof { domain, selector, is_own: true })
        };
        other.or_else(own)
    }

    fn look_up(&mut self, id: TextId, tables: &Tables) {
        let place = id as usize;
        if self.places.get(place).is_some_and(|known| *known != 0) {
            return;
        }
        let (Some(list), Some(name)) = (&self.list, tables.strings.get(id)) else { return };
        if place >= self.places.len() {
            self.places.resize(tables.strings.len(), 0);
        }
        if let Some(known) = self.places.get_mut(place).filter(|known| **known == 0) {
            self.domains.push(Domain::of(name, list));
            *known = u32::try_from(self.domains.len()).unwrap_or(0);
        }
    }

    fn domain(&self, id: TextId) -> Option<&Domain> {
        let place = self.places.get(id as usize)?.checked_sub(1)?;
        self.domains.get(place as usize)?.as_ref()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        let names: usize = self.domains.iter().flatten().map(|domain| domain.name().len()).sum();
        let list = self.list.as_ref().map_or(0, SuffixList::bytes);
        self.proofs.bytes()
            + self.places.capacity() * 4
            + self.domains.capacity() * size_of::<Option<Domain>>()
            + names
            + list
    }
}

impl Dataset {
    /// Takes in who sent the messages of a report that is over and counts.
    pub(super) fn prove(&mut self, id: ReportId, rows: Range<usize>) {
        if !self.judge.is_ready() {
            return;
        }
        for (row, count, entry) in self.records.of_report(id, rows) {
            if !self.judge.is_to_come(row) {
                self.judge.prove(&self.tables, entry, count);
            }
        }
    }

    /// A report counts no more: who sends is told anew by those that do, row by row.
    pub(super) fn prove_anew(&mut self) {
        if self.judge.is_ready() {
            self.judge.proofs = Proofs::default();
            (self.judge.next, self.judge.upto) = (0, self.records.len());
        }
    }

    /// Judges by this list from now on; what is there already, by [`judge`](Self::judge).
    pub fn use_suffixes(&mut self, list: SuffixList) {
        self.judge = Judge { list: Some(list), upto: self.records.len(), ..Judge::default() };
    }

    /// The suffix list, once there is one.
    #[must_use]
    pub const fn suffixes(&self) -> Option<&SuffixList> {
        self.judge.list.as_ref()
    }

    /// A text of judged rows as a domain name; `None` where it is none of theirs, or there is no list.
    #[must_use]
    pub fn domain(&self, id: TextId) -> Option<&Domain> {
        self.judge.domain(id)
    }

    /// What most messages of a source prove; `None` where none proves anything, or there is no list.
    #[must_use]
    pub fn proof(&self, source: u32) -> Option<Proof> {
        self.judge.proofs.of(source)
    }

    /// Whether rows that came before the list wait to be judged.
    #[must_use]
    pub const fn is_unjudged(&self) -> bool {
        self.judge.next < self.judge.upto
    }

    /// Judges some more of the rows that came before the list; true while there are more.
    pub fn judge(&mut self) -> bool {
        let Judge { next, upto, .. } = self.judge;
        let end = upto.min(next.saturating_add(BLOCK / 4));
        for row in next..end {
            let Some((id, count, entry)) = self.records.get(row) else { break };
            let (Some(outcome), Some(report)) = (self.records.outcome(row), self.reports.get(id as usize)) else {
                continue;
            };
            let Some(policy) = self.policies.get(report.policy) else { continue };
            let ours = self.judge.ours(&self.tables, (report.policy, policy), entry, outcome);
            self.records.judge(row, outcome, ours);
            // What is not over yet proves who sends once it is: it may be a twin.
            if report.item.is_some() && self.counts(id) {
                self.judge.prove(&self.tables, entry, count);
            }
        }
        self.judge.next = end;
        if next < upto && end == upto {
            self.rewrites += 1;
        }
        end < upto
    }
}
