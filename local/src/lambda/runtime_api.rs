//! The Runtime API of one instance, version 2018-06-01.
//! Source: "Using the Lambda runtime API for custom runtimes".

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use template::aws::function_arn;
use tokio::net::TcpStream;

use super::instance::{Instance, Task};
use super::invocation::Fault;
use crate::http::host::of_a_page;
use crate::limits::PAYLOAD_BYTES;

const BASE: &str = "/2018-06-01/runtime/";
/// Bytes read of an answer that is too large, so that the function can read the refusal.
const DISCARDED: usize = 10 * PAYLOAD_BYTES;

/// Serves one connection of the instance until either side closes it.
pub(super) async fn serve(stream: TcpStream, instance: Arc<Instance>) {
    let service = service_fn(async |request| Ok::<_, Infallible>(answer(&instance, request).await));
    // Half-closed connections are served: a process may post its answer and exit, and the answer counts. An
    // error is a connection that broke; the task that watches the process knows whether that matters.
    let _ = http1::Builder::new().half_close(true).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(instance: &Instance, request: Request<Incoming>) -> Response<Full<Bytes>> {
    if of_a_page(request.headers()) {
        return refusal(
            StatusCode::FORBIDDEN,
            "AccessDenied",
            "the Runtime API is for functions only, not for web pages",
        );
    }
    let path = request.uri().path().strip_prefix(BASE).unwrap_or_default().to_owned();
    let parts: Vec<_> = path.split('/').collect();
    match (request.method(), parts.as_slice()) {
        (&Method::GET, ["invocation", "next"]) => next(instance).await,
        (&Method::POST, ["invocation", id, "response"]) => {
            finish(instance, id, request.into_body(), |payload| payload).await
        }
        (&Method::POST, ["invocation", id, "error"]) => {
            finish(instance, id, request.into_body(), |payload| {
                payload.and_then(|error| Err(Fault::Error(error)))
            })
            .await
        }
        (&Method::POST, ["init", "error"]) => {
            let body = read(request.into_body()).await.unwrap_or_default();
            instance.init_failed(String::from_utf8_lossy(&body).into_owned());
            accepted()
        }
        _ => refusal(StatusCode::NOT_FOUND, "NotFound", "no such operation"),
    }
}

async fn next(instance: &Instance) -> Response<Full<Bytes>> {
    let Some(Task { id, event, trace, deadline_ms }) = instance.next().await else {
        return refusal(StatusCode::FORBIDDEN, "InvalidStateTransition", "Transition is not allowed");
    };
    let mut response = Response::new(Full::new(event));
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    headers.insert("lambda-runtime-deadline-ms", HeaderValue::from(deadline_ms));
    let arn = function_arn(&instance.definition().name);
    let texts = [
        ("lambda-runtime-aws-request-id", id),
        ("lambda-runtime-invoked-function-arn", arn),
        ("lambda-runtime-trace-id", trace.for_function()),
    ];
    for (name, text) in texts {
        // Only a name that is no header text is left out, and AWS would not have taken it as a name.
        headers.extend(
            HeaderValue::from_maybe_shared(Bytes::from(text))
                .map(|value| (hyper::header::HeaderName::from_static(name), value)),
        );
    }
    response
}

async fn finish(
    instance: &Instance,
    id: &str,
    body: Incoming,
    result: impl FnOnce(Result<Bytes, Fault>) -> Result<Bytes, Fault>,
) -> Response<Full<Bytes>> {
    let wrong_id = || refusal(StatusCode::BAD_REQUEST, "InvalidRequestID", "Invalid request ID");
    if !instance.works_on(id) {
        return wrong_id();
    }
    let payload = match read(body).await {
        Ok(payload) => Ok(payload),
        Err(Some(fault)) => Err(fault),
        // The connection broke half way. The process may try again; if not, its end or its deadline answers.
        Err(None) => return refusal(StatusCode::BAD_REQUEST, "InvalidRequest", "the body is incomplete"),
    };
    let too_large = payload.is_err();
    if !instance.answer(id, result(payload)) {
        return wrong_id();
    }
    if too_large {
        return refusal(
            StatusCode::PAYLOAD_TOO_LARGE,
            "RequestEntityTooLarge",
            "Exceeded maximum allowed payload size",
        );
    }
    accepted()
}

/// The whole body, chunked or not. `Err(None)` where the connection broke.
async fn read(body: Incoming) -> Result<Bytes, Option<Fault>> {
    let mut body = Limited::new(body, DISCARDED);
    let mut kept = Vec::new();
    let mut first = None;
    let mut total = 0;
    while let Some(frame) = body.frame().await {
        let data = match frame {
            Ok(frame) => frame.into_data().unwrap_or_default(),
            Err(error) if error.is::<LengthLimitError>() => return Err(Some(Fault::TooLarge)),
            Err(_) => return Err(None),
        };
        total += data.len();
        if total > PAYLOAD_BYTES {
            continue;
        }
        // Most answers come in one piece, which needs no copy.
        match first.take() {
            None if kept.is_empty() => first = Some(data),
            None => kept.extend_from_slice(&data),
            Some(before) => {
                kept.extend_from_slice(&before);
                kept.extend_from_slice(&data);
            }
        }
    }
    if total > PAYLOAD_BYTES {
        return Err(Some(Fault::TooLarge));
    }
    Ok(first.unwrap_or_else(|| kept.into()))
}

fn accepted() -> Response<Full<Bytes>> {
    json(StatusCode::ACCEPTED, r#"{"status":"OK"}"#.to_owned())
}

fn refusal(status: StatusCode, kind: &str, message: &str) -> Response<Full<Bytes>> {
    json(status, format!(r#"{{"errorMessage":"{message}","errorType":"{kind}"}}"#))
}

fn json(status: StatusCode, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/json"));
    response
}
