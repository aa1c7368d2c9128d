//! The results as they are written to a file.

use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::{measure::Effort, measured::Figures, report::goals::Goal};

/// Everything that one run found out, and where.
#[derive(Debug, Serialize)]
pub(crate) struct Results {
    /// When, in UTC.
    pub(crate) date: String,
    pub(crate) machine: Machine,
    /// How much of the machine's CPU time other programs took meanwhile: what they disturb is the wall
    /// times.
    pub(crate) others_percent: f64,
    /// Of compilers and runtimes.
    pub(crate) versions: BTreeMap<String, String>,
    pub(crate) effort: Effort,
    /// Each function of the template, in its order.
    pub(crate) functions: Vec<Figures>,
    /// The route that the peers answer; nothing without `--peers`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) compared: Option<String>,
    /// Ours and its equivalents, measured in turn; empty without `--peers`.
    pub(crate) peers: Vec<Figures>,
    pub(crate) goals: Vec<Goal>,
}

/// What it ran on.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    pub(crate) cpu: String,
    pub(crate) cores: usize,
    pub(crate) architecture: String,
    pub(crate) kernel: String,
}

impl Machine {
    /// This one.
    pub(crate) fn this() -> Result<Self> {
        let cpus = fs::read_to_string("/proc/cpuinfo").context("/proc/cpuinfo")?;
        let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Ok(Self {
            cpu: model.map_or_else(|| "unknown".to_owned(), |(_, model)| model.to_owned()),
            cores: std::thread::available_parallelism()?.get(),
            architecture: std::env::consts::ARCH.to_owned(),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease").context("osrelease")?.trim().to_owned(),
        })
    }
}

/// The first line that a program says when asked for its version.
pub(crate) fn version(program: impl AsRef<std::ffi::OsStr>) -> Result<String> {
    let program = program.as_ref();
    let said = Command::new(program).arg("--version").output();
    let said = said.with_context(|| format!("cannot run {}", program.display()))?;
    Ok(String::from_utf8_lossy(&said.stdout).lines().next().unwrap_or_default().trim().to_owned())
}

/// The compiler that built the functions.
pub(crate) fn rustc() -> Result<String> {
    version(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
