//! Selected rows as text and as a table.

use super::super::clipboard;

/// Rows as tab-separated lines.
pub fn as_text(rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    for row in rows {
        for (place, cell) in row.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            text.push_str(&plain(cell));
        }
        text.push_str("\r\n");
    }
    text
}

/// Rows as an HTML table whose first row is its head.
pub fn as_html(rows: &[Vec<String>]) -> String {
    let mut html = "<meta charset=\"utf-8\"><table>".to_owned();
    for (place, row) in rows.iter().enumerate() {
        let (open, close) = if place == 0 { ("<th>", "</th>") } else { ("<td>", "</td>") };
        html.push_str("<tr>");
        for cell in row {
            html.push_str(open);
            for sign in plain(cell).chars() {
                match sign {
                    '&' => html.push_str("&amp;"),
                    '<' => html.push_str("&lt;"),
                    '>' => html.push_str("&gt;"),
                    '"' => html.push_str("&quot;"),
                    sign => html.push(sign),
                }
            }
            html.push_str(close);
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
    html
}

/// A cell's text in one line that no spreadsheet takes for a formula: what stands in reports is other people's.
fn plain(cell: &str) -> String {
    let line = cell.split(|sign: char| sign.is_control()).collect::<Vec<_>>().join(" ");
    let is_formula = line.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if is_formula && !is_number(&line) { format!("'{line}") } else { line }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, rest].iter().all(|part| !part.is_empty() && part.chars().all(|sign| sign.is_ascii_digit()))
}

/// Puts rows into the clipboard; false where the browser does not let it.
pub async fn copy(rows: Vec<Vec<String>>) -> bool {
    clipboard::copy(&as_text(&rows), Some(&as_html(&rows))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        vec![row(&["Source", "Messages"]), row(&["=1+1\t<b>", "-5"]), row(&["192.0.2.1", "-5-1"])]
    }

    #[test]
    fn a_cell_is_one_line_and_never_a_formula() {
        assert_eq!(as_text(&rows()), "Source\tMessages\r\n'=1+1 <b>\t-5\r\n192.0.2.1\t'-5-1\r\n");
        for formula in
            ["=A1", "+A1", "-A1", "@A1", " =A1", "\t=A1", "\r\n@A1", "-", "--1", "+1.", "-1.5.2", "-1e5", "＝A1"]
        {
            assert!(plain(formula).starts_with('\''), "{formula:?}");
        }
        for number in ["-1", "+12", "-1.50", "7", "a=b", "", "192.0.2.1"] {
            assert_eq!(plain(number), number);
        }
    }

    #[test]
    fn a_table_holds_text_only() {
        let html = as_html(&rows());
        assert!(
            html.contains("<tr><th>Source</th><th>Messages</th></tr><tr><td>'=1+1 &lt;b&gt;</td><td>-5</td></tr>"),
            "{html}"
        );
    }
}
