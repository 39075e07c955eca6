//! E-mail in every shape: what hangs on it is found, and a message with nothing to read ends in one entry.

use dmarcscope::intake::{Limits, Locator, SourceError};
use dmarcscope::ledger::{Found, Kind, LimitKind, Note};

use super::archive::{Zip, deflated, stored};
use super::support::{Item, gzip, only, read, read_all, report, source};

/// base64 in lines of 76 characters.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for (place, piece) in bytes.chunks(3).enumerate() {
        let bits = piece.iter().chain(&[0; 2]).take(3).fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        for digit in 0..4 {
            let digit = if digit <= piece.len() { DIGITS[(bits >> (18 - 6 * digit)) as usize & 63] } else { b'=' };
            text.push(char::from(digit));
        }
        if place % 19 == 18 {
            text.push('\n');
        }
    }
    text
}

pub fn quoted_printable(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut length = 0;
    for byte in bytes {
        let piece = match byte {
            b'\n' => "\n".to_owned(),
            b'=' | 0..=31 | 127.. => format!("={byte:02X}"),
            _ => char::from(*byte).to_string(),
        };
        length = if *byte == b'\n' { 0 } else { length + piece.len() };
        if length > 75 {
            text += "=\n";
            length = piece.len();
        }
        text += &piece;
    }
    text
}

/// A part: header fields, then the body.
pub fn part(fields: &str, body: &str) -> String {
    format!("{fields}\n\n{body}\n")
}

pub fn multipart(kind: &str, boundary: &str, parts: &[String]) -> String {
    let parts: String = parts.iter().map(|part| format!("--{boundary}\n{part}")).collect();
    format!(
        "Content-Type: multipart/{kind};\n\tboundary=\"{boundary}\"\n\nFor old readers.\n{parts}--{boundary}--\nThe end.\n"
    )
}

pub const FIELDS: &str = "Received: from a by b;\n\tMon, 1 Jan 2024 00:00:00 +0000\nFrom: dmarc@reporter.example\n\
    Subject: Report Domain: example.org Submitter: reporter.example\nMIME-Version: 1.0\n";

/// The usual shape: a text and an attachment of this type.
pub fn mail(kind: &str, encoding: &str, body: &str) -> String {
    let text = part("Content-Type: text/plain; charset=utf-8", "This is a report.\n\nRegards");
    let attached = part(
        &format!(
            "Content-Type: {kind};\n name*0=\"a.very.long\";\n name*1=\".name\"\nContent-Transfer-Encoding: {encoding}\n\
             Content-Disposition: attachment"
        ),
        body,
    );
    format!("{FIELDS}{}", multipart("mixed", "=_b (1)", &[text, attached]))
}

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

/// The one item, a report of so many records without a note, whose source is found again.
fn one_report(file: &[u8], records: u64) -> Item {
    let items = read(file);
    let item = only(&items);
    assert!(item.is_report && item.notes.is_empty() && item.records == records, "{item:?}");
    item.clone()
}

#[test]
fn an_attachment_of_any_type_and_encoding() {
    let xml = report("a", 30);
    let text = String::from_utf8(xml.clone()).unwrap();
    let archive = Zip::of(&[deflated("a.xml", &xml)]);
    let types = ["application/gzip", "application/octet-stream", "application/x-zip-compressed", "text/plain", "x"];
    for kind in types {
        for message in [
            mail(kind, "base64", &base64(&gzip(&xml))),
            mail(kind, "BASE64 ", &base64(&archive)),
            mail(kind, "base64", &base64(&xml)),
            mail(kind, "quoted-printable", &quoted_printable(&xml)),
            mail(kind, "7bit", &text),
            mail(kind, "8bit", &text),
        ] {
            one_report(message.as_bytes(), 30);
            one_report(crlf(&message).as_bytes(), 30);
        }
    }
    // Bytes as they are: line ends inside are nobody's but the attachment's.
    for body in [gzip(&xml), archive] {
        let (before, after) =
            mail("application/zip", "binary", "@@").split_once("@@").map(|(a, b)| (crlf(a), crlf(b))).unwrap();
        one_report(&[before.as_bytes(), &body, after.as_bytes()].concat(), 30);
    }
}

