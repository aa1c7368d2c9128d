//! Links to the binaries of each build, so that cargo may replace its own at any time.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, test_kill_process};
use tokio::time::sleep;

use crate::Error;
use crate::build::Built;
use crate::lambda::Binary;

/// How often, and after what pause, a binary is looked for that another cargo is just replacing.
const ATTEMPTS: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// The binaries that are served, in `served/<process>/<build>/` beside cargo's own.
#[derive(Debug, Default)]
pub(super) struct Pins {
    current: BTreeMap<String, Binary>,
    builds: u32,
    folders: Vec<PathBuf>,
}

impl Pins {
    /// Whether a build has made this binary.
    pub(super) fn has(&self, name: &str) -> bool {
        self.current.contains_key(name)
    }

    /// Pins what a build made; a binary that is the same as before keeps its pin. Returns these and those
    /// that other builds made.
    pub(super) async fn pin(&mut self, built: &Built) -> Result<BTreeMap<String, Binary>, Error> {
        self.builds += 1;
        let mut pinned = self.current.clone();
        for (name, path) in &built.binaries {
            let same = self.current.get(name).filter(|binary| binary.is_still(path)).cloned();
            let binary = if let Some(same) = same {
                same
            } else {
                let linked = self.link(path).await;
                linked.map_err(|error| Error::new(format!("{}: {error}", path.display())))?
            };
            pinned.insert(name.clone(), binary);
        }
        self.current.clone_from(&pinned);
        Ok(pinned)
    }

    async fn link(&mut self, path: &Path) -> io::Result<Binary> {
        let all = path.with_file_name("served");
        let own = all.join(std::process::id().to_string());
        if !self.folders.contains(&own) {
            remove_abandoned(&all);
            self.folders.push(own.clone());
        }
        let folder = own.join(self.builds.to_string());
        let mut attempt = 0;
        loop {
            attempt += 1;
            match Binary::pinned(path, &folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound && attempt < ATTEMPTS => {
                    sleep(PAUSE).await;
                }
                result => return result,
            }
        }
    }
}

/// Removes what processes have left behind that were killed.
fn remove_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let process = entry.file_name().to_str().and_then(|name| name.parse().ok()).and_then(Pid::from_raw);
        if process.is_some_and(|process| test_kill_process(process).is_err()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

impl Drop for Pins {
    fn drop(&mut self) {
        for folder in &self.folders {
            let _ = fs::remove_dir_all(folder);
            let _ = folder.parent().map(fs::remove_dir); // fails while another process has its own in it
        }
    }
}
