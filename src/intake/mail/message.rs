//! Messages of a stream, one after the other, and the parts of each: never held, whatever their size.

use std::io::{self, Read};

use super::decode::{Decoder, Encoding};
use super::header::{BOUNDARY, FIELD, Header, Shape};
use super::lines::{LOOK, Lines};
use crate::intake::Context;
use crate::intake::shared::Shared;

/// Bytes of a body decoded at once.
const PIECE: usize = 8 << 10;
/// Parts inside each other at the most, and bytes of a header. Which part is which hangs on them, and so where a report lies: they
/// are never raised.
pub(super) const MOST_INSIDE: usize = 64;
const MOST_HEADER: u64 = 8 << 20;
/// Bytes of a header field's name at the most.
const NAME: usize = 200;

/// What a message as a whole is.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    /// Its subject; empty without one.
    pub(super) subject: Box<str>,
    /// A mail server's notice about a mail that was not delivered, or was read.
    pub(super) is_bounce: bool,
    /// A failure report (RFC 6591 §3).
    pub(super) is_failure: bool,
    /// Whether parts lie inside each other deeper than the limit.
    pub(super) is_too_deep: bool,
}

/// Messages, read from a stream.
pub(in crate::intake) struct Mail<'a, 's> {
    context: Context<'s>,
    lines: Lines<'a, 's>,
    /// Whether this is a mailbox in the mbox format (RFC 4155) instead of a single message.
    is_mailbox: bool,
    /// Messages begun.
    number: u32,
    /// Parts of the message in hand given so far.
    parts: u32,
    about: About,
    /// The boundaries of the multiparts around what comes next, outermost first.
    boundaries: Vec<Box<[u8]>>,
    /// Whether what comes next is a header.
    is_header_next: bool,
    is_line_start: bool,
    /// Whether the line before was blank.
    is_after_blank: bool,
    /// The end of the line before, which belongs to the body only if the body goes on.
    held: &'static [u8],
}

/// What a line is to the body it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// A part of it.
    Plain,
    /// Before the next part of this multipart.
    Delimiter(usize),
    /// The end of this multipart.
    Close(usize),
    /// The first line of the mailbox's next message.
    From,
    /// The stream's end.
    End,
}

impl<'a, 's> Mail<'a, 's> {
    /// Begins before the first message.
    pub(in crate::intake) fn new(shared: &'a Shared<'s>, source: &'a mut dyn Read, is_mailbox: bool) -> Self {
        Self {
            context: shared.context,
            lines: Lines::new(shared, source),
            is_mailbox,
            number: 0,
            parts: 0,
            about: About::default(),
            boundaries: Vec::new(),
            is_header_next: false,
            is_line_start: true,
            is_after_blank: true,
            held: b"",
        }
    }

    /// Goes to the next message and says where it begins; `None` after the last one.
    pub(in crate::intake) fn next_message(&mut self) -> Option<u64> {
        if self.number == 0 {
            self.skip_blanks();
        } else {
            while self.next_part().is_some() {}
            if self.look() != Line::From {
                return None;
            }
        }
        self.number = self.number.saturating_add(1);
        (self.parts, self.about) = (0, About::default());
        self.boundaries.clear();
        let start = self.lines.offset();
        if self.is_mailbox && self.lines.peek(LOOK).starts_with(b"From ") {
            self.skip_line();
        }
        self.is_header_next = true;
        Some(start)
    }

    /// Goes to the next part with a body of its own and says how that is written; `None` after the message's last one.
    pub(in crate::intake) fn next_part(&mut self) -> Option<Encoding> {
        loop {
            if !std::mem::take(&mut self.is_header_next) {
                // Nothing follows the only body there is.
                if !self.is_mailbox && self.boundaries.is_empty() {
                    return None;
                }
                self.skip_body();
                match self.look() {
                    Line::From | Line::End | Line::Plain => return None,
                    Line::Close(level) => {
                        self.boundaries.truncate(level);
                        self.skip_line();
                        continue;
                    }
                    Line::Delimiter(level) => {
                        self.boundaries.truncate(level.saturating_add(1));
                        self.skip_line();
                    }
                }
            }
            let header = self.header();
            if let Some(encoding) = self.enter(&header) {
                self.parts = self.parts.saturating_add(1);
                return Some(encoding);
            }
        }
    }

