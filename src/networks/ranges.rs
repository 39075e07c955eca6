use std::net::IpAddr;

use crate::analysis::{Network, grammar};

/// Values of ranges of addresses; the longest range that holds an address is the one that counts.
#[derive(Clone, Debug)]
pub struct Ranges<T> {
    /// The longest first.
    all: Vec<(Network, T)>,
}

impl<T> Default for Ranges<T> {
    fn default() -> Self {
        Self { all: Vec::new() }
    }
}

impl<T> Ranges<T> {
    /// Of these.
    pub fn of(all: impl IntoIterator<Item = (Network, T)>) -> Self {
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_by_key(|(network, _)| std::cmp::Reverse(network.prefix));
        Self { all }
    }

    /// The longest range that holds an address, and its value.
    #[must_use]
    pub fn find(&self, address: IpAddr) -> Option<&(Network, T)> {
        // Of the same family: an IPv6 range may hold IPv4 addresses to filters.
        let is_own = |network: &Network| network.address.is_ipv4() == address.is_ipv4() && network.contains(address);
        self.all.iter().find(|(network, _)| is_own(network))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// The lines of a table that are not empty and no comments, as columns; the range first.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = (Network, [&'static str; 2])> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        let range = grammar::network(columns.next()?)?;
        Some((range, [columns.next()?, columns.next().unwrap_or_default()]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_range_counts() {
        let range = |text: &str| grammar::network(text).unwrap();
        let ranges = Ranges::of([(range("10.0.0.0/8"), 1), (range("10.1.0.0/16"), 2), (range("::/0"), 3)]);
        let find = |text: &str| ranges.find(text.parse().unwrap()).map(|(_, value)| *value);
        assert_eq!(
            ["10.2.0.1", "10.1.255.255", "11.0.0.0", "2001:db8::1"].map(find),
            [Some(1), Some(2), None, Some(3)]
        );
    }
}
