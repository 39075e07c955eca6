//! What the registries' real answers tell, by recorded ones: a file of answers keyed by the address asked, and single ones.
//! `DMARCSCOPE_RDAP` names the folder; without one, and without the usual one, there is nothing to test against.

use std::path::{Path, PathBuf};

use dmarcscope::lookups::{Holding, Refusal, rdap};

/// Beside the project, as the corpus is.
fn usual() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/rdap")
}

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("DMARCSCOPE_RDAP").map_or_else(usual, PathBuf::from);
    if !folder.is_dir() {
        println!("no recorded answers in {}: nothing to test against", folder.display());
        return None;
    }
    Some(folder)
}

/// The holding of a recorded answer.
fn recorded(address: &str) -> Option<Holding> {
    let text = std::fs::read_to_string(folder()?.join("answers.json")).unwrap();
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let answer = all.get(address).unwrap().to_string();
    Some(rdap::read(&answer, address.parse().unwrap(), "https://asked.example/").unwrap())
}

fn file(name: &str, address: &str) -> Option<Result<Holding, Refusal>> {
    let text = std::fs::read_to_string(folder()?.join(name)).unwrap();
    Some(rdap::read(&text, address.parse().unwrap(), "https://asked.example/"))
}

/// Every field in one line each, so that what is missing is seen too.
fn told(holding: &Holding) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".into());
    let party = |party: &Option<dmarcscope::lookups::Party>| {
        party.as_ref().map_or_else(
            || "-".into(),
            |own| {
                format!("{} ({}) {} {}", text(&own.name), text(&own.handle), own.mails.join(" "), own.phones.join(" "))
            },
        )
    };
    let cidrs: Vec<String> = holding.cidrs.iter().map(ToString::to_string).collect();
    let all = [
        format!("range {} {} {}", holding.first, holding.last, cidrs.join(" ")),
        format!("handle {} name {} type {}", text(&holding.handle), text(&holding.name), text(&holding.kind)),
        format!("country {} {}", text(&holding.country), text(&holding.country_code)),
        format!("holder {}", party(&holding.holder)),
        format!("abuse {}", party(&holding.abuse)),
        format!("registered {} changed {}", text(&holding.registered), text(&holding.changed)),
        format!("status {} parent {}", holding.status.join(" "), text(&holding.parent)),
        format!("link {} referral {}", text(&holding.link), text(&holding.referral)),
        format!(
            "remarks {} {}",
            holding.remarks.len(),
            holding.remarks.first().and_then(|r| r.lines().next()).unwrap_or("-")
        ),
    ];
    all.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn ripe() {
    let Some(holding) = recorded("2a00:2381:ffff::1") else { return };
    assert_eq!(
        told(&holding),
        [
            "range 2a00:2381:ffff:: 2a00:2381:ffff:0:ffff:ffff:ffff:ffff 2a00:2381:ffff::/64",
            "handle 2a00:2381:ffff::/64 name BT-WORLD-IPVSIX-LAUNCH type Assigned",
            "country GB GB",
            "holder -",
            "abuse BT Corporate Registry (BTCR3-RIPE) zzdnsr@bt.com steve.a.marshall@bt.com lee.bailey-hague@bt.com",
            "registered - changed 2012-05-29",
            "status  parent -",
            "link https://rdap.db.ripe.net/ip/2a00:2381:ffff::1 referral -",
            "remarks 1 BT World IPv6 Launch"
        ]
    );
}

#[test]
fn apnic() {
    let Some(holding) = recorded("2001:240:10c:1::ca20:9d1d") else { return };
    assert_eq!(
        told(&holding),
        [
            "range 2001:240:: 2001:240:ffff:ffff:ffff:ffff:ffff:ffff 2001:240::/32",
            "handle 2001:0240::/32 name IIJ-JPNIC-JP-20000308 type ALLOCATED PORTABLE",
            "country JP JP",
            "holder Japan Network Information Center (-)",
            "abuse -",
            "registered - changed 2008-09-04",
            "status  parent 2001:0200::/23",
            "link http://rdap.apnic.net/ip/2001:240::/32 referral -",
            "remarks 2 Japan Network Information Center"
        ]
    );
}

#[test]
fn lacnic() {
    let Some(holding) = recorded("200.57.141.161") else { return };
    assert_eq!(
        told(&holding),
        [
            "range 200.57.141.161 200.57.141.161 200.57.141.161",
            "handle 200.57.141.161 name Triara.com, S.A. de C.V. type allocated",
            "country MX MX",
            "holder Triara.com, S.A. de C.V. (MX-TSCV6-LACNIC)  52  5554907261",
            "abuse Arturo Alejandro Rodriguez Garcia (RYT2) operacion.redes@TRIARA.COM 52  8181962393",
            "registered - changed 2014-07-16",
            "status  parent -",
            "link https://rdap.lacnic.net/rdap/ip/200.57.141.161 referral -",
            "remarks 0 -"
        ]
    );
}

