//! A compiled function, as a file that stays what it is for as long as anyone may start it.

use std::borrow::Cow;
use std::fs::{self, Metadata};
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Where a function's compiled code is. Clones are the same file.
#[derive(Debug, Clone)]
pub struct Binary(Arc<Place>);

#[derive(Debug)]
struct Place {
    path: PathBuf,
    /// Of a link of its own, what it was when it was made.
    pinned: Option<Identity>,
}

/// Two files of one identity have the same content, as far as cargo writes them.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Binary {
    /// The file itself, whatever becomes of it.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(Arc::new(Place { path: path.into(), pinned: None }))
    }

    /// A link to what the file is now, in a folder that is made for it: cargo removes and replaces its
    /// binaries while functions start from them. The link goes with its last user, and the folder with
    /// its last link.
    pub(crate) fn pinned(original: &Path, folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(original.file_name().unwrap_or_default());
        let pinned = Some(Identity::of(&fs::metadata(original)?));
        match fs::hard_link(original, &path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => drop(fs::copy(original, &path)?),
            linked => linked?,
        }
        Ok(Self(Arc::new(Place { path, pinned })))
    }

    /// Whether the file that this was pinned from is still the same.
    pub(crate) fn is_still(&self, original: &Path) -> bool {
        fs::metadata(original).is_ok_and(|now| self.0.pinned.as_ref() == Some(&Identity::of(&now)))
    }

    /// What cargo calls it.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        self.0.path.file_name().unwrap_or_default().to_string_lossy()
    }

    /// The file to run.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }
}

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            bytes: metadata.len(),
            modified: metadata.modified().ok(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.pinned.is_some() {
            let _ = fs::remove_file(&self.path);
            let _ = self.path.parent().map(fs::remove_dir); // fails while it holds others
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Binary;

    #[test]
    fn a_pinned_binary_outlives_what_replaces_the_original_and_goes_with_its_last_user() {
        let folder = tempfile::tempdir().unwrap();
        let original = folder.path().join("f");
        fs::write(&original, "old").unwrap();
        let pinned = Binary::pinned(&original, &folder.path().join("pins/1")).unwrap();
        assert!(pinned.is_still(&original));
        fs::remove_file(&original).unwrap();
        assert!(!pinned.is_still(&original));
        fs::write(&original, "new").unwrap();
        assert!(!pinned.is_still(&original));
        assert_eq!(fs::read_to_string(pinned.path()).unwrap(), "old");
        let user = pinned.clone();
        drop(pinned);
        assert!(user.path().exists());
        drop(user);
        assert!(!folder.path().join("pins/1").exists());
        assert_eq!(fs::read_to_string(&original).unwrap(), "new");
    }

    #[test]
    fn a_missing_binary_cannot_be_pinned() {
        let folder = tempfile::tempdir().unwrap();
        let error = Binary::pinned(&folder.path().join("f"), &folder.path().join("pins")).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    }
}
