use crate::ledger::Found;

/// Beginnings of files of known other kinds.
const MAGIC: [(&[u8], &str, bool); 12] = [
    (b"7z\xBC\xAF\x27\x1C", "7z", true),
    (b"Rar!", "rar", true),
    (b"BZh", "bzip2", true),
    (b"\xFD7zXZ\0", "xz", true),
    (b"\x28\xB5\x2F\xFD", "zstd", true),
    (b"\x1F\x8B", "gzip", true),
    (b"PK\x03\x04", "zip", true),
    (b"%PDF", "pdf", false),
    (b"\x89PNG", "png", false),
    (b"GIF8", "gif", false),
    (b"\xFF\xD8\xFF", "jpeg", false),
    (b"\0asm", "wasm", false),
];

/// What bytes without a report look like; `root` is the first element met, if any, `head` their beginning.
pub(super) fn looks_like(head: &[u8], root: Option<&str>) -> Found {
    for (magic, name, archive) in MAGIC {
        if head.starts_with(magic) {
            return if archive { Found::Archive(name.into()) } else { Found::Other(name.into()) };
        }
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let lower: String = text.chars().take(64).flat_map(char::to_lowercase).collect();
    if lower.starts_with("<!doctype html") || root.is_some_and(|root| root.eq_ignore_ascii_case("html")) {
        return Found::Other("html".into());
    }
    if text.starts_with('<')
        && let Some(root) = root
    {
        return Found::Xml(root.into());
    }
    if text.starts_with('{') || text.starts_with('[') {
        return Found::Json;
    }
    if is_mail(text) {
        return Found::Mail;
    }
    let odd = head.iter().filter(|&&byte| byte < 0x09 || (0x0E..0x20).contains(&byte)).count();
    let broken = text.matches('\u{FFFD}').count();
    if odd > 0 || broken.saturating_mul(10) > text.len() { Found::Binary } else { Found::Text }
}

/// Whether text begins as a message or mailbox does.
fn is_mail(text: &str) -> bool {
    const FIELDS: [&str; 10] = [
        "received",
        "return-path",
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "delivered-to",
        "content-type",
    ];
    let mut lines = text.lines().skip_while(|line| line.starts_with("From "));
    let named = |line: &str| {
        line.split_once(':').is_some_and(|(field, _)| FIELDS.contains(&field.trim().to_ascii_lowercase().as_str()))
    };
    lines.next().is_some_and(named) && lines.take(20).any(|line| named(line) || line.starts_with([' ', '\t']))
}
