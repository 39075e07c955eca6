use std::net::IpAddr;

use super::ranges::{Ranges, lines};
use crate::analysis::Network;

const TABLE: &str = include_str!("../../assets/networks/special.tsv");

/// What a range is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// Its word in the table and in filters; people read `special-` and this.
    pub word: &'static str,
    /// The RFC that says so.
    pub rfc: &'static str,
}

/// Ranges that no one's mail server on the Internet has: IANA's special-purpose address registries, and multicast.
#[derive(Clone, Debug)]
pub struct Specials(Ranges<Purpose>);

impl Default for Specials {
    fn default() -> Self {
        Self(Ranges::of(lines(TABLE).map(|(range, [word, rfc])| (range, Purpose { word, rfc }))))
    }
}

impl Specials {
    /// The range that an address is in, and its purpose; `None` for an ordinary address.
    #[must_use]
    pub fn find(&self, address: IpAddr) -> Option<(Network, Purpose)> {
        self.0.find(address).copied()
    }

    /// Every word, some more than once.
    pub fn words() -> impl Iterator<Item = &'static str> {
        lines(TABLE).map(|(_, [word, _])| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_ranges_are_known() {
        let specials = Specials::default();
        let find = |text: &str| specials.find(text.parse().unwrap()).map(|(_, purpose)| purpose.word);
        for (address, word) in [
            ("10.1.2.3", "private"),
            ("100.64.0.1", "shared"),
            ("203.0.113.9", "documentation"),
            ("192.0.0.171", "nat64-discovery"),
            ("192.0.0.200", "protocol"),
            ("2001:db8::1", "documentation"),
            ("2001:0:1::1", "teredo"),
            ("2001:1::1", "protocol"),
            ("2002:c000:204::1", "6to4"),
            ("64:ff9b::808:808", "nat64"),
            ("fd00::1", "unique-local"),
        ] {
            assert_eq!(find(address), Some(word), "{address}");
        }
        for address in ["8.8.8.8", "100.128.0.1", "2001:200::1", "2a00::1"] {
            assert_eq!(find(address), None, "{address}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(Specials::default().0.len(), TABLE.lines().skip(1).count());
        assert!(lines(TABLE).all(|(_, [_, rfc])| rfc.starts_with("RFC")));
    }
}
