use std::borrow::Cow;

use quick_xml::events::Event;

use super::address;
use super::names::Tag;
use super::values::{count, domain, lower, set, set_word, word};
use super::xml::{Child, Snag, Xml, is_blank, trimmed};
use crate::ledger::Note;
use crate::report::keyword::Keyword;
use crate::report::model::{Dkim, Evaluated, Reason, Record, Spf};

/// What a record lacks that decides whether it is kept.
#[derive(Default)]
pub(super) struct Seen {
    /// `source_ip` is there.
    pub(super) source: bool,
    count: bool,
    /// `row` is there.
    pub(super) row: bool,
}

/// Empties a record, keeping its memory.
pub(super) fn clear(record: &mut Record<'_>) {
    let Record {
        source,
        source_text,
        count,
        evaluated,
        reasons,
        header_from,
        envelope_from,
        envelope_to,
        dkim,
        spf,
        extensions,
    } = record;
    (*source, *source_text, *count, *evaluated) = (None, None, 0, None);
    (*header_from, *envelope_from, *envelope_to, *extensions) = (None, None, None, None);
    reasons.clear();
    dkim.clear();
    spf.clear();
}

/// Reads the rest of a `record`, whose start tag was read.
///
/// `row`, `identifiers` and `auth_results` only group what no other element holds, so their children are read wherever
/// in the record they stand.
pub(super) fn read<'w>(xml: &mut Xml<'w>, record: &mut Record<'w>) -> Result<Seen, Snag> {
    // Most of an indented report is blanks.
    xml.pass_blanks(true);
    let mut seen = Seen::default();
    let mut groups = 0_usize;
    loop {
        let Some(child) = xml.child()? else {
            match groups.checked_sub(1) {
                Some(left) => groups = left,
                None => break,
            }
            continue;
        };
        let name = child.tag.name();
        match child.tag {
            Tag::Row | Tag::Identifiers | Tag::AuthResults => {
                seen.row |= child.tag == Tag::Row;
                groups = groups.saturating_add(usize::from(!child.is_over()));
                if groups > xml.depth() {
                    return Err(Snag::Odd);
                }
            }
            Tag::SourceIp => {
                let text = xml.text(&child)?;
                if std::mem::replace(&mut seen.source, true) {
                    xml.notes.add(Note::ElementRepeated(name.into()));
                } else {
                    (record.source, record.source_text) = address::source(text, &mut xml.notes);
                }
            }
            Tag::Count => {
                let text = xml.text(&child)?;
                if std::mem::replace(&mut seen.count, true) {
                    xml.notes.add(Note::ElementRepeated(name.into()));
                } else {
                    record.count = count(&text, &mut xml.notes);
                }
            }
            Tag::PolicyEvaluated if record.evaluated.is_none() => {
                let mut verdict = Evaluated::default();
                if !child.is_over() {
                    evaluated(xml, record, &mut verdict)?;
                }
                record.evaluated = Some(verdict);
            }
            Tag::Reason => reason(xml, record, &child)?,
            Tag::HeaderFrom => {
                let text = domain(xml.text(&child)?);
                set(&mut record.header_from, text, name, &mut xml.notes);
            }
            Tag::EnvelopeFrom => {
                let text = lower(xml.text(&child)?);
                set(&mut record.envelope_from, text, name, &mut xml.notes);
            }
            Tag::EnvelopeTo => {
                let text = lower(xml.text(&child)?);
                set(&mut record.envelope_to, text, name, &mut xml.notes);
            }
            Tag::Dkim => dkim(xml, record, &child)?,
            Tag::Spf => spf(xml, record, &child)?,
            tag if tag.is_top() => return Err(Snag::Odd),
            tag => {
                if tag == Tag::PolicyEvaluated {
                    xml.notes.add(Note::ElementRepeated(name.into()));
                }
                foreign(xml, &mut record.extensions, &child)?;
            }
        }
    }
    xml.pass_blanks(false);
    if record.evaluated.is_none() {
        xml.notes.add(Note::RecordWithoutEvaluation);
    }
    if !seen.count {
        xml.notes.add(Note::ElementMissing(Tag::Count.name().into()));
    }
    Ok(seen)
}

fn evaluated<'w>(xml: &mut Xml<'w>, record: &mut Record<'w>, verdict: &mut Evaluated) -> Result<(), Snag> {
    while let Some(child) = xml.child()? {
        let name = child.tag.name();
        match child.tag {
            Tag::Disposition => set_word(&mut verdict.disposition, &xml.text(&child)?, name, &mut xml.notes),
            Tag::Dkim => set_word(&mut verdict.dkim, &xml.text(&child)?, "policy_evaluated/dkim", &mut xml.notes),
            Tag::Spf => set_word(&mut verdict.spf, &xml.text(&child)?, "policy_evaluated/spf", &mut xml.notes),
            Tag::Reason => reason(xml, record, &child)?,
            tag if tag.is_top() => return Err(Snag::Odd),
            _ => foreign(xml, &mut record.extensions, &child)?,
        }
    }
    Ok(())
}

