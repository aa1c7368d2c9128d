//! Start-up and the invocation loop.
//!
//! The one place that turns an error or a panic into a response, and logs each request, in one line.

mod log;
mod record;

use std::{
    env,
    future::poll_fn,
    mem,
    panic::AssertUnwindSafe,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::{Duration, Instant, SystemTime},
};

use futures_util::FutureExt;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse;
use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};

use self::{
    log::Log,
    record::{Cause, Record},
};
use crate::{
    compat::time_left,
    http::{Credentials, Error, Event, Request, Result},
    state::State,
};

/// How long before its deadline a function gives up on a request, to answer before Lambda ends it.
const MARGIN: Duration = Duration::from_secs(1);

/// Runs a function: its `main`. What the handler takes beside the request is set up and warmed up before the
/// first one comes. `failure` is what the caller is told where it can mend nothing.
pub fn run<S, H, F>(failure: &'static str, handler: H) -> ExitCode
where
    S: State,
    H: Fn(Request, S) -> F + Send + Sync + 'static,
    F: Future<Output = Result> + Send + 'static,
{
    if env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        eprintln!("This is a Lambda function: it runs on AWS Lambda, or here with `cargo run`.");
        return ExitCode::FAILURE;
    }
    let log = Log::start();
    let function =
        S::from_env().map(|state| Service { state, handler, failure, log, is_warm: AtomicBool::new(false) });
    match function.and_then(Service::serve) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!(cause, "the function can't run");
            ExitCode::FAILURE
        }
    }
}

struct Service<S, H> {
    state: S,
    handler: H,
    failure: &'static str,
    log: Log,
    /// Whether it has answered before.
    is_warm: AtomicBool,
}

impl<S, H, F> Service<S, H>
where
    S: State,
    H: Fn(Request, S) -> F + Send + Sync + 'static,
    F: Future<Output = Result> + Send + 'static,
{
    /// Answers invocations until Lambda ends the function.
    fn serve(self) -> std::result::Result<(), String> {
        let serving = async move {
            if let Err(cause) = self.state.warm_up().await {
                tracing::warn!(cause, "not warmed up");
            }
            self.state.take_usage(); // the start is no request's
            let function = Arc::new(self);
            let service = service_fn(move |invocation| {
                let function = Arc::clone(&function);
                async move {
                    let response = function.answer(invocation).await;
                    // The connection that a long event came by is free when its own task has seen the end. A
                    // handler that waits for nothing would be quicker, and its answer
                    // take another connection.
                    let_others_run().await;
                    Ok::<_, Diagnostic>(response)
                }
            });
            Runtime::new(service).run().await.map_err(|error| error.to_string())
        };
        // One invocation at a time is all that Lambda gives a function: one thread is enough, and cheaper. As
        // a task, for each wake-up of what `block_on` itself waits for is a system call.
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?
            .block_on(async { tokio::spawn(serving).await })
            .map_err(|error| error.to_string())?
    }

    /// Answers one event, whatever the handler does: in time, and with a response.
    async fn answer(&self, invocation: LambdaEvent<Event>) -> ApiGatewayV2httpResponse {
        let (time, started) = (SystemTime::now(), Instant::now());
        let LambdaEvent { payload: event, context } = invocation;
        let request_id = event.request_context.request_id.clone();
        let route = event.request_context.route_key.clone();
        let outcome = self.handle(event, context.deadline()).await;
        let usage = self.state.take_usage();
        let (response, cause) = match outcome {
            Ok(response) => (response, Cause::None),
            Err(error) => {
                let error = if usage.writes > 0 { after_a_write(error) } else { error };
                let cause = cause(&error);
                (error.into_response(self.failure), cause)
            }
        };
        self.log.write(&Record {
            time,
            request_id: &request_id,
            invocation_id: &context.request_id,
            trace_id: context.xray_trace_id.as_deref().unwrap_or_default(),
            route: &route,
            status: response.status(),
            latency: started.elapsed(),
            is_cold: !self.is_warm.swap(true, Ordering::Relaxed),
            usage,
            cause,
        });
        response.into_gateway(&request_id)
    }

    async fn handle(&self, event: Event, deadline: SystemTime) -> Result {
        let time = time_left(deadline).saturating_sub(MARGIN);
        // The handler may panic before its first await, too.
        let handling = async { (self.handler)(Request::from(event), self.state.clone()).await };
        match tokio::time::timeout(time, AssertUnwindSafe(handling).catch_unwind()).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(Error::Internal("the handler panicked".to_owned())),
            Err(_) => Err(Error::Unavailable(format!("not done {} ms after the start", time.as_millis()))),
        }
    }
}

/// Lets each task that is ready run once. Tokio's `yield_now` asks the system for news, too: another system
/// call.
async fn let_others_run() {
    let mut they_ran = false;
    poll_fn(|context| {
        if mem::replace(&mut they_ran, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// What to tell of a failure that came after a write, or while one was under way: "failed" would be wrong.
fn after_a_write(error: Error) -> Error {
    match error {
        Error::Internal(cause) | Error::Unavailable(cause) => Error::Unsure(cause),
        error => error,
    }
}

/// What only the log may know of an error.
fn cause(error: &Error) -> Cause {
    match error {
        Error::Unauthorized(Credentials::Refused(reason)) => Cause::Refused(reason),
        error => error.cause().map_or(Cause::None, |cause| Cause::Failed(cause.to_owned())),
    }
}

#[cfg(test)]
mod tests;
