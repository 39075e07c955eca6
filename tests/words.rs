//! Every key that the page asks for has words, and every text is asked for.
#![cfg(feature = "text")]

use std::collections::BTreeSet;
use std::path::Path;

use dmarcscope::analysis::Judge;
use dmarcscope::analysis::causes::{Cause, Confidence, StepKind};
use dmarcscope::ledger::Status;
use dmarcscope::lookups::Refusal;
use dmarcscope::networks::Specials;
use dmarcscope::report::keyword::{Disposition, Word};
use dmarcscope::report::ours::Difference;
use dmarcscope::report::verdict::{Fate, Outcome, Verdict};
use dmarcscope::senders::{Kind, Standing};
use dmarcscope::text::{Plain, Value, Words};

/// Every string literal in the sources that looks like a key of the catalogue.
fn keys_in(folder: &Path, keys: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            keys_in(&entry, keys);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&entry).unwrap();
            keys.extend(source.split('"').skip(1).step_by(2).map(ToOwned::to_owned));
        }
    }
}

const TEXTS: [&str; 4] = [
    include_str!("../src/text/en.ftl"),
    include_str!("../src/text/screens.en.ftl"),
    include_str!("../src/text/glossary.en.ftl"),
    include_str!("../src/text/causes.en.ftl"),
];

fn catalogue() -> BTreeSet<String> {
    TEXTS
        .into_iter()
        .flat_map(str::lines)
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .filter(is_key)
        .map(Into::into)
        .collect()
}

fn is_key(text: &&str) -> bool {
    text.contains('-') && text.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_') || c.is_ascii_digit())
}

/// Keys that are put together from parts, by the parts.
fn composed() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for metric in ["messages", "passed", "failed", "unknown", "reports", "records", "sources", "reporters", "domains"] {
        keys.insert(format!("metric-{metric}"));
    }
    keys.extend(["svg", "png"].map(|kind| format!("trend-save-{kind}")));
    for unit in ["day", "week", "month"] {
        keys.insert(format!("trend-title-{unit}"));
        keys.insert(format!("trend-by-{unit}"));
    }
    for outcome in Outcome::ALL {
        keys.insert(format!("outcome-{}", outcome.word()));
    }
    for word in Disposition::ALL {
        keys.insert(format!("did-{}", word.word()));
    }
    for kind in ["page", "csv", "ndjson", "parsedmarc", "reports", "raw", "summary"] {
        keys.extend(["as", "about"].map(|part| format!("share-{part}-{kind}")));
    }
    for difference in Difference::ALL {
        keys.extend(["explain-ours", "differs"].map(|key| format!("{key}-{}", difference.word().replace('_', "-"))));
    }
    keys.extend(
        ["sources", "reports", "groups", "pairs", "domains", "compared", "senders", "sender-sources"]
            .map(|table| format!("{table}-search")),
    );
    keys.insert("domains-act".into());
    for table in ["groups", "pairs", "domains", "compared", "senders", "sender-sources"] {
        keys.extend(["summary", "found"].map(|part| format!("{table}-{part}")));
    }
    keys.insert("explain-dkim-broken".into());
    for fate in Fate::ALL {
        keys.insert(format!("explain-fate-{}", fate.word()));
    }
    for verdict in Verdict::ALL {
        keys.insert(format!("verdict-{}", verdict.word()));
    }
    for case in ["pass", "pass-unlisted", "none", "other", "fail", "unstated"] {
        keys.extend(["dkim", "spf"].map(|method| format!("explain-{method}-{case}")));
    }
    keys.extend(dmarcscope::analysis::grammar::names().map(|name| format!("filter-field-{name}")));
    keys.extend(
        ["general", "sender", "address", "fate", "dkim", "spf", "report"].map(|title| format!("filter-about-{title}")),
    );
    for table in ["sources", "reports"] {
        keys.insert(format!("{table}-title"));
        keys.insert(format!("{table}-summary"));
        keys.insert(format!("{table}-found"));
    }
    keys.insert("records-summary".to_owned());
    keys.extend(Cause::ALL.map(|cause| format!("cause-{}", cause.code())));
    keys.extend(
        Cause::ALL.iter().filter(|cause| **cause != Cause::None).map(|cause| format!("finding-{}", cause.code())),
    );
    keys.extend(
        ["cause", "finding"].into_iter().flat_map(|of| ["marked", "passes"].map(|end| format!("{of}-spoofing-{end}"))),
    );
    keys.insert("finding-spoofing-other".to_owned());
    keys.extend(Confidence::ALL.map(|confidence| format!("confidence-{}", confidence.word())));
    keys.extend(StepKind::ALL.map(|step| format!("step-{}", step.code())));
    keys.extend(
        ["check-override-by", "gather-more-by", "gather-more-reporter", "add-to-spf-service"]
            .map(|step| format!("step-{step}")),
    );
    keys.extend(["first", "last", "turned", "sender", "from", "selector", "source"].map(|part| format!("news-{part}")));
    keys.extend(Standing::ALL.map(|standing| format!("mark-{}", standing.word())));
    keys.extend(Kind::ALL.map(|kind| format!("service-{}", kind.word())));
    keys.extend(Judge::ALL.map(|judge| format!("judge-{}", judge.word())));
    for status in Status::ALL {
        keys.insert(format!("status-{}", status.word()));
        keys.insert(format!("ledger-tally-{}", status.word()));
    }
    keys.extend(Specials::words().map(|word| format!("special-{word}")));
    keys.extend(Refusal::ALL.map(|refusal| format!("refusal-{}", refusal.word())));
    for kind in ["aggregate", "tls", "failure"] {
        keys.insert(format!("kind-{kind}"));
    }
    keys
}

