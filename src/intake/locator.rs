use serde::{Deserialize, Serialize};

/// Where a report lies, so that its source can be read again without being held.
///
/// Not the file itself: whoever holds the files (the page) knows which one it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// The way from the file to the bytes that hold the report, outermost first; empty for an XML file.
    pub steps: Vec<Step>,
    /// First byte of the report in those (unpacked) bytes.
    pub start: u64,
    /// Byte after its last one.
    pub end: u64,
}

/// One container to open on the way to a report.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The whole gzip stream, all members one after the other.
    Gzip,
    /// An entry of a zip archive.
    Zip {
        /// Byte offset of the entry's header in the archive's central directory.
        directory_offset: u64,
        /// The entry's name, for display; cut to 255 characters.
        name: Box<str>,
    },
    /// An entry of a tape archive.
    Tar {
        /// Byte offset of the entry's first header in the archive.
        start: u64,
        /// The entry's name, for display; cut to 255 characters.
        name: Box<str>,
    },
    /// A stream of an Outlook message.
    Stream {
        /// Its entry in the directory.
        entry: u32,
    },
    /// A part of an e-mail.
    Mail {
        /// Byte offset of the message in its mailbox.
        start: u64,
        /// Which message of the mailbox it is, from 1; 0 for a message without a mailbox.
        number: u32,
        /// Which of the message's parts it is, from 1; 0 for the message as a whole.
        part: u32,
        /// The message's subject, for display; cut to 120 characters.
        subject: Box<str>,
    },
}

impl Step {
    /// What the step is called: an entry's name, a message's subject.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Gzip | Self::Stream { .. } => None,
            Self::Zip { name, .. } | Self::Tar { name, .. } => Some(name),
            Self::Mail { subject, .. } => Some(subject),
        }
    }
}

impl Locator {
    /// The way as people write it: names of entries and messages, joined by ` › `; empty for a file that is the report itself.
    #[must_use]
    pub fn path(&self) -> String {
        let names = self.steps.iter().filter_map(|step| match step {
            // A single message is the file or entry that holds it.
            Step::Gzip | Step::Stream { .. } | Step::Mail { number: 0, .. } => None,
            Step::Zip { name, .. } | Step::Tar { name, .. } => Some(name.to_string()),
            Step::Mail { number, subject, .. } => Some(format!("#{number} {subject}").trim_end().to_owned()),
        });
        names.collect::<Vec<_>>().join(" › ")
    }
}

/// Characters of a name that are kept.
const NAME: usize = 255;

/// A name for display and comparison: control characters replaced, cut to 255 characters.
pub(super) fn display(name: &[u8]) -> Box<str> {
    match std::str::from_utf8(name) {
        Ok(name) if name.len() <= NAME && !name.bytes().any(|byte| byte < b' ' || byte == 0x7F) => name.into(),
        _ => {
            let name = String::from_utf8_lossy(name);
            name.chars().take(NAME).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
        }
    }
}
