//! Building the functions with cargo, and learning from it where they are.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use cargo_metadata::{Artifact, Message};
use rustix::process::{Pid, Signal, kill_process_group};
use template::Template;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

use crate::lambda::Binary;
use crate::{Binaries, Error};

/// What cargo built, or found built.
#[derive(Debug, Default)]
pub struct Built {
    /// The binaries by name.
    pub(crate) binaries: BTreeMap<String, PathBuf>,
    /// The folders of the packages on this machine that they are made of.
    pub(crate) packages: BTreeSet<PathBuf>,
}

impl Built {
    fn add(&mut self, artifact: Artifact) {
        if artifact.package_id.repr.starts_with("path+") {
            self.packages.extend(artifact.manifest_path.parent().map(Into::into));
        }
        if let Some(path) = artifact.executable {
            self.binaries.insert(artifact.target.name, path.into());
        }
    }
}

impl From<Built> for Binaries {
    fn from(built: Built) -> Self {
        Self::Named(built.binaries.into_iter().map(|(name, path)| (name, Binary::at(path))).collect())
    }
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

/// Builds the template's binaries: for debugging all at once, in the template's workspace; for release as
/// they ship, each `CodeUri` folder by itself, so that no feature of another package gets in. Cargo's own
/// output goes to the terminal. Whoever stops waiting ends it.
///
/// # Errors
/// One sentence, after cargo's own.
pub async fn functions(template: &Path, release: bool) -> Result<Built, Error> {
    build(template, release, |_| true).await
}

/// Builds some of the template's binaries, as [`functions`] builds all.
pub(crate) async fn some(template: &Path, release: bool, names: &BTreeSet<String>) -> Result<Built, Error> {
    build(template, release, |binary| names.contains(binary)).await
}

async fn build(template: &Path, release: bool, is_wanted: impl Fn(&str) -> bool) -> Result<Built, Error> {
    let workspace = template.parent().unwrap_or(Path::new(""));
    let mut folders = BTreeMap::<_, BTreeSet<_>>::new();
    let functions = Template::read(template)?.functions.into_iter();
    for function in functions.filter(|function| is_wanted(&function.binary)) {
        let folder = if release { function.code } else { workspace.to_owned() };
        folders.entry(folder).or_default().insert(function.binary);
    }
    let mut built = Built::default();
    for (folder, binaries) in folders {
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        cargo_build(&folder, &binaries, release, &mut built).await?;
    }
    Ok(built)
}

async fn cargo_build(
    folder: &Path,
    binaries: &BTreeSet<String>,
    release: bool,
    built: &mut Built,
) -> Result<(), Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let failed = |error: std::io::Error| {
        Error::new(format!("cannot run {} in {}: {error}", cargo.display(), folder.display()))
    };
    let mut command = Command::new(&cargo);
    command.args(["build", "--message-format=json-render-diagnostics"]);
    command.args(binaries.iter().flat_map(|name| ["--bin", name]));
    command.args(release.then_some("--release"));
    // `cargo run` sets these for the package it runs. Build scripts that watch them would run again, and the
    // crates behind them be compiled again, on every change from one cargo to the other.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    let mut child = command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
        .map_err(failed)?;
    let mut group = Group(child.id().and_then(|id| Pid::from_raw(id.cast_signed())));
    if let Some(stdout) = child.stdout.take() {
        let mut lines = BufReader::new(stdout).lines();
        while let Some(line) = lines.next_line().await.map_err(failed)? {
            if let Ok(Message::CompilerArtifact(artifact)) = serde_json::from_str(&line) {
                built.add(artifact);
            }
        }
    }
    let status = child.wait().await.map_err(failed)?;
    group.0 = None;
    if status.success() {
        Ok(())
    } else {
        Err(Error::new(format!("the functions could not be built (cargo: {status})")))
    }
}
