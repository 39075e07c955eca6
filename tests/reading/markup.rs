//! XML that is not as it should be.

use dmarcscope::ledger::{Note, Status};
use dmarcscope::report::Dialect;

use super::support::{
    IDENTIFIERS, METADATA, POLICY, RESULTS, ROW, read, read_clean, read_noted, record, record_of, report_of,
    with_record,
};

fn plain() -> String {
    with_record(&record())
}

#[test]
fn byte_order_mark() {
    assert_eq!(read_clean(format!("\u{FEFF}{}", plain())).ranges[0].start, 3 + 39);
}

#[test]
fn utf_16_of_both_orders() {
    let text = plain().replace("UTF-8", "UTF-16").replace("receiver.example<", "empfänger.example<");
    for mark in [true, false] {
        for little in [true, false] {
            let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
            let bytes: Vec<u8> =
                units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
            let all = read_noted(&bytes, &["transcoded"]);
            assert_eq!(all.reports[0].org_name.as_deref(), Some("empfänger.example"));
            assert_eq!(all.ranges[0], 0..bytes.len() as u64);
            assert_eq!(all.messages(), 2);
        }
    }
}

#[test]
fn a_declared_charset_is_decoded() {
    let text = plain().replace("UTF-8", "windows-1252").replace("receiver.example<", "empf\u{1}nger.example<");
    let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 1 { 0xE4 } else { byte }).collect();
    let all = read_noted(&bytes, &["transcoded"]);
    assert_eq!(all.reports[0].org_name.as_deref(), Some("empfänger.example"));
    assert!(all.notes[0].iter().any(|(note, _)| *note == Note::Transcoded("windows-1252".into())));
}

#[test]
fn a_declared_charset_without_need_changes_nothing() {
    let text = plain().replace("UTF-8", "iso-8859-1");
    let all = read_clean(&text);
    assert_eq!(all.ranges[0].start as usize, text.find("<feedback").unwrap());
}

#[test]
fn bytes_that_are_no_characters() {
    for (place, charset) in [("example.com</header_from>", "UTF-8"), ("example.com</header_from>", "nonsense-1")] {
        let text = plain().replace("UTF-8", charset).replace(place, "b\u{1}d.example</header_from>");
        let bytes: Vec<u8> = text.bytes().map(|byte| if byte == 1 { 0xE4 } else { byte }).collect();
        let all = read_noted(&bytes, &["broken-bytes"]);
        assert_eq!(all.records[0].header_from.as_deref(), Some("b\u{FFFD}d.example"));
        assert_eq!(all.messages(), 2);
    }
}

#[test]
fn blanks_and_junk_before_the_declaration() {
    for junk in ["\n  ", "--=_boundary\nContent-Type: text/xml\n\n", "\"", "a < b & c <x\n", "\u{FFFD}\0"] {
        let text = format!("{junk}{}", plain());
        let all = read_noted(&text, &["junk-before"]);
        assert_eq!(all.messages(), 2, "{junk:?}");
        assert_eq!(all.ranges[0].start as usize, text.find("<feedback").unwrap());
    }
}

#[test]
fn blanks_before_the_root_are_no_junk() {
    read_clean(plain().replace("?>\n", "?>\n\n \t\r\n"));
    read_clean(plain().split_once("?>").unwrap().1);
}

#[test]
fn no_newline_after_the_declaration() {
    read_clean(plain().replace("?>\n", "?>"));
}

#[test]
fn a_stray_quote_after_the_declaration() {
    assert_eq!(read_noted(plain().replace("?>\n", "?>\"\n"), &["junk-before"]).messages(), 2);
}

#[test]
fn a_declaration_that_is_not_closed() {
    for declaration in ["<?xml version=\"1.0\">", "<?xml version=\"1.0\" ?", "<xml version=\"1.0\" "] {
        let text = format!("{declaration}\n{}", plain().split_once("?>").unwrap().1);
        let all = read(&text);
        assert_eq!(all.messages(), 2, "{declaration}: {:?}", all.codes());
    }
}

#[test]
fn a_doctype_is_passed_over_and_never_expanded() {
    let doctype = "?><!DOCTYPE feedback [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let all = read_noted(
        plain().replacen("?>", doctype, 1).replace("<org_name>receiver.example<", "<org_name>&b; receiver<"),
        &["stray-markup"],
    );
    assert_eq!(all.reports[0].org_name.as_deref(), Some("&b; receiver"));
}

#[test]
fn entities_comments_and_cdata() {
    let text = plain()
        .replace("<org_name>receiver.example", "<org_name><!-- who --> A&#38;B &lt;<![CDATA[C & D]]>&#x3E; <!-- x -->")
        .replace("<record>", "<!-- a <record> --><record><?pi x?>");
    let all = read_clean(text);
    assert_eq!(all.reports[0].org_name.as_deref(), Some("A&B <C & D>"));
    assert_eq!(all.messages(), 2);
}

