//! XML for people: coloured, and indented where it is one long line. It need not be well-formed: real reports are not always,
//! and a person looks at a source just when something is wrong with it.

use yew::prelude::*;

/// Coloured parts at the most; what follows is shown plain, as so many elements would make the page slow.
const MOST: usize = 5_000;

/// Levels of indentation at the most. Reports need six; a source made to do harm may have as many as elements.
const DEEPEST: usize = 12;

/// What a part of a source is, for the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    /// Names of elements, and all signs of a tag.
    Tag,
    /// Names of attributes.
    Name,
    /// Values of attributes, with their quotes.
    Value,
    Comment,
    /// `<?…>`, `<!…>`, and the marks around CDATA.
    Declaration,
}

impl Kind {
    const fn class(self) -> Option<&'static str> {
        Some(match self {
            Self::Text => return None,
            Self::Tag => "xml-tag",
            Self::Name => "xml-name",
            Self::Value => "xml-value",
            Self::Comment => "xml-comment",
            Self::Declaration => "xml-declaration",
        })
    }
}

/// A source with its parts coloured. The text of it all is the source, sign by sign.
pub fn coloured(text: &str) -> Html {
    let parts = parts(text).into_iter().enumerate();
    parts.map(|(place, (kind, part))| html! { <span key={place} class={kind.class()}>{ part }</span> }).collect()
}

/// A source with a line for each element, indented. Nothing but white space between tags is changed, and none inside an
/// element that holds nothing else.
pub fn indented(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2);
    let (mut depth, mut before, mut blank) = (0_usize, None::<Markup<'_>>, "");
    for markup in Markups(text) {
        if let Markup::Text(text) = markup
            && text.bytes().all(|byte| byte.is_ascii_whitespace())
        {
            blank = text;
            continue;
        }
        let closes = markup.closes();
        if closes {
            depth = depth.saturating_sub(1);
        }
        let stays = match before {
            None => true,
            Some(before) => before.is_text() || !before.is_whole() || markup.is_text() || (closes && before.opens()),
        };
        if stays {
            out.push_str(blank);
        } else {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
        }
        out.push_str(markup.source());
        blank = "";
        depth += usize::from(markup.opens());
        before = Some(markup);
    }
    out.push_str(blank);
    out
}

/// The parts of a source in order; neighbours of the same kind are one.
fn parts(text: &str) -> Vec<(Kind, &str)> {
    let mut ends = Ends::default();
    for markup in Markups(text) {
        match markup {
            Markup::Text(text) => ends.add(Kind::Text, text.len()),
            Markup::Comment(text) => ends.add(Kind::Comment, text.len()),
            Markup::Declaration(text) => ends.add(Kind::Declaration, text.len()),
            Markup::Cdata(text) => {
                let inner = text.len() - CDATA.len();
                let end = if inner >= CDATA_END.len() && text.ends_with(CDATA_END) { CDATA_END.len() } else { 0 };
                ends.add(Kind::Declaration, CDATA.len());
                ends.add(Kind::Text, inner - end);
                ends.add(Kind::Declaration, end);
            }
            Markup::Tag(tag) => tag_parts(tag, &mut ends),
        }
    }
    if ends.at() < text.len() {
        ends.0.push((Kind::Text, text.len()));
    }
    let (mut rest, mut at) = (text, 0);
    let cut = ends.0.into_iter().map(|(kind, end)| {
        let (part, after) = rest.split_at(end - at);
        (rest, at) = (after, end);
        (kind, part)
    });
    cut.collect()
}

/// Where the parts of a source end.
#[derive(Default)]
struct Ends(Vec<(Kind, usize)>);

impl Ends {
    fn at(&self) -> usize {
        self.0.last().map_or(0, |(_, end)| *end)
    }

    /// Leaves out what is too much.
    fn add(&mut self, kind: Kind, length: usize) {
        if self.0.len() >= MOST {
            return;
        }
        let end = self.at() + length;
        match self.0.last_mut() {
            Some((last, at)) if *last == kind => *at = end,
            _ if length > 0 => self.0.push((kind, end)),
            _ => {}
        }
    }
}

