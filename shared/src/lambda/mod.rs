//! Start-up and the invocation loop.
//!
//! The one place that turns an error or a panic into a response, and logs it, once, with the request's id.

mod log;

use std::{
    env,
    panic::AssertUnwindSafe,
    process::ExitCode,
    rc::Rc,
    time::{Duration, SystemTime},
};

use futures_util::FutureExt;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse;
use lambda_runtime::{LambdaEvent, Runtime, service_fn};

use crate::{
    env::FromEnv,
    http::{Credentials, Error, Event, Request, Response, Result},
};

/// How long before its deadline a function gives up on a request, to answer before Lambda ends it.
const MARGIN: Duration = Duration::from_secs(1);

/// Runs a function: its `main`. What the handler takes beside the request is set up before the first one comes.
/// `failure` is what the caller is told where it can mend nothing.
pub fn run<S, H, F>(failure: &'static str, handler: H) -> ExitCode
where
    S: FromEnv + 'static,
    H: Fn(Request, S) -> F + 'static,
    F: Future<Output = Result> + 'static,
{
    if env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        eprintln!("This is a Lambda function: it runs on AWS Lambda, or here with `cargo run`.");
        return ExitCode::FAILURE;
    }
    log::init();
    match S::from_env().and_then(|state| serve(failure, move |request| handler(request, state.clone()))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            tracing::error!(%cause, "the function can't run");
            ExitCode::FAILURE
        }
    }
}

/// Answers invocations until Lambda ends the function.
fn serve<H, F>(failure: &'static str, handler: H) -> std::result::Result<(), String>
where
    H: Fn(Request) -> F + 'static,
    F: Future<Output = Result> + 'static,
{
    let handler = Rc::new(handler);
    let service = service_fn(move |invocation: LambdaEvent<Event>| {
        let handler = Rc::clone(&handler);
        async move {
            let deadline = invocation.context.deadline();
            Ok::<_, lambda_runtime::Error>(answer(invocation.payload, deadline, failure, &*handler).await)
        }
    });
    // One invocation at a time is all that Lambda gives a function: one thread is enough, and cheaper.
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?
        .block_on(Runtime::new(service).run())
        .map_err(|error| error.to_string())
}

/// Answers one event, whatever the handler does: in time, and with a response.
async fn answer<H, F>(
    event: Event,
    deadline: SystemTime,
    failure: &'static str,
    handler: &H,
) -> ApiGatewayV2httpResponse
where
    H: Fn(Request) -> F,
    F: Future<Output = Result>,
{
    let request_id = event.request_context.request_id.clone();
    let route = event.request_context.route_key.clone();
    let time = deadline.duration_since(SystemTime::now()).unwrap_or_default().saturating_sub(MARGIN);
    // The handler may panic before its first await, too.
    let handling = AssertUnwindSafe(async { handler(Request::from(event)).await }).catch_unwind();
    let outcome = match tokio::time::timeout(time, handling).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Error::Internal("the handler panicked".to_owned())),
        Err(_) => Err(Error::Unavailable(format!("not done {} ms after the start", time.as_millis()))),
    };
    respond(outcome, failure, &request_id, &route).into_gateway(&request_id)
}

fn respond(outcome: Result, failure: &'static str, request_id: &str, route: &str) -> Response {
    outcome.unwrap_or_else(|error| {
        if let Some(cause) = error.cause() {
            tracing::error!(request_id, route, cause, "{failure}");
        }
        // The caller's doing, but whoever wonders why a token does not work finds the reason only here.
        if let Error::Unauthorized(Credentials::Refused(reason)) = error {
            tracing::warn!(request_id, route, reason, "a token was refused");
        }
        error.into_response(failure)
    })
}

#[cfg(test)]
mod tests;
