//! The dictionaries behind the rows: what repeats from record to record is held once and named by a number.
//!
//! A batch from a reader and the whole dataset have the same tables, so that taking a batch in is a renumbering:
//! a few look-ups for each *distinct* value of the batch, and none for a row.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::dictionary::Dictionary;
use super::strings::{ABSENT, Strings, TextId};
use crate::report::keyword::{Keyword, Word};
use crate::report::{Dkim, Evaluated, Reason, Record, Spf};

/// A [`Keyword`] in four bytes: absent, empty, a word of the standard by its place in the list, or a text of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Code(u32);

const OTHER: u32 = 1 << 31;

impl Code {
    /// A keyword's code.
    pub fn of<T: Word + PartialEq>(word: &Keyword<T>, strings: &mut Strings) -> Self {
        match word {
            Keyword::Absent => Self(0),
            Keyword::Empty => Self(1),
            Keyword::Known(word) => {
                let place = T::ALL.iter().position(|known| known == word).unwrap_or_default();
                Self(2 + u32::try_from(place).unwrap_or_default())
            }
            // Ids have 31 bits here: more distinct texts than that do not fit into any browser.
            Keyword::Other(text) => Self::of_text(strings.intern(text)),
        }
    }

    /// The code of a text that is no word of the standard.
    #[must_use]
    pub const fn of_text(id: TextId) -> Self {
        Self(OTHER | (id & !OTHER))
    }

    /// The standard's word, where it is one of `T`'s.
    #[must_use]
    pub fn known<T: Word>(self) -> Option<T> {
        if self.0 & OTHER != 0 {
            return None;
        }
        T::ALL.get((self.0 as usize).checked_sub(2)?).copied()
    }

    /// The standard's word as text, where it is one of `T`'s; the empty text where nothing but blanks stands.
    #[must_use]
    pub fn word<T: Word>(self) -> Option<&'static str> {
        if self.0 == 1 { Some("") } else { self.known::<T>().map(T::word) }
    }

    /// Whether the field says anything at all.
    #[must_use]
    pub const fn is_stated(self) -> bool {
        self.0 > 1
    }

    /// The text that is no word of the standard.
    #[must_use]
    pub const fn other(self) -> Option<TextId> {
        if self.0 & OTHER == 0 { None } else { Some(self.0 & !OTHER) }
    }

    /// The keyword again, whole.
    #[must_use]
    pub fn keyword<T: Word>(self, strings: &Strings) -> Keyword<T> {
        match self.0 {
            0 => Keyword::Absent,
            1 => Keyword::Empty,
            other if other & OTHER != 0 => Keyword::Other(strings.get(other & !OTHER).unwrap_or_default().into()),
            _ => self.known().map_or(Keyword::Empty, Keyword::Known),
        }
    }

    /// The code in the strings that took the batch's strings in.
    #[must_use]
    pub fn renumbered(self, strings: &[TextId]) -> Self {
        if self.0 & OTHER == 0 {
            return self;
        }
        Self::of_text(renumber(strings, self.0 & !OTHER))
    }
}

pub(super) fn renumber(map: &[u32], id: u32) -> u32 {
    if id == ABSENT { ABSENT } else { map.get(id as usize).copied().unwrap_or(ABSENT) }
}

/// Where mail came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Source {
    /// An address.
    Address(IpAddr),
    /// What stood in place of one.
    Unreadable(TextId),
}

/// `identifiers` of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identifiers {
    /// `header_from`.
    pub header_from: TextId,
    /// `envelope_from`; the empty text is the null sender.
    pub envelope_from: TextId,
    /// `envelope_to`.
    pub envelope_to: TextId,
}

/// A raw DKIM or SPF result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AuthEntry {
    /// The domain.
    pub domain: TextId,
    /// DKIM: the selector. SPF: always [`ABSENT`].
    pub selector: TextId,
    /// SPF: the scope. DKIM: always absent.
    pub scope: Code,
    /// The result.
    pub result: Code,
    /// `human_result`.
    pub human_result: TextId,
    /// Its `lang` attribute.
    pub lang: TextId,
}

/// `auth_results` of a record: numbers of DKIM results and of SPF results, in the record's order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Auth {
    /// DKIM results.
    pub dkim: Box<[u32]>,
    /// SPF results.
    pub spf: Box<[u32]>,
}

/// A reason for another disposition than the policy's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReasonEntry {
    /// Its type.
    pub kind: Code,
    /// Its comment.
    pub comment: TextId,
    /// The comment's `lang` attribute.
    pub lang: TextId,
}

