//! `cargo scaffold`: see the README of this crate.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match scaffold::cli::Command::parse().run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
