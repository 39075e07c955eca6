//! A window over a stream of text in lines of any length.

use std::io::{self, Read};

use crate::intake::shared::Shared;

/// Bytes that can be looked at ahead of a line's beginning.
pub(super) const LOOK: usize = 2 << 10;

/// Bytes in order, with a look ahead. A line is never held whole.
pub(super) struct Lines<'a, 's> {
    shared: &'a Shared<'s>,
    source: &'a mut dyn Read,
    /// A used buffer of [`Shared`], given back at the end.
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    /// Where `start` is in the stream.
    offset: u64,
    is_over: bool,
    error: Option<io::Error>,
}

impl<'a, 's> Lines<'a, 's> {
    /// Begins at the source's first byte.
    pub(super) fn new(shared: &'a Shared<'s>, source: &'a mut dyn Read) -> Self {
        let buffer = shared.head();
        Self { shared, source, buffer, start: 0, end: 0, offset: 0, is_over: false, error: None }
    }

    /// Where the next byte is in the stream.
    pub(super) const fn offset(&self) -> u64 {
        self.offset
    }

    /// What comes next: at least `least` bytes (up to [`LOOK`]) while the source has so many.
    pub(super) fn peek(&mut self, least: usize) -> &[u8] {
        if self.end.saturating_sub(self.start) < least && !self.is_over {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end = self.end.saturating_sub(self.start);
            self.start = 0;
            while self.end < least && !self.is_over {
                let room = self.buffer.get_mut(self.end..).unwrap_or_default();
                match self.source.read(room) {
                    Ok(0) => self.is_over = true,
                    Ok(count) => self.end = self.end.saturating_add(count).min(self.buffer.len()),
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => {
                        self.is_over = true;
                        self.error = Some(error);
                    }
                }
            }
        }
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Passes over bytes that were looked at.
    pub(super) fn consume(&mut self, count: usize) {
        let count = count.min(self.end.saturating_sub(self.start));
        self.start += count;
        self.offset = self.offset.saturating_add(count as u64);
    }

    /// Passes over the rest of the line; up to `most` bytes of it, without its end, are added to `into`.
    pub(super) fn rest_of_line(&mut self, mut into: Option<(&mut Vec<u8>, usize)>) {
        loop {
            let bytes = self.peek(1);
            let (line, over) = match memchr::memchr(b'\n', bytes) {
                Some(end) => (bytes.get(..end).unwrap_or_default(), true),
                None => (bytes, bytes.is_empty()),
            };
            if let Some((into, most)) = &mut into {
                let room = most.saturating_sub(into.len()).min(line.len());
                into.extend_from_slice(line.get(..room).unwrap_or_default());
            }
            let count = line.len() + usize::from(over);
            self.consume(count);
            if over {
                return;
            }
        }
    }

    /// Why the source ended early, told once.
    pub(super) fn take_error(&mut self) -> Option<io::Error> {
        // What was read before it comes first.
        if self.start < self.end { None } else { self.error.take() }
    }
}

impl Drop for Lines<'_, '_> {
    fn drop(&mut self) {
        self.shared.return_head(std::mem::take(&mut self.buffer));
    }
}
