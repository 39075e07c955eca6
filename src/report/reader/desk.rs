use std::ops::Range;

use super::names::{Namespaces, Tag};
use crate::intake::Limits;
use crate::ledger::{LimitKind, Note, Notes, Status};
use crate::report::Sink;
use crate::report::model::{Record, Report};

/// Characters of a name that are kept to tell what something is.
const NAME: usize = 100;

/// Where reports are put together: at most one is in hand, and it goes to the sink once it is known what follows it.
pub(super) struct Desk<'s> {
    sink: &'s mut dyn Sink,
    /// Where reading stops.
    pub(super) limits: &'s Limits,
    /// Of the report in hand.
    pub(super) namespaces: Namespaces,
    /// The report in hand: between its start tag and its end tag, or over and waiting for what follows it.
    hand: Option<Hand>,
    /// Whether the report in hand is over.
    over: bool,
    /// Notes on what came before a report.
    before: Notes,
    /// Reports given to the sink.
    reports: u64,
    /// The name of the first element.
    root: Option<Box<str>>,
    /// An element around the reports that is open.
    around: Option<Box<str>>,
    /// Whether nothing but blanks was met.
    blank: bool,
    /// The charset converted from and the bytes it took, where the text is not in UTF-8.
    transcoded: Option<(Box<str>, u64)>,
}

/// A report, as far as it is known.
pub(super) struct Hand {
    /// Its fields.
    pub(super) report: Report,
    /// Whether its `report_metadata` was read.
    pub(super) metadata: bool,
    /// Whether its `policy_published` was read.
    pub(super) policy: bool,
    /// Whether its `date_range` was read.
    pub(super) dates: bool,
    extensions: String,
    notes: Notes,
    records: u64,
    range: Range<u64>,
    /// The start tag's name; `None` where there is none, and its parts stand alone.
    name: Option<Box<str>>,
}

/// How reading ended.
pub(super) struct Closed {
    /// Reports given to the sink.
    pub(super) reports: u64,
    /// Notes that belong to no report.
    pub(super) notes: Notes,
    /// The name of the first element.
    pub(super) root: Option<Box<str>>,
    /// Whether there was nothing but blanks.
    pub(super) blank: bool,
}

impl<'s> Desk<'s> {
    pub(super) fn new(limits: &'s Limits, sink: &'s mut dyn Sink) -> Self {
        Self {
            sink,
            limits,
            namespaces: Namespaces::default(),
            hand: None,
            over: false,
            before: Notes::default(),
            reports: 0,
            root: None,
            around: None,
            blank: true,
            transcoded: None,
        }
    }

    /// Tells which charset the text was converted from, and how many bytes of it were read.
    pub(super) fn transcoded(&mut self, from: Option<(&str, u64)>) {
        self.transcoded = from.map(|(label, taken)| (label.into(), taken));
    }

    /// Whether a report's end is still to come.
    pub(super) fn is_inside(&self) -> bool {
        self.hand.is_some() && !self.over
    }

    /// Whether the report in hand has this part.
    pub(super) fn has(&self, part: Tag) -> bool {
        self.hand.as_ref().is_some_and(|hand| if part == Tag::ReportMetadata { hand.metadata } else { hand.policy })
    }

