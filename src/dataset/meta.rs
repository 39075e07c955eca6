use serde::{Deserialize, Serialize};

use super::strings::{ABSENT, Strings, TextId};
use super::tables::Code;
use crate::report::{Dialect, PolicyPublished, Report, Worded};

/// `policy_published` in numbers: few reports differ in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Policy {
    /// The policy domain.
    pub domain: TextId,
    /// DKIM alignment mode.
    pub adkim: Code,
    /// SPF alignment mode.
    pub aspf: Code,
    /// Policy for the domain.
    pub p: Code,
    /// Policy for subdomains.
    pub sp: Code,
    /// Policy for names that do not exist.
    pub np: Code,
    /// Per cent of mail the policy applies to, as written.
    pub pct: TextId,
    /// Failure reporting options.
    pub fo: TextId,
    /// Test mode.
    pub testing: Code,
    /// How the policy domain was found.
    pub discovery_method: Code,
}

impl Policy {
    /// Files a policy's texts.
    pub fn of(policy: &PolicyPublished, strings: &mut Strings) -> Self {
        Self {
            domain: strings.intern_option(policy.domain.as_deref()),
            adkim: Code::of(&policy.adkim, strings),
            aspf: Code::of(&policy.aspf, strings),
            p: Code::of(&policy.p, strings),
            sp: Code::of(&policy.sp, strings),
            np: Code::of(&policy.np, strings),
            pct: strings.intern_option(policy.pct.as_deref()),
            fo: strings.intern_option(policy.fo.as_deref()),
            testing: Code::of(&policy.testing, strings),
            discovery_method: Code::of(&policy.discovery_method, strings),
        }
    }

    /// The policy again, whole.
    #[must_use]
    pub fn whole(&self, strings: &Strings) -> PolicyPublished {
        PolicyPublished {
            domain: owned(strings, self.domain),
            adkim: self.adkim.keyword(strings),
            aspf: self.aspf.keyword(strings),
            p: self.p.keyword(strings),
            sp: self.sp.keyword(strings),
            np: self.np.keyword(strings),
            pct: owned(strings, self.pct),
            fo: owned(strings, self.fo),
            testing: self.testing.keyword(strings),
            discovery_method: self.discovery_method.keyword(strings),
        }
    }
}

/// A report's metadata in numbers: everything of [`Report`] but its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// The standard its namespace names.
    pub dialect: Dialect,
    /// `version`.
    pub version: TextId,
    /// `org_name`: the reporter.
    pub org_name: TextId,
    /// `email`.
    pub email: TextId,
    /// `extra_contact_info` and its language.
    pub contact: (TextId, TextId),
    /// `report_id`.
    pub report_id: TextId,
    /// `generator`.
    pub generator: TextId,
    /// Every `error` and its language.
    pub errors: Box<[(TextId, TextId)]>,
    /// First second of the period.
    pub begin: Option<i64>,
    /// Last second of the period.
    pub end: Option<i64>,
    /// Foreign elements, raw.
    pub extensions: TextId,
}

impl Meta {
    /// Files a report's texts.
    pub fn of(report: &Report, strings: &mut Strings) -> Self {
        let mut worded = |item: &Worded| (strings.intern(&item.text), strings.intern_option(item.lang.as_deref()));
        let contact = report.extra_contact_info.as_ref().map_or((ABSENT, ABSENT), &mut worded);
        let errors = report.errors.iter().map(worded).collect();
        Self {
            dialect: report.dialect,
            version: strings.intern_option(report.version.as_deref()),
            org_name: strings.intern_option(report.org_name.as_deref()),
            email: strings.intern_option(report.email.as_deref()),
            contact,
            report_id: strings.intern_option(report.report_id.as_deref()),
            generator: strings.intern_option(report.generator.as_deref()),
            errors,
            begin: report.begin,
            end: report.end,
            extensions: strings.intern_option(report.extensions.as_deref()),
        }
    }

    /// The report again, whole, with its policy.
    #[must_use]
    pub fn whole(&self, policy: PolicyPublished, strings: &Strings) -> Report {
        let worded = |(text, lang): (TextId, TextId)| {
            strings.get(text).map(|text| Worded { text: text.to_owned(), lang: owned(strings, lang) })
        };
        Report {
            dialect: self.dialect,
            version: owned(strings, self.version),
            org_name: owned(strings, self.org_name),
            email: owned(strings, self.email),
            extra_contact_info: worded(self.contact),
            report_id: owned(strings, self.report_id),
            generator: owned(strings, self.generator),
            errors: self.errors.iter().filter_map(|error| worded(*error)).collect(),
            begin: self.begin,
            end: self.end,
            policy,
            extensions: owned(strings, self.extensions),
        }
    }

    /// The second that stands for the report on a time line: the midpoint of its period, or the one end that is known.
    ///
    /// Reports of a day often begin and end some seconds or hours off the day's bounds, in the reporter's own zone;
    /// the midpoint falls on the day that most of the period lies in.
    #[must_use]
    pub fn midpoint(&self) -> Option<i64> {
        match (self.begin, self.end) {
            (Some(begin), Some(end)) => Some(i64::midpoint(begin, end)),
            (begin, end) => begin.or(end),
        }
    }
}

fn owned(strings: &Strings, id: TextId) -> Option<String> {
    strings.get(id).map(ToOwned::to_owned)
}