    /// Begins with what a header announces; the encoding where that is a body to read.
    fn enter(&mut self, header: &Header) -> Option<Encoding> {
        let about = &mut self.about;
        if self.parts == 0 && about.subject.is_empty() {
            about.subject = header.subject(self.context.charsets);
        }
        about.is_failure |= header.is_report(b"feedback-report") || header.is_type(b"message/feedback-report");
        about.is_bounce |= header.has_failed_recipients
            || header.is_report(b"delivery-status")
            || header.is_report(b"disposition-notification")
            || header.is_type(b"message/delivery-status");
        match header.shape() {
            Shape::Multipart if self.boundaries.len() < MOST_INSIDE => {
                self.boundaries.extend(header.boundary());
                self.skip_preamble();
                None
            }
            Shape::Multipart => {
                about.is_too_deep = true;
                None
            }
            // What these send back is somebody else's mail, or one of ours: no report to us.
            _ if (about.is_bounce || about.is_failure)
                && (header.is_type(b"message/") || header.is_type(b"text/rfc822-headers")) =>
            {
                None
            }
            Shape::Message => {
                self.is_header_next = true;
                None
            }
            Shape::Leaf => Some(header.encoding()),
        }
    }

    /// How many messages were begun.
    pub(in crate::intake) const fn number(&self) -> u32 {
        self.number
    }

    /// How many parts of the message in hand were given.
    pub(in crate::intake) const fn parts(&self) -> u32 {
        self.parts
    }

    /// The message's subject.
    pub(in crate::intake) fn subject(&self) -> &str {
        &self.about.subject
    }

    /// What the message is, as far as it was read.
    pub(super) const fn about(&self) -> &About {
        &self.about
    }

    /// Why the stream ended early, told once.
    pub(super) fn take_error(&mut self) -> Option<io::Error> {
        self.lines.take_error()
    }

    /// Reads a header up to its end: an empty line, or whatever cannot stand in a header.
    fn header(&mut self) -> Header {
        let (mut header, mut field, mut is_first) = (Header::default(), None, true);
        let end = self.lines.offset().saturating_add(MOST_HEADER);
        while self.look() == Line::Plain && self.lines.offset() < end {
            let bytes = self.lines.peek(LOOK);
            if is_blank(bytes) {
                self.skip_line();
                break;
            }
            // A field goes on.
            let goes_on = matches!(bytes, [b' ' | b'\t', ..]) && !is_first;
            if !goes_on {
                let Some(name) = field_name(bytes) else {
                    // Quoted by the mailbox that this message was cut from.
                    if is_first && bytes.starts_with(b">From ") {
                        self.skip_line();
                        continue;
                    }
                    break;
                };
                field = header.begin(name);
                let colon = memchr::memchr(b':', bytes).map_or(0, |at| at + 1);
                self.lines.consume(colon);
            }
            self.lines.rest_of_line(field.map(|field| (header.value(field), FIELD)));
            (self.is_after_blank, is_first) = (false, false);
        }
        header
    }

    /// What the line that comes next is.
    fn look(&mut self) -> Line {
        let bytes = self.lines.peek(LOOK);
        match bytes {
            [] => Line::End,
            _ if !self.is_line_start => Line::Plain,
            [b'-', b'-', rest @ ..] => delimiter(&self.boundaries, rest),
            [b'F', b'r', b'o', b'm', b' ', rest @ ..] if self.is_mailbox => {
                if is_separator(rest, self.is_after_blank) {
                    Line::From
                } else {
                    Line::Plain
                }
            }
            _ => Line::Plain,
        }
    }

    fn skip_line(&mut self) {
        self.is_after_blank = self.is_line_start && is_blank(self.lines.peek(2));
        self.lines.rest_of_line(None);
        (self.is_line_start, self.held) = (true, b"");
    }

    /// Passes over blanks and a byte order mark.
    fn skip_blanks(&mut self) {
        if self.lines.peek(LOOK).starts_with(b"\xEF\xBB\xBF") {
            self.lines.consume(3);
        }
        loop {
            let bytes = self.lines.peek(1);
            let blanks = bytes.len() - bytes.trim_ascii_start().len();
            if blanks == 0 {
                return;
            }
            self.lines.consume(blanks);
        }
    }

