use super::names::Tag;
use super::values::{domain, set, set_word};
use super::xml::{Child, Snag, Xml};
use super::{dates, record};
use crate::ledger::{Note, Notes};
use crate::report::model::{PolicyPublished, Report, Worded};

/// What was read of `report_metadata`: fields of a report, and whether its dates were named.
#[derive(Default)]
pub(super) struct Metadata {
    report: Report,
    begin: bool,
    end: bool,
    /// Whether `date_range`, or one of its children, is there.
    pub(super) dates: bool,
}

impl Metadata {
    /// Reads the rest of `report_metadata`, whose start tag was read.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>, extensions: &mut String) -> Result<(), Snag> {
        while let Some(child) = xml.child()? {
            if !self.field(xml, &child)? {
                if child.tag.is_top() {
                    return Err(Snag::Odd);
                }
                extensions.push_str(xml.skip(&child)?.unwrap_or_default());
            }
        }
        Ok(())
    }

    /// Reads a child of `report_metadata`, wherever it stands; `false` where it is none.
    pub(super) fn field<'w>(&mut self, xml: &mut Xml<'w>, child: &Child<'w>) -> Result<bool, Snag> {
        let report = &mut self.report;
        let place = match child.tag {
            Tag::OrgName => &mut report.org_name,
            Tag::Email => &mut report.email,
            Tag::ReportId => &mut report.report_id,
            Tag::Generator => &mut report.generator,
            Tag::Version => &mut report.version,
            Tag::ExtraContactInfo => {
                let text = worded(xml, child)?;
                set(&mut report.extra_contact_info, text, child.tag.name(), &mut xml.notes);
                return Ok(true);
            }
            Tag::Error => {
                let text = worded(xml, child)?;
                report.errors.push(text);
                return Ok(true);
            }
            Tag::DateRange => {
                self.dates = true;
                if !child.is_over() {
                    self.dates(xml)?;
                }
                return Ok(true);
            }
            Tag::Begin | Tag::End => {
                self.dates = true;
                self.date(xml, child)?;
                return Ok(true);
            }
            _ => return Ok(false),
        };
        let text = xml.text(child)?;
        set(place, text.into_owned(), child.tag.name(), &mut xml.notes);
        Ok(true)
    }

    fn dates(&mut self, xml: &mut Xml<'_>) -> Result<(), Snag> {
        while let Some(child) = xml.child()? {
            match child.tag {
                Tag::Begin | Tag::End => self.date(xml, &child)?,
                tag if tag.is_top() => return Err(Snag::Odd),
                _ => {
                    xml.skip(&child)?;
                }
            }
        }
        Ok(())
    }

    fn date<'w>(&mut self, xml: &mut Xml<'w>, child: &Child<'w>) -> Result<(), Snag> {
        let text = xml.text(child)?;
        let (named, place) = match child.tag {
            Tag::Begin => (&mut self.begin, &mut self.report.begin),
            _ => (&mut self.end, &mut self.report.end),
        };
        if std::mem::replace(named, true) {
            xml.notes.add(Note::ElementRepeated(child.tag.name().into()));
        } else if !text.is_empty() {
            *place = dates::moment(&text, &mut xml.notes);
        }
        Ok(())
    }

    /// Adds what was read to the report; what it has already counts.
    pub(super) fn merge(self, report: &mut Report, notes: &mut Notes) {
        let new = self.report;
        let mut put = |place: &mut Option<String>, value: Option<String>, tag: Tag| {
            if let Some(value) = value {
                set(place, value, tag.name(), notes);
            }
        };
        put(&mut report.version, new.version, Tag::Version);
        put(&mut report.org_name, new.org_name, Tag::OrgName);
        put(&mut report.email, new.email, Tag::Email);
        put(&mut report.report_id, new.report_id, Tag::ReportId);
        put(&mut report.generator, new.generator, Tag::Generator);
        if let Some(text) = new.extra_contact_info {
            set(&mut report.extra_contact_info, text, Tag::ExtraContactInfo.name(), notes);
        }
        report.errors.extend(new.errors);
        report.begin = report.begin.or(new.begin);
        report.end = report.end.or(new.end);
    }
}

/// What was read of `policy_published`.
pub(super) fn policy(xml: &mut Xml<'_>, policy: &mut PolicyPublished, extensions: &mut String) -> Result<(), Snag> {
    while let Some(child) = xml.child()? {
        if !policy_field(xml, &child, policy)? {
            if child.tag.is_top() {
                return Err(Snag::Odd);
            }
            extensions.push_str(xml.skip(&child)?.unwrap_or_default());
        }
    }
    Ok(())
}

/// Reads a child of `policy_published`; `false` where it is none.
fn policy_field<'w>(xml: &mut Xml<'w>, child: &Child<'w>, policy: &mut PolicyPublished) -> Result<bool, Snag> {
    let name = child.tag.name();
    match child.tag {
        Tag::Domain => {
            let text = xml.text(child)?;
            set(&mut policy.domain, domain(text).into_owned(), name, &mut xml.notes);
        }
        Tag::Pct => {
            let text = xml.text(child)?;
            set(&mut policy.pct, text.into_owned(), name, &mut xml.notes);
        }
        Tag::Fo => {
            let text = xml.text(child)?;
            set(&mut policy.fo, text.into_owned(), name, &mut xml.notes);
        }
        Tag::Adkim => set_word(&mut policy.adkim, &xml.text(child)?, name, &mut xml.notes),
        Tag::Aspf => set_word(&mut policy.aspf, &xml.text(child)?, name, &mut xml.notes),
        Tag::P => set_word(&mut policy.p, &xml.text(child)?, name, &mut xml.notes),
        Tag::Sp => set_word(&mut policy.sp, &xml.text(child)?, name, &mut xml.notes),
        Tag::Np => set_word(&mut policy.np, &xml.text(child)?, name, &mut xml.notes),
        Tag::Testing => set_word(&mut policy.testing, &xml.text(child)?, name, &mut xml.notes),
        Tag::DiscoveryMethod => set_word(&mut policy.discovery_method, &xml.text(child)?, name, &mut xml.notes),
        _ => return Ok(false),
    }
    Ok(true)
}

fn worded<'w>(xml: &mut Xml<'w>, child: &Child<'w>) -> Result<Worded, Snag> {
    let lang = xml.lang(child);
    let text = record::prose(xml.text(child)?).into_owned();
    Ok(Worded { text, lang })
}
