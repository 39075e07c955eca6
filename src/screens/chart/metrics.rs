//! How wide a text will be, without asking a browser.
//!
//! Charts are laid out the same on the host and in every browser, so widths come from this table. It follows the
//! *widest* of the usual system-ui fonts (Segoe UI, San Francisco, Roboto, DejaVu Sans): a label may turn out narrower
//! than thought, which costs a little room, but not wider, which would let two labels touch.

/// Size of every label, in user units (CSS pixels); `styles/chart.css` sets the same.
pub const FONT_SIZE: f64 = 12.0;

/// Height of a line of text, as a share of its size.
pub const LINE_HEIGHT: f64 = 1.2;

/// Width of `text` in user units when set in `size`.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Advance of one character as a share of the font size.
fn advance(c: char) -> f64 {
    match c {
        // The labels are set with tabular digits.
        '0'..='9' => 0.64,
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => 0.33,
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' | '(' | ')' | '['
        | ']' | '-' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 1.0,
        'a'..='z' => 0.64,
        'A'..='Z' | '+' | '<' | '=' | '>' | '~' => 0.84,
        ' '..='~' => 0.7,
        // Latin with marks, Greek, Cyrillic: as wide as their widest letters but one or two.
        '\u{a1}'..='\u{52f}' => 0.88,
        '\u{2010}'..='\u{2015}' => 0.84,
        // Chinese, Japanese, Korean and whatever else: a full square.
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_add_up_and_scale() {
        assert_eq!(text_width("", 12.0), 0.0);
        let one = text_width("1", 12.0);
        assert!((text_width("1111", 12.0) - 4.0 * one).abs() < 1e-9);
        assert!((text_width("1", 24.0) - 2.0 * one).abs() < 1e-9);
    }

    #[test]
    fn digits_are_tabular_and_letters_are_not() {
        assert_eq!(text_width("1", 12.0), text_width("8", 12.0));
        assert!(text_width("i", 12.0) < text_width("m", 12.0));
        assert!(text_width("日", 12.0) >= 12.0);
    }
}
