//! What is uploaded to Lambda.

use std::{
    fs,
    io::{copy, sink},
    path::Path,
};

use anyhow::{Context as _, Result};
use flate2::{Compression, read::DeflateEncoder};

/// What a zip has around the content of its only file, beside the file's name, which it has twice: the file's
/// header, its entry in the directory, and the end of that (APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16).
const ZIP_HEADERS: u64 = 30 + 46 + 22;

/// The size of a zip that holds `file` as `name`, deflated as hard as it goes.
pub(crate) fn zip_bytes(file: &Path, name: &str) -> Result<u64> {
    let content = fs::File::open(file).with_context(|| file.display().to_string())?;
    let deflated = copy(&mut DeflateEncoder::new(content, Compression::best()), &mut sink())?;
    Ok(deflated + ZIP_HEADERS + 2 * u64::try_from(name.len())?)
}

/// The size of a file.
pub(crate) fn file_bytes(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file).with_context(|| file.display().to_string())?.len())
}