#[test]
fn entities_that_no_one_knows_stay_text() {
    let all = read_noted(plain().replace("<org_name>receiver", "<org_name>a&nbsp;b&#0;"), &["stray-markup×2"]);
    assert_eq!(all.reports[0].org_name.as_deref(), Some("a&nbsp;b&#0;.example"));
}

#[test]
fn ampersands_and_angles_in_text() {
    for (text, count) in
        [("A & B", 1), ("A&B", 1), ("a < b", 1), ("a <b", 1), ("<>", 1), ("x <y> z", 1), ("a && b", 2), ("<<", 2)]
    {
        let all = read(plain().replace("<org_name>receiver.example<", &format!("<org_name>{text}<")));
        assert_eq!(all.reports[0].org_name.as_deref(), Some(text));
        let notes: Vec<(&Note, u64)> = all.notes[0].iter().collect();
        assert_eq!(notes, [(&Note::StrayMarkup, count)], "{text}");
        assert_eq!(all.messages(), 2);
    }
}

#[test]
fn angles_around_addresses_and_ids() {
    for id in ["<a@b.example>", "<msgid.example>", "<1234@x.example>", "<>", "<12.34>"] {
        let text = plain()
            .replace("<report_id>r-1<", &format!("<report_id>{id}<"))
            .replace("<email>dmarc@receiver.example<", &format!("<email>{id}<"));
        let all = read_noted(text, &["stray-markup×2"]);
        assert_eq!(all.reports[0].report_id.as_deref(), Some(id));
        assert_eq!(all.reports[0].email.as_deref(), Some(id));
        assert_eq!((all.reports[0].begin, all.messages()), (Some(1_700_000_000), 2));
    }
}

#[test]
fn angles_in_a_record() {
    let text = plain().replace("<header_from>example.com<", "<header_from>bad<example.com<");
    let all = read_noted(text, &["stray-markup"]);
    assert_eq!(all.records[0].header_from.as_deref(), Some("bad<example.com"));
    assert_eq!(all.records[0].dkim.len(), 1);
}

#[test]
fn prefixed_tags() {
    let text =
        plain().replace("</", "</ns0:").replace("<", "<ns0:").replace("<ns0:?", "<?").replace("<ns0:/ns0:", "</ns0:");
    for namespace in ["urn:ietf:params:xml:ns:dmarc-2.0", "http://dmarc.org/dmarc-xml/0.1"] {
        let all = read_clean(
            text.replace("<ns0:feedback", &format!("<ns0:feedback xmlns:ns0=\"{namespace}\" xmlns:xsi='urn:xsi'")),
        );
        assert_eq!(all.messages(), 2);
        assert_eq!(all.reports[0].dialect == Dialect::Rfc9990, namespace.starts_with("urn"));
    }
    // Undeclared, and the root alone prefixed.
    assert_eq!(read_clean(&text).messages(), 2);
    let root = plain().replace("<feedback", "<ns1:feedback xmlns:ns1='http://dmarc.org/dmarc-xml/0.1'");
    assert_eq!(read_clean(root.replace("</feedback", "</ns1:feedback")).messages(), 2);
}

#[test]
fn namespaces() {
    let read_as = |namespace: &str, codes: &[&str]| {
        let text = plain().replace("<feedback", &format!("<feedback xmlns=\"{namespace}\""));
        let all = read_noted(text, codes);
        assert_eq!(all.messages(), 2);
        all.reports[0].dialect
    };
    assert_eq!(read_as("http://dmarc.org/dmarc-xml/0.1", &[]), Dialect::Rfc7489);
    assert_eq!(read_as("urn:ietf:params:xml:ns:dmarc-2.0", &[]), Dialect::Rfc9990);
    assert_eq!(read_as("http//dmarc.org/dmarc-xml/0.1", &["unknown-namespace"]), Dialect::Rfc7489);
    assert_eq!(read_as("urn:ietf:params:xml:ns:dmarc-2.1", &["unknown-namespace"]), Dialect::Rfc9990);
    assert_eq!(read_as("http://example.org/other", &["unknown-namespace"]), Dialect::Rfc7489);
}

#[test]
fn a_schema_that_is_not_closed_around_the_report() {
    let schema = "?> <xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"http://dmarc.org/dmarc-xml/0.1\">";
    let all = read_noted(plain().replacen("?>", schema, 1), &["unclosed-element"]);
    assert_eq!(all.messages(), 2);
    assert!(all.notes[0].iter().any(|(note, _)| *note == Note::UnclosedElement("xs:schema".into())));
}

#[test]
fn a_schema_that_is_not_closed_inside_the_report() {
    let schema = "<feedback><xs:schema><xs:element name=\"feedback\"/>";
    assert_eq!(read_noted(plain().replace("<feedback>", schema), &["unclosed-element"]).messages(), 2);
}

#[test]
fn a_missing_last_angle() {
    let text = plain();
    let text = text.trim_end().strip_suffix('>').unwrap();
    let all = read_noted(text, &["unclosed-element"]);
    assert_eq!(all.messages(), 2);
    assert_eq!(all.notes[0].status(), Status::Mended);
}

