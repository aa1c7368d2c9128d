//! Changes of files, until there is a moment's quiet.

use std::collections::BTreeSet;
use std::future::pending;
use std::mem;
use std::path::Path;
use std::time::{Duration, SystemTime};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{Instant, timeout_at};

use super::inputs::{Concern, Inputs};
use crate::{Error, Log};

/// How long after a change another one counts as the same: an editor writes in several steps, a checkout many
/// files.
const QUIET: Duration = Duration::from_millis(100);

#[derive(Debug)]
pub(super) struct Changes {
    pub(super) inputs: Inputs,
    watcher: RecommendedWatcher,
    events: UnboundedReceiver<notify::Result<Event>>,
    /// When the last change will have settled.
    settles: Option<Instant>,
    /// The binaries that it concerns, with those of the changes before.
    binaries: BTreeSet<String>,
    /// Whether it was said that this program itself has changed.
    told: bool,
    log: Log,
}

impl Changes {
    pub(super) fn watch(inputs: Inputs, log: Log) -> Result<Self, Error> {
        let cannot = |error: notify::Error| Error::new(format!("cannot watch the sources: {error}"));
        let (sender, events) = unbounded_channel();
        // Whoever does not listen any more needs no event.
        let watcher = notify::recommended_watcher(move |event| drop(sender.send(event))).map_err(cannot)?;
        let mut changes =
            Self { inputs, watcher, events, settles: None, binaries: BTreeSet::new(), told: false, log };
        changes.watch_folders().map_err(cannot)?;
        Ok(changes)
    }

    /// Watches what has been added to the inputs since.
    pub(super) fn refresh(&mut self) {
        if let Err(error) = self.watch_folders() {
            self.log.fault(format!("cannot watch all sources: {error}"));
        }
    }

    /// Folders rather than files: an editor that replaces a file leaves a watch on the old one behind. A
    /// folder that was watched before is watched again, for it may be another of the same name.
    fn watch_folders(&mut self) -> notify::Result<()> {
        for folder in self.inputs.folders() {
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Err(error) if !is_gone(&error) => return Err(error.add_path(folder)),
                _ => {}
            }
        }
        Ok(())
    }

    /// A build that began at this moment may not have seen what was written since.
    pub(super) fn look_back(&mut self, moment: SystemTime) {
        if let Some(binaries) = self.inputs.changed_since(moment) {
            self.begin(binaries);
        }
    }

    /// Waits for a change of what is served. A call that is given up loses nothing.
    pub(super) async fn begun(&mut self) {
        while self.settles.is_none() {
            match self.events.recv().await {
                Some(event) => self.take(event),
                None => pending().await, // the watcher has gone, with all it could tell
            }
        }
    }

    /// Waits for a moment without another change.
    pub(super) async fn settled(&mut self) {
        while let Some(moment) = self.settles {
            match timeout_at(moment, self.events.recv()).await {
                Ok(Some(event)) => self.take(event),
                Ok(None) | Err(_) => self.settles = None,
            }
        }
    }

    /// The binaries that the changes concern, for whoever builds them.
    pub(super) fn binaries(&mut self) -> BTreeSet<String> {
        mem::take(&mut self.binaries)
    }

    fn begin(&mut self, binaries: BTreeSet<String>) {
        self.settles = Some(Instant::now() + QUIET);
        self.binaries.extend(binaries);
    }

    fn take(&mut self, event: notify::Result<Event>) {
        match event {
            // Reading a file is no change.
            Ok(Event { kind: EventKind::Access(_), .. }) => {}
            // Some changes were lost.
            Err(_) | Ok(Event { kind: EventKind::Any | EventKind::Other, .. }) => {
                self.begin(self.inputs.binaries());
            }
            Ok(Event { kind, paths, .. }) => {
                for path in &paths {
                    match self.inputs.concern(path, kind) {
                        Some(Concern::Functions(binaries)) => self.begin(binaries),
                        Some(Concern::Local) => self.tell(path),
                        None => {}
                    }
                }
            }
        }
    }

    fn tell(&mut self, path: &Path) {
        if !mem::replace(&mut self.told, true) {
            let name = path.display();
            self.log.notice(format!(
                "{name} is part of the local server itself: start it again to run the change."
            ));
        }
    }
}

fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}
