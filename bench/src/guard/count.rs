//! Instructions, counted by callgrind.

use std::{fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::{
    instance::{Instance, Launch},
    rehearsal::Subject,
};

/// Warm invocations of which the mean is taken.
const WARM: usize = 40;
/// How often a count is repeated that something got into.
const ATTEMPTS: usize = 4;

/// Instructions of the process, those of the loader and the C library included.
#[derive(Debug)]
pub(super) struct Counted {
    /// From the start of the process to the poll after the first answer.
    pub(super) start_and_first: u64,
    /// Of one more invocation.
    pub(super) warm: u64,
}

pub(super) fn count(subject: &Subject, folder: &Path) -> Result<Counted> {
    let first = undisturbed(subject, 0, folder)?;
    let more = undisturbed(subject, WARM, folder)?;
    let warm = more.checked_sub(first).context("more invocations took fewer instructions")? / WARM as u64;
    Ok(Counted { start_and_first: first, warm })
}

/// The count of a run in which the function sent what it sent in rehearsal: on a machine that stands still
/// for a second a call to DynamoDB times out and is sent again, which is counted too.
fn undisturbed(subject: &Subject, warm: usize, folder: &Path) -> Result<u64> {
    for _ in 0..ATTEMPTS {
        let before = subject.endpoint.requests();
        let counted = instructions(subject, warm, folder);
        subject.endpoint.check()?;
        let counted = counted?;
        if subject.endpoint.requests() - before == subject.requests_cold + warm * subject.requests_warm {
            return Ok(counted);
        }
    }
    bail!(
        "in {ATTEMPTS} runs each time a request to DynamoDB was sent again: the machine is too busy to count"
    )
}

fn instructions(subject: &Subject, warm: usize, folder: &Path) -> Result<u64> {
    let out = folder.join("callgrind.out");
    let mut command = ["valgrind", "--tool=callgrind", "--quiet"].map(Into::into).to_vec();
    command.push(format!("--callgrind-out-file={}", out.display()).into());
    command.extend(subject.launch.command.iter().cloned());
    let mut instance = Instance::start(&Launch { command, ..subject.launch.clone() })?;
    instance.settle()?;
    if warm > 0 {
        instance.invoke(warm)?;
    }
    instance.terminate()?;
    let written = fs::read_to_string(&out).with_context(|| out.display().to_string())?;
    fs::remove_file(&out)?;
    total(&written).context("callgrind has written no total")
}

/// The number of instructions in callgrind's output ("Callgrind Format Specification").
fn total(written: &str) -> Option<u64> {
    let line =
        written.lines().find_map(|line| line.strip_prefix("totals:").or(line.strip_prefix("summary:")))?;
    line.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_found() {
        assert_eq!(total("version: 1\nevents: Ir\nsummary: 12345\n\nfn=(1)\n"), Some(12_345));
        assert_eq!(total("fn=(1)\n0 3\ntotals: 77\n"), Some(77));
        assert_eq!(total("fn=(1)\n"), None);
    }
}
