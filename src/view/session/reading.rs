//! Who reads which file: what the page knows of its readers, without any of the browser in it.
//!
//! Files go to a reader in the order they were dropped. Each ends *closed*, when the store says that it is over. A reader that
//! stops or hangs is ended; the file it was at is closed with a note, and whatever else it had not handed over goes to the
//! next reader.

use std::collections::VecDeque;

use dmarcscope::dataset::ReaderId;
use dmarcscope::intake::FileId;
use dmarcscope::ledger::Note;

/// Ticks (seconds) without a sign of life after which a reader counts as hung. Reading reports progress ten times a second.
pub const PATIENCE: u32 = 10;

/// Files handed to a reader at a time: to hand over more takes the page too long at once.
const MOST_FILES: usize = 2_000;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Start a reader on these files.
    Start(ReaderId, Vec<FileId>),
    /// End the reader and tell the store that it is lost, why, and which file it was at.
    Lose(ReaderId, Note, Option<FileId>),
    /// Tell the store that these files are not read, and why.
    GiveUp(Vec<FileId>, Note),
}

/// The state of all files and of the reader at work.
#[derive(Debug, Default)]
pub struct Reading {
    files: Vec<File>,
    waiting: VecDeque<FileId>,
    /// Files that are still to be added.
    expected: usize,
    reader: Option<Reader>,
    next_reader: ReaderId,
    is_cancelled: bool,
}

#[derive(Debug)]
struct File {
    size: u64,
    is_closed: bool,
}

#[derive(Debug)]
struct Reader {
    id: ReaderId,
    files: Vec<FileId>,
    at: Option<FileId>,
    bytes: u64,
    idle: u32,
    /// Ended by us; the store has yet to say that all it sent is in.
    is_lost: bool,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that are over.
    pub done: u64,
    /// All files.
    pub total: u64,
    /// Bytes of files read.
    pub bytes: u64,
    /// Bytes of all files.
    pub size: u64,
    /// The file being read.
    pub at: Option<FileId>,
}

impl Reading {
    /// Takes in new files by their sizes; gives their numbers.
    pub fn add(&mut self, sizes: impl IntoIterator<Item = u64>) -> Vec<FileId> {
        let start = self.files.len();
        self.files.extend(sizes.into_iter().map(|size| File { size, is_closed: false }));
        let new: Vec<FileId> = (start..self.files.len()).filter_map(|id| FileId::try_from(id).ok()).collect();
        self.waiting.extend(&new);
        if !new.is_empty() {
            self.is_cancelled = false;
        }
        new
    }

    /// Takes in a file that cannot be read; gives its number.
    pub fn add_closed(&mut self) -> FileId {
        self.files.push(File { size: 0, is_closed: true });
        FileId::try_from(self.files.len().saturating_sub(1)).unwrap_or(FileId::MAX)
    }

    /// Takes in a file once more, if it is over.
    pub fn again(&mut self, file: FileId) -> bool {
        // What a reader that is lost had in hand is still to be given up, or to be read by the next one.
        if self.reader.as_ref().is_some_and(|reader| reader.is_lost) {
            return false;
        }
        let Some(known) = self.files.get_mut(file as usize).filter(|file| file.is_closed) else { return false };
        known.is_closed = false;
        self.waiting.push_back(file);
        self.is_cancelled = false;
        // The reader at work has done with it.
        if let Some(reader) = &mut self.reader {
            reader.files.retain(|known| *known != file);
            reader.at.take_if(|at| *at == file);
        }
        true
    }

    /// A file's bytes.
    pub fn size(&self, file: FileId) -> u64 {
        self.files.get(file as usize).map_or(0, |file| file.size)
    }

    /// So many files are still to be added.
    pub fn expect(&mut self, files: usize) {
        self.expected = files;
    }

    /// The reader at work, or lost and not yet told to be over.
    pub fn reader(&self) -> Option<ReaderId> {
        self.reader.as_ref().map(|reader| reader.id)
    }

    /// Whether any file is not over yet.
    pub fn is_active(&self) -> bool {
        self.reader.is_some() || !self.waiting.is_empty() || self.expected > 0
    }

    /// How far reading has come.
    pub fn progress(&self) -> Progress {
        let closed = || self.files.iter().filter(|file| file.is_closed);
        let reader = self.reader.as_ref().filter(|reader| !reader.is_lost);
        Progress {
            done: closed().count() as u64,
            total: self.files.len().saturating_add(self.expected) as u64,
            bytes: closed().map(|file| file.size).sum::<u64>() + reader.map_or(0, |reader| reader.bytes),
            size: self.files.iter().map(|file| file.size).sum(),
            at: reader.and_then(|reader| reader.at),
        }
    }

