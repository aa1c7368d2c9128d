//! Rust in the form that the project's `rustfmt.toml` gives it.

use std::{
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use crate::Error;

/// The text as `rustfmt` writes it.
pub(crate) fn formatted(folder: &Path, text: &str) -> Result<String, Error> {
    let failed = |error: std::io::Error| {
        Error::Program(format!("rustfmt: {error}; `rustup component add rustfmt` installs it"))
    };
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--quiet", "--config-path"])
        .arg(folder.join("rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // It reads all before it writes, so neither waits for the other.
    if let Some(mut input) = rustfmt.stdin.take() {
        input.write_all(text.as_bytes()).map_err(failed)?;
    }
    let output = rustfmt.wait_with_output().map_err(failed)?;
    if !output.status.success() {
        return Err(Error::Program(format!("rustfmt: {}", String::from_utf8_lossy(&output.stderr).trim())));
    }
    String::from_utf8(output.stdout).map_err(|error| Error::Program(format!("rustfmt: {error}")))
}
