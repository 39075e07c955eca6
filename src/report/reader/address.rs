use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr};

use crate::ledger::{Note, Notes};

/// Reads a source address: the address, and the text as written where it is not merely another notation of it.
pub(super) fn source<'w>(text: Cow<'w, str>, notes: &mut Notes) -> (Option<IpAddr>, Option<Cow<'w, str>>) {
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V6(six)) => match six.to_ipv4_mapped() {
            Some(four) => (Some(IpAddr::V4(four)), Some(text)),
            None => (Some(IpAddr::V6(six)), None),
        },
        Ok(four) => (Some(four), None),
        Err(_) => {
            let address = mended(&text);
            notes.add(match address {
                Some(_) => Note::AddressMended((&*text).into()),
                None => Note::AddressUnreadable((&*text).into()),
            });
            (address, Some(text))
        }
    }
}

/// An address with something around it, as `192.0.2.1 (host)`, `host [192.0.2.1]`, `192.0.2.1:25`, `fe80::1%eth0`.
#[cold]
fn mended(text: &str) -> Option<IpAddr> {
    let mut pieces =
        text.split(|c: char| c.is_whitespace() || "()[]<>{}\"',;/|".contains(c)).filter(|piece| !piece.is_empty());
    pieces.find_map(piece).map(|address| address.to_canonical())
}

fn piece(text: &str) -> Option<IpAddr> {
    let text = match text.get(..5) {
        Some(label) if label.eq_ignore_ascii_case("ipv6:") => text.get(5..).unwrap_or(text),
        _ => text,
    };
    let text = text.split_once('%').map_or(text, |(address, _zone)| address);
    let text = text.strip_suffix('.').unwrap_or(text);
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    if let Some(four) = padded(text) {
        return Some(IpAddr::V4(four));
    }
    // A port: IPv6 with one stands in brackets, which are gone by now.
    let (address, port) = text.rsplit_once(':')?;
    if port.is_empty() { None } else { port.parse::<u16>().ok().and_then(|_| padded(address)).map(IpAddr::V4) }
}

/// Four decimal octets, which may have leading zeros: no reporter counts in octal.
fn padded(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0_u8; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next().filter(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *octet = part.parse().ok()?;
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}
