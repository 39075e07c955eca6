//! Reports to order, as XML.

use std::fmt::Write;

/// 2023-11-14, 00:00 UTC.
pub const DAY_0: i64 = 1_699_920_000;
/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// A report. Absent fields are left out of the XML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub org: Option<String>,
    pub id: Option<String>,
    pub domain: Option<String>,
    pub begin: Option<i64>,
    pub end: Option<i64>,
    pub p: Option<&'static str>,
    pub sp: Option<&'static str>,
    pub pct: Option<&'static str>,
    pub rows: Vec<Row>,
    /// Whether metadata and policy come after the records.
    pub is_late: bool,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub source: String,
    pub count: u64,
    /// Disposition, DKIM and SPF of `policy_evaluated`; `None` where there is none at all.
    pub evaluated: Option<[Option<&'static str>; 3]>,
    pub reason: Option<&'static str>,
    /// The types of further reasons; `None` where one states none.
    pub more_reasons: Vec<Option<String>>,
    pub from: Option<String>,
    pub envelope_from: Option<String>,
    pub envelope_to: Option<String>,
    /// Domain, selector and result of each signature.
    pub dkim: Vec<[Option<String>; 3]>,
    /// Domain, scope and result of each SPF check.
    pub spf: Vec<[Option<String>; 3]>,
}

/// A record of `example.org` that passes by DKIM.
pub fn row(source: &str, count: u64) -> Row {
    let evaluated = Some([Some("none"), Some("pass"), Some("fail")]);
    Row {
        source: source.into(),
        count,
        evaluated,
        reason: None,
        more_reasons: Vec::new(),
        from: Some("example.org".into()),
        envelope_from: None,
        envelope_to: None,
        dkim: vec![[Some("example.org".into()), None, Some("pass".into())]],
        spf: Vec::new(),
    }
}

impl Row {
    /// With these verdicts: disposition, DKIM, SPF.
    pub fn judged(self, disposition: &'static str, dkim: &'static str, spf: &'static str) -> Self {
        Self { evaluated: Some([Some(disposition), Some(dkim), Some(spf)]), ..self }
    }

    /// That fails and is delivered.
    pub fn failing(self) -> Self {
        self.judged("none", "fail", "fail")
    }

    pub fn from(self, domain: &str) -> Self {
        Self { from: Some(domain.into()), ..self }
    }

    pub fn write(&self, xml: &mut String) {
        let Self { source, count, evaluated, reason, more_reasons, from, envelope_from, envelope_to, dkim, spf } = self;
        *xml += "<record><row>";
        element(xml, "source_ip", Some(source));
        element(xml, "count", Some(&count.to_string()));
        if let Some([disposition, dkim, spf]) = *evaluated {
            *xml += "<policy_evaluated>";
            element(xml, "disposition", disposition);
            element(xml, "dkim", dkim);
            element(xml, "spf", spf);
            if let Some(reason) = reason {
                write!(xml, "<reason><type>{reason}</type></reason>").unwrap();
            }
            for kind in more_reasons {
                *xml += "<reason>";
                element(xml, "type", kind.as_deref());
                *xml += "</reason>";
            }
            *xml += "</policy_evaluated>";
        }
        *xml += "</row><identifiers>";
        element(xml, "envelope_to", envelope_to.as_deref());
        element(xml, "envelope_from", envelope_from.as_deref());
        element(xml, "header_from", from.as_deref());
        *xml += "</identifiers><auth_results>";
        for (name, third, results) in [("dkim", "selector", dkim), ("spf", "scope", spf)] {
            for [domain, selector, result] in results {
                write!(xml, "<{name}>").unwrap();
                element(xml, "domain", domain.as_deref());
                element(xml, third, selector.as_deref());
                element(xml, "result", result.as_deref());
                write!(xml, "</{name}>").unwrap();
            }
        }
        *xml += "</auth_results></record>";
    }
}

impl Made {
    /// A report of one day about `example.org`, which asks for nothing.
    pub fn new(id: &str, rows: impl Into<Vec<Row>>) -> Self {
        Self {
            org: Some("reporter.example".into()),
            id: Some(id.into()),
            domain: Some("example.org".into()),
            begin: Some(DAY_0),
            end: Some(DAY_0 + DAY - 1),
            p: Some("none"),
            sp: None,
            pct: None,
            rows: rows.into(),
            is_late: false,
        }
    }

    pub fn org(self, org: Option<&str>) -> Self {
        Self { org: org.map(Into::into), ..self }
    }

    pub fn domain(self, domain: Option<&str>) -> Self {
        Self { domain: domain.map(Into::into), ..self }
    }

    pub fn period(self, begin: Option<i64>, end: Option<i64>) -> Self {
        Self { begin, end, ..self }
    }

    fn head(&self, xml: &mut String) {
        *xml += "<report_metadata>";
        element(xml, "org_name", self.org.as_deref());
        *xml += "<email>a@reporter.example</email>";
        element(xml, "report_id", self.id.as_deref());
        *xml += "<date_range>";
        element(xml, "begin", self.begin.map(|date| date.to_string()).as_deref());
        element(xml, "end", self.end.map(|date| date.to_string()).as_deref());
        *xml += "</date_range></report_metadata><policy_published>";
        element(xml, "domain", self.domain.as_deref());
        element(xml, "p", self.p);
        element(xml, "sp", self.sp);
        element(xml, "pct", self.pct);
        *xml += "</policy_published>";
    }

    /// The whole report.
    pub fn xml(&self) -> Vec<u8> {
        let mut xml = String::from("<feedback>");
        if !self.is_late {
            self.head(&mut xml);
        }
        for row in &self.rows {
            row.write(&mut xml);
        }
        if self.is_late {
            self.head(&mut xml);
        }
        xml += "</feedback>";
        xml.into_bytes()
    }

    /// The report as it is cut off in the middle of the record after so many.
    pub fn cut(&self, rows: usize) -> Vec<u8> {
        let mut kept = Self { rows: self.rows[..rows].to_vec(), ..self.clone() }.xml();
        kept.truncate(kept.len() - "</feedback>".len());
        kept.extend(b"<record><row><source_ip>192.0.2.2");
        kept
    }

    /// Messages of all records.
    pub fn messages(&self) -> u64 {
        self.rows.iter().map(|row| row.count).sum()
    }
}

fn element(xml: &mut String, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        write!(xml, "<{name}>{text}</{name}>").unwrap();
    }
}
