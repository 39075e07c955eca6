use web_sys::{TextDecodeOptions, TextDecoder};

use dmarcscope::intake::charset::{Charsets, Decoder};

/// The browser's charsets.
pub struct BrowserCharsets;

impl Charsets for BrowserCharsets {
    fn decoder(&self, label: &str) -> Option<Box<dyn Decoder>> {
        TextDecoder::new_with_label(label).ok().map(|decoder| Box::new(BrowserDecoder(decoder)) as _)
    }
}

struct BrowserDecoder(TextDecoder);

impl Decoder for BrowserDecoder {
    fn decode(&mut self, bytes: &[u8], last: bool) -> String {
        let options = TextDecodeOptions::new();
        options.set_stream(!last);
        // Without `fatal` a decoder never fails: what is no character becomes U+FFFD.
        self.0.decode_with_u8_array_and_options(bytes, &options).unwrap_or_default()
    }
}