/// The parts of a tag, which need not be whole. All signs that tell parts apart are ASCII, so bytes will do.
fn tag_parts(tag: &str, ends: &mut Ends) {
    let bytes = tag.as_bytes();
    let until = |from: usize, is_end: fn(&u8) -> bool| {
        bytes.iter().skip(from).position(is_end).map_or(bytes.len(), |ahead| from + ahead)
    };
    let mut at = until(0, |byte| byte.is_ascii_whitespace() || *byte == b'>');
    ends.add(Kind::Tag, at);
    let mut is_value = false;
    while let Some(first) = bytes.get(at) {
        let is_quote = matches!(first, b'"' | b'\'');
        let other = is_quote.then(|| bytes.iter().skip(at + 1).position(|byte| byte == first)).flatten();
        let (kind, end) = match other {
            Some(ahead) => (Kind::Value, at + ahead + 2),
            None if is_sign(first) => (Kind::Tag, at + 1),
            None => (if is_value { Kind::Value } else { Kind::Name }, until(at, is_sign)),
        };
        is_value = *first == b'=' || (is_value && first.is_ascii_whitespace());
        ends.add(kind, end - at);
        at = end;
    }
}

fn is_sign(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/' | b'>' | b'"' | b'\'')
}

const COMMENT: &str = "<!--";
const CDATA: &str = "<![CDATA[";
const CDATA_END: &str = "]]>";

