use std::borrow::Cow;
use std::ops::Range;

use quick_xml::events::{BytesRef, BytesStart, Event};

use super::lane::{Lane, Plain};
use super::names::{Namespaces, Tag};
use crate::ledger::{LimitKind, Note, Notes};

/// Why a construct cannot be read as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Snag {
    /// The bytes end inside of it.
    Ended,
    /// Something in it is not well-formed, or stands where it cannot be meant.
    Odd,
}

/// Well-formed XML, one event after the other, with what reading pieces of a report needs at hand.
pub(super) struct Xml<'w> {
    lane: Lane<'w>,
    bytes: &'w [u8],
    /// Which elements are ours.
    pub(super) namespaces: Namespaces,
    /// Notes on the construct in hand.
    pub(super) notes: Notes,
    depth: usize,
    /// Whether blanks before text and tags are passed over.
    blanks_pass: bool,
}

impl<'w> Xml<'w> {
    /// Reads `bytes`; `depth` is the limit of elements inside each other.
    pub(super) fn new(bytes: &'w [u8], namespaces: Namespaces, depth: usize) -> Self {
        let lane = Lane::new(bytes);
        Self { lane, bytes, namespaces, notes: Notes::default(), depth, blanks_pass: false }
    }

    /// Bytes read.
    pub(super) fn position(&self) -> usize {
        self.lane.position()
    }

