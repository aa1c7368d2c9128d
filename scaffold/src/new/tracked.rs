//! What git tracks.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::Error;

/// The files of this folder that git tracks; `None` where there is no checkout. A secret may lie beside them
/// that nobody has told git to ignore, so nothing else is taken for them where git cannot be asked.
pub(crate) fn files(folder: &Path) -> Result<Option<Vec<PathBuf>>, Error> {
    let whole = folder.canonicalize().map_err(|error| Error::File(folder.to_owned(), error))?;
    if !whole.ancestors().any(|folder| folder.join(".git").exists()) {
        return Ok(None);
    }
    let failed = |reason: &str| {
        Error::Program(format!(
            "git: {}; it must tell which files belong to {}",
            reason.trim(),
            whole.display()
        ))
    };
    let output = Command::new("git")
        .arg("-C")
        .arg(&whole)
        .args(["ls-files", "-z"])
        // A hook of git has them, and they are about where it runs.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .map_err(|error| failed(&error.to_string()))?;
    if !output.status.success() {
        return Err(failed(&String::from_utf8_lossy(&output.stderr)));
    }
    let names = String::from_utf8(output.stdout).map_err(|error| failed(&error.to_string()))?;
    let files: Vec<_> = names.split_terminator('\0').map(PathBuf::from).collect();
    if files.is_empty() {
        return Err(failed("it tracks no files; run `git add` first"));
    }
    Ok(Some(files))
}