    /// Starts a reader if there is something to read and nobody reads.
    pub fn go_on(&mut self) -> Option<Command> {
        if self.reader.is_some() || self.waiting.is_empty() {
            return None;
        }
        let count = self.waiting.len().min(MOST_FILES);
        let files: Vec<FileId> = self.waiting.drain(..count).collect();
        let id = self.next_reader;
        self.next_reader += 1;
        self.reader = Some(Reader { id, files: files.clone(), at: None, bytes: 0, idle: 0, is_lost: false });
        Some(Command::Start(id, files))
    }

    /// A reader has opened a file.
    pub fn opened(&mut self, reader: ReaderId, file: FileId) {
        if let Some(reader) = self.at_work(reader) {
            reader.idle = 0;
            reader.at = Some(file);
            reader.bytes = 0;
        }
    }

    /// A reader gave a sign of life.
    pub fn alive(&mut self, reader: ReaderId, bytes: Option<u64>) {
        if let Some(reader) = self.at_work(reader) {
            reader.idle = 0;
            reader.bytes = bytes.unwrap_or(reader.bytes);
        }
    }

    /// The store says that files are over.
    pub fn closed(&mut self, files: &[FileId]) {
        for id in files {
            if let Some(file) = self.files.get_mut(*id as usize) {
                file.is_closed = true;
            }
            // What is closed no longer counts through the reader's own progress.
            if let Some(reader) = self.reader.as_mut().filter(|reader| reader.at == Some(*id)) {
                reader.bytes = 0;
            }
        }
    }

    /// The store has everything of a reader, done or lost: what it did not close goes to the next one, or is given up.
    pub fn finished(&mut self, reader: ReaderId) -> Option<Command> {
        let reader = self.reader.take_if(|known| known.id == reader)?;
        let left =
            reader.files.into_iter().filter(|id| !self.files.get(*id as usize).is_none_or(|file| file.is_closed));
        let left: Vec<FileId> = left.chain(std::mem::take(&mut self.waiting)).collect();
        if self.is_cancelled && !left.is_empty() {
            self.closed(&left);
            return Some(Command::GiveUp(left, Note::Cancelled));
        }
        self.waiting = left.into();
        self.go_on()
    }

    /// A reader stopped by itself, in the middle of something.
    pub fn trapped(&mut self, reader: ReaderId) -> Option<Command> {
        self.at_work(reader)?;
        self.lose(Note::ReaderTrapped)
    }

    /// A second has gone by.
    pub fn tick(&mut self) -> Option<Command> {
        let reader = self.reader.as_mut().filter(|reader| !reader.is_lost)?;
        reader.idle += 1;
        (reader.idle > PATIENCE).then(|| self.lose(Note::ReaderHung { seconds: u64::from(PATIENCE) })).flatten()
    }

    /// The person wants no more.
    pub fn cancel(&mut self) -> Option<Command> {
        self.is_cancelled = true;
        if self.reader.is_some() {
            return self.lose(Note::Cancelled);
        }
        let left: Vec<FileId> = std::mem::take(&mut self.waiting).into();
        self.closed(&left);
        (!left.is_empty()).then_some(Command::GiveUp(left, Note::Cancelled))
    }

    fn at_work(&mut self, id: ReaderId) -> Option<&mut Reader> {
        self.reader.as_mut().filter(|reader| reader.id == id && !reader.is_lost)
    }

