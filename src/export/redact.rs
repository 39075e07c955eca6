use std::borrow::Cow;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use crate::report::{Record, Report, Worded};

/// What is made unrecognizable before anything is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Redaction {
    /// Addresses of computers: of the sources, and wherever one stands in a text. What is left is the network: the first 24
    /// bits, or 48 of IPv6.
    pub addresses: bool,
    /// What stands before the `@` of mail addresses.
    pub local_parts: bool,
    /// Names of files and of what is in them.
    pub file_names: bool,
}

/// What takes the place of a local part.
const HIDDEN: &str = "redacted";

impl Redaction {
    /// Whether texts are looked at.
    const fn is_of_texts(self) -> bool {
        self.addresses || self.local_parts
    }

    /// Goes over a report's texts.
    pub fn report(self, report: &mut Report) {
        if !self.is_of_texts() {
            return;
        }
        let worded = |worded: &mut Worded| worded.text = self.text(&worded.text).into_owned();
        report.extra_contact_info.iter_mut().for_each(worded);
        report.errors.iter_mut().for_each(worded);
        for text in [&mut report.email, &mut report.org_name, &mut report.generator].into_iter().flatten() {
            *text = self.text(text).into_owned();
        }
        report.extensions = None;
    }

    /// Goes over a record.
    pub fn record(self, record: &mut Record<'_>) {
        if !self.is_of_texts() {
            return;
        }
        if self.addresses {
            record.source = record.source.map(network);
            // What stood there as written may hold the address and a host's name.
            record.source_text = record.source.is_none().then(|| HIDDEN.into());
        }
        let own = [&mut record.header_from, &mut record.envelope_from, &mut record.envelope_to];
        let reasons = record.reasons.iter_mut().map(|reason| &mut reason.comment);
        let dkim = record.dkim.iter_mut().flat_map(|it| [&mut it.domain, &mut it.human_result]);
        let spf = record.spf.iter_mut().flat_map(|it| [&mut it.domain, &mut it.human_result]);
        for text in own.into_iter().chain(reasons).chain(dkim).chain(spf).flatten() {
            if let Cow::Owned(other) = self.text(text) {
                *text = Cow::Owned(other);
            }
        }
        record.extensions = None;
    }

    /// A text without what is to be hidden.
    #[must_use]
    pub fn text(self, text: &str) -> Cow<'_, str> {
        let mut text = Cow::Borrowed(text);
        if self.addresses
            && let Some(other) = without_addresses(&text)
        {
            text = Cow::Owned(other);
        }
        if self.local_parts
            && let Some(other) = without_local_parts(&text)
        {
            text = Cow::Owned(other);
        }
        text
    }
}

/// The network that an address is in.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => Ipv4Addr::from_bits(address.to_bits() & !0xFF).into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (!0 << 80)).into(),
    }
}

fn without_addresses(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_hexdigit() || c == '.' || c == ':';
    let (mut out, mut rest, mut is_changed) = (String::new(), text, false);
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at_checked(start)?;
        let (word, after) = from.split_at_checked(from.find(|c| !is_part(c)).unwrap_or(from.len()))?;
        out.push_str(before);
        // An address at the end of a sentence, or with a port behind it.
        let bare = word.trim_matches(['.', ':']);
        let found =
            word.parse().or_else(|_| bare.parse()).or_else(|_| bare.rsplit_once(':').unwrap_or_default().0.parse());
        match found {
            Ok(address) => {
                is_changed = true;
                out.push_str(&network(address).to_string());
            }
            Err(_) => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    is_changed.then_some(out)
}

fn without_local_parts(text: &str) -> Option<String> {
    if !text.contains('@') {
        return None;
    }
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ':' | ';' | ',' | '@' | '\\');
    let mut out = String::new();
    let mut parts = text.split('@').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            out.push_str(part);
            break;
        }
        // Between quotes a local part may hold anything.
        let kept = match part.strip_suffix('"').and_then(|inside| inside.rfind('"')) {
            Some(quote) => part.get(..quote),
            None => {
                part.get(..part.rfind(ends).map_or(0, |at| at + part[at..].chars().next().map_or(1, char::len_utf8)))
            }
        };
        out.push_str(kept.unwrap_or_default());
        out.push_str(HIDDEN);
        out.push('@');
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Redaction = Redaction { addresses: true, local_parts: true, file_names: true };

    #[test]
    fn addresses_become_their_networks_wherever_they_stand() {
        for (text, expected) in [
            ("192.0.2.77", "192.0.2.0"),
            ("client-ip=192.0.2.77; x", "client-ip=192.0.2.0; x"),
            ("from [2001:db8:1:2::7]:25.", "from [2001:db8:1::]:25."),
            ("192.0.2.77:25", "192.0.2.0"),
            ("It was 192.0.2.77.", "It was 192.0.2.0"),
            ("version 1.2.3, at 10:30", "version 1.2.3, at 10:30"),
            ("dead beef", "dead beef"),
        ] {
            assert_eq!(ALL.text(text), expected);
        }
    }

    #[test]
    fn local_parts_are_hidden() {
        for (text, expected) in [
            ("jane.doe@example.com", "redacted@example.com"),
            (
                "Write to <jane+x@example.com>, or bob@b.example",
                "Write to <redacted@example.com>, or redacted@b.example",
            ),
            ("mailto:jane@example.com", "mailto:redacted@example.com"),
            ("\"jane doe\"@example.com", "redacted@example.com"),
            ("jäne@example.com", "redacted@example.com"),
            ("no address", "no address"),
        ] {
            assert_eq!(ALL.text(text), expected);
        }
        assert_eq!(Redaction::default().text("jane@192.0.2.1"), "jane@192.0.2.1");
    }
}
