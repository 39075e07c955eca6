//! Files that are too large to be written down.

use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};

use crate::archive::{Entry, stored};

const MIB: usize = 1 << 20;

/// A report.
pub fn report(id: &str, records: usize) -> Vec<u8> {
    let mut text = format!(
        "<feedback><report_metadata><org_name>r.example</org_name><report_id>{id}</report_id><date_range><begin>\
         1700000000</begin><end>1700086399</end></date_range></report_metadata><policy_published><domain>example.org\
         </domain><p>none</p></policy_published>"
    );
    for n in 0..records {
        text += &format!(
            "<record><row><source_ip>192.0.2.{}</source_ip><count>{}</count><policy_evaluated><disposition>none\
             </disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>\
             example.org</header_from></identifiers><auth_results/></record>",
            n % 250 + 1,
            n * 7 + 1
        );
    }
    (text + "</feedback>").into_bytes()
}

/// A report whose every record has four texts of its own.
pub fn distinct(records: usize) -> Vec<u8> {
    let mut text = String::from_utf8(report("distinct", 0)).unwrap().replace("</feedback>", "");
    for n in 0..records {
        text += &format!(
            "<record><row><source_ip>192.0.2.1</source_ip><count>1</count><policy_evaluated><disposition>none\
             </disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>\
             f{n}.example.org</header_from><envelope_from>e{n}.example.org</envelope_from></identifiers><auth_results>\
             <dkim><domain>d{n}.example.org</domain><selector>s{n}</selector><result>pass</result></dkim>\
             </auth_results></record>"
        );
    }
    (text + "</feedback>").into_bytes()
}

/// The beginning of a report, then this.
pub fn xml(text: &str) -> Vec<u8> {
    format!("<feedback><record>{text}").into_bytes()
}

/// How a report begins that never goes on.
const HEAD: &[u8] = b"<feedback>";

/// Deflated blocks that end on a byte and refer to nothing before them.
fn blocks(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.flush().unwrap();
    encoder.get_ref().clone()
}

/// A deflated entry: the beginning of a report, and so many MiB of blanks.
pub fn deflated_blanks(name: &str, mebibytes: usize) -> Entry {
    let blanks = vec![b' '; MIB];
    let mut data = [blocks(HEAD), blocks(&blanks).repeat(mebibytes)].concat();
    // An empty last block.
    data.extend([3, 0]);
    // The checksum of a long one takes longer than its bytes are worth; nobody comes to its end.
    let mut crc = Crc::new();
    crc.update(HEAD);
    if mebibytes <= 64 {
        (0..mebibytes).for_each(|_| crc.update(&blanks));
    }
    let unpacked = (HEAD.len() + mebibytes * MIB) as u64;
    Entry { method: 8, crc: crc.sum(), packed: data.len() as u64, data, unpacked, ..stored(name, b"") }
}

/// Gzip members: the beginning of a report, and so many of a MiB of blanks.
pub fn bomb(members: usize) -> Vec<u8> {
    [gzip(HEAD), gzip(&vec![b' '; MIB]).repeat(members)].concat()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A beginning, and then the same over and over.
pub struct Endless {
    head: &'static [u8],
    body: Vec<u8>,
    length: u64,
    at: u64,
}

impl Endless {
    pub fn new(head: &'static [u8], piece: &[u8], length: u64) -> Self {
        // Long enough that copies are large, and a whole number of pieces.
        let body = piece.repeat(MIB / piece.len() + 1);
        Self { head, body, length, at: 0 }
    }
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length - self.at.min(self.length)).unwrap_or(usize::MAX);
        let out_length = out.len().min(left);
        let at = usize::try_from(self.at).unwrap();
        let source = match self.head.get(at..).filter(|head| !head.is_empty()) {
            Some(head) => head,
            None => &self.body[(at - self.head.len()) % self.body.len()..],
        };
        let count = source.len().min(out_length);
        out[..count].copy_from_slice(&source[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Endless {
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
