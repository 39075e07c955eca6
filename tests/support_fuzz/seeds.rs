//! Beginnings for the fuzzer: small files of our own, whole and odd.

use super::archives::{How, compound, gzip, tar, zip, zlib};

const RFC7489: &str = include_str!("../fixtures/every-field-of-rfc-7489.xml");
const RFC9990: &str = include_str!("../fixtures/every-field-of-rfc-9990.xml");

/// The tokens that mutations put in: those of the fuzzer's dictionary.
pub const DICTIONARY: &str =
    concat!(include_str!("../../fuzz/dictionaries/xml.dict"), include_str!("../../fuzz/dictionaries/mail.dict"));

const METADATA: &str = "<report_metadata><org_name>r.example</org_name><email>d@r.example</email><report_id>1</report_id>\
    <date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>";
const POLICY: &str = "<policy_published><domain>example.com</domain><p>none</p></policy_published>";
const RECORD: &str = "<record><row><source_ip>192.0.2.1</source_ip><count>2</count><policy_evaluated><disposition>none\
    </disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.com\
    </header_from></identifiers><auth_results><spf><domain>example.com</domain><result>pass</result></spf></auth_results>\
    </record>";

/// Reports as text.
pub fn xml() -> Vec<Vec<u8>> {
    let plain = format!("<feedback>{METADATA}{POLICY}{RECORD}</feedback>");
    let odd = [
        format!("<?xml version=\"1.0\"?>\n{plain}"),
        format!("\u{FEFF}\n junk {plain} junk"),
        format!("{plain}{plain}"),
        format!("<list><a:feedback xmlns:a=\"urn:x\">{METADATA}{RECORD}</a:feedback>{plain}</list>"),
        format!("<feedback>{METADATA}{POLICY}{RECORD}<record><row><source_ip>2001:db8::1</source_ip><cou"),
        format!("<feedback>{METADATA}<!-- {POLICY} {RECORD} <record><row>"),
        format!("<feedback>{RECORD}{}{METADATA}</feedback>", RECORD.replace("</row>", "").replace("pass", "a & b < c")),
        format!("<feedback xmlns='urn:ietf:params:xml:ns:dmarc-2.0'>{POLICY}<record><![CDATA[<record>]]></record>"),
        format!("{METADATA}{POLICY}<Record>{}</Record>", RECORD.replace("identifiers", "identities")),
        format!("<!DOCTYPE x [<!ENTITY a \"b\">]><feedback version=\"1\"{METADATA}{RECORD}</feedback>"),
        "{\"organization-name\":\"x\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\"}}]}".to_owned(),
        "Received: from a\r\n\tby b\r\nSubject: c\r\n\r\n<feedback>".to_owned(),
        "From a@b Mon Jan  1 00:00:00 2024\nReceived: x\n\n".to_owned(),
        "<!DOCTYPE html><html><body>no report</body></html>".to_owned(),
    ];
    // Longer than the smallest window, so that everything comes to lie on its edge.
    let broken = [RECORD, "junk <x y> &", &RECORD.replace("</count>", ""), "<a", RECORD, "<?b ", RECORD].concat();
    let long = format!("<feedback>{METADATA}{}{POLICY}</feedback>\n", broken.repeat(2));
    let odd = odd.into_iter().chain([long.replacen(METADATA, "<!-- ", 1), format!("{long}{plain}")]);
    let mut all: Vec<Vec<u8>> = odd.map(String::into_bytes).collect();
    all.push(plain.encode_utf16().flat_map(u16::to_le_bytes).collect());
    all.push([0xFE, 0xFF].into_iter().chain(plain.encode_utf16().flat_map(u16::to_be_bytes)).collect());
    let latin = format!("<?xml version=\"1.0\" encoding=\"windows-1252\"?>{plain}").replace("r.example", "r\u{1}");
    all.push(latin.into_bytes().into_iter().map(|byte| if byte == 1 { 0xE9 } else { byte }).collect());
    all.push(
        plain.replace("r.example", "r\u{1}").into_bytes().iter().map(|b| if *b == 1 { 0xFF } else { *b }).collect(),
    );
    all.extend([RFC7489, RFC9990, &plain].map(|text| text.as_bytes().to_vec()));
    all
}

/// Compressed streams.
pub fn streams() -> Vec<Vec<u8>> {
    let small = format!("<feedback>{METADATA}{RECORD}</feedback>").into_bytes();
    let member = gzip(&small, 6);
    let mut named = member.clone();
    // All parts that a header may have: a checksum, an extra field, a name and a comment.
    named.splice(3..10, [30, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, b'n', 0, b'c', 0, 1, 1]);
    let archive = zip(&[("a.xml", &small, How::Deflated)]);
    vec![
        gzip(&small, 0),
        named,
        [member.clone(), vec![0; 8], gzip(RFC9990.as_bytes(), 9)].concat(),
        [member.as_slice(), b"junk"].concat(),
        member[..member.len() / 2].to_vec(),
        zlib(&small, 0),
        zlib(RFC7489.as_bytes(), 6),
        gzip(&gzip(&gzip(&small, 0), 0), 0),
        gzip(&archive, 0),
        gzip(&vec![b' '; 70_000], 9),
        member,
    ]
}

