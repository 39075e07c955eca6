//! What names of other organizations are like.

use crate::senders::{Catalogue, Kind};

/// Labels of hosts of mailing lists.
const LISTS: [&str; 7] = ["list", "lists", "listserv", "mailman", "groups", "googlegroups", "mailinglist"];
/// Labels of hosts that filter mail.
const GATEWAYS: [&str; 5] = ["gateway", "gw", "filter", "mailfilter", "antispam"];
/// Labels of forwarders' return paths (SRS among them).
const FORWARDERS: [&str; 6] = ["srs", "fwd", "forward", "forwarder", "forwarding", "alias"];

/// What a name of another organization is like; worked out once for each name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits(u8);

impl Traits {
    /// A host of mailing lists.
    pub const LIST: Self = Self(1);
    /// Forwards mail.
    pub const FORWARDER: Self = Self(2);
    /// Filters mail.
    pub const GATEWAY: Self = Self(4);
    /// A service of the catalogue.
    pub const SERVICE: Self = Self(8);
    /// A service that has return paths of its own only.
    pub const OWN_RETURN_PATH: Self = Self(32);
    /// It was worked out.
    pub const KNOWN: Self = Self(16);

    /// Those of a name.
    pub fn of(name: &str, catalogue: Option<&Catalogue>) -> Self {
        let has_label = |labels: &[&str]| name.split('.').any(|label| labels.contains(&label));
        let sender = catalogue.and_then(|catalogue| catalogue.find(name));
        let kind = sender.map(|sender| sender.kind);
        let when = |is: bool, own: Self| if is { own } else { Self::default() };
        Self::KNOWN
            .and(when(kind.is_some(), Self::SERVICE))
            .and(when(sender.is_some_and(|sender| sender.has_no_return_path), Self::OWN_RETURN_PATH))
            .and(when(kind == Some(Kind::Lists) || has_label(&LISTS), Self::LIST))
            .and(when(
                matches!(kind, Some(Kind::Forwarder | Kind::University)) || has_label(&FORWARDERS),
                Self::FORWARDER,
            ))
            .and(when(kind == Some(Kind::Gateway) || has_label(&GATEWAYS), Self::GATEWAY))
    }

    /// Both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it is so.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_tell_what_a_host_does() {
        let is = |name, own| Traits::of(name, None).has(own);
        assert!(is("lists.tide.example", Traits::LIST) && is("srs.quill.example", Traits::FORWARDER));
        assert!(is("gw.mail.example", Traits::GATEWAY) && !is("listing.example", Traits::LIST));
        assert!(is("a.example", Traits::KNOWN) && !Traits::default().has(Traits::KNOWN));
        let line = b"A\tgateway\ta.example\t-\t-\t-\t-\t-\thttps://a.example/help";
        let catalogue = Catalogue::read(line).unwrap();
        let of = |name| Traits::of(name, Some(&catalogue));
        assert!(of("x.a.example").has(Traits::SERVICE) && of("x.a.example").has(Traits::GATEWAY));
        assert!(!of("b.example").has(Traits::SERVICE));
    }
}
