//! What an instance is doing.

use std::mem;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::invocation::{Completion, Invocation};

/// What an instance is doing. The table in [`instances`](super::instances) says how one phase leads to
/// another.
pub(super) enum Phase {
    /// Its process starts, and has not polled for an event yet.
    Starting,
    /// It polls for an event since then. There is no `hand` where an event is on its way to it.
    Polling { since: Instant, hand: Option<oneshot::Sender<Invocation>> },
    /// It has an event, and must have polled again by the deadline.
    Working { current: Current, deadline: Instant },
    /// It has answered. As on Lambda, an invocation ends with the next poll, so the deadline still holds.
    Answered { deadline: Instant },
    /// It gets no further event, and its process is about to end, if it has not yet. It may still answer the
    /// event that it has: the last bytes of a process arrive after its end.
    Ending { current: Option<Current>, why: Option<End> },
}

impl Phase {
    /// It gets no further event. The first reason counts.
    pub(super) fn end(&mut self, why: Option<End>) {
        let (current, earlier) = match mem::replace(self, Self::Starting) {
            Self::Working { current, .. } => (Some(current), None),
            Self::Ending { current, why } => (current, why),
            Self::Starting | Self::Polling { .. } | Self::Answered { .. } => (None, None),
        };
        *self = Self::Ending { current, why: earlier.or(why) };
    }

    /// What it works on, if it is this invocation (or whichever it is): from here on it has answered.
    pub(super) fn take_current(&mut self, invocation: Option<&str>) -> Option<Current> {
        let is_it = |current: &Current| invocation.is_none_or(|id| id == current.id);
        match self {
            Self::Working { current, deadline } if is_it(current) => {
                let answered = Self::Answered { deadline: *deadline };
                match mem::replace(self, answered) {
                    Self::Working { current, .. } => Some(current),
                    _ => None,
                }
            }
            Self::Ending { current, .. } if current.as_ref().is_some_and(is_it) => current.take(),
            _ => None,
        }
    }
}

/// The invocation that an instance works on.
pub(super) struct Current {
    pub(super) id: String,
    /// For the instance's first: how long it took to its first poll.
    pub(super) init: Option<Duration>,
    pub(super) reply: oneshot::Sender<Completion>,
}

/// Why an instance ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It has no process, for this reason.
    NotStarted(String),
    /// Its process did, in this way.
    Exited(String),
    /// It did not answer in time, or did not poll again.
    TimedOut,
    /// It did not poll for its first event in time.
    InitTimedOut,
    /// It told the Runtime API that it cannot start, with this reason.
    InitFailed(String),
    /// It has nothing to do.
    Idle,
    /// The service stops.
    Stopped,
}
