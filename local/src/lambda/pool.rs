//! The instances of one function, and the invocations that wait for one.

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use rustix::process::Pid;
use tokio::sync::oneshot;
use tokio::time::timeout;
use uuid::Uuid;

use super::children::{self, Children, has_exited};
use super::instance::{Instance, Poll};
use super::invocation::{Answer, Fault, Invocation, Outcome};
use super::{Definition, environment, process};
use crate::ids::Trace;

/// Times an invocation is handed out again because its instance went away before taking it.
const ATTEMPTS: usize = 5;
/// How long an instance that has answered may take to poll again before another one is started.
const GRACE: Duration = Duration::from_millis(10);

pub(super) struct Pool {
    pub(super) definition: Definition,
    pub(super) environment: Vec<(String, String)>,
    pub(super) children: Arc<Children>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Instances that poll for an event; the last one is the warmest.
    idle: Vec<Idle>,
    /// Invocations that no instance has taken.
    queue: VecDeque<Invocation>,
    /// Instances that have not ended.
    live: usize,
    /// The processes of those of them that have one.
    processes: HashSet<Pid>,
    /// Those of them that have not polled yet.
    starting: usize,
    /// Those of them that have answered and are about to poll.
    finishing: usize,
    /// Another pool takes this one's place: an instance is kept for no later invocation.
    retired: bool,
}

/// What became of a submitted invocation.
enum Place {
    /// An instance has it, or one is on its way.
    Settled,
    /// It waits for an instance that has just answered another.
    BehindFinishing,
}

struct Idle {
    instance: Arc<Instance>,
    hand: oneshot::Sender<Invocation>,
}

impl Pool {
    pub(super) fn new(definition: Definition, children: Arc<Children>) -> Arc<Self> {
        let environment = environment::of_function(&definition);
        Arc::new(Self { definition, environment, children, state: Mutex::default() })
    }

    /// Invokes the function once; an invocation that no instance took is handed out again.
    pub(super) async fn invoke(self: &Arc<Self>, event: Bytes, trace: Trace) -> Outcome {
        let request_id = Uuid::new_v4().to_string();
        let mut fault = Fault::Exited("ended before it took the event".to_owned());
        for _ in 0..ATTEMPTS {
            let (reply, mut answer) = oneshot::channel();
            let invocation =
                Invocation { id: request_id.clone(), event: event.clone(), trace: trace.clone(), reply };
            let mut answered = match self.submit(invocation) {
                Ok(Place::Settled) => Some((&mut answer).await),
                // It starts an instance after all if the one that should be free soon is not.
                Ok(Place::BehindFinishing) => timeout(GRACE, &mut answer).await.ok(),
                Err(refused) => {
                    fault = refused;
                    break;
                }
            };
            if answered.is_none() {
                self.start_instances(&mut self.state(), 0);
                answered = Some(answer.await);
            }
            if let Some(Ok(Answer { result, init })) = answered {
                return Outcome { result, init, request_id };
            }
        }
        Outcome { result: Err(fault), init: None, request_id }
    }

    /// Hands an invocation to an instance that polls, or queues it and sees to it that an instance comes.
    fn submit(self: &Arc<Self>, mut invocation: Invocation) -> Result<Place, Fault> {
        let mut state = self.state();
        if self.children.stop.is_cancelled() {
            return Err(Fault::Stopped);
        }
        while !state.retired
            && let Some(Idle { instance, hand }) = state.idle.pop()
        {
            // One that died a moment ago may not have been noticed yet.
            if hand.is_closed() || has_exited(instance.process) {
                continue;
            }
            match hand.send(invocation) {
                Ok(()) => return Ok(Place::Settled),
                Err(back) => invocation = back,
            }
        }
        if state.queue.len() >= self.definition.limits.queue {
            state.queue.retain(|waiting| !waiting.reply.is_closed());
            if state.queue.len() >= self.definition.limits.queue {
                return Err(Fault::Throttled);
            }
        }
        state.queue.push_back(invocation);
        let finishing = state.finishing;
        self.start_instances(&mut state, finishing);
        Ok(if finishing > 0 { Place::BehindFinishing } else { Place::Settled })
    }

