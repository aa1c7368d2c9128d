//! What API Gateway adds to an answer, and what it answers by itself. The document does not describe either.

use serde_json::Value;
use ureq::http::HeaderMap;

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

/// What `Vary` lists because of CORS: a cache must keep the answers to two origins apart.
const VARY: [&str; 3] = ["access-control-request-headers", "access-control-request-method", "origin"];

/// The headers that a function has sent.
pub(super) fn without_its_own(headers: &HeaderMap) -> Vec<(&str, String)> {
    let theirs = headers.iter().filter(|(name, _)| !HEADERS.contains(&name.as_str()));
    theirs
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .filter_map(|(name, value)| Some((name, if name == "vary" { without_cors(&value)? } else { value })))
        .collect()
}

fn without_cors(vary: &str) -> Option<String> {
    let names: Vec<_> = vary.split(',').map(str::trim).filter(|name| !VARY.contains(name)).collect();
    (!names.is_empty()).then(|| names.join(", "))
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
