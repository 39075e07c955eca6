//! What was read, whole again: the dataset holds it in numbers.

use std::borrow::Cow;

use super::strings::ABSENT;
use super::tables::{Entry, Source, Tables};
use super::{Dataset, ReportRow};
use crate::report::{Dkim, Evaluated, Reason, Record, Report, ReportId, Spf};

impl Tables {
    /// A record of so many messages by its numbers.
    #[must_use]
    pub fn record(&self, count: u64, entry: Entry) -> Option<Record<'_>> {
        let strings = &self.strings;
        let text = |id| strings.get(id).map(Cow::Borrowed);
        let identifiers = self.identifiers.get(entry.identifiers)?;
        let auth = self.auths.get(entry.auth)?;
        let evaluation = self.evaluations.get(entry.evaluation)?;
        let extra = if entry.extra == ABSENT { None } else { self.extras.get(entry.extra) };
        let (source, unreadable) = match *self.sources.get(entry.source)? {
            Source::Address(address) => (Some(address), None),
            Source::Unreadable(id) => (None, text(id)),
        };
        let reasons = evaluation.reasons.iter().map(|reason| Reason {
            kind: reason.kind.keyword(strings),
            comment: text(reason.comment),
            lang: text(reason.lang),
        });
        let dkim = auth.dkim.iter().filter_map(|id| self.dkim.get(*id)).map(|result| Dkim {
            domain: text(result.domain),
            selector: text(result.selector),
            result: result.result.keyword(strings),
            human_result: text(result.human_result),
            lang: text(result.lang),
        });
        let spf = auth.spf.iter().filter_map(|id| self.spf.get(*id)).map(|result| Spf {
            domain: text(result.domain),
            scope: result.scope.keyword(strings),
            result: result.result.keyword(strings),
            human_result: text(result.human_result),
            lang: text(result.lang),
        });
        Some(Record {
            source,
            source_text: unreadable.or_else(|| extra.and_then(|extra| text(extra.source_text))),
            count,
            evaluated: evaluation.present.then(|| Evaluated {
                disposition: evaluation.disposition.keyword(strings),
                dkim: evaluation.dkim.keyword(strings),
                spf: evaluation.spf.keyword(strings),
            }),
            reasons: reasons.collect(),
            header_from: text(identifiers.header_from),
            envelope_from: text(identifiers.envelope_from),
            envelope_to: text(identifiers.envelope_to),
            dkim: dkim.collect(),
            spf: spf.collect(),
            extensions: extra.and_then(|extra| text(extra.extensions)),
        })
    }
}

impl Dataset {
    /// A record as it was read.
    #[must_use]
    pub fn record(&self, row: usize) -> Option<Record<'static>> {
        let (_, count, entry) = self.records.get(row)?;
        Some(self.tables.record(count, entry)?.into_owned())
    }

    /// A report as it was read, without its records.
    #[must_use]
    pub fn report(&self, id: ReportId) -> Option<Report> {
        let ReportRow { meta, policy, .. } = self.reports.get(id as usize)?;
        let policy = self.policies.get(*policy)?.whole(&self.tables.strings);
        Some(meta.whole(policy, &self.tables.strings))
    }
}
