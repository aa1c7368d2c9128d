//! Every way a request can fail.
//!
//! What is for the caller and what is for the log are two things: the variants that the caller can mend hold
//! what it needs to know; the others hold a cause that only the log sees.

use lambda_http::http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::{Response, request::MAX_BODY_BYTES};
use crate::{models::Invalid, store};

/// A failed request. A handler makes one with `?` or by name; the invocation loop answers it, and logs it
/// once.
#[derive(Debug)]
pub enum Error {
    /// 400: the body breaks the rules of what it should be.
    Invalid(Invalid),
    /// 400: the body is no form or not what it claims to be.
    InvalidBody(String),
    /// 400: a query parameter is not what it should be.
    InvalidParameter(&'static str),
    /// 400: a header is not what it should be.
    InvalidHeader(&'static str),
    /// 401, with what the caller showed.
    Unauthorized(Credentials),
    /// 404, in the words of what was looked for.
    NotFound(&'static str),
    /// 405, with the methods there are and a word on what to use.
    MethodNotAllowed {
        /// The value of `Allow`.
        allow: &'static str,
        /// For the caller.
        message: &'static str,
    },
    /// 412: the item is not what the caller expects.
    PreconditionFailed,
    /// 413.
    BodyTooLarge,
    /// 413: what the caller sent would come back as more than Lambda lets a function answer.
    AnswerTooLarge,
    /// 415, with what would do.
    UnsupportedMediaType(&'static str),
    /// 415: the body is encoded, and no encoding is known here.
    UnsupportedEncoding,
    /// 422: the idempotency key came with another body before.
    KeyReused,
    /// 500, with the cause for the log.
    Internal(String),
    /// 503: the database throttled, timed out or was not reached. With the cause for the log.
    Unavailable(String),
    /// 503: whether the change was made cannot be known. With the cause for the log.
    Unsure(String),
}

/// What a caller showed that was not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credentials {
    /// Nothing, or nothing of a scheme that is known here.
    Missing,
    /// A bearer token that is not valid, and why: only the log may know, or the answer would tell an attacker
    /// how far a forged one got.
    Refused(&'static str),
}

impl Credentials {
    /// What to send instead (RFC 6750, section 3): no error code where there was no token.
    fn challenge(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Missing => "Bearer",
            Self::Refused(_) => r#"Bearer error="invalid_token""#,
        })
    }
}

/// Seconds after which a caller may try again what was [`Error::Unavailable`]: throttling of an on-demand
/// table passes within seconds, and the SDK has tried several times already.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

impl Error {
    /// What only the log may know, where there is something.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Internal(cause) | Self::Unavailable(cause) | Self::Unsure(cause) => Some(cause),
            _ => None,
        }
    }

    /// The answer to the caller. `failure` is what the function says where the caller can mend nothing.
    #[must_use]
    pub fn into_response(self, failure: &'static str) -> Response {
        match self {
            Self::Invalid(Invalid::Issues(issues)) => body(StatusCode::BAD_REQUEST, &issues),
            Self::Invalid(Invalid::Message(message)) => body(StatusCode::BAD_REQUEST, message),
            Self::Invalid(Invalid::Json(detail)) => {
                body(StatusCode::BAD_REQUEST, &format!("Invalid JSON: {detail}"))
            }
            Self::Invalid(Invalid::Text(detail)) => {
                body(StatusCode::BAD_REQUEST, &format!("Invalid text: {detail}"))
            }
            Self::InvalidBody(detail) => body(StatusCode::BAD_REQUEST, &format!("Invalid body: {detail}")),
            Self::InvalidParameter(message) | Self::InvalidHeader(message) => {
                body(StatusCode::BAD_REQUEST, message)
            }
            Self::Unauthorized(credentials) => body(StatusCode::UNAUTHORIZED, "Unauthorized")
                .with_header(header::WWW_AUTHENTICATE, credentials.challenge()),
            Self::NotFound(message) => body(StatusCode::NOT_FOUND, message),
            Self::MethodNotAllowed { allow, message } => body(StatusCode::METHOD_NOT_ALLOWED, message)
                .with_header(header::ALLOW, HeaderValue::from_static(allow)),
            Self::PreconditionFailed => body(StatusCode::PRECONDITION_FAILED, "Precondition failed"),
            Self::BodyTooLarge => {
                let message = format!("Request body exceeds {MAX_BODY_BYTES} bytes");
                body(StatusCode::PAYLOAD_TOO_LARGE, &message)
            }
            Self::AnswerTooLarge => {
                body(StatusCode::PAYLOAD_TOO_LARGE, "The answer to this request would be too large")
            }
            Self::UnsupportedMediaType(message) => body(StatusCode::UNSUPPORTED_MEDIA_TYPE, message),
            Self::UnsupportedEncoding => {
                body(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Content-Encoding of a body must be identity")
                    .with_header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"))
            }
            Self::KeyReused => {
                body(StatusCode::UNPROCESSABLE_ENTITY, "Idempotency-Key was used with another body before")
            }
            Self::Internal(_) => body(StatusCode::INTERNAL_SERVER_ERROR, failure),
            Self::Unavailable(_) => body(StatusCode::SERVICE_UNAVAILABLE, "Temporarily unavailable")
                .with_header(header::RETRY_AFTER, RETRY_AFTER),
            Self::Unsure(_) => {
                body(StatusCode::SERVICE_UNAVAILABLE, "The change may or may not have been made")
                    .with_header(header::RETRY_AFTER, RETRY_AFTER)
            }
        }
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound(message) => Self::NotFound(message),
            store::Error::Changed => Self::PreconditionFailed,
            store::Error::KeyReused => Self::KeyReused,
            store::Error::Unavailable(cause) => Self::Unavailable(cause),
            store::Error::Unsure(cause) => Self::Unsure(cause),
            store::Error::Failed(cause) => Self::Internal(cause),
        }
    }
}

/// `{"error": …}`, the shape of every error.
fn body<E: Serialize + ?Sized>(status: StatusCode, error: &E) -> Response {
    #[derive(Serialize)]
    struct Body<'a, E: ?Sized> {
        error: &'a E,
    }
    // Texts and issues always have a form in JSON; should one ever have none, the status still stands.
    let json = serde_json::to_string(&Body { error }).unwrap_or_else(|_| r#"{"error":""}"#.to_owned());
    Response::empty(status).with_json(json)
}
