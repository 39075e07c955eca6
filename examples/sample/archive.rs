//! Packs the files. They are so much alike that packing them together makes a sixth of what packing each would: the reports
//! lie unpacked in an archive of their own, which is packed as a whole.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::set::File;

/// The name of the archive within.
const INNER: &str = "harbour-2026-06.zip";

/// An archive with an archive of all files, always the same for the same files.
pub fn pack(files: &[File]) -> io::Result<Vec<u8>> {
    // Everything that depends on the clock or the system is fixed.
    let made = DateTime::from_date_and_time(2026, 7, 1, 9, 0, 0).map_err(io::Error::other)?;
    let options = SimpleFileOptions::default().last_modified_time(made).unix_permissions(0o644);
    let stored = options.compression_method(CompressionMethod::Stored);
    let mut inner = ZipWriter::new(Cursor::new(Vec::new()));
    for File { name, bytes } in files {
        inner.start_file(name.as_str(), stored)?;
        inner.write_all(bytes)?;
    }
    let inner = inner.finish()?.into_inner();
    let mut outer = ZipWriter::new(Cursor::new(Vec::new()));
    outer.start_file(INNER, options.compression_method(CompressionMethod::Deflated).compression_level(Some(9)))?;
    outer.write_all(&inner)?;
    Ok(outer.finish()?.into_inner())
}
