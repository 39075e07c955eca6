//! What records can be grouped by, as people choose it.

use dmarcscope::analysis::Dimension;

/// A dimension, the key of its name, and what the glossary calls it; empty where it needs no words.
pub type Choice = (Dimension, &'static str, &'static str);

/// Everything that can be chosen, in sections: what needs another program comes last. Reports have a screen of their own.
pub const SECTIONS: &[(&str, &[Choice])] = &[
    (
        "dimensions-mail",
        &[
            (Dimension::Sender, "dimension-sender", ""),
            (Dimension::Source, "dimension-source", "source"),
            (Dimension::HeaderFrom, "dimension-from", "header_from"),
            (Dimension::EnvelopeFrom, "dimension-envelope-from", "envelope_from"),
            (Dimension::EnvelopeTo, "dimension-envelope-to", "envelope_to"),
        ],
    ),
    (
        "dimensions-outcome",
        &[
            (Dimension::Verdict, "dimension-verdict", ""),
            (Dimension::OurVerdict, "dimension-ours", ""),
            (Dimension::Difference, "dimension-differs", ""),
            (Dimension::Outcome, "dimension-outcome", ""),
            (Dimension::Disposition, "dimension-disposition", "disposition"),
            (Dimension::Reason, "dimension-reason", "reason"),
        ],
    ),
    (
        "dimensions-dkim",
        &[
            (Dimension::DkimAligned, "dimension-dkim-aligned", "dkim_aligned"),
            (Dimension::Dkim, "dimension-signature", "dkim"),
            (Dimension::DkimDomain, "dimension-dkim-domain", "dkim"),
            (Dimension::Selector, "dimension-selector", "selector"),
            (Dimension::DkimResult, "dimension-dkim-result", "dkim_result"),
        ],
    ),
    (
        "dimensions-spf",
        &[
            (Dimension::SpfAligned, "dimension-spf-aligned", "spf_aligned"),
            (Dimension::Spf, "dimension-spf-check", "spf"),
            (Dimension::SpfDomain, "dimension-spf-domain", "spf"),
            (Dimension::SpfScope, "dimension-spf-scope", "spf_scope"),
            (Dimension::SpfResult, "dimension-spf-result", "spf_result"),
        ],
    ),
    (
        "dimensions-report",
        &[
            (Dimension::Domain, "dimension-domain", "policy_domain"),
            (Dimension::Label, "dimension-label", ""),
            (Dimension::Published, "dimension-published", ""),
            (Dimension::Policy, "dimension-policy", "p"),
            (Dimension::Reporter, "dimension-reporter", "reporter"),
            (Dimension::File, "dimension-file", ""),
            (Dimension::Day, "dimension-day", ""),
            (Dimension::Month, "dimension-month", ""),
        ],
    ),
    (
        "dimensions-address",
        &[
            (Dimension::Network, "dimension-network", ""),
            (Dimension::Country, "dimension-country", ""),
            (Dimension::City, "dimension-city", ""),
            (Dimension::Holder, "dimension-holder", ""),
            (Dimension::Abuse, "dimension-abuse", ""),
            (Dimension::Ptr, "dimension-ptr", ""),
            (Dimension::Registry, "dimension-registry", ""),
            (Dimension::Special, "dimension-special", ""),
        ],
    ),
];

fn choice_of(by: Dimension) -> Option<&'static Choice> {
    SECTIONS.iter().flat_map(|(_, all)| all.iter()).find(|(known, ..)| *known == by)
}

/// The key of a dimension's name.
pub fn key_of(by: Dimension) -> &'static str {
    // Reports and their ids cannot be chosen, but an address may ask for them.
    choice_of(by).map_or("dimension-report", |(_, key, _)| key)
}

/// What the glossary calls a dimension; empty where it needs no words.
pub fn term_of(by: Dimension) -> &'static str {
    choice_of(by).map_or("", |(.., term)| term)
}
