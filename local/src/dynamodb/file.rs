//! The file of the tables: whose it is, whether it can be used, and that nobody else uses it.

use std::fs::{self, DirBuilder, File, Permissions, TryLockError};
use std::io::Read as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// The folder that `local` makes for itself beside a template.
const OWN_FOLDER: &str = ".local";
/// What only the owner may read and write, and enter.
const PRIVATE_FILE: u32 = 0o600;
const PRIVATE_FOLDER: u32 = 0o700;
/// Tries to lock the file. A child that is being started has it, too, until it has become another program.
const LOCK_ATTEMPTS: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Makes what is missing, keeps it from other users of the machine, and locks it. One server for one file;
/// the lock ends with the process, however that ends.
pub(super) fn prepare(path: &Path) -> Result<File, String> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        prepare_folder(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let lock = lock(&beside(path, ".lock"))?;
    check(path)?;
    // SQLite gives the files beside it the permissions that this one has.
    open_private(path)?;
    for suffix in ["-wal", "-shm", "-journal"] {
        let path = beside(path, suffix);
        match fs::set_permissions(&path, Permissions::from_mode(PRIVATE_FILE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("{}: {error}", path.display()));
            }
            _ => {}
        }
    }
    Ok(lock)
}

/// A folder of the user's own is left as it is.
fn prepare_folder(folder: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(folder)?;
    let own = folder.file_name().is_some_and(|name| name == OWN_FOLDER);
    if own { fs::set_permissions(folder, Permissions::from_mode(PRIVATE_FOLDER)) } else { Ok(()) }
}

/// A file that is there, from an earlier version perhaps, loses the permissions that are too many.
fn open_private(path: &Path) -> Result<File, String> {
    let open = || {
        let mut options = File::options();
        options.create(true).truncate(false).write(true).mode(PRIVATE_FILE);
        let file = options.open(path)?;
        file.set_permissions(Permissions::from_mode(PRIVATE_FILE))?;
        Ok(file)
    };
    open().map_err(|error: std::io::Error| format!("{}: {error}", path.display()))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn lock(path: &Path) -> Result<File, String> {
    let file = open_private(path)?;
    let mut attempt = 0;
    loop {
        attempt += 1;
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if attempt < LOCK_ATTEMPTS => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::WouldBlock) => return Err("another `local` is running on it".to_owned()),
            Err(TryLockError::Error(error)) => return Err(format!("it cannot be locked: {error}")),
        }
    }
}

/// What `SQLite` would say in many words, or only at the first request.
fn check(path: &Path) -> Result<(), String> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    if path.is_dir() {
        return Err("it is a directory".to_owned());
    }
    let mut start = Vec::new();
    match File::open(path) {
        Ok(file) => {
            let read = file.take(MAGIC.len() as u64).read_to_end(&mut start);
            read.map_err(|error| error.to_string())?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.to_string()),
    }
    if start.is_empty() || start == MAGIC { Ok(()) } else { Err("it is not a SQLite database".to_owned()) }
}