fn reason<'w>(xml: &mut Xml<'w>, record: &mut Record<'w>, element: &Child<'w>) -> Result<(), Snag> {
    let mut reason = Reason::default();
    let text = mixed(xml, &mut record.extensions, element, |xml, child| {
        match child.tag {
            Tag::Type => set_word(&mut reason.kind, &xml.text(child)?, "reason/type", &mut xml.notes),
            Tag::Comment => {
                let text = prose(xml.text(child)?);
                if reason.comment.is_none() {
                    reason.lang = xml.lang(child).map(Cow::Owned);
                }
                set(&mut reason.comment, text, child.tag.name(), &mut xml.notes);
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    match (text, &reason.kind) {
        (Some(text), Keyword::Absent) => match Keyword::read(&text) {
            kind @ Keyword::Known(_) => reason.kind = kind,
            _ => reason.comment = reason.comment.or(Some(text)),
        },
        (text, _) => reason.comment = reason.comment.or(text),
    }
    record.reasons.push(reason);
    Ok(())
}

fn dkim<'w>(xml: &mut Xml<'w>, record: &mut Record<'w>, element: &Child<'w>) -> Result<(), Snag> {
    let mut result = Dkim::default();
    let text = mixed(xml, &mut record.extensions, element, |xml, child| {
        let name = child.tag.name();
        match child.tag {
            Tag::Domain => {
                let text = domain(xml.text(child)?);
                set(&mut result.domain, text, name, &mut xml.notes);
            }
            Tag::Selector => {
                let text = xml.text(child)?;
                set(&mut result.selector, text, name, &mut xml.notes);
            }
            Tag::Result => set_word(&mut result.result, &xml.text(child)?, "dkim/result", &mut xml.notes),
            Tag::HumanResult => {
                result.lang = xml.lang(child).map(Cow::Owned).or(result.lang.take());
                let text = prose(xml.text(child)?);
                set(&mut result.human_result, text, name, &mut xml.notes);
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    if let (Some(text), Keyword::Absent) = (text, &result.result) {
        result.result = word(&text, "dkim/result", &mut xml.notes);
    }
    record.dkim.push(result);
    Ok(())
}

fn spf<'w>(xml: &mut Xml<'w>, record: &mut Record<'w>, element: &Child<'w>) -> Result<(), Snag> {
    let mut result = Spf::default();
    let text = mixed(xml, &mut record.extensions, element, |xml, child| {
        let name = child.tag.name();
        match child.tag {
            Tag::Domain => {
                let text = domain(xml.text(child)?);
                set(&mut result.domain, text, name, &mut xml.notes);
            }
            Tag::Scope => set_word(&mut result.scope, &xml.text(child)?, "spf/scope", &mut xml.notes),
            Tag::Result => set_word(&mut result.result, &xml.text(child)?, "spf/result", &mut xml.notes),
            Tag::HumanResult => {
                result.lang = xml.lang(child).map(Cow::Owned).or(result.lang.take());
                let text = prose(xml.text(child)?);
                set(&mut result.human_result, text, name, &mut xml.notes);
            }
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    if let (Some(text), Keyword::Absent) = (text, &result.result) {
        result.result = word(&text, "spf/result", &mut xml.notes);
    }
    record.spf.push(result);
    Ok(())
}

/// Reads an element with children that some write as plain text; gives that text. `field` reads a child, or tells that
/// it is none of its own: such a one is kept as it stands.
fn mixed<'w>(
    xml: &mut Xml<'w>,
    extensions: &mut Option<Cow<'w, str>>,
    element: &Child<'w>,
    mut field: impl FnMut(&mut Xml<'w>, &Child<'w>) -> Result<bool, Snag>,
) -> Result<Option<Cow<'w, str>>, Snag> {
    let mut text = String::new();
    if element.is_over() {
        return Ok(None);
    }
    loop {
        let child = match xml.plain() {
            Some(Some(child)) => child,
            Some(None) => break,
            None => match xml.event()? {
                Event::Start(start) => xml.opened(&start, false),
                Event::Empty(start) => xml.opened(&start, true),
                Event::End(_) => {
                    xml.text_is_over();
                    break;
                }
                Event::Text(blank) if is_blank(&blank) && text.is_empty() => continue,
                event => {
                    xml.append(&mut text, &event);
                    continue;
                }
            },
        };
        if !field(xml, &child)? {
            if child.tag.is_top() {
                return Err(Snag::Odd);
            }
            foreign(xml, extensions, &child)?;
        }
    }
    Ok(Some(trimmed(Cow::Owned(text))).filter(|text| !text.is_empty()))
}

/// Keeps a foreign element's raw XML.
fn foreign<'w>(xml: &mut Xml<'w>, extensions: &mut Option<Cow<'w, str>>, child: &Child<'_>) -> Result<(), Snag> {
    let Some(raw) = xml.skip(child)? else { return Ok(()) };
    match extensions {
        None => *extensions = Some(Cow::Borrowed(raw)),
        Some(known) => known.to_mut().push_str(raw),
    }
    Ok(())
}

/// Free text with the line ends that XML gives it.
pub(super) fn prose(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}
