//! The event of payload format 2.0.
//! Source: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway".

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName, USER_AGENT};
use hyper::http::request;
use serde::{Serialize, Serializer};
use template::aws::ACCOUNT;

use super::hop_by_hop::HOP_BY_HOP;
use super::routes::decode;
use crate::ids::{Trace, epoch_ms};

/// Who asks whom, besides what the request itself says.
pub(super) struct Context<'r> {
    pub(super) route_key: &'r str,
    pub(super) parameters: &'r [(&'r str, String)],
    pub(super) request_id: &'r str,
    pub(super) trace: &'r Trace,
    pub(super) client: SocketAddr,
    pub(super) port: u16,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Event<'r> {
    version: &'static str,
    route_key: &'r str,
    raw_path: &'r str,
    raw_query_string: &'r str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<Cow<'r, str>>,
    #[serde(serialize_with = "map")]
    headers: Vec<(&'r str, Cow<'r, str>)>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    query_string_parameters: BTreeMap<Cow<'r, str>, String>,
    request_context: RequestContext<'r>,
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "map")]
    path_parameters: &'r [(&'r str, String)],
    #[serde(skip_serializing_if = "str::is_empty")]
    body: Cow<'r, str>,
    is_base64_encoded: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestContext<'r> {
    account_id: &'static str,
    api_id: &'static str,
    domain_name: &'r str,
    domain_prefix: &'r str,
    http: Http<'r>,
    request_id: &'r str,
    route_key: &'r str,
    stage: &'static str,
    time: String,
    time_epoch: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Http<'r> {
    method: &'r str,
    path: &'r str,
    protocol: String,
    source_ip: String,
    user_agent: Cow<'r, str>,
}

/// The event of a request, as JSON.
pub(super) fn build(request: &request::Parts, body: &[u8], context: &Context<'_>) -> Vec<u8> {
    let path = decode(request.uri.path());
    // A `?` that was encoded ends it all the same.
    let path = path.split('?').next().unwrap_or_default();
    let query = request.uri.query().unwrap_or_default();
    let (text, is_base64_encoded) = body_text(&request.headers, body);
    let domain = request.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    // Without the port; the address of IPv6 has colons of its own.
    let end = domain.rfind(':').filter(|colon| domain.rfind(']').is_none_or(|bracket| bracket < *colon));
    let domain = end.map_or(domain, |colon| &domain[..colon]);
    let now = jiff::Timestamp::now();
    let event = Event {
        version: "2.0",
        route_key: context.route_key,
        raw_path: path,
        raw_query_string: query,
        cookies: cookies(&request.headers),
        headers: headers(&request.headers, body.len(), context),
        query_string_parameters: query_parameters(query),
        request_context: RequestContext {
            account_id: ACCOUNT,
            api_id: "local",
            domain_name: domain,
            domain_prefix: domain.split('.').next().unwrap_or_default(),
            http: Http {
                method: request.method.as_str(),
                path,
                protocol: format!("{:?}", request.version),
                source_ip: context.client.ip().to_canonical().to_string(),
                user_agent: joined(&request.headers, &USER_AGENT),
            },
            request_id: context.request_id,
            route_key: context.route_key,
            stage: "$default",
            time: now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            time_epoch: epoch_ms(),
        },
        path_parameters: context.parameters,
        body: text,
        is_base64_encoded,
    };
    // Strings and numbers only, which always are JSON.
    serde_json::to_vec(&event).unwrap_or_default()
}

/// Lower-cased by hyper; the repeated joined, cookies apart, and what the gateway itself says put in.
fn headers<'r>(sent: &'r HeaderMap, length: usize, context: &Context<'_>) -> Vec<(&'r str, Cow<'r, str>)> {
    const OWN: [&str; 5] =
        ["content-length", "x-amzn-trace-id", "x-forwarded-for", "x-forwarded-port", "x-forwarded-proto"];
    let mut headers = Vec::with_capacity(sent.keys_len() + OWN.len());
    for name in sent.keys() {
        if name != COOKIE && !OWN.contains(&name.as_str()) && !HOP_BY_HOP.contains(&name.as_str()) {
            headers.push((name.as_str(), joined(sent, name)));
        }
    }
    let client = context.client.ip().to_canonical().to_string();
    let before = joined(sent, &HeaderName::from_static("x-forwarded-for"));
    let forwarded_for = if before.is_empty() { client } else { format!("{before}, {client}") };
    headers.push(("content-length", length.to_string().into()));
    headers.push(("x-amzn-trace-id", context.trace.root().to_owned().into()));
    headers.push(("x-forwarded-for", forwarded_for.into()));
    headers.push(("x-forwarded-port", context.port.to_string().into()));
    headers.push(("x-forwarded-proto", "http".into()));
    headers
}

fn joined<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Cow<'r, str> {
    let mut values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let first = values.next().unwrap_or_default();
    values.fold(first, |joined, value| format!("{joined},{value}").into())
}

fn cookies(headers: &HeaderMap) -> Vec<Cow<'_, str>> {
    let split = |line: Cow<'_, str>| -> Vec<Cow<'static, str>> {
        line.split(';')
            .map(str::trim)
            .filter(|cookie| !cookie.is_empty())
            .map(|c| c.to_owned().into())
            .collect()
    };
    let lines = headers.get_all(COOKIE).iter();
    lines.flat_map(|line| split(String::from_utf8_lossy(line.as_bytes()))).collect()
}

fn query_parameters(query: &str) -> BTreeMap<Cow<'_, str>, String> {
    let mut parameters = BTreeMap::<_, String>::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match parameters.get_mut(&name) {
            Some(values) => {
                values.push(',');
                values.push_str(&value);
            }
            None => {
                parameters.insert(name, value.into_owned());
            }
        }
    }
    parameters
}

/// The body and whether it is in base64. An HTTP API passes a body as text when its type is one of a few;
/// forms, both kinds, are not, and neither is a body without a type (measured: docs/development.md, "The
/// local gateway against AWS").
fn body_text<'r>(headers: &HeaderMap, body: &'r [u8]) -> (Cow<'r, str>, bool) {
    let kind = headers.get(CONTENT_TYPE).map(|kind| String::from_utf8_lossy(kind.as_bytes()));
    match std::str::from_utf8(body) {
        Ok(text) if text.is_empty() || kind.is_some_and(|kind| is_text(&kind)) => (text.into(), false),
        _ => (STANDARD.encode(body).into(), true),
    }
}

fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "application/json" | "application/javascript" | "application/xml")
        || kind.starts_with("text/")
}

fn map<'n, S: Serializer, V: Serialize + 'n>(
    pairs: impl AsRef<[(&'n str, V)]>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.as_ref().iter().map(|(name, value)| (name, value)))
}