    /// Passes over what is left of a body.
    fn skip_body(&mut self) {
        if !self.is_line_start {
            self.skip_line();
        }
        while self.look() == Line::Plain {
            self.skip_lines();
        }
    }

    /// Passes over this line, and the next ones that cannot be anything but plain.
    fn skip_lines(&mut self) {
        let bytes = self.lines.peek(LOOK);
        let (mut end, mut is_after_blank) = (0, false);
        for newline in memchr::memchr_iter(b'\n', bytes) {
            is_after_blank = is_blank(bytes.get(end..).unwrap_or_default());
            end = newline + 1;
            if matches!(bytes.get(end), None | Some(b'-' | b'F')) {
                break;
            }
        }
        if end == 0 {
            return self.skip_line();
        }
        self.lines.consume(end);
        (self.is_after_blank, self.held) = (is_after_blank, b"");
    }

    /// Passes over what stands before a multipart's first part. A boundary that is not the one stated, or was not stated at
    /// all, is told by the header field that follows it.
    fn skip_preamble(&mut self) {
        while self.look() == Line::Plain {
            if let Some(boundary) = unstated(self.lines.peek(LOOK)) {
                self.boundaries.push(boundary);
                return;
            }
            self.skip_line();
        }
    }

    /// Copies what comes next of the body, as it is written; nothing at its end.
    fn raw(&mut self, out: &mut [u8]) -> usize {
        let mut made = 0;
        while let Some(room) = out.get_mut(made..).filter(|room| !room.is_empty()) {
            let line = if self.is_line_start { self.look() } else { Line::Plain };
            if !matches!(line, Line::Plain | Line::End) {
                // The end of the line before a boundary belongs to that (RFC 2046 §5.1.1).
                self.held = b"";
                break;
            }
            if self.is_line_start && !self.held.is_empty() {
                made += move_front(&mut self.held, room);
                continue;
            }
            if self.is_line_start {
                if self.is_mailbox && is_quoted(self.lines.peek(LOOK)) {
                    self.lines.consume(1);
                }
                (self.is_line_start, self.is_after_blank) = (false, true);
            }
            let bytes = self.lines.peek(2);
            if bytes.is_empty() {
                break;
            }
            let (end, newline) = line_end(bytes);
            if end == 0 && !newline.is_empty() {
                (self.is_line_start, self.held) = (true, newline);
                self.lines.consume(newline.len());
                continue;
            }
            let count = end.min(room.len());
            room.iter_mut().zip(bytes).take(count).for_each(|(to, from)| *to = *from);
            made += count;
            self.is_after_blank = false;
            self.lines.consume(count);
        }
        made
    }
}

/// Where the text of a line ends, or of what is there of it, and with what the line ends.
fn line_end(bytes: &[u8]) -> (usize, &'static [u8]) {
    match memchr::memchr(b'\n', bytes) {
        Some(at) if at > 0 && bytes.get(at - 1) == Some(&b'\r') => (at - 1, b"\r\n"),
        Some(at) => (at, b"\n"),
        // What ends it may be cut in two.
        None if bytes.len() > 1 && bytes.last() == Some(&b'\r') => (bytes.len() - 1, b""),
        None => (bytes.len(), b""),
    }
}

/// Moves as many bytes as there is room for.
fn move_front(from: &mut &'static [u8], to: &mut [u8]) -> usize {
    let count = from.len().min(to.len());
    let (moved, left) = from.split_at(count);
    to.iter_mut().zip(moved).for_each(|(to, from)| *to = *from);
    *from = left;
    count
}

fn is_blank(bytes: &[u8]) -> bool {
    matches!(bytes, [b'\n', ..] | [b'\r', b'\n', ..])
}

/// A field's name, where a header field begins here.
fn field_name(bytes: &[u8]) -> Option<&[u8]> {
    let colon = memchr::memchr(b':', bytes.get(..NAME).unwrap_or(bytes))?;
    let name = bytes.get(..colon)?.trim_ascii_end();
    (!name.is_empty() && name.iter().all(u8::is_ascii_graphic)).then_some(name)
}

