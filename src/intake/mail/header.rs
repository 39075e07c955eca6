//! A part's header fields: those that reading needs, and no more of each than that takes.

use super::decode::{Encoding, decoded};
use crate::find::find;
use crate::intake::charset::Charsets;

/// Bytes of a field that are kept.
pub(super) const FIELD: usize = 4 << 10;
/// Bytes of a boundary. The standard allows 70 (RFC 2046 §5.1.1).
pub(super) const BOUNDARY: usize = 200;
/// Characters of a subject that are kept.
const SUBJECT: usize = 120;

/// What a header says, as written; empty where it says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Header {
    content_type: Vec<u8>,
    encoding: Vec<u8>,
    subject: Vec<u8>,
    /// Whether a mail server says that it could not deliver something.
    pub(super) has_failed_recipients: bool,
}

/// A field that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// `Content-Type`, or `ContentType` as some write it.
    ContentType,
    /// `Content-Transfer-Encoding`.
    Encoding,
    /// `Subject`.
    Subject,
}

/// What is done with a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Parts between boundaries.
    Multipart,
    /// A message as it is.
    Message,
    /// Anything else.
    Leaf,
}

impl Header {
    /// A field begins; `None` for one that nobody asks for, or that stood there before.
    pub(super) fn begin(&mut self, name: &[u8]) -> Option<Field> {
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        let field = if is(b"content-type") || is(b"contenttype") {
            Field::ContentType
        } else if is(b"content-transfer-encoding") {
            Field::Encoding
        } else if is(b"subject") {
            Field::Subject
        } else {
            self.has_failed_recipients |= is(b"x-failed-recipients");
            return None;
        };
        self.value(field).is_empty().then_some(field)
    }

    /// Where a field's value is kept.
    pub(super) const fn value(&mut self, field: Field) -> &mut Vec<u8> {
        match field {
            Field::ContentType => &mut self.content_type,
            Field::Encoding => &mut self.encoding,
            Field::Subject => &mut self.subject,
        }
    }

    /// Whether the media type is this one, or of this kind where `word` ends with a slash.
    pub(super) fn is_type(&self, word: &[u8]) -> bool {
        let media = self.content_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let begins = media.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        begins && (word.ends_with(b"/") || media.len() == word.len())
    }

    /// What is done with the part.
    pub(super) fn shape(&self) -> Shape {
        if self.is_type(b"multipart/") {
            Shape::Multipart
        } else if (self.is_type(b"message/rfc822") || self.is_type(b"message/global"))
            && self.encoding() == Encoding::Identity
        {
            Shape::Message
        } else {
            Shape::Leaf
        }
    }

    /// How the body is written.
    pub(super) fn encoding(&self) -> Encoding {
        Encoding::of(&self.encoding)
    }

    /// The boundary of a multipart, where one is stated.
    pub(super) fn boundary(&self) -> Option<Box<[u8]>> {
        let boundary = self.parameter(b"boundary")?;
        (!boundary.is_empty() && boundary.len() <= BOUNDARY).then(|| boundary.into())
    }

    /// Whether the part is a report of this type (RFC 6522 §3).
    pub(super) fn is_report(&self, kind: &[u8]) -> bool {
        self.is_type(b"multipart/report")
            && self.parameter(b"report-type").is_some_and(|value| value.eq_ignore_ascii_case(kind))
    }

    /// A parameter of the content type, without its quotes (RFC 2045 §5.1).
    fn parameter(&self, name: &[u8]) -> Option<Vec<u8>> {
        let mut rest = self.content_type.as_slice();
        while let Some(at) = rest.iter().position(|byte| *byte == b';') {
            rest = rest.get(at + 1..).unwrap_or_default().trim_ascii_start();
            let Some(equals) = rest.iter().position(|byte| matches!(byte, b'=' | b';')) else { continue };
            if rest.get(equals) == Some(&b';') {
                continue;
            }
            let found = rest.get(..equals).unwrap_or_default().trim_ascii().eq_ignore_ascii_case(name);
            rest = rest.get(equals + 1..).unwrap_or_default().trim_ascii_start();
            let value = match rest.strip_prefix(b"\"") {
                Some(quoted) => {
                    let (value, after) = quoted_string(quoted);
                    rest = after;
                    value
                }
                None => {
                    let end = rest.iter().position(|byte| *byte == b';').unwrap_or(rest.len());
                    rest.get(..end).unwrap_or_default().trim_ascii().to_vec()
                }
            };
            if found {
                return Some(value);
            }
        }
        None
    }

