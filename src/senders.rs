//! The catalogue of services that send mail for others: what they sign with, where their bounces go, and what their own words
//! are for the settings that make mail pass DMARC. Data, not code: `assets/senders.tsv`, read at run time. Beside it what a person
//! says of senders: [`Marks`].

mod marks;

use serde::{Deserialize, Serialize};

pub use marks::{Mark, Marks, Standing};

use crate::domains::to_ascii;
use crate::sort::{Item, sort};

/// What kind of service it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// Hosts people's mailboxes.
    Mailbox,
    /// Sends newsletters and campaigns.
    Newsletter,
    /// Sends mail for programs: receipts, notices, passwords.
    Transactional,
    /// Keeps customers' data and writes to them.
    Crm,
    /// Answers customers.
    Ticketing,
    /// Sends invoices and contracts.
    Invoicing,
    /// Filters mail on its way in or out.
    Gateway,
    /// Forwards mail.
    Forwarder,
    /// Hosts mailing lists.
    Lists,
    /// A university.
    University,
    /// Gives access to the Internet.
    Isp,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::Mailbox,
        Self::Newsletter,
        Self::Transactional,
        Self::Crm,
        Self::Ticketing,
        Self::Invoicing,
        Self::Gateway,
        Self::Forwarder,
        Self::Lists,
        Self::University,
        Self::Isp,
    ];

    /// The word of the catalogue.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mailbox => "mailbox",
            Self::Newsletter => "newsletter",
            Self::Transactional => "transactional",
            Self::Crm => "crm",
            Self::Ticketing => "ticketing",
            Self::Invoicing => "invoicing",
            Self::Gateway => "gateway",
            Self::Forwarder => "forwarder",
            Self::Lists => "lists",
            Self::University => "university",
            Self::Isp => "isp",
        }
    }
}

/// A service of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Its name.
    pub name: String,
    /// What kind it is.
    pub kind: Kind,
    /// Domains that it signs with (`d=`), in A-labels; names below them are its own too.
    pub dkim: Vec<String>,
    /// Domains of its return paths, likewise.
    pub return_path: Vec<String>,
    /// Selectors of the signatures that it makes for its customers, where they are its own: `*` stands for anything.
    pub selectors: Vec<String>,
    /// What customers include in their SPF records.
    pub include: Option<String>,
    /// What it calls the setting for a signature of the customer's own; `None` where it has none or no source tells.
    pub own_dkim: Option<String>,
    /// What it calls the setting for a return path of the customer's own.
    pub own_return_path: Option<String>,
    /// Whether a source says that there is no such setting.
    pub has_no_return_path: bool,
    /// The public pages that say so; the first says most of it.
    pub sources: Vec<String>,
}

/// All services, found by domain.
#[derive(Debug, Default)]
pub struct Catalogue {
    senders: Vec<Sender>,
    /// Domains and the places of their services, in the order of the domains.
    domains: Vec<(String, usize)>,
}

/// Why bytes are no catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind} in line {line} of the catalogue of senders")]
pub struct CatalogueError {
    /// The line, from 1 on.
    pub line: u32,
    /// What is wrong there.
    pub kind: CatalogueErrorKind,
}

/// What can be wrong with a catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum CatalogueErrorKind {
    /// It is not UTF-8.
    #[error("bytes that are no text")]
    NotText,
    /// A line has not nine columns.
    #[error("another number of columns than nine")]
    Columns,
    /// A line without a name or without any domain.
    #[error("no name or no domain")]
    Nameless,
    /// A kind that there is not.
    #[error("an unknown kind")]
    UnknownKind,
    /// A domain that is none.
    #[error("a domain that is none")]
    OddDomain,
    /// No `https://` source.
    #[error("no public source")]
    Unsourced,
    /// A domain that another line has.
    #[error("a domain that another line has")]
    Repeated,
}

