//! Text that is not UTF-8: which charset it is in, and who decodes it.

use std::borrow::Cow;

/// Turns text of legacy charsets into UTF-8.
///
/// The browser has a decoder for every charset of the web, and a library of its own would cost more than the whole page;
/// so the core asks for one: `TextDecoder` in the worker, `encoding_rs` on the host, held to one table of tests.
pub trait Charsets {
    /// Starts a decoder for a WHATWG label (`windows-1252`, `utf-16le`, `shift_jis`, …); `None` if the label is unknown.
    fn decoder(&self, label: &str) -> Option<Box<dyn Decoder>>;
}

/// A decoder in the middle of a stream.
pub trait Decoder {
    /// Decodes the next bytes; a character cut in two waits for the rest. Bytes that are no characters become U+FFFD.
    fn decode(&mut self, bytes: &[u8], last: bool) -> String;
}

/// No legacy charsets at all: everything is UTF-8.
#[derive(Clone, Copy, Debug, Default)]
pub struct Utf8Only;

impl Charsets for Utf8Only {
    fn decoder(&self, _label: &str) -> Option<Box<dyn Decoder>> {
        None
    }
}

#[cfg(not(target_family = "wasm"))]
mod host {
    use super::{Charsets, Decoder};

    /// Charsets by `encoding_rs`, outside browsers.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct HostCharsets;

    impl Charsets for HostCharsets {
        fn decoder(&self, label: &str) -> Option<Box<dyn Decoder>> {
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes())?;
            Some(Box::new(HostDecoder(encoding.new_decoder_without_bom_handling())))
        }
    }

    struct HostDecoder(encoding_rs::Decoder);

    impl Decoder for HostDecoder {
        fn decode(&mut self, bytes: &[u8], last: bool) -> String {
            let mut text = String::with_capacity(self.0.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len()));
            let (_, _, _) = self.0.decode_to_string(bytes, &mut text, last);
            text
        }
    }
}

#[cfg(not(target_family = "wasm"))]
pub use host::HostCharsets;

/// The charset that the bytes' beginning names: a byte order mark, UTF-16 without one, or the XML declaration.
/// `None` means UTF-8. The label is as written, lower-cased.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Cow<'static, str>> {
    match head {
        // The mark is in the bytes; the declaration is only about them.
        [0xEF, 0xBB, 0xBF, ..] => return None,
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => return Some("utf-16le".into()),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => return Some("utf-16be".into()),
        _ => {}
    }
    let head = head.get(..512).unwrap_or(head);
    let head = String::from_utf8_lossy(head);
    let declaration = head.split_once("<?xml")?.1.split_once("?>")?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let label = value.get(1..)?.split_once(quote)?.0.trim().to_ascii_lowercase();
    // A byte stream that reached this point is no UTF-16, whatever it says of itself.
    let unicode = matches!(label.as_str(), "" | "utf-8" | "utf8" | "us-ascii" | "ascii") || label.starts_with("utf-16");
    (!unicode).then_some(Cow::Owned(label))
}
