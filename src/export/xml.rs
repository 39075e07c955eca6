//! Reports written anew as XML (RFC 7489 appendix C, RFC 9990), in a zip.

use super::zip::Archive;
use super::{Head, Row};
use crate::report::keyword::{Keyword, Word};
use crate::report::{Dialect, Evaluated, Worded};

/// The archive, and the report in hand.
#[derive(Debug, Default)]
pub struct Reports {
    archive: Archive,
    /// Its name and what is written of it.
    open: Option<(String, Xml)>,
}

impl Reports {
    /// Begins a report, and ends the one before it.
    pub fn begin(&mut self, head: &Head, out: &mut Vec<u8>) {
        self.close(out);
        self.open = Some((head.member(), Xml::report(head)));
    }

    /// A row of the open report.
    pub fn row(&mut self, row: &Row<'_>) {
        if let Some((_, xml)) = &mut self.open {
            xml.record(row);
        }
    }

    /// Ends the archive.
    pub fn end(&mut self, out: &mut Vec<u8>) {
        self.close(out);
        self.archive.finish(out);
    }

    fn close(&mut self, out: &mut Vec<u8>) {
        if let Some((name, xml)) = self.open.take() {
            self.archive.add(&name, format!("{}</feedback>\n", xml.0).as_bytes(), out);
        }
    }
}

/// XML in the making.
#[derive(Debug)]
struct Xml(String);

impl Xml {
    /// All of a report but its records.
    fn report(head: &Head) -> Self {
        let report = &head.report;
        let mut xml = Self(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
        xml.0.push_str(match report.dialect {
            Dialect::Rfc7489 => "<feedback>\n",
            Dialect::Rfc9990 => "<feedback xmlns=\"urn:ietf:params:xml:ns:dmarc-2.0\">\n",
        });
        xml.text("version", report.version.as_deref());
        xml.within("report_metadata", |xml| {
            xml.text("org_name", report.org_name.as_deref());
            xml.text("email", report.email.as_deref());
            report.extra_contact_info.iter().for_each(|contact| xml.worded("extra_contact_info", contact));
            xml.text("report_id", report.report_id.as_deref());
            if report.begin.is_some() || report.end.is_some() {
                xml.within("date_range", |xml| {
                    xml.text("begin", report.begin.map(|second| second.to_string()).as_deref());
                    xml.text("end", report.end.map(|second| second.to_string()).as_deref());
                });
            }
            report.errors.iter().for_each(|error| xml.worded("error", error));
            xml.text("generator", report.generator.as_deref());
        });
        let policy = &report.policy;
        xml.within("policy_published", |xml| {
            xml.text("domain", policy.domain.as_deref());
            xml.word("adkim", &policy.adkim);
            xml.word("aspf", &policy.aspf);
            xml.word("p", &policy.p);
            xml.word("sp", &policy.sp);
            xml.word("np", &policy.np);
            xml.text("pct", policy.pct.as_deref());
            xml.text("fo", policy.fo.as_deref());
            xml.word("testing", &policy.testing);
            xml.word("discovery_method", &policy.discovery_method);
        });
        xml
    }

    fn record(&mut self, row: &Row<'_>) {
        let record = &row.record;
        self.within("record", |xml| {
            xml.within("row", |xml| {
                let source = match (&record.source_text, record.source) {
                    (Some(text), _) => Some(text.to_string()),
                    (None, address) => address.map(|address| address.to_string()),
                };
                xml.text("source_ip", source.as_deref());
                xml.text("count", Some(&record.count.to_string()));
                if record.evaluated.is_some() || !record.reasons.is_empty() {
                    xml.within("policy_evaluated", |xml| {
                        record.evaluated.iter().for_each(|evaluated| xml.evaluated(evaluated));
                        for reason in &record.reasons {
                            xml.within("reason", |xml| {
                                xml.word("type", &reason.kind);
                                xml.maybe_worded("comment", reason.comment.as_deref(), reason.lang.as_deref());
                            });
                        }
                    });
                }
            });
            xml.within("identifiers", |xml| {
                xml.text("envelope_to", record.envelope_to.as_deref());
                xml.text("envelope_from", record.envelope_from.as_deref());
                xml.text("header_from", record.header_from.as_deref());
            });
            xml.within("auth_results", |xml| {
                for result in &record.dkim {
                    xml.within("dkim", |xml| {
                        xml.text("domain", result.domain.as_deref());
                        xml.text("selector", result.selector.as_deref());
                        xml.word("result", &result.result);
                        xml.maybe_worded("human_result", result.human_result.as_deref(), result.lang.as_deref());
                    });
                }
                for result in &record.spf {
                    xml.within("spf", |xml| {
                        xml.text("domain", result.domain.as_deref());
                        xml.word("scope", &result.scope);
                        xml.word("result", &result.result);
                        xml.maybe_worded("human_result", result.human_result.as_deref(), result.lang.as_deref());
                    });
                }
            });
        });
    }

    fn evaluated(&mut self, evaluated: &Evaluated) {
        self.word("disposition", &evaluated.disposition);
        self.word("dkim", &evaluated.dkim);
        self.word("spf", &evaluated.spf);
    }

    /// An element around others.
    fn within(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.open(name, None);
        inside(self);
        self.close(name);
    }

    fn text(&mut self, name: &str, text: Option<&str>) {
        self.maybe_worded(name, text, None);
    }

    fn word<T: Word>(&mut self, name: &str, word: &Keyword<T>) {
        if !matches!(word, Keyword::Absent) {
            self.text(name, Some(word.text()));
        }
    }

    fn worded(&mut self, name: &str, worded: &Worded) {
        self.maybe_worded(name, Some(&worded.text), worded.lang.as_deref());
    }

    fn maybe_worded(&mut self, name: &str, text: Option<&str>, lang: Option<&str>) {
        let Some(text) = text else { return };
        self.open(name, lang);
        self.escaped(text);
        self.close(name);
    }

    fn open(&mut self, name: &str, lang: Option<&str>) {
        self.0.push('<');
        self.0.push_str(name);
        if let Some(lang) = lang {
            self.0.push_str(" lang=\"");
            self.escaped(lang);
            self.0.push('"');
        }
        self.0.push('>');
    }

    fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // Line ends that a reader would change.
                '\r' => self.0.push_str("&#13;"),
                // What XML has no way to write.
                c if c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {
                    self.0.push(char::REPLACEMENT_CHARACTER);
                }
                c => self.0.push(c),
            }
        }
    }
}
