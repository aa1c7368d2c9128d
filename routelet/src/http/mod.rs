//! Request in, response out, and the one error type between them.

mod cursor;
mod disposition;
mod encoding;
mod error;
mod error_response;
mod etag;
mod event;
mod file;
mod form;
mod idempotency;
mod request;
mod response;

pub use error::{Credentials, Error};
pub use event::Event;
pub use file::{File, Representation};
pub use form::Form;
pub use lambda_http::http::{Method, StatusCode, header};
pub use request::{MAX_BODY_BYTES, Request};
pub use response::Response;

/// What a handler returns.
pub type Result<T = Response> = std::result::Result<T, Error>;