#[test]
fn a_message_that_is_the_attachment() {
    let xml = report("a", 3);
    let packed = base64(&gzip(&xml));
    for message in [
        format!("{FIELDS}Content-Type: application/gzip; name=a.gz\nContent-Transfer-Encoding: base64\n\n{packed}"),
        format!(
            "{FIELDS}ContentType: application/gzip\nContent-Transfer-Encoding: base64\n\n{packed}\n\n-- \nfooter, added"
        ),
        format!("{FIELDS}Content-Transfer-Encoding : Base64\n\n{packed}"),
        format!("\n\n{FIELDS}\n{}", String::from_utf8_lossy(&xml)),
    ] {
        one_report(message.as_bytes(), 3);
        one_report(crlf(&message).as_bytes(), 3);
    }
}

#[test]
fn messages_and_multiparts_inside_each_other() {
    let inner = mail("application/gzip", "base64", &base64(&gzip(&report("a", 3))));
    let related =
        multipart("alternative", "=_b", &[part("Content-Type: text/html", "<html><body>Hello</body></html>")]);
    let forwarded = part("Content-Type: message/rfc822", &inner);
    for message in [
        format!("{FIELDS}{}", multipart("mixed", "outer", &[related.clone(), forwarded.clone()])),
        format!("{FIELDS}Content-Type: message/rfc822\n\n{inner}"),
        format!("{FIELDS}{}", multipart("digest", "outer", &[part("", &inner)])),
        // Against the standard, and seen.
        format!(
            "{FIELDS}{}",
            multipart(
                "mixed",
                "o",
                &[part("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64", &base64(inner.as_bytes()))]
            )
        ),
        format!(
            "{FIELDS}Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n{}",
            base64(&Zip::of(&[stored("a.eml", inner.as_bytes())]))
        ),
    ] {
        one_report(message.as_bytes(), 3);
        one_report(crlf(&message).as_bytes(), 3);
    }
    let item = one_report(&Zip::of(&[stored("a.eml", inner.as_bytes())]), 3);
    assert_eq!(item.locator.path(), "a.eml");
}

#[test]
fn a_boundary_that_is_wrong_or_not_stated_is_found() {
    let good = mail("application/gzip", "base64", &base64(&gzip(&report("a", 3))));
    for (from, to) in [
        (";\n\tboundary=\"=_b (1)\"", ""),
        ("boundary=\"=_b (1)\"", "boundary=other"),
        ("--=_b (1)--\nThe end.\n", ""),
        ("--=_b (1)\n", "--=_b (1) \t\n"),
    ] {
        let message = good.replace(from, to);
        assert_ne!(message, good);
        one_report(message.as_bytes(), 3);
    }
}

#[test]
fn what_comes_with_a_report_is_not_told() {
    let xml = base64(&report("a", 3));
    let fields = |kind: &str| format!("Content-Type: {kind}\nContent-Transfer-Encoding: base64");
    let picture = part(&fields("image/png"), &base64(b"\x89PNG\r\n\x1A\n\0\0"));
    let document = part(&fields("application/pdf"), &base64(b"%PDF-1.7"));
    let empty = part("Content-Type: text/plain", "");
    let message = multipart("mixed", "b", &[empty, picture.clone(), part(&fields("text/xml"), &xml), document.clone()]);
    one_report(format!("{FIELDS}{message}").as_bytes(), 3);
    // Without it there is one entry all the same.
    let message = format!("{FIELDS}{}", multipart("mixed", "b", &[picture, document]));
    assert_eq!(only(&read(message.as_bytes())).notes, [Note::NotAReport(Found::Mail)]);
    // What may be a report and cannot be opened is told, with or without another one.
    let locked = {
        let mut entry = deflated("a.xml", &report("b", 1));
        entry.flags = 1;
        part(&fields("application/zip"), &base64(&Zip::of(&[entry])))
    };
    let strange = part(&fields("application/x-7z"), &base64(b"7z\xBC\xAF\x27\x1C\0\x04"));
    let items =
        read(format!("{FIELDS}{}", multipart("mixed", "b", &[locked.clone(), part(&fields("x"), &xml)])).as_bytes());
    assert_eq!(items.iter().map(Item::codes).collect::<Vec<_>>(), [vec!["encrypted"], vec![]]);
    let items = read(format!("{FIELDS}{}", multipart("mixed", "b", &[strange, locked])).as_bytes());
    assert_eq!(items.iter().map(Item::codes).collect::<Vec<_>>(), [["not-a-report"], ["encrypted"]]);
    assert_eq!(items[0].notes, [Note::NotAReport(Found::Archive("7z".into()))]);
}

