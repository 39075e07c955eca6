use std::rc::Rc;

use quick_xml::events::BytesStart;

use crate::ledger::{Note, Notes};
use crate::report::model::Dialect;
use crate::sort::{Item, sort};

macro_rules! tags {
    ($($tag:ident = $name:literal),+ $(,)?) => {
        /// The elements of both standards, by their local names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tag {
            $($tag),+,
            /// Any other element.
            Foreign,
        }

        impl Tag {
            /// The element that a local name spells exactly.
            pub(super) fn exact(name: &str) -> Self {
                Self::of_bytes(name.as_bytes())
            }

            /// As [`exact`](Self::exact).
            pub(super) fn of_bytes(name: &[u8]) -> Self {
                // On bytes, whose match is a decision tree; on `str` it tries one after the other.
                match name { $($name => Self::$tag,)+ _ => Self::Foreign }
            }

            /// The standard's spelling.
            pub(super) const fn name(self) -> &'static str {
                match self {
                    $(Self::$tag => const { match std::str::from_utf8($name) { Ok(name) => name, Err(_) => "" } },)+
                    Self::Foreign => "",
                }
            }
        }
    };
}

tags! {
    Feedback = b"feedback", Version = b"version", Extension = b"extension",
    ReportMetadata = b"report_metadata", OrgName = b"org_name", Email = b"email", ExtraContactInfo = b"extra_contact_info",
    ReportId = b"report_id", DateRange = b"date_range", Begin = b"begin", End = b"end", Error = b"error",
    Generator = b"generator",
    PolicyPublished = b"policy_published", Domain = b"domain", Adkim = b"adkim", Aspf = b"aspf", P = b"p", Sp = b"sp", Np = b"np",
    Pct = b"pct", Fo = b"fo", Testing = b"testing", DiscoveryMethod = b"discovery_method",
    Record = b"record", Row = b"row", SourceIp = b"source_ip", Count = b"count", PolicyEvaluated = b"policy_evaluated",
    Disposition = b"disposition", Dkim = b"dkim", Spf = b"spf", Reason = b"reason", Type = b"type", Comment = b"comment",
    Identifiers = b"identifiers", EnvelopeTo = b"envelope_to", EnvelopeFrom = b"envelope_from", HeaderFrom = b"header_from",
    AuthResults = b"auth_results", Selector = b"selector", Result = b"result", HumanResult = b"human_result", Scope = b"scope",
}

impl Tag {
    /// The element that a local name spells, or is likely to mean.
    pub(super) fn meant(name: &str) -> Self {
        match Self::exact(name) {
            Self::Foreign => Self::near(name),
            tag => tag,
        }
    }

    /// The element that a name is likely to mean, where it is misspelt.
    fn near(name: &str) -> Self {
        match name.to_ascii_lowercase().replace('-', "_").as_str() {
            "identities" | "identifier" => Self::Identifiers,
            "auth_result" => Self::AuthResults,
            "feedbacks" => Self::Feedback,
            "records" => Self::Foreign,
            name => Self::exact(name),
        }
    }

    /// The elements that may hold this one.
    pub(super) const fn parents(self) -> &'static [Self] {
        match self {
            Self::Feedback | Self::Foreign => &[],
            Self::Version | Self::Extension | Self::ReportMetadata | Self::PolicyPublished | Self::Record => {
                &[Self::Feedback]
            }
            Self::OrgName
            | Self::Email
            | Self::ExtraContactInfo
            | Self::ReportId
            | Self::DateRange
            | Self::Error
            | Self::Generator => &[Self::ReportMetadata],
            Self::Begin | Self::End => &[Self::DateRange],
            Self::Adkim
            | Self::Aspf
            | Self::P
            | Self::Sp
            | Self::Np
            | Self::Pct
            | Self::Fo
            | Self::Testing
            | Self::DiscoveryMethod => &[Self::PolicyPublished],
            Self::Domain => &[Self::PolicyPublished, Self::Dkim, Self::Spf],
            Self::Row | Self::Identifiers | Self::AuthResults => &[Self::Record],
            Self::SourceIp | Self::Count | Self::PolicyEvaluated => &[Self::Row],
            Self::Disposition | Self::Reason => &[Self::PolicyEvaluated],
            Self::Dkim | Self::Spf => &[Self::PolicyEvaluated, Self::AuthResults],
            Self::Type | Self::Comment => &[Self::Reason],
            Self::EnvelopeTo | Self::EnvelopeFrom | Self::HeaderFrom => &[Self::Identifiers],
            Self::Result | Self::HumanResult => &[Self::Dkim, Self::Spf],
            Self::Selector => &[Self::Dkim],
            Self::Scope => &[Self::Spf],
        }
    }

    /// Whether the element holds text alone; `evaluated` where it stands in `policy_evaluated`.
    pub(super) const fn is_leaf(self, evaluated: bool) -> bool {
        match self {
            Self::Feedback
            | Self::Extension
            | Self::ReportMetadata
            | Self::DateRange
            | Self::PolicyPublished
            | Self::Record
            | Self::Row
            | Self::PolicyEvaluated
            | Self::Reason
            | Self::Identifiers
            | Self::AuthResults
            | Self::Foreign => false,
            Self::Dkim | Self::Spf => evaluated,
            _ => true,
        }
    }

    /// Whether the element stands right below the root, or is it: where one begins, whatever came before is over.
    pub(super) const fn is_top(self) -> bool {
        matches!(self, Self::Feedback | Self::ReportMetadata | Self::PolicyPublished | Self::Record)
    }
}