/// Which boundary stands behind two hyphens, innermost first.
fn delimiter(boundaries: &[Box<[u8]>], rest: &[u8]) -> Line {
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    for (level, boundary) in boundaries.iter().enumerate().rev() {
        match line.strip_prefix(&**boundary).map(<[u8]>::trim_ascii_end) {
            Some(b"") => return Line::Delimiter(level),
            Some(b"--") => return Line::Close(level),
            _ => {}
        }
    }
    Line::Plain
}

/// The boundary that this line seems to be: a header field of a part follows.
fn unstated(bytes: &[u8]) -> Option<Box<[u8]>> {
    let line = bytes.strip_prefix(b"--")?;
    let end = memchr::memchr(b'\n', line)?;
    let (line, next) = (line.get(..end)?.trim_ascii_end(), line.get(end + 1..)?);
    let follows = next.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"));
    (follows && !line.is_empty() && line.len() <= BOUNDARY).then(|| line.into())
}

/// Whether a mailbox's next message begins behind `From `: a date and a header field after it, or hardly anything and a header
/// field, after a blank line. A text that begins this way has no header field below it.
fn is_separator(rest: &[u8], is_after_blank: bool) -> bool {
    let Some(end) = memchr::memchr(b'\n', rest) else { return false };
    let (line, next) = (rest.get(..end).unwrap_or_default(), rest.get(end + 1..).unwrap_or_default());
    let words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    let follows = field_name(next).is_some() || next.starts_with(b">From ");
    follows && (is_dated(line) || is_after_blank && words <= 1)
}

/// Whether a time of day and a year are in the line.
fn is_dated(line: &[u8]) -> bool {
    let time = line.windows(3).any(|part| part.first() == Some(&b':') && part.iter().skip(1).all(u8::is_ascii_digit));
    let mut words = line.split(u8::is_ascii_whitespace);
    time && words.any(|word| word.len() == 4 && (word.starts_with(b"19") || word.starts_with(b"20")))
}

/// Whether `From ` was quoted here (RFC 4155 appendix A): once by those that quote only it, once more each time by those
/// that quote what is quoted too. One mark is taken away.
fn is_quoted(bytes: &[u8]) -> bool {
    let marks = bytes.iter().take_while(|byte| **byte == b'>').count();
    marks > 0 && bytes.get(marks..).is_some_and(|rest| rest.starts_with(b"From "))
}

/// The body of the part in hand, decoded.
pub(in crate::intake) struct Part<'m, 'a, 's> {
    mail: &'m mut Mail<'a, 's>,
    decoder: Option<Decoder>,
    /// A piece as it is written.
    raw: Vec<u8>,
    /// The piece decoded, and how much of it was given out.
    plain: Vec<u8>,
    given: usize,
}

impl<'m, 'a, 's> Part<'m, 'a, 's> {
    /// Reads the part in hand.
    pub(in crate::intake) fn new(mail: &'m mut Mail<'a, 's>, encoding: Encoding) -> Self {
        let decoder = (encoding != Encoding::Identity).then(|| Decoder::new(encoding));
        let raw = if decoder.is_some() { vec![0; PIECE] } else { Vec::new() };
        Self { mail, decoder, raw, plain: Vec::new(), given: 0 }
    }

    /// What comes next, decoded; nothing at the end.
    fn decode(&mut self, decoder: &mut Decoder) {
        while self.given == self.plain.len() && !decoder.is_over() {
            self.plain.clear();
            self.given = 0;
            let count = self.mail.raw(&mut self.raw);
            if count == 0 {
                return;
            }
            decoder.decode(self.raw.get(..count).unwrap_or_default(), &mut self.plain);
        }
    }
}

impl Read for Part<'_, '_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let made = match self.decoder.take() {
            None => self.mail.raw(out),
            Some(mut decoder) => {
                self.decode(&mut decoder);
                self.decoder = Some(decoder);
                let made = self.plain.get(self.given..).unwrap_or_default().read(out)?;
                self.given += made;
                made
            }
        };
        if made == 0
            && !out.is_empty()
            && let Some(error) = self.mail.take_error()
        {
            return Err(error);
        }
        Ok(made)
    }
}
