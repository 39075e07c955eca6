//! One buffer in large blocks between a file and all who read it.
//!
//! In the browser a read of a file costs about a millisecond whatever its size, so nothing below may read in small pieces.
//! A few blocks are kept, so that a zip's directory and its data do not push each other out.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use super::ReadSeek;

/// Bytes of one block; blocks start at multiples of it.
const BLOCK: u64 = 4 << 20;
/// Blocks kept: one for a directory, one for data, one for what data refers back to.
const SLOTS: usize = 3;

/// What the readers of archives need: buffered bytes and a position that moves for free.
pub(super) trait Archive: BufRead + Seek {}

impl<T: BufRead + Seek> Archive for T {}

/// A file read in blocks; seeking costs nothing until bytes are asked for.
pub(super) struct Block<'a> {
    file: &'a mut dyn ReadSeek,
    length: u64,
    at: u64,
    slots: Vec<Slot>,
    /// The slot that served last: nearly always the right one.
    current: usize,
    clock: u64,
}

struct Slot {
    start: u64,
    bytes: Vec<u8>,
    used: u64,
}

impl<'a> Block<'a> {
    /// Buffers `file`, from its first byte.
    pub(super) fn new(file: &'a mut dyn ReadSeek) -> io::Result<Self> {
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, length, at: 0, slots: Vec::new(), current: 0, clock: 0 })
    }

    /// Bytes of the file when it was opened.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// Makes the slot that holds the position current.
    fn seat(&mut self) -> io::Result<()> {
        let at = self.at;
        if self.slots.get(self.current).is_some_and(|slot| slot.holds(at)) {
            return Ok(());
        }
        self.clock += 1;
        let found = self.slots.iter().position(|slot| slot.holds(at));
        self.current = match found {
            Some(index) => index,
            None => self.load()?,
        };
        if let Some(slot) = self.slots.get_mut(self.current) {
            slot.used = self.clock;
        }
        Ok(())
    }

    /// Reads the block at the position into the slot that was used least recently.
    fn load(&mut self) -> io::Result<usize> {
        let start = self.at - self.at % BLOCK;
        let wanted = usize::try_from(self.length.saturating_sub(start).min(BLOCK)).unwrap_or(0);
        if self.slots.len() < SLOTS {
            self.slots.push(Slot { start: u64::MAX, bytes: Vec::new(), used: 0 });
        }
        let oldest = self.slots.iter().enumerate().min_by_key(|(_, slot)| slot.used).map_or(0, |(index, _)| index);
        let Some(slot) = self.slots.get_mut(oldest) else { return Ok(0) };
        // Not this block until it has been read: an error half-way must leave no slot that claims to hold it.
        slot.start = u64::MAX;
        let grow = wanted.saturating_sub(slot.bytes.len());
        slot.bytes.try_reserve_exact(grow).map_err(|_| io::ErrorKind::OutOfMemory)?;
        slot.bytes.resize(wanted, 0);
        self.file.seek(SeekFrom::Start(start))?;
        let mut filled = 0;
        while let Some(room) = slot.bytes.get_mut(filled..).filter(|room| !room.is_empty()) {
            match self.file.read(room) {
                // The file shrank since it was opened.
                Ok(0) => break,
                Ok(count) => filled += count.min(room.len()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        slot.bytes.truncate(filled);
        slot.start = start;
        Ok(oldest)
    }
}

impl Slot {
    fn holds(&self, at: u64) -> bool {
        at.checked_sub(self.start).is_some_and(|offset| offset < self.bytes.len() as u64)
    }
}

impl BufRead for Block<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.length {
            return Ok(&[]);
        }
        self.seat()?;
        let Some(slot) = self.slots.get(self.current) else { return Ok(&[]) };
        let offset = usize::try_from(self.at.saturating_sub(slot.start)).unwrap_or(usize::MAX);
        Ok(slot.bytes.get(offset..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.at.saturating_add(amount as u64);
    }
}

impl Read for Block<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut bytes = self.fill_buf()?;
        let count = bytes.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl Seek for Block<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    /// Counts the reads below the buffer.
    struct Counted(Cursor<Vec<u8>>, u32);

    impl Read for Counted {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.1 += 1;
            self.0.read(out)
        }
    }

    impl Seek for Counted {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn directory_and_data_share_the_buffer_without_reading_twice() {
        let length = 3 * BLOCK as usize + 5;
        let mut file = Counted(Cursor::new((0..length).map(|at| (at % 251) as u8).collect()), 0);
        let mut block = Block::new(&mut file).unwrap();
        let mut byte = [0];
        for step in 0..1000 {
            for at in [length as u64 - 1000 + step, step * 7] {
                block.seek(SeekFrom::Start(at)).unwrap();
                block.read_exact(&mut byte).unwrap();
                assert_eq!(u64::from(byte[0]), at % 251);
            }
        }
        // The thousand bytes at the end lie in two blocks, the others in one.
        assert_eq!(file.1, 3);
    }

    #[test]
    fn a_small_file_takes_one_read_and_little_memory() {
        let mut file = Counted(Cursor::new(vec![b'a'; 1500]), 0);
        let mut block = Block::new(&mut file).unwrap();
        let mut all = Vec::new();
        block.read_to_end(&mut all).unwrap();
        assert_eq!((all.len(), block.slots[0].bytes.capacity()), (1500, 1500));
        assert_eq!(file.1, 1);
    }
}
