//! What is derived from `template.yaml`, so that nobody writes it twice.

mod manifest;
mod router;
mod tables;

use std::{fs, io, path::Path};

use template::Document;

pub use manifest::synced;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    File(String, io::Error),
    /// The template makes no sense.
    #[error(transparent)]
    Template(#[from] template::Error),
    /// The manifest is not as it is expected.
    #[error("Cargo.toml: {0}")]
    Manifest(String),
}

/// Brings the `Cargo.toml` of this folder in step with its `template.yaml`, or only looks whether it is.
/// Whether it was.
pub fn sync(folder: &Path, only_look: bool) -> Result<bool, Error> {
    let path = folder.join("Cargo.toml");
    let failed = |error| Error::File(path.display().to_string(), error);
    let document = Document::read(&folder.join("template.yaml"))?;
    let text = fs::read_to_string(&path).map_err(failed)?;
    let synced = synced(&text, &document)?;
    let is_same = synced == text;
    if !is_same && !only_look {
        // Beside it first: whoever ends this halfway still has a whole manifest.
        let beside = folder.join("Cargo.toml.new");
        fs::write(&beside, synced).and_then(|()| fs::rename(&beside, &path)).map_err(failed)?;
    }
    Ok(is_same)
}
