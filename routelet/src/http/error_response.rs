//! An error as the caller sees it.

use lambda_http::http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use super::{
    error::{Credentials, Error},
    request::MAX_BODY_BYTES,
    response::Response,
};
use crate::model::Invalid;

/// Seconds after which a caller may try again what was [`Error::Unavailable`]: throttling of an on-demand
/// table passes within seconds, and the SDK has tried several times already.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

impl Error {
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
            Self::ItemTooLarge => body(StatusCode::PAYLOAD_TOO_LARGE, "The item would be too large"),
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

impl Credentials {
    /// What to send instead (RFC 6750, section 3): no error code where there was no token.
    fn challenge(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Missing => "Bearer",
            Self::Refused(_) => r#"Bearer error="invalid_token""#,
        })
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
