//! `cargo scaffold`: see the README of this crate.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

/// Keeps what is derived from template.yaml in step with it.
#[derive(Parser)]
#[command(bin_name = "cargo scaffold")]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Rewrites the routes and tables of cargo lambda watch in Cargo.toml.
    Sync {
        /// Change nothing, and fail if something would change.
        #[arg(long)]
        check: bool,
        /// The folder of template.yaml and Cargo.toml.
        #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/.."))]
        folder: PathBuf,
    },
}

fn main() -> ExitCode {
    let Task::Sync { check, folder } = Command::parse().task;
    match scaffold::sync(&folder, check) {
        Ok(true) => {
            println!("Cargo.toml is in step with template.yaml");
            ExitCode::SUCCESS
        }
        Ok(false) if check => {
            eprintln!("Cargo.toml is not in step with template.yaml: run `cargo scaffold sync`");
            ExitCode::FAILURE
        }
        Ok(false) => {
            println!("Cargo.toml has the routes and tables of template.yaml now");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
