//! Every child process of a [`Lambda`](super::Lambda), so that none outlives it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::guardian::Guardian;
use crate::Error;

#[derive(Debug)]
pub(crate) struct Children {
    /// Cancelled when everything is to end.
    pub(super) stop: CancellationToken,
    /// The tasks that watch the instances.
    pub(super) tasks: TaskTracker,
    running: Mutex<Running>,
}

#[derive(Debug)]
struct Running {
    /// Each child leads a process group, so that its own children end with it.
    groups: HashSet<Pid>,
    /// None once everything has ended.
    guardian: Option<Guardian>,
}

impl Children {
    pub(super) fn start() -> Result<Arc<Self>, Error> {
        let running = Running { groups: HashSet::new(), guardian: Some(Guardian::start()?) };
        Ok(Arc::new(Self {
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            running: Mutex::new(running),
        }))
    }

    /// Takes a child in. One that comes while everything ends is killed at once.
    pub(super) fn add(&self, group: Pid) {
        let mut running = self.running();
        match &mut running.guardian {
            Some(guardian) => {
                guardian.add(group);
                running.groups.insert(group);
            }
            None => kill(group),
        }
    }

    /// Forgets a child that has been reaped.
    pub(super) fn remove(&self, group: Pid) {
        let mut running = self.running();
        if running.groups.remove(&group)
            && let Some(guardian) = &mut running.guardian
        {
            guardian.remove(group);
        }
    }

    /// Kills everything without waiting.
    pub(super) fn kill(&self) {
        self.stop.cancel();
        let mut running = self.running();
        running.groups.drain().for_each(kill);
        running.guardian = None;
    }

    /// Kills everything and waits until it is reaped.
    pub(super) async fn end(&self) {
        self.kill();
        self.tasks.close();
        self.tasks.wait().await;
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Kills a child and its own children. An error means that they are gone.
pub(super) fn kill(group: Pid) {
    let _ = rustix::process::kill_process_group(group, Signal::KILL);
}

/// Whether a child has exited, without reaping it.
pub(super) fn has_exited(child: Pid) -> bool {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    !matches!(rustix::process::waitid(WaitId::Pid(child), options), Ok(None))
}
