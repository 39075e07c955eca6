//! What a person says of senders: what to call them, whether they are theirs, and why they know.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::fold::fold;

/// Whose mail a sender's is, as a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// A server of the person's own.
    Ours,
    /// Somebody who sends for them.
    Allowed,
    /// Nobody they know: what it sends in their name is forged.
    NotOurs,
}

impl Standing {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Ours, Self::Allowed, Self::NotOurs];

    /// The word of files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Allowed => "allowed",
            Self::NotOurs => "not-ours",
        }
    }
}

/// What a person says of a sender. Nothing at all is no mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Whose mail it is.
    pub standing: Option<Standing>,
    /// What to call it; empty: by what its mail proves.
    pub name: String,
    /// How the person knows; may be empty.
    pub note: String,
}

/// What a person says of senders. A sender is told by what its mail proves, in small letters (`shop.example/s1`), or by the address
/// or the range of addresses that it sends from (`192.0.2.0/24`), whatever is proven there.
///
/// The text form is a line for each. In it they are exported and imported:
///
/// ```text
/// # Senders of DMARCscope: a line for each. Whose it is (ours, allowed, not-ours or -) | the sender | what to call it | a note
/// ours | shop.example/s1 | Mail server | in the basement
/// not-ours | 192.0.2.0/24
/// ```
///
/// Lines that are empty or begin with `#` are passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    all: BTreeMap<String, Mark>,
    /// Those of addresses, the longest range first.
    ranges: Vec<(Range, String)>,
}

/// Characters of each part at the most.
const LONGEST: usize = 300;
/// Senders at the most of whom a text says something.
const MOST: usize = 10_000;

/// What the text form begins with: the first words tell such a file from others.
const HEAD: &str = "# Senders of DMARCscope: a line for each. Whose it is (ours, allowed, not-ours or -) | the sender | what to call it | a note";

impl Marks {
    /// The marks of a text, and the numbers of its lines (from 1 on) that are none.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<usize>) {
        let (mut marks, mut bad) = (Self::default(), Vec::new());
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if marks.all.len() >= MOST || !line_of(line).is_some_and(|(sender, mark)| marks.set(&sender, mark)) {
                bad.push(number);
            }
        }
        (marks, bad)
    }

    /// Says this of a sender from now on; nothing takes what was said back. False where it is nothing that the text form can hold.
    pub fn set(&mut self, sender: &str, mark: Mark) -> bool {
        let parts = [sender, &mark.name, &mark.note].map(plain);
        let [Some(sender), Some(name), Some(note)] = parts else { return false };
        let Some(sender) = Some(known_as(&sender)).filter(|sender| !sender.is_empty()) else { return false };
        let mark = Mark { standing: mark.standing, name, note };
        if self.all.contains_key(&sender) {
            self.ranges.retain(|(_, known)| *known != sender);
        }
        if mark == Mark::default() {
            self.all.remove(&sender);
            return true;
        }
        if let Some(range) = Range::read(&sender) {
            let place = self.ranges.partition_point(|(known, _)| known.prefix >= range.prefix);
            self.ranges.insert(place, (range, sender.clone()));
        }
        self.all.insert(sender, mark);
        true
    }

    /// Takes in those of others; what they say counts where both say something.
    pub fn merge(&mut self, others: &Self) {
        for (sender, mark) in others.iter() {
            self.set(sender, mark.clone());
        }
    }

    /// What is said of a sender.
    #[must_use]
    pub fn get(&self, sender: &str) -> Option<&Mark> {
        self.all.get(&known_as(sender))
    }

    /// The sender that an address belongs to because a person says so: the longest range that is marked.
    #[must_use]
    pub fn sender_of(&self, address: IpAddr) -> Option<&str> {
        self.ranges.iter().find(|(range, _)| range.contains(address)).map(|(_, sender)| sender.as_str())
    }

    /// Every sender that something is said of, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Mark)> {
        self.all.iter().map(|(sender, mark)| (sender.as_str(), mark))
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// A sender as marks know it: a range by its first address, all else in small letters.
fn known_as(sender: &str) -> String {
    Range::read(sender).map_or_else(|| fold(sender).into_owned(), |range| range.to_string())
}

fn line_of(line: &str) -> Option<(String, Mark)> {
    let mut parts = line.splitn(4, '|').map(str::trim);
    let (standing, sender) = (parts.next()?, parts.next()?);
    let standing = match standing {
        "-" => None,
        word => Some(Standing::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(word))?),
    };
    let mut rest = || parts.next().unwrap_or_default().to_owned();
    Some((sender.to_owned(), Mark { standing, name: rest(), note: rest() }))
}

/// A text without blanks around it and runs of blanks in it; none where something cannot be written in a part of a line.
fn plain(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_fine = text.chars().count() <= LONGEST && !text.chars().any(|c| c.is_control() || c == '|');
    is_fine.then_some(text)
}

