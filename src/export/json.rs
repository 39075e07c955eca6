//! JSON (RFC 8259), written into bytes in order.

/// Writes objects and arrays; whoever calls it opens and closes them.
#[derive(Debug)]
pub struct Json<'a> {
    out: &'a mut Vec<u8>,
    /// Whether a comma comes before what is next.
    is_next: bool,
}

impl<'a> Json<'a> {
    /// Goes on behind what is written. `is_next` if something of the same array or object stands there.
    pub fn new(out: &'a mut Vec<u8>, is_next: bool) -> Self {
        Self { out, is_next }
    }

    fn begin(&mut self) {
        if std::mem::replace(&mut self.is_next, true) {
            self.out.push(b',');
        }
    }

    /// Opens an object or array.
    pub fn open(&mut self, bracket: u8) {
        self.begin();
        self.out.push(bracket);
        self.is_next = false;
    }

    /// Closes it.
    pub fn close(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.is_next = true;
    }

    /// The name of what follows.
    pub fn name(&mut self, name: &str) {
        self.begin();
        text(name, self.out);
        self.out.push(b':');
        self.is_next = false;
    }

    /// A text, or `null`.
    pub fn text(&mut self, value: Option<&str>) {
        self.begin();
        match value {
            Some(value) => text(value, self.out),
            None => self.out.extend_from_slice(b"null"),
        }
    }

    /// A number, `true`, `false` or `null` as JSON has them.
    pub fn plain(&mut self, value: &str) {
        self.begin();
        self.out.extend_from_slice(value.as_bytes());
    }

    /// A named text.
    pub fn field(&mut self, name: &str, value: Option<&str>) {
        self.name(name);
        self.text(value);
    }

    /// A named number or word of JSON.
    pub fn plain_field(&mut self, name: &str, value: &str) {
        self.name(name);
        self.plain(value);
    }
}

/// A text between quotes.
fn text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0..=0x1F => out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
            byte => out.push(byte),
        }
    }
    out.push(b'"');
}

/// A flag as JSON has it.
#[must_use]
pub const fn flag(flag: Option<bool>) -> &'static str {
    match flag {
        Some(true) => "true",
        Some(false) => "false",
        None => "null",
    }
}
