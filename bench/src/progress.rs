//! What is being done: a bar on a terminal, a line for each function elsewhere.

use std::io::{IsTerminal as _, Write as _};

use indicatif::{ProgressBar, ProgressStyle};

/// Progress over a known number of steps.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Shows nothing yet.
    pub(crate) fn new(steps: usize) -> Self {
        let bar = ProgressBar::new(steps as u64); // drawn only on a terminal
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {elapsed}  {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// What comes next.
    pub(crate) fn begin(&self, what: &str) {
        self.0.set_message(what.to_owned());
        if !std::io::stderr().is_terminal() {
            let _ = writeln!(std::io::stderr(), "{what}");
        }
    }

    /// One step is done.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
