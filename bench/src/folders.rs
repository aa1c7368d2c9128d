//! Where things are.

use std::path::{Path, PathBuf};

/// The workspace's folder.
pub(crate) fn root() -> &'static Path {
    // `cargo bench` runs where this was compiled.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Where everything goes that can be made again.
pub(crate) fn scratch() -> PathBuf {
    root().join("target/bench")
}