/// Zip archives.
pub fn zips() -> Vec<Vec<u8>> {
    let small = format!("<feedback>{METADATA}{RECORD}</feedback>").into_bytes();
    let inner = zip(&[("d.xml", &small, How::Stored), ("e/", b"", How::Stored)]);
    let plain = zip(&[("a.xml", &small, How::Stored), ("b.xml", RFC9990.as_bytes(), How::Deflated)]);
    let streamed = zip(&[("a.xml", &small, How::Streamed), ("b.xml", &small, How::Streamed)]);
    let end = streamed.len() - 22;
    vec![
        zip(&[
            ("b.gz", &gzip(&small, 0), How::Stored),
            ("c.zip", &inner, How::Stored),
            ("n.txt", b"no", How::Deflated),
        ]),
        streamed[..end].to_vec(),
        streamed[..end / 2].to_vec(),
        zip(&[]),
        zip(&[("[Content_Types].xml", b"<Types/>", How::Stored), ("word/a", b"", How::Stored)]),
        [b"MZ\0\0 program ", plain.as_slice()].concat(),
        [plain.as_slice(), b"junk"].concat(),
        inner,
        streamed,
        plain,
    ]
}

/// Messages and mailboxes.
pub fn mails() -> Vec<Vec<u8>> {
    let small = format!("<feedback>{METADATA}{RECORD}</feedback>");
    let fields = "From: a@b\nSubject: =?utf-8?Q?a=C3=A9_b?= =?iso-8859-1?B?6Q==?=\n";
    let part = |fields: &str, body: &str| format!("--b\n{fields}\n\n{body}\n");
    let plain = format!("{fields}Content-Type: text/xml\n\n{small}");
    let quoted = format!(
        "{fields}Content-Type: multipart/mixed;\n boundary=\"b\"\n\n{}{}--b--\nend\n",
        part("Content-Type: text/plain", "A report."),
        part("Content-Type: text/xml\nContent-Transfer-Encoding: quoted-printable", &small.replace('=', "=3D")),
    );
    // "<feedback><record>" and so on, packed.
    let packed = format!(
        "{fields}ContentType: application/zip\nContent-Transfer-Encoding: base64\n\n{}",
        "PGZlZWRiYWNrPjxyZWNvcmQ+PHJvdz48c291cmNlX2lwPjE5Mi4wLjIuMTwvc291cmNlX2lwPjwvcm93PjwvcmVj\nb3JkPjwvZmVlZGJhY2s+\n"
    );
    let bounce = format!(
        "{fields}Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n{}{}",
        part("Content-Type: message/delivery-status", "Status: 5.1.1"),
        part("Content-Type: message/rfc822", &plain),
    );
    let failure = bounce.replace("delivery-status", "feedback-report");
    let forwarded = format!("{fields}Content-Type: message/rfc822\n\n{quoted}");
    let nested = format!("{fields}Content-Type: multipart/mixed; boundary=c\n\n--c\n{quoted}--c\n{plain}\n--c--\n");
    let from = "From a@b Mon Jan  1 00:00:00 2024\n";
    let mailbox =
        format!("{from}{plain}\n\n{from}{quoted}\n{from}{packed}\nFrom -\n{bounce}\n>From here\n>>From there\n");
    let all = [plain, quoted, packed, bounce, failure, forwarded, nested, mailbox.replace('\n', "\r\n"), mailbox];
    all.into_iter().map(String::into_bytes).collect()
}

/// Tape archives.
pub fn tars() -> Vec<Vec<u8>> {
    let small = format!("<feedback>{METADATA}{RECORD}</feedback>").into_bytes();
    let plain = tar(&[("a.xml", b'0', &small), ("b/", b'5', b""), ("b/c.gz", 0, &gzip(&small, 0))]);
    let pax = tar(&[("p", b'x', b"12 path=a.b\n11 size=600\n"), ("cut", b'0', &small)]);
    vec![
        tar(&[("././@LongLink", b'L', &[b'n'; 200]), ("cut", b'0', &small), ("s", b'S', b"")]),
        tar(&[("b.tar", b'0', &plain[..1536]), ("c.zip", b'7', &zip(&[("d.xml", &small, How::Stored)]))]),
        plain[..900].to_vec(),
        gzip(&plain, 0),
        plain,
        pax,
    ]
}

/// Outlook's messages.
pub fn messages() -> Vec<Vec<u8>> {
    let small = format!("<feedback>{METADATA}{RECORD}</feedback>").into_bytes();
    let attached = "__substg1.0_37010102";
    vec![
        compound(attached, &small, false),
        compound(attached, &small, true),
        compound(attached, &gzip(&small, 0), true),
        compound("__substg1.0_1000001F", &utf16(&small), false),
        compound("__substg1.0_001A001F", &utf16(b"REPORT.IPM.Note.NDR"), true),
        compound("WordDocument", b"x", true),
    ]
}

fn utf16(text: &[u8]) -> Vec<u8> {
    text.iter().flat_map(|byte| [*byte, 0]).collect()
}

/// Those of a target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "xml" => xml(),
        "gzip" => streams(),
        "zip" => zips(),
        "mail" => mails(),
        "tar" => tars(),
        "msg" => messages(),
        _ => [xml(), streams(), zips(), mails(), tars(), messages()].concat(),
    }
}

/// The dictionary's tokens.
pub fn tokens() -> Vec<Vec<u8>> {
    let quoted = DICTIONARY.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescaped).collect()
}

/// A token as libFuzzer reads it: `\\`, `\"` and `\xAB`.
fn unescaped(token: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), token.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        rest = match after {
            [b'x', high, low, after @ ..] if *first == b'\\' => {
                let digits = [*high, *low];
                bytes.push(std::str::from_utf8(&digits).ok().and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap());
                after
            }
            [next, after @ ..] if *first == b'\\' => {
                bytes.push(*next);
                after
            }
            after => {
                bytes.push(*first);
                after
            }
        };
    }
    bytes
}
