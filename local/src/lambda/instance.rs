//! One instance for the two that speak for it: the task that watches its process, and its Runtime API.

use std::sync::Arc;

use bytes::Bytes;
use rustix::process::Pid;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::children::has_exited;
use super::definition::Definition;
use super::invocation::Fault;
use super::lifecycle::{Begun, Id, Next};
use super::phase::End;
use super::pool::Pool;
use crate::ids::{Trace, epoch_ms};

pub(super) struct Instance {
    pool: Arc<Pool>,
    id: Id,
    /// Wakes its watcher: something is overdue earlier than what it sleeps to.
    wake: Notify,
}

/// An invocation as the instance sees it.
pub(super) struct Task {
    pub(super) id: String,
    pub(super) event: Bytes,
    pub(super) trace: Trace,
    pub(super) deadline_ms: u64,
}

impl Instance {
    pub(super) fn new(pool: Arc<Pool>, id: Id) -> Self {
        Self { pool, id, wake: Notify::new() }
    }

    pub(super) fn definition(&self) -> &Definition {
        &self.pool.definition
    }

    pub(super) fn environment(&self) -> &[(String, String)] {
        &self.pool.environment
    }

    /// Its process has been started.
    pub(super) fn has_process(&self, process: Pid, started: Instant) {
        self.pool.children.add(process);
        self.pool.instances().has_process(self.id, process, started);
    }

    /// Its next invocation, now or later. `None` if it may not poll, or has to end.
    pub(super) async fn next(&self) -> Option<Task> {
        let next = self.pool.instances().poll(self.id, has_exited);
        let invocation = match next {
            Next::Work(invocation) => invocation,
            Next::Wait { handed, is_over } => {
                if is_over {
                    self.wake.notify_one();
                }
                handed.await.ok()?
            }
            Next::Refused => return None,
        };
        let begun = self.pool.instances().begin(self.id, invocation);
        let Begun { id, event, trace, is_urgent } = begun?;
        if is_urgent {
            self.wake.notify_one();
        }
        let limit_ms = u64::try_from(self.definition().timeout.as_millis()).unwrap_or(u64::MAX);
        Some(Task { id, event, trace, deadline_ms: epoch_ms().saturating_add(limit_ms) })
    }

    /// Whether this is the invocation it works on.
    pub(super) fn works_on(&self, invocation: &str) -> bool {
        self.pool.instances().works_on(self.id, invocation)
    }

    /// It answers this invocation. `false` if it does not work on it.
    pub(super) fn answer(&self, invocation: &str, result: Result<Bytes, Fault>) -> bool {
        self.pool.instances().answer(self.id, Some(invocation), result)
    }

    /// It told the Runtime API that it cannot start.
    pub(super) fn init_failed(&self, reason: String) {
        self.pool.instances().init_failed(self.id, reason);
        self.wake.notify_one();
    }

    /// Waits until something of its is overdue, and says why it ends. Can be dropped and called again.
    pub(super) async fn overdue(&self) -> End {
        loop {
            // Before the look at its phase, so that no call is missed between the two.
            let retired = self.pool.retired.notified();
            let until = self.pool.instances().overdue(self.id);
            let until = match until {
                Ok(until) => until,
                Err(end) => return end,
            };
            tokio::select! {
                () = self.wake.notified() => {}
                () = retired => {}
                () = tokio::time::sleep_until(until) => {}
                () = self.pool.children.stop.cancelled() => return End::Stopped,
            }
        }
    }

    /// It gets no further invocation, and its poll is let go.
    pub(super) fn close(&self) {
        self.pool.instances().close(self.id);
    }

    /// It has ended for this reason: whoever waits for it is told.
    pub(super) fn ended(&self, end: End) {
        let fault = self.fault(end);
        self.pool.ended(self.id, &fault);
    }

    /// Its process has been reaped.
    pub(super) fn reaped(&self, process: Pid) {
        self.pool.children.remove(process);
    }

    fn fault(&self, end: End) -> Fault {
        match end {
            End::Exited(how) if !self.pool.instances().has_polled(self.id) => {
                Fault::Exited(format!("{how} before it polled for an event"))
            }
            End::Exited(how) => Fault::Exited(how),
            End::NotStarted(error) => Fault::Exited(format!("could not be started: {error}")),
            End::TimedOut => Fault::TimedOut(self.definition().timeout),
            End::InitTimedOut => {
                let limit = self.definition().limits.init.as_secs_f64();
                Fault::Exited(format!("did not poll for an event within {limit:.2} seconds"))
            }
            End::InitFailed(reason) => Fault::Exited(format!("could not start: {reason}")),
            End::Idle | End::Stopped => Fault::Stopped,
        }
    }
}
