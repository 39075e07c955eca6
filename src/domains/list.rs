//! The Public Suffix List, read in its own format (<https://github.com/publicsuffix/list/wiki/Format>).

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::idn::to_ascii;
use crate::sort::{Item, sort};

/// The rules of a Public Suffix List, found by name.
#[derive(Debug)]
pub struct SuffixList {
    version: Option<String>,
    /// What rules are about, in A-labels, one after the other: without `*.` and `!`.
    text: String,
    /// In the order of their texts.
    rules: Vec<Rule>,
}

#[derive(Clone, Copy, Debug)]
struct Rule {
    start: u32,
    end: u32,
    kind: Kind,
    section: Section,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The name itself.
    Name,
    /// Every name with one label more.
    Wildcard,
    /// The name is no suffix although a wildcard takes it.
    Exception,
}

/// Which part of the list decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Delegated by ICANN or a registry.
    Icann,
    /// Asked for by the owner of a domain, for names handed out below it.
    Private,
    /// No rule takes the name: its last label counts as the suffix.
    Unlisted,
}

/// Which rules are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// Those of the ICANN section.
    IcannOnly,
}

/// Why bytes are no suffix list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind} in line {line} of the suffix list")]
pub struct ListError {
    /// The line, from 1 on.
    pub line: u32,
    /// What is wrong there.
    pub kind: ListErrorKind,
}

/// What can be wrong with a suffix list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ListErrorKind {
    /// It is not UTF-8.
    #[error("bytes that are no text")]
    NotText,
    /// A rule stands before or after the sections.
    #[error("a rule outside of the sections")]
    OutsideSections,
    /// A rule that is no name, or has a star elsewhere than as its first label.
    #[error("a rule of an unknown form")]
    UnknownForm,
    /// The list ends within a section, or has none.
    #[error("no end of a section")]
    CutOff,
}

impl SuffixList {
    /// Reads a list.
    ///
    /// # Errors
    /// If it is no whole list: nothing of it is to be trusted then.
    pub fn read(bytes: &[u8]) -> Result<Self, ListError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let breaks = before.iter().filter(|byte| **byte == b'\n').count();
            let line = u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1);
            ListError { line, kind: ListErrorKind::NotText }
        })?;
        let mut list = Self { version: None, text: String::with_capacity(text.len()), rules: Vec::new() };
        let (mut section, mut ended, mut last) = (None, 0, 0);
        for (line, content) in (1_u32..).zip(text.lines()) {
            last = line;
            let error = |kind| ListError { line, kind };
            if let Some(comment) = content.strip_prefix("//") {
                match comment.trim() {
                    "===BEGIN ICANN DOMAINS===" => section = Some(Section::Icann),
                    "===BEGIN PRIVATE DOMAINS===" => section = Some(Section::Private),
                    "===END ICANN DOMAINS===" | "===END PRIVATE DOMAINS===" if section.is_some() => {
                        section = None;
                        ended += 1;
                    }
                    other => {
                        if let Some(version) = other.strip_prefix("VERSION:") {
                            list.version = Some(version.trim().to_owned());
                        }
                    }
                }
                continue;
            }
            // Each line is read up to the first blank.
            let Some(rule) = content.split_whitespace().next() else { continue };
            let section = section.ok_or(error(ListErrorKind::OutsideSections))?;
            list.add(rule, section).ok_or(error(ListErrorKind::UnknownForm))?;
        }
        if section.is_some() || ended < 2 {
            return Err(ListError { line: last, kind: ListErrorKind::CutOff });
        }
        list.bring_into_order();
        Ok(list)
    }

    fn add(&mut self, rule: &str, section: Section) -> Option<()> {
        let (kind, name) = match (rule.strip_prefix("*."), rule.strip_prefix('!')) {
            (Some(name), _) => (Kind::Wildcard, name),
            (_, Some(name)) => (Kind::Exception, name),
            _ => (Kind::Name, rule),
        };
        let name = to_ascii(name);
        let is_odd = name.contains(['*', '!', '/']) || name.split('.').any(str::is_empty);
        if is_odd || kind == Kind::Exception && !name.contains('.') {
            return None;
        }
        let start = u32::try_from(self.text.len()).ok()?;
        self.text.push_str(&name);
        self.rules.push(Rule { start, end: u32::try_from(self.text.len()).ok()?, kind, section });
        Some(())
    }

    fn bring_into_order(&mut self) {
        let mut order: Vec<Item> = (0..self.rules.len()).filter_map(|n| Some((0, u32::try_from(n).ok()?))).collect();
        let name = |item: &Item| self.rules.get(item.1 as usize).map(|rule| self.name(rule));
        sort(&mut order, &|a, b| name(a).cmp(&name(b)).then(a.1.cmp(&b.1)));
        self.rules = order.iter().filter_map(|item| self.rules.get(item.1 as usize).copied()).collect();
    }

    fn name(&self, rule: &Rule) -> &str {
        self.text.get(rule.start as usize..rule.end as usize).unwrap_or_default()
    }

    /// The list's version, which begins with its date; `None` where it names none.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// How many rules there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.rules.capacity() * size_of::<Rule>()
    }

    /// The rules about a name.
    fn about(&self, name: &str) -> &[Rule] {
        let first = self.rules.partition_point(|rule| self.name(rule).cmp(name) == Ordering::Less);
        let rest = self.rules.get(first..).unwrap_or_default();
        let count = rest.iter().take_while(|rule| self.name(rule) == name).count();
        rest.get(..count).unwrap_or_default()
    }

    /// Where the public suffix of a name in A-labels begins in it, and which section says so.
    ///
    /// Of all rules that take the name an exception counts before any other, otherwise that of the most labels; where none
    /// does, the last label is the suffix.
    #[must_use]
    pub fn suffix(&self, name: &str, part: Part) -> (usize, Section) {
        let of = |rules: &[Rule], kind| {
            let takes = |rule: &&Rule| rule.kind == kind && (part == Part::Whole || rule.section == Section::Icann);
            rules.iter().find(takes).map(|rule| rule.section)
        };
        let last = name.rfind('.').map_or(0, |dot| dot + 1);
        // From the last label on, so that each look-up serves the name and, by its wildcard, the one with a label more.
        let mut found = (last, Section::Unlisted);
        let (mut exception, mut wildcard, mut next) = (None, None, name.len());
        let mut start = last;
        loop {
            let rules = self.about(name.get(start..).unwrap_or_default());
            if let Some(section) = of(rules, Kind::Exception) {
                exception = Some((next, section));
            }
            if let Some(section) = of(rules, Kind::Name).or(wildcard) {
                found = (start, section);
            }
            wildcard = of(rules, Kind::Wildcard);
            next = start;
            let Some(dot) = start.checked_sub(1) else { return exception.unwrap_or(found) };
            start = name.get(..dot).and_then(|before| before.rfind('.')).map_or(0, |dot| dot + 1);
        }
    }

    /// Where the organizational domain of a name in A-labels begins in it: one label before its public suffix. A name that is
    /// a public suffix itself stands for itself (RFC 7489 §3.2 leaves that open).
    #[must_use]
    pub fn organization(&self, name: &str, part: Part) -> (usize, Section) {
        let (suffix, section) = self.suffix(name, part);
        let before = name.get(..suffix.saturating_sub(1)).unwrap_or_default();
        (before.rfind('.').map_or(0, |dot| dot + 1), section)
    }
}

#[cfg(test)]
mod tests;
