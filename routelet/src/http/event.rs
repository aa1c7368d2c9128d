//! What API Gateway sends.

use std::collections::HashMap;

use serde::Deserialize;

use crate::compat;

/// An event of an API Gateway HTTP API, payload format 2.0 ("Create AWS Lambda proxy integrations for HTTP
/// APIs in API Gateway"): the parts that handlers can ask for, the rest skipped.
///
/// This stands in for `lambda_http`'s own adapter, which builds a URI from the caller's `Host`,
/// `X-Forwarded-Proto` and query and panics where they make none; a stranger could have a 5xx for the asking.
/// Reading less also makes an invocation cheaper.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Event {
    /// The path, percent-decoded.
    pub raw_path: String,
    /// The query, still encoded, without the question mark.
    #[serde(deserialize_with = "compat::text_or_null")]
    pub raw_query_string: String,
    /// Names in lower case, values of repeated headers joined with commas.
    pub headers: HashMap<String, String>,
    /// The values of `{…}` in the route's path, decoded. Absent where the route has none.
    pub path_parameters: Option<HashMap<String, String>>,
    /// Method, route and request id.
    pub request_context: RequestContext,
    /// Absent where there was none.
    pub body: Option<String>,
    /// Whether `body` is base64.
    pub is_base64_encoded: bool,
}

/// What API Gateway knows of a request beyond the request itself.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestContext {
    /// The gateway's id of the request, which its access log carries too.
    pub request_id: String,
    /// The route that matched: `GET /api/notes/{id}` or `$default`.
    pub route_key: String,
    /// Its HTTP side.
    pub http: Http,
}

/// The request line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Http {
    /// The method in upper case.
    pub method: String,
}
