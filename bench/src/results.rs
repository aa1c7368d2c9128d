//! The results as they are written to a file.

use std::{collections::BTreeMap, fs, process::Command};

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::{measure::Effort, report::goals::Goal, stats::Spread};

/// Everything that one run found out, and where.
#[derive(Debug, Serialize)]
pub(crate) struct Results {
    /// When, in UTC.
    pub(crate) date: String,
    pub(crate) machine: Machine,
    /// How much of the machine's CPU time other programs took meanwhile: what they disturb is the wall times.
    pub(crate) others_percent: f64,
    /// Of compilers and runtimes.
    pub(crate) versions: BTreeMap<String, String>,
    pub(crate) effort: Effort,
    /// Each function of the template, in its order.
    pub(crate) functions: Vec<Figures>,
    /// `get-task` and its equivalents, measured in turn; empty without `--peers`.
    pub(crate) peers: Vec<Figures>,
    pub(crate) goals: Vec<Goal>,
}

/// What was measured of one function. Megabytes are 10^6 bytes wherever they are shown.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Figures {
    pub(crate) name: String,
    /// From the start of the process to its first poll.
    pub(crate) init_wall_ms: Spread,
    pub(crate) init_cpu_ms: Spread,
    /// From the start of the process to the end of its first answer.
    pub(crate) answer_wall_ms: Spread,
    pub(crate) answer_cpu_ms: Spread,
    /// From the event to the end of the answer, warm.
    pub(crate) warm_wall_us: Spread,
    /// A warm invocation's, the median of five rounds.
    pub(crate) warm_cpu_us: f64,
    /// After all warm invocations.
    pub(crate) peak_memory_bytes: u64,
    /// What is deployed, where that is one file.
    pub(crate) file_bytes: Option<u64>,
    pub(crate) zip_bytes: Option<u64>,
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
