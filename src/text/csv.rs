//! Tables as comma-separated values (RFC 4180) that are safe to open in a spreadsheet.

/// A line of these fields, with its line end.
///
/// Spreadsheets take a text that begins like a formula for one, and run it; such a text gets an apostrophe before it, which
/// they take for "this is text".
#[must_use]
pub fn csv_line<T: AsRef<str>>(fields: &[T]) -> String {
    let mut line = String::new();
    for (place, field) in fields.iter().enumerate() {
        let field = field.as_ref();
        if place > 0 {
            line.push(',');
        }
        let is_formula = field.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || field.starts_with(['\t', '\r', '\n']);
        let is_number = field.parse::<f64>().is_ok_and(f64::is_finite);
        line.push('"');
        if is_formula && !is_number {
            line.push('\'');
        }
        line.push_str(&field.replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_no_formula_is_run() {
        assert_eq!(csv_line(&["a", "b, \"c\"\nd", ""]), "\"a\",\"b, \"\"c\"\"\nd\",\"\"\r\n");
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1"] {
            assert_eq!(csv_line(&[formula]), format!("\"'{formula}\"\r\n"));
        }
        assert_eq!(csv_line(&["-12"]), "\"-12\"\r\n");
        assert_eq!(csv_line::<&str>(&[]), "\r\n");
    }
}
