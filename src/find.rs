//! Short texts among bytes. A library's search for any text weighs more than all that it is used for here.

/// Where a text of at least one byte first stands.
pub fn find(bytes: &[u8], text: &[u8]) -> Option<usize> {
    find_all(bytes, text).next()
}

/// Everywhere a text of at least one byte stands.
pub fn find_all<'a>(bytes: &'a [u8], text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = text.first().copied().unwrap_or_default();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + memchr::memchr(first, bytes.get(from..)?)?;
            from = at + 1;
            if bytes.get(at..)?.starts_with(text) {
                return Some(at);
            }
        }
    })
}

/// Everywhere a text of at least one byte stands, the last place first.
pub fn find_all_back<'a>(bytes: &'a [u8], text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    (0..bytes.len()).rev().filter(move |at| bytes.get(*at..).is_some_and(|bytes| bytes.starts_with(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_from_both_sides() {
        let places = |text: &[u8]| find_all(b"PK-PPK-P", text).collect::<Vec<_>>();
        assert_eq!((places(b"PK"), places(b"P"), places(b"x")), (vec![0, 4], vec![0, 3, 4, 7], vec![]));
        assert_eq!(find_all_back(b"PK-PPK-P", b"PK").collect::<Vec<_>>(), [4, 0]);
        assert_eq!((find(b"", b"a"), find(b"ab", b"abc"), find(b"a]]>", b"]]>")), (None, None, Some(1)));
    }
}
