//! The instances of one function and the invocations that wait for one: everything that changes hands,
//! without the processes behind it. Time and process ids come in as arguments, invocations as channels.
//!
//! | from | when | to |
//! |---|---|---|
//! | – | [`start`](Instances::start): more invocations wait than instances are on their way | `Starting` |
//! | `Starting`, `Answered`, `Polling` | [`poll`](Instances::poll), and nothing waits | `Polling` with a hand |
//! | `Starting`, `Answered`, `Polling` | [`poll`](Instances::poll), and an invocation waits | `Working` |
//! | `Working` | [`poll`](Instances::poll): it should have answered first | `Answered` with a fault |
//! | `Polling` with a hand | [`submit`](Instances::submit) hands it an invocation | `Polling` without one |
//! | `Polling` | [`begin`](Instances::begin): it has taken what it was handed | `Working` |
//! | `Working` | [`answer`](Instances::answer) | `Answered` |
//! | `Starting`, `Working`, `Answered`, `Polling` | [`overdue`](Instances::overdue) finds its time over | `Ending` |
//! | `Polling` with a hand | [`overdue`](Instances::overdue), and the function is retired | `Ending` |
//! | any | [`init_failed`](Instances::init_failed), [`close`](Instances::close) | `Ending` |
//! | `Ending` | [`answer`](Instances::answer): the last bytes of its process | `Ending` |
//! | any | [`remove`](Instances::remove) | – |
//!
//! An instance that is `Ending` never gets another invocation. One that is handed an invocation and never
//! begins it (its connection broke, or it ends) drops it, which tells the caller to hand it out again.

use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::time::Duration;

use bytes::Bytes;
use rustix::process::Pid;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::invocation::{Completion, Fault, Invocation};
use super::phase::{Current, End, Phase};

/// The times and numbers that bound a function's instances.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// How long one invocation may take.
    pub(super) timeout: Duration,
    /// How long an instance may take to its first poll.
    pub(super) init: Duration,
    /// How long an instance is kept that has nothing to do.
    pub(super) idle: Duration,
    /// Instances at once.
    pub(super) concurrency: usize,
    /// Invocations that wait at most.
    pub(super) queue: usize,
}

/// Tells an instance from the others of its function, also after their ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(u64);

pub(super) struct Instances {
    bounds: Bounds,
    running: BTreeMap<Id, Instance>,
    /// Invocations that no instance has taken.
    queue: VecDeque<Invocation>,
    /// Another function takes this one's place: an instance is kept for no later invocation.
    retired: bool,
    started: u64,
}

struct Instance {
    phase: Phase,
    started: Instant,
    /// None until it is known, and where it could not be started.
    process: Option<Pid>,
    /// From its start to its first poll, once it has polled.
    init: Option<Duration>,
    /// Whether an invocation has told that time.
    init_told: bool,
    /// Until when its watcher sleeps.
    watched_until: Option<Instant>,
}

/// What became of a submitted invocation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// An instance has it.
    Handed,
    /// It waits for an instance that is starting or busy.
    Queued,
    /// It waits, and there are instances that have just answered another and are about to poll.
    BehindAnswered,
}

/// What a poll for the next event leads to.
pub(super) enum Next {
    /// This invocation.
    Work(Invocation),
    /// The one that comes through here. Where the function is retired none will, and the instance is to end.
    Wait { handed: oneshot::Receiver<Invocation>, is_over: bool },
    /// None: it should have answered first, or is ending.
    Refused,
}

/// An invocation that has begun.
pub(super) struct Begun {
    pub(super) id: String,
    pub(super) event: Bytes,
    pub(super) trace: crate::ids::Trace,
    /// Its deadline is earlier than what the instance's watcher sleeps to.
    pub(super) is_urgent: bool,
}

