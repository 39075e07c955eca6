//! What a reader has to say about an input: each mend, loss and refusal is one typed note.
//! The words people read stand in `text/`, one message a note, keyed by [`Note::code`].

use serde::{Deserialize, Serialize};

use super::status::Status;

/// Something a person should know about an input.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Note {
    // Mends of bytes and markup.
    /// Bytes before the XML declaration or root were passed over.
    JunkBefore,
    /// Bytes after the end of the root element (or a gzip member) were passed over.
    JunkAfter,
    /// The text was converted from this charset to UTF-8.
    Transcoded(Box<str>),
    /// Bytes that are no characters became U+FFFD.
    BrokenBytes,
    /// `<`, `>` or `&` that was not escaped was read as text, or text stands where none belongs and was passed over.
    StrayMarkup,
    /// An element was not closed, or closed out of order.
    UnclosedElement(Box<str>),
    /// A namespace that no standard names was read as if it were one.
    UnknownNamespace(Box<str>),
    /// An element is misspelt and was read as the one meant (`identities`).
    MisspeltElement(Box<str>),
    // Mends of values.
    /// A field's word had other letter case, blanks, or a known older spelling.
    WordMended {
        /// The element.
        field: Box<str>,
        /// The word as written.
        found: Box<str>,
    },
    /// A field's word is none that the standard knows; it is kept as written.
    WordUnknown {
        /// The element.
        field: Box<str>,
        /// The word as written.
        found: Box<str>,
    },
    /// A date was given in another form (milliseconds, float, ISO 8601) and converted.
    DateConverted(Box<str>),
    /// A date is there and cannot be read.
    DateUnreadable(Box<str>),
    /// `begin` is after `end`; both were kept as written, the earlier taken as the begin.
    DatesSwapped,
    /// The report has no (readable) period, so its records belong to no day.
    NoPeriod,
    /// A count is no number, or negative, and was taken as 0.
    CountUnreadable(Box<str>),
    /// An address had something around it (a host name, blanks) or an unusual notation.
    AddressMended(Box<str>),
    /// An address cannot be read as one; the record counts, without a source.
    AddressUnreadable(Box<str>),
    /// Records without any `source_ip` were left out.
    RecordWithoutSource,
    /// Records without `policy_evaluated`: their verdict is unknown.
    RecordWithoutEvaluation,
    /// An element that may stand once stands several times; the first counts.
    ElementRepeated(Box<str>),
    /// An element the standard requires is not there.
    ElementMissing(Box<str>),
    // Partly read.
    /// The XML ends before the report does: so many complete records were kept.
    CutOff {
        /// Complete records kept.
        records: u64,
    },
    /// The compressed data ends too early or is broken; what unpacked before was kept.
    UnpackBroken {
        /// Bytes unpacked before the break.
        at: u64,
    },
    /// The archive's directory is broken or missing; what could be found was read.
    ArchiveBroken,
    /// The XML could not be read on after this byte of the report.
    XmlBroken {
        /// Byte offset in the unpacked report.
        at: u64,
    },
    /// A limit stopped the reading of this input.
    Limit {
        /// Which limit.
        limit: LimitKind,
        /// Its value, in bytes, times or entries.
        value: u64,
    },
    /// The reader stopped (a fault of ours) while on this file; what it had handed over was kept.
    ReaderTrapped,
    /// The reader gave no sign of life for so many seconds while on this file and was ended.
    ReaderHung {
        /// Seconds without a sign of life.
        seconds: u64,
    },
    /// The person cancelled before or while this file was read.
    Cancelled,
    // Twins.
    /// The same report was read before from another place, which counts.
    TwinOf(Box<str>),
    /// A cut-off copy of a report read whole elsewhere, which counts.
    PartOf(Box<str>),
    /// Same reporter, id, domain and period as another report, but other records: both count.
    SameKeyOtherContent(Box<str>),
    // Refused.
    /// Nothing in it: zero bytes, or only blanks.
    Empty,
    /// The file cannot be opened or read (gone, changed, no permission).
    Unreadable(Box<str>),
    /// It is no DMARC report; what it looks like instead.
    NotAReport(Found),
    /// An entry of the archive is encrypted.
    Encrypted,
    /// The archive entry uses this compression method, which is not supported.
    Compression(u16),
    /// A report of another kind, recognised and counted, whose view is to come.
    OtherReport,
}

/// Which limit stopped a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LimitKind {
    /// Unpacked bytes of one member.
    UnpackedSize,
    /// Unpacked bytes for each packed byte.
    Ratio,
    /// Containers inside each other.
    Depth,
    /// Entries of one archive.
    Entries,
    /// Bytes of one element (a record, a text, a tag).
    ElementSize,
    /// Elements inside each other.
    ElementDepth,
    /// Bytes of an archive inside another container, which has to be held in memory.
    NestedArchive,
    /// The memory that the browser gives the page.
    Memory,
}

/// What an input that is no report looks like.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Found {
    /// XML with another root element.
    Xml(Box<str>),
    /// JSON of another kind.
    Json,
    /// An e-mail without a report.
    Mail,
    /// A mail server's notice about an e-mail (RFC 3464, RFC 8098), without a report.
    Bounce,
    /// An archive or compressed file of a kind not supported, by its usual name (`7z`, `rar`, `bzip2`, …).
    Archive(Box<str>),
    /// A file of a known other kind, by its usual name (`pdf`, `html`, `png`, …).
    Other(Box<str>),
    /// Readable text of no known kind.
    Text,
    /// Bytes of no known kind.
    Binary,
    /// An archive without a single report.
    EmptyArchive,
}

