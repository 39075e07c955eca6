//! Checks the story: that it names nobody real, and that its figures fit each other.

use std::net::IpAddr;

use crate::reporters::REPORTERS;
use crate::story::{DOMAINS, SENDERS};
use crate::{archive, set};

/// The blocks for documentation (RFC 5737, RFC 3849).
fn is_for_documentation(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => matches!(address.octets(), [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _]),
        IpAddr::V6(address) => address.segments()[..2] == [0x2001, 0xdb8],
    }
}

#[test]
fn every_name_and_address_is_reserved_for_examples() {
    for file in set::files() {
        let text = String::from_utf8(file.bytes).unwrap();
        let tags = ["domain", "email", "source_ip", "header_from", "envelope_from", "envelope_to"];
        for tag in tags {
            for part in text.split(&format!("{tag}>")).skip(1).step_by(2) {
                // The last one of a report that is cut off has no end.
                let Some((value, _)) = part.split_once("</") else { continue };
                let is_made_up = match tag {
                    "source_ip" => is_for_documentation(value.parse().unwrap()),
                    _ => value.ends_with(".example"),
                };
                assert!(is_made_up, "{value} in {}", file.name);
            }
        }
    }
}

#[test]
fn the_story_fits_together() {
    assert_eq!(REPORTERS.iter().map(|reporter| reporter.share).sum::<u64>(), 1_000);
    for sender in &SENDERS {
        assert!(DOMAINS.iter().any(|domain| domain.name == sender.domain), "{}", sender.who);
        assert!(sender.header_from.ends_with(sender.domain), "{}", sender.who);
        let is_reporter = |to: &&str| REPORTERS.iter().any(|reporter| reporter.domain == *to);
        assert!(sender.to.iter().all(is_reporter), "{}", sender.who);
    }
}

#[test]
fn the_set_is_small_and_always_the_same() {
    let (first, second) = (archive::pack(&set::files()).unwrap(), archive::pack(&set::files()).unwrap());
    assert!(first == second);
    assert!(first.len() <= 60_000, "{}", first.len());
}

#[test]
fn every_habit_is_seen() {
    let files = set::files();
    let texts: Vec<&str> = files.iter().map(|file| str::from_utf8(&file.bytes).unwrap()).collect();
    let with = |what: &str| texts.iter().filter(|text| text.contains(what)).count();
    assert_eq!(files.len(), 252);
    assert_eq!((with("<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\""), with("<d:feedback xmlns:d=")), (60, 31));
    assert_eq!((with("<error>"), with(">psl<"), with(">treewalk<")), (2, 31, 60));
    assert!(with("<human_result>body hash") > 15);
    assert!(with("<comment>arc=pass as[1].d=lists.tidewriters.example") > 25);
    assert!(with("<result>temperror</result>") == 1);
}
