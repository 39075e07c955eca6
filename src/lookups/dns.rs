//! Answers of resolvers in JSON over HTTPS, and what is asked of them.

use std::net::IpAddr;

use super::json::Value;
use super::model::Refusal;

/// A resolver that a person can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolver {
    /// Its word in settings.
    pub code: &'static str,
    /// Where it answers.
    pub base: &'static str,
}

const TABLE: &str = include_str!("../../assets/networks/resolvers.tsv");

/// Every resolver that the build knows, the first being the usual one.
pub fn resolvers() -> impl Iterator<Item = Resolver> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (code, base) = line.split_once('\t')?;
        Some(Resolver { code, base })
    })
}

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An address (IPv4).
    A,
    /// An address (IPv6).
    Aaaa,
    /// A name.
    Ptr,
}

impl Kind {
    const fn told(self) -> (&'static str, u16) {
        match self {
            Self::A => ("A", 1),
            Self::Aaaa => ("AAAA", 28),
            Self::Ptr => ("PTR", 12),
        }
    }
}

/// The question for records of a name.
#[must_use]
pub fn url(base: &str, name: &str, kind: Kind) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("name", name)
        .append_pair("type", kind.told().0)
        .finish();
    format!("{base}?{query}")
}

/// The name under which the reverse DNS has an address.
#[must_use]
pub fn reverse_name(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(address) => {
            let digits = format!("{:032x}", address.to_bits());
            digits.chars().rev().flat_map(|digit| [digit, '.']).collect::<String>() + "ip6.arpa"
        }
    }
}

/// What an answer has for a kind of record: names without the last dot, or addresses. None at all where there is no such name.
///
/// # Errors
/// If the resolver could not tell, or the answer is none.
pub fn read(text: &str, kind: Kind) -> Result<Vec<String>, Refusal> {
    let value = Value::read(text).ok_or(Refusal::Malformed)?;
    match value.get("Status").and_then(Value::as_number) {
        Some(0) => {}
        Some(3) => return Ok(Vec::new()),
        Some(status) => return Err(Refusal::Status(status)),
        None => return Err(Refusal::Malformed),
    }
    let answers = value.get("Answer").and_then(Value::as_list).into_iter().flatten();
    let own = answers.filter(|answer| answer.get("type").and_then(Value::as_number) == Some(kind.told().1));
    let data = own.filter_map(|answer| answer.get("data").and_then(Value::as_text));
    Ok(data.map(|data| data.trim_end_matches('.')).filter(|data| is_plain(data)).map(ToOwned::to_owned).collect())
}

/// Whether a text may be a name of the DNS or an address: what else stands there is nobody's name.
fn is_plain(text: &str) -> bool {
    (1..=253).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte))
}

/// Whether one of these is the address.
#[must_use]
pub fn leads_to(addresses: &[String], address: IpAddr) -> bool {
    addresses.iter().any(|text| text.parse() == Ok(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_reverse_dns() {
        assert_eq!(reverse_name("203.0.113.9".parse().unwrap()), "9.113.0.203.in-addr.arpa");
        assert_eq!(
            reverse_name("2001:db8::567:89ab".parse().unwrap()),
            "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
        );
        assert_eq!(
            url("https://dns.example/resolve", "a b", Kind::Ptr),
            "https://dns.example/resolve?name=a+b&type=PTR"
        );
    }

    #[test]
    fn answers_are_read() {
        let text = r#"{"Status":0,"TC":false,"Question":[{"name":"9.113.0.203.in-addr.arpa.","type":12}],
            "Answer":[{"name":"9.113.0.203.in-addr.arpa.","type":5,"data":"x.example."},
                      {"name":"x.example.","type":12,"TTL":300,"data":"mail.shop.example."},
                      {"name":"x.example.","type":12,"TTL":300,"data":"<img src=x>."}]}"#;
        assert_eq!(read(text, Kind::Ptr), Ok(vec!["mail.shop.example".into()]));
        assert_eq!(read(r#"{"Status":3}"#, Kind::Ptr), Ok(vec![]));
        assert_eq!(read(r#"{"Status":0}"#, Kind::A), Ok(vec![]));
        assert_eq!(read(r#"{"Status":2}"#, Kind::A), Err(Refusal::Status(2)));
        for broken in ["", "<html>", "[]", r#"{"Status":"0"}"#, r#"{"Answer":[]}"#] {
            assert_eq!(read(broken, Kind::A), Err(Refusal::Malformed), "{broken}");
        }
        let addresses = ["203.0.113.9".to_owned(), "2001:DB8::0:1".to_owned()];
        assert!(
            leads_to(&addresses, "2001:db8::1".parse().unwrap())
                && leads_to(&addresses, "203.0.113.9".parse().unwrap())
        );
        assert!(!leads_to(&addresses, "203.0.113.8".parse().unwrap()));
    }

    #[test]
    fn there_are_resolvers_to_choose_from() {
        let all: Vec<Resolver> = resolvers().collect();
        assert!(all.len() >= 2 && all.iter().all(|own| own.base.starts_with("https://")), "{all:?}");
    }
}
