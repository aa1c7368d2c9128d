//! What other programs take of the machine while something is measured.

use std::{fs, time::Duration};

use anyhow::{Context as _, Result};
use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeValLike as _,
};

use crate::stats::number;

/// The machine's CPU time so far.
pub(crate) struct Others(Time);

#[derive(Clone, Copy)]
struct Time {
    /// In the unit of `/proc/stat`.
    all: u64,
    idle: u64,
    /// Of this process and of those of its children that have ended.
    ours: Duration,
}

impl Others {
    /// From now on.
    pub(crate) fn start() -> Result<Self> {
        Ok(Self(Time::now()?))
    }

    /// How much of the CPU time of all cores was neither ours nor left over, until now.
    pub(crate) fn percent(&self) -> Result<f64> {
        let now = Time::now()?;
        let ours = now.ours.saturating_sub(self.0.ours).as_secs_f64() * 100.0; // `/proc/stat` counts hundredths
        let passed = |of: fn(&Time) -> u64| number(of(&now).saturating_sub(of(&self.0)));
        let (all, idle) = (passed(|time| time.all), passed(|time| time.idle));
        Ok(if all > 0.0 { (100.0 * (all - idle - ours) / all).max(0.0) } else { 0.0 })
    }
}

impl Time {
    fn now() -> Result<Self> {
        let stat = fs::read_to_string("/proc/stat").context("/proc/stat")?;
        let (all, idle) = cpu_time(&stat).context("/proc/stat tells no CPU time")?;
        let mut ours = Duration::ZERO;
        for who in [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN] {
            let usage = getrusage(who)?;
            for time in [usage.user_time(), usage.system_time()] {
                ours += Duration::from_micros(time.num_microseconds().unsigned_abs());
            }
        }
        Ok(Self { all, idle, ours })
    }
}

/// All time and idle time of all cores. The columns are user, nice, system, idle, iowait, irq, softirq, steal
/// and two that are in user and nice already (`proc_stat(5)`).
fn cpu_time(stat: &str) -> Option<(u64, u64)> {
    let line = stat.lines().find_map(|line| line.strip_prefix("cpu "))?;
    let columns: Vec<u64> =
        line.split_whitespace().take(8).filter_map(|column| column.parse().ok()).collect();
    Some((columns.iter().sum(), columns.get(3)? + columns.get(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_is_idle_and_guests_count_once() {
        let stat = "cpu  10 1 5 80 3 0 1 2 7 1\ncpu0 1 1 1 1 1 1 1 1 1 1\n";
        assert_eq!(cpu_time(stat), Some((102, 83)));
        assert_eq!(cpu_time("intr 1"), None);
    }
}
