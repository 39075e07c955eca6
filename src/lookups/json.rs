//! JSON (RFC 8259) as values: small, and with an end to how deep it goes.

/// Values inside each other at the most.
const DEEPEST: usize = 64;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Names and values, in the order in which they stand.
    Object(Object),
}

/// An object. Of names that stand twice the first counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// The value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Value {
    /// The value of a text that is nothing else. `None` where it is not JSON, or goes too deep.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(0)?;
        reader.blanks();
        (reader.at == text.len()).then_some(value)
    }

    /// The value of a name, if this is an object.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.as_object()?.get(name)
    }

    /// An object.
    #[must_use]
    pub const fn as_object(&self) -> Option<&Object> {
        if let Self::Object(object) = self { Some(object) } else { None }
    }

    /// A list.
    #[must_use]
    pub const fn as_list(&self) -> Option<&Vec<Self>> {
        if let Self::List(list) = self { Some(list) } else { None }
    }

    /// A text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// A whole number from nought to 65,535.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is looked at before")]
    pub fn as_number(&self) -> Option<u16> {
        match self {
            Self::Number(number) if number.fract() == 0.0 && (0.0..=65_535.0).contains(number) => Some(*number as u16),
            _ => None,
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    /// Always between two letters of the text.
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Goes past a sign, if it is next.
    fn eat(&mut self, sign: &str) -> Option<()> {
        self.rest().starts_with(sign).then(|| self.at += sign.len())
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth >= DEEPEST {
            return None;
        }
        self.blanks();
        match self.rest().bytes().next()? {
            b'{' => self.object(depth).map(Value::Object),
            b'[' => self.list(depth).map(Value::List),
            b'"' => self.string().map(Value::Text),
            b't' => self.eat("true").map(|()| Value::Bool(true)),
            b'f' => self.eat("false").map(|()| Value::Bool(false)),
            b'n' => self.eat("null").map(|()| Value::Null),
            _ => self.number().map(Value::Number),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        self.eat("{")?;
        let mut object = Object::default();
        self.blanks();
        if self.eat("}").is_some() {
            return Some(object);
        }
        loop {
            self.blanks();
            let name = self.string()?;
            self.blanks();
            self.eat(":")?;
            object.0.push((name, self.value(depth + 1)?));
            self.blanks();
            if self.eat(",").is_none() {
                return self.eat("}").map(|()| object);
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<Vec<Value>> {
        self.eat("[")?;
        let mut list = Vec::new();
        self.blanks();
        if self.eat("]").is_some() {
            return Some(list);
        }
        loop {
            list.push(self.value(depth + 1)?);
            self.blanks();
            if self.eat(",").is_none() {
                return self.eat("]").map(|()| list);
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        self.eat("\"")?;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let plain = rest.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
            text.push_str(rest.get(..plain)?);
            self.at += plain;
            if self.eat("\"").is_some() {
                return Some(text);
            }
            self.eat("\\")?;
            text.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        let sign = self.rest().chars().next()?;
        self.at += sign.len_utf8();
        Some(match sign {
            '"' | '\\' | '/' => sign,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.hex()?;
                // What lies outside of the first plane is written as two halves; one alone is no letter.
                if (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u") {
                    self.eat("\\u")?;
                    let second = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)?
                } else {
                    char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER)
                }
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Option<f64> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_digit() && !"+-.eE".contains(c)).unwrap_or(rest.len());
        let digits = rest.get(..end)?;
        // Rust reads `+1`, `.5` and `1.` as well, which are none here.
        let first = digits.trim_start_matches('-').bytes().next()?;
        let is_fine =
            first.is_ascii_digit() && !digits.ends_with('.') && !digits.contains(".e") && !digits.contains(".E");
        let number = digits.parse().ok().filter(|_| is_fine)?;
        self.at += end;
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let value = Value::read(
            " {\"a\": [1, -2.5e1, true, null, {}, []],\n\"b\": \"x\\n\\u00e9\\ud83d\\ude00\\/\", \"a\": 2} ",
        )
        .unwrap();
        let list = value.get("a").and_then(Value::as_list).unwrap();
        assert_eq!(list.first().and_then(Value::as_number), Some(1));
        assert_eq!(list.get(1), Some(&Value::Number(-25.0)));
        assert_eq!(value.get("b").and_then(Value::as_text), Some("x\né😀/"));
        assert_eq!((list.get(1).and_then(Value::as_number), value.as_text(), value.as_list()), (None, None, None));
        assert_eq!(Value::read("\"\\ud83d x\""), Some(Value::Text("\u{fffd} x".into())));
    }

    #[test]
    fn what_is_no_json_is_none() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\u{1}\"",
            "01x",
            ".5",
            "1.",
            "+1",
            "-",
            "tru",
            "1 2",
            "\"\\ud83d\\u0041\"",
            "nul",
            "{\"a\" 1}",
            "[1 2]",
        ] {
            assert_eq!(Value::read(text), None, "{text}");
        }
        assert_eq!(Value::read(&"[".repeat(1_000_000)), None);
        let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert!(Value::read(&deep(DEEPEST - 1)).is_some() && Value::read(&deep(DEEPEST)).is_none());
    }
}
