//! E-mail and mailboxes, in one pass and in little memory: whatever hangs on a message is opened by content.
//!
//! `lines` is a window over the stream; `message` goes from message to message (RFC 4155) and from part to part (RFC 2046),
//! told by `header`; `decode` undoes transfer encodings. A report's mail comes with texts and pictures that nobody asks for:
//! they are not told of where anything else was found, and else the message ends in one entry that says what it is.

mod decode;
mod header;
mod lines;
mod message;

pub(super) use message::{Mail, Part};

use std::io::Read;

use super::open::{Input, open};
use super::shared::Shared;
use super::{Locator, Step, Stop};
use crate::ledger::{Found, Kind, LimitKind, Note};

/// Reads every message of a source that is one message or a mailbox.
pub(super) fn read(shared: &Shared<'_>, source: &mut dyn Read, locator: &mut Locator, is_mailbox: bool) {
    let mut mail = Mail::new(shared, source, is_mailbox);
    let most = shared.context.limits.entries;
    // Messages and their parts.
    let mut entries = 0_u64;
    while let Some(start) = mail.next_message() {
        let before = shared.enter_mail();
        while let Some(encoding) = mail.next_part() {
            entries = entries.saturating_add(1);
            if entries > most || shared.failure().is_some() {
                break;
            }
            locator.steps.push(step(&mail, start, is_mailbox));
            open(shared, Input::Inner(&mut Part::new(&mut mail, encoding)), locator);
            locator.steps.pop();
            // What came up after the item had been closed belongs to bytes that nobody wanted.
            drop(shared.take_tail());
        }
        if is_mailbox {
            locator.steps.push(step(&mail, start, is_mailbox));
        }
        end_message(shared, &mut mail, before, locator);
        if is_mailbox {
            locator.steps.pop();
        }
        if entries > most {
            return shared.refuse(Note::Limit { limit: LimitKind::Entries, value: most }, locator);
        }
        if let Some(note) = shared.failure() {
            return shared.refuse(note, locator);
        }
        entries = entries.saturating_add(1);
    }
}

fn end_message(shared: &Shared<'_>, mail: &mut Mail<'_, '_>, before: bool, locator: &mut Locator) {
    if let Some(error) = mail.take_error() {
        shared.watch(&error);
        shared.refuse(Stop::note_of(&error), locator);
    }
    let about = mail.about();
    if about.is_too_deep {
        let value = message::MOST_INSIDE as u64;
        shared.refuse(Note::Limit { limit: LimitKind::Depth, value }, locator);
    }
    if about.is_failure {
        shared.recognised(Kind::Failure, locator);
    }
    let is_told = shared.leave_mail(before);
    end(shared, &about.subject, about.is_bounce, is_told, locator);
}

/// Ends a message: says what it is, unless something in it was told of.
pub(super) fn end(shared: &Shared<'_>, subject: &str, is_bounce: bool, is_told: bool, locator: &mut Locator) {
    if is_told {
        return;
    }
    if is_about_failure(subject) {
        return shared.recognised(Kind::Failure, locator);
    }
    shared.refuse(Note::NotAReport(if is_bounce { Found::Bounce } else { Found::Mail }), locator);
}

/// Whether a message calls itself a failure report. Some of them come as nothing but text.
fn is_about_failure(subject: &str) -> bool {
    let subject = subject.to_ascii_lowercase();
    let has = |word| subject.contains(word);
    has("dmarc") && has("report") && (has("failure") || has("forensic"))
}

/// The way to the part in hand, or to the message where it has none.
fn step(mail: &Mail<'_, '_>, start: u64, is_mailbox: bool) -> Step {
    let number = if is_mailbox { mail.number() } else { 0 };
    Step::Mail { start, number, part: mail.parts(), subject: mail.subject().into() }
}