    /// The next event; never `Eof`.
    #[inline]
    pub(super) fn event(&mut self) -> Result<Event<'w>, Snag> {
        self.lane.event()
    }

    /// A plain tag that comes next, read without an event: the child whose start tag it is, or `None` in its place where
    /// it is the end tag of the element in hand. Nothing where something else comes, or where blanks before it may be text.
    #[inline]
    pub(super) fn plain(&mut self) -> Option<Option<Child<'w>>> {
        if self.lane.passes_blanks() { self.plain_tag() } else { None }
    }

    #[inline(always)]
    fn plain_tag(&mut self) -> Option<Option<Child<'w>>> {
        Some(match self.lane.tag()? {
            Plain::Start { tag, at, inside, text } => Some(Child { tag, text, at, inside }),
            Plain::End => None,
        })
    }

    /// The next element, or `None` at the end tag of the one in hand. Text between elements is passed over, with a note
    /// where it is more than blanks.
    #[inline]
    pub(super) fn child(&mut self) -> Result<Option<Child<'w>>, Snag> {
        match self.plain_tag() {
            Some(child) => Ok(child),
            None => self.child_on(),
        }
    }

    /// As [`child`](Self::child), for any tag.
    #[inline(never)]
    fn child_on(&mut self) -> Result<Option<Child<'w>>, Snag> {
        loop {
            match self.event()? {
                Event::Start(start) => return Ok(Some(self.opened(&start, false))),
                Event::Empty(start) => return Ok(Some(self.opened(&start, true))),
                Event::End(_) => return Ok(None),
                Event::Text(text) if is_blank(&text) => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => self.notes.add(Note::StrayMarkup),
                Event::DocType(_) => return Err(Snag::Odd),
                _ => {}
            }
        }
    }

    /// An element whose start tag was just read.
    #[inline]
    pub(super) fn opened(&mut self, start: &BytesStart<'_>, empty: bool) -> Child<'w> {
        let tag = self.namespaces.tag(start, &mut self.notes);
        let inside = self.position();
        // What stands around the name and the attributes: `<` and `>` or `/>`.
        let at = inside.saturating_sub(start.len().saturating_add(if empty { 3 } else { 2 }));
        Child { tag, text: empty.then_some(""), at, inside }
    }

    /// Passes over blanks before text and tags without an event for them, or no longer does so.
    pub(super) fn pass_blanks(&mut self, pass: bool) {
        self.blanks_pass = pass;
        self.lane.pass_blanks(pass);
    }

    /// Text of several pieces is over: blanks between its pieces were text.
    pub(super) fn text_is_over(&mut self) {
        self.lane.pass_blanks(self.blanks_pass);
    }

    /// The text of an element that holds text alone, up to and with its end tag, without blanks around.
    #[inline]
    pub(super) fn text(&mut self, element: &Child<'w>) -> Result<Cow<'w, str>, Snag> {
        match element.text.or_else(|| self.lane.text()) {
            Some(text) => Ok(Cow::Borrowed(trim(text))),
            None => self.text_on(),
        }
    }

    /// As [`text`](Self::text), for any text.
    fn text_on(&mut self) -> Result<Cow<'w, str>, Snag> {
        let first = match self.event()? {
            Event::Text(text) => text.into_inner(),
            Event::End(_) => return Ok(Cow::Borrowed("")),
            event => return self.pieces(String::new(), event),
        };
        match self.event()? {
            Event::End(_) => Ok(trimmed(first)),
            event => self.pieces(first.into_owned(), event),
        }
    }

    /// As [`text`](Self::text), for text of several pieces: all before `event`, and what follows.
    #[cold]
    fn pieces(&mut self, mut text: String, mut event: Event<'w>) -> Result<Cow<'w, str>, Snag> {
        loop {
            match event {
                Event::End(_) => {
                    self.text_is_over();
                    return Ok(trimmed(Cow::Owned(text)));
                }
                Event::Start(_) | Event::Empty(_) | Event::DocType(_) => return Err(Snag::Odd),
                event => self.append(&mut text, &event),
            }
            event = self.event()?;
        }
    }

    /// Adds what an event says in words; [`text_is_over`](Self::text_is_over) is to follow.
    pub(super) fn append(&mut self, text: &mut String, event: &Event<'_>) {
        self.lane.pass_blanks(false);
        match event {
            Event::Text(piece) => text.push_str(piece),
            Event::CData(piece) => text.push_str(piece),
            Event::GeneralRef(reference) => self.append_reference(text, reference),
            _ => {}
        }
    }

    fn append_reference(&mut self, text: &mut String, reference: &BytesRef<'_>) {
        let name: &str = reference;
        let known = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        if let Some(character) = known {
            text.push(character);
        } else {
            // An entity of a DTD is never looked up, let alone expanded.
            self.notes.add(Note::StrayMarkup);
            text.push('&');
            text.push_str(name);
            text.push(';');
        }
    }

    /// An element's name as written.
    pub(super) fn name(&self, element: &Child<'_>) -> &'w str {
        let tag = self.raw(element.at.saturating_add(1)..element.inside).unwrap_or_default();
        tag.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next().unwrap_or_default()
    }

    /// An element's start tag: what stands between `<` and `>`.
    pub(super) fn tag(&self, element: &Child<'_>) -> &'w str {
        self.raw(element.at.saturating_add(1)..element.inside.saturating_sub(1)).unwrap_or_default()
    }

    /// An element's `lang` attribute.
    pub(super) fn lang(&self, element: &Child<'_>) -> Option<String> {
        let name = self.name(element).len();
        let start = element.at.saturating_add(1).saturating_add(name);
        let inside = self.raw(start..element.inside)?.trim_end_matches(['>', '/']);
        if inside.is_empty() {
            return None;
        }
        let tag = BytesStart::from_content(inside, 0);
        let mut attributes = tag.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .filter(|attribute| matches!(attribute.key.0, "lang" | "xml:lang"))
            .map(|attribute| attribute.value.trim().to_owned())
            .next()
    }

    /// Passes over an element whatever is in it; gives its raw XML, `None` where it nests too deep (a note says so).
    pub(super) fn skip(&mut self, element: &Child<'_>) -> Result<Option<&'w str>, Snag> {
        let mut depth = usize::from(!element.is_over());
        let mut too_deep = false;
        while depth > 0 {
            match self.event()? {
                // A report does not stand in a foreign element: one that seems to was not closed.
                Event::Start(start) if Tag::exact(start.name().0).is_top() => return Err(Snag::Odd),
                Event::Start(_) => {
                    depth = depth.saturating_add(1);
                    too_deep |= depth > self.depth;
                }
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if too_deep {
            self.notes.add(self.depth_note());
            return Ok(None);
        }
        Ok(self.raw(element.at..self.position()))
    }

    /// The note that elements nest too deep.
    pub(super) fn depth_note(&self) -> Note {
        Note::Limit { limit: LimitKind::ElementDepth, value: self.depth as u64 }
    }

    /// The limit of elements inside each other.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    fn raw(&self, range: Range<usize>) -> Option<&'w str> {
        self.bytes.get(range).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }
}

/// An element whose start tag was read.
pub(super) struct Child<'w> {
    /// What it is.
    pub(super) tag: Tag,
    /// All that is in it, where it was read whole.
    text: Option<&'w str>,
    /// Where its start tag begins.
    pub(super) at: usize,
    /// Where its start tag is over.
    inside: usize,
}

impl Child<'_> {
    /// Whether no end tag is to come: it is written `<like-this/>`, or was read whole.
    pub(super) fn is_over(&self) -> bool {
        self.text.is_some()
    }
}

/// Whether there is nothing but blanks.
#[inline]
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
        || text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty()
}

/// Text without blanks around it.
#[inline]
pub(super) fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
    }
}

#[inline]
fn trim(text: &str) -> &str {
    match text.as_bytes() {
        // Most text has no blanks around: letters tell so at once.
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}
