use super::{Value, Words};
use crate::analysis::causes::{Cause, Confidence, Step};

/// A cause in plain words.
#[must_use]
pub fn cause_text(words: &Words, cause: Cause) -> String {
    words.say(&format!("cause-{}", cause.code()))
}

/// How sure a cause is, in plain words.
#[must_use]
pub fn confidence_text(words: &Words, confidence: Confidence) -> String {
    words.say(&format!("confidence-{}", confidence.word()))
}

/// A step in plain words: what to do, the setting's name where one is known, and what to copy.
#[must_use]
pub fn step_text(words: &Words, step: &Step) -> Vec<String> {
    let absent = words.say("step-absent");
    let address = step.address.map_or_else(|| absent.clone(), |address| address.to_string());
    let somebody = || words.say_with("step-somebody", &[("address", Value::Text(&address))]);
    let other = match (&step.service, &step.other) {
        (Some(service), Some(domain)) => {
            let values = [("service", Value::Text(&service.name)), ("domain", Value::Text(domain))];
            words.say_with("step-service", &values)
        }
        (Some(service), None) => service.name.clone(),
        (None, Some(domain)) => domain.clone(),
        (None, None) => somebody(),
    };
    let or_absent = |text: &Option<String>| text.clone().unwrap_or_else(|| absent.clone());
    let (domain, selector, copy) = (or_absent(&step.domain), or_absent(&step.selector), or_absent(&step.copy));
    let values = [
        ("domain", Value::Text(&domain)),
        ("selector", Value::Text(&selector)),
        ("other", Value::Text(&other)),
        ("address", Value::Text(&address)),
        ("copy", Value::Text(&copy)),
    ];
    let mut lines = vec![words.say_with(&format!("step-{}", step.kind.code()), &values)];
    if let Some((service, setting)) =
        step.service.as_ref().and_then(|service| Some((service, service.setting.as_ref()?)))
    {
        let values = [("service", Value::Text(&service.name)), ("setting", Value::Text(setting))];
        lines.push(words.say_with("step-setting", &values));
    }
    if step.copy.is_some() {
        lines.push(words.say_with("step-copy", &values));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::Plain;
    use super::*;
    use crate::analysis::causes::{Service, StepKind};

    #[test]
    fn every_cause_and_step_has_words_and_names_what_it_is_about() {
        let words = Words::english_screens(Box::new(Plain));
        for cause in Cause::ALL {
            assert!(words.knows(&format!("cause-{}", cause.code())), "{cause:?}");
            let is_sure = matches!(cause, Cause::NotEnough | Cause::None);
            assert_eq!(cause_text(&words, cause).starts_with("Likely"), !is_sure);
        }
        assert!(Confidence::ALL.iter().all(|confidence| words.knows(&format!("confidence-{}", confidence.word()))));
        for kind in StepKind::ALL {
            let service =
                Service { name: "Mailer".into(), setting: Some("Own signature".into()), source: String::new() };
            let full = Step {
                kind,
                domain: Some("shop.example".into()),
                selector: Some("s1".into()),
                other: Some("vendor.example".into()),
                service: Some(service),
                address: Some("192.0.2.1".parse().unwrap()),
                copy: Some("ip4:192.0.2.1".into()),
            };
            let said = step_text(&words, &full).join("\n");
            assert!(!said.contains("step-") && !said.contains('{'), "{said}");
            assert!(said.contains("“Own signature”") && said.contains("To copy: ip4:192.0.2.1"), "{said}");
            assert_eq!(said.contains("shop.example"), kind != StepKind::None, "{said}");
            let bare =
                Step { domain: None, selector: None, other: None, service: None, address: None, copy: None, ..full };
            let said = step_text(&words, &bare).join("\n");
            assert!(!said.contains('{') && !said.contains("To copy"), "{said}");
        }
    }
}
