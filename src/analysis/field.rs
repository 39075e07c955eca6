use serde::{Deserialize, Serialize};

use super::query::Dimension;

/// A field of texts that a filter can ask about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// The From header's domain.
    From,
    /// The policy domain.
    Domain,
    /// The reporter's name.
    Reporter,
    /// The report's id.
    Report,
    /// The name of the file that the report came in.
    File,
    /// The policy that the domain publishes.
    Policy,
    /// What stands in place of a source's address and is none.
    Source,
    /// The envelope's sender; the empty text is the null sender.
    EnvelopeFrom,
    /// The envelope's recipient.
    EnvelopeTo,
    /// What the receiver did.
    Disposition,
    /// Why it did other than the policy asks.
    Reason,
    /// DKIM, aligned.
    Dkim,
    /// SPF, aligned.
    Spf,
    /// The domain of a signature.
    DkimDomain,
    /// The selector of a signature.
    Selector,
    /// The result of a signature.
    DkimResult,
    /// The domain of an SPF check.
    SpfDomain,
    /// The scope of an SPF check.
    SpfScope,
    /// The result of an SPF check.
    SpfResult,
    /// Our verdict.
    Ours,
    /// Why it is another than the reporter's, if it is.
    Differs,
    /// A label that a person gave the policy domain.
    Label,
    /// All that the domain publishes.
    Published,
    /// Of the source: the registry of its address.
    Registry,
    /// Of the source: the special purpose of its address's range.
    Special,
    /// Of the source: the network that announces its address.
    Network,
    /// Of the source: the country of its address.
    Country,
    /// Of the source: the city of its address.
    City,
    /// Of the source: who holds its address.
    Holder,
    /// Of the source: where abuse by its address is to be told.
    Abuse,
    /// Of the source: the name of its address in the reverse DNS.
    Ptr,
    /// Who sends from the source, by what most of its mail proves.
    Sender,
}

/// Every field, what its values are grouped by, and its name in the text form; in the order of the fields.
const TABLE: [(Field, Dimension, &str); 32] = [
    (Field::From, Dimension::HeaderFrom, "from"),
    (Field::Domain, Dimension::Domain, "domain"),
    (Field::Reporter, Dimension::Reporter, "reporter"),
    (Field::Report, Dimension::ReportId, "report"),
    (Field::File, Dimension::File, "file"),
    (Field::Policy, Dimension::Policy, "policy"),
    (Field::Source, Dimension::Source, "source"),
    (Field::EnvelopeFrom, Dimension::EnvelopeFrom, "envelope_from"),
    (Field::EnvelopeTo, Dimension::EnvelopeTo, "envelope_to"),
    (Field::Disposition, Dimension::Disposition, "disposition"),
    (Field::Reason, Dimension::Reason, "reason"),
    (Field::Dkim, Dimension::DkimAligned, "dkim"),
    (Field::Spf, Dimension::SpfAligned, "spf"),
    (Field::DkimDomain, Dimension::DkimDomain, "dkim_domain"),
    (Field::Selector, Dimension::Selector, "selector"),
    (Field::DkimResult, Dimension::DkimResult, "dkim_result"),
    (Field::SpfDomain, Dimension::SpfDomain, "spf_domain"),
    (Field::SpfScope, Dimension::SpfScope, "spf_scope"),
    (Field::SpfResult, Dimension::SpfResult, "spf_result"),
    (Field::Ours, Dimension::OurVerdict, "ours"),
    (Field::Differs, Dimension::Difference, "differs"),
    (Field::Label, Dimension::Label, "label"),
    (Field::Published, Dimension::Published, "published"),
    (Field::Registry, Dimension::Registry, "registry"),
    (Field::Special, Dimension::Special, "special"),
    (Field::Network, Dimension::Network, "network"),
    (Field::Country, Dimension::Country, "country"),
    (Field::City, Dimension::City, "city"),
    (Field::Holder, Dimension::Holder, "holder"),
    (Field::Abuse, Dimension::Abuse, "abuse"),
    (Field::Ptr, Dimension::Ptr, "ptr"),
    (Field::Sender, Dimension::Sender, "sender"),
];

impl Field {
    /// Every field.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.into_iter().map(|(field, ..)| field)
    }

    /// The name in the text form.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE.get(self as usize).map_or("", |(.., name)| name)
    }

    /// The field of a name, letter case aside.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::all().find(|field| field.name().eq_ignore_ascii_case(name))
    }

    /// What its values are grouped by.
    #[must_use]
    pub fn dimension(self) -> Dimension {
        TABLE.get(self as usize).map_or(Dimension::HeaderFrom, |(_, dimension, _)| *dimension)
    }

    /// The field of a dimension's texts.
    #[must_use]
    pub fn of_dimension(dimension: Dimension) -> Option<Self> {
        Self::all().find(|field| field.dimension() == dimension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_fields() {
        for (place, (field, _, name)) in TABLE.into_iter().enumerate() {
            assert_eq!((field as usize, Field::of_name(name)), (place, Some(field)));
        }
    }
}
