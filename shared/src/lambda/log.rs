//! Log lines as Lambda's logging settings ask for them.

use std::{env, io, panic};

use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt;

/// Sets up logging by `AWS_LAMBDA_LOG_FORMAT` (`JSON`, else text) and `AWS_LAMBDA_LOG_LEVEL` (`INFO` where it is
/// not set), as "Using Lambda advanced logging controls" names them, and sends panics there too.
///
/// Lines go to standard output. The most that can be asked for is `INFO`: below it the SDK would write requests and
/// items, which belong in no log, and it is compiled out (`max_level_info`).
pub(super) fn init() {
    let level = match env::var("AWS_LAMBDA_LOG_LEVEL").unwrap_or_default().as_str() {
        "WARN" => LevelFilter::WARN,
        "ERROR" | "FATAL" => LevelFilter::ERROR,
        _ => LevelFilter::INFO,
    };
    let lines = fmt().with_max_level(level).with_target(false).with_ansi(false).with_writer(io::stdout);
    // Called once, at the start: there is no other subscriber that it could fail on.
    let _ = if env::var("AWS_LAMBDA_LOG_FORMAT").is_ok_and(|format| format == "JSON") {
        lines.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()
    } else {
        lines.without_time().try_init()
    };
    panic::set_hook(Box::new(|panic| {
        let location = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(location, "{}", message(panic));
    }));
}

fn message<'a>(panic: &'a panic::PanicHookInfo<'_>) -> &'a str {
    panic.payload_as_str().unwrap_or("panicked with a value that is no text")
}