/// Addresses with the same first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    first: IpAddr,
    prefix: u8,
}

impl Range {
    /// An address, or one with a slash and how many of its bits count; what lies behind those is nought then.
    fn read(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().ok()?;
        let full = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(full), |prefix| prefix.parse().ok()).filter(|prefix| *prefix <= full)?;
        Some(Self { first: cut(address, prefix), prefix })
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.first.is_ipv4() == address.is_ipv4() && cut(address, self.prefix) == self.first
    }
}

/// An address without what lies behind its first bits.
fn cut(address: IpAddr, prefix: u8) -> IpAddr {
    let prefix = u32::from(prefix);
    match address {
        IpAddr::V4(address) => IpAddr::V4((address.to_bits() & !u32::MAX.checked_shr(prefix).unwrap_or(0)).into()),
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::MAX.checked_shr(prefix).unwrap_or(0)).into()),
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = if self.first.is_ipv4() { 32 } else { 128 };
        if self.prefix == full { write!(f, "{}", self.first) } else { write!(f, "{}/{}", self.first, self.prefix) }
    }
}

/// The text form.
impl fmt::Display for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEAD}")?;
        self.iter().try_for_each(|(sender, mark)| {
            write!(f, "{} | {sender}", mark.standing.map_or("-", Standing::word))?;
            if !mark.name.is_empty() || !mark.note.is_empty() {
                write!(f, " | {}", mark.name)?;
            }
            if !mark.note.is_empty() {
                write!(f, " | {}", mark.note)?;
            }
            writeln!(f)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(standing: Option<Standing>, name: &str, note: &str) -> Mark {
        Mark { standing, name: name.into(), note: note.into() }
    }

    #[test]
    fn a_line_tells_whose_a_sender_is() {
        let text = "\u{feff}# Senders\nours | Shop.Example/S1 | Mail server | in  the basement\r\n\nNot-Ours|192.0.2.77/24\n- | a.example | A\n\
            mine | b.example\nours\nours |\n- | c.example\nours | d.example | x | a | b\n";
        let (marks, bad) = Marks::read(text);
        assert_eq!(bad, [6, 7, 8, 10]);
        assert_eq!(marks.get("SHOP.example/s1"), Some(&mark(Some(Standing::Ours), "Mail server", "in the basement")));
        assert_eq!(marks.get("192.0.2.0/24"), Some(&mark(Some(Standing::NotOurs), "", "")));
        assert_eq!(marks.get("a.example"), Some(&mark(None, "A", "")));
        // Nothing is said of it.
        assert_eq!((marks.get("c.example"), marks.iter().count()), (None, 3));
        assert_eq!(marks.to_string().lines().nth(1), Some("not-ours | 192.0.2.0/24"));
        assert!(marks.to_string().starts_with(HEAD));
    }

    #[test]
    fn the_longest_range_is_whose_an_address_is() {
        let (mut marks, bad) =
            Marks::read("ours|10.0.0.0/8\nours|10.1.2.3\nours|10.1.0.0/16\nours|2001:DB8::/32\nours|0.0.0.0/0");
        assert_eq!(bad, [0; 0]);
        let of = |marks: &Marks, text: &str| marks.sender_of(text.parse().unwrap()).map(ToOwned::to_owned);
        for (address, sender) in [
            ("10.9.9.9", Some("10.0.0.0/8")),
            ("10.1.9.9", Some("10.1.0.0/16")),
            ("10.1.2.3", Some("10.1.2.3")),
            ("11.1.1.1", Some("0.0.0.0/0")),
            ("2001:db8:1::1", Some("2001:db8::/32")),
            ("2001:db9::1", None),
        ] {
            assert_eq!(of(&marks, address).as_deref(), sender, "{address}");
        }
        assert!(marks.set("10.1.2.9/16", Mark::default()) && marks.get("10.1.0.0/16").is_none());
        assert_eq!(of(&marks, "10.1.9.9").as_deref(), Some("10.0.0.0/8"));
        assert!(!marks.set("a|b", mark(Some(Standing::Ours), "", "")) && !marks.set(" ", Mark::default()));
        assert!(!marks.set("a", mark(None, &"x".repeat(LONGEST + 1), "")));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(all in prop::collection::vec(("\\PC{0,9}", 0..4_usize, "\\PC{0,9}", "\\PC{0,9}"), 0..9)) {
            let mut marks = Marks::default();
            for (sender, standing, name, note) in &all {
                marks.set(sender, mark(Standing::ALL.get(*standing).copied(), name, note));
            }
            let mut others = Marks::default();
            others.merge(&marks);
            prop_assert_eq!(&others, &marks);
            prop_assert_eq!(Marks::read(&marks.to_string()), (marks, vec![]));
        }
    }
}
