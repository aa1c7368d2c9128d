//! One instance as the pool, the Runtime API and the task that watches its process know it: what it works on, and
//! until when.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use rustix::process::Pid;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use super::Definition;
use super::invocation::{Answer, Fault, Invocation};
use crate::ids::{Trace, epoch_ms};

pub(super) struct Instance {
    pub(super) process: Pid,
    started: Instant,
    timeout: Duration,
    init_limit: Duration,
    idle_limit: Duration,
    state: Mutex<State>,
    /// Wakes the watching task for a deadline earlier than the one it sleeps to, or a failed init.
    pub(super) wake: Notify,
}

#[derive(Default)]
struct State {
    /// From start to first poll.
    init: Option<Duration>,
    /// The same, for the first invocation to tell.
    untold_init: Option<Duration>,
    current: Option<Current>,
    /// Until when the instance must poll again. As on Lambda, an invocation ends with the next poll.
    busy_until: Option<Instant>,
    idle_since: Option<Instant>,
    watched_until: Option<Instant>,
    /// It has answered and is about to poll.
    finishing: bool,
    broken: Option<String>,
    /// It is to end as soon as it has nothing to do.
    dismissed: bool,
    ended: bool,
}

/// What a poll means to the pool.
pub(super) enum Poll {
    First,
    AfterAnswer,
    /// After a poll whose connection broke.
    Again,
    /// Of an instance that is being ended, which takes no more.
    TooLate,
}

struct Current {
    id: String,
    init: Option<Duration>,
    reply: oneshot::Sender<Answer>,
}

/// An invocation as its instance sees it.
pub(super) struct Task {
    pub(super) id: String,
    pub(super) event: Bytes,
    pub(super) trace: Trace,
    pub(super) deadline_ms: u64,
}

/// Why an instance is ended.
pub(super) enum End {
    /// By itself.
    Exited(String),
    TimedOut,
    InitTimedOut,
    Broken(String),
    Idle,
    Stopped,
}

impl Instance {
    pub(super) fn new(process: Pid, started: Instant, definition: &Definition) -> Self {
        Self {
            process,
            started,
            timeout: definition.timeout,
            init_limit: definition.limits.init,
            idle_limit: definition.limits.idle,
            state: Mutex::default(),
            wake: Notify::new(),
        }
    }

    /// It polls for its next event.
    pub(super) fn polled(&self) -> Poll {
        let mut state = self.state();
        if state.ended {
            return Poll::TooLate;
        }
        state.busy_until = None;
        state.idle_since = Some(Instant::now());
        if state.init.is_none() {
            state.init = Some(self.started.elapsed());
            state.untold_init = state.init;
            return Poll::First;
        }
        if std::mem::take(&mut state.finishing) { Poll::AfterAnswer } else { Poll::Again }
    }

    /// It takes no more. Whether it has ever polled, and whether it has answered and not polled since.
    pub(super) fn end(&self) -> (bool, bool) {
        let mut state = self.state();
        state.ended = true;
        (state.init.is_some(), state.finishing)
    }

    /// It takes an invocation. One that is being ended drops it, which hands it out again.
    pub(super) fn begin(&self, invocation: Invocation) -> Option<Task> {
        let Invocation { id, event, trace, reply } = invocation;
        let deadline = Instant::now() + self.timeout;
        let mut state = self.state();
        if state.ended {
            return None;
        }
        let init = state.untold_init.take();
        state.busy_until = Some(deadline);
        state.current = Some(Current { id: id.clone(), init, reply });
        if state.watched_until.is_none_or(|watched| deadline < watched) {
            self.wake.notify_one();
        }
        let limit_ms = u64::try_from(self.timeout.as_millis()).unwrap_or(u64::MAX);
        Some(Task { id, event, trace, deadline_ms: epoch_ms().saturating_add(limit_ms) })
    }

    /// Whether this is the invocation it works on.
    pub(super) fn works_on(&self, id: &str) -> bool {
        self.state().current.as_ref().is_some_and(|current| current.id == id)
    }

