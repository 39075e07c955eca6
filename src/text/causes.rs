use super::{Value, Words};
use crate::analysis::causes::{Cause, Confidence, Finding, Step, StepKind};

/// A cause in plain words.
#[must_use]
pub fn cause_text(words: &Words, cause: Cause, step: StepKind) -> String {
    words.say(&format!("cause-{}{}", cause.code(), said(cause, step)))
}

/// The end of the keys for what is known because a person says so.
const fn said(cause: Cause, step: StepKind) -> &'static str {
    match (cause, step) {
        (Cause::Spoofing, StepKind::None) => "-marked",
        (Cause::Spoofing, StepKind::Revoke) => "-passes",
        _ => "",
    }
}

/// How sure a cause is, in plain words.
#[must_use]
pub fn confidence_text(words: &Words, confidence: Confidence) -> String {
    words.say(&format!("confidence-{}", confidence.word()))
}

/// What was found, in a line that names what it is about.
#[must_use]
pub fn finding_text(words: &Words, finding: &Finding) -> String {
    let said = match finding.step.kind {
        StepKind::WhoseAddress if finding.cause == Cause::Spoofing && finding.step.other.is_some() => "-other",
        step => said(finding.cause, step),
    };
    with_names(words, &finding.step, |values| {
        words.say_with(&format!("finding-{}{said}", finding.cause.code()), values)
    })
}

/// A step in plain words: what to do, the setting's name where one is known, and what to copy.
#[must_use]
pub fn step_text(words: &Words, step: &Step) -> Vec<String> {
    with_names(words, step, |values| {
        let mut lines = vec![words.say_with(&sentence(step), values)];
        lines.extend(setting_text(words, step));
        if step.copy.is_some() {
            lines.push(words.say_with("step-copy", values));
        }
        lines
    })
}

/// What the service calls the setting that a step is about, where that is known.
#[must_use]
pub fn setting_text(words: &Words, step: &Step) -> Option<String> {
    let service = step.service.as_ref()?;
    let values = [("service", Value::Text(&service.name)), ("setting", Value::Text(service.setting.as_ref()?))];
    Some(words.say_with("step-setting", &values))
}

/// What to do, in a sentence.
#[must_use]
pub fn step_sentence(words: &Words, step: &Step) -> String {
    with_names(words, step, |values| words.say_with(&sentence(step), values))
}

/// The key of the sentence: some steps are said in other words where more is known.
fn sentence(step: &Step) -> String {
    let is_known = step.other.is_some() || step.service.is_some();
    let more = match step.kind {
        StepKind::CheckOverride if is_known => "-by",
        StepKind::GatherMore if step.reporter.is_some() => "-reporter",
        StepKind::GatherMore if is_known => "-by",
        StepKind::AddToSpf if step.copy.as_ref().is_some_and(|copy| copy.starts_with("include:")) => "-service",
        _ => "",
    };
    format!("step-{}{more}", step.kind.code())
}

/// Says something with all that a step names.
fn with_names<T>(words: &Words, step: &Step, say: impl FnOnce(&[(&str, Value<'_>)]) -> T) -> T {
    let absent = words.say("step-absent");
    let address = step.address.map_or_else(|| absent.clone(), |address| address.to_string());
    let address = match step.others {
        0 => address,
        others => {
            words.say_with("step-addresses", &[("address", Value::Text(&address)), ("others", Value::Number(others))])
        }
    };
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
    let reporter = or_absent(&step.reporter);
    let values = [
        ("reporter", Value::Text(&reporter)),
        ("domain", Value::Text(&domain)),
        ("selector", Value::Text(&selector)),
        ("other", Value::Text(&other)),
        ("address", Value::Text(&address)),
        ("copy", Value::Text(&copy)),
        ("sources", Value::Number(step.others.saturating_add(1))),
    ];
    say(&values)
}

#[cfg(test)]
mod tests {
    use super::super::Plain;
    use super::*;
    use crate::analysis::causes::Service;

    #[test]
    fn every_cause_and_step_has_words_and_names_what_it_is_about() {
        let words = Words::english_screens(Box::new(Plain));
        for cause in Cause::ALL {
            assert!(words.knows(&format!("cause-{}", cause.code())), "{cause:?}");
            let is_sure = matches!(cause, Cause::NotEnough | Cause::None);
            assert_eq!(cause_text(&words, cause, StepKind::GatherMore).starts_with("Likely"), !is_sure);
            assert!(words.knows(&format!("finding-{}", cause.code())) != (cause == Cause::None), "{cause:?}");
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
                others: 0,
                reporter: None,
                copy: Some("ip4:192.0.2.1".into()),
            };
            let said = step_text(&words, &full).join("\n");
            assert!(!said.contains("step-") && !said.contains('{'), "{said}");
            assert!(said.contains("“Own signature”") && said.contains("To copy: ip4:192.0.2.1"), "{said}");
            assert_eq!(said.contains("shop.example"), kind != StepKind::None, "{said}");
            let several = step_sentence(&words, &Step { others: 2, copy: None, ..full.clone() });
            assert_eq!(several.contains("192.0.2.1"), several.contains("192.0.2.1 and 2 others"), "{several}");
            let bare =
                Step { domain: None, selector: None, other: None, service: None, address: None, copy: None, ..full };
            let said = step_text(&words, &bare).join("\n");
            assert!(!said.contains('{') && !said.contains("To copy"), "{said}");
        }
    }
}
