use super::*;

fn refused(text: &str) -> Refusal {
    read(text, "192.0.2.1".parse().unwrap(), "https://rdap.example/").unwrap_err()
}

#[test]
fn what_is_no_answer_is_refused() {
    for text in ["", "<html>", "[]", "{}", r#"{"startAddress":"192.0.2.0"}"#, &"[".repeat(100_000)] {
        assert_eq!(refused(text), Refusal::Malformed, "{}", text.get(..20.min(text.len())).unwrap());
    }
    assert_eq!(refused(r#"{"errorCode":404,"title":"not here"}"#), Refusal::NotFound);
    assert_eq!(refused(r#"{"errorCode":429}"#), Refusal::TooMany);
    assert_eq!(refused(r#"{"errorCode":501}"#), Refusal::Status(501));
    assert_eq!(refused(r#"{"errorCode":"x"}"#), Refusal::Malformed);
    // A range that does not hold the address, or of another family.
    for (first, last) in [("192.0.3.0", "192.0.3.255"), ("192.0.2.9", "192.0.2.0"), ("::", "ff::"), ("x", "y")] {
        assert_eq!(refused(&format!(r#"{{"startAddress":"{first}","endAddress":"{last}"}}"#)), Refusal::Malformed);
    }
    assert_eq!(
        refused(r#"{"objectClassName":"entity","startAddress":"192.0.2.0","endAddress":"192.0.2.9"}"#),
        Refusal::Malformed
    );
}

#[test]
fn a_range_may_be_told_by_its_prefixes_only() {
    let text = r#"{"cidr0_cidrs":[{"v4prefix":"192.0.2.0","length":25},{"v6prefix":"x","length":1},{"v4prefix":"192.0.2.0","length":77}]}"#;
    let holding = read(text, "192.0.2.1".parse().unwrap(), "https://rdap.example/ip/192.0.2.1").unwrap();
    assert_eq!((holding.first.to_string(), holding.last.to_string()), ("192.0.2.0".into(), "192.0.2.127".into()));
    assert_eq!(holding.cidrs.len(), 1);
    assert_eq!(holding.link.as_deref(), Some("https://rdap.example/ip/192.0.2.1"));
}

#[test]
fn hostile_answers_stay_texts_and_short() {
    let remark = format!(r#"{{"title":"<script>","description":["{}"]}}"#, "x".repeat(10_000));
    let remarks = vec![remark; 200].join(",");
    let mut entity = r#"{"roles":["abuse"],"vcardArray":["vcard",[["email",{},"text","javascript:x"],["email",{},"text","a b@c.d"],["email",{},"text","abuse@ok.example"]]]}"#.to_owned();
    for _ in 0..20 {
        entity = format!(r#"{{"entities":[{entity}]}}"#);
    }
    let text = format!(
        r#"{{"startAddress":"192.0.2.0","endAddress":"192.0.2.255","name":7,"remarks":[{remarks}],"entities":[{entity}],
        "links":[{{"rel":"self","href":"javascript:alert(1)"}},{{"rel":"related","type":"application/rdap+json","href":"data:/ip/"}}],
        "events":[{{"eventAction":"registration","eventDate":"yesterday at noon"}}],"status":"active"}}"#
    );
    let holding = read(&text, "192.0.2.1".parse().unwrap(), "https://rdap.example/").unwrap();
    assert_eq!((holding.name, holding.registered, holding.referral), (None, None, None));
    assert_eq!(holding.link.as_deref(), Some("https://rdap.example/"));
    assert_eq!(holding.status, ["active"]);
    assert!(holding.remarks.len() <= MOST_REMARKS && holding.remarks[0].len() < 2 * LONGEST);
    // So deep nobody looks.
    assert_eq!(holding.abuse, None);
}

#[test]
fn one_referral_to_another_service_is_told() {
    let text = r#"{"startAddress":"192.0.2.0","endAddress":"192.0.2.255","links":[
        {"rel":"related","type":"text/html","href":"https://other.example/ip/192.0.2.1"},
        {"rel":"related","type":"application/rdap+json","href":"https://rdap.example/ip/192.0.2.1"},
        {"rel":"related","type":"application/rdap+json","href":"https://national.example/rdap/ip/192.0.2.1"}]}"#;
    let holding = read(text, "192.0.2.1".parse().unwrap(), "https://rdap.example/ip/192.0.2.1").unwrap();
    assert_eq!(holding.referral.as_deref(), Some("https://national.example/rdap/ip/192.0.2.1"));
}

#[test]
fn countries_by_their_names() {
    assert_eq!(party::country("UNITED STATES").as_deref(), Some("US"));
    assert_eq!(party::country("ch").as_deref(), Some("CH"));
    assert_eq!(party::country("Atlantis"), None);
}

#[test]
fn the_question() {
    assert_eq!(
        url("https://rdap.example/", "2001:db8::1".parse().unwrap()),
        "https://rdap.example/ip/2001%3Adb8%3A%3A1"
    );
}
