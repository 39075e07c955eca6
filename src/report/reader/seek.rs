use memchr::memchr;

use super::names::Tag;

/// Longest name looked for, with its prefix.
const NAME: usize = 96;

/// A tag of ours, found without parsing what is around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signpost<'w> {
    /// Where its `<` stands.
    pub(super) at: usize,
    /// Whether it is an end tag.
    pub(super) closing: bool,
    /// The element.
    pub(super) tag: Tag,
    /// The name as written, with its prefix.
    pub(super) name: &'w str,
}

/// The tag at `at`, where a `<` stands and a name that ends in these bytes.
pub(super) fn signpost(bytes: &[u8], at: usize) -> Option<Signpost<'_>> {
    let after = bytes.get(at..)?.strip_prefix(b"<")?;
    let closing = after.first() == Some(&b'/');
    let name = after.get(usize::from(closing)..)?;
    let end =
        name.iter().take(NAME).position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/' | b'<'))?;
    let name = std::str::from_utf8(name.get(..end)?).ok().filter(|name| !name.is_empty())?;
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    Some(Signpost { at, closing, tag: Tag::meant(local), name })
}

/// All tags from `from` on, whatever stands between them.
pub(super) fn signposts(bytes: &[u8], from: usize) -> impl Iterator<Item = Signpost<'_>> {
    let mut from = from;
    std::iter::from_fn(move || {
        loop {
            let at = from.checked_add(memchr(b'<', bytes.get(from..)?)?)?;
            from = at.checked_add(1)?;
            if let Some(found) = signpost(bytes, at) {
                return Some(found);
            }
        }
    })
}

/// The next tag, from `from` on, that begins or ends something at the top of a report.
pub(super) fn landmark(bytes: &[u8], from: usize) -> Option<Signpost<'_>> {
    signposts(bytes, from).find(|post| post.tag.is_top() && (!post.closing || post.tag == Tag::Feedback))
}

/// How many bytes at the end may hold the beginning of a tag that is not all there.
pub(super) fn tail(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(NAME + 2);
    let last = bytes.get(from..).unwrap_or_default();
    memchr::memrchr(b'<', last).map_or(0, |at| last.len().saturating_sub(at))
}

/// Where a construct is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// The byte after it.
    pub(super) end: usize,
    /// Whether another report begins there: this one was cut off.
    pub(super) cut: bool,
}

/// Where the construct that begins at `at` ends: after its end tag, or before the next thing at the top of a report.
/// `None` where neither is in these bytes.
pub(super) fn extent(bytes: &[u8], at: usize) -> Option<Extent> {
    let own = signpost(bytes, at);
    for post in signposts(bytes, at.checked_add(1)?) {
        let same = own.is_some_and(|own| post.name == own.name || (post.tag == own.tag && own.tag != Tag::Foreign));
        if post.closing && same {
            let rest = bytes.get(post.at..)?;
            let end = post.at.saturating_add(memchr(b'>', rest)?.saturating_add(1));
            return Some(Extent { end, cut: false });
        }
        if post.tag.is_top() && (!post.closing || post.tag == Tag::Feedback) {
            return Some(Extent { end: post.at, cut: post.tag == Tag::Feedback && !post.closing });
        }
    }
    None
}
