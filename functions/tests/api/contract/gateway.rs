//! What API Gateway adds to an answer, and what it answers by itself. The document does not describe either.

use serde_json::Value;

use super::exchange::Exchange;

/// Headers of the connection and of CORS.
const HEADERS: [&str; 11] = [
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "access-control-expose-headers",
    "access-control-max-age",
    "apigw-requestid",
    "connection",
    "content-length",
    "date",
    "transfer-encoding",
];

/// The statuses of its own answers; 403 is how the local one refuses a foreign host.
const REFUSALS: [u16; 8] = [400, 403, 404, 408, 413, 431, 500, 503];

/// Whether a header that the document does not have is the gateway's.
pub(super) fn adds(name: &str, value: &str) -> bool {
    // A cache must keep the answers to two origins apart.
    HEADERS.contains(&name) || (name == "vary" && value == "origin")
}

/// Whether no function has seen the request. Whatever a function answers has an `x-request-id`.
pub(super) fn answered(exchange: &Exchange<'_>) -> bool {
    let response = &exchange.response;
    !response.headers.contains_key("x-request-id") && (is_preflight(exchange) || is_refusal(exchange))
}

fn is_preflight(exchange: &Exchange<'_>) -> bool {
    let asks =
        |wanted: &str| exchange.request.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(wanted));
    exchange.request.method == "OPTIONS"
        && asks("origin")
        && asks("access-control-request-method")
        && exchange.response.status == 204
        && exchange.response.body.is_empty()
}

/// `{"message": "…"}`, and nothing more.
fn is_refusal(exchange: &Exchange<'_>) -> bool {
    let response = &exchange.response;
    let is_message = || {
        let body = serde_json::from_slice::<Value>(response.body).unwrap_or_default();
        body["message"].is_string() && body.as_object().is_some_and(|fields| fields.len() == 1)
    };
    REFUSALS.contains(&response.status)
        && response.headers.get("content-type").is_some_and(|value| value == "application/json")
        && (exchange.request.method == "HEAD" || is_message())
}
