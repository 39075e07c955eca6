//! Source addresses: each pool is a fixed, endless sequence of invented addresses.
//!
//! The ranges reserved for documentation are far too small, so the addresses are drawn from the
//! public ranges by chance. That one occurs here says nothing about whoever holds it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::rng::{mix, scatter};

/// First 16 bits of the IPv6 addresses: one block or more of each registry.
const V6_BLOCKS: [u16; 8] = [0x2a01, 0x2a02, 0x2600, 0x2607, 0x2401, 0x2403, 0x2804, 0x2c0f];

/// The address at that place of a pool; one in seven is an IPv6 address.
pub fn address(pool: &[u64], place: u64) -> IpAddr {
    let bits = scatter(mix(pool) ^ scatter(place));
    if bits.is_multiple_of(7) { v6(scatter(bits)).into() } else { v4(scatter(bits)).into() }
}

fn v4(mut bits: u64) -> Ipv4Addr {
    loop {
        let address = Ipv4Addr::from_bits((bits >> 32) as u32);
        if is_public(address) {
            return address;
        }
        bits = scatter(bits.wrapping_add(1));
    }
}

/// Neither private nor reserved nor for documentation, tests or groups.
fn is_public(address: Ipv4Addr) -> bool {
    match address.octets() {
        [0 | 10 | 127 | 224.., ..] => false,
        [100, 64..=127, ..] | [169, 254, ..] | [172, 16..=31, ..] | [192, 168, ..] | [198, 18..=19, ..] => false,
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 51, 100, _] | [203, 0, 113, _] => false,
        [_, _, _, last] => last != 0 && last != 255,
    }
}

fn v6(bits: u64) -> Ipv6Addr {
    let part = |shift: u64| (bits >> shift) as u16;
    let block = V6_BLOCKS[(bits % 8) as usize];
    if bits & 8 == 0 {
        // A server, numbered by hand.
        Ipv6Addr::new(block, part(16), part(32), 0, 0, 0, 0, 1 + part(48) % 0xff)
    } else {
        let host = scatter(bits);
        let low = |shift: u64| (host >> shift) as u16;
        Ipv6Addr::new(block, part(16), part(32), part(48), low(0), low(16), low(32), low(48))
    }
}
