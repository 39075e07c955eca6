//! Base64 (RFC 4648 §4), as bytes come.

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bytes that come in pieces.
#[derive(Debug, Default)]
pub struct Encoder {
    /// Bytes that wait for a third one.
    rest: Vec<u8>,
}

impl Encoder {
    /// Encodes what is whole of a piece.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() / 3 * 4 + 8);
        let missing = if self.rest.is_empty() { 0 } else { 3 - self.rest.len() };
        let (first, others) = bytes.split_at(missing.min(bytes.len()));
        self.rest.extend_from_slice(first);
        if self.rest.len() == 3 {
            encode(&self.rest, &mut out);
            self.rest.clear();
        }
        let whole = others.chunks_exact(3);
        self.rest.extend_from_slice(whole.remainder());
        whole.for_each(|three| encode(three, &mut out));
        out
    }

    /// Encodes the last bytes.
    pub fn finish(self) -> Vec<u8> {
        let mut out = Vec::new();
        if !self.rest.is_empty() {
            encode(&self.rest, &mut out);
        }
        out
    }
}

/// Encodes up to three bytes as four signs.
fn encode(bytes: &[u8], out: &mut Vec<u8>) {
    let byte = |place: usize| u32::from(bytes.get(place).copied().unwrap_or_default());
    let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
    for place in 0..4 {
        let sign = (bits >> (18 - 6 * place)) as usize & 63;
        let is_there = place <= bytes.len();
        out.push(if is_there { SIGNS.get(sign).copied().unwrap_or(b'=') } else { b'=' });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_the_standard_come_out_however_they_are_cut() {
        for (text, expected) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            for cut in 0..=text.len() {
                let mut encoder = Encoder::default();
                let mut out = encoder.push(&text.as_bytes()[..cut]);
                out.extend(encoder.push(&text.as_bytes()[cut..]));
                out.extend(encoder.finish());
                assert_eq!(String::from_utf8(out).unwrap(), expected, "{text} cut at {cut}");
            }
        }
    }
}
