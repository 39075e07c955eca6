//! Answers of registries' look-up services (RDAP, RFC 9083), as they are and not only as they should be: fields are left out,
//! addresses padded or with a prefix, contacts nested.

mod cidr;
mod party;

use std::net::IpAddr;

use super::json::{Object, Value};
use super::model::{Holding, Party, Refusal};
use crate::analysis::Network;
use cidr::{cidrs, loose};
use party::{Entities, country};

/// Paragraphs of remarks that are kept, and characters of a text.
const MOST_REMARKS: usize = 40;
const LONGEST: usize = 500;

/// What is asked of a service: the address below its base. The colons of IPv6 are encoded (RFC 9082, section 3.1.1).
#[must_use]
pub fn url(base: &str, address: IpAddr) -> String {
    format!("{base}ip/{}", address.to_string().replace(':', "%3A"))
}

/// The holding of which an answer to the question for an address tells.
///
/// # Errors
/// If it is none: no JSON, an error answer, or of a range that does not hold the address.
pub fn read(text: &str, address: IpAddr, asked: &str) -> Result<Holding, Refusal> {
    let value = Value::read(text).ok_or(Refusal::Malformed)?;
    let answer = value.as_object().ok_or(Refusal::Malformed)?;
    if let Some(code) = answer.get("errorCode") {
        return Err(match code.as_number() {
            Some(404) => Refusal::NotFound,
            Some(429) => Refusal::TooMany,
            Some(code) => Refusal::Status(code),
            None => Refusal::Malformed,
        });
    }
    let is_network = string(answer, "objectClassName").is_none_or(|class| class == "ip network");
    let stated = string(answer, "startAddress").as_deref().and_then(loose);
    let stated = stated.zip(string(answer, "endAddress").as_deref().and_then(loose));
    let prefixes = prefixes(answer);
    let around = || {
        let network = prefixes.iter().find(|network| network.contains(address))?;
        cidr::bounds(network)
    };
    let (first, last) = stated.or_else(around).filter(|_| is_network).ok_or(Refusal::Malformed)?;
    if first.is_ipv4() != address.is_ipv4() || !(first..=last).contains(&address) {
        return Err(Refusal::Malformed);
    }
    let entities = Entities::of(answer);
    let country_text = string(answer, "country").or_else(|| entities.country());
    let remarks = remarks(answer);
    Ok(Holding {
        first,
        last,
        cidrs: if prefixes.is_empty() { cidrs(first, last) } else { prefixes },
        handle: string(answer, "handle"),
        name: string(answer, "name"),
        kind: string(answer, "type"),
        country_code: country_text.as_deref().and_then(country),
        country: country_text,
        holder: entities.holder().or_else(|| described(answer)),
        abuse: entities.abuse().or_else(|| party::mentioned(&remarks)),
        registered: event(answer, "registration"),
        changed: event(answer, "last changed"),
        status: texts(answer.get("status")),
        remarks,
        parent: string(answer, "parentHandle"),
        link: link(answer, &["self"], None).or_else(|| Some(asked.to_owned())),
        referral: link(answer, &["related", "down"], Some(asked)),
    })
}

/// A text of an object that says something, no longer than is shown.
fn string(object: &Object, name: &str) -> Option<String> {
    object.get(name).and_then(plain)
}

fn plain(value: &Value) -> Option<String> {
    let text = value.as_text()?.trim();
    (!text.is_empty()).then(|| text.chars().take(LONGEST).collect())
}

/// A list of texts; one alone is a list too.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(all)) => all.iter().filter_map(plain).take(MOST_REMARKS).collect(),
        Some(one) => plain(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn objects<'a>(object: &'a Object, name: &str) -> impl Iterator<Item = &'a Object> {
    object.get(name).and_then(Value::as_list).into_iter().flatten().filter_map(Value::as_object)
}

/// `cidr0_cidrs`, an extension that most registries have.
fn prefixes(answer: &Object) -> Vec<Network> {
    let network = |own: &Object| {
        let address: IpAddr = string(own, "v4prefix").or_else(|| string(own, "v6prefix"))?.parse().ok()?;
        let prefix = own.get("length")?.as_number().and_then(|length| u8::try_from(length).ok())?;
        (prefix <= Network::full(address)).then_some(Network { address, prefix })
    };
    objects(answer, "cidr0_cidrs").filter_map(network).take(MOST_REMARKS).collect()
}

/// Every remark's description, with its title before it where that says more than what it is.
fn remarks(answer: &Object) -> Vec<String> {
    let paragraph = |remark: &Object| {
        let lines = texts(remark.get("description")).join("\n");
        let title = string(remark, "title").filter(|title| {
            !["description", "remarks", "remark"].iter().any(|plain| title.eq_ignore_ascii_case(plain))
        });
        match (title, lines.is_empty()) {
            (Some(title), false) => Some(format!("{title}: {lines}")),
            (title, true) => title,
            (None, false) => Some(lines),
        }
    };
    objects(answer, "remarks").filter_map(paragraph).take(MOST_REMARKS).collect()
}

/// The holder of whom the first line of a description tells, as older registries have it.
fn described(answer: &Object) -> Option<Party> {
    let is_it =
        |remark: &&Object| string(remark, "title").is_some_and(|title| title.eq_ignore_ascii_case("description"));
    let name = texts(objects(answer, "remarks").find(is_it)?.get("description")).into_iter().next()?;
    Some(Party { name: Some(name), ..Party::default() })
}

/// The day of an event.
fn event(answer: &Object, action: &str) -> Option<String> {
    let is_it = |event: &&Object| string(event, "eventAction").is_some_and(|own| own.eq_ignore_ascii_case(action));
    let date = string(objects(answer, "events").find(is_it)?, "eventDate")?;
    let day = date.get(..10)?;
    let is_day = day.bytes().enumerate().all(|(place, byte)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then(|| day.to_owned())
}

/// A link of one of these relations. With `asked` only one to the same kind of answer at another service.
fn link(answer: &Object, relations: &[&str], asked: Option<&str>) -> Option<String> {
    let host =
        |url: &str| url.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#']).next()).map(str::to_owned);
    let fits = |link: &&Object| {
        let is_related = string(link, "rel").is_some_and(|own| relations.contains(&own.as_str()));
        let href = string(link, "href").unwrap_or_default();
        let is_elsewhere = asked.is_none_or(|asked| {
            let is_rdap = string(link, "type").is_some_and(|kind| kind == "application/rdap+json");
            is_rdap && href.contains("/ip/") && host(&href) != host(asked)
        });
        is_related && is_elsewhere && (href.starts_with("https://") || href.starts_with("http://"))
    };
    objects(answer, "links").find(fits).and_then(|link| string(link, "href"))
}

#[cfg(test)]
mod tests;
