//! Writes tags the way a reporter does.

use crate::reporters::Layout;

/// XML text that grows in a buffer.
pub struct Xml {
    /// What has not been handed on yet.
    pub buffer: Vec<u8>,
    layout: Layout,
    prefix: &'static str,
    depth: usize,
}

impl Xml {
    /// A document with its declaration.
    pub fn new(layout: Layout, prefix: &'static str) -> Self {
        let buffer = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_vec();
        Self { buffer, layout, prefix, depth: 0 }
    }

    fn text(&mut self, text: &str) {
        self.buffer.extend_from_slice(text.as_bytes());
    }

    fn line(&mut self) {
        if let Layout { indent: Some(indent), newline } = self.layout {
            self.text(newline);
            (0..self.depth).for_each(|_| self.text(indent));
        }
    }

    fn tag(&mut self, start: &str, name: &str, attributes: &str) {
        let prefix = self.prefix;
        [start, prefix, name, attributes, ">"].into_iter().for_each(|part| self.text(part));
    }

    /// A tag that holds others. The attributes begin with a blank.
    pub fn open(&mut self, name: &str, attributes: &str) {
        self.line();
        self.tag("<", name, attributes);
        self.depth += 1;
    }

    /// The end of such a tag.
    pub fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.line();
        self.tag("</", name, "");
    }

    /// A tag that holds text.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.leaf_with(name, "", text);
    }

    /// A tag with attributes that holds text.
    pub fn leaf_with(&mut self, name: &str, attributes: &str, text: &str) {
        self.line();
        self.tag("<", name, attributes);
        for part in text.split_inclusive(['&', '<', '>']) {
            let (before, special) = match part.as_bytes().last() {
                Some(b'&') => (&part[..part.len() - 1], "&amp;"),
                Some(b'<') => (&part[..part.len() - 1], "&lt;"),
                Some(b'>') => (&part[..part.len() - 1], "&gt;"),
                _ => (part, ""),
            };
            self.text(before);
            self.text(special);
        }
        self.tag("</", name, "");
    }

    /// The line end after the last tag.
    pub fn finish(&mut self) {
        self.line();
    }
}