    /// As many starting instances as invocations wait, but for those that other instances are expected to take,
    /// and up to the bound. Whichever instance is free first, new or used, takes the next invocation.
    fn start_instances(self: &Arc<Self>, state: &mut State, expected: usize) {
        while state.starting + expected < state.queue.len() && state.live < self.definition.limits.concurrency
        {
            state.live += 1;
            state.starting += 1;
            self.children.tasks.spawn(process::run(Arc::clone(self)));
        }
    }

    /// An instance polls: the invocation it is to work on, now or later. `None` when it polled once more.
    pub(super) async fn next(&self, instance: &Arc<Instance>) -> Option<Invocation> {
        let handed = {
            let mut state = self.state();
            match instance.polled() {
                Poll::First => state.starting -= 1,
                Poll::AfterAnswer => state.finishing -= 1,
                Poll::Again => {}
                Poll::TooLate => return None,
            }
            // It may have polled with its last breath.
            if has_exited(instance.process) {
                return None;
            }
            if let Some(invocation) = state.pop() {
                return Some(invocation);
            }
            if state.retired {
                instance.dismiss();
            }
            state.idle.retain(|idle| idle.instance.process != instance.process);
            let (hand, handed) = oneshot::channel();
            state.idle.push(Idle { instance: Arc::clone(instance), hand });
            handed
        };
        handed.await.ok()
    }

    /// An instance has a process from here on, until it is retired or has ended.
    pub(super) fn started(&self, process: Pid) {
        self.state().processes.insert(process);
    }

    /// The processes that run.
    pub(super) fn processes(&self) -> Vec<Pid> {
        self.state().processes.iter().copied().collect()
    }

    /// Kills every process that runs, and says how many.
    pub(super) fn kill(&self) -> usize {
        let state = self.state();
        state.processes.iter().copied().for_each(children::kill);
        state.processes.len()
    }

    /// Lets every instance end as soon as it has nothing to do.
    pub(super) fn retire_all(&self) {
        let mut state = self.state();
        state.retired = true;
        state.idle.iter().for_each(|idle| idle.instance.dismiss());
    }

    /// An instance takes no further invocation, and its poll is let go.
    pub(super) fn retire(&self, instance: &Instance) {
        let mut state = self.state();
        state.processes.remove(&instance.process);
        state.idle.retain(|idle| idle.instance.process != instance.process);
        instance.end();
    }

    /// An instance has ended (or has not even started). Where it never polled, one waiting invocation is its
    /// victim, so that a function that can't start answers every request and holds up none.
    pub(super) fn ended(self: &Arc<Self>, instance: Option<&Instance>, fault: Fault) {
        let mut state = self.state();
        state.live -= 1;
        if let Some(instance) = instance {
            state.processes.remove(&instance.process);
            state.idle.retain(|idle| idle.instance.process != instance.process);
        }
        let (polled, finishing) = instance.map_or((false, false), Instance::end);
        state.finishing -= usize::from(finishing);
        if !polled {
            state.starting -= 1;
            if let Some(invocation) = state.pop() {
                let _ = invocation.reply.send(Answer { result: Err(fault), init: None });
            }
        }
        if self.children.stop.is_cancelled() {
            for invocation in state.queue.drain(..) {
                let _ = invocation.reply.send(Answer { result: Err(Fault::Stopped), init: None });
            }
        } else {
            let finishing = state.finishing;
            self.start_instances(&mut state, finishing);
        }
    }

    /// An instance answers (see [`Instance::finish`]). It is counted before its caller hears of it: whoever calls
    /// again at once is to find it.
    pub(super) fn finish(&self, instance: &Instance, id: Option<&str>, result: Result<Bytes, Fault>) -> bool {
        let mut state = self.state();
        let finishing = instance.finish(id, result);
        state.finishing += usize::from(finishing == Some(true));
        finishing.is_some()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The longest waiting invocation whose caller still waits.
    fn pop(&mut self) -> Option<Invocation> {
        while let Some(invocation) = self.queue.pop_front() {
            if !invocation.reply.is_closed() {
                return Some(invocation);
            }
        }
        None
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("definition", &self.definition).finish_non_exhaustive()
    }
}
