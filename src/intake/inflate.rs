//! Deflate streams in their three wrappings, unpacked piece by piece within the file's budget.

use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::Stop;
use super::gzip::{self, Next};
use super::shared::Shared;
use crate::ledger::{LimitKind, Note};

/// Bytes unpacked at once at the most.
const PIECE: usize = 256 << 10;

/// What is around a deflate stream.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapping {
    /// Nothing; the checksum is known from elsewhere, if at all (an entry of a zip).
    Bare(Option<u32>),
    /// A zlib header and an Adler-32.
    Zlib,
    /// gzip members, one after the other.
    Gzip,
}

/// Unpacks as it is read.
///
/// Damage and limits end in a [`Stop`] after everything unpacked before has been given out. A checksum that does not fit
/// stops nothing: the bytes are there, and the note waits in [`Shared`] for the report.
pub(super) struct Inflate<'a, 's> {
    shared: &'a Shared<'s>,
    input: &'a mut dyn BufRead,
    wrapping: Wrapping,
    /// Whether the input is the file itself, whose bytes count for progress and ratio.
    outermost: bool,
    /// Present until dropped.
    state: Option<Decompress>,
    phase: Phase,
    crc: Crc,
    /// Bytes unpacked in all members.
    total: u64,
    /// Where in those the member in hand begins.
    member: u64,
    stop: Option<Note>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// At the first member's first byte.
    Magic,
    /// Behind a member's magic number.
    Header,
    Body,
    Done,
}

impl<'a, 's> Inflate<'a, 's> {
    /// Unpacks `input`.
    pub(super) fn new(shared: &'a Shared<'s>, input: &'a mut dyn BufRead, wrapping: Wrapping, outermost: bool) -> Self {
        let phase = if wrapping == Wrapping::Gzip { Phase::Magic } else { Phase::Body };
        let state = Some(shared.inflater(wrapping == Wrapping::Zlib));
        Self { shared, input, wrapping, outermost, state, phase, crc: Crc::new(), total: 0, member: 0, stop: None }
    }

    /// One step of unpacking; `Some` once the read is over.
    fn body(&mut self, out: &mut [u8]) -> io::Result<Option<usize>> {
        let Some(state) = self.state.as_mut() else { return Ok(Some(0)) };
        // In pieces, so that limits and progress are looked at now and then.
        let piece = out.len().min(PIECE);
        let out = out.get_mut(..piece).unwrap_or_default();
        // Where the input breaks off there may still be something in hand: it comes first, however little is asked for at a time.
        let (input, failure) = match self.input.fill_buf() {
            Ok(input) => (input, None),
            Err(error) => (&[][..], Some(error)),
        };
        let at_end = input.is_empty();
        let (in_before, out_before) = (state.total_in(), state.total_out());
        let result = state.decompress(input, out, FlushDecompress::None);
        let consumed = usize::try_from(state.total_in().saturating_sub(in_before)).unwrap_or(usize::MAX);
        let produced = usize::try_from(state.total_out().saturating_sub(out_before)).unwrap_or(usize::MAX);
        self.consume(consumed);
        let given = self.count(out, produced);
        if let Some(error) = failure.filter(|_| given == 0) {
            return Err(error);
        }
        match result {
            Ok(Status::StreamEnd) => match self.end_of_stream() {
                Err(error) if given > 0 => drop(self.stop.get_or_insert(Stop::note_of(&error))),
                ended => ended?,
            },
            Ok(Status::Ok | Status::BufError) if produced > 0 || (consumed > 0 && !at_end) => {}
            // No step forward: the input ends too early, or is no deflate stream.
            Ok(Status::Ok | Status::BufError) | Err(_) => self.break_off(),
        }
        Ok((given > 0).then_some(given))
    }

    fn consume(&mut self, bytes: usize) {
        self.input.consume(bytes);
        if self.outermost {
            self.shared.add_packed(bytes as u64);
        }
    }

    /// Holds what was unpacked against the limits and returns how much of it may be given out.
    fn count(&mut self, out: &[u8], produced: usize) -> usize {
        let limit = self.shared.context.limits.unpacked_size;
        let room = limit.saturating_sub(self.total);
        let given = produced.min(out.len()).min(usize::try_from(room).unwrap_or(usize::MAX));
        if given < produced {
            self.stop = Some(Note::Limit { limit: LimitKind::UnpackedSize, value: limit });
        }
        self.crc.update(out.get(..given).unwrap_or_default());
        self.total = self.total.saturating_add(given as u64);
        if let Some(note) = self.shared.add_unpacked(given as u64) {
            self.stop = Some(note);
        }
        given
    }

    fn break_off(&mut self) {
        self.stop.get_or_insert(Note::UnpackBroken { at: self.total });
    }

    /// A stream is over: compares its checksum, and looks for a further gzip member.
    fn end_of_stream(&mut self) -> io::Result<()> {
        self.phase = Phase::Done;
        match self.wrapping {
            Wrapping::Bare(expected) => {
                if expected.is_some_and(|expected| expected != self.crc.sum()) {
                    self.shared.add_tail(Note::UnpackBroken { at: self.total });
                }
            }
            Wrapping::Zlib => {
                if !self.input.fill_buf()?.is_empty() {
                    self.shared.add_tail(Note::JunkAfter);
                }
            }
            Wrapping::Gzip => {
                // The trailer holds the length modulo 2³².
                let length = self.total.saturating_sub(self.member) & u64::from(u32::MAX);
                let trailer = gzip::trailer(self.input)?;
                if trailer.is_none_or(|(crc, stated)| crc != self.crc.sum() || u64::from(stated) != length) {
                    self.shared.add_tail(Note::UnpackBroken { at: self.total });
                }
                // Padding between members belongs to no member; at the end it is junk.
                let padded = gzip::skip_zeros(self.input)?;
                match gzip::magic(self.input)? {
                    Next::Member => self.phase = Phase::Header,
                    Next::End if !padded => {}
                    Next::End | Next::Junk => self.shared.add_tail(Note::JunkAfter),
                }
            }
        }
        Ok(())
    }
}

impl Read for Inflate<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            if let Some(note) = &self.stop {
                return Err(Stop(note.clone()).into());
            }
            match self.phase {
                Phase::Magic => match gzip::magic(self.input)? {
                    Next::Member => self.phase = Phase::Header,
                    Next::Junk | Next::End => self.break_off(),
                },
                Phase::Header => {
                    if gzip::header(self.input)? {
                        self.crc.reset();
                        self.member = self.total;
                        if let Some(state) = self.state.as_mut().filter(|state| state.total_in() > 0) {
                            state.reset(false);
                        }
                        self.phase = Phase::Body;
                    } else {
                        self.break_off();
                    }
                }
                Phase::Body => {
                    if let Some(count) = self.body(out)? {
                        return Ok(count);
                    }
                }
                Phase::Done => return Ok(0),
            }
        }
    }
}

impl Drop for Inflate<'_, '_> {
    fn drop(&mut self) {
        if let Some(state) = self.state.take() {
            self.shared.return_inflater(state);
        }
    }
}
