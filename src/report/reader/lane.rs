use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::names::Tag;
use super::xml::Snag;

/// Bytes of a start tag in which its end is looked for, a multiple of eight: more than any of our names has.
const LONGEST: usize = 24;
/// One in each byte.
const EACH: u64 = u64::from_le_bytes([1; 8]);

/// The parser, and a fast lane past it.
///
/// An event of the parser costs more than all that is done with it, and nearly everything in nearly every report is written
/// in one way only: tags without attributes, and text without references, right up to its end tag. The lane reads these
/// itself, where it can tell from the bytes alone that the parser would say the same. It leaves everything to the parser
///
/// - unless the parser stands right behind markup: behind text it has begun to look at what follows;
/// - where a start tag is more than `<`, one of our elements' names as the standards spell it, and `>`;
/// - where an end tag is more than `</`, the very name of the element that is open, and `>`;
/// - where text holds a reference, a tag, a comment or a CDATA section, or is not UTF-8;
/// - where any of it is not complete in the bytes in hand;
/// - for good, once there was an element with a quote in its name, in whose end tag a `>` need not be the end.
///
/// Whether the lane was taken shows in nothing but the time: it moves the parser itself on, so positions are the parser's.
/// Its pieces are inlined by force: left to itself the compiler keeps them apart, which costs a tenth of all reading.
pub(super) struct Lane<'w> {
    parser: Reader<&'w [u8]>,
    /// The names of the elements that are open, as written. Whether an end tag has the right one is checked here, and as
    /// the parser would: it does not see every tag.
    open: Vec<&'w [u8]>,
    /// Whether the parser stands right behind markup.
    behind_markup: bool,
    /// Whether the lane is closed for good.
    closed: bool,
}

/// What the lane reads at once.
pub(super) enum Plain<'w> {
    /// The start tag of an element of ours.
    Start {
        /// The element.
        tag: Tag,
        /// Where the tag begins.
        at: usize,
        /// Where the tag is over.
        inside: usize,
        /// All that is in the element, where it holds text alone: its end tag is read as well.
        text: Option<&'w str>,
    },
    /// The end tag of the element that is open.
    End,
}

impl<'w> Lane<'w> {
    /// Stands before the first of these bytes.
    pub(super) fn new(bytes: &'w [u8]) -> Self {
        let mut parser = Reader::from_reader(bytes);
        let config = parser.config_mut();
        // Reading begins anew inside of the root, whose end tag then has no start.
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Self { parser, open: Vec::new(), behind_markup: false, closed: false }
    }

    /// Bytes read.
    pub(super) fn position(&self) -> usize {
        usize::try_from(self.parser.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Whether blanks before text and tags are passed over.
    pub(super) fn passes_blanks(&self) -> bool {
        self.parser.config().trim_text_start
    }

    /// Passes over blanks before text and tags without an event for them, or no longer does so.
    pub(super) fn pass_blanks(&mut self, pass: bool) {
        self.parser.config_mut().trim_text_start = pass;
    }

    /// The parser's next event; never `Eof`.
    pub(super) fn event(&mut self) -> Result<Event<'w>, Snag> {
        let before: &'w [u8] = self.parser.get_ref();
        self.behind_markup = false;
        let event = match self.parser.read_event() {
            Ok(Event::Eof) | Err(quick_xml::Error::Syntax(_)) => return Err(Snag::Ended),
            Ok(event) => event,
            Err(_) => return Err(Snag::Odd),
        };
        self.behind_markup = !matches!(event, Event::Text(_) | Event::GeneralRef(_));
        match &event {
            Event::Start(start) => {
                // The event's name lives as long as the event. It stands before the rest of the tag and the `>`.
                let read = before.len().saturating_sub(self.parser.get_ref().len());
                let at = read.saturating_sub(start.len().saturating_add(1));
                let name = before.get(at..at.saturating_add(start.name().0.len())).unwrap_or_default();
                self.closed |= memchr::memchr2(b'"', b'\'', name).is_some();
                self.open.push(name);
            }
            Event::End(end) if self.open.pop().is_some_and(|name| name != end.name().0.as_bytes()) => {
                return Err(Snag::Odd);
            }
            _ => {}
        }
        Ok(event)
    }

    /// A plain tag that comes next, or behind blanks, which are passed over.
    #[inline(always)]
    pub(super) fn tag(&mut self) -> Option<Plain<'w>> {
        let rest = self.rest()?;
        let tag = behind_blanks(rest).strip_prefix(b"<")?;
        if let Some(end) = tag.strip_prefix(b"/") {
            let after = end_tag(end, self.open.last()?)?;
            self.open.pop();
            self.go_on(rest, after);
            return Some(Plain::End);
        }
        // Whatever stands before the `>`: it is one of our names or it is not.
        let length = length(tag)?;
        let (name, after) = tag.split_at_checked(length)?;
        let after = after.get(1..)?;
        let tag = Tag::of_bytes(name);
        if tag == Tag::Foreign {
            return None;
        }
        self.go_on(rest, after);
        let inside = self.position();
        let at = inside.saturating_sub(length.saturating_add(2));
        // Whether `dkim` and `spf` hold text hangs on where they stand.
        let text = if tag.is_leaf(false) { plain_text(after, name) } else { None };
        match text {
            Some((_, behind)) => self.go_on(after, behind),
            None => self.open.push(name),
        }
        Some(Plain::Start { tag, at, inside, text: text.map(|(text, _)| text) })
    }

