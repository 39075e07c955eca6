//! The glossary, in place: terms are buttons that open a short text beside them.
//!
//! Button and text find each other by the text's id, `term-` and the term's own (`popovertarget`). Ids hold for the whole
//! document, so the first program's buttons work too once these texts are there. The browser does the rest: opening by click or
//! key, Esc, closing one when another opens.

use yew::prelude::*;

use dmarcscope::report::verdict::Outcome;
use dmarcscope::text::Value;

use super::ui::{Ui, use_words};

/// A section of an RFC.
type Section = Option<(u16, &'static str)>;

/// Every term and where it is defined; terms of this program have no RFC. Sections that begin with a letter are appendices.
const TERMS: &[(&str, Section)] = &[
    ("dmarc", Some((9989, "4.1"))),
    ("aggregate_report", Some((9990, "3.1"))),
    ("reporter", Some((9990, "3.1.1.3"))),
    ("report_id", Some((9990, "3.5.1"))),
    ("period", Some((9990, "3.1.1.4"))),
    ("record", Some((9990, "3.1.1.7"))),
    ("source", Some((9990, "3.1.1.8"))),
    ("policy_domain", Some((9989, "3.2.5"))),
    ("organizational_domain", Some((9989, "3.2.14"))),
    ("header_from", Some((9989, "4.2"))),
    ("envelope_from", Some((9990, "3.1.1.10"))),
    ("envelope_to", Some((9990, "3.1.1.10"))),
    ("alignment", Some((9989, "4.4"))),
    ("relaxed", Some((9989, "3.2.10.1"))),
    ("strict", Some((9989, "3.2.10.2"))),
    ("dkim", Some((6376, "1"))),
    ("dkim_aligned", Some((9989, "4.4.1"))),
    ("dkim_result", Some((8601, "2.7.1"))),
    ("selector", Some((6376, "3.1"))),
    ("spf", Some((7208, "2.1"))),
    ("spf_aligned", Some((9989, "4.4.2"))),
    ("spf_result", Some((8601, "2.7.2"))),
    ("spf_scope", Some((9990, "3.1.1.13"))),
    ("arc", Some((8617, "3.2"))),
    ("disposition", Some((9990, "3.1.1.9"))),
    ("disposition-none", Some((9990, "A"))),
    ("disposition-quarantine", Some((9990, "A"))),
    ("disposition-reject", Some((9990, "A"))),
    ("disposition-pass", Some((9990, "A"))),
    ("p", Some((9989, "4.7"))),
    ("sp", Some((9989, "4.7"))),
    ("np", Some((9989, "4.7"))),
    ("pct", Some((7489, "6.3"))),
    ("fo", Some((9989, "4.7"))),
    ("adkim", Some((9989, "4.7"))),
    ("aspf", Some((9989, "4.7"))),
    ("testing", Some((9989, "4.7"))),
    ("discovery_method", Some((9990, "3.1.1.5"))),
    ("reason", Some((9990, "3.1.6"))),
    ("reason-forwarded", Some((7489, "C"))),
    ("reason-sampled_out", Some((7489, "C"))),
    ("reason-trusted_forwarder", Some((9990, "3.1.6"))),
    ("reason-mailing_list", Some((9990, "3.1.6"))),
    ("reason-local_policy", Some((9990, "3.1.6"))),
    ("reason-policy_test_mode", Some((9990, "3.1.6"))),
    ("reason-other", Some((9990, "3.1.6"))),
    ("verdict-pass", Some((9989, "5.3.5"))),
    ("verdict-fail", Some((9989, "5.3.5"))),
    ("verdict-unknown", None),
    ("outcome-passed_both", Some((9989, "5.3.5"))),
    ("outcome-passed_dkim", Some((9989, "5.3.5"))),
    ("outcome-passed_spf", Some((9989, "5.3.5"))),
    ("outcome-passed_yet_acted", Some((9989, "5.4"))),
    ("outcome-monitoring", Some((9989, "3.2.12"))),
    ("outcome-forwarded", Some((7489, "C"))),
    ("outcome-mailing_list", Some((9990, "3.1.6"))),
    ("outcome-trusted_forwarder", Some((9990, "3.1.6"))),
    ("outcome-local_policy", Some((9990, "3.1.6"))),
    ("outcome-sampled_out", Some((7489, "6.6.4"))),
    ("outcome-policy_test_mode", Some((9990, "3.1.6"))),
    ("outcome-other_reason", Some((9990, "3.1.6"))),
    ("outcome-unexplained", Some((9990, "3.1.1.9"))),
    ("outcome-quarantined", Some((9989, "5.3.6"))),
    ("outcome-rejected", Some((9989, "5.3.6"))),
    ("outcome-disposition_unknown", Some((9990, "3.1.1.9"))),
    ("outcome-unknown", None),
    ("read", None),
    ("recognised", None),
    ("mended", None),
    ("duplicate", Some((9990, "3.5.4"))),
    ("partial", None),
    ("refused", None),
    ("incomplete_day", None),
];

fn is_term(id: &str) -> bool {
    TERMS.iter().any(|(term, _)| *term == id)
}

/// A text that opens what the term `id` means. Where the glossary has no such term it is the text alone.
pub fn term(id: &str, text: &str) -> Html {
    if !is_term(id) {
        return html! { <span>{ text }</span> };
    }
    html! { <button type="button" class="term" popovertarget={format!("term-{id}")}>{ text }</button> }
}

/// A small ⓘ that opens what the term `id` means, for places where the text itself is a button already.
pub fn about(words: &Ui, id: &str) -> Html {
    let name = words.say(&format!("term-{id}"));
    let label = words.say_with("term-what", &[("term", Value::Text(&name))]);
    html! {
        <button type="button" class="about" popovertarget={format!("term-{id}")} aria-label={label}>
            <span aria-hidden="true">{ "i" }</span>
        </button>
    }
}

/// The name of an outcome, as a term.
pub fn outcome(words: &Ui, outcome: Outcome) -> Html {
    let key = format!("outcome-{}", outcome.word());
    term(&key, &words.say(&key))
}

/// The texts of all terms; once in a document.
#[component]
pub fn Glossary() -> Html {
    let words = use_words();
    let texts = TERMS.iter().map(|(id, section)| text(&words, id, *section));
    html! { <div class="glossary">{ for texts }</div> }
}

fn text(words: &Ui, id: &'static str, section: Section) -> Html {
    let (own, name) = (format!("term-{id}"), format!("term-{id}-name"));
    let source = section.map(|(rfc, section)| {
        let section = words.say_with(
            if is_appendix(section) { "term-appendix" } else { "term-section" },
            &[("rfc", Value::Text(&rfc.to_string())), ("section", Value::Text(section))],
        );
        words.say_with("term-more", &[("section", Value::Text(&section))])
    });
    html! {
        <div key={id} id={own.clone()} class="term-text" popover="auto" role="dialog" aria-labelledby={name.clone()}>
            <h2 id={name}>{ words.say(&own) }</h2>
            <button type="button" class="term-close" popovertarget={own.clone()} popovertargetaction="hide"
                aria-label={words.say("term-close")}>{ "×" }</button>
            <p>{ words.say(&format!("{own}-about")) }</p>
            <p class="term-source">
                { for section.map(|section| html! {
                    <a href={address(section)} target="_blank" rel="noreferrer noopener">{ source }</a>
                }) }
            </p>
        </div>
    }
}

fn is_appendix(section: &str) -> bool {
    section.starts_with(|first: char| first.is_ascii_alphabetic())
}

/// Where a section can be read.
fn address((rfc, section): (u16, &str)) -> String {
    let part = if is_appendix(section) { "appendix" } else { "section" };
    format!("https://www.rfc-editor.org/rfc/rfc{rfc}#{part}-{section}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::rc::Rc;

    use dmarcscope::ledger::Status;
    use dmarcscope::report::keyword::{Disposition, ReasonType, Word};
    use dmarcscope::report::verdict::Verdict;
    use dmarcscope::text::{Plain, Words};

    use super::*;

    /// Keys that are no term's.
    const OTHERS: [&str; 5] = ["term-close", "term-more", "term-what", "term-section", "term-appendix"];

    #[test]
    fn every_term_has_a_name_and_a_text_and_every_text_a_term() {
        let wanted: BTreeSet<String> = TERMS
            .iter()
            .flat_map(|(id, _)| [format!("term-{id}"), format!("term-{id}-about")])
            .chain(OTHERS.map(Into::into))
            .collect();
        assert_eq!(wanted.len(), TERMS.len() * 2 + OTHERS.len(), "a term stands twice");
        let catalogue: BTreeSet<String> = include_str!("../text/glossary.en.ftl")
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(key, _)| key.to_owned())
            .collect();
        assert_eq!(wanted, catalogue);
    }

    #[test]
    fn every_word_of_reports_and_of_the_ledger_is_a_term() {
        for outcome in Outcome::ALL {
            assert!(is_term(&format!("outcome-{}", outcome.word())), "{outcome:?}");
        }
        for verdict in Verdict::ALL {
            assert!(is_term(&format!("verdict-{}", verdict.word())), "{verdict:?}");
        }
        for disposition in Disposition::ALL {
            assert!(is_term(&format!("disposition-{}", disposition.word())), "{disposition:?}");
        }
        for reason in ReasonType::ALL {
            assert!(is_term(&format!("reason-{}", reason.word())), "{reason:?}");
        }
        for status in Status::ALL {
            assert!(is_term(status.word()), "{status:?}");
        }
    }

    #[test]
    fn an_outcome_is_called_the_same_everywhere() {
        let words = Words::english_screens(Box::new(Plain));
        for outcome in Outcome::ALL {
            let key = format!("outcome-{}", outcome.word());
            assert_eq!(words.say(&key), words.say(&format!("term-{key}")));
        }
    }

    #[test]
    fn sections_are_sections_and_appendices_appendices() {
        assert_eq!(address((9989, "4.4")), "https://www.rfc-editor.org/rfc/rfc9989#section-4.4");
        assert_eq!(address((7489, "C")), "https://www.rfc-editor.org/rfc/rfc7489#appendix-C");
    }

    #[test]
    fn a_word_that_is_no_term_is_a_text() {
        assert!(matches!(term("reason-odd", "odd"), Html::VTag(tag) if tag.tag() == "span"));
        let words = Ui(Rc::new(Words::english_screens(Box::new(Plain))));
        assert!(matches!(about(&words, "p"), Html::VTag(tag) if tag.tag() == "button"));
    }
}
