//! Where the reports go: a folder, a zip, or one uncompressed file.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::args::Target;

/// More than any record takes: an entry that may exceed 4 GiB must say so before it is written.
const LARGEST_RECORD: u64 = 4096;

/// An open destination.
pub enum Output {
    /// A file for each report.
    Folder(PathBuf),
    /// An entry for each report.
    Zip(Box<ZipWriter<BufWriter<File>>>),
    /// The only report.
    Single(BufWriter<File>),
}

/// Writes a report's XML.
pub type Body<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

impl Output {
    /// Creates the destination. A folder must be empty: reports left there would spoil the totals.
    pub fn create(target: &Target) -> io::Result<Self> {
        Ok(match target {
            Target::Folder(path) => {
                fs::create_dir_all(path)?;
                if fs::read_dir(path)?.next().is_some() {
                    return Err(io::Error::other("the folder is not empty"));
                }
                Self::Folder(path.clone())
            }
            Target::Zip(path) => Self::Zip(Box::new(ZipWriter::new(BufWriter::new(File::create(path)?)))),
            Target::Single(path) => Self::Single(BufWriter::new(File::create(path)?)),
        })
    }

    /// Adds a report, as gzip unless `plain`.
    pub fn add(&mut self, name: &str, records: u64, plain: bool, body: Body<'_>) -> io::Result<()> {
        let name = if plain { name.to_owned() } else { format!("{name}.gz") };
        match self {
            Self::Folder(path) => {
                let mut file = BufWriter::new(File::create(path.join(name))?);
                if plain {
                    body(&mut file)?
                } else {
                    compress(&mut file, body)?
                }
                file.flush()
            }
            Self::Zip(zip) => {
                let method = if plain { CompressionMethod::Deflated } else { CompressionMethod::Stored };
                // Everything that depends on the clock or the system is fixed.
                let options = SimpleFileOptions::default()
                    .compression_method(method)
                    .last_modified_time(DateTime::default())
                    .unix_permissions(0o644)
                    .large_file(records.saturating_mul(LARGEST_RECORD) > u64::from(u32::MAX));
                zip.start_file(name, options)?;
                if plain { body(zip) } else { compress(zip, body) }
            }
            Self::Single(file) => body(file),
        }
    }

    /// Completes the destination.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Folder(_) => Ok(()),
            Self::Zip(zip) => zip.finish()?.flush(),
            Self::Single(mut file) => file.flush(),
        }
    }
}

/// The header that flate2 writes holds no time and no system.
fn compress(out: &mut dyn Write, body: Body<'_>) -> io::Result<()> {
    let mut encoder = GzEncoder::new(out, Compression::default());
    body(&mut encoder)?;
    encoder.finish().map(drop)
}
