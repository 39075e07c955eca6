use std::io::Read;

use crate::intake::charset::{Decoder, sniff};
use crate::intake::{Context, Stop};
use crate::ledger::{LimitKind, Note};

/// Bytes asked for at first: most reports are smaller, and a large buffer for each of many would take longer than they.
const SMALL: usize = 32 << 10;
/// Bytes held where there is more.
const FIRST: usize = 1 << 20;
/// Raw bytes decoded at once where the text is not UTF-8.
const BLOCK: usize = 64 << 10;
const BOM: &[u8] = "\u{FEFF}".as_bytes();

/// A piece of the source as UTF-8 text, moved on as it is read.
///
/// It doubles, up to the limit, where one construct does not fit: so a construct is looked at again at most a handful
/// of times, whatever its size.
pub(super) struct Window<'s> {
    source: &'s mut dyn Read,
    /// The text in hand; everything before `start` is done with.
    text: Vec<u8>,
    start: usize,
    /// Offset of `text[start]` in the (decoded) text.
    offset: u64,
    /// Bytes of `text` aimed at.
    size: usize,
    limit: usize,
    /// Bytes taken from the source.
    taken: u64,
    ended: bool,
    failure: Option<Note>,
    legacy: Option<Legacy>,
}

/// Text in a declared charset.
struct Legacy {
    label: Box<str>,
    decoder: Box<dyn Decoder>,
    /// Whether anything but ASCII, which most charsets share, was met: until then nothing is converted.
    active: bool,
}

/// Whether there is more to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    /// More text is there.
    More,
    /// The source has ended, or failed; what is in hand is all.
    Ended,
    /// The construct in hand is larger than the limit.
    Full,
}

impl<'s> Window<'s> {
    /// A window at the beginning of `source`, filled; a byte order mark is passed over.
    pub(super) fn open(source: &'s mut dyn Read, context: &Context<'_>) -> Self {
        let limit = context.limits.element_size.max(1024);
        let mut window = Self {
            source,
            text: Vec::new(),
            start: 0,
            offset: 0,
            size: FIRST.min(limit),
            limit,
            taken: 0,
            ended: false,
            failure: None,
            legacy: None,
        };
        window.read_raw(SMALL.min(limit));
        if !window.ended {
            window.read_raw(window.size.saturating_sub(window.text.len()));
        }
        if let Some(label) = sniff(&window.text)
            && let Some(decoder) = context.charsets.decoder(&label)
        {
            let ascii = !["utf-16", "iso-2022", "csiso2022"].iter().any(|other| label.starts_with(other));
            window.legacy = Some(Legacy { label: label.into(), decoder, active: !ascii });
            let raw = std::mem::take(&mut window.text);
            window.recode(&raw);
        }
        if window.bytes().starts_with(BOM) {
            window.consume(BOM.len());
        }
        window
    }

    /// The text in hand.
    pub(super) fn bytes(&self) -> &[u8] {
        self.text.get(self.start..).unwrap_or_default()
    }

    /// Whether [`bytes`](Self::bytes) goes on to the end of the source.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Where [`bytes`](Self::bytes) begins in the text, in bytes.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// Bytes read from the source up to now, and the charset they were converted from, where they had to be.
    pub(super) fn transcoded(&self) -> Option<(&str, u64)> {
        self.legacy.as_ref().filter(|legacy| legacy.active).map(|legacy| (&*legacy.label, self.taken))
    }

    /// Why reading stopped, where it was not the end.
    pub(super) fn failure(&self) -> Option<&Note> {
        self.failure.as_ref()
    }

    /// Lets go of the first `count` bytes in hand.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.bytes().len());
        self.start = self.start.saturating_add(count);
        self.offset = self.offset.saturating_add(count as u64);
    }

    /// Reads on, keeping what is in hand.
    pub(super) fn fill(&mut self) -> Filled {
        if self.ended {
            return Filled::Ended;
        }
        let held = self.bytes().len();
        self.text.drain(..self.start.min(self.text.len()));
        self.start = 0;
        if held >= self.size {
            if self.size >= self.limit {
                return Filled::Full;
            }
            self.size = self.size.saturating_mul(2).min(self.limit);
        }
        if self.legacy.is_none() {
            self.read_raw(self.size.saturating_sub(held));
        } else {
            while !self.ended && self.text.len() < self.size {
                let text = std::mem::take(&mut self.text);
                self.read_raw(BLOCK);
                let raw = std::mem::replace(&mut self.text, text);
                self.recode(&raw);
            }
        }
        Filled::More
    }

    /// Appends up to `count` bytes of the source to the text.
    fn read_raw(&mut self, count: usize) {
        let before = self.text.len();
        if self.text.try_reserve_exact(count.min(self.limit)).is_err() {
            self.failure = Some(Note::Limit { limit: LimitKind::Memory, value: before as u64 });
            self.ended = true;
            return;
        }
        // `read_to_end` tries again where it is interrupted and keeps what it read before an error.
        let result = (&mut *self.source).take(count as u64).read_to_end(&mut self.text);
        let read = self.text.len().saturating_sub(before);
        self.taken = self.taken.saturating_add(read as u64);
        if let Err(error) = result {
            self.failure = Some(Stop::note_of(&error));
            self.ended = true;
        } else if read < count {
            self.ended = true;
        }
    }

    fn recode(&mut self, raw: &[u8]) {
        let Some(legacy) = &mut self.legacy else { return };
        if !legacy.active && raw.is_ascii() {
            self.text.extend_from_slice(raw);
        } else {
            legacy.active = true;
            self.text.extend_from_slice(legacy.decoder.decode(raw, self.ended).as_bytes());
        }
    }
}
