//! The frame of a gzip member (RFC 1952 §2.3) around its deflate stream.

use std::io::{self, BufRead};

/// A member's first bytes: its magic number and the only compression method there is.
pub(super) const MAGIC: [u8; 3] = [0x1F, 0x8B, 8];

const HAS_CHECKSUM: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;

/// Passes over the rest of a member's header after [`magic`]; `false` where it ends too early.
pub(super) fn header(input: &mut dyn BufRead) -> io::Result<bool> {
    let Some([flags, ..]) = take::<7>(input)? else { return Ok(false) };
    if flags & HAS_EXTRA != 0 {
        let Some(length) = take::<2>(input)? else { return Ok(false) };
        if !skip(input, u16::from_le_bytes(length).into())? {
            return Ok(false);
        }
    }
    for text in [HAS_NAME, HAS_COMMENT] {
        if flags & text != 0 && !skip_text(input)? {
            return Ok(false);
        }
    }
    Ok(flags & HAS_CHECKSUM == 0 || skip(input, 2)?)
}

/// A member's checksum and its length modulo 2³²; `None` where the input ends too early.
pub(super) fn trailer(input: &mut dyn BufRead) -> io::Result<Option<(u32, u32)>> {
    let Some(crc) = take::<4>(input)? else { return Ok(None) };
    let Some(length) = take::<4>(input)? else { return Ok(None) };
    Ok(Some((u32::from_le_bytes(crc), u32::from_le_bytes(length))))
}

/// Passes over zero bytes; whether there were any.
pub(super) fn skip_zeros(input: &mut dyn BufRead) -> io::Result<bool> {
    let mut any = false;
    loop {
        let bytes = input.fill_buf()?;
        let available = bytes.len();
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        input.consume(zeros);
        any |= zeros > 0;
        if zeros == 0 || zeros < available {
            return Ok(any);
        }
    }
}

/// What stands where a member may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A member; its first three bytes have been read.
    Member,
    /// Something else.
    Junk,
    /// Nothing.
    End,
}

/// Tells what comes next, and passes over a member's [`MAGIC`].
pub(super) fn magic(input: &mut dyn BufRead) -> io::Result<Next> {
    let first = input.fill_buf()?.first().copied();
    match first {
        None => Ok(Next::End),
        Some(byte) if !MAGIC.starts_with(&[byte]) => Ok(Next::Junk),
        Some(_) => Ok(if take::<3>(input)? == Some(MAGIC) { Next::Member } else { Next::Junk }),
    }
}

fn take<const N: usize>(input: &mut dyn BufRead) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    match input.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn skip(input: &mut dyn BufRead, mut count: usize) -> io::Result<bool> {
    while count > 0 {
        let available = input.fill_buf()?.len().min(count);
        if available == 0 {
            return Ok(false);
        }
        input.consume(available);
        count -= available;
    }
    Ok(true)
}

/// Passes over text up to and with its zero byte.
fn skip_text(input: &mut dyn BufRead) -> io::Result<bool> {
    loop {
        let bytes = input.fill_buf()?;
        let available = bytes.len();
        match memchr::memchr(0, bytes) {
            Some(end) => {
                input.consume(end + 1);
                return Ok(true);
            }
            None if available == 0 => return Ok(false),
            None => input.consume(available),
        }
    }
}
