//! Writes a report: the words are the story's, the fields those its reporter is used to.

use std::net::IpAddr;

use crate::model::{Domain, Habit, IdStyle, Modern, Published, Reporter, Sender};
use crate::verdict::{self, Evaluated};
use crate::volume::chance;
use crate::xml::Xml;

/// A report before it is written.
#[derive(Debug)]
pub struct Report {
    /// Who reports.
    pub reporter: &'static Reporter,
    /// About which domain.
    pub domain: &'static Domain,
    /// The first day it covers.
    pub day: u8,
    /// Begin and end as stated.
    pub range: (i64, i64),
    /// Whose mail, from where, how much.
    pub rows: Vec<(&'static Sender, IpAddr, u64)>,
}

impl Report {
    /// The name of its file, without an ending (RFC 9990 §4).
    pub fn file_name(&self) -> String {
        format!("{}!{}!{}!{}", self.reporter.domain, self.domain.name, self.range.0, self.range.1)
    }

    /// Its XML.
    pub fn xml(&self) -> String {
        let modern = self.reporter.modern.as_ref();
        let published = self.domain.published(self.day);
        let mut xml = Xml::new(modern.map_or("", |modern| modern.prefix), self.reporter.indent);
        let namespace = modern.map_or(String::new(), |modern| {
            let name = modern.prefix.strip_suffix(':').map_or(String::new(), |prefix| format!(":{prefix}"));
            format!(" xmlns{name}=\"urn:ietf:params:xml:ns:dmarc-2.0\"")
        });
        xml.element("feedback", &namespace, |xml| {
            if self.reporter.has(Habit::Version) {
                xml.leaf("version", "1.0");
            }
            xml.element("report_metadata", "", |xml| self.metadata(xml));
            xml.element("policy_published", "", |xml| self.policy(xml, published));
            for (sender, address, count) in &self.rows {
                let evaluated = verdict::evaluate(sender, self.domain, published, self.reporter);
                xml.element("record", "", |xml| self.record(xml, sender, *address, *count, &evaluated));
            }
        });
        xml.finish()
    }

    fn id(&self) -> String {
        let Self { reporter, domain, range: (begin, _), .. } = self;
        let number = chance(&[reporter.domain, domain.name], self.day);
        match reporter.id {
            IdStyle::Number => number.to_string(),
            IdStyle::DomainAndBegin => format!("{}:{begin}", domain.name),
            IdStyle::Address => format!("<{:08x}@{}>", number >> 32, reporter.domain),
        }
    }

    /// The attribute of texts for people.
    fn lang(&self) -> &'static str {
        if self.reporter.modern.is_some() { " lang=\"en\"" } else { "" }
    }

    fn metadata(&self, xml: &mut Xml) {
        let reporter = self.reporter;
        xml.leaf("org_name", reporter.name);
        xml.leaf("email", &format!("noreply-dmarc@{}", reporter.domain));
        if reporter.has(Habit::Contact) {
            xml.leaf_with("extra_contact_info", self.lang(), &format!("https://postmaster.{}/dmarc", reporter.domain));
        }
        xml.leaf("report_id", &self.id());
        xml.element("date_range", "", |xml| {
            xml.leaf("begin", &self.range.0.to_string());
            xml.leaf("end", &self.range.1.to_string());
        });
        for (_, error) in reporter.errors.iter().filter(|(day, _)| *day == self.day) {
            xml.leaf_with("error", self.lang(), error);
        }
        if let Some(Modern { generator, .. }) = &reporter.modern {
            xml.leaf("generator", generator);
        }
    }

    fn policy(&self, xml: &mut Xml, published: &Published) {
        let Published { p, sp, np, .. } = published;
        xml.leaf("domain", self.domain.name);
        xml.leaf("adkim", "r");
        xml.leaf("aspf", "r");
        xml.leaf("p", p.keyword());
        if sp.is_some() || self.reporter.has(Habit::AlwaysSp) {
            xml.leaf("sp", sp.unwrap_or(*p).keyword());
        }
        match &self.reporter.modern {
            Some(Modern { discovery, .. }) => {
                if let Some(np) = np {
                    xml.leaf("np", np.keyword());
                }
                xml.leaf("testing", "n");
                xml.leaf("discovery_method", discovery);
            }
            None => xml.leaf("pct", "100"),
        }
    }

    fn record(&self, xml: &mut Xml, sender: &Sender, address: IpAddr, count: u64, evaluated: &Evaluated) {
        let word = |pass| if pass { "pass" } else { "fail" };
        xml.element("row", "", |xml| {
            xml.leaf("source_ip", &address.to_string());
            xml.leaf("count", &count.to_string());
            xml.element("policy_evaluated", "", |xml| {
                xml.leaf("disposition", evaluated.disposition);
                xml.leaf("dkim", word(evaluated.dkim));
                xml.leaf("spf", word(evaluated.spf));
                if let Some(reason) = evaluated.reason {
                    // A reason's type, and a comment where more words follow.
                    let (kind, comment) = reason.split_once(' ').unwrap_or((reason, ""));
                    xml.element("reason", "", |xml| {
                        xml.leaf("type", kind);
                        if !comment.is_empty() {
                            xml.leaf("comment", comment);
                        }
                    });
                }
            });
        });
        xml.element("identifiers", "", |xml| {
            if let Some(to) = self.reporter.envelope_to {
                xml.leaf("envelope_to", to);
            }
            if !self.reporter.has(Habit::NoEnvelopeFrom) {
                xml.leaf("envelope_from", sender.envelope_from);
            }
            xml.leaf("header_from", sender.header_from);
        });
        xml.element("auth_results", "", |xml| self.results(xml, sender));
    }

    fn results(&self, xml: &mut Xml, sender: &Sender) {
        for signature in sender.dkim {
            xml.element("dkim", "", |xml| {
                xml.leaf("domain", signature.domain);
                if !self.reporter.has(Habit::NoSelector) {
                    xml.leaf("selector", signature.selector);
                }
                xml.leaf("result", signature.result);
                if self.reporter.has(Habit::HumanResult) && signature.result == "fail" {
                    xml.leaf_with("human_result", self.lang(), "body hash did not verify");
                }
            });
        }
        xml.element("spf", "", |xml| {
            xml.leaf("domain", sender.envelope_from);
            if !self.reporter.has(Habit::NoScope) {
                xml.leaf("scope", "mfrom");
            }
            xml.leaf("result", sender.spf);
        });
    }
}
