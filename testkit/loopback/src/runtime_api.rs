//! The Lambda Runtime API of one instance: it hands out one event, over and over, and takes the time.
//! Source: "Using the Lambda runtime API for custom runtimes".

use std::{
    net::{SocketAddr, TcpStream},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::http::{Connection, Listener, Request};

/// How long a function has for one invocation. Callgrind runs it fifty times slower.
const TIMEOUT: Duration = Duration::from_mins(5);
/// What a function is told of its caller; X-Ray's format.
const TRACE: &str = "Root=1-6a1d5b30-000000000000000000000001;Parent=0000000000000001;Sampled=0";
const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:bench";

/// When something happened, and what the process had then cost.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The time.
    pub at: Instant,
    /// User and system time of the process and all its threads.
    pub cpu: Duration,
}

/// Reads the CPU time of a process.
pub type CpuClock = Box<dyn Fn() -> Result<Duration> + Send + Sync>;

/// A Runtime API at an address of its own.
pub struct RuntimeApi {
    listener: Listener,
    shared: Arc<Shared>,
}

struct Shared {
    event: Vec<u8>,
    clock: OnceLock<CpuClock>,
    connections: AtomicUsize,
    state: Mutex<Activity>,
    changed: Condvar,
}

#[derive(Default)]
struct Activity {
    /// Events still to be handed out.
    wanted: usize,
    /// The first poll.
    ready: Option<Moment>,
    /// The latest poll that found no event, while it waits.
    idle: Option<Moment>,
    /// The invocation in work: its number, and when it was handed out.
    running: Option<Instant>,
    invocations: u64,
    first_answer: Option<Moment>,
    /// What each answer since the last [`RuntimeApi::take`] took.
    times: Vec<Duration>,
    /// The last answer.
    answer: Vec<u8>,
    fault: Option<String>,
    closed: bool,
}

/// What a number of invocations took.
#[derive(Debug)]
pub struct Batch {
    /// From handing out the event to the end of the answer, each.
    pub times: Vec<Duration>,
    /// The last answer.
    pub answer: Vec<u8>,
    /// When the function asked for one more.
    pub idle: Moment,
}

impl RuntimeApi {
    /// Listens. Nothing is handed out before [`RuntimeApi::invoke`].
    ///
    /// # Errors
    /// If there is no free port.
    pub fn start(event: Vec<u8>) -> Result<Self> {
        let shared = Arc::new(Shared {
            event,
            clock: OnceLock::new(),
            connections: AtomicUsize::new(0),
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let listener = Listener::start({
            let shared = Arc::clone(&shared);
            move |stream| {
                if let Err(error) = shared.serve(stream) {
                    shared.state().fault.get_or_insert(format!("{error:#}"));
                    shared.changed.notify_all();
                }
            }
        })?;
        Ok(Self { listener, shared })
    }

    /// What `AWS_LAMBDA_RUNTIME_API` is to say.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.listener.address
    }

    /// How many connections there were so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Tells the clock of the process; until then its first poll waits.
    pub fn set_clock(&self, clock: CpuClock) {
        let _ = self.shared.clock.set(clock);
    }

    /// Hands out so many events more, without waiting.
    pub fn invoke(&self, invocations: usize) {
        self.shared.state().wanted += invocations;
        self.shared.changed.notify_all();
    }

    /// The first poll, and the first answer where there is one.
    #[must_use]
    pub fn start_up(&self) -> (Option<Moment>, Option<Moment>) {
        let state = self.shared.state();
        (state.ready, state.first_answer)
    }

    /// All that was answered, once the function waits for another event; nothing where it does not within the
    /// time.
    ///
    /// # Errors
    /// If the function sent something else than answers of one status.
    pub fn take(&self, patience: Duration) -> Result<Option<Batch>> {
        let busy = |state: &mut Activity| state.fault.is_none() && (state.wanted > 0 || state.idle.is_none());
        let waited = self.shared.changed.wait_timeout_while(self.shared.state(), patience, busy);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if let Some(fault) = state.fault.take() {
            bail!(fault);
        }
        let Some(idle) = state.idle.filter(|_| state.wanted == 0) else { return Ok(None) };
        Ok(Some(Batch { times: std::mem::take(&mut state.times), answer: state.answer.clone(), idle }))
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.shared.state().closed = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, Activity> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serve(&self, stream: TcpStream) -> Result<()> {
        self.connections.fetch_add(1, Ordering::SeqCst);
        let mut connection = Connection::new(stream);
        while let Some(request) = connection.request()? {
            let clock = self.clock.wait();
            match (request.method.as_str(), request.target.as_str()) {
                ("GET", "/2018-06-01/runtime/invocation/next") => {
                    let Some(head) = self.next(clock)? else { return Ok(()) };
                    // One write: two could be two packets.
                    let event = [head.into_bytes(), self.event.clone()].concat();
                    self.state().running = Some(Instant::now());
                    connection.write(&event)?;
                }
                ("POST", target) if target.ends_with("/response") => {
                    self.answered(&request, clock)?;
                    connection.write(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")?;
                }
                (method, target) => {
                    bail!("{method} {target}: {}", String::from_utf8_lossy(request.body()));
                }
            }
        }
        Ok(())
    }

    /// The head of the next event, once there is one; nothing at the end.
    fn next(&self, clock: &CpuClock) -> Result<Option<String>> {
        let mut state = self.state();
        if state.ready.is_none() {
            state.ready = Some(now(clock)?);
        }
        if state.wanted == 0 {
            state.idle = Some(now(clock)?);
            self.changed.notify_all();
            let waits = |state: &mut Activity| state.wanted == 0 && !state.closed;
            state = self.changed.wait_while(state, waits).unwrap_or_else(PoisonError::into_inner);
            state.idle = None;
            if state.closed {
                return Ok(None);
            }
        }
        state.wanted -= 1;
        state.invocations += 1;
        let number = state.invocations;
        let deadline = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)? + TIMEOUT;
        Ok(Some(format!(
            "HTTP/1.1 200 OK\r\n\
             content-type: application/json\r\n\
             lambda-runtime-aws-request-id: 8476a536-e9f4-11e8-9739-{number:012}\r\n\
             lambda-runtime-deadline-ms: {}\r\n\
             lambda-runtime-invoked-function-arn: {ARN}\r\n\
             lambda-runtime-trace-id: {TRACE}\r\n\
             content-length: {}\r\n\r\n",
            deadline.as_millis(),
            self.event.len()
        )))
    }

    fn answered(&self, request: &Request, clock: &CpuClock) -> Result<()> {
        let at = Instant::now();
        let mut state = self.state();
        if state.first_answer.is_none() {
            state.first_answer = Some(now(clock)?);
        }
        let started = state.running.take().context("an answer to no invocation")?;
        state.times.push(at - started);
        if !state.answer.is_empty() {
            let (before, now) = (status(&state.answer)?, status(request.body())?);
            if before != now {
                bail!("answered {now}, and {before} before: {}", String::from_utf8_lossy(request.body()));
            }
        }
        state.answer = request.body().to_vec();
        Ok(())
    }
}

fn now(clock: &CpuClock) -> Result<Moment> {
    Ok(Moment { at: Instant::now(), cpu: clock()? })
}

/// The HTTP status of a function's answer.
///
/// # Errors
/// If it is not what a gateway takes.
pub fn status(answer: &[u8]) -> Result<u64> {
    let answer: Value = serde_json::from_slice(answer).context("an answer that is no JSON")?;
    answer["statusCode"].as_u64().context("an answer without a statusCode")
}