/// A part of a source, as it stands.
#[derive(Clone, Copy, Debug)]
enum Markup<'a> {
    Text(&'a str),
    Cdata(&'a str),
    Tag(&'a str),
    Comment(&'a str),
    Declaration(&'a str),
}

impl<'a> Markup<'a> {
    const fn source(self) -> &'a str {
        match self {
            Self::Text(text) | Self::Cdata(text) | Self::Tag(text) | Self::Comment(text) | Self::Declaration(text) => {
                text
            }
        }
    }

    const fn is_text(self) -> bool {
        matches!(self, Self::Text(_) | Self::Cdata(_))
    }

    /// A tag that breaks off would take in what is put behind it.
    fn is_whole(self) -> bool {
        !matches!(self, Self::Tag(tag) if !tag.ends_with('>'))
    }

    fn opens(self) -> bool {
        matches!(self, Self::Tag(tag) if !tag.starts_with("</") && !tag.ends_with("/>"))
    }

    fn closes(self) -> bool {
        matches!(self, Self::Tag(tag) if tag.starts_with("</"))
    }
}

/// What is left of a source, taken part by part.
struct Markups<'a>(&'a str);

impl<'a> Iterator for Markups<'a> {
    type Item = Markup<'a>;

    fn next(&mut self) -> Option<Markup<'a>> {
        let rest = self.0;
        if rest.is_empty() {
            return None;
        }
        // Byte by byte: the library's search is made for more than this and weighs 3 kB.
        let to = |end: &str| {
            let found = rest.as_bytes().windows(end.len()).position(|bytes| bytes == end.as_bytes());
            found.map_or(rest.len(), |at| at + end.len())
        };
        let (length, markup): (usize, fn(&'a str) -> Markup<'a>) = if !is_markup(rest.as_bytes()) {
            (rest.as_bytes().windows(2).position(is_markup).unwrap_or(rest.len()), Markup::Text)
        } else if rest.starts_with(COMMENT) {
            (to("-->"), Markup::Comment)
        } else if rest.starts_with(CDATA) {
            (to(CDATA_END), Markup::Cdata)
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            (to(">"), Markup::Declaration)
        } else {
            (tag_length(rest), Markup::Tag)
        };
        let (part, after) = rest.split_at(length);
        self.0 = after;
        Some(markup(part))
    }
}

/// Whether a text begins with markup. A "<" before anything else is one that somebody did not escape.
fn is_markup(bytes: &[u8]) -> bool {
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii() || b"_:/!?".contains(byte);
    matches!(bytes, [b'<', first, ..] if is_first(first))
}

/// How long the tag is that a text begins with. A broken one ends before the next "<".
fn tag_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            b'<' => return at,
            b'"' | b'\'' => {
                // A quote without another is passed over; its kind does not come again before the tag's end.
                let ahead = bytes.iter().skip(at + 1).position(|next| next == byte || *next == b'<');
                if let Some(ahead) = ahead.filter(|ahead| bytes.get(at + 1 + ahead) == Some(byte)) {
                    at += ahead + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts that look like XML here and there.
    fn broken() -> impl Strategy<Value = String> {
        let bits =
            "<|>|</|/>|<a|<b c|=|\"|'|<!--|-->|<![CDATA[|]]>|<?xml|?>|<!| |\n|\t|é|😀|a|feedback|&amp;|<a>|</a>|<b/>";
        let bits: Vec<&str> = bits.split('|').collect();
        proptest::collection::vec(proptest::sample::select(bits), 0..60).prop_map(|bits| bits.concat())
    }

    fn whole(parts: &[(Kind, &str)]) -> String {
        parts.iter().map(|(_, part)| *part).collect()
    }

    /// The texts that are more than white space, with the markup between them.
    fn kept(text: &str) -> Vec<&str> {
        Markups(text).map(Markup::source).filter(|part| !part.bytes().all(|byte| byte.is_ascii_whitespace())).collect()
    }

    proptest! {
        #[test]
        fn all_of_a_text_is_there(text in prop_oneof![broken(), any::<String>()]) {
            let parts = parts(&text);
            prop_assert_eq!(whole(&parts), text.as_str());
            prop_assert!(parts.iter().all(|(_, part)| !part.is_empty()));
            prop_assert!(parts.windows(2).all(|two| two[0].0 != two[1].0));
        }

        #[test]
        fn indenting_changes_white_space_between_elements_only(text in prop_oneof![broken(), any::<String>()]) {
            let indented = indented(&text);
            prop_assert_eq!(kept(&indented), kept(&text));
            prop_assert_eq!(super::indented(&indented), indented.clone());
        }
    }

    #[test]
    fn the_parts_of_a_report() {
        use Kind::{Comment, Declaration, Name, Tag, Text, Value};
        let source = "<?xml version=\"1.0\"?><!-- a --><f x='1>2' y=3>a < b<c/></f><![CDATA[<d>]]>";
        let expected = [
            (Declaration, "<?xml version=\"1.0\"?>"),
            (Comment, "<!-- a -->"),
            (Tag, "<f "),
            (Name, "x"),
            (Tag, "="),
            (Value, "'1>2'"),
            (Tag, " "),
            (Name, "y"),
            (Tag, "="),
            (Value, "3"),
            (Tag, ">"),
            (Text, "a < b"),
            (Tag, "<c/></f>"),
            (Declaration, "<![CDATA["),
            (Text, "<d>"),
            (Declaration, "]]>"),
        ];
        assert_eq!(parts(source), expected);
    }

    #[test]
    fn a_broken_tag_ends_before_the_next() {
        assert_eq!(Markups("<a b=\"c<d>").map(Markup::source).collect::<Vec<_>>(), ["<a b=\"c", "<d>"]);
        assert_eq!(Markups("<a b='\"'>").map(Markup::source).collect::<Vec<_>>(), ["<a b='\"'>"]);
        assert_eq!(parts("<a 'b"), [(Kind::Tag, "<a '"), (Kind::Name, "b")]);
    }

    #[test]
    fn too_many_parts_end_plain() {
        for text in
            ["<a>b</a>".repeat(MOST), format!("<a{}>", " b='c'".repeat(MOST)), format!("<a{}", "\"'b ".repeat(MOST))]
        {
            let parts = parts(&text);
            assert!(parts.len() <= MOST + 1, "{}", parts.len());
            assert_eq!(whole(&parts), text);
        }
    }

    #[test]
    fn one_long_line_becomes_many() {
        let line = "<?xml version=\"1.0\"?><f><m><n>a b</n><e></e><g> </g></m><h/>\n\n\n<!-- c --></f>\n";
        let expected = "<?xml version=\"1.0\"?>\n<f>\n  <m>\n    <n>a b</n>\n    <e></e>\n    <g> </g>\n  </m>\n  <h/>\n  <!-- c -->\n</f>\n";
        assert_eq!(indented(line), expected);
        // Text beside elements may mean its white space.
        assert_eq!(indented("<a> b <c/> d </a>"), "<a> b <c/> d </a>");
        // Nobody is made to wait by depth.
        let deep = "<a>".repeat(100_000);
        assert!(indented(&deep).len() < deep.len() * 10);
    }
}