/// `policy_evaluated` of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Evaluation {
    /// Whether the element is there at all.
    pub present: bool,
    /// What the receiver did.
    pub disposition: Code,
    /// DKIM, aligned.
    pub dkim: Code,
    /// SPF, aligned.
    pub spf: Code,
    /// Every reason.
    pub reasons: Box<[ReasonEntry]>,
}

/// What few records have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Extra {
    /// `source_ip` as written, where that is not the address's usual form.
    pub source_text: TextId,
    /// Foreign elements, raw.
    pub extensions: TextId,
}

/// All dictionaries.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Tables {
    /// Texts.
    pub strings: Strings,
    /// Sources.
    pub sources: Dictionary<Source>,
    /// Identifiers.
    pub identifiers: Dictionary<Identifiers>,
    /// DKIM results.
    pub dkim: Dictionary<AuthEntry>,
    /// SPF results.
    pub spf: Dictionary<AuthEntry>,
    /// Combinations of results.
    pub auths: Dictionary<Auth>,
    /// Evaluations.
    pub evaluations: Dictionary<Evaluation>,
    /// Extras.
    pub extras: Dictionary<Extra>,
    /// Used again and again while a record's lists are gathered.
    #[serde(skip)]
    scratch: Vec<u32>,
}

/// A record's numbers in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// Number in [`Tables::sources`].
    pub source: u32,
    /// Number in [`Tables::identifiers`].
    pub identifiers: u32,
    /// Number in [`Tables::auths`].
    pub auth: u32,
    /// Number in [`Tables::evaluations`].
    pub evaluation: u32,
    /// Number in [`Tables::extras`], or [`ABSENT`].
    pub extra: u32,
}

impl Tables {
    /// Files a record's values and gives their numbers.
    pub fn intern(&mut self, record: &Record<'_>) -> Entry {
        let strings = &mut self.strings;
        let source = match record.source {
            Some(address) => Source::Address(address),
            None => Source::Unreadable(strings.intern_option(record.source_text.as_deref())),
        };
        let identifiers = Identifiers {
            header_from: strings.intern_option(record.header_from.as_deref()),
            envelope_from: strings.intern_option(record.envelope_from.as_deref()),
            envelope_to: strings.intern_option(record.envelope_to.as_deref()),
        };
        let extra =
            (record.source.is_some() && record.source_text.is_some() || record.extensions.is_some()).then(|| Extra {
                source_text: strings.intern_option(record.source_text.as_deref()),
                extensions: strings.intern_option(record.extensions.as_deref()),
            });
        let evaluation = evaluation(record.evaluated.as_ref(), &record.reasons, strings);
        Entry {
            source: self.sources.intern(source),
            identifiers: self.identifiers.intern(identifiers),
            auth: self.intern_auth(&record.dkim, &record.spf),
            evaluation: self.evaluations.intern(evaluation),
            extra: extra.map_or(ABSENT, |extra| self.extras.intern(extra)),
        }
    }

    fn intern_auth(&mut self, dkim: &[Dkim<'_>], spf: &[Spf<'_>]) -> u32 {
        let mut ids = std::mem::take(&mut self.scratch);
        ids.clear();
        for result in dkim {
            let entry = AuthEntry {
                domain: self.strings.intern_option(result.domain.as_deref()),
                selector: self.strings.intern_option(result.selector.as_deref()),
                scope: Code::default(),
                result: Code::of(&result.result, &mut self.strings),
                human_result: self.strings.intern_option(result.human_result.as_deref()),
                lang: self.strings.intern_option(result.lang.as_deref()),
            };
            ids.push(self.dkim.intern(entry));
        }
        for result in spf {
            let entry = AuthEntry {
                domain: self.strings.intern_option(result.domain.as_deref()),
                selector: ABSENT,
                scope: Code::of(&result.scope, &mut self.strings),
                result: Code::of(&result.result, &mut self.strings),
                human_result: self.strings.intern_option(result.human_result.as_deref()),
                lang: self.strings.intern_option(result.lang.as_deref()),
            };
            ids.push(self.spf.intern(entry));
        }
        let (dkim, spf) = ids.split_at_checked(dkim.len()).unwrap_or_default();
        let auth = Auth { dkim: dkim.into(), spf: spf.into() };
        self.scratch = ids;
        self.auths.intern(auth)
    }

    /// Forgets everything, keeping the memory.
    pub fn clear(&mut self) {
        self.strings.clear();
        self.sources.clear();
        self.identifiers.clear();
        self.dkim.clear();
        self.spf.clear();
        self.auths.clear();
        self.evaluations.clear();
        self.extras.clear();
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let lists: usize = self.auths.items().iter().map(|auth| (auth.dkim.len() + auth.spf.len()) * 4).sum();
        let reasons: usize = self.evaluations.items().iter().map(|e| size_of_val::<[ReasonEntry]>(&e.reasons)).sum();
        self.strings.bytes()
            + self.sources.bytes()
            + self.identifiers.bytes()
            + self.dkim.bytes()
            + self.spf.bytes()
            + self.auths.bytes()
            + self.evaluations.bytes()
            + self.extras.bytes()
            + lists
            + reasons
    }
}

