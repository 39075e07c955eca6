//! The people and organizations that an answer names (RFC 9083, section 5.1; jCard, RFC 7095).

use super::{Object, objects, plain, string, texts};
use crate::lookups::json::Value;
use crate::lookups::model::Party;

/// Entities inside each other that are looked into.
const DEEPEST: usize = 6;
/// Entities that are looked at.
const MOST: usize = 64;

/// The entities of an answer, with those nested in them: the outer ones first.
pub struct Entities<'a>(Vec<&'a Object>);

impl<'a> Entities<'a> {
    /// All of them.
    pub fn of(answer: &'a Object) -> Self {
        let (mut all, mut level): (Vec<&Object>, Vec<&Object>) = (Vec::new(), vec![answer]);
        for _ in 0..DEEPEST {
            level = level.iter().flat_map(|outer| objects(outer, "entities")).take(MOST).collect();
            all.extend(&level);
        }
        all.truncate(MOST);
        Self(all)
    }

    fn with_role(&self, role: &str) -> impl Iterator<Item = &'a Object> {
        self.0.iter().copied().filter(move |own| texts(own.get("roles")).iter().any(|known| known == role))
    }

    /// Who holds the range: the registrant, or else an organization that is named.
    pub fn holder(&self) -> Option<Party> {
        let organizations = || self.0.iter().copied().filter(|own| has_kind(own, "org"));
        let named = |own: &Object| Some(party(own)).filter(|party| party.name.is_some());
        self.with_role("registrant").find_map(named).or_else(|| organizations().find_map(named))
    }

    /// Where abuse is to be told: wherever it is nested.
    pub fn abuse(&self) -> Option<Party> {
        let all: Vec<Party> = self.with_role("abuse").map(party).collect();
        let place = all.iter().position(|party| !party.mails.is_empty()).unwrap_or_default();
        all.into_iter().nth(place)
    }

    /// The country of the holder's address, or of the first that has one: ARIN's answers have no other.
    pub fn country(&self) -> Option<String> {
        self.with_role("registrant").chain(self.0.iter().copied()).find_map(country_of)
    }
}

/// The jCard's properties: name, parameters, type, value.
fn properties<'a>(entity: &'a Object, name: &'a str) -> impl Iterator<Item = (Option<&'a Object>, &'a Value)> {
    let card = entity.get("vcardArray").and_then(Value::as_list).and_then(|card| card.get(1)?.as_list());
    card.into_iter().flatten().filter_map(move |property| {
        let property = property.as_list()?;
        let is_it = property.first()?.as_text()?.eq_ignore_ascii_case(name);
        is_it.then_some((property.get(1).and_then(Value::as_object), property.get(3)?))
    })
}

fn has_kind(entity: &Object, kind: &str) -> bool {
    properties(entity, "kind").any(|(_, value)| value.as_text() == Some(kind))
}

fn party(entity: &Object) -> Party {
    let all = |name| properties(entity, name).filter_map(|(_, value)| plain(value));
    let mut mails: Vec<String> = all("email").filter(|text| is_mail(text)).collect();
    // Where there are several, one for abuse is the one that is meant.
    mails.sort_by_key(|mail| !mail.to_ascii_lowercase().contains("abuse"));
    let phones = all("tel").map(|text| text.strip_prefix("tel:").map(ToOwned::to_owned).unwrap_or(text));
    let name = all("fn").next().or_else(|| all("org").next());
    Party { handle: string(entity, "handle"), name, mails, phones: phones.collect() }
}

/// Whether a text looks like an address for mail, and like nothing that does more.
fn is_mail(text: &str) -> bool {
    let is_fine = |c: char| c.is_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(c);
    text.chars().all(is_fine) && text.split_once('@').is_some_and(|(own, host)| !own.is_empty() && host.contains('.'))
}

/// An address for abuse that stands in remarks only.
pub fn mentioned(remarks: &[String]) -> Option<Party> {
    let words = remarks.iter().flat_map(|remark| remark.split_whitespace());
    let mails = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let mail = mails.filter(|word| is_mail(word)).find(|word| word.to_ascii_lowercase().contains("abuse"))?;
    Some(Party { mails: vec![mail.to_owned()], ..Party::default() })
}

/// The country of an entity's address: the last part of it, structured or as a label.
fn country_of(entity: &Object) -> Option<String> {
    properties(entity, "adr").find_map(|(parameters, value)| {
        let part = value.as_list().and_then(|parts| plain(parts.get(6)?));
        part.or_else(|| {
            let label = string(parameters?, "label")?;
            let line = label.lines().map(str::trim).rfind(|line| !line.is_empty())?.to_owned();
            country(&line).map(|_| line)
        })
    })
}

/// A country in two letters: as it is written, or by its name as registries write it.
pub fn country(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Some(text.to_ascii_uppercase());
    }
    let known = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text));
    known.map(|(_, code)| (*code).to_owned())
}

/// Countries that registries write out: those whose addresses ARIN gives out, and those with the most holders elsewhere.
const NAMES: [(&str, &str); 52] = [
    ("United States", "US"),
    ("Canada", "CA"),
    ("Anguilla", "AI"),
    ("Antigua and Barbuda", "AG"),
    ("Bahamas", "BS"),
    ("Barbados", "BB"),
    ("Bermuda", "BM"),
    ("Cayman Islands", "KY"),
    ("Dominica", "DM"),
    ("Grenada", "GD"),
    ("Guadeloupe", "GP"),
    ("Jamaica", "JM"),
    ("Martinique", "MQ"),
    ("Puerto Rico", "PR"),
    ("Saint Kitts and Nevis", "KN"),
    ("Saint Lucia", "LC"),
    ("Virgin Islands, British", "VG"),
    ("Virgin Islands, U.S.", "VI"),
    ("Argentina", "AR"),
    ("Australia", "AU"),
    ("Austria", "AT"),
    ("Belgium", "BE"),
    ("Brazil", "BR"),
    ("China", "CN"),
    ("Czech Republic", "CZ"),
    ("Denmark", "DK"),
    ("Egypt", "EG"),
    ("Finland", "FI"),
    ("France", "FR"),
    ("Germany", "DE"),
    ("Hong Kong", "HK"),
    ("India", "IN"),
    ("Indonesia", "ID"),
    ("Ireland", "IE"),
    ("Israel", "IL"),
    ("Italy", "IT"),
    ("Japan", "JP"),
    ("Kenya", "KE"),
    ("Korea, Republic of", "KR"),
    ("Mexico", "MX"),
    ("Netherlands", "NL"),
    ("New Zealand", "NZ"),
    ("Nigeria", "NG"),
    ("Norway", "NO"),
    ("Poland", "PL"),
    ("Singapore", "SG"),
    ("South Africa", "ZA"),
    ("Spain", "ES"),
    ("Sweden", "SE"),
    ("Switzerland", "CH"),
    ("Taiwan", "TW"),
    ("United Kingdom", "GB"),
];
