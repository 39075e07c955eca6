use super::{Value, Words};
use crate::ledger::{Found, LimitKind, Note};

/// A note in plain words, with how often it applies.
#[must_use]
pub fn note_text(words: &Words, note: &Note, times: u64) -> String {
    let times = ("times", Value::Number(times));
    let one = |name, text| vec![times, (name, Value::Text(text))];
    let key = format!("note-{}", note.code());
    match note {
        Note::Transcoded(text)
        | Note::UnclosedElement(text)
        | Note::UnknownNamespace(text)
        | Note::MisspeltElement(text)
        | Note::DateConverted(text)
        | Note::DateUnreadable(text)
        | Note::CountUnreadable(text)
        | Note::AddressMended(text)
        | Note::AddressUnreadable(text)
        | Note::ElementRepeated(text)
        | Note::ElementMissing(text)
        | Note::TwinOf(text)
        | Note::PartOf(text)
        | Note::SameKeyOtherContent(text)
        | Note::Unreadable(text) => words.say_with(&key, &one("text", text)),
        Note::WordMended { field, found } | Note::WordUnknown { field, found } => {
            words.say_with(&key, &[times, ("field", Value::Text(field)), ("text", Value::Text(found))])
        }
        Note::CutOff { records } => words.say_with(&key, &[times, ("records", Value::Number(*records))]),
        Note::UnpackBroken { at } | Note::XmlBroken { at } => {
            words.say_with(&key, &[times, ("at", Value::Number(*at))])
        }
        Note::Limit { limit, value } => {
            words.say_with(&format!("{key}-{}", limit_code(*limit)), &[times, ("value", Value::Number(*value))])
        }
        Note::ReaderHung { seconds } => words.say_with(&key, &[times, ("seconds", Value::Number(*seconds))]),
        Note::Compression(method) => words.say_with(&key, &[times, ("method", Value::Number(u64::from(*method)))]),
        Note::NotAReport(found) => {
            let (code, text) = found_code(found);
            words.say_with(&format!("{key}-{code}"), &one("text", text))
        }
        _ => words.say_with(&key, &[times]),
    }
}

const fn limit_code(limit: LimitKind) -> &'static str {
    match limit {
        LimitKind::UnpackedSize => "unpacked-size",
        LimitKind::Ratio => "ratio",
        LimitKind::Depth => "depth",
        LimitKind::Entries => "entries",
        LimitKind::ElementSize => "element-size",
        LimitKind::ElementDepth => "element-depth",
        LimitKind::NestedArchive => "nested-archive",
        LimitKind::Memory => "memory",
    }
}

fn found_code(found: &Found) -> (&'static str, &str) {
    match found {
        Found::Xml(root) => ("xml", root),
        Found::Json => ("json", ""),
        Found::Mail => ("mail", ""),
        Found::Bounce => ("bounce", ""),
        Found::Archive(name) => ("archive", name),
        Found::Other(name) => match &**name {
            "pdf" => ("pdf", ""),
            "pst" => ("pst", ""),
            "doc" | "xls" | "ppt" | "ole" => ("office", name),
            _ => ("other", name),
        },
        Found::Text => ("text", ""),
        Found::Binary => ("binary", ""),
        Found::EmptyArchive => ("empty-archive", ""),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Plain;
    use super::*;

    fn all() -> Vec<Note> {
        let text = || Box::<str>::from("x");
        let mut notes = vec![
            Note::JunkBefore,
            Note::JunkAfter,
            Note::Transcoded(text()),
            Note::BrokenBytes,
            Note::StrayMarkup,
            Note::UnclosedElement(text()),
            Note::UnknownNamespace(text()),
            Note::MisspeltElement(text()),
            Note::WordMended { field: text(), found: text() },
            Note::WordUnknown { field: text(), found: text() },
            Note::DateConverted(text()),
            Note::DateUnreadable(text()),
            Note::DatesSwapped,
            Note::NoPeriod,
            Note::CountUnreadable(text()),
            Note::AddressMended(text()),
            Note::AddressUnreadable(text()),
            Note::RecordWithoutSource,
            Note::RecordWithoutEvaluation,
            Note::ElementRepeated(text()),
            Note::ElementMissing(text()),
            Note::CutOff { records: 2 },
            Note::UnpackBroken { at: 2 },
            Note::ArchiveBroken,
            Note::XmlBroken { at: 2 },
            Note::ReaderTrapped,
            Note::ReaderHung { seconds: 2 },
            Note::Cancelled,
            Note::TwinOf(text()),
            Note::PartOf(text()),
            Note::SameKeyOtherContent(text()),
            Note::Empty,
            Note::Unreadable(text()),
            Note::Encrypted,
            Note::Compression(12),
            Note::OtherReport,
        ];
        let limits = [
            LimitKind::UnpackedSize,
            LimitKind::Ratio,
            LimitKind::Depth,
            LimitKind::Entries,
            LimitKind::ElementSize,
            LimitKind::ElementDepth,
            LimitKind::NestedArchive,
            LimitKind::Memory,
        ];
        notes.extend(limits.map(|limit| Note::Limit { limit, value: 5_000 }));
        let found = [
            Found::Xml(text()),
            Found::Json,
            Found::Mail,
            Found::Bounce,
            Found::Archive(text()),
            Found::Other(text()),
            Found::Other("pdf".into()),
            Found::Other("pst".into()),
            Found::Other("doc".into()),
            Found::Text,
            Found::Binary,
            Found::EmptyArchive,
        ];
        notes.extend(found.map(Note::NotAReport));
        notes
    }

    #[test]
    fn every_note_has_words_and_no_gap_in_them() {
        let words = Words::english_screens(Box::new(Plain));
        for note in all() {
            for times in [1, 7] {
                let text = note_text(&words, &note, times);
                assert!(!text.starts_with("note-"), "no words for {note:?}");
                assert!(!text.contains('{') && !text.contains('$'), "a gap in {text:?} of {note:?}");
            }
        }
    }
}
