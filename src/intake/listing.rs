//! The list of what lies beside the page: `reports/index.txt`, one path a line.
//!
//! It is what `ls reports > reports/index.txt` writes, or its like elsewhere: lines may end in CR LF, the text may be UTF-8 or,
//! as Windows' own shell writes it, UTF-16. Lines that begin with `#` are comments. A line that ends in `/` names a folder with
//! a list of its own.

/// What a line names. Paths are as written, not encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A file with reports.
    Reports(String),
    /// A folder with a list of its own; ends in `/`.
    Folder(String),
    /// What is no report but known by its name: labels of domains (`labels.txt`), what is said of senders (`senders.txt`), a database of networks (`….mmdb`).
    Aid(String),
}

/// Why bytes are no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFault {
    /// A page, as many hosts send where there is nothing.
    Page,
    /// Not a text.
    Binary,
}

/// Reads a list. The list itself, which `ls` names as well, is left out, and so is what begins with a dot.
///
/// # Errors
/// If the bytes are no list.
pub fn read_list(bytes: &[u8]) -> Result<Vec<Listed>, ListFault> {
    let text = text(bytes).ok_or(ListFault::Binary)?;
    if text.trim_start().starts_with('<') {
        return Err(ListFault::Page);
    }
    Ok(text.lines().filter_map(line).collect())
}

fn line(line: &str) -> Option<Listed> {
    let path = line.trim();
    let path = path.strip_prefix("./").unwrap_or(path);
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    if path.starts_with('#') || name.is_empty() || name.starts_with('.') && name != ".." || name == "index.txt" {
        return None;
    }
    Some(if path.ends_with('/') {
        Listed::Folder(path.to_owned())
    } else if matches!(name, "labels.txt" | "senders.txt") || name.ends_with(".mmdb") {
        Listed::Aid(path.to_owned())
    } else {
        Listed::Reports(path.to_owned())
    })
}

/// The text in UTF-8, or in UTF-16 where a mark says so; none where it holds what no text does.
fn text(bytes: &[u8]) -> Option<String> {
    let wide = |pair: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).skip(1).filter_map(|bytes| bytes.try_into().ok());
        String::from_utf16_lossy(&units.map(pair).collect::<Vec<u16>>())
    };
    let text = match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    };
    (!text.contains('\0')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reports(names: &[&str]) -> Vec<Listed> {
        names.iter().map(|name| Listed::Reports((*name).to_owned())).collect()
    }

    #[test]
    fn a_list_is_what_ls_writes_with_comments_and_folders() {
        let text = "# Reports of the team\n\na.xml.gz\r\n  with blank.zip \nindex.txt\n.hidden\n/dmarc/all.mbox\n./b.zip\n../c.zip\n";
        let expected = reports(&["a.xml.gz", "with blank.zip", "/dmarc/all.mbox", "b.zip", "../c.zip"]);
        assert_eq!(read_list(text.as_bytes()), Ok(expected));
        let text = "2026/\n2026/index.txt\nlabels.txt\nsenders.txt\nGeoLite2-ASN.mmdb\n/\n";
        let aid = |name: &str| Listed::Aid(name.to_owned());
        let expected =
            vec![Listed::Folder("2026/".to_owned()), aid("labels.txt"), aid("senders.txt"), aid("GeoLite2-ASN.mmdb")];
        assert_eq!(read_list(text.as_bytes()), Ok(expected));
        assert_eq!(read_list(b""), Ok(Vec::new()));
    }

    #[test]
    fn windows_lists_are_read_too() {
        let wide = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            mark.iter().copied().chain("a.xml\r\nb-ü.zip\r\n".encode_utf16().flat_map(bytes)).collect()
        };
        let expected = Ok(reports(&["a.xml", "b-ü.zip"]));
        assert_eq!(read_list(&wide(&[0xFF, 0xFE], u16::to_le_bytes)), expected);
        assert_eq!(read_list(&wide(&[0xFE, 0xFF], u16::to_be_bytes)), expected);
        assert_eq!(read_list("\u{FEFF}a.xml\r\nb-ü.zip".as_bytes()), expected);
    }

    #[test]
    fn a_page_or_other_bytes_are_no_list() {
        assert_eq!(read_list(b" <!doctype html><title>Not found</title>"), Err(ListFault::Page));
        assert_eq!(read_list(b"PK\x03\x04\x00\x00"), Err(ListFault::Binary));
    }
}
