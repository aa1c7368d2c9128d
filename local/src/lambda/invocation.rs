//! One invocation: what goes in, what comes out.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;

use crate::ids::Trace;

/// An event on its way to an instance. Dropping it unanswered tells the caller so.
pub(super) struct Invocation {
    pub(super) id: String,
    pub(super) event: Bytes,
    pub(super) trace: Trace,
    pub(super) reply: oneshot::Sender<Answer>,
}

/// What an instance (or its end) answers.
pub(super) struct Answer {
    pub(super) result: Result<Bytes, Fault>,
    pub(super) init: Option<Duration>,
}

/// How an invocation ended.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The function's answer as it posted it, or why there is none.
    pub result: Result<Bytes, Fault>,
    /// For a cold start: from starting the process to its first poll for an event.
    pub init: Option<Duration>,
    /// The id that the function saw.
    pub request_id: String,
}

/// Why an invocation has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The function posted an error, which is this JSON.
    Error(Bytes),
    /// The process ended, could not be started, or broke the Runtime API's rules.
    Exited(String),
    /// The function took longer than its timeout and was killed.
    TimedOut(Duration),
    /// The answer is larger than [`PAYLOAD_BYTES`](crate::limits::PAYLOAD_BYTES).
    TooLarge,
    /// Too many requests wait already.
    Throttled,
    /// The service is being shut down.
    Stopped,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Characters shown of an error that a function posted.
        const SHOWN: usize = 500;
        match self {
            Self::Error(payload) => {
                let text = String::from_utf8_lossy(payload);
                write!(f, "answered with an error: {}", text.chars().take(SHOWN).collect::<String>())
            }
            Self::Exited(how) => f.write_str(how),
            Self::TimedOut(limit) => write!(f, "timed out after {:.2} seconds", limit.as_secs_f64()),
            Self::TooLarge => write!(f, "answered more than {} bytes", crate::limits::PAYLOAD_BYTES),
            Self::Throttled => f.write_str("was not invoked, too many requests wait for it"),
            Self::Stopped => f.write_str("was stopped"),
        }
    }
}

impl std::error::Error for Fault {}
