use super::idn::to_ascii;
use super::list::{Part, Section, SuffixList};

/// A domain name and the organizations that it may belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    name: Box<str>,
    /// Where the organizational domain begins, by the whole list and by its ICANN section alone.
    whole: usize,
    icann: usize,
    section: Section,
}

impl Domain {
    /// A name, in A- or U-labels, whatever its letter case. `None` for what is no name: reports have addresses, lists of names
    /// and nothing at all in places of one.
    #[must_use]
    pub fn of(name: &str, list: &SuffixList) -> Option<Self> {
        let name = to_ascii(name);
        let is_odd =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '@' | '<' | '>' | '/' | ':');
        if name.contains(is_odd) || name.split('.').any(str::is_empty) {
            return None;
        }
        let (whole, section) = list.organization(&name, Part::Whole);
        // What a rule of the ICANN section decides among all rules, it decides among its own.
        let icann = if section == Section::Private { list.organization(&name, Part::IcannOnly).0 } else { whole };
        Some(Self { name: name.into(), whole, icann, section })
    }

    /// The name in small A-labels.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The organizational domain by the rules of this part of the list.
    #[must_use]
    pub fn organization(&self, part: Part) -> &str {
        let start = if part == Part::Whole { self.whole } else { self.icann };
        self.name.get(start..).unwrap_or_default()
    }

    /// The section whose rule decided on the organizational domain.
    #[must_use]
    pub const fn section(&self) -> Section {
        self.section
    }

    /// Whether it is another name or lies below it.
    #[must_use]
    pub fn is_at_or_below(&self, other: &Self) -> bool {
        let rest = self.name.strip_suffix(&*other.name);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}
