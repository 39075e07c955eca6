//! Outlook's messages (`.msg`): named streams in a compound file. What hangs on the message, or on one inside it, is opened by
//! content, and so is its text.

mod compound;

pub(super) use compound::{Compound, Stream};

use std::io::Read;

use super::block::Archive;
use super::open::{Input, open};
use super::shared::Shared;
use super::{Locator, Step, Stop, mail};
use crate::ledger::{Found, Note, Notes};

/// Streams of a message (MS-OXMSG §2.1): the bytes of an attachment, the text in Unicode and in a charset.
const CONTENTS: [&str; 3] = ["__substg1.0_37010102", "__substg1.0_1000001F", "__substg1.0_1000001E"];
/// The message's class and its subject, in Unicode.
const CLASS: &str = "__substg1.0_001A001F";
const SUBJECT: &str = "__substg1.0_0037001F";

/// Reads a compound file; `outermost` if it is the file itself.
pub(super) fn read(shared: &Shared<'_>, source: &mut dyn Archive, locator: &mut Locator, outermost: bool) {
    let mut file = match Compound::open(shared, source, outermost) {
        Ok(file) => file,
        Err(error) => {
            shared.watch(&error);
            return shared.refuse(Stop::note_of(&error), locator);
        }
    };
    let before = shared.enter_mail();
    let (mut is_message, mut is_bounce, mut subject, mut document) = (false, false, String::new(), "ole");
    let mut notes = Notes::default();
    for entry in 0..file.entries() {
        let stream = match file.stream(entry) {
            Ok(Some(stream)) => stream,
            Ok(None) => continue,
            Err(error) => {
                shared.watch(&error);
                notes.add(Stop::note_of(&error));
                break;
            }
        };
        is_message |= stream.name.starts_with("__substg1.0_");
        match stream.name.as_str() {
            "WordDocument" => document = "doc",
            "Workbook" | "Book" => document = "xls",
            "PowerPoint Document" => document = "ppt",
            CLASS => is_bounce |= text(&mut file, &stream).to_ascii_uppercase().starts_with("REPORT."),
            SUBJECT if subject.is_empty() => subject = text(&mut file, &stream),
            name if CONTENTS.contains(&name) => {
                locator.steps.push(Step::Stream { entry });
                open(shared, Input::Inner(&mut file.read(&stream)), locator);
                locator.steps.pop();
                // What came up after the item had been closed belongs to bytes that nobody wanted.
                drop(shared.take_tail());
            }
            _ => {}
        }
    }
    if !notes.is_empty() {
        shared.other(None, &notes, locator);
    }
    let is_told = shared.leave_mail(before);
    if is_message {
        mail::end(shared, &subject, is_bounce, is_told, locator);
    } else if !is_told {
        shared.refuse(Note::NotAReport(Found::Other(document.into())), locator);
    }
}

/// A short text in UTF-16.
fn text(file: &mut Compound<'_, '_, '_>, stream: &Stream) -> String {
    let mut bytes = Vec::new();
    // What cannot be read is only not told: the text is no more than a hint.
    let source: &mut dyn Read = &mut file.read(stream);
    let _ = source.take(512).read_to_end(&mut bytes);
    let units = bytes.chunks_exact(2).filter_map(|unit| Some(u16::from_le_bytes(*unit.first_chunk()?)));
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).collect()
}
