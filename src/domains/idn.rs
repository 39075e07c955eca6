//! Internationalized names: U-labels become A-labels (RFC 5891 §5.5, RFC 3492), so that both spellings compare equal.

use std::borrow::Cow;

use crate::fold::{fold, is_small};

/// What a label in ASCII that stands for another begins with (RFC 5890 §2.3.2.1).
const PREFIX: &str = "xn--";

/// A domain name as it stands in the DNS: in small letters, without a final dot, every U-label as an A-label.
///
/// Letter case is all that is mapped: names in reports come from the DNS or from headers, where nothing else may differ
/// (RFC 6532 §3.1 asks for normalized text). A label that no A-label can hold stays as it is.
#[must_use]
pub fn to_ascii(name: &str) -> Cow<'_, str> {
    let name = name.strip_suffix('.').unwrap_or(name);
    if is_small(name) {
        return Cow::Borrowed(name);
    }
    let folded = fold(name);
    if folded.is_ascii() {
        return folded;
    }
    let mut ascii = String::with_capacity(folded.len() + PREFIX.len());
    // Other dots that people may type between labels (RFC 3490 §3.1).
    for (place, label) in folded.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).enumerate() {
        if place > 0 {
            ascii.push('.');
        }
        match punycode(label).filter(|_| !label.is_ascii()) {
            Some(code) => ascii.extend([PREFIX, &code]),
            None => ascii.push_str(label),
        }
    }
    Cow::Owned(ascii)
}

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;

/// A label by Punycode (RFC 3492 §6.3). `None` if it is so long that numbers run over.
fn punycode(label: &str) -> Option<String> {
    let mut code: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(code.len()).ok()?;
    if basic > 0 {
        code.push('-');
    }
    let (mut n, mut delta, mut bias, mut done) = (0x80_u32, 0_u32, 72_u32, basic);
    let all = u32::try_from(label.chars().count()).ok()?;
    while done < all {
        let next = label.chars().map(u32::from).filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(done.checked_add(1)?)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            } else if c == n {
                push_number(delta, bias, &mut code);
                bias = adapted(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n = n.checked_add(1)?;
    }
    Some(code)
}

/// A number of digits whose weights depend on the bias (§3.3).
fn push_number(number: u32, bias: u32, code: &mut String) {
    let mut rest = number;
    let mut k = BASE;
    loop {
        let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if rest < t {
            code.push(digit(rest));
            return;
        }
        code.push(digit(t + (rest - t) % (BASE - t)));
        rest = (rest - t) / (BASE - t);
        k = k.saturating_add(BASE);
    }
}

fn digit(value: u32) -> char {
    // Below 36 always.
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, BASE).unwrap_or('?')
}

/// The next bias (§6.1).
const fn adapted(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// RFC 3492 §6.2, the other way round, written apart.
    fn decoded(code: &str) -> Option<String> {
        let (basic, digits) = code.rsplit_once('-').unwrap_or(("", code));
        let mut output: Vec<char> = basic.chars().collect();
        let (mut n, mut i, mut bias) = (128_u32, 0_u32, 72_u32);
        let mut digits = digits.chars().peekable();
        while digits.peek().is_some() {
            let (old, mut weight) = (i, 1_u32);
            for k in (36..).step_by(36) {
                let value = match digits.next()? {
                    letter @ 'a'..='z' => u32::from(letter) - u32::from('a'),
                    number @ '0'..='9' => u32::from(number) - u32::from('0') + 26,
                    _ => return None,
                };
                i = i.checked_add(value.checked_mul(weight)?)?;
                let t = if k <= bias { 1 } else { (k - bias).min(26) };
                if value < t {
                    break;
                }
                weight = weight.checked_mul(36 - t)?;
            }
            let len = u32::try_from(output.len()).ok()? + 1;
            bias = adapted(i - old, len, old == 0);
            n += i / len;
            i %= len;
            output.insert(i as usize, char::from_u32(n)?);
            i += 1;
        }
        Some(output.into_iter().collect())
    }

    #[test]
    fn labels_are_encoded_as_rfc_3492_shows() {
        for (label, code) in [
            ("bücher", "bcher-kva"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
            ("straße", "strae-oqa"),
        ] {
            assert_eq!(punycode(label).as_deref(), Some(code));
        }
    }

    #[test]
    fn spellings_of_one_name_are_one() {
        for name in
            ["bücher.example", "BÜCHER.Example.", "xn--bcher-kva.example", "XN--BCHER-KVA.EXAMPLE", "bücher。example"]
        {
            assert_eq!(to_ascii(name), "xn--bcher-kva.example");
        }
        assert_eq!(to_ascii("Example.ORG."), "example.org");
        assert_eq!(to_ascii("a..b"), "a..b");
        assert_eq!(to_ascii(""), "");
    }

    proptest! {
        #[test]
        fn what_is_encoded_can_be_decoded(label in "[a-z0-9äöüßéñ中文字日本語ยจฆ🦀-]{0,40}") {
            prop_assert_eq!(decoded(&punycode(&label).unwrap()), Some(label));
        }

        #[test]
        fn any_name_gives_small_ascii_or_stays(name in any::<String>()) {
            let ascii = to_ascii(&name);
            prop_assert!(ascii.is_ascii(), "{}", ascii);
            prop_assert_eq!(to_ascii(&ascii.to_ascii_uppercase()).into_owned(), to_ascii(&ascii).into_owned());
        }
    }
}
