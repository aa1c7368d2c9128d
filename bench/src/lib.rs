//! What `cargo bench` runs: what a cold start and a request cost, of every function as it ships, over the
//! real Lambda Runtime API.
//!
//! **How it measures.** `functions` makes the release binaries. A `rehearsal` answers each function's
//! event once, with the embedded DynamoDB behind it, and keeps what the database said. From then on an HTTPS
//! endpoint (`dynamodb`) answers the same requests from memory: an instant DynamoDB, so that what is measured
//! is the function. An `instance` is the function's process, alone with a Runtime API (`loopback`) that hands
//! it the event as often as asked and takes the time. Nothing is between the two, and every answer is checked
//! against the rehearsal's.
//!
//! Wall times are those of the loopback and of a machine that does other things too. CPU times are of the
//! function's process alone. The `guard` counts instructions, which no other process can change.
//!
//! It runs on Linux, as Lambda does; elsewhere there is nothing in this crate.
#![cfg(target_os = "linux")]

mod cli;
mod dynamodb;
mod folders;
mod functions;
mod guard;
mod instance;
mod measure;
mod measured;
mod others;
mod package;
mod peers;
mod progress;
mod rehearsal;
mod report;
mod results;
mod stats;

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;

/// Runs the tool with the arguments of this process.
#[must_use]
pub fn main() -> ExitCode {
    let result = cli::Cli::parse().run();
    match result {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