    /// Plain text up to the end tag of the element that is open, which is passed over as well.
    #[inline]
    pub(super) fn text(&mut self) -> Option<&'w str> {
        let rest = self.rest()?;
        let (text, after) = plain_text(rest, self.open.last()?)?;
        self.open.pop();
        self.go_on(rest, after);
        Some(text)
    }

    /// The bytes to come, where the lane may be taken.
    #[inline]
    fn rest(&self) -> Option<&'w [u8]> {
        if self.behind_markup && !self.closed { Some(self.parser.get_ref()) } else { None }
    }

    /// Moves the parser on through `rest`, the bytes to come, until `after` is what is left of them.
    #[inline(always)]
    fn go_on(&mut self, rest: &[u8], after: &[u8]) {
        self.parser.stream().consume(rest.len().saturating_sub(after.len()));
    }
}

/// Text without a reference up to an element's end tag, and what stands behind that.
#[inline(always)]
fn plain_text<'w>(bytes: &'w [u8], name: &[u8]) -> Option<(&'w str, &'w [u8])> {
    let (text, tag) = bytes.split_at_checked(memchr::memchr2(b'<', b'&', bytes)?)?;
    let after = end_tag(tag.strip_prefix(b"</")?, name)?;
    Some((std::str::from_utf8(text).ok()?, after))
}

/// What stands behind an end tag, whose name is to come.
#[inline(always)]
fn end_tag<'w>(bytes: &'w [u8], name: &[u8]) -> Option<&'w [u8]> {
    bytes.strip_prefix(name)?.strip_prefix(b">")
}

/// Where the `>` of a start tag is: all of its name is looked at in a few steps, whose number is easily foreseen.
#[inline(always)]
fn length(tag: &[u8]) -> Option<usize> {
    let (words, _) = tag.get(..LONGEST)?.as_chunks();
    let mut before = 0_usize;
    for word in words {
        let differing = u64::from_le_bytes(*word) ^ u64::from_le_bytes([b'>'; 8]);
        // The highest bit of each byte that is zero, and perhaps of some behind it.
        let equal = differing.wrapping_sub(EACH) & !differing & (EACH << 7);
        if equal != 0 {
            return Some(before.saturating_add(bytes_below(equal)));
        }
        before = before.saturating_add(word.len());
    }
    None
}

/// What stands behind the blanks at the beginning.
#[inline(always)]
fn behind_blanks(mut bytes: &[u8]) -> &[u8] {
    // Most blanks are a line end and an indentation by spaces.
    if let [b'\n', rest @ ..] = bytes {
        bytes = rest;
        while let Some(word) = bytes.first_chunk() {
            let spaces = bytes_below(u64::from_le_bytes(*word) ^ u64::from_le_bytes([b' '; 8]));
            bytes = bytes.get(spaces..).unwrap_or_default();
            if spaces < word.len() {
                break;
            }
        }
    }
    while let [b' ' | b'\n' | b'\r' | b'\t', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

/// How many bytes stand before the first that is not zero.
#[inline]
fn bytes_below(word: u64) -> usize {
    (word.trailing_zeros() / 8) as usize
}

#[cfg(test)]
mod tests {
    use super::{Event, Lane, Plain};

    /// What is read, tag for tag, and where each end tag and the whole of it ends.
    fn told(bytes: &[u8], closed: bool) -> Vec<String> {
        let mut lane = Lane::new(bytes);
        lane.pass_blanks(true);
        lane.closed = closed;
        let mut told = Vec::new();
        loop {
            match lane.tag() {
                Some(Plain::Start { tag, text, .. }) => {
                    told.push(format!("<{}>", tag.name()));
                    if let Some(text) = text.or_else(|| lane.text()) {
                        told.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
                        told.push(format!("</> {}", lane.position()));
                    }
                    continue;
                }
                Some(Plain::End) => {
                    told.push(format!("</> {}", lane.position()));
                    continue;
                }
                None => {}
            }
            match lane.event() {
                Ok(Event::Start(start)) => told.push(format!("<{}>", &*start)),
                Ok(Event::End(_)) => told.push(format!("</> {}", lane.position())),
                Ok(Event::Text(text)) => told.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
                Ok(event) => told.push(format!("{event:?}")),
                Err(snag) => {
                    told.push(format!("{snag:?} {}", lane.position()));
                    return told;
                }
            }
        }
    }

    #[test]
    fn the_lane_tells_what_the_parser_tells() {
        let sample = "<record>\n          <row>\r\n\t<count> 1 </count><dkim>pass</dkim><policy_evaluated></policy_evaluated>\
            </row><spf><human_result>a b</human_result> <p></p></spf></record>\n  <row>";
        let odd = [
            "<",
            ">",
            "/",
            "&",
            "&amp;",
            "\"",
            "'",
            " ",
            "\u{1}",
            "\u{FEFF}",
            "]]>",
            "<!-- < -->",
            "<![CDATA[<]]>",
            "<?a?>",
            "<b>",
            "</b>",
            "<a'b c'></a'b>",
            "</row>",
            "</row >",
            "<row a='>'>",
            "<x:row>",
            "<Row>",
            "<row/>",
            "\u{A0}",
        ];
        for at in 0..sample.len() {
            let (front, back) = sample.split_at(at);
            let broken = [front.as_bytes(), b"\xFF", back.as_bytes()].concat();
            let whole = odd.iter().map(|odd| [front, odd, back].concat().into_bytes());
            for bytes in whole.chain([front.as_bytes().to_vec(), broken]) {
                // Something before it, behind which the lane can be taken.
                let bytes = [b"<feedback>", bytes.as_slice()].concat();
                assert_eq!(told(&bytes, false), told(&bytes, true), "{}", bytes.escape_ascii());
            }
        }
    }
}