impl Catalogue {
    /// Reads a catalogue: tab-separated lines of name, kind, domains of signatures, domains of return paths, selectors, what to
    /// include in SPF, setting for an own signature, setting for an own return path, sources. Domains and selectors stand with
    /// commas between, sources with blanks; `-` is nothing, a return path of `none` one that cannot be; `#` begins a remark.
    ///
    /// # Errors
    /// If any line is not of that form, or two services share a domain: nothing of it is taken then.
    pub fn read(bytes: &[u8]) -> Result<Self, CatalogueError> {
        let text =
            std::str::from_utf8(bytes).map_err(|_| CatalogueError { line: 1, kind: CatalogueErrorKind::NotText })?;
        let (mut catalogue, mut lines) = (Self::default(), Vec::new());
        for (line, content) in (1..).zip(text.lines()) {
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            let sender = sender(content).map_err(|kind| CatalogueError { line, kind })?;
            let place = catalogue.senders.len();
            let mut own: Vec<String> = sender.dkim.iter().chain(&sender.return_path).cloned().collect();
            own.dedup();
            for domain in own {
                let is_known = catalogue.domains.contains(&(domain.clone(), place));
                if !is_known {
                    catalogue.domains.push((domain, place));
                }
            }
            catalogue.senders.push(sender);
            lines.push(line);
        }
        catalogue.bring_into_order();
        let twice = catalogue.domains.windows(2).find_map(|pair| match pair {
            [(a, first), (b, second)] if a == b => Some(*first.max(second)),
            _ => None,
        });
        match twice {
            Some(place) => {
                let line = lines.get(place).copied().unwrap_or_default();
                Err(CatalogueError { line, kind: CatalogueErrorKind::Repeated })
            }
            None => Ok(catalogue),
        }
    }

    fn bring_into_order(&mut self) {
        let mut order: Vec<Item> = (0..self.domains.len()).filter_map(|n| Some((0, u32::try_from(n).ok()?))).collect();
        let domain = |item: &Item| self.domains.get(item.1 as usize);
        sort(&mut order, &|a, b| domain(a).cmp(&domain(b)));
        self.domains = order.iter().filter_map(|item| self.domains.get(item.1 as usize).cloned()).collect();
    }

    /// Every service.
    #[must_use]
    pub fn senders(&self) -> &[Sender] {
        &self.senders
    }

    /// The place of the service that makes signatures of this selector, as far as selectors tell that.
    #[must_use]
    pub fn by_selector(&self, selector: &str) -> Option<usize> {
        let selector = selector.to_ascii_lowercase();
        let is_like = |pattern: &String| match pattern.split_once('*') {
            Some((start, end)) => {
                selector.len() >= start.len() + end.len() && selector.starts_with(start) && selector.ends_with(end)
            }
            None => *pattern == selector,
        };
        self.senders.iter().position(|sender| sender.selectors.iter().any(is_like))
    }

    /// The service that a domain in small A-labels belongs to, by itself or by one above it.
    #[must_use]
    pub fn find(&self, domain: &str) -> Option<&Sender> {
        self.senders.get(self.place(domain)?)
    }

    /// Its place.
    #[must_use]
    pub fn place(&self, domain: &str) -> Option<usize> {
        let above =
            std::iter::once(domain).chain(domain.match_indices('.').filter_map(|(dot, _)| domain.get(dot + 1..)));
        above.filter(|name| !name.is_empty()).find_map(|name| {
            let place = self.domains.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
            Some(self.domains.get(place)?.1)
        })
    }
}