#[test]
fn arin_in_ipv6() {
    let Some(holding) = recorded("2001:4860:4860::8888") else { return };
    assert_eq!(
        told(&holding),
        [
            "range 2001:4860:: 2001:4860:ffff:ffff:ffff:ffff:ffff:ffff 2001:4860::/32",
            "handle NET6-2001-4860-1 name GOOGLE-IPV6 type -",
            "country UNITED STATES US",
            "holder Google Inc. (GOGL)",
            "abuse Google Inc (ZG39-ARIN) arin-contact@google.com +1-650-253-0000",
            "registered 2005-03-14 changed 2012-02-24",
            "status  parent NET6-2001-4800-0",
            "link https://rdap.arin.net/registry/ip/2001:4860:0000:0000:0000:0000:0000:0000 referral -",
            "remarks 0 -"
        ]
    );
}

#[test]
fn arin_with_padded_addresses() {
    let Some(holding) = recorded("74.125.225.229") else { return };
    assert_eq!(
        told(&holding),
        [
            "range 74.125.0.0 74.125.255.255 74.125.0.0/16",
            "handle NET-74-125-0-0-1 name GOOGLE type -",
            "country UNITED STATES US",
            "holder Google Inc. (GOGL)",
            "abuse Google Inc (ZG39-ARIN) arin-contact@google.com +1-650-253-0000",
            "registered 2007-03-13 changed 2012-02-24",
            "status  parent NET-74-0-0-0-0",
            "link https://rdap.arin.net/registry/ip/074.125.000.000 referral -",
            "remarks 0 -"
        ]
    );
}

#[test]
fn afrinic() {
    let Some(holding) = recorded("196.11.240.215") else { return };
    assert_eq!(
        told(&holding),
        [
            "range 196.11.239.0 196.11.246.255 196.11.239.0/24 196.11.240.0/22 196.11.244.0/23 196.11.246.0/24",
            "handle 196.11.239.0 - 196.11.246.255 name ORG-VSA1-AFRINIC type ASSIGNED PI",
            "country ZA ZA",
            "holder ORG-VSA1-AFRINIC (ORG-VSA1-AFRINIC) teixei_a@mtn.co.za +27832125745",
            "abuse - (-) abuse@mtnbusiness.co.za",
            "registered - changed -",
            "status active parent 196.0.0.0 - 196.255.255.255",
            "link https://asked.example/ referral -",
            "remarks 1 please send abuse reports to abuse@mtnbusiness.co.za"
        ]
    );
}

#[test]
fn arin_today() {
    let Some(holding) = file("icann-network_192_198_0_0.json", "192.198.0.1") else { return };
    assert_eq!(
        told(&holding.unwrap()),
        [
            "range 192.198.0.0 192.198.3.255 192.198.0.0/22",
            "handle NET-192-198-0-0-1 name RADIOLINK-ARIN-1 type DIRECT ALLOCATION",
            "country United States US",
            "holder Radio Link Internet (DP-41)",
            "abuse Daniel Petsinger (PETSI-ARIN) daniel.petsinger@radiolinkinternet.com +1-507-417-4176",
            "registered 2013-01-31 changed 2013-03-19",
            "status active parent NET-192-0-0-0-0",
            "link https://rdap.arin.net/registry/ip/192.198.0.0 referral -",
            "remarks 0 -"
        ]
    );
}

#[test]
fn the_example_of_the_standard() {
    let Some(holding) = file("icann-2001_db8__.json", "2001:db8::1") else { return };
    assert_eq!(
        told(&holding.unwrap()),
        [
            "range 2001:db8:: 2001:db8:0:ffff:ffff:ffff:ffff:ffff 2001:db8::/48",
            "handle XXXX-RIR name NET-RTR-1 type DIRECT ALLOCATION",
            "country AU AU",
            "holder Joe User (XXXX) joe.user@example.com +1-555-555-1234;ext=102",
            "abuse -",
            "registered 1990-12-31 changed 1991-12-31",
            "status active parent YYYY-RIR",
            "link https://example.net/ip/2001:db8::/48 referral -",
            "remarks 1 She sells sea shells down by the sea shore."
        ]
    );
}

#[test]
fn what_is_no_network_is_refused() {
    let Some(refused) = file("icann-error_ripe_net.json", "192.0.2.1") else { return };
    assert_eq!(refused, Err(Refusal::Status(501)));
    let Some(refused) = file("icann-0_2_192_in-addr_arpa.json", "192.0.2.1") else { return };
    assert_eq!(refused, Err(Refusal::Malformed));
}
