//! A function's process, with a Runtime API to itself.

use std::{
    io::Read as _,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use loopback::runtime_api::{Batch, CpuClock, Moment, RuntimeApi};
use nix::{
    sys::signal::{Signal, kill},
    time::clock_getcpuclockid,
    unistd::Pid,
};

/// How often is looked whether the process still runs.
const LOOK: Duration = Duration::from_millis(200);
/// What becomes of a process that does nothing.
const PATIENCE: Duration = Duration::from_mins(2);
/// How much of the end of its output is told where it fails.
const OUTPUT_BYTES: usize = 4 * 1024;

/// In Lambda's form.
const LOG_STREAM: &str = "2026/06/01/[$LATEST]00000000000000000000000000000000";

/// How a function is started.
#[derive(Debug, Clone)]
pub(crate) struct Launch {
    /// The program and its arguments.
    pub(crate) command: Vec<PathBuf>,
    /// Its environment, but for what is the instance's own: the address of its Runtime API and its log
    /// stream.
    pub(crate) environment: Vec<(String, String)>,
    /// The event that it is given.
    pub(crate) event: Vec<u8>,
}

/// A running function. Dropping it kills it.
pub(crate) struct Instance {
    child: Child,
    api: RuntimeApi,
    /// Before the process was there.
    started: Instant,
    /// The end of what it wrote.
    output: Arc<Mutex<Vec<u8>>>,
}

/// What it took from the start of the process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Since {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

impl Instance {
    /// Starts the process, with the first event waiting for it as after a cold start.
    pub(crate) fn start(launch: &Launch) -> Result<Self> {
        let (program, arguments) = launch.command.split_first().context("no command")?;
        let api = RuntimeApi::start(launch.event.clone())?;
        api.invoke(1);
        let mut command = Command::new(program);
        command.args(arguments).env_clear().envs(launch.environment.iter().cloned());
        command.env("AWS_LAMBDA_RUNTIME_API", api.address().to_string());
        command.env("AWS_LAMBDA_LOG_STREAM_NAME", LOG_STREAM);
        // As on Lambda, which reads what a function writes: a log line is part of the cost.
        let (mut reader, writer) = std::io::pipe()?;
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot start {}", program.display()))?;
        drop(command); // its ends of the pipe
        api.set_clock(cpu_clock(&child).context("cannot read the CPU time of the function")?);
        let output = Arc::new(Mutex::new(Vec::new()));
        let tail = Arc::clone(&output);
        thread::spawn(move || {
            let mut chunk = [0; OUTPUT_BYTES];
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
                tail.extend_from_slice(chunk.get(..length).unwrap_or_default());
                let excess = tail.len().saturating_sub(OUTPUT_BYTES);
                tail.drain(..excess);
            }
        });
        Ok(Self { child, api, started, output })
    }

    /// Waits until all that it was given is answered and it asks for more.
    pub(crate) fn settle(&mut self) -> Result<Batch> {
        let asked = Instant::now();
        loop {
            let batch = self.api.take(LOOK).with_context(|| self.output())?;
            if let Some(batch) = batch {
                return Ok(batch);
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("the function ended with {status}\n{}", self.output());
            }
            if asked.elapsed() > PATIENCE {
                bail!("the function did not answer within {} s\n{}", PATIENCE.as_secs(), self.output());
            }
        }
    }

    /// Gives it so many events, one after the other, and waits for the answers.
    pub(crate) fn invoke(&mut self, invocations: usize) -> Result<Batch> {
        self.api.invoke(invocations);
        self.settle()
    }

    /// From the start of the process to its first poll, and to its first answer.
    pub(crate) fn start_up(&self) -> Result<(Since, Since)> {
        let since = |moment: Option<Moment>| {
            let moment = moment.context("the function has answered nothing")?;
            anyhow::Ok(Since { wall: moment.at - self.started, cpu: moment.cpu })
        };
        let (ready, answered) = self.api.start_up();
        Ok((since(ready)?, since(answered)?))
    }

    /// The most memory that it had at once, in bytes (`VmHWM`, see `proc_pid_status(5)`).
    pub(crate) fn peak_memory(&self) -> Result<u64> {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(&path).with_context(|| path.clone())?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        Ok(kilobytes.with_context(|| format!("{path} has no VmHWM"))? * 1024)
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn terminate(mut self) -> Result<ExitStatus> {
        kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGTERM)?;
        Ok(self.child.wait()?)
    }

    /// The end of what it wrote.
    pub(crate) fn output(&self) -> String {
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        format!("it wrote:\n{}", String::from_utf8_lossy(&output))
    }
}

/// User and system time of the process and all its threads.
fn cpu_clock(child: &Child) -> Result<CpuClock> {
    let clock = clock_getcpuclockid(Pid::from_raw(child.id().cast_signed()))?;
    Ok(Box::new(move || Ok(clock.now().context("cannot read the CPU time of the function")?.into())))
}

impl Drop for Instance {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
