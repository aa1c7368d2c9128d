//! Every way a request can fail.
//!
//! What is for the caller and what is for the log are two things: the variants that the caller can mend hold
//! what it needs to know; the others hold a cause that only the log sees.

use crate::model::Invalid;

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
    /// 413: the item would be larger than the database stores.
    ItemTooLarge,
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

impl Error {
    /// What only the log may know, where there is something.
    #[must_use]
    pub fn cause(&self) -> Option<&str> {
        match self {
            Self::Internal(cause) | Self::Unavailable(cause) | Self::Unsure(cause) => Some(cause),
            _ => None,
        }
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}
