//! Transfer encodings (RFC 2045 §6), undone piece by piece and tolerantly.

/// How a body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::intake) enum Encoding {
    /// As it is: 7bit, 8bit, binary, and whatever is not known.
    #[default]
    Identity,
    /// RFC 2045 §6.8.
    Base64,
    /// RFC 2045 §6.7.
    QuotedPrintable,
}

impl Encoding {
    /// The encoding by its name in a `Content-Transfer-Encoding` field.
    pub(super) fn of(value: &[u8]) -> Self {
        let word = value.trim_ascii().split(|byte| matches!(byte, b';' | b' ' | b'(')).next().unwrap_or_default();
        if word.eq_ignore_ascii_case(b"base64") {
            Self::Base64
        } else if word.eq_ignore_ascii_case(b"quoted-printable") {
            Self::QuotedPrintable
        } else {
            Self::Identity
        }
    }
}

/// A decoder in the middle of a body.
#[derive(Clone, Debug, Default)]
pub(super) struct Decoder {
    encoding: Encoding,
    /// base64: bits that wait for a whole byte, and how many.
    bits: u32,
    count: u32,
    /// quoted-printable: what an `=` has been followed by so far.
    escape: Escape,
    is_over: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Escape {
    #[default]
    None,
    Begun,
    /// The first digit, as written.
    High(u8),
}

impl Decoder {
    /// Begins a body.
    pub(super) fn new(encoding: Encoding) -> Self {
        Self { encoding, ..Self::default() }
    }

    /// Whether nothing more comes: base64 ends with its padding, whatever a mailing list wrote below.
    pub(super) const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Adds to `out` what the next bytes of the body stand for.
    pub(super) fn decode(&mut self, input: &[u8], out: &mut Vec<u8>) {
        match self.encoding {
            Encoding::Identity => out.extend_from_slice(input),
            Encoding::Base64 => input.iter().for_each(|byte| self.base64(*byte, out)),
            Encoding::QuotedPrintable => input.iter().for_each(|byte| self.quoted(*byte, out)),
        }
    }

    fn base64(&mut self, byte: u8, out: &mut Vec<u8>) {
        if self.is_over {
            return;
        }
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => return self.is_over = true,
            _ => return,
        };
        self.bits = self.bits << 6 | u32::from(digit);
        self.count += 6;
        if self.count >= 8 {
            self.count -= 8;
            out.push((self.bits >> self.count) as u8);
        }
    }

    fn quoted(&mut self, byte: u8, out: &mut Vec<u8>) {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (self.escape, byte) {
            (Escape::None, b'=') => self.escape = Escape::Begun,
            (Escape::None, _) => out.push(byte),
            // A soft line break; blanks may have been added before it.
            (Escape::Begun, b'\n') => self.escape = Escape::None,
            (Escape::Begun, b'\r' | b' ' | b'\t') => {}
            (Escape::Begun, _) => match digit(byte) {
                Some(_) => self.escape = Escape::High(byte),
                None => {
                    self.escape = Escape::None;
                    out.extend([b'=', byte]);
                }
            },
            (Escape::High(high), _) => {
                self.escape = Escape::None;
                match (digit(high), digit(byte)) {
                    (Some(high), Some(low)) => out.push(high << 4 | low),
                    _ => {
                        out.extend([b'=', high, byte]);
                    }
                }
            }
        }
    }
}

/// All of a short text.
pub(super) fn decoded(encoding: Encoding, text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    Decoder::new(encoding).decode(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_passes_over_what_is_not_its_own() {
        for (text, bytes) in [
            (&b"aGVsbG8="[..], &b"hello"[..]),
            (b"aGVs\r\nbG8=\r\n", b"hello"),
            (b"aGVsbG8=\r\n-- \r\nA footer", b"hello"),
            (b"aGVsbG8", b"hello"),
            (b"", b""),
            (b"====", b""),
        ] {
            assert_eq!(decoded(Encoding::Base64, text), bytes);
        }
    }

    #[test]
    fn quoted_printable_is_read_however_it_is_broken() {
        for (text, bytes) in [
            (&b"a=3Db"[..], &b"a=b"[..]),
            (b"a=3db=C3=A9", "a=bé".as_bytes()),
            (b"a=\r\nb= \t\r\nc=\nd", b"abcd"),
            (b"a=xb", b"a=xb"),
            (b"a=3xb", b"a=3xb"),
            (b"a=", b"a"),
        ] {
            assert_eq!(decoded(Encoding::QuotedPrintable, text), bytes, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn pieces_of_any_size_give_the_same() {
        let text = b"<a b=3D=22c=22>=\r\nlong</a>=\r\n";
        let whole = decoded(Encoding::QuotedPrintable, text);
        let mut decoder = Decoder::new(Encoding::QuotedPrintable);
        let mut all = Vec::new();
        text.chunks(2).for_each(|piece| decoder.decode(piece, &mut all));
        assert_eq!(all, whole);
    }
}