impl Instances {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self { bounds, running: BTreeMap::new(), queue: VecDeque::new(), retired: false, started: 0 }
    }

    /// Hands an invocation to the instance that polled last, which is the warmest, or queues it.
    pub(super) fn submit(
        &mut self,
        mut invocation: Invocation,
        has_exited: impl Fn(Pid) -> bool,
    ) -> Result<Place, Fault> {
        while !self.retired
            && let Some((hand, process)) = self.take_hand()
        {
            // One that died a moment ago may not have been noticed yet.
            if hand.is_closed() || process.is_some_and(&has_exited) {
                continue;
            }
            match hand.send(invocation) {
                Ok(()) => return Ok(Place::Handed),
                Err(back) => invocation = back,
            }
        }
        if self.queue.len() >= self.bounds.queue {
            self.queue.retain(|waiting| !waiting.reply.is_closed());
            if self.queue.len() >= self.bounds.queue {
                return Err(Fault::Throttled);
            }
        }
        self.queue.push_back(invocation);
        Ok(if self.answered() > 0 { Place::BehindAnswered } else { Place::Queued })
    }

    fn take_hand(&mut self) -> Option<(oneshot::Sender<Invocation>, Option<Pid>)> {
        let polling = self.running.values_mut().filter_map(|instance| match &mut instance.phase {
            Phase::Polling { since, hand } if hand.is_some() => Some((*since, hand, instance.process)),
            _ => None,
        });
        let (_, hand, process) = polling.max_by_key(|(since, ..)| *since)?;
        hand.take().map(|hand| (hand, process))
    }

    /// The instances to start now: as many as invocations wait, but for those that the instances which start
    /// already (and, if `with_answered`, those that are about to poll) are expected to take, and up to
    /// the bound. Whichever instance is free first, new or used, takes the next invocation.
    pub(super) fn start(&mut self, with_answered: bool) -> Vec<Id> {
        let answered = if with_answered { self.answered() } else { 0 };
        let expected = self.count(|phase| matches!(phase, Phase::Starting)) + answered;
        let free = self.bounds.concurrency.saturating_sub(self.running.len());
        let missing = self.queue.len().saturating_sub(expected).min(free);
        (0..missing).map(|_| self.add()).collect()
    }

    fn add(&mut self) -> Id {
        let id = Id(self.started);
        self.started += 1;
        let instance = Instance {
            phase: Phase::Starting,
            started: Instant::now(),
            process: None,
            init: None,
            init_told: false,
            watched_until: None,
        };
        self.running.insert(id, instance);
        id
    }

    /// The process of an instance, which was started then.
    pub(super) fn has_process(&mut self, id: Id, process: Pid, started: Instant) {
        if let Some(instance) = self.running.get_mut(&id) {
            instance.process = Some(process);
            instance.started = started;
        }
    }

    /// An instance polls for its next event.
    pub(super) fn poll(&mut self, id: Id, has_exited: impl Fn(Pid) -> bool) -> Next {
        let early = Fault::Exited("polled for another event before it answered".to_owned());
        if self.answer(id, None, Err(early)) {
            return Next::Refused;
        }
        let Some(instance) = self.running.get_mut(&id) else { return Next::Refused };
        if matches!(instance.phase, Phase::Ending { .. }) {
            return Next::Refused;
        }
        instance.init.get_or_insert_with(|| instance.started.elapsed());
        let since = Instant::now();
        instance.phase = Phase::Polling { since, hand: None };
        // It may have polled with its last breath.
        if instance.process.is_some_and(has_exited) {
            return Next::Refused;
        }
        if let Some(invocation) = self.pop() {
            return Next::Work(invocation);
        }
        let (hand, handed) = oneshot::channel();
        if let Some(instance) = self.running.get_mut(&id) {
            instance.phase = Phase::Polling { since, hand: Some(hand) };
        }
        Next::Wait { handed, is_over: self.retired }
    }

    /// An instance takes the invocation that it was given. One that is ending drops it, which hands it out
    /// again.
    pub(super) fn begin(&mut self, id: Id, invocation: Invocation) -> Option<Begun> {
        let deadline = Instant::now() + self.bounds.timeout;
        let instance = self.running.get_mut(&id)?;
        if !matches!(instance.phase, Phase::Polling { .. }) {
            return None;
        }
        let Invocation { id, event, trace, reply } = invocation;
        let init = if mem::replace(&mut instance.init_told, true) { None } else { instance.init };
        instance.phase = Phase::Working { current: Current { id: id.clone(), init, reply }, deadline };
        let is_urgent = instance.watched_until.is_none_or(|watched| deadline < watched);
        Some(Begun { id, event, trace, is_urgent })
    }

    /// Whether an instance works on this invocation.
    pub(super) fn works_on(&self, id: Id, invocation: &str) -> bool {
        match self.running.get(&id).map(|instance| &instance.phase) {
            Some(Phase::Working { current, .. } | Phase::Ending { current: Some(current), .. }) => {
                current.id == invocation
            }
            _ => false,
        }
    }

    /// Answers the invocation that an instance works on, if it is this one (or whichever it is). Whether
    /// there was one.
    pub(super) fn answer(&mut self, id: Id, invocation: Option<&str>, result: Result<Bytes, Fault>) -> bool {
        let Some(instance) = self.running.get_mut(&id) else { return false };
        let Some(Current { init, reply, .. }) = instance.phase.take_current(invocation) else { return false };
        // It is `Answered` before its caller hears of it: whoever calls again at once is to wait for it. A
        // caller that has gone away needs no answer.
        let _ = reply.send(Completion { result, init });
        true
    }

    /// An instance told the Runtime API that it cannot start.
    pub(super) fn init_failed(&mut self, id: Id, reason: String) {
        if let Some(instance) = self.running.get_mut(&id) {
            instance.phase.end(Some(End::InitFailed(reason)));
        }
    }

    /// An instance gets no further invocation, and its poll is let go.
    pub(super) fn close(&mut self, id: Id) {
        if let Some(instance) = self.running.get_mut(&id) {
            instance.phase.end(None);
        }
    }

    /// The next moment at which something of an instance's is overdue, or what already is, and then it is
    /// `Ending`. Its watcher sleeps to that moment even when it passes harmlessly, so that an invocation
    /// need not wake it; idleness may be noticed one timeout late.
    pub(super) fn overdue(&mut self, id: Id) -> Result<Instant, End> {
        let now = Instant::now();
        let Bounds { init, idle, .. } = self.bounds;
        let Some(instance) = self.running.get_mut(&id) else { return Err(End::Stopped) };
        let (until, end) = match &mut instance.phase {
            Phase::Starting => (instance.started + init, End::InitTimedOut),
            Phase::Polling { hand: Some(_), .. } if self.retired => (now, End::Idle),
            Phase::Polling { since, .. } => (*since + idle, End::Idle),
            Phase::Working { deadline, .. } | Phase::Answered { deadline } => (*deadline, End::TimedOut),
            // Whoever closed it without a reason knows the reason, and does not ask.
            Phase::Ending { why, .. } => (now, why.take().unwrap_or(End::Stopped)),
        };
        if until <= now {
            instance.phase.end(None);
            return Err(end);
        }
        instance.watched_until = Some(until);
        Ok(until)
    }

    /// Whether an instance has ever polled.
    pub(super) fn has_polled(&self, id: Id) -> bool {
        self.running.get(&id).is_some_and(|instance| instance.init.is_some())
    }

    /// An instance has ended (or has not even started). If it never polled, one waiting invocation is its
    /// victim: a function that can't start answers every request and holds up none.
    pub(super) fn remove(&mut self, id: Id, fault: &Fault) {
        let Some(mut instance) = self.running.remove(&id) else { return };
        if let Some(Current { init, reply, .. }) = instance.phase.take_current(None) {
            let _ = reply.send(Completion { result: Err(fault.clone()), init });
        }
        if instance.init.is_none()
            && let Some(victim) = self.pop()
        {
            let _ = victim.reply.send(Completion { result: Err(fault.clone()), init: None });
        }
    }

    /// Answers every invocation that waits.
    pub(super) fn refuse_all(&mut self, fault: &Fault) {
        for invocation in self.queue.drain(..) {
            let _ = invocation.reply.send(Completion { result: Err(fault.clone()), init: None });
        }
    }

    /// Lets every instance end as soon as it has nothing to do. Their watchers are to look at
    /// [`overdue`](Self::overdue).
    pub(super) fn retire(&mut self) {
        self.retired = true;
    }

    /// The processes of the instances that are not ending.
    pub(super) fn processes(&self) -> Vec<Pid> {
        let all = self.running.values().filter(|instance| !matches!(instance.phase, Phase::Ending { .. }));
        all.filter_map(|instance| instance.process).collect()
    }

    /// The longest waiting invocation whose caller still waits.
    fn pop(&mut self) -> Option<Invocation> {
        while let Some(invocation) = self.queue.pop_front() {
            if !invocation.reply.is_closed() {
                return Some(invocation);
            }
        }
        None
    }

    fn answered(&self) -> usize {
        self.count(|phase| matches!(phase, Phase::Answered { .. }))
    }

    fn count(&self, is: impl Fn(&Phase) -> bool) -> usize {
        self.running.values().filter(|instance| is(&instance.phase)).count()
    }
}

#[cfg(test)]
mod tests;
