//! What an item is, told by its first bytes and never by its name.

use std::borrow::Cow;

use super::tar;
use crate::find::{find, find_all};
use crate::ledger::Found;

/// The formats that are told apart. What is done with each stands in `open.rs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// No bytes, or only blanks.
    Empty,
    /// One or more gzip members.
    Gzip,
    /// A zlib stream.
    Zlib,
    /// A zip archive, whole or its beginning.
    Zip,
    /// A tape archive.
    Tar,
    /// Anything that may hold an aggregate report; the guess stands where the report reader finds no words of its own.
    Xml(Option<Found>),
    /// A TLS report (RFC 8460).
    Tls,
    /// A failure report (RFC 6591 §3), apart from the message it came in.
    Failure,
    /// A compound file: an Outlook message, or an old Office document.
    Ole,
    /// A single e-mail.
    Mail,
    /// A mailbox in the mbox format.
    Mbox,
    /// A program, which may carry a zip archive behind it.
    Program,
    /// Anything else.
    Known(Found),
}

/// Formats with a fixed beginning: archives that are not opened.
const ARCHIVES: &[(&[u8], &str)] = &[
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"Rar!\x1A\x07", "rar"),
    (b"\xFD7zXZ\0", "xz"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\x04\x22\x4D\x18", "lz4"),
    (b"\x1F\x9D", "compress"),
    (b"MSCF\0\0\0\0", "cab"),
    (b"LZIP\x01", "lzip"),
    (b"\x60\xEA", "arj"),
];

/// Formats with a fixed beginning that hold no reports.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1A\n", "png"),
    (b"\xFF\xD8\xFF", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"!BDN", "pst"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    (b"Obj\x01", "avro"),
];

/// What an aggregate report has in it wherever it begins.
const MARKS: [&[u8]; 4] = [b"<feedback", b"<?xml", b"<record", b"<report_metadata"];

/// Header fields that only e-mail has.
const MAIL_FIELDS: [&str; 9] = [
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "dkim-signature",
    "subject",
    "from",
    "x-original-to",
];

impl Format {
    /// Tells the format by an item's first bytes, up to 64 KiB of them.
    pub(super) fn of(head: &[u8]) -> Self {
        Self::by_magic(head).unwrap_or_else(|| Self::by_text(head))
    }

    fn by_magic(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, 8, ..] => return Some(Self::Gzip),
            [0x78, 0x01 | 0x9C | 0xDA, ..] => return Some(Self::Zlib),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 6, 6, ..] => return Some(Self::Zip),
            // The marks of archives once split over several disks.
            [b'P', b'K', 7, 8, b'P', b'K', ..] | [b'P', b'K', b'0', b'0', b'P', b'K', ..] => return Some(Self::Zip),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => return Some(Self::Ole),
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31 | 0x17, ..] => {
                return Some(Self::Known(Found::Archive("bzip2".into())));
            }
            [b'M', b'Z', ..] | [0x7F, b'E', b'L', b'F', ..] if !is_text(head) => return Some(Self::Program),
            _ => {}
        }
        if let Some((_, name)) = ARCHIVES.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Some(Self::Known(Found::Archive((*name).into())));
        }
        if let Some((_, name)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
            return Some(Self::Known(Found::Other((*name).into())));
        }
        // The oldest ones have no mark.
        (head.get(257..262) == Some(b"ustar") || tar::is_header(head)).then_some(Self::Tar)
    }

    fn by_text(head: &[u8]) -> Self {
        let text = narrow(head);
        let start = trim(&text);
        if start.is_empty() {
            return if head.contains(&0) { Self::Known(Found::Binary) } else { Self::Empty };
        }
        if let Some(mail) = mail(start) {
            return mail;
        }
        let html = is_html(start).then(|| Found::Other("html".into()));
        match start {
            [b'<', ..] if html.is_some() && !has_mark(start) => Self::Known(Found::Other("html".into())),
            [b'<', ..] => Self::Xml(html),
            [b'{' | b'[', ..] if is_tls(start) => Self::Tls,
            _ if has_mark(start) => Self::Xml(Some(kind_of_bytes(head))),
            [b'{', rest @ ..] | [b'[', rest @ ..] if looks_like_json(rest) => Self::Known(Found::Json),
            // A report behind a few bytes of junk, with names that are all prefixed or misspelt.
            _ if is_text(head) && junk_then_tag(start) => Self::Xml(Some(kind_of_bytes(head))),
            _ => Self::Known(kind_of_bytes(head)),
        }
    }
}

