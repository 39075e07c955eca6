//! Writes tags the way a reporter does.

/// A document that grows.
pub struct Xml {
    text: String,
    prefix: &'static str,
    indent: Option<&'static str>,
    depth: usize,
}

impl Xml {
    /// A document with its declaration.
    pub fn new(prefix: &'static str, indent: Option<&'static str>) -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>".to_owned(), prefix, indent, depth: 0 }
    }

    fn line(&mut self) {
        if let Some(indent) = self.indent {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n(indent, self.depth));
        }
    }

    fn tag(&mut self, start: &str, name: &str, attributes: &str) {
        self.text.extend([start, self.prefix, name, attributes, ">"]);
    }

    /// An element that holds others. The attributes begin with a blank.
    pub fn element(&mut self, name: &str, attributes: &str, inside: impl FnOnce(&mut Self)) {
        self.line();
        self.tag("<", name, attributes);
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line();
        self.tag("</", name, "");
    }

    /// An element that holds text.
    pub fn leaf(&mut self, name: &str, text: &str) {
        self.leaf_with(name, "", text);
    }

    /// An element with attributes that holds text.
    pub fn leaf_with(&mut self, name: &str, attributes: &str, text: &str) {
        self.line();
        self.tag("<", name, attributes);
        self.text += &text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        self.tag("</", name, "");
    }

    /// The whole document.
    pub fn finish(mut self) -> String {
        self.line();
        self.text
    }
}
