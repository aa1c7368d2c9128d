//! What happens while `local` runs, line by line, to wherever the caller wants it.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The gateway answered a request.
    Request {
        /// As the caller sent it.
        method: String,
        /// Without the query, whose values may be nobody's business.
        path: String,
        /// The function behind the route; none where the gateway answered by itself.
        function: Option<String>,
        /// The status sent.
        status: u16,
        /// From the request's headers to its answer, without the time that it waited for a build.
        took: Duration,
        /// For a cold start: from starting the process to its first poll for an event.
        init: Option<Duration>,
    },
    /// A server of this machine did not take a request.
    Refused {
        /// Which one: the API, the database, the functions' way to it.
        by: &'static str,
        /// The status sent.
        status: u16,
        /// Why.
        reason: String,
    },
    /// A function wrote a line to its standard output or standard error.
    Output {
        /// The function's name.
        function: String,
        /// The line, without its end; bytes that are not UTF-8 are replaced.
        text: String,
    },
    /// A fault of a function, or of the table sweep, in one sentence.
    Fault(String),
    /// What the server did by itself, in one sentence.
    Notice(String),
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { method, path, function, status, took, init } => {
                let function = function.as_deref().unwrap_or("-");
                write!(f, "{method} {path} {function} {status} {} ms", milliseconds(*took))?;
                init.map_or(Ok(()), |init| write!(f, " cold {} ms init", milliseconds(init)))
            }
            Self::Refused { by, status, reason } => {
                write!(f, "{by}: a request was refused ({status}): {reason}")
            }
            Self::Output { function, text } => write!(f, "[{function}] {text}"),
            Self::Fault(text) | Self::Notice(text) => f.write_str(text),
        }
    }
}

fn milliseconds(duration: Duration) -> String {
    let milliseconds = duration.as_secs_f64() * 1000.0;
    if milliseconds < 10.0 { format!("{milliseconds:.1}") } else { format!("{milliseconds:.0}") }
}

/// Where lines go. Called from many tasks at once, so it should not block.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(Line) + Send + Sync>);

impl Log {
    /// Gives every line to a function.
    pub fn to(sink: impl Fn(Line) + Send + Sync + 'static) -> Self {
        Self(Arc::new(sink))
    }

    /// Keeps no line.
    #[must_use]
    pub fn discard() -> Self {
        Self::to(drop)
    }

    /// Keeps every line in memory, for a test to look at.
    #[must_use]
    pub fn collect() -> (Self, Arc<Mutex<Vec<Line>>>) {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        (Self::to(move |line| kept.lock().unwrap_or_else(PoisonError::into_inner).push(line)), lines)
    }

    pub(crate) fn write(&self, line: Line) {
        (self.0)(line);
    }

    pub(crate) fn notice(&self, text: impl Into<String>) {
        self.write(Line::Notice(text.into()));
    }

    pub(crate) fn refused(&self, by: &'static str, status: u16, reason: &str) {
        self.write(Line::Refused { by, status, reason: reason.to_owned() });
    }

    pub(crate) fn fault(&self, text: impl Into<String>) {
        self.write(Line::Fault(text.into()));
    }
}

impl Default for Log {
    fn default() -> Self {
        Self::discard()
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Log")
    }
}
