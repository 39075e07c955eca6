use std::ops::Range;

use quick_xml::events::Event;

use super::desk::Desk;
use super::mend::mend;
use super::metadata::{Metadata, policy};
use super::names::Tag;
use super::record;
use super::seek::{extent, landmark, signpost, tail};
use super::xml::{Child, Snag, Xml, is_blank};
use crate::ledger::{LimitKind, Note, Notes};
use crate::report::model::{PolicyPublished, Record};

const BOM: &[u8] = "\u{FEFF}".as_bytes();

/// Bytes that may be read in vain before reading becomes careful: a few mistakes cost nothing, a file made of them does.
const IN_VAIN: usize = 1 << 20;

/// Bytes that a reference may have.
const REFERENCE: usize = 32;

/// Goes from construct to construct: `report_metadata`, `policy_published`, one `record` or a foreign element each.
pub(super) struct Reading<'s> {
    /// The reports.
    pub(super) desk: Desk<'s>,
    /// Where the bytes in hand begin in the text.
    base: u64,
    /// Bytes are passed over until something of ours stands there.
    seeking: bool,
    /// Markup swallowed what it should not have: from here on each construct is cut out at its landmarks before it is
    /// parsed, so that none is looked at more than once or twice.
    careful: bool,
    /// Bytes that were parsed and have to be looked at again, because markup swallowed them.
    in_vain: usize,
    /// Whether anything stood before the next event, at the very beginning.
    begun: bool,
    /// Bytes in hand to pass over at the next pass.
    skip: usize,
}

/// Where reading goes on.
enum Next {
    /// At this place of the bytes in hand.
    At(usize),
    /// With more bytes, from this place.
    More(usize),
    /// All bytes in hand are done with.
    Done,
}

impl<'s> Reading<'s> {
    pub(super) fn new(desk: Desk<'s>) -> Self {
        Self { desk, base: 0, seeking: false, careful: false, in_vain: 0, begun: false, skip: 0 }
    }

    /// Reads the bytes in hand, which begin at `base`; gives how many of them are done with. The rest is the beginning of
    /// a construct that ends beyond them. With `last`, where there is no more, all of them are done with.
    pub(super) fn pass(&mut self, bytes: &[u8], base: u64, last: bool) -> usize {
        self.base = base;
        let mut record = Record::default();
        let mut at = std::mem::take(&mut self.skip);
        loop {
            let mut end = bytes.len();
            let mut root = false;
            if self.seeking || self.careful {
                let Some(post) = landmark(bytes, at) else {
                    return if last { end } else { end.saturating_sub(tail(bytes)).max(at) };
                };
                self.seeking = false;
                at = post.at;
                if self.careful && post.tag == Tag::Feedback {
                    // The root's tag alone.
                    match memchr::memchr(b'>', bytes.get(at..).unwrap_or_default()) {
                        Some(length) => {
                            end = at.saturating_add(length).saturating_add(1);
                            root = true;
                        }
                        None if !last => return at,
                        None => {}
                    }
                }
            }
            let next = if self.careful && !root {
                self.snagged(bytes, at, Snag::Odd, at, last)
            } else {
                self.run(bytes.get(..end).unwrap_or_default(), at, last, &mut record)
            };
            match next {
                Next::At(next) => at = next,
                // No tag that can be read as the root's: what follows can all the same.
                Next::More(_) | Next::Done if root => {
                    self.junk();
                    at = end;
                }
                Next::More(from) => return from,
                Next::Done => return end,
            }
        }
    }

    /// A construct is larger than the limit: the next pass goes on behind its beginning.
    pub(super) fn too_large(&mut self, limit: usize) {
        self.desk.note(Note::Limit { limit: LimitKind::ElementSize, value: limit as u64 });
        self.seeking = true;
        self.careful = true;
        self.skip = 1;
    }

