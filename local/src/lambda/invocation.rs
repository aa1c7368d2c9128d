//! One invocation: what goes in, what comes out.

use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;

use crate::ids::Trace;
use crate::limits::PAYLOAD_BYTES;

/// An event on its way to an instance. Dropping it unanswered tells the caller so.
pub(super) struct Invocation {
    pub(super) id: String,
    pub(super) event: Bytes,
    pub(super) trace: Trace,
    pub(super) reply: oneshot::Sender<Completion>,
}

/// What an instance (or its end) answers.
pub(super) struct Completion {
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
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The function posted an error, which is this JSON.
    #[error("answered with an error: {}", shown(.0))]
    Error(Bytes),
    /// The process ended, could not be started, or broke the Runtime API's rules.
    #[error("{0}")]
    Exited(String),
    /// The function took longer than its timeout and was killed.
    #[error("timed out after {:.2} seconds", .0.as_secs_f64())]
    TimedOut(Duration),
    /// The answer is larger than [`PAYLOAD_BYTES`].
    #[error("answered more than {PAYLOAD_BYTES} bytes")]
    TooLarge,
    /// Too many requests wait already.
    #[error("was not invoked, too many requests wait for it")]
    Throttled,
    /// The service is being shut down.
    #[error("was stopped")]
    Stopped,
}

/// The beginning of an error that a function posted.
fn shown(payload: &[u8]) -> String {
    const CHARACTERS: usize = 500;
    String::from_utf8_lossy(payload).chars().take(CHARACTERS).collect()
}
