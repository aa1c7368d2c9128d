//! Lines on the terminal, written by a thread of their own: a terminal that is stopped (Ctrl-S) or a slow
//! pipe must hold up neither a request nor Ctrl-C.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

use crate::log::{Line, Log};

/// Lines that may wait for the terminal; later ones are dropped.
const WAITING: usize = 10_000;
/// How long the last lines may take at the end.
const LAST_LINES: Duration = Duration::from_millis(500);

/// The writing thread.
pub struct Terminal {
    ended: Receiver<()>,
    end: SyncSender<Option<Line>>,
}

impl Terminal {
    /// Starts the thread; everything given to the [`Log`] is shown on standard output, coloured where that is
    /// a terminal and `NO_COLOR` is not set.
    #[must_use]
    pub fn start() -> (Self, Log) {
        let (sender, lines) = sync_channel::<Option<Line>>(WAITING);
        let (done, ended) = sync_channel(1);
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        std::thread::spawn(move || {
            write_all(&lines, colour);
            let _ = done.send(());
        });
        let end = sender.clone();
        (Self { ended, end }, Log::to(move |line| drop(sender.try_send(Some(line)))))
    }

    /// Lets the last lines out.
    pub fn finish(self) {
        if self.end.try_send(None).is_ok() {
            let _ = self.ended.recv_timeout(LAST_LINES);
        }
    }
}

/// A closed pipe (`local | head`) ends the lines, not the server, so errors are nothing to act on.
fn write_all(lines: &Receiver<Option<Line>>, colour: bool) {
    let stdout = std::io::stdout();
    while let Ok(Some(line)) = lines.recv() {
        let mut out = stdout.lock();
        let _ = if colour { writeln!(out, "{}{line}\x1b[0m", paint(&line)) } else { writeln!(out, "{line}") };
        let _ = out.flush();
    }
}

fn paint(line: &Line) -> &'static str {
    match line {
        Line::Request { status: 500.., .. } | Line::Fault(_) => "\x1b[31m",
        Line::Request { status: 400.., .. } | Line::Refused { .. } => "\x1b[33m",
        Line::Request { .. } => "\x1b[32m",
        Line::Output { .. } => "\x1b[2m",
        Line::Notice(_) => "\x1b[36m",
    }
}