#[test]
fn every_key_has_words() {
    let words = Words::english_screens(Box::new(Plain));
    for key in composed() {
        assert!(words.knows(&key), "no words for {key}");
    }
    let (mut literals, catalogue) = (BTreeSet::new(), catalogue());
    for folder in ["/src/view", "/src/screens"] {
        keys_in(Path::new(&format!("{}{folder}", env!("CARGO_MANIFEST_DIR"))), &mut literals);
    }
    // A literal with the first part of a known key is meant as one, but for names of classes and elements.
    let asked = literals.iter().filter(|literal| is_key(&literal.as_str()) && words_of_say(literal));
    for key in asked {
        assert!(catalogue.contains(key), "the page asks for {key:?}, which has no words");
    }
}

/// Whether some source calls `say` or `say_with` with the literal.
fn words_of_say(literal: &str) -> bool {
    fn search(folder: &Path, needles: &[String]) -> bool {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
            if path.is_dir() {
                return search(&path, needles);
            }
            let source = std::fs::read_to_string(&path).unwrap_or_default();
            needles.iter().any(|needle| source.contains(needle))
        })
    }
    let needles = [format!("say(\"{literal}\""), format!("say_with(\"{literal}\"")];
    search(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &needles)
}

#[test]
fn no_text_is_left_over() {
    let mut literals = BTreeSet::new();
    keys_in(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut literals);
    let composed = composed();
    for key in catalogue() {
        // Notes are keyed by their codes, terms by their names; tests beside them hold that none is missing or left over.
        let is_tested = ["note-", "term-"].iter().any(|first| key.starts_with(first));
        let known = is_tested || literals.contains(&key) || composed.contains(&key);
        assert!(known, "{key} is in the catalogue and nobody asks for it");
    }
}

/// Each text with its key: what follows a key until the next one.
fn messages() -> Vec<(&'static str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    for line in TEXTS.into_iter().flat_map(str::lines) {
        match line.split_once(" =").filter(|(key, _)| is_key(key)) {
            Some((key, text)) => all.push((key, text.to_owned())),
            // Before the first key it is said what the file is.
            None => all.iter_mut().last().into_iter().for_each(|(_, text)| text.push_str(line)),
        }
    }
    all
}

/// What a text chooses its words by.
fn choices(text: &str) -> Vec<&str> {
    let before = text.match_indices("->").map(|(at, _)| &text[..at]);
    before.map(|part| part.rsplit_once("{ $").unwrap().1.trim()).collect()
}

#[test]
fn one_is_said_as_one_and_many_as_many() {
    let words = Words::english_screens(Box::new(Plain));
    let plurals: Vec<_> = messages().into_iter().filter(|(_, text)| text.contains("->")).collect();
    assert!(plurals.len() > 40, "{}", plurals.len());
    for (key, text) in plurals {
        let names: Vec<&str> = choices(&text)
            .into_iter()
            .map(|name| name.strip_suffix("-count").unwrap_or_else(|| panic!("{key} chooses by {name}")))
            .collect();
        // A number's digits are not what tells one from many.
        let said = |one: &str| {
            let values: Vec<_> =
                names.iter().map(|name| (*name, Value::Number(if *name == one { 1 } else { 5 }))).collect();
            words.say_with(key, &values).replace(|sign: char| sign.is_ascii_digit(), "")
        };
        for name in &names {
            assert_ne!(said(name), said(""), "{key} says one and many of {name} alike");
        }
    }
}
