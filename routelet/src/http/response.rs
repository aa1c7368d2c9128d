//! A response as a handler makes it.

use lambda_http::{
    Body,
    aws_lambda_events::apigw::ApiGatewayV2httpResponse,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
};
use serde::Serialize;

use super::{
    cursor::link_to_next,
    error::Error,
    etag::{Freshness, etag},
    request::Request,
};
use crate::{
    model::{Model, Version, Versioned},
    resource::{Created, Page, PageRequest, Resource},
};

/// Browsers must not guess a type other than the one stated (Fetch Standard, `X-Content-Type-Options`).
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
/// An answer of this API may be out of date a moment later: nobody keeps it.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// The caller's own cache may keep it, and asks before each use whether it still holds.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The longest body, as Lambda counts it: in the JSON of the function's answer, which ends at 6,291,556 bytes
/// ("Lambda quotas"), beside the headers. A page of a list stays below it by itself.
const MAX_ESCAPED_BYTES: usize = 6_291_556 - 16 * 1024;

/// Status, headers and a body: JSON, or a file's bytes. The invocation loop adds the headers that every
/// response carries.
#[derive(Debug)]
pub struct Response {
    status: StatusCode,
    headers: HeaderMap,
    body: Option<Body>,
}

impl Response {
    /// A response without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: None }
    }

    /// `body` as JSON.
    ///
    /// # Errors
    /// 413 where Lambda would not take the answer: 1 MiB of control characters is 6 MiB of JSON. 500 where
    /// `body` has no form in JSON; the types of this API all have one.
    pub fn json(status: StatusCode, body: &impl Serialize) -> Result<Self, Error> {
        let body = serde_json::to_string(body).map_err(|error| Error::Internal(error.to_string()))?;
        if !fits(&body) {
            return Err(Error::AnswerTooLarge);
        }
        Ok(Self::empty(status).with_json(body))
    }

    /// 200 with `body` as JSON.
    ///
    /// # Errors
    /// As [`Response::json`].
    pub fn ok(body: &impl Serialize) -> Result<Self, Error> {
        Self::json(StatusCode::OK, body)
    }

    /// What a `GET` of one item answers: 200, or 304 if the caller has this version already. Unlike any other
    /// answer, the caller may keep it and revalidate it.
    ///
    /// # Errors
    /// As [`Response::json`]; 412 if the caller expects another version.
    pub fn item<M: Model>(request: &Request, found: &Versioned<M>) -> Result<Self, Error> {
        let response = match Freshness::of(request, found.version.as_str()) {
            Freshness::New => Self::ok(&found.item)?,
            Freshness::Known => Self::empty(StatusCode::NOT_MODIFIED),
            Freshness::Unexpected => return Err(Error::PreconditionFailed),
        };
        response.with_header(header::CACHE_CONTROL, REVALIDATE).with_etag(&found.version)
    }

    /// 200 with an item as it is after a change.
    ///
    /// # Errors
    /// As [`Response::json`].
    pub fn changed<M: Model>(changed: &Versioned<M>) -> Result<Self, Error> {
        Self::ok(&changed.item)?.with_etag(&changed.version)
    }

    /// 201 with the item that was made, now or by the request that this one repeats, and where it is.
    ///
    /// # Errors
    /// As [`Response::json`].
    pub fn created<R: Resource>(created: &Created<R>) -> Result<Self, Error> {
        let Versioned { item, version } = &created.item;
        let location = format!("{}/{}", R::PATH, item.id());
        let response = Self::json(StatusCode::CREATED, item)?
            .with_text(header::LOCATION, &location)?
            .with_etag(version)?;
        Ok(if created.is_replay {
            response.with_header(REPLAYED, HeaderValue::from_static("true"))
        } else {
            response
        })
    }

    /// 200 with the items of a page, and in `Link` the way to the next where there may be more.
    ///
    /// # Errors
    /// As [`Response::json`].
    pub fn page<R: Resource>(wanted: &PageRequest, page: &Page<R>) -> Result<Self, Error> {
        let response = Self::ok(&page.items)?;
        match page.next {
            Some(after) => response.with_text(header::LINK, &link_to_next::<R>(wanted, after)),
            None => Ok(response),
        }
    }

    /// Adds a header, in place of one of that name: API Gateway takes one value for each.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Adds a header whose value was put together while handling.
    ///
    /// # Errors
    /// 500 where `value` has a byte that no header may have (RFC 9110, section 5.5).
    pub fn with_text(self, name: HeaderName, value: &str) -> Result<Self, Error> {
        let value = HeaderValue::from_str(value).map_err(|error| Error::Internal(error.to_string()))?;
        Ok(self.with_header(name, value))
    }

    fn with_etag(self, version: &Version) -> Result<Self, Error> {
        self.with_text(header::ETAG, &etag(version.as_str()))
    }

    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn with_json(mut self, body: String) -> Self {
        self.body = Some(Body::Text(body));
        self.with_header(header::CONTENT_TYPE, JSON)
    }

    pub(super) fn with_bytes(mut self, body: &[u8]) -> Self {
        self.body = Some(Body::Binary(body.to_vec()));
        self
    }

    /// The response as API Gateway takes it, payload format 2.0, with the headers that every response
    /// carries.
    pub(crate) fn into_gateway(mut self, request_id: &str) -> ApiGatewayV2httpResponse {
        self.headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
        self.headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
        if let Ok(id) = HeaderValue::from_str(request_id) {
            self.headers.insert(HeaderName::from_static("x-request-id"), id);
        }
        let mut response = ApiGatewayV2httpResponse::default();
        response.status_code = self.status.as_u16().into();
        response.headers = self.headers;
        response.is_base64_encoded = matches!(self.body, Some(Body::Binary(_)));
        response.body = self.body;
        response
    }
}

/// Whether Lambda takes a body of this JSON, in which quotes and backslashes are escaped once more.
fn fits(json: &str) -> bool {
    let escaped = || json.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count();
    json.len() <= MAX_ESCAPED_BYTES / 2 || json.len() + escaped() <= MAX_ESCAPED_BYTES
}