fn evaluation(evaluated: Option<&Evaluated>, reasons: &[Reason<'_>], strings: &mut Strings) -> Evaluation {
    let reasons = reasons
        .iter()
        .map(|reason| ReasonEntry {
            kind: Code::of(&reason.kind, strings),
            comment: strings.intern_option(reason.comment.as_deref()),
            lang: strings.intern_option(reason.lang.as_deref()),
        })
        .collect();
    match evaluated {
        None => Evaluation { reasons, ..Evaluation::default() },
        Some(evaluated) => Evaluation {
            present: true,
            disposition: Code::of(&evaluated.disposition, strings),
            dkim: Code::of(&evaluated.dkim, strings),
            spf: Code::of(&evaluated.spf, strings),
            reasons,
        },
    }
}

/// New numbers for the numbers of a batch.
#[derive(Debug, Default)]
pub struct Renumbering {
    /// For [`Tables::strings`].
    pub strings: Vec<u32>,
    sources: Vec<u32>,
    identifiers: Vec<u32>,
    auths: Vec<u32>,
    evaluations: Vec<u32>,
    extras: Vec<u32>,
}

impl Tables {
    /// Takes in all values of a batch's tables and tells their new numbers.
    pub fn absorb(&mut self, batch: &Self) -> Renumbering {
        let strings: Vec<u32> = batch.strings.iter().map(|text| self.strings.intern(text)).collect();
        let text = |id: TextId| renumber(&strings, id);
        let entry = |entry: &AuthEntry| AuthEntry {
            domain: text(entry.domain),
            selector: text(entry.selector),
            scope: entry.scope.renumbered(&strings),
            result: entry.result.renumbered(&strings),
            human_result: text(entry.human_result),
            lang: text(entry.lang),
        };
        let dkim: Vec<u32> = batch.dkim.items().iter().map(|item| self.dkim.intern(entry(item))).collect();
        let spf: Vec<u32> = batch.spf.items().iter().map(|item| self.spf.intern(entry(item))).collect();
        let list = |map: &[u32], ids: &[u32]| ids.iter().map(|id| renumber(map, *id)).collect();
        let sources = batch.sources.items().iter().map(|source| {
            self.sources.intern(match *source {
                Source::Unreadable(id) => Source::Unreadable(text(id)),
                address @ Source::Address(_) => address,
            })
        });
        let sources = sources.collect();
        let identifiers = batch.identifiers.items().iter().map(|item| {
            self.identifiers.intern(Identifiers {
                header_from: text(item.header_from),
                envelope_from: text(item.envelope_from),
                envelope_to: text(item.envelope_to),
            })
        });
        let identifiers = identifiers.collect();
        let auths = batch
            .auths
            .items()
            .iter()
            .map(|auth| self.auths.intern(Auth { dkim: list(&dkim, &auth.dkim), spf: list(&spf, &auth.spf) }))
            .collect();
        let evaluations = batch.evaluations.items().iter().map(|item| {
            let reasons = item.reasons.iter().map(|reason| ReasonEntry {
                kind: reason.kind.renumbered(&strings),
                comment: text(reason.comment),
                lang: text(reason.lang),
            });
            self.evaluations.intern(Evaluation {
                present: item.present,
                disposition: item.disposition.renumbered(&strings),
                dkim: item.dkim.renumbered(&strings),
                spf: item.spf.renumbered(&strings),
                reasons: reasons.collect(),
            })
        });
        let evaluations = evaluations.collect();
        let extras = batch.extras.items().iter().map(|extra| {
            self.extras.intern(Extra { source_text: text(extra.source_text), extensions: text(extra.extensions) })
        });
        let extras = extras.collect();
        Renumbering { strings, sources, identifiers, auths, evaluations, extras }
    }
}

impl Renumbering {
    /// A row's numbers in the tables that took the batch in.
    #[must_use]
    pub fn entry(&self, entry: Entry) -> Entry {
        Entry {
            source: renumber(&self.sources, entry.source),
            identifiers: renumber(&self.identifiers, entry.identifiers),
            auth: renumber(&self.auths, entry.auth),
            evaluation: renumber(&self.evaluations, entry.evaluation),
            extra: renumber(&self.extras, entry.extra),
        }
    }
}
