//! A function's instances for those who invoke it: an invocation gets an answer, whatever becomes of the
//! instances.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use rustix::process::Pid;
use tokio::sync::{Notify, oneshot};
use tokio::time::timeout;
use uuid::Uuid;

use super::children::{self, Children, has_exited};
use super::definition::Definition;
use super::environment;
use super::invocation::{Completion, Fault, Invocation, Outcome};
use super::lifecycle::{Bounds, Id, Instances, Place};
use crate::ids::Trace;

/// Times an invocation is handed out again because its instance went away before taking it.
const ATTEMPTS: usize = 5;
/// How long an instance that has answered may take to poll again before another one is started.
const GRACE: Duration = Duration::from_millis(10);

/// Runs one instance to its end.
pub(super) type Run = fn(Arc<Pool>, Id) -> Pin<Box<dyn Future<Output = ()> + Send>>;

pub(super) struct Pool {
    pub(super) definition: Definition,
    pub(super) environment: Vec<(String, String)>,
    pub(super) children: Arc<Children>,
    run: Run,
    instances: Mutex<Instances>,
    /// Wakes the watchers of instances that are to end.
    pub(super) retired: Notify,
}

impl Pool {
    pub(super) fn new(definition: Definition, children: Arc<Children>, run: Run) -> Arc<Self> {
        let environment = environment::of_function(&definition);
        let bounds = Bounds {
            timeout: definition.timeout,
            init: definition.limits.init,
            idle: definition.limits.idle,
            concurrency: definition.limits.concurrency,
            queue: definition.limits.queue,
        };
        let instances = Mutex::new(Instances::new(bounds));
        Arc::new(Self { definition, environment, children, run, instances, retired: Notify::new() })
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
                Ok(Place::Handed | Place::Queued) => Some((&mut answer).await),
                // It starts an instance after all if the one that should be free soon is not.
                Ok(Place::BehindAnswered) => timeout(GRACE, &mut answer).await.ok(),
                Err(refused) => {
                    fault = refused;
                    break;
                }
            };
            if answered.is_none() {
                self.start_missing(&mut self.instances(), false);
                answered = Some(answer.await);
            }
            if let Some(Ok(Completion { result, init })) = answered {
                return Outcome { result, init, request_id };
            }
        }
        Outcome { result: Err(fault), init: None, request_id }
    }

    fn submit(self: &Arc<Self>, invocation: Invocation) -> Result<Place, Fault> {
        let mut instances = self.instances();
        if self.children.stop.is_cancelled() {
            return Err(Fault::Stopped);
        }
        let place = instances.submit(invocation, has_exited)?;
        self.start_missing(&mut instances, true);
        Ok(place)
    }

    fn start_missing(self: &Arc<Self>, instances: &mut Instances, with_answered: bool) {
        for id in instances.start(with_answered) {
            self.children.tasks.spawn((self.run)(Arc::clone(self), id));
        }
    }

    /// An instance has ended, or could not be started. Others are started for the invocations that wait.
    pub(super) fn ended(self: &Arc<Self>, id: Id, fault: &Fault) {
        let mut instances = self.instances();
        instances.remove(id, fault);
        if self.children.stop.is_cancelled() {
            instances.refuse_all(&Fault::Stopped);
        } else {
            self.start_missing(&mut instances, true);
        }
    }

    /// The processes that run.
    pub(super) fn processes(&self) -> Vec<Pid> {
        self.instances().processes()
    }

    /// Kills every process that runs, and says how many.
    pub(super) fn kill(&self) -> usize {
        let instances = self.instances();
        let processes = instances.processes();
        processes.iter().copied().for_each(children::kill);
        processes.len()
    }

    /// Lets every instance end as soon as it has nothing to do.
    pub(super) fn retire(&self) {
        self.instances().retire();
        self.retired.notify_waiters();
    }

    pub(super) fn instances(&self) -> MutexGuard<'_, Instances> {
        self.instances.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("definition", &self.definition).finish_non_exhaustive()
    }
}
