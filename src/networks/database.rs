use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::Rc;

use maxminddb::{MaxMindDbError, PathElement, Reader};

use super::model::{DatabaseError, DatabaseInfo, Place};
use crate::analysis::Network;

/// A database of networks and places in MaxMind's format, which many offer: of networks (ASN), countries or cities.
pub struct Database {
    reader: Reader<Vec<u8>>,
    info: DatabaseInfo,
    /// What was read, by the place in the file: many ranges share what is known of them.
    seen: HashMap<usize, Rc<Place>>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("info", &self.info).finish_non_exhaustive()
    }
}

impl Database {
    /// A database of a file's bytes.
    ///
    /// # Errors
    /// If they are none.
    pub fn read(file: &str, bytes: Vec<u8>) -> Result<Self, DatabaseError> {
        let reader = Reader::from_source(bytes).map_err(|error| DatabaseError::Broken(error.to_string()))?;
        let told = reader.metadata();
        let info = DatabaseInfo {
            file: file.to_owned(),
            kind: told.database_type.clone(),
            description: told.description.get("en").or_else(|| told.description.values().next()).cloned(),
            built: told.build_epoch,
        };
        Ok(Self { reader, info, seen: HashMap::new() })
    }

    /// What it says of itself.
    #[must_use]
    pub const fn info(&self) -> &DatabaseInfo {
        &self.info
    }

    /// What it tells of an address and the range it is in; nothing where it has none or is broken just there.
    pub fn find(&mut self, address: IpAddr) -> Option<(Option<Network>, Rc<Place>)> {
        let Self { reader, seen, .. } = self;
        let found = reader.lookup(address).ok()?;
        let offset = found.offset()?;
        let range = found.network().ok().map(|network| Network { address: network.ip(), prefix: network.prefix() });
        let place = match seen.get(&offset) {
            Some(place) => Rc::clone(place),
            None => {
                let place = Rc::new(Place::of(&Record(&|path| found.decode_path::<String>(path)), &|path| {
                    found.decode_path::<u32>(path)
                }));
                seen.insert(offset, Rc::clone(&place));
                place
            }
        };
        Some((range, place))
    }
}

type Look<'a, T> = &'a dyn Fn(&[PathElement<'_>]) -> Result<Option<T>, MaxMindDbError>;

/// A database's record of a range: its texts.
struct Record<'a>(Look<'a, String>);

impl Record<'_> {
    /// The first of these that is a text and says something.
    fn first(&self, paths: &[&[&str]]) -> Option<String> {
        paths.iter().find_map(|path| {
            let path: Vec<PathElement<'_>> = path.iter().map(|key| PathElement::Key(key)).collect();
            // A value of another kind is none of what is looked for.
            let text = (self.0)(&path).ok().flatten()?;
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        })
    }
}

impl Place {
    /// As the makers that are known name things: MaxMind and DB-IP; IPinfo; the location databases of `ip-location-db`.
    fn of(record: &Record<'_>, number: Look<'_, u32>) -> Self {
        let asn = number(&[PathElement::Key("autonomous_system_number")]).ok().flatten();
        let asn = asn.map(|number| format!("AS{number}"));
        // Elsewhere it is a text, with or without the letters.
        let asn = asn.or_else(|| {
            let text = record.first(&[&["asn"], &["as_number"], &["autonomous_system_number"]])?;
            let digits = text.trim_start_matches(['A', 'S', 'a', 's']);
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("AS{digits}"))
        });
        let name =
            record.first(&[&["autonomous_system_organization"], &["as_name"], &["organization"], &["name"], &["isp"]]);
        let network = match (asn, name) {
            (Some(asn), Some(name)) => Some(format!("{asn} {name}")),
            (asn, name) => asn.or(name),
        };
        let country = record.first(&[
            &["country", "iso_code"],
            &["country_code"],
            &["country"],
            &["registered_country", "iso_code"],
        ]);
        let is_code = |text: &String| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        Self {
            network,
            country: country.filter(is_code).map(|code| code.to_ascii_uppercase()),
            city: record.first(&[&["city", "names", "en"], &["city", "name"], &["city"]]),
        }
    }
}
