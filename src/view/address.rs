//! The view in the address: what stands after `#`. A version and fields; what is not understood is left out and said.
//!
//! ```text
//! #v1&only=from%3Ashop.example+-outcome%3Aforwarded&show=reports
//! #v1&source=203.0.113.5
//! #v1&time=local&by=week
//! #v1&group=from
//! #v1&group=source,dkim_domain
//! #v1&only=period%3A2026-10&show=compare&against=period%3A2026-09&of=source
//! ```

use std::net::IpAddr;

use dmarcscope::analysis::{Dimension, Filter, Network, Term};
use dmarcscope::report::ReportId;

use super::clock::Clock;

/// The version of the form that this build writes.
const VERSION: &str = "v1";

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Which records.
    pub filter: Filter,
    /// Which screen.
    pub show: Show,
    /// Whose days.
    pub clock: Clock,
    /// How long the bars of the trend are; none: as long as there is room for.
    pub unit: Option<Unit>,
    /// Which other records are compared with, on the screen that does so.
    pub against: Filter,
}

/// How long a bar of the trend is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A week.
    Week,
    /// A month.
    Month,
}

impl Unit {
    /// All, the shortest first.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// Its name in the address, and the last part of the keys of its words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

/// A screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// The trend, what stands out, what became of the files.
    #[default]
    Overview,
    /// The table of who sends; the sender itself where the filter asks for exactly one.
    Senders,
    /// The table of sources.
    Sources,
    /// A source.
    Source(IpAddr),
    /// The table of reports.
    Reports,
    /// A report, by its number in this session.
    Report(ReportId),
    /// What became of the files.
    Files,
    /// The board of policy domains.
    Domains,
    /// The table of groups by a dimension, or by two.
    Groups(Dimension, Option<Dimension>),
    /// Two sets of records side by side, and the groups of a dimension in both.
    Compare(Dimension),
}

impl View {
    /// The same records on another screen.
    pub fn on(&self, show: Show) -> Self {
        let against = if matches!(show, Show::Compare(_)) { self.against.clone() } else { Filter::default() };
        Self { show, against, ..self.clone() }
    }

    /// The link to the view.
    pub fn href(&self) -> String {
        format!("#{}", self.write())
    }

    /// Which records the screen's figures are about: a source's screen is about that source.
    pub fn selected(&self) -> Filter {
        match self.show {
            Show::Source(address) => {
                self.filter.narrowed(Term::Ip(vec![Network { address, prefix: Network::full(address) }]))
            }
            _ => self.filter.clone(),
        }
    }

    /// The address, without the `#`; empty for the plain view.
    pub fn write(&self) -> String {
        if *self == Self::default() {
            return String::new();
        }
        let mut fields = form_urlencoded::Serializer::new(VERSION.to_owned());
        if !self.filter.clauses.is_empty() {
            fields.append_pair("only", &self.filter.to_string());
        }
        match self.show {
            Show::Overview => {}
            Show::Senders => drop(fields.append_pair("show", "senders")),
            Show::Sources => drop(fields.append_pair("show", "sources")),
            Show::Reports => drop(fields.append_pair("show", "reports")),
            Show::Files => drop(fields.append_pair("show", "files")),
            Show::Domains => drop(fields.append_pair("show", "domains")),
            Show::Source(address) => drop(fields.append_pair("source", &address.to_string())),
            Show::Report(id) => drop(fields.append_pair("report", &id.to_string())),
            Show::Compare(by) => {
                fields.append_pair("show", "compare");
                if !self.against.clauses.is_empty() {
                    fields.append_pair("against", &self.against.to_string());
                }
                if by != OF {
                    fields.append_pair("of", by.name());
                }
            }
            Show::Groups(by, None) => drop(fields.append_pair("group", by.name())),
            Show::Groups(by, Some(and)) => drop(fields.append_pair("group", &format!("{},{}", by.name(), and.name()))),
        }
        if self.clock == Clock::Local {
            fields.append_pair("time", "local");
        }
        if let Some(unit) = self.unit {
            fields.append_pair("by", unit.word());
        }
        fields.finish()
    }

