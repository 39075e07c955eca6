//! What a set holds, counted while it is written: the tests compare the page's figures with these.

use std::collections::HashSet;
use std::net::IpAddr;

use crate::rows::{Evaluated, Row};

/// The totals of a set. `passed`, `failed` and `unknown` are messages and sum to `messages`.
#[derive(Default, Debug)]
pub struct Totals {
    /// Reports.
    pub reports: u64,
    /// Records (rows).
    pub records: u64,
    /// Messages.
    pub messages: u64,
    /// Messages that passed DMARC by the reporter's word.
    pub passed: u64,
    /// Messages that failed.
    pub failed: u64,
    /// Messages without a verdict.
    pub unknown: u64,
    /// All DKIM results.
    pub dkim_results: u64,
    /// Bytes of XML before compression.
    pub xml_bytes: u64,
    // Only their sizes are used: the order inside a set would differ from run to run.
    sources: HashSet<IpAddr>,
    reporters: HashSet<String>,
    domains: HashSet<String>,
}

impl Totals {
    /// Counts a report.
    pub fn report(&mut self, reporter: &str, domain: &str) {
        self.reports += 1;
        for (set, name) in [(&mut self.reporters, reporter), (&mut self.domains, domain)] {
            if !set.contains(name) {
                set.insert(name.to_owned());
            }
        }
    }

    /// Counts a row.
    pub fn row(&mut self, row: &Row, evaluated: Option<&Evaluated>) {
        self.records += 1;
        self.messages += row.count;
        self.dkim_results += row.dkim.len() as u64;
        self.sources.insert(row.source);
        *match evaluated {
            Some(verdict) if verdict.dkim || verdict.spf => &mut self.passed,
            Some(_) => &mut self.failed,
            None => &mut self.unknown,
        } += row.count;
    }

    /// One line of JSON.
    pub fn json(&self) -> String {
        let Self { reports, records, messages, passed, failed, unknown, dkim_results, xml_bytes, .. } = self;
        let (sources, reporters, domains) = (self.sources.len(), self.reporters.len(), self.domains.len());
        format!(
            "{{\"reports\":{reports},\"records\":{records},\"messages\":{messages},\"passed\":{passed},\
             \"failed\":{failed},\"unknown\":{unknown},\"sources\":{sources},\"reporters\":{reporters},\
             \"domains\":{domains},\"dkim_results\":{dkim_results},\"xml_bytes\":{xml_bytes}}}"
        )
    }
}
