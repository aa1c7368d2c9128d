//! Cold starts and warm invocations, of several functions in turn: what disturbs the machine disturbs them
//! alike.

use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::{
    instance::{Instance, Since},
    measured::Figures,
    progress::Progress,
    rehearsal::Subject,
    stats::Spread,
};

/// How much is measured.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub(crate) struct Effort {
    /// Cold starts of each function.
    pub(crate) runs: usize,
    /// Warm invocations of each function that are counted.
    pub(crate) invocations: usize,
    /// Warm invocations before those.
    pub(crate) warm_up: usize,
}

/// Into how many parts the warm invocations are divided, to be run in turn.
const ROUNDS: usize = 5;

/// How many steps [`measure`] takes for each function.
pub(crate) fn steps(effort: Effort) -> usize {
    effort.runs + ROUNDS + 1
}

#[derive(Default)]
struct Samples {
    ready: Vec<Since>,
    answered: Vec<Since>,
    warm: Vec<Duration>,
    /// CPU time of one invocation, on average of a round.
    cpu: Vec<Duration>,
    peak_memory: u64,
}

/// Measures the functions, A B C A B C.
pub(crate) fn measure(subjects: &[&Subject], effort: Effort, progress: &Progress) -> Result<Vec<Figures>> {
    let mut all: Vec<_> = subjects.iter().map(|subject| (*subject, Samples::default())).collect();
    for _ in 0..effort.runs {
        for (subject, samples) in &mut all {
            let (ready, answered) = cold(subject).with_context(|| format!("{}, cold", subject.name))?;
            samples.ready.push(ready);
            samples.answered.push(answered);
            progress.step();
        }
    }
    let mut instances = Vec::new();
    for (subject, _) in &all {
        let mut instance = subject.start()?;
        instance.settle().with_context(|| format!("{}, warm", subject.name))?;
        instance.invoke(effort.warm_up)?;
        instances.push(instance);
        progress.step();
    }
    for _ in 0..ROUNDS {
        for ((subject, samples), instance) in all.iter_mut().zip(&mut instances) {
            let count = effort.invocations.div_ceil(ROUNDS);
            warm(instance, count, samples).with_context(|| format!("{}, warm", subject.name))?;
            subject.endpoint.check().with_context(|| subject.name.clone())?;
            progress.step();
        }
    }
    for ((_, samples), instance) in all.iter_mut().zip(&instances) {
        samples.peak_memory = instance.peak_memory()?;
    }
    Ok(all.into_iter().map(|(subject, samples)| samples.figures(&subject.name)).collect())
}

fn cold(subject: &Subject) -> Result<(Since, Since)> {
    let mut instance = subject.start()?;
    let batch = instance.settle();
    subject.endpoint.check()?;
    batch?;
    instance.start_up()
}

fn warm(instance: &mut Instance, count: usize, samples: &mut Samples) -> Result<()> {
    // It waits since its last answer: whatever it did after that is in neither round.
    let before = instance.settle()?.idle;
    let batch = instance.invoke(count)?;
    samples.warm.extend(batch.times);
    samples.cpu.push(batch.idle.cpu.saturating_sub(before.cpu) / u32::try_from(count)?);
    Ok(())
}

impl Samples {
    fn figures(self, name: &str) -> Figures {
        let ms = |times: &[Since], of: fn(&Since) -> Duration| {
            Spread::of(times.iter().map(|since| of(since).as_secs_f64() * 1e3).collect())
        };
        let us = |times: &[Duration]| Spread::of(times.iter().map(|time| time.as_secs_f64() * 1e6).collect());
        Figures {
            name: name.to_owned(),
            init_wall_ms: ms(&self.ready, |since| since.wall),
            init_cpu_ms: ms(&self.ready, |since| since.cpu),
            answer_wall_ms: ms(&self.answered, |since| since.wall),
            answer_cpu_ms: ms(&self.answered, |since| since.cpu),
            warm_wall_us: us(&self.warm),
            warm_cpu_us: us(&self.cpu).p50,
            peak_memory_bytes: self.peak_memory,
            file_bytes: None,
            zip_bytes: None,
        }
    }
}