#[test]
fn several_reports_in_a_message_all_count() {
    let parts: Vec<String> =
        (1..4).map(|n| part("Content-Type: text/xml", &String::from_utf8(report("x", n)).unwrap())).collect();
    let items = read(format!("{FIELDS}{}", multipart("mixed", "b", &parts)).as_bytes());
    assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn mail_of_other_kinds_is_named() {
    let kind = |message: &str| {
        let items = read(message.as_bytes());
        let item = only(&items);
        (item.kind, item.notes.clone())
    };
    let text = part("Content-Type: text/plain", "See below.");
    let returned =
        part("Content-Type: message/rfc822", &mail("application/gzip", "base64", &base64(&gzip(&report("a", 3)))));
    let status = part(
        "Content-Type: message/delivery-status",
        "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; b@c\nStatus: 5.1.1",
    );
    let bounce = (None, vec![Note::NotAReport(Found::Bounce)]);
    assert_eq!(
        kind(&format!(
            "{FIELDS}{}",
            multipart("report; report-type=delivery-status", "b", &[text.clone(), status.clone(), returned.clone()])
        )),
        bounce
    );
    assert_eq!(
        kind(&format!("{FIELDS}{}", multipart("mixed", "b", &[text.clone(), status, returned.clone()]))),
        bounce
    );
    assert_eq!(kind(&format!("X-Failed-Recipients: b@c\n{FIELDS}\nNot delivered.")), bounce);

    let failure = (Some(Kind::Failure), vec![Note::OtherReport]);
    let feedback = part("Content-Type: message/feedback-report", "Feedback-Type: auth-failure\nVersion: 1");
    let headers = part("Content-Type: text/rfc822-headers", "From: a@b\nSubject: c");
    for parts in
        [vec![text.clone(), feedback.clone(), returned], vec![text.clone(), feedback.clone(), headers], vec![feedback]]
    {
        assert_eq!(
            kind(&format!("{FIELDS}{}", multipart("report; report-type=\"feedback-report\"", "b", &parts))),
            failure
        );
        assert_eq!(kind(&format!("{FIELDS}{}", multipart("mixed", "b", &parts))), failure);
    }
    assert_eq!(
        kind("From: a@b\nTo: c@d\nSubject: DMARC Forensic Report for example.org from IP 192.0.2.1\n\nText."),
        failure
    );

    let tls = br#"{"organization-name":"x","date-range":{},"policies":[]}"#;
    let tls = part("Content-Type: application/tlsrpt+gzip\nContent-Transfer-Encoding: base64", &base64(&gzip(tls)));
    let message = format!("{FIELDS}{}", multipart("report; report-type=tlsrpt", "b", &[text, tls]));
    assert_eq!(kind(&message), (Some(Kind::Tls), vec![Note::OtherReport]));
}

/// A mailbox of these messages; a message's own lines that begin with `From ` are quoted.
pub fn mailbox(messages: &[String]) -> String {
    messages
        .iter()
        .map(|message| {
            let quoted = |line: &str| line.trim_start_matches('>').starts_with("From ");
            let lines = message.split('\n').map(|line| if quoted(line) { format!(">{line}") } else { line.to_owned() });
            let message = lines.collect::<Vec<_>>().join("\n");
            format!("From dmarc@reporter.example Mon Jan  1 00:00:00 2024\n{message}\n\n")
        })
        .collect()
}

#[test]
fn every_message_of_a_mailbox_is_an_item() {
    let xml = |id: &str, n| report(id, n);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let inner =
        String::from("From: a@b\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\nFrom here on nothing.\n\nFrom: nobody\n");
    let messages = [
        mail("application/gzip", "base64", &base64(&gzip(&xml("a", 3)))),
        inner,
        format!("From: a@b\nReceived: x\nContent-Type: text/xml\nContent-Length: 5\n\n{}", text(xml("b", 4))),
        mail("application/zip", "base64", &base64(&Zip::of(&[deflated("c.xml", &xml("c", 5))]))),
    ];
    let file = mailbox(&messages);
    for file in [
        file.clone(),
        crlf(&file),
        file.replace("reporter.example Mon Jan  1 00:00:00 2024", "- Mon Jan 01 10:00:00 +0000 2024"),
    ] {
        let items = read(file.as_bytes());
        assert_eq!(items.iter().map(|item| item.records).collect::<Vec<_>>(), [3, 0, 4, 5]);
        assert_eq!(items[1].notes, [Note::NotAReport(Found::Mail)]);
        assert_eq!(
            items.iter().map(|item| item.locator.path()).collect::<Vec<_>>(),
            [
                "#1 Report Domain: example.org Submitter: reporter.example",
                "#2 Grüße",
                "#3",
                "#4 Report Domain: example.org Submitter: reporter.example › c.xml",
            ]
        );
        // A mailbox inside an archive is one all the same.
        let packed = gzip(file.as_bytes());
        assert_eq!(read(&packed).len(), 4);
    }
}

#[test]
fn quoted_lines_are_given_back_and_separators_told_safely() {
    let quoted =
        "<feedback><report_metadata><org_name>\nFrom here\n>From there\n</org_name></report_metadata></feedback>";
    let body = |text: &str| format!("Received: x\nFrom: a@b\nContent-Type: text/xml\n\n{text}");
    let file = mailbox(&[body(quoted)]);
    let items = read(file.as_bytes());
    let found = source(file.as_bytes(), &only(&items).locator, u64::MAX).unwrap();
    assert_eq!(String::from_utf8(found.bytes).unwrap(), quoted);
    // What is not quoted, and yet no separator: no date, or no header field below.
    for line in ["From Russia with love\nSubject: none", "From a@b Mon Jan  1 00:00:00 2024\nno field"] {
        let file = mailbox(&[body("some text")]).replace("some text", &format!("text\n\n{line}\n"));
        assert_eq!(read(file.as_bytes()).len(), 1, "{line}");
    }
    for line in ["From -", "From \t", "From a@b Mon, 1 Jan 2024 00:00 +0100", "From ???@??? Mon Jan 01 00:00:00 2024"] {
        let file = format!("From -\nReceived: x\nTo: a\n\ntext\n\n{line}\nReceived: x\nTo: b\n\ntext\n");
        assert_eq!(read(file.as_bytes()).len(), 2, "{line}");
    }
    // Some writers leave the blank line out.
    let file = "From a Mon Jan  1 00:00:00 2024\nTo: x\n\ntext\nFrom a Mon Jan  1 00:00:00 2024\nTo: y\n\ntext";
    assert_eq!(read(file.as_bytes()).len(), 2);
}

#[test]
fn a_mailbox_that_breaks_off_keeps_what_was_there() {
    let one = |id, records| mail("application/gzip", "base64", &base64(&gzip(&report(id, records))));
    let file = mailbox(&[one("a", 400), one("b", 500)]);
    let items = read(&file.as_bytes()[..file.len() - 2000]);
    assert_eq!(items.len(), 2);
    assert!(items[0].notes.is_empty() && items[1].is_report && items[1].has("unpack-broken"), "{items:?}");
    let packed = gzip(file.as_bytes());
    let items = read(&packed[..packed.len() - 200]);
    assert_eq!(items.len(), 2);
    assert!(items[1].has("unpack-broken"));
}

#[test]
fn limits_hold_for_messages_and_parts() {
    let limits = Limits { entries: 10, ..Limits::DEFAULT };
    let file = mailbox(&vec!["From: a@b\nTo: x\n\ntext".to_owned(); 20]);
    let items = read_all(file.as_bytes(), &limits).items;
    let last = items.last().unwrap();
    assert!(items.len() <= 12 && last.notes == [Note::Limit { limit: LimitKind::Entries, value: 10 }], "{items:?}");
    let parts = vec![part("Content-Type: text/plain", "x"); 20];
    let items = read_all(format!("{FIELDS}{}", multipart("mixed", "b", &parts)).as_bytes(), &limits).items;
    assert!(items.iter().any(|item| item.has("limit")), "{items:?}");
    // Multiparts inside each other.
    let mut inner = part("Content-Type: text/xml", &String::from_utf8(report("a", 1)).unwrap());
    for depth in 0..63 {
        inner = multipart("mixed", &format!("b{depth}"), &[inner]);
    }
    one_report(format!("{FIELDS}{inner}").as_bytes(), 1);
    for depth in 63..80 {
        inner = multipart("mixed", &format!("b{depth}"), &[inner]);
    }
    let items = read(format!("{FIELDS}{inner}").as_bytes());
    assert_eq!(only(&items).notes, [Note::Limit { limit: LimitKind::Depth, value: 64 }]);
}

#[test]
fn a_replaced_message_is_told() {
    let other = String::from("From: a@b\nTo: c\nSubject: other\n\ntext");
    let file = mailbox(&[other.clone(), mail("application/gzip", "base64", &base64(&gzip(&report("a", 30))))]);
    let items = read(file.as_bytes());
    let locator: &Locator = &items[1].locator;
    assert!(items[1].is_report && source(file.as_bytes(), locator, u64::MAX).is_ok());
    for replaced in [mailbox(&[other.clone(), other.clone()]), file[..file.len() - 1500].to_owned(), String::new()] {
        assert_eq!(source(replaced.as_bytes(), locator, u64::MAX), Err(SourceError::Changed));
    }
}