/// RFC 9990's namespace.
const RFC9990: &str = "urn:ietf:params:xml:ns:dmarc-2.0";
/// RFC 7489's namespace, which hardly any report names.
const RFC7489: &str = "http://dmarc.org/dmarc-xml/0.1";

/// Which prefixes of the report in hand are none of ours. Shared, and searched by halves: a root may declare any number.
#[derive(Clone, Debug, Default)]
pub(super) struct Namespaces {
    foreign: Rc<[Box<str>]>,
    /// The root's own namespace, whatever it is.
    own: Rc<str>,
}

impl Namespaces {
    /// Reads the declarations of the root element's start tag (what stands between `<` and `>`): the dialect, and a note where its namespace is in no standard.
    pub(super) fn of_root(root: &str, notes: &mut Notes) -> (Self, Dialect) {
        let name = root.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        let own = name.split_once(':').map(|(prefix, _)| prefix);
        let mut foreign: Vec<Box<str>> = Vec::new();
        let mut namespace = Rc::default();
        let mut dialect = Dialect::Rfc7489;
        for (key, value) in declarations(root) {
            if key == own {
                namespace = value.into();
                dialect = match value {
                    RFC9990 => Dialect::Rfc9990,
                    RFC7489 | "" => Dialect::Rfc7489,
                    other => {
                        notes.add(Note::UnknownNamespace(other.into()));
                        if other.contains("dmarc-2") { Dialect::Rfc9990 } else { Dialect::Rfc7489 }
                    }
                };
            } else if let Some(prefix) = key
                && !is_ours(value)
            {
                foreign.push(prefix.into());
            }
        }
        let prefix = |place: u32| foreign.get(place as usize);
        let mut order: Vec<Item> = (0..).zip(&foreign).map(|(place, _)| (0, place)).collect();
        sort(&mut order, &|a, b| prefix(a.1).cmp(&prefix(b.1)));
        let foreign = order.into_iter().filter_map(|(_, place)| prefix(place).cloned()).collect();
        (Self { foreign, own: namespace }, dialect)
    }

    /// What an element is. A prefix makes it foreign only where it is bound to a namespace that is not ours.
    #[inline]
    pub(super) fn tag(&self, start: &BytesStart<'_>, notes: &mut Notes) -> Tag {
        let tag = Tag::exact(start.name().0);
        if tag != Tag::Foreign && start.attributes_raw().is_empty() { tag } else { self.tag_of_odd(tag, start, notes) }
    }

    #[cold]
    fn tag_of_odd(&self, tag: Tag, start: &BytesStart<'_>, notes: &mut Notes) -> Tag {
        let (prefix, local) = match start.name().0.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None => (None, start.name().0),
        };
        let declared = declarations(start.attributes_raw())
            .find(|(key, _)| *key == prefix)
            .map(|(_, value)| is_ours(value) || *value == *self.own);
        let foreign = prefix.is_some_and(|prefix| self.foreign.binary_search_by(|known| (**known).cmp(prefix)).is_ok());
        if !declared.unwrap_or(!foreign) {
            return Tag::Foreign;
        }
        if tag != Tag::Foreign {
            return tag;
        }
        match Tag::exact(local) {
            Tag::Foreign => {}
            tag => return tag,
        }
        let near = Tag::near(local);
        if near != Tag::Foreign {
            notes.add(Note::MisspeltElement(local.into()));
        }
        near
    }
}

/// Whether a namespace is one of DMARC's, or means to be.
fn is_ours(namespace: &str) -> bool {
    namespace.is_empty() || namespace.to_ascii_lowercase().contains("dmarc")
}

/// The namespaces that a tag declares: prefix (`None` for the default) and name.
fn declarations(tag: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    tag.split("xmlns").skip(1).filter_map(|declaration| {
        // By hand: attributes of odd files are often not well-formed, and an error would hide all of them.
        let (key, value) = declaration.split_once('=')?;
        let key = match key.trim() {
            "" => None,
            key => Some(key.strip_prefix(':')?),
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let value = value.get(1..)?;
        Some((key, value.split_once(quote).map_or(value, |(value, _)| value).trim()))
    })
}
