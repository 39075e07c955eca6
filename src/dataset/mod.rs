//! Everything read, in columns: one row a record, what repeats held once.
//!
//! Readers hand over [`Batch`]es; [`Dataset::absorb`] renumbers their values, finds twins of reports, and writes the ledger.

mod absorb;
mod again;
mod annotations;
mod batch;
mod dictionary;
mod index;
mod judge;
mod labels;
mod meta;
mod proofs;
mod records;
mod rows;
mod same;
mod strings;
mod tables;
mod twins;
mod whole;

use std::collections::HashMap;

pub use annotations::{Annotations, Fact, Facts};
pub use batch::{Batch, Part, ReportPart};
pub use dictionary::Dictionary;
pub use labels::Labels;
pub use meta::{Meta, Policy};
pub use proofs::Proof;
pub use records::{BLOCK, Block, Records};
pub use rows::Rows;
pub use same::Same;
pub use strings::{ABSENT, Strings, TextId};
pub use tables::{Auth, AuthEntry, Code, Entry, Evaluation, Extra, Identifiers, ReasonEntry, Source, Tables};

use crate::blocks::Blocks;
use crate::ledger::{ItemId, Ledger};
use crate::report::{Figures, ReportId};
use crate::senders::{Catalogue, Marks};
use crate::sort::{Item, sort};

/// A reader's number, given by the page; readers run side by side or one after the other.
pub type ReaderId = u32;

/// All that was read.
#[derive(Debug, Default)]
pub struct Dataset {
    /// What rows name by number.
    pub tables: Tables,
    /// Which DKIM results are the same signature.
    pub signatures: Same,
    /// Which SPF results are the same check.
    pub checks: Same,
    /// Published policies, named by reports.
    pub policies: Dictionary<Policy>,
    /// The records.
    pub records: Records,
    /// The reports, twins included.
    pub reports: Blocks<ReportRow>,
    /// For each report whether totals count it: false for a twin, and where its file was read again since or half-way.
    pub counts: Vec<bool>,
    /// What became of every file.
    pub ledger: Ledger,
    /// What is known of sources from elsewhere.
    annotations: Annotations,
    /// Policy domains and their labels, in order. Domains are read in small letters, so that each has one id.
    labels: Vec<Item>,
    /// Reports with the same reporter, id, domain and period.
    keys: HashMap<twins::Key, Vec<ReportId>, hashbrown::DefaultHashBuilder>,
    /// Our own verdicts.
    judge: judge::Judge,
    /// Services that send mail for others.
    catalogue: Option<Catalogue>,
    /// The names of its services.
    services: Vec<TextId>,
    /// What a person says of senders, and the names of those that are told by their addresses.
    marks: (Marks, HashMap<String, TextId>),
    /// What each reader has open.
    open: HashMap<ReaderId, absorb::Open>,
    /// Rows before this place were there before the batch in hand: a query may be looking at them.
    settled: usize,
    /// See [`Dataset::rewrites`].
    rewrites: u64,
    /// See [`Dataset::changes`].
    changes: u64,
}

/// A report and what its rows sum up to.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// Its metadata.
    pub meta: Meta,
    /// Number in [`Dataset::policies`].
    pub policy: u32,
    /// The places of its first row and after its last; rows of other reports may lie between where readers run side by side.
    pub rows: std::ops::Range<usize>,
    /// What its rows sum up to, twin or not.
    pub figures: Figures,
    /// The name of the file it is in.
    pub file: TextId,
    /// Its entry in the ledger; `None` until it is over.
    pub item: Option<ItemId>,
}

impl Dataset {
    /// How many times what was known of rows already here has changed: a long report told its policy, or who made it, after
    /// its first records were handed over; the suffix list came after rows; domains got other labels, or senders other marks; or
    /// something was told of sources. All else only adds.
    #[must_use]
    pub const fn rewrites(&self) -> u64 {
        self.rewrites
    }

    /// How many times anything came in, or a reader was lost.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    /// Names services by this catalogue from now on.
    pub fn use_catalogue(&mut self, catalogue: Catalogue) {
        let strings = &mut self.tables.strings;
        self.services = catalogue.senders().iter().map(|sender| strings.intern(&sender.name)).collect();
        self.catalogue = Some(catalogue);
        self.rewrites += 1;
    }

    /// The catalogue of services, once there is one.
    #[must_use]
    pub const fn catalogue(&self) -> Option<&Catalogue> {
        self.catalogue.as_ref()
    }

    /// The name of the service that a proof is of.
    #[must_use]
    pub fn service(&self, proof: Proof) -> Option<TextId> {
        let catalogue = self.catalogue.as_ref()?;
        let by_selector = || catalogue.by_selector(self.tables.strings.get(proof.selector)?);
        let place = self.domain(proof.domain).and_then(|domain| catalogue.place(domain.name()));
        let place = place.filter(|_| !proof.is_own).or_else(by_selector)?;
        self.services.get(place).copied()
    }

    /// Takes in what a person says of senders, in place of what was said.
    pub fn set_marks(&mut self, marks: Marks) {
        self.rewrites += 1;
        let strings = &mut self.tables.strings;
        let names = marks.iter().map(|(sender, _)| (sender.to_owned(), strings.intern(sender))).collect();
        self.marks = (marks, names);
    }

    /// What a person says of senders.
    #[must_use]
    pub const fn marks(&self) -> &Marks {
        &self.marks.0
    }

    /// The sender that a source belongs to because a person says so of its address.
    #[must_use]
    pub fn marked(&self, source: u32) -> Option<TextId> {
        let (marks, names) = &self.marks;
        match self.tables.sources.get(source)? {
            Source::Address(address) => names.get(marks.sender_of(*address)?).copied(),
            Source::Unreadable(_) => None,
        }
    }

    /// Whether totals count a report; twins are told by their ledger entry and left out.
    #[must_use]
    pub fn counts(&self, report: ReportId) -> bool {
        self.counts.get(report as usize).copied().unwrap_or(false)
    }

    /// Takes in what a person calls domains, in place of what was known: labels, and domains in small letters.
    pub fn set_labels(&mut self, labels: &[(String, String)]) {
        self.rewrites += 1;
        let strings = &mut self.tables.strings;
        let ids = |(label, domain): &(String, String)| (strings.intern(domain).into(), strings.intern(label));
        self.labels = labels.iter().map(ids).collect();
        sort(&mut self.labels, &Item::cmp);
    }

    /// Takes in what is known of sources from elsewhere.
    pub fn annotate(&mut self, facts: &Facts) {
        self.rewrites += 1;
        self.annotations.set(facts, self.tables.sources.len(), &mut self.tables.strings);
    }

    /// A fact of the source of a number; [`ABSENT`] where it is not known.
    #[must_use]
    pub fn fact(&self, source: usize, fact: Fact) -> TextId {
        self.annotations.get(source, fact)
    }

    /// The labels of a policy domain.
    pub fn labels(&self, domain: TextId) -> impl Iterator<Item = TextId> {
        let domain = u64::from(domain);
        let first = self.labels.partition_point(|(known, _)| *known < domain);
        let own = self.labels.iter().skip(first).take_while(move |(known, _)| *known == domain);
        own.map(|(_, label)| *label)
    }

    /// Bytes held for the rows and what they name, without reports and ledger.
    #[must_use]
    pub fn row_bytes(&self) -> usize {
        self.tables.bytes()
            + self.signatures.bytes()
            + self.checks.bytes()
            + self.policies.bytes()
            + self.records.bytes()
            + self.judge.bytes()
            + self.annotations.bytes()
    }
}
