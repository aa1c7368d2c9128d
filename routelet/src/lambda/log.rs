//! Log lines as Lambda's logging settings ask for them.

use std::{
    io::{self, Write},
    panic,
    sync::Mutex,
};

use metrique_writer_core::format::Format;
use metrique_writer_format_emf::Emf;
use tracing::{level_filters::LevelFilter, subscriber::set_global_default};
use tracing_subscriber::fmt;

use super::record::Record;
use crate::env::optional;

/// Where the records of requests go. Everything else is told to `tracing`, which ends on the same output.
pub(super) struct Log {
    level: LevelFilter,
    /// The embedded metric format, which CloudWatch reads as a log line and as metrics; where metrics are
    /// asked for.
    metrics: Option<Mutex<Emf>>,
}

impl Log {
    /// Sets up logging by `AWS_LAMBDA_LOG_FORMAT` (`JSON`, else text) and `AWS_LAMBDA_LOG_LEVEL` (`INFO`
    /// where it is not set), as "Using Lambda advanced logging controls" names them, and sends panics
    /// there too.
    ///
    /// Metrics are written where the format is `JSON` and `METRICS_NAMESPACE` names their namespace.
    ///
    /// Lines go to standard output. The most that can be asked for is `INFO`: below it the SDK would write
    /// requests and items, which belong in no log, and it is compiled out (`max_level_info`).
    pub(super) fn start() -> Self {
        let setting = |name| optional(name).ok().flatten();
        let level = match setting("AWS_LAMBDA_LOG_LEVEL").as_deref() {
            Some("WARN") => LevelFilter::WARN,
            Some("ERROR" | "FATAL") => LevelFilter::ERROR,
            _ => LevelFilter::INFO,
        };
        let is_json = setting("AWS_LAMBDA_LOG_FORMAT").is_some_and(|format| format == "JSON");
        let lines = fmt().with_max_level(level).with_target(false).with_ansi(false).with_writer(io::stdout);
        // Called once, at the start: there is no other subscriber that it could fail on.
        let _ = if is_json {
            let lines = lines.json().flatten_event(true).with_current_span(false).with_span_list(false);
            set_global_default(lines.finish())
        } else {
            set_global_default(lines.without_time().finish())
        };
        panic::set_hook(Box::new(|panic| {
            let location = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(location, "{}", message(panic));
        }));
        let namespace = setting("METRICS_NAMESPACE").filter(|_| is_json);
        Self { level, metrics: namespace.map(|name| Mutex::new(Record::format(&name))) }
    }

    #[cfg(test)]
    pub(super) fn text() -> Self {
        Self { level: LevelFilter::INFO, metrics: None }
    }

    /// Writes the one line of a request, where the level asks for it. Its metrics go with it: Lambda would
    /// keep back those of a line that is below the level in any case, by the line's `level`.
    pub(super) fn write(&self, record: &Record<'_>) {
        let Some(metrics) = &self.metrics else { return record.trace() };
        if record.level() > self.level {
            return;
        }
        let mut line = Vec::with_capacity(1024);
        let formatted = metrics.lock().is_ok_and(|mut metrics| metrics.format(record, &mut line).is_ok());
        // One write, so that no other line gets in between; and who should be told that the log is gone?
        if formatted {
            let _ = io::stdout().write_all(&line);
        }
    }
}

fn message<'a>(panic: &'a panic::PanicHookInfo<'_>) -> &'a str {
    panic.payload_as_str().unwrap_or("panicked with a value that is no text")
}