/// The bytes without the zeros of UTF-16, for looking only.
fn narrow(head: &[u8]) -> Cow<'_, [u8]> {
    let wide = match head {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        _ => {
            let look = head.get(..512).unwrap_or(head);
            let count = |odd: usize| look.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
            let (even, odd) = (count(0), count(1));
            look.len() >= 8 && even.max(odd) * 5 > look.len() * 2 && even.min(odd) * 20 < look.len()
        }
    };
    if wide { Cow::Owned(head.iter().copied().filter(|byte| *byte != 0).collect()) } else { Cow::Borrowed(head) }
}

/// Without byte order mark and leading blanks.
fn trim(text: &[u8]) -> &[u8] {
    let marks: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];
    let text = marks.iter().find_map(|mark| text.strip_prefix(*mark)).unwrap_or(text);
    text.trim_ascii_start()
}

/// Whether a report's element or an XML declaration is anywhere in the text, plain or with a namespace prefix.
fn has_mark(text: &[u8]) -> bool {
    MARKS.iter().any(|mark| find(text, mark).is_some())
        || find_all(text, b":feedback").any(|at| {
            let before = text.get(at.saturating_sub(64)..at).unwrap_or_default();
            let prefix = before.iter().rev().take_while(|byte| is_name(**byte)).count();
            prefix > 0 && before.iter().rev().nth(prefix) == Some(&b'<')
        })
}

const fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

fn is_html(start: &[u8]) -> bool {
    let begins = |word: &[u8]| start.get(..word.len()).is_some_and(|bytes| bytes.eq_ignore_ascii_case(word));
    begins(b"<!doctype html") || begins(b"<html") || begins(b"<head>")
}

/// Two keys that a TLS report has and nothing else (RFC 8460 §4.4).
fn is_tls(start: &[u8]) -> bool {
    let has = |key: &[u8]| find(start, key).is_some();
    has(b"\"policies\"") && (has(b"\"organization-name\"") || has(b"\"policy-type\""))
}

fn looks_like_json(rest: &[u8]) -> bool {
    matches!(
        rest.trim_ascii_start(),
        [] | [b'"' | b'{' | b'}' | b'[' | b']' | b'0'..=b'9' | b't' | b'f' | b'n' | b'-', ..]
    )
}

fn junk_then_tag(start: &[u8]) -> bool {
    let junk = start.get(..64).unwrap_or(start);
    memchr::memchr(b'<', junk).is_some_and(|at| {
        matches!(start.get(at + 1..), Some([b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z', ..]))
            && find(start, b"</").is_some()
            && !junk.get(..at).unwrap_or_default().contains(&b'\n')
    })
}

/// E-mail by its header fields, an mbox by its separator line before them.
fn mail(start: &[u8]) -> Option<Format> {
    let (format, header) = match start.strip_prefix(b"From ") {
        Some(rest) => (Format::Mbox, rest.splitn(2, |byte| *byte == b'\n').nth(1).unwrap_or_default()),
        None => (Format::Mail, start),
    };
    let (mut fields, mut telling) = (0, 0);
    for line in header.split(|byte| *byte == b'\n').take(200) {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if matches!(line, [b' ' | b'\t', ..]) && fields > 0 {
            continue;
        }
        let name = line.split(|byte| *byte == b':').next().filter(|name| name.len() < line.len());
        let Some(name) = name.filter(|name| !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic())) else {
            // Not a header: what came before decides.
            break;
        };
        if name.eq_ignore_ascii_case(b"feedback-type") {
            return Some(Format::Failure);
        }
        fields += 1;
        telling += usize::from(MAIL_FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes())));
    }
    let enough = fields >= 2 && telling >= 1 || format == Format::Mbox && fields >= 1;
    enough.then_some(format)
}

