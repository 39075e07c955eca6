//! Ranges of addresses as registries write them.

use std::net::{IpAddr, Ipv4Addr};

use crate::analysis::Network;

/// An address as old answers have it: octets with leading noughts, a prefix behind it.
pub fn loose(text: &str) -> Option<IpAddr> {
    let text = text.split('/').next()?.trim();
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let octets: Option<Vec<u8>> = text
        .split('.')
        .map(|octet| octet.bytes().all(|byte| byte.is_ascii_digit()).then(|| octet.parse().ok()).flatten())
        .collect();
    let [a, b, c, d] = <[u8; 4]>::try_from(octets?).ok()?;
    Some(IpAddr::V4(Ipv4Addr::new(a, b, c, d)))
}

/// The first and the last address of a range.
pub fn bounds(network: &Network) -> Option<(IpAddr, IpAddr)> {
    let (first, last) = match network.address {
        IpAddr::V4(address) => {
            let host = u32::MAX.checked_shr(u32::from(network.prefix)).unwrap_or_default();
            let first = address.to_bits() & !host;
            (IpAddr::V4(first.into()), IpAddr::V4((first | host).into()))
        }
        IpAddr::V6(address) => {
            let host = u128::MAX.checked_shr(u32::from(network.prefix)).unwrap_or_default();
            let first = address.to_bits() & !host;
            (IpAddr::V6(first.into()), IpAddr::V6((first | host).into()))
        }
    };
    Some((first, last))
}

/// The fewest ranges in CIDR form that hold exactly the addresses from the first to the last of one family.
pub fn cidrs(first: IpAddr, last: IpAddr) -> Vec<Network> {
    let number = |address: IpAddr| match address {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits(),
    };
    let bits = u32::from(Network::full(first));
    let (mut at, end) = (number(first), number(last));
    let mut all = Vec::new();
    while at <= end {
        // As large as its place allows, and as is left.
        let mut size = at.trailing_zeros().min(bits);
        while size > 0
            && at.checked_add((1_u128.checked_shl(size).unwrap_or(0)).wrapping_sub(1)).is_none_or(|last| last > end)
        {
            size -= 1;
        }
        let address = match first {
            IpAddr::V4(_) => IpAddr::V4(u32::try_from(at).unwrap_or_default().into()),
            IpAddr::V6(_) => IpAddr::V6(at.into()),
        };
        all.push(Network { address, prefix: u8::try_from(bits - size).unwrap_or_default() });
        match 1_u128.checked_shl(size).and_then(|length| at.checked_add(length)) {
            Some(next) => at = next,
            None => break,
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_split_into_the_fewest() {
        let cidrs = |first: &str, last: &str| {
            let all = cidrs(first.parse().unwrap(), last.parse().unwrap());
            all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            cidrs("196.11.239.0", "196.11.246.255"),
            "196.11.239.0/24 196.11.240.0/22 196.11.244.0/23 196.11.246.0/24"
        );
        assert_eq!(cidrs("0.0.0.0", "255.255.255.255"), "0.0.0.0/0");
        assert_eq!(cidrs("192.0.2.7", "192.0.2.7"), "192.0.2.7");
        assert_eq!(cidrs("2001:240::", "2001:240:ffff:ffff:ffff:ffff:ffff:ffff"), "2001:240::/32");
        assert_eq!(cidrs("::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), "::/0");
        assert_eq!(cidrs("192.0.2.9", "192.0.2.1"), "");
    }

    #[test]
    fn bounds_and_loose_forms() {
        let network = |text: &str| crate::analysis::grammar::network(text).unwrap();
        let shown = |text: &str| bounds(&network(text)).map(|(a, b)| format!("{a} {b}")).unwrap();
        assert_eq!(shown("10.9.8.7/8"), "10.0.0.0 10.255.255.255");
        assert_eq!(shown("0.0.0.0/0"), "0.0.0.0 255.255.255.255");
        assert_eq!(shown("2001:db8::1/128"), "2001:db8::1 2001:db8::1");
        assert_eq!(loose("074.125.000.000"), "74.125.0.0".parse().ok());
        assert_eq!(loose("2a00:2381:ffff::/128"), "2a00:2381:ffff::".parse().ok());
        assert_eq!(["1.2.3", "1.2.3.+4", "300.1.1.1", ""].map(loose), [None; 4]);
    }
}
