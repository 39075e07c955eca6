//! How many messages of a sender a reporter sees, and from where. Chance is a function of names and days, so it never changes.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::model::{Addresses, Reporter, Sender, Volume};
use crate::reporters::REPORTERS;

/// Messages by address, in the order of addresses.
pub type Rows = BTreeMap<IpAddr, u64>;

/// How many addresses the crowds of forgers have in all.
const CROWD: u64 = 120;

/// Adds the messages of a day. The month begins on a Monday.
pub fn add(rows: &mut Rows, sender: &Sender, reporter: &Reporter, day: u8) {
    let on_day = match sender.volume {
        Volume::Weekly(messages, week) => messages * week[usize::from((day - 1) % 7)],
        Volume::Days(days) => days.iter().find(|(at, _)| *at == day).map_or(0, |(_, messages)| messages * 100),
        Volume::Growing(first, step) => u64::from((day + 1).saturating_sub(first)) * step * 100,
    };
    let received = |reporter: &&Reporter| sender.to.contains(&reporter.domain);
    let all: u64 = REPORTERS.iter().filter(received).map(|reporter| reporter.share).sum();
    let chance = |what: &str| chance(&[sender.who, reporter.domain, what], day);
    // Hundredths of messages; what is left of one is a message by chance.
    let messages = |share: u64, what: &str| {
        let about = on_day * reporter.share * share * (85 + chance(what) % 31) / (all * 100 * 100);
        (about + chance(&format!("{what} rest")) % 100) / 100
    };
    match sender.addresses {
        Addresses::These(addresses) => {
            for (address, share) in addresses {
                put(rows, address.parse().expect("an address"), messages(*share, address));
            }
        }
        Addresses::Crowd(each) => {
            let mut left = messages(100, "crowd");
            let mut number = 0;
            while left > 0 {
                let bits = chance(&format!("crowd {number}"));
                let count = (1 + bits % (2 * each)).min(left);
                put(rows, one_of_crowd(bits >> 32), count);
                left -= count;
                number += 1;
            }
        }
    }
}

fn put(rows: &mut Rows, address: IpAddr, count: u64) {
    if count > 0 {
        *rows.entry(address).or_default() += count;
    }
}

/// An address of the blocks for documentation, away from those that the story names.
fn one_of_crowd(bits: u64) -> IpAddr {
    let number = u16::try_from(bits % CROWD).expect("a small number");
    let last = 130 + number.to_be_bytes()[1];
    match number % 5 {
        0..3 => Ipv4Addr::new(203, 0, 113, last).into(),
        3 => Ipv4Addr::new(198, 51, 100, last).into(),
        _ => Ipv6Addr::new(0x2001, 0xdb8, 0xf000 + number, 0, 0, 0, 0, 0x25).into(),
    }
}

/// A number that depends on every word and on the day (FNV-1a, then the finish of `SplitMix64`).
pub fn chance(words: &[&str], day: u8) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0])).chain([day]);
    let hash = bytes
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