/// Text or not, by the first 4 KiB.
fn kind_of_bytes(head: &[u8]) -> Found {
    if is_text(head) { Found::Text } else { Found::Binary }
}

fn is_text(head: &[u8]) -> bool {
    let look = head.get(..4096).unwrap_or(head);
    if matches!(look, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        return true;
    }
    let odd = look.iter().filter(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31 | 127)).count();
    // A stray control character or two make no binary; a zero does.
    !look.contains(&0) && odd * 50 <= look.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, little: bool, bom: bool) -> Vec<u8> {
        let units = bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn reports_are_told_however_they_begin() {
        for text in [
            "<?xml version=\"1.0\"?><feedback>",
            "\u{feff}<feedback>",
            "\n\n  <feedback xmlns=\"x\">",
            "junk junk <?xml version=\"1.0\"?>",
            "junk\njunk\n<ns0:feedback xmlns:ns0=\"urn\">",
            "{<feedback>",
            "<report_metadata>",
        ] {
            assert!(matches!(Format::of(text.as_bytes()), Format::Xml(_)), "{text}");
            for (little, bom) in [(true, true), (true, false), (false, true), (false, false)] {
                let text = text.trim_start_matches('\u{feff}');
                assert!(matches!(Format::of(&utf16(text, little, bom)), Format::Xml(_)), "{text} {little} {bom}");
            }
        }
    }

    #[test]
    fn other_files_are_named() {
        let known = |bytes: &[u8]| match Format::of(bytes) {
            Format::Known(Found::Archive(name) | Found::Other(name)) => name.to_string(),
            other => format!("{other:?}"),
        };
        for (bytes, name) in [
            (&b"7z\xBC\xAF\x27\x1C\0\x04"[..], "7z"),
            (b"Rar!\x1A\x07\x01\0", "rar"),
            (b"\xFD7zXZ\0\0", "xz"),
            (b"BZh91AY&SY", "bzip2"),
            (b"\x28\xB5\x2F\xFD\0", "zstd"),
            (b"%PDF-1.7", "pdf"),
            (b"\x89PNG\r\n\x1A\n", "png"),
            (b"\xFF\xD8\xFF\xE0", "jpeg"),
            (b"GIF89a", "gif"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "Ole"),
            (b"Feedback-Type: auth-failure\nVersion: 1\n", "Failure"),
            (b"!BDN", "pst"),
            (b"<!DOCTYPE html><p>", "html"),
            (b"", "Empty"),
            (b" \r\n\t", "Empty"),
            (b"{\"a\": 1}", "Known(Json)"),
            (b"{\"organization-name\":\"x\",\"policies\":[]}", "Tls"),
            (b"Received: from a\r\n\tby b\r\nSubject: c\r\n\r\n<feedback>", "Mail"),
            (b"From a@b Mon Jan  1 00:00:00 2024\nReceived: x\n\n", "Mbox"),
            (b"a,b,c\n1,2,3\n", "Known(Text)"),
            (b"From the beginning\nit was text\n", "Known(Text)"),
            (b"\x01\x02\0\x03", "Known(Binary)"),
            (b"\0\0\0\0", "Known(Binary)"),
            (b"MZ\x90\0\x03\0\0\0", "Program"),
        ] {
            assert_eq!(known(bytes), name, "{}", String::from_utf8_lossy(bytes));
        }
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(Format::of(&tar), Format::Tar);
    }
}