    /// The view of an address, and the parts of it that were left out.
    pub fn read(hash: &str) -> (Self, Vec<String>) {
        let (mut view, mut bad) = (Self::default(), Vec::new());
        let mut of = OF;
        for (name, value) in form_urlencoded::parse(hash.trim_start_matches('#').as_bytes()) {
            match (&*name, &*value) {
                (VERSION, "") => {}
                ("only", text) => match text.parse::<Filter>() {
                    Ok(read) => view.filter = read,
                    Err(_) => bad.push(text.to_owned()),
                },
                ("show", "senders") => view.show = Show::Senders,
                ("show", "sources") => view.show = Show::Sources,
                ("show", "reports") => view.show = Show::Reports,
                ("show", "files") => view.show = Show::Files,
                ("show", "domains") => view.show = Show::Domains,
                ("show", "compare") => view.show = Show::Compare(OF),
                ("against", text) => match text.parse::<Filter>() {
                    Ok(read) => view.against = read,
                    Err(_) => bad.push(text.to_owned()),
                },
                ("of", name) => match Dimension::of_name(name) {
                    Some(by) => of = by,
                    None => bad.push(format!("of={name}")),
                },
                ("source", address) => match address.parse() {
                    Ok(address) => view.show = Show::Source(address),
                    Err(_) => bad.push(format!("source={address}")),
                },
                ("report", id) => match id.parse() {
                    Ok(id) => view.show = Show::Report(id),
                    Err(_) => bad.push(format!("report={id}")),
                },
                ("group", names) => match groups(names) {
                    Some(show) => view.show = show,
                    None => bad.push(format!("group={names}")),
                },
                ("time", "utc") => view.clock = Clock::Utc,
                ("time", "local") => view.clock = Clock::Local,
                ("by", word) => match Unit::ALL.into_iter().find(|unit| unit.word() == word) {
                    Some(unit) => view.unit = Some(unit),
                    None => bad.push(format!("by={word}")),
                },
                (name, "") => bad.push(name.to_owned()),
                (name, value) => bad.push(format!("{name}={value}")),
            }
        }
        if matches!(view.show, Show::Compare(_)) {
            view.show = Show::Compare(of);
        }
        (view.on(view.show), bad)
    }
}

/// What two sets of records are compared by unless the address says otherwise.
const OF: Dimension = Dimension::HeaderFrom;

/// One dimension, or two different ones.
fn groups(names: &str) -> Option<Show> {
    let (by, and) = names.split_once(',').map_or((names, None), |(by, and)| (by, Some(and)));
    let and = match and {
        Some(and) => Some(Dimension::of_name(and).filter(|_| by != and)?),
        None => None,
    };
    Some(Show::Groups(Dimension::of_name(by)?, and))
}

/// Leads to a view.
#[allow(dead_code, reason = "the first program has links only")]
#[cfg(target_arch = "wasm32")]
pub fn go(view: &View) {
    // Only a detached window refuses, which shows nothing anyway.
    let _ = web_sys::window().map(|window| window.location().set_hash(&view.write()));
}

/// There is no address on the host.
#[allow(dead_code, reason = "the first program has links only")]
#[cfg(not(target_arch = "wasm32"))]
pub const fn go(_: &View) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_survives_its_address() {
        let filter: Filter = "from:shop.example,\"a, b\" -ip:203.0.113.0/24 period:2026-10".parse().unwrap();
        let view = View { filter, ..View::default() };
        assert!(view.write().starts_with("v1&only=from%3A"), "{}", view.write());
        let address = "2001:db8::1".parse().unwrap();
        let [by, and] = [Dimension::HeaderFrom, Dimension::Dkim];
        let groups = [Show::Groups(by, None), Show::Groups(by, Some(and)), Show::Groups(and, Some(Dimension::Month))];
        let plain = [
            Show::Overview,
            Show::Senders,
            Show::Sources,
            Show::Source(address),
            Show::Reports,
            Show::Report(7),
            Show::Files,
            Show::Domains,
        ];
        for show in plain.into_iter().chain(groups) {
            assert_eq!(View::read(&view.on(show).write()), (view.on(show), vec![]));
            assert_eq!(View::read(&View::default().on(show).write()), (View::default().on(show), vec![]));
        }
        let against: Filter = "-period:2026-09 from:a.example".parse().unwrap();
        for by in [OF, Dimension::Source] {
            let view = View { against: against.clone(), ..view.on(Show::Compare(by)) };
            assert_eq!(View::read(&view.write()), (view.clone(), vec![]));
            assert_eq!(view.on(Show::Files).against, Filter::default());
        }
        for unit in Unit::ALL {
            let view = View { clock: Clock::Local, unit: Some(unit), ..view.clone() };
            assert_eq!(View::read(&view.write()), (view, vec![]));
        }
        assert_eq!(View::default().write(), "");
        assert_eq!(View::read(""), (View::default(), vec![]));
    }

    #[test]
    fn a_sources_screen_is_about_that_source() {
        let view = View::read("#v1&only=ip%3A10.0.0.0%2F8+verdict%3Afail&source=192.0.2.1").0;
        assert_eq!(view.selected().to_string(), "verdict:fail ip:192.0.2.1");
        assert_eq!(view.on(Show::Sources).selected().to_string(), "ip:10.0.0.0/8 verdict:fail");
    }

    #[test]
    fn what_is_not_understood_is_left_out_and_said() {
        let (view, bad) = View::read("#v1&only=verdict%3Afail&tab=map&junk&report=x&source=y&by=hour&time=noon");
        assert_eq!((view.filter.to_string().as_str(), view.show), ("verdict:fail", Show::Overview));
        assert_eq!(bad, ["tab=map", "junk", "report=x", "source=y", "by=hour", "time=noon"]);
        assert_eq!(View::read("#v1&only=nonsense%3A").1, ["nonsense:"]);
        for bad in [
            "group=",
            "group=shape",
            "group=from,",
            "group=from,from",
            "group=from,day,month",
            "of=shape",
            "against=x%3A",
        ] {
            let name = bad.strip_suffix('=').unwrap_or(bad);
            assert_eq!(View::read(&format!("#v1&{bad}")).1.len(), 1, "{name}");
        }
    }
}