    /// The subject as people read it: encoded words decoded (RFC 2047), control characters replaced, cut to 120 characters.
    pub(super) fn subject(&self, charsets: &dyn Charsets) -> Box<str> {
        let text = words(&self.subject, charsets);
        let (mut subject, mut length) = (String::new(), 0);
        for c in text.chars() {
            let is_blank = c.is_control() || c == ' ';
            if length == SUBJECT {
                break;
            }
            if !is_blank || !subject.is_empty() && !subject.ends_with(' ') {
                subject.push(if is_blank { ' ' } else { c });
                length += 1;
            }
        }
        subject.trim_end().into()
    }
}

/// A quoted string up to its closing quote, and what follows.
fn quoted_string(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let (mut value, mut bytes) = (Vec::new(), text.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => value.extend(bytes.next()),
            _ => value.push(*byte),
        }
    }
    (value, bytes.as_slice())
}

/// Text with encoded words: `=?charset?B?…?=`.
fn words(text: &[u8], charsets: &dyn Charsets) -> String {
    let (mut out, mut rest) = (String::new(), text);
    let mut after_word = false;
    while let Some(at) = find(rest, b"=?") {
        let (before, word) = rest.split_at(at);
        // Blanks between two encoded words are no text.
        if !(after_word && before.trim_ascii().is_empty()) {
            out += &String::from_utf8_lossy(before);
        }
        match encoded_word(word, charsets) {
            Some((text, after)) => {
                out += &text;
                (rest, after_word) = (after, true);
            }
            None => {
                out += "=?";
                (rest, after_word) = (word.get(2..).unwrap_or_default(), false);
            }
        }
    }
    out + &String::from_utf8_lossy(rest)
}

fn encoded_word<'a>(word: &'a [u8], charsets: &dyn Charsets) -> Option<(String, &'a [u8])> {
    let inside = word.strip_prefix(b"=?")?;
    let mut fields = inside.splitn(3, |byte| *byte == b'?');
    let (charset, encoding, rest) = (fields.next()?, fields.next()?, fields.next()?);
    let end = find(rest, b"?=")?;
    let (text, after) = (rest.get(..end)?, rest.get(end + 2..)?);
    let bytes = match encoding {
        [b'b' | b'B'] => decoded(Encoding::Base64, text),
        [b'q' | b'Q'] => {
            let text: Vec<u8> = text.iter().map(|byte| if *byte == b'_' { b' ' } else { *byte }).collect();
            decoded(Encoding::QuotedPrintable, &text)
        }
        _ => return None,
    };
    let charset = std::str::from_utf8(charset).ok()?.split('*').next()?.to_ascii_lowercase();
    let decoder = if matches!(charset.as_str(), "utf-8" | "us-ascii") { None } else { charsets.decoder(&charset) };
    let text = match decoder {
        Some(mut decoder) => decoder.decode(&bytes, true),
        None => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Some((text, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::charset::HostCharsets;

    fn typed(text: &str) -> Header {
        Header { content_type: text.into(), ..Header::default() }
    }

    #[test]
    fn parameters_are_found_however_they_are_written() {
        for text in [
            "multipart/mixed; boundary=\"a;b\"",
            "Multipart/Mixed;\tcharset=\"x \\\" y; boundary=no\" ; Boundary = \"a\\;b\" ",
            "multipart/mixed;; x; type=text;boundary=\"a;b",
        ] {
            assert_eq!(typed(text).boundary().as_deref(), Some(&b"a;b"[..]), "{text}");
            assert_eq!(typed(text).shape(), Shape::Multipart);
        }
        assert_eq!(typed("multipart/mixed; boundary=a-b ; x=y").boundary().as_deref(), Some(&b"a-b"[..]));
        assert_eq!(typed("multipart/mixed").boundary(), None);
        assert!(typed("multipart/report; report-type=TLSRPT").is_report(b"tlsrpt"));
        assert!(!typed("multipart/reports; report-type=tlsrpt").is_report(b"tlsrpt"));
        assert_eq!(typed("message/rfc822").shape(), Shape::Message);
        assert_eq!(typed("").shape(), Shape::Leaf);
    }

    #[test]
    fn subjects_are_read() {
        for (text, subject) in [
            ("Report Domain: example.org\r\n Submitter: a", "Report Domain: example.org Submitter: a"),
            ("=?utf-8?B?R3LDvMOfZQ==?= =?ISO-8859-1?q?=FCber_alles?= x", "Grüßeüber alles x"),
            ("=?utf-8?x?a?= =? =?utf-8?Q?a", "=?utf-8?x?a?= =? =?utf-8?Q?a"),
            ("a\0\u{7}b", "a b"),
        ] {
            let header = Header { subject: text.into(), ..Header::default() };
            assert_eq!(&*header.subject(&HostCharsets), subject);
        }
    }
}
