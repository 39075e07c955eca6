use std::net::IpAddr;

use super::ranges::{Ranges, lines};

const TABLE: &str = include_str!("../../assets/networks/registries.tsv");

/// A regional registry, which gives out ranges of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registry {
    /// Its name in the table and in filters.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Where its look-up service answers (RFC 9224): ends with a slash.
    pub base: &'static str,
}

/// Which registry has given out an address: IANA's bootstrap (RFC 9224), which comes with the program.
#[derive(Clone, Debug)]
pub struct Registries {
    all: Vec<Registry>,
    ranges: Ranges<usize>,
}

impl Default for Registries {
    fn default() -> Self {
        let services = TABLE.lines().filter_map(|line| {
            let mut columns = line.split('\t');
            let (code, name, base) = (columns.next()?, columns.next()?, columns.next()?);
            Some(Registry { code, name, base })
        });
        let all: Vec<Registry> = services.collect();
        let place = |code: &str| all.iter().position(|registry| registry.code == code);
        let ranges = Ranges::of(lines(TABLE).filter_map(|(range, [code, _])| Some((range, place(code)?))));
        Self { all, ranges }
    }
}

impl Registries {
    /// The month, or day, of which the table is.
    #[must_use]
    pub fn date() -> &'static str {
        TABLE.lines().next().and_then(|line| line.rsplit(' ').next()).unwrap_or_default()
    }

    /// Every registry.
    #[must_use]
    pub fn all(&self) -> &[Registry] {
        &self.all
    }

    /// The registry of an address.
    #[must_use]
    pub fn find(&self, address: IpAddr) -> Option<Registry> {
        let (_, place) = self.ranges.find(address)?;
        self.all.get(*place).copied()
    }

    /// The registry of a name in the table.
    #[must_use]
    pub fn of_code(&self, code: &str) -> Option<Registry> {
        self.all.iter().find(|registry| registry.code == code).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_the_registries_that_iana_names() {
        let registries = Registries::default();
        let find = |text: &str| registries.find(text.parse().unwrap()).map(|registry| registry.code);
        for (address, code) in [
            ("8.8.8.8", "arin"),
            ("193.0.6.139", "ripe"),
            ("1.1.1.1", "apnic"),
            ("200.57.141.161", "lacnic"),
            ("196.11.240.215", "afrinic"),
            ("2001:4860:4860::8888", "arin"),
            ("2a00:2381:ffff::1", "ripe"),
            ("2001:240:10c:1::ca20:9d1d", "apnic"),
        ] {
            assert_eq!(find(address), Some(code), "{address}");
        }
        assert_eq!(find("10.0.0.1"), None);
        assert_eq!(find("4000::1"), None);
    }

    #[test]
    fn the_table_is_whole_and_dated() {
        let registries = Registries::default();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#') && line.split('\t').count() == 2).count();
        assert_eq!((registries.all.len(), registries.ranges.len()), (5, lines));
        assert!(registries.all.iter().all(|own| own.base.starts_with("https://") && own.base.ends_with('/')));
        assert!(Registries::date().starts_with("20"), "{}", Registries::date());
    }
}