fn sender(line: &str) -> Result<Sender, CatalogueErrorKind> {
    let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
    let Ok([name, kind, dkim, return_path, selectors, include, own_dkim, own_return_path, sources]) =
        <[&str; 9]>::try_from(columns)
    else {
        return Err(CatalogueErrorKind::Columns);
    };
    let kind = Kind::ALL.into_iter().find(|known| known.word() == kind).ok_or(CatalogueErrorKind::UnknownKind)?;
    let (dkim, return_path) = (domains(dkim)?, domains(return_path)?);
    if name.is_empty() || dkim.is_empty() && return_path.is_empty() {
        return Err(CatalogueErrorKind::Nameless);
    }
    let sources: Vec<String> = sources.split_whitespace().map(ToOwned::to_owned).collect();
    let is_public = |source: &String| source.starts_with("https://") && source.len() >= "https://a.b/".len();
    if sources.is_empty() || !sources.iter().all(is_public) {
        return Err(CatalogueErrorKind::Unsourced);
    }
    let text = |text: &str| (text != "-" && !text.is_empty()).then(|| text.to_owned());
    let has_no_return_path = own_return_path == "none";
    let (own_dkim, own_return_path) = (text(own_dkim), text(own_return_path).filter(|_| !has_no_return_path));
    Ok(Sender {
        name: name.to_owned(),
        kind,
        dkim,
        return_path,
        selectors: text(selectors).iter().flat_map(|all| all.split(',')).map(ToOwned::to_owned).collect(),
        include: domains(include)?.into_iter().next(),
        own_dkim,
        own_return_path,
        has_no_return_path,
        sources,
    })
}

fn domains(column: &str) -> Result<Vec<String>, CatalogueErrorKind> {
    let names = column.split(',').map(str::trim).filter(|name| *name != "-" && !name.is_empty());
    let read = |name: &str| {
        let is_name = name.contains('.')
            && name.split('.').all(|label| !label.is_empty())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        if is_name && to_ascii(name) == name { Ok(name.to_owned()) } else { Err(CatalogueErrorKind::OddDomain) }
    };
    names.map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_catalogue_is_well_formed_and_sourced() {
        let catalogue = Catalogue::read(include_bytes!("../assets/senders.tsv")).unwrap();
        for sender in catalogue.senders() {
            for domain in sender.dkim.iter().chain(&sender.return_path) {
                assert_eq!(catalogue.find(&format!("em123.{domain}")), Some(sender));
            }
            assert!(sender.sources.concat().chars().all(|c| c.is_ascii_graphic()), "{:?}", sender.sources);
        }
        let mut names: Vec<&str> = catalogue.senders().iter().map(|sender| sender.name.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "a name twice");
    }

    #[test]
    fn what_is_no_catalogue_says_where() {
        let good = "A\tcrm\ta.example\t-\tx*1,y\tspf.a.example\tOwn signature\tnone\thttps://a.example/help";
        let error =
            |line: &str| Catalogue::read(format!("# remark\n\n{line}\n").as_bytes()).map_err(|e| (e.line, e.kind));
        assert_eq!(error(good).unwrap().find("x.a.example").unwrap().name, "A");
        let known = |selector| error(good).unwrap().by_selector(selector).is_some();
        assert_eq!(["x1", "xx1", "Y", "x", "yy", ""].map(known), [true, true, true, false, false, false]);
        assert!(error(good).unwrap().find("example").is_none() && error(good).unwrap().find("").is_none());
        use CatalogueErrorKind::{Columns, Nameless, OddDomain, Repeated, UnknownKind, Unsourced};
        for (line, kind) in [
            ("A\tcrm".to_owned(), Columns),
            (good.replace("A\t", "\t"), Nameless),
            (good.replace("a.example\t-", "-\t-"), Nameless),
            (good.replace("crm", "spam"), UnknownKind),
            (good.replace("a.example\t", "A.example\t"), OddDomain),
            (good.replace("a.example\t", "a..example\t"), OddDomain),
            (good.replace("a.example\t", "example\t"), OddDomain),
            (good.replace("https://", "http://"), Unsourced),
        ] {
            assert_eq!(error(&line).unwrap_err(), (3, kind), "{line}");
        }
        assert_eq!(error(&format!("{good}\n{}", good.replace("A\t", "B\t"))).unwrap_err(), (4, Repeated));
        let not_text = CatalogueError { line: 1, kind: CatalogueErrorKind::NotText };
        assert_eq!(Catalogue::read(b"\xff").unwrap_err(), not_text);
    }
}