    /// Answers the current invocation, if it is the one of this id (or, without an id, whichever it is); `None`
    /// when there is none. Whether the instance is expected to poll again.
    pub(super) fn finish(&self, id: Option<&str>, result: Result<Bytes, Fault>) -> Option<bool> {
        let mut state = self.state();
        let current = match &state.current {
            Some(current) if id.is_none_or(|id| id == current.id) => state.current.take(),
            _ => None,
        };
        let Current { init, reply, .. } = current?;
        let finishing = !state.ended;
        state.finishing = finishing;
        drop(state);
        // A caller that has gone away needs no answer.
        drop(reply.send(Answer { result, init }));
        Some(finishing)
    }

    /// Another takes its place: it ends once it has nothing to do.
    pub(super) fn dismiss(&self) {
        self.state().dismissed = true;
        self.wake.notify_one();
    }

    /// It told the Runtime API that it cannot start.
    pub(super) fn break_off(&self, reason: String) {
        self.state().broken = Some(reason);
        self.wake.notify_one();
    }

    /// The next moment at which something is overdue, or what already is. The task sleeps to that moment even
    /// when it passes harmlessly, so that an invocation need not wake it; idleness may be noticed one timeout late.
    /// An instance with something overdue takes no further invocation.
    pub(super) fn watch(&self) -> Result<Instant, End> {
        let now = Instant::now();
        let mut state = self.state();
        if let Some(reason) = state.broken.take() {
            state.ended = true;
            return Err(End::Broken(reason));
        }
        let (until, end) = match (state.init, state.busy_until, state.idle_since) {
            (None, ..) => (self.started + self.init_limit, End::InitTimedOut),
            (_, Some(deadline), _) => (deadline, End::TimedOut),
            _ if state.dismissed => (now, End::Idle),
            (_, None, since) => (since.unwrap_or(now) + self.idle_limit, End::Idle),
        };
        if until <= now {
            state.ended = true;
            return Err(end);
        }
        state.watched_until = Some(until);
        Ok(until)
    }

    /// What the one who waits for it is told.
    pub(super) fn fault(&self, end: End) -> Fault {
        let never_polled = self.state().init.is_none();
        match end {
            End::Exited(how) if never_polled => Fault::Exited(format!("{how} before it polled for an event")),
            End::Exited(how) => Fault::Exited(how),
            End::TimedOut => Fault::TimedOut(self.timeout),
            End::InitTimedOut => {
                let limit = self.init_limit.as_secs_f64();
                Fault::Exited(format!("did not poll for an event within {limit:.2} seconds"))
            }
            End::Broken(reason) => Fault::Exited(format!("could not start: {reason}")),
            End::Idle | End::Stopped => Fault::Stopped,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use rustix::process::Pid;
    use tokio::sync::oneshot;
    use tokio::time::{Instant, timeout};

    use super::{End, Instance};
    use crate::ids::Trace;
    use crate::lambda::Definition;
    use crate::lambda::invocation::{Answer, Invocation};

    fn instance(change: impl FnOnce(&mut Definition)) -> Instance {
        let mut definition = Definition::new("f", "f");
        change(&mut definition);
        Instance::new(Pid::INIT, Instant::now(), &definition)
    }

    fn invocation() -> (Invocation, oneshot::Receiver<Answer>) {
        let (reply, answer) = oneshot::channel();
        (Invocation { id: "1".to_owned(), event: Bytes::new(), trace: Trace::new(), reply }, answer)
    }

    #[tokio::test]
    async fn only_a_deadline_earlier_than_the_one_slept_to_wakes_the_watching_task() {
        let instance = instance(|_| {});
        assert!(instance.watch().is_ok(), "it sleeps to the init limit");
        instance.polled();
        instance.begin(invocation().0);
        let woken = timeout(Duration::from_millis(10), instance.wake.notified());
        assert!(woken.await.is_ok(), "3 s come before 10 s");
        assert!(instance.watch().is_ok(), "it sleeps to the first deadline");
        instance.finish(None, Ok(Bytes::new()));
        instance.polled();
        instance.begin(invocation().0);
        let woken = timeout(Duration::from_millis(10), instance.wake.notified());
        assert!(woken.await.is_err(), "the second deadline is later");
    }

    #[tokio::test]
    async fn an_instance_that_is_ended_for_idleness_takes_no_invocation() {
        let instance = instance(|definition| definition.limits.idle = Duration::ZERO);
        instance.polled();
        assert!(matches!(instance.watch(), Err(End::Idle)));
        let (invocation, answer) = invocation();
        assert!(instance.begin(invocation).is_none());
        assert!(answer.await.is_err(), "dropped, so it is handed out again");
    }
}