    /// An element was met outside of constructs.
    pub(super) fn met<'n>(&mut self, name: impl FnOnce() -> &'n str) {
        self.blank = false;
        if self.root.is_none() {
            self.root = Some(name().chars().take(NAME).collect());
        }
    }

    /// A report begins with a start tag at offset `at`; `empty_end` is where it ends if that tag is all of it.
    pub(super) fn begin(&mut self, tag: &str, name: &str, at: u64, empty_end: Option<u64>) -> Namespaces {
        self.cut_off();
        self.flush();
        let hand = self.start(at, Some(name.into()));
        let (namespaces, dialect) = Namespaces::of_root(tag, &mut hand.notes);
        hand.report.dialect = dialect;
        self.namespaces = namespaces.clone();
        if let Some(end) = empty_end {
            self.finish(end);
        }
        namespaces
    }

    /// The report in hand; where there is none, one without a root begins at `at`.
    pub(super) fn hand_or_new(&mut self, at: u64) -> &mut Hand {
        if self.over {
            self.flush();
        }
        match self.hand.take() {
            Some(hand) => self.hand.insert(hand),
            None => {
                let note = match &self.around {
                    Some(name) => Note::MisspeltElement(name.clone()),
                    None => Note::ElementMissing(Tag::Feedback.name().into()),
                };
                let hand = self.start(at, None);
                hand.notes.add(note);
                hand
            }
        }
    }

    fn start(&mut self, at: u64, name: Option<Box<str>>) -> &mut Hand {
        self.over = false;
        self.namespaces = Namespaces::default();
        self.hand.insert(Hand {
            report: Report::default(),
            metadata: false,
            policy: false,
            dates: false,
            extensions: String::new(),
            notes: std::mem::take(&mut self.before),
            records: 0,
            range: at..at,
            name,
        })
    }

    /// A complete record, which begins at offset `at`.
    pub(super) fn record(&mut self, record: &Record<'_>, at: u64) {
        if !self.is_inside() {
            self.hand_or_new(at);
        }
        if let Some(hand) = &mut self.hand {
            hand.records = hand.records.saturating_add(1);
            self.sink.record(&hand.report, record);
        }
    }

    /// Keeps raw XML that belongs to the report.
    pub(super) fn keep(&mut self, raw: &str) {
        let limit = self.limits.element_size;
        let Some(hand) = &mut self.hand else { return };
        if hand.extensions.len().saturating_add(raw.len()) > limit {
            hand.notes.add(Note::Limit { limit: LimitKind::ElementSize, value: limit as u64 });
        } else {
            hand.extensions.push_str(raw);
        }
    }

    /// The report in hand was read up to offset `at`.
    pub(super) fn reached(&mut self, at: u64) {
        if let Some(hand) = &mut self.hand
            && !self.over
        {
            hand.range.end = at;
        }
    }

    /// An element of no report begins.
    pub(super) fn around(&mut self, name: &str, empty: bool) {
        if self.over {
            self.note(Note::JunkAfter);
        } else if !empty && self.around.is_none() {
            self.around = Some(name.into());
        }
    }

    /// An end tag outside of constructs; `after` is the offset behind it.
    pub(super) fn end_tag(&mut self, name: &str, after: u64) {
        let tag = Tag::exact(name.rsplit_once(':').map_or(name, |(_, local)| local));
        let around = self.around.as_deref() == Some(name);
        let inside = self.hand.as_ref().filter(|_| !self.over);
        let own =
            inside.is_some_and(|hand| tag == Tag::Feedback || hand.name.as_deref().map_or(around, |own| own == name));
        if own {
            self.finish(after);
        } else if inside.is_some() {
            self.note(Note::UnclosedElement(name.into()));
            if tag == Tag::Record {
                self.broken_at(after);
            }
        } else if self.over && self.around.is_none() {
            self.note(Note::JunkAfter);
        }
        if around {
            self.around = None;
        }
    }

    /// Something that is not ours stands outside of constructs.
    pub(super) fn junk(&mut self) {
        self.blank = false;
        if self.hand.is_some() {
            self.note(if self.over { Note::JunkAfter } else { Note::StrayMarkup });
        } else if self.around.is_none() && self.before.is_empty() {
            self.before.add(Note::JunkBefore);
        }
    }

    /// An XML declaration that is not the very first thing.
    pub(super) fn late_declaration(&mut self) {
        if self.root.is_none() && self.before.is_empty() {
            self.before.add(Note::JunkBefore);
        }
    }

    /// Notes something on the report in hand, or the next one.
    pub(super) fn note(&mut self, note: Note) {
        match &mut self.hand {
            Some(hand) => hand.notes.add(note),
            None => self.before.add(note),
        }
    }

    /// Takes all of these notes.
    pub(super) fn take_notes(&mut self, notes: &mut Notes) {
        if !notes.is_empty() {
            match &mut self.hand {
                Some(hand) => hand.notes.extend(notes),
                None => self.before.extend(notes),
            }
            notes.clear();
        }
    }

    /// Something of the report in hand is lost at offset `at`.
    pub(super) fn broken_at(&mut self, at: u64) {
        let start = self.hand.as_ref().map_or(0, |hand| hand.range.start);
        self.note(Note::XmlBroken { at: at.saturating_sub(start) });
    }

    /// The report in hand is over, at offset `end`.
    pub(super) fn finish(&mut self, end: u64) {
        if let Some(hand) = &mut self.hand {
            hand.range.end = end;
            self.over = true;
        }
    }

    /// The report in hand ends without its end tag, if it has not ended.
    fn cut_off(&mut self) {
        if let Some(hand) = &mut self.hand
            && !self.over
            && hand.name.is_some()
        {
            hand.notes.add(Note::CutOff { records: hand.records });
        }
    }

    /// Gives the report in hand to the sink, after the last look at it.
    fn flush(&mut self) {
        let cut = !std::mem::replace(&mut self.over, false);
        let Some(mut hand) = self.hand.take() else { return };
        // Other formats have a root of this name.
        let bare = Report { dialect: hand.report.dialect, ..Report::default() };
        // One of which a limit left nothing says so.
        let limited = hand.notes.iter().any(|(note, _)| matches!(note, Note::Limit { .. }));
        let parts = hand.metadata || hand.policy || hand.records > 0;
        if !parts && !cut && !limited && hand.report == bare {
            return;
        }
        if let Some((label, taken)) = &self.transcoded {
            hand.notes.add(Note::Transcoded(label.clone()));
            hand.range = 0..*taken;
        }
        hand.complete();
        self.sink.end(&hand.report, &hand.notes, hand.range);
        self.reports = self.reports.saturating_add(1);
    }

    /// Nothing more is to come: the text ended at offset `end`, or reading failed there.
    pub(super) fn close(mut self, end: u64, failure: Option<Note>) -> Closed {
        if self.is_inside() {
            self.cut_off();
            self.reached(end);
        }
        if let Some(around) = self.around.take()
            && self.hand.is_some()
        {
            self.note(Note::UnclosedElement(around));
        }
        let mut notes = Notes::default();
        if let Some(failure) = failure {
            match &mut self.hand {
                Some(hand) => hand.notes.add(failure),
                None => notes.add(failure),
            }
        }
        self.flush();
        // A limit is worth telling even where no report was met.
        for (note, times) in self.before.iter().filter(|(note, _)| note.status() >= Status::Partial) {
            notes.add_times(note.clone(), times);
        }
        Closed { reports: self.reports, notes, root: self.root, blank: self.blank }
    }
}

impl Hand {
    /// Puts right what only shows when all of a report is known, and notes what it lacks.
    fn complete(&mut self) {
        let report = &mut self.report;
        report.extensions = Some(std::mem::take(&mut self.extensions)).filter(|raw| !raw.is_empty());
        let missing = [
            (report.org_name.is_none(), Tag::OrgName),
            (report.email.is_none(), Tag::Email),
            (report.report_id.is_none(), Tag::ReportId),
            (report.policy.domain.is_none(), Tag::Domain),
            (!self.dates, Tag::DateRange),
        ];
        for (_, tag) in missing.into_iter().filter(|(missing, _)| *missing) {
            self.notes.add(Note::ElementMissing(tag.name().into()));
        }
        match (report.begin, report.end) {
            (Some(begin), Some(end)) if begin > end => {
                (report.begin, report.end) = (Some(end), Some(begin));
                self.notes.add(Note::DatesSwapped);
            }
            (None, None) => self.notes.add(Note::NoPeriod),
            _ => {}
        }
    }
}