impl Note {
    /// The key of the note's words in the text catalogue, stable for tests and exports.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::JunkBefore => "junk-before",
            Self::JunkAfter => "junk-after",
            Self::Transcoded(_) => "transcoded",
            Self::BrokenBytes => "broken-bytes",
            Self::StrayMarkup => "stray-markup",
            Self::UnclosedElement(_) => "unclosed-element",
            Self::UnknownNamespace(_) => "unknown-namespace",
            Self::MisspeltElement(_) => "misspelt-element",
            Self::WordMended { .. } => "word-mended",
            Self::WordUnknown { .. } => "word-unknown",
            Self::DateConverted(_) => "date-converted",
            Self::DateUnreadable(_) => "date-unreadable",
            Self::DatesSwapped => "dates-swapped",
            Self::NoPeriod => "no-period",
            Self::CountUnreadable(_) => "count-unreadable",
            Self::AddressMended(_) => "address-mended",
            Self::AddressUnreadable(_) => "address-unreadable",
            Self::RecordWithoutSource => "record-without-source",
            Self::RecordWithoutEvaluation => "record-without-evaluation",
            Self::ElementRepeated(_) => "element-repeated",
            Self::ElementMissing(_) => "element-missing",
            Self::CutOff { .. } => "cut-off",
            Self::UnpackBroken { .. } => "unpack-broken",
            Self::ArchiveBroken => "archive-broken",
            Self::XmlBroken { .. } => "xml-broken",
            Self::Limit { .. } => "limit",
            Self::ReaderTrapped => "reader-trapped",
            Self::ReaderHung { .. } => "reader-hung",
            Self::Cancelled => "cancelled",
            Self::TwinOf(_) => "twin-of",
            Self::PartOf(_) => "part-of",
            Self::SameKeyOtherContent(_) => "same-key-other-content",
            Self::Empty => "empty",
            Self::Unreadable(_) => "unreadable",
            Self::NotAReport(_) => "not-a-report",
            Self::Encrypted => "encrypted",
            Self::Compression(_) => "compression",
            Self::OtherReport => "other-report",
        }
    }

    /// The least status of an input that carries this note. A note that only tells (a word the standard does not know and
    /// that is kept as written, an element left out by the reporter) leaves the input *read*: nothing was changed.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::WordUnknown { .. }
            | Self::NoPeriod
            | Self::RecordWithoutEvaluation
            | Self::ElementMissing(_)
            | Self::SameKeyOtherContent(_)
            | Self::OtherReport => Status::Read,
            Self::JunkBefore
            | Self::JunkAfter
            | Self::Transcoded(_)
            | Self::BrokenBytes
            | Self::StrayMarkup
            | Self::UnclosedElement(_)
            | Self::UnknownNamespace(_)
            | Self::MisspeltElement(_)
            | Self::WordMended { .. }
            | Self::DateConverted(_)
            | Self::DateUnreadable(_)
            | Self::DatesSwapped
            | Self::CountUnreadable(_)
            | Self::AddressMended(_)
            | Self::AddressUnreadable(_)
            | Self::ElementRepeated(_) => Status::Mended,
            Self::TwinOf(_) | Self::PartOf(_) => Status::Duplicate,
            Self::RecordWithoutSource
            | Self::CutOff { .. }
            | Self::UnpackBroken { .. }
            | Self::ArchiveBroken
            | Self::XmlBroken { .. }
            | Self::Limit { .. }
            | Self::ReaderTrapped
            | Self::ReaderHung { .. }
            | Self::Cancelled => Status::Partial,
            Self::Empty | Self::Unreadable(_) | Self::NotAReport(_) | Self::Encrypted | Self::Compression(_) => {
                Status::Refused
            }
        }
    }
}

/// The notes of one input: a note of the same code is counted, its first example kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes(Vec<(Note, u64)>);

impl Notes {
    /// Adds a note, or counts it where its code is there already.
    pub fn add(&mut self, note: Note) {
        self.add_times(note, 1);
    }

    /// Adds a note that applies `times` times.
    pub fn add_times(&mut self, note: Note, times: u64) {
        // Unknown words and repeated elements differ by field, limits by kind, and each is worth its own line.
        match self.0.iter_mut().find(|(known, _)| known.code() == note.code() && same_field(known, &note)) {
            Some((_, count)) => *count += times,
            None => self.0.push((note, times)),
        }
    }

    /// Adds all notes of another input.
    pub fn extend(&mut self, other: &Self) {
        for (note, times) in &other.0 {
            self.add_times(note.clone(), *times);
        }
    }

    /// The notes with how often each applies, in order of first appearance.
    pub fn iter(&self) -> impl Iterator<Item = (&Note, u64)> {
        self.0.iter().map(|(note, times)| (note, *times))
    }

    /// Whether there is no note.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets every note, keeping the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The worst status that a note calls for; *read* without notes.
    #[must_use]
    pub fn status(&self) -> Status {
        self.0.iter().map(|(note, _)| note.status()).max().unwrap_or_default()
    }
}

fn same_field(a: &Note, b: &Note) -> bool {
    match (a, b) {
        (Note::WordMended { field: a, .. }, Note::WordMended { field: b, .. })
        | (Note::WordUnknown { field: a, .. }, Note::WordUnknown { field: b, .. })
        | (Note::ElementRepeated(a), Note::ElementRepeated(b))
        | (Note::ElementMissing(a), Note::ElementMissing(b))
        | (Note::MisspeltElement(a), Note::MisspeltElement(b)) => a == b,
        // Each limit is raised for itself.
        (Note::Limit { limit: a, .. }, Note::Limit { limit: b, .. }) => a == b,
        _ => true,
    }
}