    /// Reads from `from` on for as long as everything is as it should be.
    fn run<'w>(&mut self, bytes: &'w [u8], from: usize, last: bool, record: &mut Record<'w>) -> Next {
        let rest = bytes.get(from..).unwrap_or_default();
        // The parser passes over a byte order mark without counting it.
        let from = from.saturating_add(if rest.starts_with(BOM) { BOM.len() } else { 0 });
        let rest = bytes.get(from..).unwrap_or_default();
        let mut xml = Xml::new(rest, self.desk.namespaces.clone(), self.desk.limits.element_depth);
        loop {
            let mark = xml.position();
            let here = from.saturating_add(mark);
            let (start, empty) = match xml.event() {
                Ok(Event::Start(start)) => (start, false),
                Ok(Event::Empty(start)) => (start, true),
                Ok(Event::End(end)) => {
                    let after = from.saturating_add(xml.position());
                    if rest.get(mark..xml.position()).is_some_and(runs_on) {
                        return self.pass_over(here, after);
                    }
                    self.desk.end_tag(end.name().0, self.base.saturating_add(after as u64));
                    continue;
                }
                Ok(Event::Text(text)) if is_blank(&text) => {
                    self.begun |= !text.is_empty();
                    continue;
                }
                Ok(Event::Text(_) | Event::CData(_) | Event::GeneralRef(_)) => {
                    self.junk();
                    continue;
                }
                Ok(event @ (Event::Decl(_) | Event::PI(_))) => {
                    // One that is not closed goes on to the end of the next.
                    if rest.get(mark..xml.position()).is_some_and(runs_on) {
                        return self.pass_over(here, from.saturating_add(xml.position()));
                    }
                    if std::mem::replace(&mut self.begun, true) && matches!(event, Event::Decl(_)) {
                        self.desk.late_declaration();
                    }
                    continue;
                }
                // One that is not closed ends with the next tag.
                Ok(Event::DocType(text)) if text.contains('<') && !text.contains('[') => {
                    return self.pass_over(here, from.saturating_add(xml.position()));
                }
                Ok(_) => continue,
                Err(Snag::Ended) if mark >= rest.len() => {
                    return if self.careful { Next::At(bytes.len()) } else { Next::Done };
                }
                Err(snag) => return self.stray(bytes, here, snag, last),
            };
            if !self.careful && start.attributes_raw().contains('<') {
                // A quote that is not closed.
                self.careful = true;
                return Next::At(here);
            }
            let mut child = xml.opened(&start, empty);
            if child.tag == Tag::Foreign && Tag::exact(start.local_name().into_inner()) == Tag::Feedback {
                // Whatever its namespace says: the parts tell whether it is one of ours.
                child.tag = Tag::Feedback;
            }
            match self.element(&mut xml, child, self.base.saturating_add(here as u64), record) {
                Ok(()) => {
                    self.desk.take_notes(&mut xml.notes);
                    self.desk.reached(self.base.saturating_add(from.saturating_add(xml.position()) as u64));
                }
                Err(snag) => return self.snagged(bytes, here, snag, from.saturating_add(xml.position()), last),
            }
        }
    }

    /// Reads an element outside of constructs, whose start tag was read at offset `at` of the text.
    fn element<'w>(
        &mut self,
        xml: &mut Xml<'w>,
        child: Child<'w>,
        at: u64,
        record: &mut Record<'w>,
    ) -> Result<(), Snag> {
        self.desk.met(|| xml.name(&child));
        let inside = self.desk.is_inside();
        match child.tag {
            Tag::Feedback => {
                let length = xml.position().saturating_sub(child.at);
                let empty_end = child.is_over().then(|| at.saturating_add(length as u64));
                xml.namespaces = self.desk.begin(xml.tag(&child), xml.name(&child), at, empty_end);
            }
            Tag::Record => {
                record::clear(record);
                let seen = if child.is_over() { record::Seen::default() } else { record::read(xml, record)? };
                // Many formats have an element of this name.
                if !inside && !seen.row {
                    xml.notes.clear();
                } else if seen.source {
                    self.desk.record(record, at);
                } else {
                    self.desk.hand_or_new(at);
                    xml.notes.add(Note::RecordWithoutSource);
                }
            }
            Tag::ReportMetadata | Tag::PolicyPublished if inside && self.desk.has(child.tag) => {
                let raw = xml.skip(&child)?.unwrap_or_default();
                self.desk.keep(raw);
                xml.notes.add(Note::ElementRepeated(child.tag.name().into()));
            }
            Tag::ReportMetadata => {
                let (mut metadata, mut extensions) = (Metadata::default(), String::new());
                if !child.is_over() {
                    metadata.read(xml, &mut extensions)?;
                }
                let hand = self.desk.hand_or_new(at);
                hand.metadata = true;
                hand.dates |= metadata.dates;
                metadata.merge(&mut hand.report, &mut xml.notes);
                self.desk.keep(&extensions);
            }
            Tag::PolicyPublished => {
                let (mut published, mut extensions) = (PolicyPublished::default(), String::new());
                if !child.is_over() {
                    policy(xml, &mut published, &mut extensions)?;
                }
                let hand = self.desk.hand_or_new(at);
                hand.policy = true;
                hand.report.policy = published;
                self.desk.keep(&extensions);
            }
            _ if inside => {
                // `version`, and what stands outside of the group it belongs to.
                let mut metadata = Metadata::default();
                if metadata.field(xml, &child)? {
                    let hand = self.desk.hand_or_new(at);
                    hand.dates |= metadata.dates;
                    metadata.merge(&mut hand.report, &mut xml.notes);
                } else {
                    let raw = xml.skip(&child)?.unwrap_or_default();
                    self.desk.keep(raw);
                }
            }
            _ => self.desk.around(xml.name(&child), child.is_over()),
        }
        Ok(())
    }

    /// Something that is not ours stands between constructs.
    fn junk(&mut self) {
        self.begun = true;
        self.desk.junk();
    }

    /// Goes on at the next thing of ours after `at`; the parser had come to `reached`.
    fn pass_over(&mut self, at: usize, reached: usize) -> Next {
        self.junk();
        self.again(at, reached);
        self.seeking = true;
        Next::At(at.saturating_add(1))
    }

    /// Reading goes on at `at`, though the parser had come to `reached`.
    fn again(&mut self, at: usize, reached: usize) {
        self.in_vain = self.in_vain.saturating_add(reached.saturating_sub(at));
        self.careful |= self.in_vain > IN_VAIN;
    }

    /// No markup can be read at `here`, between constructs.
    fn stray(&mut self, bytes: &[u8], here: usize, snag: Snag, last: bool) -> Next {
        let rest = bytes.get(here..).unwrap_or_default();
        if rest.starts_with(b"&") && rest.len() < REFERENCE && !last && !rest.contains(&b';') {
            // Text between constructs that refers to something: the rest of it is to come.
            return Next::More(here);
        }
        if snag == Snag::Odd
            && let Some(length) = memchr::memchr(b'>', rest)
            && !rest.get(..length).is_some_and(runs_on)
            && let Some(post) = signpost(rest, 0).filter(|post| post.closing)
        {
            // Not of the element that is open: that need not be in hand, so what is done must not depend on it.
            let after = here.saturating_add(length).saturating_add(1);
            self.desk.end_tag(post.name, self.base.saturating_add(after as u64));
            return Next::At(after);
        }
        if snag == Snag::Odd || runs_on(rest) {
            // What is not closed was looked for to the end.
            return self.pass_over(here, if snag == Snag::Ended { bytes.len() } else { here });
        }
        if !last && !self.careful {
            return Next::More(here);
        }
        // At the end of all bytes: an end tag, another tag or a comment, which all are cut short.
        if rest.starts_with(b"</") && !rest.contains(&b'>') && self.desk.is_inside() {
            self.desk.note(Note::UnclosedElement(Tag::Feedback.name().into()));
            self.desk.finish(self.base.saturating_add(bytes.len() as u64));
            return Next::Done;
        }
        if landmark(bytes, here.saturating_add(1)).is_none() {
            if !self.desk.is_inside() {
                self.junk();
            }
            return if self.careful { Next::At(bytes.len()) } else { Next::Done };
        }
        self.careful = true;
        self.pass_over(here, here)
    }

    /// A construct at `here` that cannot be read as it stands, as showed at `reached`: mends it, or waits for the rest.
    fn snagged(&mut self, bytes: &[u8], here: usize, snag: Snag, reached: usize, last: bool) -> Next {
        match extent(bytes, here) {
            Some(extent) => {
                self.again(extent.end, reached);
                self.careful |= snag == Snag::Ended;
                self.mended(bytes, here..extent.end, extent.cut);
                Next::At(extent.end)
            }
            None if !last => Next::More(here),
            None => {
                self.mended(bytes, here..bytes.len(), true);
                Next::Done
            }
        }
    }

    /// Reads a construct from a well-formed copy; `cut` where its end is missing.
    fn mended(&mut self, bytes: &[u8], range: Range<usize>, cut: bool) {
        let at = self.base.saturating_add(range.start as u64);
        let end = self.base.saturating_add(range.end as u64);
        let depth = self.desk.limits.element_depth;
        let mut notes = Notes::default();
        let mended = mend(bytes.get(range).unwrap_or_default(), cut, depth, &mut notes);
        let mut xml = Xml::new(mended.text.as_bytes(), self.desk.namespaces.clone(), depth);
        let child = match xml.event() {
            Ok(Event::Start(start)) => xml.opened(&start, false),
            Ok(Event::Empty(start)) => xml.opened(&start, true),
            _ => return self.junk(),
        };
        if cut && child.tag == Tag::Record {
            // Half a record would be another record.
            return self.desk.reached(end);
        }
        let read = self.element(&mut xml, child, at, &mut Record::default());
        self.desk.take_notes(&mut notes);
        match read {
            Ok(()) => self.desk.take_notes(&mut xml.notes),
            Err(_) => self.desk.broken_at(at),
        }
        if mended.lost {
            self.desk.broken_at(at);
        }
        self.desk.reached(end);
    }
}

/// Whether what begins here is a tag in which another begins: its end is missing.
fn runs_on(bytes: &[u8]) -> bool {
    let inside = bytes.get(1..).unwrap_or_default();
    !inside.starts_with(b"!") && memchr::memchr(b'<', inside).is_some()
}
