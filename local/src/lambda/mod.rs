//! Lambda on this machine: real function binaries, each invocation over the real Runtime API.
//!
//! A [`Function`] keeps a pool of instances. An instance is one child process with a Runtime API address of
//! its own, and takes one invocation at a time: its long poll for the next event (`runtime_api`) waits in the
//! pool, which hands it an invocation directly. One task per instance (`process`) watches the process and its
//! deadlines, so that whatever the process does, its caller gets an answer.
//!
//! What an instance is doing is one enum (`phase`). All phases of a function's instances are under the lock
//! of its `pool`, and change only in `instances`, which has the table of transitions. `process` and
//! `runtime_api` know an `instance`, which is all that they may do to it.

mod binary;
mod children;
mod definition;
mod environment;
mod guardian;
mod instance;
mod invocation;
mod lifecycle;
mod output;
mod phase;
mod pool;
mod process;
mod runtime_api;

use std::sync::Arc;

use bytes::Bytes;

pub use self::binary::Binary;
pub(crate) use self::children::Children;
pub use self::definition::Definition;
use self::instance::Instance;
pub use self::invocation::{Fault, Outcome};
use self::pool::Pool;
use crate::Error;
use crate::ids::Trace;

/// The service: functions, and the end of all their processes. Dropping it kills them too.
#[derive(Debug)]
pub struct Lambda {
    children: Arc<Children>,
}

impl Lambda {
    /// Starts the service; no function runs yet.
    ///
    /// # Errors
    /// When the process that outlives this one (see `guardian`) cannot be started.
    pub fn start() -> Result<Self, Error> {
        Ok(Self { children: Children::start()? })
    }

    /// A function, started on its first invocation. Must be called within a tokio runtime.
    #[must_use]
    pub fn function(&self, definition: Definition) -> Function {
        let run = |pool, id| Box::pin(process::run(Instance::new(pool, id))) as _;
        Function { pool: Pool::new(definition, Arc::clone(&self.children), run) }
    }

    /// Kills every instance and waits until all are reaped. Callers still waiting get [`Fault::Stopped`].
    pub async fn shutdown(self) {
        self.children.end().await;
    }
}

impl Drop for Lambda {
    fn drop(&mut self) {
        self.children.kill();
    }
}

/// A function that can be invoked.
#[derive(Debug, Clone)]
pub struct Function {
    pool: Arc<Pool>,
}

impl Function {
    /// Invokes the function with an event exactly as given, and waits for its answer: at most the init limit,
    /// the queue and the function's timeout.
    pub async fn invoke(&self, event: impl Into<Bytes>) -> Outcome {
        self.invoke_traced(event.into(), Trace::new()).await
    }

    pub(crate) async fn invoke_traced(&self, event: Bytes, trace: Trace) -> Outcome {
        self.pool.invoke(event, trace).await
    }

    /// Whether this function is what the definition says.
    pub(crate) fn is(&self, definition: &Definition) -> bool {
        self.pool.definition.is_same(definition)
    }

    /// Whether both are the same function, with the same instances.
    pub(crate) fn shares_instances_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.pool, &other.pool)
    }

    /// Another function takes its place: instances end as soon as they have nothing to do. Invocations are
    /// still answered, those that come late too.
    pub fn retire(&self) {
        self.pool.retire();
    }

    /// The ids of the processes that run.
    #[must_use]
    pub fn processes(&self) -> Vec<u32> {
        self.pool.processes().into_iter().map(|process| process.as_raw_pid().cast_unsigned()).collect()
    }

    /// For tests: kills every instance, busy or not, as when AWS loses the machine below it. Whoever waits
    /// for one that is busy gets [`Fault::Exited`]; the next invocation starts another. Says how many
    /// there were, and does not wait for their end.
    #[allow(clippy::must_use_candidate, reason = "a test seldom needs the number")]
    pub fn kill_instances(&self) -> usize {
        self.pool.kill()
    }

    /// What Lambda knows of it.
    #[must_use]
    pub fn definition(&self) -> &Definition {
        &self.pool.definition
    }

    /// The environment variables that each of its instances gets, but for those two that are an instance's
    /// own: the address of its Runtime API and its log stream.
    #[must_use]
    pub fn environment(&self) -> &[(String, String)] {
        &self.pool.environment
    }

    /// What people call the function.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.pool.definition.label
    }
}
