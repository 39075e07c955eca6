use dmarcscope::analysis::{Clause, Dimension, Field, Filter, Pattern, Term};

/// A field of the filter, as people choose it.
#[derive(Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name in the text form.
    pub name: &'static str,
    /// What it is asked with.
    pub kind: Kind,
    /// Whether a record has one value of it at the most: then a second condition would leave nothing.
    pub is_single: bool,
}

/// What a field is asked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Values that occur, and patterns of them.
    Texts(Dimension),
    /// Values that occur, of a few.
    Choices(Dimension),
    /// Addresses that occur, and ranges.
    Address,
    /// A calendar.
    Days,
    /// Any text.
    Words,
    /// Whose verdicts.
    Judge,
}

/// The fields, as they are listed: the last part of the key of each list's title, and what is in it.
pub const SUBJECTS: [(&str, &[Subject]); 7] = [
    ("general", &[one("period", Kind::Days), many("text", Kind::Words)]),
    (
        "sender",
        &[
            one("from", Kind::Texts(Dimension::HeaderFrom)),
            one("ip", Kind::Address),
            one("envelope_from", Kind::Texts(Dimension::EnvelopeFrom)),
            one("envelope_to", Kind::Texts(Dimension::EnvelopeTo)),
            one("sender", Kind::Texts(Dimension::Sender)),
            one("source", Kind::Texts(Dimension::Source)),
        ],
    ),
    (
        "address",
        &[
            one("network", Kind::Texts(Dimension::Network)),
            one("country", Kind::Texts(Dimension::Country)),
            one("city", Kind::Texts(Dimension::City)),
            one("holder", Kind::Texts(Dimension::Holder)),
            one("abuse", Kind::Texts(Dimension::Abuse)),
            one("ptr", Kind::Texts(Dimension::Ptr)),
            one("registry", Kind::Choices(Dimension::Registry)),
            one("special", Kind::Choices(Dimension::Special)),
        ],
    ),
    (
        "fate",
        &[
            one("verdict", Kind::Choices(Dimension::Verdict)),
            one("judge", Kind::Judge),
            one("ours", Kind::Choices(Dimension::OurVerdict)),
            one("differs", Kind::Choices(Dimension::Difference)),
            one("outcome", Kind::Choices(Dimension::Outcome)),
            one("disposition", Kind::Choices(Dimension::Disposition)),
            many("reason", Kind::Texts(Dimension::Reason)),
        ],
    ),
    (
        "dkim",
        &[
            one("dkim", Kind::Choices(Dimension::DkimAligned)),
            many("dkim_domain", Kind::Texts(Dimension::DkimDomain)),
            many("selector", Kind::Texts(Dimension::Selector)),
            many("dkim_result", Kind::Texts(Dimension::DkimResult)),
            many("signature", Kind::Choices(Dimension::Dkim)),
        ],
    ),
    (
        "spf",
        &[
            one("spf", Kind::Choices(Dimension::SpfAligned)),
            many("spf_domain", Kind::Texts(Dimension::SpfDomain)),
            many("spf_scope", Kind::Texts(Dimension::SpfScope)),
            many("spf_result", Kind::Texts(Dimension::SpfResult)),
            many("spf_check", Kind::Choices(Dimension::Spf)),
        ],
    ),
    (
        "report",
        &[
            one("reporter", Kind::Texts(Dimension::Reporter)),
            one("domain", Kind::Texts(Dimension::Domain)),
            many("label", Kind::Texts(Dimension::Label)),
            one("policy", Kind::Choices(Dimension::Policy)),
            one("published", Kind::Texts(Dimension::Published)),
            one("report", Kind::Texts(Dimension::ReportId)),
            one("file", Kind::Texts(Dimension::File)),
        ],
    ),
];

const fn one(name: &'static str, kind: Kind) -> Subject {
    Subject { name, kind, is_single: true }
}

const fn many(name: &'static str, kind: Kind) -> Subject {
    Subject { name, kind, is_single: false }
}

impl Subject {
    /// Every field.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        SUBJECTS.into_iter().flat_map(|(_, subjects)| subjects)
    }

    /// The field of a name, letter case aside.
    pub fn of_name(name: &str) -> Option<&'static Self> {
        Self::all().find(|subject| subject.name.eq_ignore_ascii_case(name))
    }

    /// The field that a term asks.
    pub fn of_term(term: &Term) -> Option<&'static Self> {
        Self::of_name(term.field())
    }

    /// The filter by whose records its values are counted. Sources that are no addresses are few among those that are.
    pub fn among(&self, mut filter: Filter) -> Filter {
        if self.kind == Kind::Texts(Dimension::Source) {
            let term = Term::Text(Field::Source, vec![Pattern::like("*"), Pattern::NOTHING]);
            filter.clauses.push(Clause { negated: false, term });
        }
        filter
    }

    /// What its values are grouped by.
    pub const fn dimension(&self) -> Option<Dimension> {
        match self.kind {
            Kind::Texts(by) | Kind::Choices(by) => Some(by),
            Kind::Address => Some(Dimension::Source),
            Kind::Days | Kind::Words | Kind::Judge => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use dmarcscope::analysis::grammar;

    use super::*;

    #[test]
    fn every_field_of_the_text_form_can_be_chosen_once() {
        let chosen: Vec<&str> = Subject::all().map(|subject| subject.name).collect();
        let all: BTreeSet<&str> = grammar::names().collect();
        assert_eq!(chosen.len(), all.len());
        assert_eq!(chosen.into_iter().collect::<BTreeSet<_>>(), all);
    }
}
