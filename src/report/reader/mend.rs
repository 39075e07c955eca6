use std::borrow::Cow;

use memchr::memchr2;

use super::names::Tag;
use super::seek::{Signpost, signpost};
use crate::find::find;
use crate::ledger::{LimitKind, Note, Notes};

/// Longest entity name looked for.
const ENTITY: usize = 32;

/// A well-formed copy of a construct that is not well-formed: its first tag to its end tag.
pub(super) struct Mended {
    /// The copy.
    pub(super) text: String,
    /// Whether the end of a record was met whose beginning is not there: something is lost.
    pub(super) lost: bool,
}

/// Makes a well-formed copy of a construct, with a note for each thing changed.
///
/// `cut` tells that the bytes end before the construct does: what was begun is left out.
pub(super) fn mend(bytes: &[u8], cut: bool, depth: usize, notes: &mut Notes) -> Mended {
    let text = String::from_utf8_lossy(bytes);
    if let Cow::Owned(text) = &text {
        let broken = text.matches('\u{FFFD}').count() as u64;
        notes.add_times(Note::BrokenBytes, broken.max(1));
    }
    let mut mender = Mender {
        text: &text,
        at: 0,
        out: String::with_capacity(text.len()),
        open: Vec::new(),
        depth,
        cut,
        notes,
        lost: false,
        endless: [false; 2],
    };
    mender.run();
    if cut && mender.open.last().is_some_and(|open| open.leaf) {
        // A word cut short is another word.
        if let Some(open) = mender.open.pop() {
            mender.out.truncate(open.out_at);
        }
    }
    while let Some(open) = mender.open.pop() {
        mender.close(&open, !cut);
    }
    Mended { text: mender.out, lost: mender.lost }
}

struct Open<'t> {
    name: &'t str,
    tag: Tag,
    leaf: bool,
    /// Where its start tag begins in the copy.
    out_at: usize,
}

struct Mender<'t, 'n> {
    text: &'t str,
    at: usize,
    out: String,
    open: Vec<Open<'t>>,
    depth: usize,
    cut: bool,
    notes: &'n mut Notes,
    lost: bool,
    /// Whether no comment, and no CDATA section, ends from here on: looked for once, however many begin.
    endless: [bool; 2],
}

