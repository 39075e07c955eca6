//! Numbers in other words: `1.0`, `1e3`, `1699999999.5`. Read by their digits: the tables that parsing floats needs weigh
//! more in the compiled program than all the rest of a report's reading.

/// A number that is not negative: its whole part, and whether there is anything after the point.
///
/// `None` for what is no such number, and for what does not fit into 64 bits.
pub(super) fn decimal(text: &str) -> Option<(u64, bool)> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse::<u8>().ok()?.into();
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit()) {
        return None;
    }
    // The exponent moves so many digits over the point.
    let mut after = fraction.bytes();
    let moved = (0..exponent).map(|_| after.next().unwrap_or(b'0'));
    let mut value = 0_u64;
    for digit in whole.bytes().chain(moved) {
        value = value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))?;
    }
    Some((value, after.any(|digit| digit != b'0')))
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn numbers_in_other_words() {
        let cases = [
            ("1", Some((1, false))),
            ("+1.0", Some((1, false))),
            ("1.5", Some((1, true))),
            ("1,5", Some((1, true))),
            (".5", Some((0, true))),
            ("1e3", Some((1_000, false))),
            ("1.2345E+3", Some((1_234, true))),
            ("1.6e9", Some((1_600_000_000, false))),
            ("0e255", Some((0, false))),
            ("18446744073709551616", None),
            ("9e99", None),
            ("-1", None),
            ("", None),
            (".", None),
            ("1e-3", None),
            ("inf", None),
            ("1.2.3", None),
        ];
        for (text, expected) in cases {
            assert_eq!(decimal(text), expected, "{text}");
        }
    }
}