#[test]
fn cut_off_anywhere() {
    let whole = with_record(&record().repeat(3));
    let end = whole.find("</feedback>").unwrap();
    for cut in whole.find("<feedback>").unwrap() + 10..end {
        let all = read(&whole[..cut]);
        assert_eq!(all.reports.len(), 1, "{cut}");
        let complete = whole[..cut].matches("</record>").count();
        assert_eq!(all.records.len(), complete, "{cut}");
        let codes: Vec<&Note> = all.notes[0].iter().map(|(note, _)| note).collect();
        assert!(codes.contains(&&Note::CutOff { records: complete as u64 }), "{cut} {codes:?}");
        assert!(
            !codes.iter().any(|note| matches!(note, Note::StrayMarkup | Note::UnclosedElement(_))),
            "{cut} {codes:?}"
        );
        // No word is taken that may have been longer.
        let names = [None, Some("receiver.example")];
        assert!(names.contains(&all.reports[0].org_name.as_deref()), "{cut}");
    }
}

#[test]
fn cut_off_and_followed_by_another() {
    let whole = plain();
    let (first, _) = whole.split_once("</record>").unwrap();
    let all = read(format!("{first}{whole}"));
    assert_eq!((all.reports.len(), all.messages()), (2, 2));
    assert_eq!(all.codes(), ["cut-off"]);
}

#[test]
fn junk_after_the_report() {
    for junk in ["junk", "<br>", "</feedback>", "\0\0\0", "--boundary--", "<"] {
        let all = read_noted(format!("{}{junk}", plain()), &["junk-after"]);
        assert_eq!(all.messages(), 2, "{junk:?}");
    }
    read_clean(format!("{}\n\n<!-- made by hand -->\n", plain()));
}

#[test]
fn elements_that_are_not_closed() {
    for (what, instead) in [
        ("</header_from>", ""),
        ("</row>", ""),
        ("</dkim><spf>", "<spf>"),
        ("</record>", ""),
        ("</report_metadata>", ""),
        ("</policy_published>", ""),
        ("</domain><selector>", "<domain><selector>"),
        ("</count>", "</cnt>"),
    ] {
        let text = with_record(&record().repeat(2)).replace(what, instead);
        let all = read(&text);
        assert_eq!((all.records.len(), all.messages()), (2, 4), "{what}: {:?}", all.codes());
        assert!(all.codes().iter().any(|code| code.starts_with("unclosed-element")), "{what}: {:?}", all.codes());
        assert_eq!(all.records[1].header_from.as_deref(), Some("example.com"), "{what}");
        assert_eq!(all.records[1].spf.len(), 1, "{what}");
    }
}

#[test]
fn a_piece_lost_from_the_middle() {
    let text = plain();
    let from = text.find("<adkim>").unwrap();
    let to = text.find("<result>").unwrap();
    let all = read(format!("{}{}", &text[..from], &text[to..]));
    assert_eq!((all.reports.len(), all.records.len()), (1, 0));
    assert_eq!(all.notes[0].status(), Status::Partial);
    assert_eq!(all.reports[0].policy.domain.as_deref(), Some("example.com"));
}

#[test]
fn one_broken_record_leaves_its_neighbours() {
    let broken = record().replace("<count>2", "<count>1 &</row><row");
    let all = read(with_record(&[record(), broken, record()].concat()));
    assert_eq!(all.records.first().map(|record| record.count), Some(2));
    assert_eq!(all.records.last().map(|record| record.count), Some(2));
}

#[test]
fn attributes_do_no_harm() {
    let text = plain()
        .replace("<feedback>", "<feedback lang=\"en\" xsi:schemaLocation='a b'>")
        .replace("<org_name>", "<org_name xml:lang=\"en\" a = 'x>y'>")
        .replace("<count>", "<count unit=\"messages\">");
    assert_eq!(read_clean(text).messages(), 2);
}

#[test]
fn letter_case_of_names() {
    let text =
        plain().replace("feedback>", "Feedback>").replace("record>", "Record>").replace("source_ip>", "Source-IP>");
    let all = read_noted(text, &["misspelt-element", "misspelt-element", "misspelt-element"]);
    assert_eq!(all.messages(), 2);
}

#[test]
fn text_between_elements() {
    let text = plain().replace("</sp>", "</sp>11").replace("</row>", "</row>>");
    assert_eq!(read_noted(text, &["stray-markup×2"]).messages(), 2);
}

#[test]
fn markup_that_swallows_the_rest() {
    for odd in
        ["<!-- not closed", "<![CDATA[ not closed", "<foo bar=\"not closed", "<?not closed", "<!DOCTYPE not closed"]
    {
        let text = report_of(&[METADATA, POLICY, &record(), odd, &record(), &record()]);
        let all = read(&text);
        assert_eq!(all.messages(), 6, "{odd}: {:?}", all.codes());
        let inside = record_of(&[ROW, odd, IDENTIFIERS, RESULTS]);
        let all = read(report_of(&[METADATA, POLICY, &record(), &inside, &record()]));
        assert_eq!(all.messages(), 6, "{odd}: {:?}", all.codes());
    }
}