impl<'t> Mender<'t, '_> {
    fn run(&mut self) {
        while let Some(rest) = self.text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let Some(found) = memchr2(b'<', b'&', rest.as_bytes()) else {
                self.copy(rest.len());
                return;
            };
            self.copy(found);
            let Some(rest) = rest.get(found..) else { return };
            if rest.starts_with('&') {
                self.reference(rest);
            } else if !self.markup(rest) {
                self.stray("&lt;");
            }
        }
    }

    /// Copies the next `count` bytes as they stand. Text outside of the construct is nobody's.
    fn copy(&mut self, count: usize) {
        let end = self.at.saturating_add(count);
        if !self.open.is_empty()
            && let Some(piece) = self.text.get(self.at..end)
        {
            self.out.push_str(piece);
        }
        self.at = end;
    }

    /// Takes the next character, which is markup by mistake, as text.
    fn stray(&mut self, escaped: &str) {
        self.notes.add(Note::StrayMarkup);
        if !self.open.is_empty() {
            self.out.push_str(escaped);
        }
        self.at = self.at.saturating_add(1);
    }

    fn reference(&mut self, rest: &str) {
        let name = rest.as_bytes().iter().skip(1).take(ENTITY);
        let length = name.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_')).count();
        let end = length.saturating_add(1);
        if length > 0 && rest.as_bytes().get(end) == Some(&b';') {
            self.copy(end.saturating_add(1));
        } else {
            self.stray("&amp;");
        }
    }

    /// Reads what begins with `<`; `false` where it is no markup.
    fn markup(&mut self, rest: &'t str) -> bool {
        for ((start, end), endless) in [("<!--", "-->"), ("<![CDATA[", "]]>")].into_iter().zip(&mut self.endless) {
            if let Some(inside) = rest.strip_prefix(start) {
                let found = if *endless { None } else { find(inside.as_bytes(), end.as_bytes()) };
                let Some(length) = found else {
                    *endless = true;
                    return false;
                };
                self.copy(start.len().saturating_add(length).saturating_add(end.len()));
                return true;
            }
        }
        let bytes = rest.as_bytes();
        let Some(over) = memchr2(b'<', b'>', bytes.get(1..).unwrap_or_default()).map(|over| over.saturating_add(1))
        else {
            if self.cut {
                // The last tag, cut short.
                self.at = self.text.len();
            }
            return self.cut;
        };
        if rest.starts_with("<?") && bytes.get(over.saturating_sub(1)) == Some(&b'?') {
            self.at = self.at.saturating_add(over).saturating_add(1);
            return true;
        }
        let closed = bytes.get(over) == Some(&b'>');
        let Some(post) = signpost(bytes, 0) else { return false };
        // The name's text outlives this call as the text does.
        let name_at = 1_usize.saturating_add(usize::from(post.closing));
        let Some(name) = rest.get(name_at..name_at.saturating_add(post.name.len())) else { return false };
        let inside = rest.get(name_at.saturating_add(name.len())..over).unwrap_or_default();
        if !is_name(name) || (!closed && (post.tag == Tag::Foreign || !inside.trim().is_empty())) {
            return false;
        }
        let length = if closed { over.saturating_add(1) } else { over };
        let taken = if post.closing {
            self.end(name, post, rest.get(length..).unwrap_or_default())
        } else {
            self.start(name, post, inside)
        };
        if taken {
            if !closed {
                self.notes.add(Note::StrayMarkup);
            }
            self.at = self.at.saturating_add(length);
        }
        taken
    }

    fn start(&mut self, name: &'t str, post: Signpost<'_>, inside: &str) -> bool {
        let tag = post.tag;
        let (attributes, empty) = match inside.strip_suffix('/') {
            Some(attributes) => (attributes, true),
            None => (inside, false),
        };
        let sound = are_attributes(attributes);
        if tag == Tag::Foreign && (!sound || self.open.last().is_some_and(|open| open.leaf)) {
            return false;
        }
        let parents = tag.parents();
        let place = self.open.iter().rposition(|open| parents.contains(&open.tag) && !open.leaf);
        match place {
            // An element above may hold it: those in between were not closed.
            Some(place) => self.close_to(place.saturating_add(1)),
            // A known word in the middle of a text is text.
            None if self.open.last().is_some_and(|open| open.leaf) => return false,
            None => {}
        }
        if self.open.len() >= self.depth.max(8) {
            self.notes.add(Note::Limit { limit: LimitKind::ElementDepth, value: self.depth as u64 });
            return false;
        }
        let out_at = self.out.len();
        self.out.push('<');
        self.out.push_str(name);
        if sound {
            self.out.push_str(attributes);
        } else {
            self.notes.add(Note::StrayMarkup);
        }
        self.out.push_str(if empty { "/>" } else { ">" });
        if !empty {
            let evaluated = self.open.last().is_some_and(|open| open.tag == Tag::PolicyEvaluated);
            self.open.push(Open { name, tag, leaf: tag.is_leaf(evaluated), out_at });
        }
        true
    }

    /// Reads an end tag, before `after`.
    fn end(&mut self, name: &str, post: Signpost<'_>, after: &str) -> bool {
        let same = |open: &Open<'_>| open.name == name || (open.tag == post.tag && post.tag != Tag::Foreign);
        if let Some(place) = self.open.iter().rposition(same) {
            self.close_to(place.saturating_add(1));
            if let Some(open) = self.open.pop() {
                self.close(&open, false);
            }
            return true;
        }
        if post.tag == Tag::Foreign
            && let Some(leaf) = self.open.pop_if(|open| open.leaf)
        {
            // Where the next element follows at once, it can only be meant as this one's end tag.
            let next = after.trim_start();
            if !next.starts_with('<') || next.strip_prefix("</").is_some_and(|next| next.starts_with(leaf.name)) {
                self.open.push(leaf);
                return false;
            }
            self.close(&leaf, true);
            return true;
        }
        self.lost |= post.tag == Tag::Record;
        self.notes.add(Note::UnclosedElement(name.into()));
        true
    }

    /// Closes elements until `count` are open.
    fn close_to(&mut self, count: usize) {
        while self.open.len() > count {
            let Some(open) = self.open.pop() else { return };
            self.close(&open, true);
        }
    }

    fn close(&mut self, open: &Open<'_>, noted: bool) {
        if noted {
            self.notes.add(Note::UnclosedElement(open.name.into()));
        }
        self.out.push_str("</");
        self.out.push_str(open.name);
        self.out.push('>');
    }
}

fn is_name(name: &str) -> bool {
    let first = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
    first && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
}

/// Whether the inside of a tag, after its name, is attributes and nothing else.
fn are_attributes(inside: &str) -> bool {
    let mut rest = inside.trim();
    while !rest.is_empty() {
        let Some((key, value)) = rest.split_once('=') else { return false };
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return false };
        let Some((_, after)) = value.get(1..).and_then(|value| value.split_once(quote)) else { return false };
        if !is_name(key.trim()) {
            return false;
        }
        rest = after.trim_start();
    }
    true
}