    fn lose(&mut self, note: Note) -> Option<Command> {
        let reader = self.reader.as_mut().filter(|reader| !reader.is_lost)?;
        reader.is_lost = true;
        // A reader that never got to a file is at fault with its first, or it would be started again for ever.
        let open = |id: &FileId| self.files.get(*id as usize).is_some_and(|file| !file.is_closed);
        let first = || reader.files.iter().copied().find(open);
        let at = reader.at.filter(open).or_else(|| (note != Note::Cancelled).then(first).flatten());
        Some(Command::Lose(reader.id, note, at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(files: usize) -> Reading {
        let mut reading = Reading::default();
        reading.add(vec![10; files]);
        assert_eq!(reading.go_on(), Some(Command::Start(0, (0..).take(files).collect())));
        reading
    }

    #[test]
    fn files_dropped_while_reading_wait_for_the_next_reader() {
        let mut reading = reading(2);
        reading.add([5]);
        assert_eq!(reading.go_on(), None);
        reading.closed(&[0, 1]);
        assert_eq!(reading.finished(0), Some(Command::Start(1, vec![2])));
        reading.closed(&[2]);
        assert_eq!(reading.finished(1), None);
        assert!(!reading.is_active());
        assert_eq!(reading.progress(), Progress { done: 3, total: 3, bytes: 25, size: 25, at: None });
    }

    #[test]
    fn many_files_are_read_by_one_reader_after_the_other() {
        let mut reading = Reading::default();
        reading.expect(MOST_FILES + 1);
        assert!(reading.is_active(), "files are on their way");
        assert_eq!(reading.progress().total, MOST_FILES as u64 + 1);
        reading.add(vec![1; MOST_FILES + 1]);
        reading.expect(0);
        let ids = |start: usize, end: usize| (start..end).map(|id| FileId::try_from(id).unwrap()).collect::<Vec<_>>();
        assert_eq!(reading.go_on(), Some(Command::Start(0, ids(0, MOST_FILES))));
        reading.closed(&ids(0, MOST_FILES));
        assert_eq!(reading.finished(0), Some(Command::Start(1, ids(MOST_FILES, MOST_FILES + 1))));
    }

    #[test]
    fn a_trap_costs_the_file_at_fault_and_no_other() {
        let mut reading = reading(4);
        reading.opened(0, 0);
        reading.opened(0, 1);
        reading.opened(0, 2);
        assert_eq!(reading.trapped(0), Some(Command::Lose(0, Note::ReaderTrapped, Some(2))));
        assert_eq!(reading.trapped(0), None, "told once");
        // The store had file 0 only: 1 was packed and not sent, 2 is closed by the loss.
        reading.closed(&[0]);
        reading.closed(&[2]);
        assert_eq!(reading.finished(0), Some(Command::Start(1, vec![1, 3])));
    }

    #[test]
    fn a_reader_without_a_sign_of_life_is_ended() {
        let mut reading = reading(2);
        reading.opened(0, 0);
        for _ in 0..PATIENCE {
            assert_eq!(reading.tick(), None);
        }
        reading.alive(0, Some(3));
        for _ in 0..PATIENCE {
            assert_eq!(reading.tick(), None);
        }
        let hung = Note::ReaderHung { seconds: u64::from(PATIENCE) };
        assert_eq!(reading.tick(), Some(Command::Lose(0, hung, Some(0))));
        assert_eq!(reading.tick(), None);
    }

    #[test]
    fn a_reader_that_never_starts_does_not_start_for_ever() {
        let mut reading = reading(2);
        assert_eq!(reading.trapped(0), Some(Command::Lose(0, Note::ReaderTrapped, Some(0))));
        reading.closed(&[0]);
        assert_eq!(reading.finished(0), Some(Command::Start(1, vec![1])));
        assert_eq!(reading.trapped(1), Some(Command::Lose(1, Note::ReaderTrapped, Some(1))));
        reading.closed(&[1]);
        assert_eq!(reading.finished(1), None);
    }

    #[test]
    fn a_cancel_keeps_what_is_there_and_gives_up_the_rest() {
        let mut reading = reading(3);
        reading.opened(0, 1);
        reading.add([1]);
        assert_eq!(reading.cancel(), Some(Command::Lose(0, Note::Cancelled, Some(1))));
        reading.closed(&[0, 1]);
        assert_eq!(reading.finished(0), Some(Command::GiveUp(vec![2, 3], Note::Cancelled)));
        assert!(!reading.is_active());
        reading.add([7]);
        assert_eq!(reading.go_on(), Some(Command::Start(1, vec![4])), "dropping again reads again");
    }

    #[test]
    fn a_file_that_is_over_is_read_again_once() {
        let mut reading = reading(3);
        reading.opened(0, 0);
        assert!(!reading.again(0), "it is being read");
        reading.closed(&[0]);
        assert!(reading.again(0));
        assert!(!reading.again(0), "it waits");
        assert!(!reading.again(9), "there is none");
        assert_eq!(reading.go_on(), None);
        assert_eq!((reading.progress().done, reading.progress().at), (0, None));
        // The reader at work stops: the file that waits is none of its own.
        assert_eq!(reading.trapped(0), Some(Command::Lose(0, Note::ReaderTrapped, Some(1))));
        reading.closed(&[1]);
        assert_eq!(reading.finished(0), Some(Command::Start(1, vec![2, 0])));
        reading.closed(&[2, 0]);
        assert_eq!(reading.finished(1), None);
        // After a cancel as well.
        assert_eq!(reading.cancel(), None);
        assert!(reading.again(2));
        assert_eq!(reading.go_on(), Some(Command::Start(2, vec![2])));
        reading.opened(2, 2);
        assert_eq!(reading.cancel(), Some(Command::Lose(2, Note::Cancelled, Some(2))));
        reading.closed(&[2]);
        assert_eq!(reading.finished(2), None);
        assert!(!reading.is_active());
    }
}
