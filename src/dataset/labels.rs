use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::fold::fold;

/// Groups of policy domains that a person names, as by the client they belong to. A domain may have several labels. Letter case
/// never matters; a label is called as it was first spelt.
///
/// Their text form is a line for each label and domain. In it they are exported and imported:
///
/// ```text
/// # Labels of DMARCscope: a line for each, the label before the last colon and a policy domain behind it.
/// Acme Ltd: acme.example
/// Acme Ltd: acme-mail.example
/// ```
///
/// Lines that are empty or begin with `#` are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// By the label in small letters: its spelling and its domains in small letters.
    all: BTreeMap<String, (String, BTreeSet<String>)>,
}

/// Characters of a label at the most.
const LONGEST: usize = 80;

/// What the text form begins with.
const HEAD: &str =
    "# Labels of DMARCscope: a line for each, the label before the last colon and a policy domain behind it.";

impl Labels {
    /// The labels of a text, and the numbers of its lines (from 1 on) that are none.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<usize>) {
        let (mut labels, mut bad) = (Self::default(), Vec::new());
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if !line.rsplit_once(':').is_some_and(|(label, domain)| labels.add(label, domain)) {
                bad.push(number);
            }
        }
        (labels, bad)
    }

    /// Gives a domain a label; false where one of the two is none that the text form can hold.
    pub fn add(&mut self, label: &str, domain: &str) -> bool {
        let (Some(label), Some(domain)) = (plain(label), plain(domain)) else { return false };
        let is_fine = label.chars().count() <= LONGEST && !label.starts_with('#') && !domain.contains(':');
        if is_fine {
            let (_, domains) = self.all.entry(fold(&label).into_owned()).or_insert_with(|| (label, BTreeSet::new()));
            domains.insert(fold(&domain).into_owned());
        }
        is_fine
    }

    /// Takes a label from all its domains.
    pub fn remove(&mut self, label: &str) {
        self.all.remove(&*fold(label));
    }

    /// Takes a label from a domain; a label without any domain is gone.
    pub fn take(&mut self, label: &str, domain: &str) {
        let label = fold(label);
        if let Some((_, domains)) = self.all.get_mut(&*label) {
            domains.remove(&*fold(domain));
            if domains.is_empty() {
                self.all.remove(&*label);
            }
        }
    }

    /// Adds those of others.
    pub fn merge(&mut self, others: &Self) {
        for (label, domain) in others.iter() {
            self.add(label, domain);
        }
    }

    /// Every label with every domain it has, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.values().flat_map(|(label, domains)| domains.iter().map(|domain| (label.as_str(), domain.as_str())))
    }

    /// The labels of pairs of a label and a domain, as the store keeps them.
    #[must_use]
    pub fn of_pairs(pairs: &[(String, String)]) -> Self {
        let mut labels = Self::default();
        for (label, domain) in pairs {
            labels.add(label, domain);
        }
        labels
    }

    /// Every label with every domain it has, as the store keeps them: the domains in small letters.
    #[must_use]
    pub fn pairs(&self) -> Vec<(String, String)> {
        self.iter().map(|(label, domain)| (label.to_owned(), domain.to_owned())).collect()
    }

    /// Every label and how many domains have it.
    pub fn names(&self) -> impl Iterator<Item = (&str, usize)> {
        self.all.values().map(|(label, domains)| (label.as_str(), domains.len()))
    }

    /// The labels of a domain.
    pub fn of(&self, domain: &str) -> impl Iterator<Item = &str> {
        let domain = fold(domain).into_owned();
        self.all.values().filter(move |(_, domains)| domains.contains(&domain)).map(|(label, _)| label.as_str())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// A text without blanks around it and runs of blanks in it; none where nothing is left or something cannot be written in a
/// line.
fn plain(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && !text.chars().any(char::is_control)).then_some(text)
}

/// The text form.
impl fmt::Display for Labels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        self.iter().try_for_each(|(label, domain)| writeln!(f, "{label}: {domain}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_a_label_and_a_domain() {
        let text = "\u{feff}# clients\nAcme: acme.example\r\n\n ACME :  Mail.Acme.Example \nacme: with: colon.example\n:\nx:\n: y\nno\n";
        let (labels, bad) = Labels::read(text);
        let all: Vec<_> = labels.iter().collect();
        assert_eq!(
            all,
            [("Acme", "acme.example"), ("Acme", "mail.acme.example"), ("acme: with", "colon.example")],
            "{labels}"
        );
        assert_eq!(bad, [6, 7, 8, 9]);
        assert_eq!(labels.of("ACME.example").collect::<Vec<_>>(), ["Acme"]);
    }

    #[test]
    fn labels_come_and_go() {
        let mut labels = Labels::default();
        assert!(labels.add(" Acme   Ltd ", "a.example") && labels.add("acme ltd", "b.example"));
        assert!(
            !labels.add("#x", "a.example")
                && !labels.add("x", "a:b")
                && !labels.add("", "a")
                && !labels.add("a\u{1}", "a")
        );
        assert!(!labels.add(&"x".repeat(LONGEST + 1), "a.example"));
        assert_eq!(labels.names().collect::<Vec<_>>(), [("Acme Ltd", 2)]);
        labels.take("ACME LTD", "A.example");
        assert_eq!(labels.iter().collect::<Vec<_>>(), [("Acme Ltd", "b.example")]);
        labels.take("Acme Ltd", "b.example");
        assert!(labels.is_empty());
        labels.add("a", "b");
        labels.remove("A");
        assert!(labels.is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(pairs in prop::collection::vec(("\\PC{0,12}", "\\PC{0,12}"), 0..12)) {
            let mut labels = Labels::default();
            for (label, domain) in &pairs {
                labels.add(label, domain);
            }
            prop_assert_eq!(Labels::of_pairs(&labels.pairs()), labels.clone());
            prop_assert_eq!(Labels::read(&labels.to_string()), (labels, vec![]));
        }
    }
}
