//! Building the functions with cargo, and learning from it where they are.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process_group};
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

use crate::Error;
use crate::template::Template;

/// A message of `cargo --message-format=json`; the other kinds have no `executable`.
#[derive(Deserialize)]
struct Message {
    executable: Option<PathBuf>,
    target: Option<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

/// Kills cargo and its compilers when the build is given up, on Ctrl-C for one.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            let _ = kill_process_group(group, Signal::TERM);
        }
    }
}

/// Builds the binaries of the template's workspace: for debugging all at once; for release as they ship, each
/// `CodeUri` folder by itself, so that no feature of another package gets in. Cargo's own output goes to the
/// terminal.
///
/// # Errors
/// One sentence, after cargo's own.
pub async fn functions(template: &Path, release: bool) -> Result<BTreeMap<String, PathBuf>, Error> {
    let folders = if release {
        Template::read(template)?.code_folders()
    } else {
        Template::read(template)?; // its faults are told before the build, not after
        vec![template.parent().map(Path::to_path_buf).unwrap_or_default()]
    };
    let mut binaries = BTreeMap::new();
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        binaries.extend(cargo_build(&folder, release).await?);
    }
    Ok(binaries)
}

async fn cargo_build(folder: &Path, release: bool) -> Result<BTreeMap<String, PathBuf>, Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let failed = |error: std::io::Error| {
        Error::new(format!("cannot run {} in {}: {error}", cargo.display(), folder.display()))
    };
    let mut build = Command::new(&cargo);
    build.args(["build", "--bins", "--message-format=json-render-diagnostics"]);
    build.args(release.then_some("--release"));
    // `cargo run` sets these for the package it runs. Build scripts that watch them would run again, and the
    // crates behind them be compiled again, on every change from one cargo to the other.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            build.env_remove(name);
        }
    }
    let mut child = build
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let mut group = Group(child.id().and_then(|id| Pid::from_raw(id.cast_signed())));
    let mut binaries = BTreeMap::new();
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines.next_line().await.map_err(failed)? {
            if let Ok(Message { executable: Some(path), target: Some(target) }) = serde_json::from_str(&line)
            {
                binaries.insert(target.name, path);
            }
        }
    }
    let status = child.wait().await.map_err(failed)?;
    group.0 = None;
    if status.success() {
        Ok(binaries)
    } else {
        Err(Error::new(format!("the functions could not be built (cargo: {status})")))
    }
}
