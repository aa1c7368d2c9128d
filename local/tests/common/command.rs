//! The command `local` in a folder of its own.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rustix::process::Signal;

use super::{ANY, bin_folder, kill, request};

pub(crate) const LOCAL: &str = env!("CARGO_BIN_EXE_local");
pub(crate) fn local(program: &Path, folder: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).args(["--port", "0"]).args(options);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// With binaries that are already built.
pub(crate) fn built(folder: &Path, options: &[&str]) -> Command {
    let mut command = local(Path::new(LOCAL), folder, options);
    command.arg("--binaries").arg(bin_folder());
    command
}

pub(crate) fn folder(template: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("template.yaml"), template).unwrap();
    folder
}

/// The running command and what it announced.
pub(crate) struct Running {
    pub(crate) child: Child,
    /// What comes after the banner.
    pub(crate) stdout: Option<BufReader<ChildStdout>>,
    pub(crate) url: String,
    pub(crate) dynamodb: String,
    pub(crate) banner: String,
}

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut banner = String::new();
        while !banner.contains("Ctrl-C") {
            if stdout.read_line(&mut banner).unwrap() == 0 {
                let mut stderr = String::new();
                child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
                panic!("it ended: {banner}{stderr}");
            }
        }
        let url = |name: &str| {
            let line = banner.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default().to_owned()
        };
        Self { url: url("API"), dynamodb: url("DynamoDB"), child, stdout: Some(stdout), banner }
    }

    pub(crate) async fn pid_of(&self, mode: &str) -> u64 {
        request(&self.url, "GET", &format!("/?mode={mode}"), &[], b"").await.json()["pid"].as_u64().unwrap()
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(self.child.id().into(), signal);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A package whose one binary is the function of these tests.
pub(crate) fn package(code: &str) -> tempfile::TempDir {
    let folder = folder(&ANY.replace("{Timeout: 10,", "{Timeout: 10, CodeUri: code/,"));
    let code_folder = folder.path().join("code");
    std::fs::create_dir_all(code_folder.join("src")).unwrap();
    let package = "[package]\nname = \"misbehave\"\nedition = \"2024\"\n";
    std::fs::write(code_folder.join("Cargo.toml"), package).unwrap();
    std::fs::write(code_folder.join("src/main.rs"), code).unwrap();
    let workspace = "[workspace]\nmembers = [\"code\"]\nresolver = \"3\"\n";
    std::fs::write(folder.path().join("Cargo.toml"), workspace).unwrap();
    folder
}

/// The process of a program below a folder.
pub(crate) fn process_of(folder: &Path, name: &str) -> Option<u64> {
    let all = Command::new("ps").args(["-eo", "pid=,args="]).output().unwrap();
    let all = String::from_utf8_lossy(&all.stdout).into_owned();
    let folder = folder.display().to_string();
    let line = all.lines().find(|line| line.contains(&folder) && line.contains(name))?;
    line.split_whitespace().next()?.parse().ok()
}
