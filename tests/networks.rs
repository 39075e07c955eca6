//! Databases in MaxMind's format: a small one that `tests/browser/support/database.mjs` made, whole and broken.

use std::net::IpAddr;

use dmarcscope::networks::{Database, DatabaseError};

const BYTES: &[u8] = include_bytes!("fixtures/networks.mmdb");

fn told(database: &mut Database, address: &str) -> Option<String> {
    let (range, place) = database.find(address.parse::<IpAddr>().unwrap())?;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    let range = range.map_or_else(|| "-".into(), |range| range.to_string());
    Some(format!("{range} {} {} {}", text(&place.network), text(&place.country), text(&place.city)))
}

#[test]
fn networks_and_places_are_read_as_their_makers_name_them() {
    let mut database = Database::read("networks.mmdb", BYTES.to_vec()).unwrap();
    let info = database.info();
    assert_eq!((info.kind.as_str(), info.built), ("Test-City", 1_790_000_000));
    assert_eq!(info.description.as_deref(), Some("Made for a test."));
    for (address, expected) in [
        ("203.0.113.7", Some("203.0.113.0/24 AS64496 Example Mail Ltd CH Zürich")),
        ("203.0.115.5", Some("203.0.115.0/25 AS64498 Third <b>Example</b> JP -")),
        ("203.0.115.200", None),
        ("2001:db8:1::1", Some("2001:db8::/36 AS64499 Example Six DE -")),
        ("198.51.100.1", Some("198.51.100.0/25 AS64500 Flat AT Wien")),
        // What is no code is no country, and what is no number no network.
        ("198.51.100.200", Some("198.51.100.128/25 - - -")),
        ("192.0.2.1", Some("192.0.2.0/24 - - -")),
        ("8.8.8.8", None),
    ] {
        assert_eq!(told(&mut database, address).as_deref(), expected, "{address}");
        assert_eq!(told(&mut database, address).as_deref(), expected, "{address}, known by now");
    }
}

#[test]
fn what_is_no_database_is_refused_and_what_is_broken_harms_nobody() {
    for bytes in [&b""[..], b"PK\x03\x04", &BYTES[..BYTES.len() / 2], b"\xab\xcd\xefMaxMind.com"] {
        assert!(matches!(Database::read("x", bytes.to_vec()), Err(DatabaseError::Broken(_))));
    }
    // Any byte may be another one: nothing panics, whatever is told.
    for at in 0..BYTES.len() {
        for value in [0x00, 0x20, 0x3f, 0xff] {
            let mut bytes = BYTES.to_vec();
            bytes[at] = value;
            if let Ok(mut database) = Database::read("x", bytes) {
                for address in ["203.0.113.7", "198.51.100.200", "2001:db8:1::1", "::"] {
                    let _ = database.find(address.parse().unwrap());
                }
            }
        }
    }
}
