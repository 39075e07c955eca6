use std::fmt::Write;

use super::model::{Name, Party};
use crate::networks::Found;

/// What was looked up, as JSON: a list of holdings and one of names, with where each was asked and when (seconds since the epoch).
#[must_use]
pub fn export(found: &Found) -> String {
    let holdings = found.holdings.iter().map(|looked| {
        let own = &looked.holding;
        let cidrs: Vec<String> = own.cidrs.iter().map(ToString::to_string).collect();
        object(&[
            ("first", text(&own.first.to_string())),
            ("last", text(&own.last.to_string())),
            ("cidrs", list(cidrs.iter().map(|cidr| text(cidr)))),
            ("handle", option(own.handle.as_deref())),
            ("name", option(own.name.as_deref())),
            ("type", option(own.kind.as_deref())),
            ("country", option(own.country_code.as_deref().or(own.country.as_deref()))),
            ("holder", party(own.holder.as_ref())),
            ("abuse", party(own.abuse.as_ref())),
            ("registered", option(own.registered.as_deref())),
            ("changed", option(own.changed.as_deref())),
            ("status", list(own.status.iter().map(|status| text(status)))),
            ("parent", option(own.parent.as_deref())),
            ("source", text(&looked.url)),
            ("asked", looked.asked.to_string()),
        ])
    });
    let names = found.names.iter().map(|(address, reverse)| {
        let state = match &reverse.name {
            Name::None => "none",
            Name::Confirmed(_) => "confirmed",
            Name::Unconfirmed(_) => "unconfirmed",
            Name::Failed(refusal) => refusal.word(),
        };
        object(&[
            ("address", text(&address.to_string())),
            ("name", option(reverse.name.text())),
            ("state", text(state)),
            ("resolver", text(&reverse.resolver)),
            ("asked", reverse.asked.to_string()),
        ])
    });
    object(&[("holdings", list(holdings)), ("names", list(names))]) + "\n"
}

fn party(party: Option<&Party>) -> String {
    let Some(party) = party else { return "null".to_owned() };
    object(&[
        ("handle", option(party.handle.as_deref())),
        ("name", option(party.name.as_deref())),
        ("mails", list(party.mails.iter().map(|mail| text(mail)))),
        ("phones", list(party.phones.iter().map(|phone| text(phone)))),
    ])
}

fn object(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", fields.join(","))
}

fn list(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(","))
}

fn option(value: Option<&str>) -> String {
    value.map_or_else(|| "null".to_owned(), text)
}

fn text(value: &str) -> String {
    let mut written = String::with_capacity(value.len().saturating_add(2));
    written.push('"');
    for sign in value.chars() {
        match sign {
            '"' | '\\' => written.extend(['\\', sign]),
            // Writing into memory does not fail.
            sign if sign < ' ' => drop(write!(written, "\\u{:04x}", u32::from(sign))),
            sign => written.push(sign),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookups::json::Value;
    use crate::lookups::{Looked, Reverse, rdap};

    #[test]
    fn what_is_written_can_be_read() {
        let answer = r#"{"startAddress":"192.0.2.0","endAddress":"192.0.2.255","name":"A \"quoted\"\nname","status":["active"]}"#;
        let holding = rdap::read(answer, "192.0.2.1".parse().unwrap(), "https://a.example/").unwrap();
        let looked = Looked { holding, url: "https://a.example/".into(), asked: 0, raw: String::new() };
        let reverse = Reverse { name: Name::Confirmed("a.example".into()), resolver: "r".into(), asked: 0 };
        let found = Found { holdings: vec![looked], names: vec![("192.0.2.1".parse().unwrap(), reverse)] };
        let value = Value::read(&export(&found)).unwrap();
        let first = |name: &str| value.get(name).and_then(Value::as_list).and_then(|all| all.first()).cloned().unwrap();
        assert_eq!(first("holdings").get("name").and_then(Value::as_text), Some("A \"quoted\"\nname"));
        assert_eq!(first("holdings").get("asked").and_then(Value::as_number), Some(0));
        assert_eq!(first("names").get("state").and_then(Value::as_text), Some("confirmed"));
    }
}
